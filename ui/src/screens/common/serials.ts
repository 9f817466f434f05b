// SPDX-License-Identifier: EUPL-1.2
// Booklets as they are scanned: the first serial and how many, or the first and the last. Each run is checked when it is entered,
// counted against what is wanted, and can be taken out again.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { perform } from '../../actions.ts';
import { announce } from '../../a11y.ts';
import { query } from '../../bridge.ts';
import * as format from '../../format.ts';
import { t } from '../../i18n.ts';
import { SpElement } from '../../parts/base.ts';
import '../../parts/fields.ts';
import { icon } from '../../parts/icons.ts';
import { badge, button } from '../../parts/views.ts';
import { between, countAll, firstSerial, from, lastSerial, overlaps, runCount, runText, serial } from '../../serial.ts';
import type { Problem, Run } from '../../types.ts';

/** A run with what the core has against it, where a reason may go over it. */
export interface Entered {
  run: Run;
  problem: Problem | null;
  /** What some of it is set aside for. */
  aside?: string | null;
}

/** Obstacles that a reason can go over (domain, refusal.rs: `can_be_forced`). */
export const FORCEABLE: ReadonlySet<string> = new Set(['not_holder', 'serial_not_held', 'outside_period', 'appointment_required']);

/** Enter here does this, and does not send the form around it. */
const enter = (then: () => unknown) => (e: KeyboardEvent): void => {
  if (e.key !== 'Enter' || e.repeat) return;
  e.preventDefault();
  e.stopPropagation();
  void then();
};

/** Fires `sp-runs` with the runs as they are now. */
@customElement('sp-serials')
export class SpSerials extends SpElement {
  @property({ attribute: false }) entered: readonly Entered[] = [];
  /** Vouchers that are due in all; null: as many as come. */
  @property({ attribute: false }) wanted: number | null = null;
  /** Whose vouchers they are; null: they are not checked (they are only coming in). */
  @property({ attribute: false }) campaign: string | null = null;
  /** Value of one voucher, cents. */
  @property({ attribute: false }) denomination = 0;
  @property({ attribute: false }) suggestions: readonly Run[] = [];
  @state() private first = '';
  @state() private last = '';
  @state() private quantity: number | null = null;
  @state() private firstError = '';
  @state() private lastError = '';
  @state() private checking = false;

  private get runs(): Run[] {
    return this.entered.map((e) => e.run);
  }

  get missing(): number {
    return this.wanted === null ? 0 : Math.max(0, this.wanted - countAll(this.runs));
  }

  /** Something was begun and not added: going on would lose it. */
  get pending(): boolean {
    return this.first.trim() !== '';
  }

  private field(name: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[name=${name}] input`);
  }

  /** The next place to type in. */
  begin(): void {
    void this.updateComplete.then(() => new Promise((r) => setTimeout(r, 0))).then(() => this.field('first')?.focus());
  }

  /** A serial was scanned while no field had the focus: the beginning, then the end of a run. */
  scanned(text: string): void {
    if (this.first.trim() === '') {
      this.first = text.trim();
      void this.firstDone();
    } else {
      this.last = text.trim();
      void perform({ label: 'serials-add', run: () => this.add() });
    }
  }

  private async firstDone(): Promise<void> {
    this.firstError = '';
    const run = serial(this.first);
    if (run === null) {
      this.firstError = t('serial-not-understood', { text: this.first.trim() });
      announce(this.firstError, true);
      return;
    }
    this.first = firstSerial(run);
    if (this.quantity === null && this.last === '' && this.wanted !== null && this.missing > 0) this.quantity = this.missing;
    await this.updateComplete;
    await new Promise((r) => setTimeout(r, 0));
    const next = this.field(this.wanted === null ? 'last' : 'quantity');
    next?.focus();
    if (next instanceof HTMLInputElement) next.select();
  }

  private refuse(where: 'first' | 'last', why: string): void {
    if (where === 'first') this.firstError = why;
    else this.lastError = why;
    announce(why, true);
    this.field(where)?.focus();
  }

  private typedRun(): Run | null {
    this.firstError = '';
    this.lastError = '';
    const begin = serial(this.first);
    if (begin === null) {
      this.refuse('first', this.first.trim() === '' ? t('serial-missing') : t('serial-not-understood', { text: this.first.trim() }));
      return null;
    }
    if (this.last.trim() === '') {
      const run = this.quantity === null ? null : from(this.first, this.quantity);
      if (run === null) this.refuse('last', t('serial-how-many'));
      return run;
    }
    const end = serial(this.last);
    const run = between(this.first, this.last);
    if (run === null) {
      this.refuse('last', end === null ? t('serial-not-understood', { text: this.last.trim() })
        : end.series !== begin.series || end.width !== begin.width ? t('serial-other-series') : t('serial-backwards'));
    }
    return run;
  }

  /** What speaks against adding a run, before the core is asked. */
  private against(run: Run): string | null {
    const twice = this.runs.find((r) => overlaps(r, run));
    if (twice !== undefined) return t('serial-twice', { run: runText(twice) });
    if (this.wanted !== null && runCount(run) > this.missing) return t('serial-too-many', { n: runCount(run), missing: this.missing });
    return null;
  }

  private async add(): Promise<void> {
    const run = this.typedRun();
    if (run === null) return;
    const why = this.against(run);
    if (why !== null) {
      this.refuse('first', why);
      return;
    }
    if (await this.take([run])) {
      this.first = '';
      this.last = '';
      this.quantity = null;
      if (this.missing > 0 || this.wanted === null) this.begin();
    }
  }

  private async take(runs: readonly Run[]): Promise<boolean> {
    const added: Entered[] = [];
    for (const run of runs) {
      const { problem, aside } = await this.check(run);
      if (problem !== null && !FORCEABLE.has(problem.code)) {
        this.refuse('first', problem.message);
        return false;
      }
      added.push({ run, problem, aside });
    }
    this.tell([...this.entered, ...added]);
    return true;
  }

  private async check(run: Run): Promise<{ problem: Problem | null; aside: string | null }> {
    if (this.campaign === null) return { problem: null, aside: null };
    this.checking = true;
    try {
      return await query({ type: 'check_serials', campaign: this.campaign, first: firstSerial(run), last: lastSerial(run) });
    } finally {
      this.checking = false;
    }
  }

  private tell(entered: readonly Entered[]): void {
    this.entered = entered;
    const n = countAll(this.runs);
    announce(this.wanted === null ? t('vouchers-n', { n }) : t('serials-count', { n, wanted: this.wanted }));
    this.dispatchEvent(new CustomEvent('sp-runs', { detail: entered }));
  }

  /** The next serials of the stock, after having been compared with the booklet in hand. */
  async useSuggestion(): Promise<void> {
    const fitting = this.suggestions.filter((s) => !this.runs.some((r) => overlaps(r, s)));
    if (fitting.length > 0 && (await this.take(fitting))) {
      this.first = '';
      this.last = '';
      this.quantity = null;
    }
  }

  private takeOut(i: number): void {
    this.tell(this.entered.filter((_, at) => at !== i));
    this.begin();
  }

  private counts(): TemplateResult {
    const n = countAll(this.runs);
    const { wanted } = this;
    if (wanted === null) return html`<p class="sp-serials-count" data-testid="serials-count"><strong>${t('vouchers-n', { n })}</strong>${this.denomination > 0 ? html` · ${format.amount(n * this.denomination)}` : nothing}</p>`;
    const full = n === wanted;
    return html`<div class="sp-serials-count" data-testid="serials-count">
      <p><strong>${t('serials-count', { n, wanted })}</strong> · ${t('serials-amount', { done: format.amount(n * this.denomination), due: format.amount(wanted * this.denomination) })}
        ${full ? badge('success', t('serials-complete')) : n > 0 ? badge('warning', t('serials-missing', { n: wanted - n })) : nothing}</p>
      <progress aria-label=${t('serials-progress')} value=${n} max=${Math.max(1, wanted)}></progress></div>`;
  }

  override render(): unknown {
    const add = { id: 'serials-add', label: t('serials-add'), icon: 'plus' as const, disabled: this.checking, run: () => this.add() };
    const suggested = this.suggestions.filter((s) => !this.runs.some((r) => overlaps(r, s)));
    return html`${this.counts()}
      ${this.entered.length === 0 ? nothing : html`<ul class="sp-plain-list sp-runs" aria-label=${t('serials-list')}>${this.entered.map((e, i) => html`<li data-testid="run">
        <div><p><span class="sp-mono">${runText(e.run)}</span> · ${t('vouchers-n', { n: runCount(e.run) })}</p>${e.problem === null ? nothing : html`<p class="sp-field-error">${icon('warning-circle')}<span>${e.problem.message}</span></p>`}${e.aside ? html`<p class="sp-small">${icon('lock')} ${t('serial-aside', { purpose: e.aside })}</p>` : nothing}</div>
        <div class="sp-actions">${button({ label: t('serials-remove'), icon: 'delete', kind: 'plain', run: () => this.takeOut(i) }, true)}</div></li>`)}</ul>`}
      ${this.wanted !== null && this.missing === 0 ? nothing : html`
        ${suggested.length === 0 ? nothing : html`<p class="sp-suggestion">${t('serials-suggestion')} <strong class="sp-mono">${suggested.map(runText).join(', ')}</strong> ${button({ id: 'serials-suggestion', label: t('serials-use', { n: countAll(suggested) }), key: 'F6', icon: 'check', run: () => this.useSuggestion() }, true)}</p>`}
        <div class="sp-form-row sp-serials-entry">
          <sp-text name="first" required mono scan="accept" .label=${t('serial-first')} .error=${this.firstError} .value=${this.first}
            @sp-input=${(e: CustomEvent<{ value: string }>) => { this.first = e.detail.value; this.firstError = ''; }} @keydown=${enter(() => this.firstDone())}></sp-text>
          ${this.wanted === null ? nothing : html`<sp-number name="quantity" .label=${t('serial-quantity')} .min=${1} .max=${99_999} .value=${this.quantity}
            @sp-change=${(e: CustomEvent<{ value: number | null }>) => { this.quantity = e.detail.value; }} @keydown=${enter(() => perform(add))}></sp-number>`}
          <sp-text name="last" mono scan="accept" .label=${this.wanted === null ? t('serial-last') : t('serial-or-last')} .error=${this.lastError} .value=${this.last}
            @sp-input=${(e: CustomEvent<{ value: string }>) => { this.last = e.detail.value; this.lastError = ''; }} @keydown=${enter(() => perform(add))}></sp-text>
          <div class="sp-serials-add">${button(add)}</div>
        </div>
        <p class="sp-small">${t('serials-hint')}</p>`}`;
  }
}
