// SPDX-License-Identifier: EUPL-1.2
// One service: how long it takes, what to bring, where, when, on which days not.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { announce } from '../a11y.ts';
import { AppError } from '../bridge.ts';
import { count, date, longDate } from '../format.ts';
import { newId } from '../ids.ts';
import { language, t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import { validate } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { alert, button, empty, errorPanel, loading, pageHeader, section } from '../parts/views.ts';
import { go, href } from '../router.ts';
import { useQuery } from '../store.ts';
import type { Opening, Service, ServiceRules, Site } from '../types.ts';
import { changed } from './changed.ts';
import { act } from './common/acts.ts';
import { REFERENCE_KINDS } from './names.ts';
import { rulesFields, rulesOf, rulesProblems, suspendedField, withTidyRules } from './servizio-rules.ts';

const blank = (): Service => ({ id: newId(), name: '', name_en: '', minutes: 15, requirements: [], sites: [], openings: [newOpening()], closed: [], campaign: null, active: true });
const newOpening = (): Opening => ({ sites: [], weekdays: [1, 2, 3, 4, 5], from: '09:00:00', to: '13:00:00', every_minutes: 15, capacity: 1 });

/** 1 Monday … 7 Sunday. */
export const weekdayName = (n: number, style: 'long' | 'short' = 'long'): string =>
  new Intl.DateTimeFormat(language(), { weekday: style, timeZone: 'UTC' }).format(new Date(Date.UTC(2021, 2, n)));

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Slots and people of one day of an opening. */
export function perDay(o: Opening): { slots: number; people: number } {
  const slots = o.every_minutes > 0 ? Math.max(0, Math.floor((minutes(o.to) - minutes(o.from)) / o.every_minutes)) : 0;
  return { slots, people: slots * o.capacity };
}

/** What does not hold, one sentence each. */
export function serviceProblems(s: Service): string[] {
  const problems: string[] = [];
  if (s.sites.length === 0) problems.push(t('se-problem-sites'));
  for (const [i, o] of s.openings.entries()) {
    if (o.weekdays.length === 0) problems.push(t('se-problem-days', { n: i + 1 }));
    if (o.from >= o.to) problems.push(t('se-problem-hours', { n: i + 1 }));
    else if (perDay(o).slots === 0) problems.push(t('se-problem-slot', { n: i + 1 }));
  }
  return [...problems, ...rulesProblems(s)];
}

const toggled = <T>(list: readonly T[], value: T, on: boolean): T[] => (on ? [...list.filter((x) => x !== value), value] : list.filter((x) => x !== value));

@customElement('sp-servizio')
export class SpServizio extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  @state() private draft: Service | null = null;
  @state() private error: AppError | null = null;
  @state() private day: string | null = null;
  @state() private tried = false;

  private get fresh(): boolean {
    return this.params['id'] === 'nuovo';
  }
  private get saved(): Service | undefined {
    return this.reference.data?.services.find((s) => s.id === this.params['id']);
  }
  private get service(): Service | undefined {
    if (this.draft === null && this.fresh) this.draft = blank();
    return this.draft ?? this.saved;
  }

  override heading(): string {
    return this.fresh ? t('se-new') : (this.saved?.name ?? t('se-one'));
  }

  override actions(): Action[] {
    return [{ id: 'save-service', label: t('save'), key: 'F2', icon: 'check', kind: 'primary', disabled: this.draft === null, run: () => this.save() }];
  }

  private set(change: Partial<Service>): void {
    const { service } = this;
    if (service) this.draft = { ...service, ...change };
  }
  private setRules(change: Partial<ServiceRules>): void {
    const { service } = this;
    if (service) this.set({ rules: { ...rulesOf(service), ...change } });
  }
  private setOpening(i: number, change: Partial<Opening>): void {
    this.set({ openings: changed(this.service?.openings ?? [], i, change) });
  }

  private async save(): Promise<void> {
    const { draft } = this;
    this.tried = true;
    if (draft === null || !validate(this)) return;
    const problems = serviceProblems(draft);
    if (problems[0] !== undefined) {
      announce(problems[0], true);
      return;
    }
    this.error = null;
    try {
      const service = withTidyRules({
        ...draft, name: draft.name.trim(), name_en: draft.name_en.trim(), requirements: draft.requirements.map((r) => r.trim()).filter(Boolean), closed: draft.closed.toSorted(),
        openings: draft.openings.map((o) => Object.assign({}, o, { weekdays: o.weekdays.toSorted((a, b) => a - b), sites: o.sites.filter((x) => draft.sites.includes(x)) })),
      }, this.reference.data?.desks ?? []);
      await act({ type: 'define_service', service }, t('se-saved', { name: service.name }));
      this.draft = null;
      go('/servizi');
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private checks<T extends string | number>(legend: string, options: readonly { value: T; label: string }[], chosen: readonly T[], change: (next: T[]) => void): TemplateResult {
    return html`<fieldset class="sp-field"><legend class="form-label">${legend}</legend><div class="sp-choices sp-choices-inline">${options.map((o) => html`<label class="sp-choice">
      <input type="checkbox" .checked=${chosen.includes(o.value)} @change=${(e: Event) => change(toggled(chosen, o.value, (e.target as HTMLInputElement).checked))}><span>${o.label}</span></label>`)}</div></fieldset>`;
  }

  private opening(o: Opening, i: number, sites: readonly Site[]): TemplateResult {
    const { slots, people } = perDay(o);
    const number = (field: 'every_minutes' | 'capacity') => (e: CustomEvent<{ value: number | null }>): void => { if (e.detail.value !== null) this.setOpening(i, { [field]: e.detail.value }); };
    const time = (field: 'from' | 'to') => (e: CustomEvent<{ value: string | null }>): void => { if (e.detail.value !== null) this.setOpening(i, { [field]: `${e.detail.value.slice(0, 5)}:00` }); };
    return html`<fieldset class="sp-box" data-testid="opening"><legend>${t('se-opening', { n: i + 1 })}</legend>
      ${this.checks(t('se-weekdays'), [1, 2, 3, 4, 5, 6, 7].map((n) => ({ value: n, label: weekdayName(n) })), o.weekdays, (weekdays) => this.setOpening(i, { weekdays }))}
      <div class="sp-form-row">
        <sp-time required .label=${t('se-from')} .value=${o.from} @sp-change=${time('from')}></sp-time>
        <sp-time required .label=${t('se-to')} .value=${o.to} @sp-change=${time('to')}></sp-time>
        <sp-number required min="1" max="480" .label=${t('se-every')} .value=${o.every_minutes} @sp-change=${number('every_minutes')}></sp-number>
        <sp-number required min="1" max="200" .label=${t('se-capacity')} .value=${o.capacity} @sp-change=${number('capacity')}></sp-number>
      </div>
      ${sites.length > 1 ? this.checks(t('se-opening-sites'), sites.map((s) => ({ value: s.id, label: s.code })), o.sites, (next) => this.setOpening(i, { sites: next })) : nothing}
      <p class="sp-small" role="status">${t('se-per-day', { slots: count(slots), people: count(people) })}</p>
      ${button({ label: t('se-opening-remove', { n: i + 1 }), icon: 'delete', run: () => this.set({ openings: (this.service?.openings ?? []).filter((_, k) => k !== i) }) }, true)}
    </fieldset>`;
  }

  private form(s: Service): TemplateResult {
    const sites = this.reference.data?.sites ?? [];
    const given = sites.filter((x) => s.sites.includes(x.id));
    const problems = this.tried || !this.fresh ? serviceProblems(s) : [];
    const desks = (this.reference.data?.desks ?? []).filter((d) => !d.revoked && s.sites.includes(d.site));
    const addDay = (): void => {
      if (this.day === null || s.closed.includes(this.day)) return;
      this.set({ closed: [...s.closed, this.day].toSorted() });
      this.day = null;
    };
    return html`<form novalidate data-testid="service-form" @submit=${(e: Event) => e.preventDefault()}>
      ${problems.length === 0 ? nothing : alert({ tone: 'warning', title: t('ca-problems'), body: html`<ul class="sp-tight">${problems.map((p) => html`<li>${p}</li>`)}</ul>` })}
      <div class="sp-columns">
        <div>
          <sp-text required name="name" .label=${t('se-name')} .value=${s.name} @sp-input=${(e: CustomEvent<{ value: string }>) => this.set({ name: e.detail.value })}></sp-text>
          <sp-text required name="name_en" .label=${t('se-name-en')} .hint=${t('se-name-en-hint')} .value=${s.name_en} @sp-input=${(e: CustomEvent<{ value: string }>) => this.set({ name_en: e.detail.value })}></sp-text>
          <div class="sp-form-row">
            <sp-number required name="minutes" min="1" max="480" .label=${t('se-minutes')} .value=${s.minutes} @sp-change=${(e: CustomEvent<{ value: number | null }>) => { if (e.detail.value !== null) this.set({ minutes: e.detail.value }); }}></sp-number>
            <sp-select name="campaign" .label=${t('se-campaign')} .none=${t('se-campaign-none')} .value=${s.campaign} .options=${(this.reference.data?.campaigns ?? []).map((c) => ({ value: c.id, label: c.name }))}
              @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.set({ campaign: e.detail.value })}></sp-select>
          </div>
          <sp-textarea name="requirements" rows="4" .label=${t('se-requirements')} .hint=${t('se-requirements-hint')} .value=${s.requirements.join('\n')} @sp-input=${(e: CustomEvent<{ value: string }>) => this.set({ requirements: e.detail.value.split('\n') })}></sp-textarea>
          <sp-check name="active" .label=${t('se-active')} .hint=${t('se-active-hint')} .value=${s.active} @sp-change=${(e: CustomEvent<{ value: boolean }>) => this.set({ active: e.detail.value })}></sp-check>
          ${suspendedField({ service: s, set: (change) => this.setRules(change) })}
        </div>
        <div>
          ${this.checks(t('se-sites'), sites.map((x) => ({ value: x.id, label: x.name })), s.sites, (next) => this.set({ sites: next }))}
          <fieldset class="sp-field"><legend class="form-label">${t('se-closed')}</legend>
            ${s.closed.length === 0 ? html`<p class="sp-small">${t('se-closed-none')}</p>` : html`<ul class="sp-chips">${s.closed.map((d) => html`<li><span title=${longDate(d)}>${date(d)}</span><button type="button" class="btn sp-icon-button" aria-label=${t('se-closed-remove', { day: longDate(d) })}
              @click=${() => this.set({ closed: s.closed.filter((x) => x !== d) })}>${icon('close')}</button></li>`)}</ul>`}
            <div class="sp-form-row sp-form-end"><sp-date name="closed" .label=${t('se-closed-day')} .value=${this.day} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.day = e.detail.value; }}></sp-date>
            <div class="sp-field">${button({ label: t('se-closed-add'), icon: 'plus', run: addDay }, true)}</div></div>
          </fieldset>
        </div>
      </div>
      ${section(t('se-rules'), rulesFields({ service: s, desks, set: (change) => this.setRules(change) }))}
      ${section(t('se-openings'), html`${s.openings.length === 0 ? html`<p>${t('se-openings-none', { n: s.minutes })}</p>` : nothing}<div class="sp-columns">${s.openings.map((o, i) => this.opening(o, i, given))}</div>
        ${button({ label: t('se-opening-add'), icon: 'plus', run: () => this.set({ openings: [...s.openings, newOpening()] }) }, true)}`)}
    </form>`;
  }

  override render(): unknown {
    const { service } = this;
    const { data, error } = this.reference;
    const back = { href: href('/servizi'), label: t('menu-servizi') };
    return html`${pageHeader({ title: this.heading(), back, actions: service === undefined ? [] : this.actions(), ...(this.fresh ? {} : { lead: t('se-change-lead') }) })}
      ${this.error ? errorPanel(this.error) : nothing}
      ${service !== undefined ? this.form(service) : error ? errorPanel(error) : data === undefined ? loading() : empty(t('se-gone'), [{ label: t('menu-servizi'), run: () => go('/servizi') }])}`;
  }
}
