// SPDX-License-Identifier: EUPL-1.2
// Deciding several cases at once, or giving them to somebody. `<sp-cases-dialog>` stands once on the page; `decide(rows)` and `assign(rows, people)`
// open it. `sp-done` when something was recorded.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import type { Action } from '../actions.ts';
import { AppError } from '../bridge.ts';
import { count } from '../format.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import '../parts/dialog.ts';
import { validate } from '../parts/fields.ts';
import { alert } from '../parts/views.ts';
import type { CaseChoice, CaseDecision, CasePerson, CaseRow } from '../types.ts';
import { touched } from './case-words.ts';
import { act } from './common/acts.ts';

/** What may be decided of every one of them. */
export function common(rows: readonly CaseRow[]): CaseChoice[] {
  const [first, ...rest] = rows;
  if (first === undefined) return [];
  return first.choices
    .filter((c) => rest.every((r) => r.choices.some((other) => other.decision === c.decision)))
    .map((c) => ({ decision: c.decision, takes_two: rows.some((r) => r.choices.some((other) => other.decision === c.decision && other.takes_two)) }));
}

/** A decision as it can be chosen, with its consequence. */
export const choiceOption = (c: CaseChoice): { value: CaseDecision; label: string; hint: string } => ({
  value: c.decision, label: t(`case-decision-${c.decision}`), hint: `${t(`case-decision-${c.decision}.means`)}${c.takes_two ? ` ${t('case-takes-two')}` : ''}`,
});

/** So many names are told one by one. */
const NAMED = 8;

@customElement('sp-cases-dialog')
export class SpCasesDialog extends SpElement {
  @state() private of: { what: 'decide' | 'assign'; rows: readonly CaseRow[]; people: readonly CasePerson[] } | null = null;
  @state() private decision: CaseDecision | null = null;
  @state() private to: string | null = null;
  @state() private reason = '';
  @state() private error: AppError | null = null;

  decide(rows: readonly CaseRow[]): void {
    this.begin({ what: 'decide', rows, people: [] });
  }

  assign(rows: readonly CaseRow[], people: readonly CasePerson[]): void {
    this.begin({ what: 'assign', rows, people });
  }

  private begin(of: NonNullable<SpCasesDialog['of']>): void {
    this.of = of;
    this.decision = null;
    this.to = null;
    this.reason = '';
    this.error = null;
  }

  private async save(): Promise<void> {
    const { of } = this;
    const home = this.querySelector('sp-dialog');
    if (of === null || home === null || !validate(home)) return;
    const cases = of.rows.map((r) => r.id);
    const n = { n: cases.length, shown: count(cases.length) };
    this.error = null;
    try {
      if (of.what === 'assign') {
        const name = of.people.find((p) => p.id === this.to)?.name ?? '';
        await act({ type: 'assign_cases', cases, to: this.to }, this.to === null ? t('an-unassigned', n) : t('an-assigned', { ...n, name }));
      } else if (this.decision !== null) {
        await act({ type: 'decide_cases', cases, decision: this.decision, reason: this.reason.trim() }, t('an-decided-n', n));
      }
      this.of = null;
      this.dispatchEvent(new CustomEvent('sp-done'));
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private body(): unknown {
    const { of } = this;
    if (of === null) return nothing;
    const choices = common(of.rows);
    const names = of.rows.slice(0, NAMED).map((r) => `${t(`case-kind-${r.matter.kind}`)}: ${touched(r)}`);
    return html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
      ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
      <ul class="sp-tight">${names.map((name) => html`<li>${name}</li>`)}${of.rows.length > NAMED ? html`<li>… +${count(of.rows.length - NAMED)}</li>` : nothing}</ul>
      ${of.what === 'assign'
        ? html`<sp-select data-autofocus name="to" .label=${t('an-assign-to')} .none=${t('an-assignee-nobody')} .value=${this.to} .options=${of.people.map((p) => ({ value: p.id, label: p.name }))}
            @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.to = e.detail.value; }}></sp-select>`
        : choices.length === 0 ? alert({ tone: 'warning', title: t('an-no-common'), live: false })
        : html`<sp-radios required data-autofocus name="decision" .label=${t('an-decision-what')} .value=${this.decision} .options=${choices.map(choiceOption)}
            @sp-change=${(e: CustomEvent<{ value: CaseDecision }>) => { this.decision = e.detail.value; }}></sp-radios>
          <sp-textarea required name="reason" .label=${t('reason')} .hint=${t('an-reason-hint')} .value=${this.reason} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.reason = e.detail.value; }}></sp-textarea>
          <p class="sp-small">${t('an-decision-kept')}</p>`}
    </form>`;
  }

  override render(): unknown {
    const { of } = this;
    const close = (): void => { this.of = null; };
    const n = of === null ? { n: 0, shown: '' } : { n: of.rows.length, shown: count(of.rows.length) };
    const stuck = of?.what === 'decide' && common(of.rows).length === 0;
    return html`<sp-dialog data-testid="cases-dialog" .open=${of !== null} .heading=${of?.what === 'assign' ? t('an-assign-title', n) : t('an-decide-title', n)} @sp-close=${close}
      .body=${this.body()}
      .actions=${of === null ? [] : [
        { label: t('go-back'), key: 'Escape', run: close },
        { id: 'cases-do', label: t(of.what === 'assign' ? 'an-assign' : 'an-decide'), kind: 'primary', key: 'F2', icon: 'check', disabled: stuck, run: () => this.save() } satisfies Action,
      ]}></sp-dialog>`;
  }
}
