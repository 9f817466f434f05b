// SPDX-License-Identifier: EUPL-1.2
// One campaign: period, vouchers, amounts by members, supplements. Beside the table, what some households would be due.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { announce } from '../a11y.ts';
import { AppError } from '../bridge.ts';
import { addDays, amount, count, today } from '../format.ts';
import { newId } from '../ids.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import { validate } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { alert, button, empty, errorPanel, loading, pageHeader, section } from '../parts/views.ts';
import { go, href } from '../router.ts';
import { useQuery } from '../store.ts';
import type { AmountRow, Campaign } from '../types.ts';
import { changed } from './changed.ts';
import { act } from './common/acts.ts';
import { amountFor, byMembers } from './common/amounts.ts';
import { REFERENCE_KINDS } from './names.ts';

type Table = 'amounts' | 'non_resident_amounts';

/** What does not hold in the figures, one sentence each. */
export function campaignProblems(c: Campaign): string[] {
  const problems: string[] = [];
  if (c.to < c.from) problems.push(t('ca-problem-period'));
  if (c.denomination <= 0) problems.push(t('ca-problem-denomination'));
  else if (c.maximum < c.denomination) problems.push(t('ca-problem-maximum'));
  for (const table of ['amounts', 'non_resident_amounts'] as const) {
    const members = c[table].map((r) => r.members);
    if (new Set(members).size < members.length) problems.push(t('ca-problem-twice', { table: t(`ca-table-${table}`) }));
    if (c[table].some((r) => c.denomination > 0 && r.amount % c.denomination !== 0)) problems.push(t('ca-problem-whole', { table: t(`ca-table-${table}`), voucher: amount(c.denomination) }));
  }
  if (c.amounts.length === 0) problems.push(t('ca-problem-empty'));
  return problems;
}

const blank = (): Campaign => ({
  id: newId(), name: '', from: today(), to: addDays(today(), 119), denomination: 1000,
  amounts: [{ members: 1, amount: 15_000 }], non_resident_amounts: [], per_minor: 0, per_disabled: 0, maximum: 50_000, walk_in: true,
});
const EXAMPLES = [
  { members: 1, minors: 0, disabled: 0, resident: true },
  { members: 3, minors: 1, disabled: 0, resident: true },
  { members: 5, minors: 3, disabled: 1, resident: true },
  { members: 2, minors: 0, disabled: 0, resident: false },
];

@customElement('sp-campagna')
export class SpCampagna extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  /** What is being written; null: as it stands. */
  @state() private draft: Campaign | null = null;
  @state() private error: AppError | null = null;

  private get fresh(): boolean {
    return this.params['id'] === 'nuova';
  }
  private get saved(): Campaign | undefined {
    return this.reference.data?.campaigns.find((c) => c.id === this.params['id']);
  }
  private get campaign(): Campaign | undefined {
    if (this.draft !== null) return this.draft;
    if (this.fresh) this.draft = blank();
    return this.draft ?? this.saved;
  }

  override heading(): string {
    return this.fresh ? t('ca-new') : (this.saved?.name ?? t('campaign'));
  }

  override actions(): Action[] {
    return [{ id: 'save-campaign', label: t('save'), key: 'F2', icon: 'check', kind: 'primary', disabled: this.draft === null, run: () => this.save() }];
  }

  private set(change: Partial<Campaign>): void {
    const { campaign } = this;
    if (campaign) this.draft = { ...campaign, ...change };
  }

  private setRow(table: Table, i: number, change: Partial<AmountRow>): void {
    this.set({ [table]: changed(this.campaign?.[table] ?? [], i, change) });
  }

  private async addRow(table: Table): Promise<void> {
    const rows = this.campaign?.[table] ?? [];
    const last = rows.at(-1);
    this.set({ [table]: [...rows, { members: (last?.members ?? 0) + 1, amount: last?.amount ?? this.campaign?.denomination ?? 1000 }] });
    await this.updateComplete;
    this.querySelector<HTMLElement>(`[data-row="${table}-${rows.length}"] input`)?.focus();
  }

  private async save(): Promise<void> {
    const { draft } = this;
    if (draft === null || !validate(this)) return;
    const problems = campaignProblems(draft);
    if (problems[0] !== undefined) {
      this.error = null;
      announce(problems[0], true);
      this.querySelector<HTMLElement>('#ca-problems')?.scrollIntoView({ block: 'center' });
      return;
    }
    this.error = null;
    try {
      const campaign = { ...draft, name: draft.name.trim(), amounts: byMembers(draft.amounts), non_resident_amounts: byMembers(draft.non_resident_amounts) };
      await act({ type: 'define_campaign', campaign }, t('ca-saved', { name: campaign.name }));
      this.draft = null;
      go('/campagne');
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private table(c: Campaign, table: Table): TemplateResult {
    const rows = c[table];
    const name = t(`ca-table-${table}`);
    return html`<fieldset class="sp-field"><legend class="form-label">${name}</legend>
      ${rows.length === 0 ? html`<p class="sp-small">${t('ca-table-empty')}</p>` : html`<table class="table table-sm sp-edit-table"><caption class="visually-hidden">${name}</caption>
        <thead><tr><th scope="col">${t('ca-members')}</th><th scope="col">${t('imp-amount')}</th><th scope="col"><span class="visually-hidden">${t('table-actions')}</span></th></tr></thead>
        <tbody>${rows.map((r, i) => html`<tr data-row="${table}-${i}">
          <td><sp-number required hide-label min="1" max="30" .label=${t('ca-members-of', { n: i + 1 })} .value=${r.members} @sp-change=${(e: CustomEvent<{ value: number | null }>) => { if (e.detail.value !== null) this.setRow(table, i, { members: e.detail.value }); }}></sp-number></td>
          <td><sp-amount required hide-label .label=${t('ca-amount-of', { n: r.members })} .value=${r.amount} @sp-change=${(e: CustomEvent<{ value: number | null }>) => { if (e.detail.value !== null) this.setRow(table, i, { amount: e.detail.value }); }}></sp-amount></td>
          <td><button type="button" class="btn sp-icon-button" aria-label=${t('ca-remove', { n: r.members })} @click=${() => this.set({ [table]: rows.filter((_, k) => k !== i) })}>${icon('delete')}</button></td>
        </tr>`)}</tbody></table>`}
      ${button({ label: t('ca-add-row'), icon: 'plus', run: () => this.addRow(table) }, true)}
    </fieldset>`;
  }

  private form(c: Campaign): TemplateResult {
    const text = (e: CustomEvent<{ value: string }>): void => this.set({ name: e.detail.value });
    const day = (field: 'from' | 'to') => (e: CustomEvent<{ value: string | null }>): void => { if (e.detail.value !== null) this.set({ [field]: e.detail.value }); };
    const cents = (field: 'denomination' | 'per_minor' | 'per_disabled' | 'maximum') => (e: CustomEvent<{ value: number | null }>): void => { if (e.detail.value !== null) this.set({ [field]: e.detail.value }); };
    const problems = campaignProblems(c);
    return html`<form novalidate data-testid="campaign-form" @submit=${(e: Event) => e.preventDefault()}>
      <div id="ca-problems">${problems.length === 0 ? nothing : alert({ tone: 'warning', title: t('ca-problems'), body: html`<ul class="sp-tight">${problems.map((p) => html`<li>${p}</li>`)}</ul>` })}</div>
      <div class="sp-columns">
        <div>
          <sp-text required name="name" .label=${t('ca-name')} .hint=${t('ca-name-hint')} .value=${c.name} @sp-input=${text}></sp-text>
          <div class="sp-form-row"><sp-date required name="from" .label=${t('ca-from')} .value=${c.from} @sp-change=${day('from')}></sp-date><sp-date required name="to" .label=${t('ca-to')} .value=${c.to} @sp-change=${day('to')}></sp-date></div>
          <div class="sp-form-row"><sp-amount required name="denomination" .label=${t('ca-denomination')} .value=${c.denomination} @sp-change=${cents('denomination')}></sp-amount><sp-amount required name="maximum" .label=${t('ca-maximum')} .value=${c.maximum} @sp-change=${cents('maximum')}></sp-amount></div>
          <div class="sp-form-row"><sp-amount required name="per_minor" .label=${t('ca-per-minor')} .value=${c.per_minor} @sp-change=${cents('per_minor')}></sp-amount><sp-amount required name="per_disabled" .label=${t('ca-per-disabled')} .value=${c.per_disabled} @sp-change=${cents('per_disabled')}></sp-amount></div>
          <sp-check name="walk_in" .label=${t('ca-walk-in')} .hint=${t('ca-walk-in-hint')} .value=${c.walk_in} @sp-change=${(e: CustomEvent<{ value: boolean }>) => this.set({ walk_in: e.detail.value })}></sp-check>
        </div>
        <div>${this.table(c, 'amounts')}${this.table(c, 'non_resident_amounts')}<p class="sp-small">${t('ca-table-rule')}</p></div>
        ${section(t('ca-examples'), html`<ul class="sp-tight" aria-live="polite">${EXAMPLES.map((x) => {
          const due = amountFor(c, x);
          return html`<li>${t('ca-example', { members: x.members, minors: x.minors, disabled: x.disabled, resident: x.resident ? 'yes' : 'no' })}: <strong class="sp-nowrap">${due === null ? t('ca-example-none') : t('ca-example-due', { amount: amount(due), n: count(due / Math.max(1, c.denomination)) })}</strong></li>`;
        })}</ul>`)}
      </div>
    </form>`;
  }

  override render(): unknown {
    const { campaign } = this;
    const { data, error } = this.reference;
    const back = { href: href('/campagne'), label: t('menu-campagne') };
    return html`${pageHeader({ title: this.heading(), back, actions: campaign === undefined ? [] : this.actions(), ...(this.fresh ? {} : { lead: t('ca-change-lead') }) })}
      ${this.error ? errorPanel(this.error) : nothing}
      ${campaign !== undefined ? this.form(campaign) : error ? errorPanel(error) : data === undefined ? loading() : empty(t('ca-gone'), [{ label: t('menu-campagne'), run: () => go('/campagne') }])}`;
  }
}
