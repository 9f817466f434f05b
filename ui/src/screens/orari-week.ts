// SPDX-License-Identifier: EUPL-1.2
// A week's hours: stretches of each day with who serves; what lies between two of them is a break.
import { html, nothing, type TemplateResult } from 'lit';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { icon } from '../parts/icons.ts';
import { button } from '../parts/views.ts';
import type { Span, WeekHours } from '../types.ts';
import { sorted } from './orari-rules.ts';
import { weekdayName } from './servizio.ts';

interface Of {
  week: WeekHours;
  n: number;
  set: (change: Partial<WeekHours>) => void;
  remove: () => void;
}

/** The stretch that one more is most likely to be: the afternoon after a morning. */
export function nextSpan(weekday: number, day: readonly Span[]): Span {
  const last = sorted(day).at(-1);
  if (last === undefined) return { weekday, from: '09:00:00', to: '13:00:00', staff: 1 };
  const from = last.to < '14:30:00' ? '14:30:00' : last.to;
  const to = `${String(Math.min(23, Number(from.slice(0, 2)) + 3)).padStart(2, '0')}${from.slice(2)}`;
  return { weekday, from, to, staff: last.staff };
}

function span(s: Span, of: Of, first: boolean): TemplateResult {
  const put = (change: Partial<Span>): void => of.set({ spans: of.week.spans.map((x) => (x === s ? { ...s, ...change } : x)) });
  const time = (field: 'from' | 'to') => (e: CustomEvent<{ value: string | null }>): void => { if (e.detail.value !== null) put({ [field]: `${e.detail.value.slice(0, 5)}:00` }); };
  const day = weekdayName(s.weekday);
  return html`<li data-testid="span">${first ? nothing : html`<span class="visually-hidden">${t('or-break')}</span>`}
    <sp-time required hide-label .label=${t('or-span-from', { day })} .value=${s.from} @sp-change=${time('from')}></sp-time><span aria-hidden="true">–</span>
    <sp-time required hide-label .label=${t('or-span-to', { day })} .value=${s.to} @sp-change=${time('to')}></sp-time>
    <sp-number required hide-label min="1" max="200" .label=${t('or-span-staff', { day })} .value=${s.staff} @sp-change=${(e: CustomEvent<{ value: number | null }>) => { if (e.detail.value !== null) put({ staff: e.detail.value }); }}></sp-number><span aria-hidden="true">${t('or-people', { n: s.staff })}</span>
    <button type="button" class="btn sp-icon-button" aria-label=${t('or-span-remove', { day, from: format.time(s.from), to: format.time(s.to) })} @click=${() => of.set({ spans: of.week.spans.filter((x) => x !== s) })}>${icon('close')}</button></li>`;
}

export function weekFields(of: Of): TemplateResult {
  const { week, n } = of;
  const limit = (field: 'valid_from' | 'valid_to') => (e: CustomEvent<{ value: string | null }>): void => of.set({ [field]: e.detail.value });
  return html`<fieldset class="sp-box" data-testid="week"><legend>${t('or-week', { n: n + 1 })}</legend>
    <div class="sp-form-row">
      <sp-date name="valid-from" .label=${t('or-valid-from')} .hint=${t('or-valid-from-hint')} .value=${week.valid_from} @sp-change=${limit('valid_from')}></sp-date>
      <sp-date name="valid-to" .label=${t('or-valid-to')} .hint=${t('or-valid-to-hint')} .value=${week.valid_to} @sp-change=${limit('valid_to')}></sp-date>
      <div class="sp-field sp-beside-fields">${button({ label: t('or-week-remove', { n: n + 1 }), icon: 'delete', run: of.remove }, true)}</div>
    </div>
    <div class="sp-table-scroll"><table class="table table-sm sp-edit-table sp-week-hours"><caption class="visually-hidden">${t('or-week', { n: n + 1 })}</caption>
      <thead><tr><th scope="col">${t('agenda-day')}</th><th scope="col">${t('or-spans')}</th><th scope="col"><span class="visually-hidden">${t('or-span-add')}</span></th></tr></thead>
      <tbody>${[1, 2, 3, 4, 5, 6, 7].map((weekday) => {
        const day = sorted(week.spans.filter((s) => s.weekday === weekday));
        return html`<tr><th scope="row">${weekdayName(weekday)}</th><td>${day.length === 0 ? html`<span class="sp-small">${t('agenda-closed-word')}</span>` : html`<ul class="sp-spans">${day.map((s, i) => span(s, of, i === 0))}</ul>`}</td>
          <td><button type="button" class="btn btn-outline-primary btn-xs" data-focus-key="span-${n}-${weekday}" aria-label=${t('or-span-add-at', { day: weekdayName(weekday) })} @click=${() => of.set({ spans: [...week.spans, nextSpan(weekday, day)] })}>${icon('plus')}<span>${t('or-span-add')}</span></button></td></tr>`;
      })}</tbody></table></div>
  </fieldset>`;
}
