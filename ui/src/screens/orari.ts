// SPDX-License-Identifier: EUPL-1.2
// Orari: when a site is open and who serves: weeks that hold from one day to another, days off, days on, holidays. Before a change
// is saved it is said which appointments it touches, and where they could go.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { announce, focusOn } from '../a11y.ts';
import { AppError, query } from '../bridge.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import '../parts/fields.ts';
import { validate } from '../parts/fields.ts';
import { alert, button, empty, errorPanel, loading, pageHeader, section } from '../parts/views.ts';
import { replace } from '../router.ts';
import { useQuery } from '../store.ts';
import type { Closure, ExtraOpening, HolidayRow, SiteHours, TouchedRow, WeekHours } from '../types.ts';
import { holidayName } from './agenda-words.ts';
import { changed } from './changed.ts';
import { act } from './common/acts.ts';
import { REFERENCE_KINDS } from './names.ts';
import './orari-impact.ts';
import { hoursProblems, newWeek, tidyHours } from './orari-rules.ts';
import { weekFields } from './orari-week.ts';

@customElement('sp-orari')
export class SpOrari extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  private readonly hours = useQuery(this, () => ({ type: 'hours', site: this.params['sede'] ?? null, year: this.year }) as const, ['site_hours', 'site']);
  @state() private draft: SiteHours | null = null;
  @state() private error: AppError | null = null;
  @state() private tried = false;
  /** Appointments that the change touches, while one decides about them. */
  @state() private touched: { hours: SiteHours; rows: readonly TouchedRow[] } | null = null;

  private get year(): number {
    const { anno } = this.params;
    return anno !== undefined && /^20\d\d$/.test(anno) ? Number(anno) : Number(format.today().slice(0, 4));
  }
  private get shown(): SiteHours | null {
    return this.draft ?? this.hours.data?.hours ?? null;
  }

  override heading(): string {
    return t('menu-orari');
  }

  override actions(): Action[] {
    return [
      { id: 'save-hours', label: t('save'), key: 'F2', icon: 'check', kind: 'primary', disabled: this.draft === null, run: () => this.save() },
      ...(this.draft === null ? [] : [{ id: 'drop-hours', label: t('or-drop'), key: 'F8', icon: 'restore', run: () => { this.draft = null; this.tried = false; this.error = null; focusOn(this.querySelector('h1')); } } as const]),
    ];
  }

  private set(change: Partial<SiteHours>): void {
    const { shown } = this;
    if (shown !== null) this.draft = { ...shown, ...change };
  }

  private begin(): void {
    const site = this.hours.data?.site.id;
    if (site !== undefined) this.draft = { site, weeks: [newWeek()], closures: [], extra: [], open_on_holidays: false };
  }

  private async save(): Promise<void> {
    const { draft } = this;
    this.tried = true;
    if (draft === null || !validate(this)) return;
    const [problem] = hoursProblems(draft);
    if (problem !== undefined) {
      announce(problem, true);
      return;
    }
    const hours = tidyHours(draft);
    this.error = null;
    try {
      const { touched } = await query({ type: 'hours_impact', hours });
      if (touched.length === 0) await this.write(hours);
      else this.touched = { hours, rows: touched };
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private async write(hours: SiteHours): Promise<void> {
    await act({ type: 'define_hours', hours }, t('or-saved', { site: this.hours.data?.site.name ?? '' }));
    this.draft = null;
    this.tried = false;
  }

  /** Saves the hours, then moves those that were chosen: all of them in one act. */
  private async decide(chosen: readonly TouchedRow[]): Promise<void> {
    const { touched } = this;
    if (touched === null) return;
    this.touched = null;
    try {
      await this.write(touched.hours);
      const moves = chosen.flatMap((r) => (r.offer === null ? [] : [{ appointment: r.appointment.id, site: r.appointment.site, start: r.offer }]));
      if (moves.length > 0) await act({ type: 'move_appointments', moves, overbook: null }, t('or-moved', { n: moves.length }));
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private closure(c: Closure, i: number): TemplateResult {
    const set = (change: Partial<Closure>): void => this.set({ closures: changed(this.shown?.closures ?? [], i, change) });
    const day = (field: 'from' | 'to') => (e: CustomEvent<{ value: string | null }>): void => {
      if (e.detail.value === null) return;
      set(field === 'from' && e.detail.value > c.to ? { from: e.detail.value, to: e.detail.value } : { [field]: e.detail.value });
    };
    const time = (field: 'from_time' | 'to_time') => (e: CustomEvent<{ value: string | null }>): void => set({ [field]: e.detail.value === null ? null : `${e.detail.value.slice(0, 5)}:00` });
    return html`<tr data-testid="closure"><td><sp-date required hide-label .label=${t('or-closure-from', { n: i + 1 })} .value=${c.from} @sp-change=${day('from')}></sp-date></td>
      <td><sp-date required hide-label .label=${t('or-closure-to', { n: i + 1 })} .value=${c.to} @sp-change=${day('to')}></sp-date></td>
      <td><sp-time hide-label .label=${t('or-closure-from-time', { n: i + 1 })} .value=${c.from_time} @sp-change=${time('from_time')}></sp-time></td>
      <td><sp-time hide-label .label=${t('or-closure-to-time', { n: i + 1 })} .value=${c.to_time} @sp-change=${time('to_time')}></sp-time></td>
      <td><sp-text required hide-label .label=${t('or-closure-reason', { n: i + 1 })} .value=${c.reason} @sp-input=${(e: CustomEvent<{ value: string | null }>) => set({ reason: e.detail.value ?? '' })}></sp-text></td>
      <td>${button({ label: t('or-remove'), kind: 'plain', focusKey: `closure-${i}`, run: () => this.set({ closures: (this.shown?.closures ?? []).filter((_, k) => k !== i) }) }, true)}</td></tr>`;
  }

  private closures(h: SiteHours): TemplateResult {
    const add: Action = { id: 'add-closure', label: t('or-closure-add'), icon: 'plus', run: () => this.set({ closures: [...h.closures, { from: format.today(), to: format.today(), from_time: null, to_time: null, reason: '' }] }) };
    return section(t('or-closures'), html`${h.closures.length === 0 ? html`<p class="sp-small">${t('or-closures-none')}</p>` : html`<div class="sp-table-scroll"><table class="table table-sm sp-edit-table sp-days-table"><caption class="visually-hidden">${t('or-closures')}</caption>
      <thead><tr><th scope="col">${t('or-first-day')}</th><th scope="col">${t('or-last-day')}</th><th scope="col">${t('or-from-time')}</th><th scope="col">${t('or-to-time')}</th><th scope="col">${t('or-reason')}</th><th scope="col"><span class="visually-hidden">${t('or-remove')}</span></th></tr></thead>
      <tbody>${h.closures.map((c, i) => this.closure(c, i))}</tbody></table></div><p class="sp-small">${t('or-closures-hint')}</p>`}`, { actions: [add] });
  }

  private opening(x: ExtraOpening, i: number): TemplateResult {
    const set = (change: Partial<ExtraOpening>): void => this.set({ extra: changed(this.shown?.extra ?? [], i, change) });
    const time = (field: 'from' | 'to') => (e: CustomEvent<{ value: string | null }>): void => { if (e.detail.value !== null) set({ [field]: `${e.detail.value.slice(0, 5)}:00` }); };
    return html`<tr data-testid="extra"><td><sp-date required hide-label .label=${t('or-extra-day', { n: i + 1 })} .value=${x.day} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { if (e.detail.value !== null) set({ day: e.detail.value }); }}></sp-date></td>
      <td><sp-time required hide-label .label=${t('or-extra-from', { n: i + 1 })} .value=${x.from} @sp-change=${time('from')}></sp-time></td>
      <td><sp-time required hide-label .label=${t('or-extra-to', { n: i + 1 })} .value=${x.to} @sp-change=${time('to')}></sp-time></td>
      <td><sp-number required hide-label min="1" max="200" .label=${t('or-extra-staff', { n: i + 1 })} .value=${x.staff} @sp-change=${(e: CustomEvent<{ value: number | null }>) => { if (e.detail.value !== null) set({ staff: e.detail.value }); }}></sp-number></td>
      <td><sp-text required hide-label .label=${t('or-extra-reason', { n: i + 1 })} .value=${x.reason} @sp-input=${(e: CustomEvent<{ value: string | null }>) => set({ reason: e.detail.value ?? '' })}></sp-text></td>
      <td>${button({ label: t('or-remove'), kind: 'plain', focusKey: `extra-${i}`, run: () => this.set({ extra: (this.shown?.extra ?? []).filter((_, k) => k !== i) }) }, true)}</td></tr>`;
  }

  private extra(h: SiteHours): TemplateResult {
    const add: Action = { id: 'add-extra', label: t('or-extra-add'), icon: 'plus', run: () => this.set({ extra: [...h.extra, { day: format.addDays(format.today(), 1), from: '09:00:00', to: '13:00:00', staff: 1, reason: '' }] }) };
    return section(t('or-extra'), html`${h.extra.length === 0 ? html`<p class="sp-small">${t('or-extra-none')}</p>` : html`<div class="sp-table-scroll"><table class="table table-sm sp-edit-table sp-days-table"><caption class="visually-hidden">${t('or-extra')}</caption>
      <thead><tr><th scope="col">${t('agenda-day')}</th><th scope="col">${t('se-from')}</th><th scope="col">${t('se-to')}</th><th scope="col">${t('or-staff')}</th><th scope="col">${t('or-reason')}</th><th scope="col"><span class="visually-hidden">${t('or-remove')}</span></th></tr></thead>
      <tbody>${h.extra.map((x, i) => this.opening(x, i))}</tbody></table></div>`}`, { actions: [add] });
  }

  private holidays(h: SiteHours, rows: readonly HolidayRow[]): TemplateResult {
    const year = (n: number): void => replace('/orari', { sede: this.params['sede'], anno: String(n) });
    return section(t('or-holidays', { year: String(this.year) }), html`<sp-check name="open-on-holidays" .label=${t('or-open-on-holidays')} .hint=${t('or-open-on-holidays-hint')} .value=${h.open_on_holidays} @sp-change=${(e: CustomEvent<{ value: boolean }>) => this.set({ open_on_holidays: e.detail.value })}></sp-check>
      <ul class="sp-holidays" data-testid="holidays">${rows.map((r) => html`<li><span class="sp-nowrap">${format.weekday(r.day).slice(0, 3)} ${format.date(r.day)}</span> ${holidayName(r.holiday)}</li>`)}</ul>`,
    { actions: [{ id: 'year-before', label: String(this.year - 1), icon: 'chevron-left', run: () => year(this.year - 1) }, { id: 'year-after', label: String(this.year + 1), icon: 'chevron-right', run: () => year(this.year + 1) }] });
  }

  private form(h: SiteHours): TemplateResult {
    const problems = this.tried || this.draft === null ? hoursProblems(h) : [];
    const week = (i: number) => (change: Partial<WeekHours>): void => this.set({ weeks: changed(this.shown?.weeks ?? [], i, change) });
    return html`<form novalidate data-testid="hours-form" @submit=${(e: Event) => e.preventDefault()}>
      ${problems.length === 0 ? nothing : alert({ tone: 'warning', title: t('ca-problems'), body: html`<ul class="sp-tight">${problems.map((p) => html`<li>${p}</li>`)}</ul>` })}
      ${section(t('or-weeks'), html`${h.weeks.map((w, i) => weekFields({ week: w, n: i, set: week(i), remove: () => this.set({ weeks: (this.shown?.weeks ?? []).filter((_, k) => k !== i) }) }))}
        ${h.weeks.length > 1 ? html`<p class="sp-small">${t('or-weeks-hint')}</p>` : nothing}`,
      { actions: [{ id: 'add-week', label: t('or-week-add'), icon: 'plus', run: () => this.set({ weeks: [...h.weeks, { ...(h.weeks.at(-1) ?? newWeek()), valid_from: format.addDays(format.today(), 1), valid_to: null }] }) }] })}
      ${this.closures(h)}${this.extra(h)}${this.holidays(h, this.hours.data?.holidays ?? [])}
    </form>`;
  }

  override render(): unknown {
    const { data, error } = this.hours;
    const { shown } = this;
    const choose = (e: CustomEvent<{ value: string | null }>): void => { this.draft = null; this.tried = false; this.error = null; replace('/orari', { sede: e.detail.value ?? undefined, anno: this.params['anno'] }); };
    return html`${pageHeader({ title: this.heading(), lead: t('or-lead'), actions: this.actions() })}
      ${this.error ? errorPanel(this.error) : nothing}
      <sp-select class="sp-campaign" name="site" required ?disabled=${this.draft !== null} .label=${t('site')} .hint=${this.draft === null ? '' : t('or-site-locked')} .value=${data?.site.id ?? this.params['sede'] ?? ''} .options=${(this.reference.data?.sites ?? []).map((s) => ({ value: s.id, label: s.name }))} @sp-change=${choose}></sp-select>
      ${error ? errorPanel(error) : data === undefined ? loading() : shown === null ? empty(t('or-none'), [{ id: 'begin-hours', label: t('or-begin'), icon: 'plus', run: () => this.begin() }], 'clock') : this.form(shown)}
      <sp-orari-impact .rows=${this.touched?.rows ?? null} @sp-close=${() => { this.touched = null; }} @sp-decide=${(e: CustomEvent<TouchedRow[]>) => void this.decide(e.detail)}></sp-orari-impact>`;
  }
}
