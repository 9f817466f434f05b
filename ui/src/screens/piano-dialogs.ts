// SPDX-License-Identifier: EUPL-1.2
// What is said of a phase or an indicator, with what shows it; and what is read from the records instead.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import type { Action } from '../actions.ts';
import { AppError } from '../bridge.ts';
import { fileInput } from '../documents.ts';
import { today } from '../format.ts';
import { t } from '../i18n.ts';
import { newId } from '../ids.ts';
import { SpElement } from '../parts/base.ts';
import '../parts/dialog.ts';
import '../parts/fields.ts';
import { validate } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { alert } from '../parts/views.ts';
import type { Campaign, FileInput, PlanExpected, PlanMeasure, PlanReached, PlanTarget, PlanView } from '../types.ts';
import { act } from './common/acts.ts';
import { targetText } from './piano-words.ts';

/** What a record holds of a file (bytes). */
const FILE_MAX = 384 * 1024;

const expectedOf = (view: PlanView, target: PlanTarget): PlanExpected | null =>
  (target.type === 'phase' ? null : view.indicators.find((i) => i.number === target.number)?.indicator.expected ?? null);
const wordsOf = (view: PlanView, target: PlanTarget): string =>
  (target.type === 'phase' ? view.phases.find((p) => p.number === target.number)?.phase.description : view.indicators.find((i) => i.number === target.number)?.indicator.description) ?? '';

@customElement('sp-plan-note')
export class SpPlanNote extends SpElement {
  @state() private of: { view: PlanView; target: PlanTarget } | null = null;
  @state() private percent: number | null = null;
  @state() private day: string | null = null;
  @state() private note = '';
  @state() private evidence = '';
  @state() private file: FileInput | null = null;
  @state() private error: AppError | null = null;
  private commandId = newId();

  begin(view: PlanView, target: PlanTarget): void {
    this.of = { view, target };
    this.percent = target.type === 'phase' ? view.phases.find((p) => p.number === target.number)?.percent ?? null : null;
    this.day = today();
    this.note = '';
    this.evidence = '';
    this.file = null;
    this.error = null;
    this.commandId = newId();
  }

  private reached(expected: PlanExpected | null): PlanReached | null {
    if (expected?.type === 'day') return this.day === null ? null : { type: 'day', day: this.day };
    if (this.percent === null) return null;
    return expected === null ? { type: 'percent', value: this.percent } : { type: 'share', value: this.percent * 100 };
  }

  private async choose(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    this.error = null;
    if (file.size > FILE_MAX) {
      this.error = new AppError({ code: 'file', message: t('plan-evidence-big', { file: file.name, n: FILE_MAX / 1024 }) });
      announce(this.error.message, true);
      return;
    }
    try {
      this.file = await fileInput(file);
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
    }
  }

  private async save(): Promise<void> {
    const { of } = this;
    const home = this.querySelector('sp-dialog');
    if (of === null || home === null || !validate(home)) return;
    const reached = this.reached(expectedOf(of.view, of.target));
    if (reached === null) return;
    const evidence = this.evidence.trim() === '' && this.file === null ? null : { title: this.evidence.trim(), ...(this.file === null ? {} : { file: this.file }) };
    if (this.note.trim() === '' && evidence === null) {
      this.error = new AppError({ code: 'reason_missing', message: t('plan-note-empty') });
      announce(this.error.message, true);
      return;
    }
    this.error = null;
    try {
      await act({ type: 'note_plan', plan: of.view.plan.id, target: of.target, reached, note: this.note.trim(), evidence }, t('plan-noted', { name: targetText(of.target) }), 'success', this.commandId);
      this.of = null;
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private body(): unknown {
    const { of } = this;
    if (of === null) return nothing;
    const expected = expectedOf(of.view, of.target);
    return html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
      ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
      <p><strong>${targetText(of.target)}</strong>: ${wordsOf(of.view, of.target)}</p>
      ${expected?.type === 'day'
        ? html`<sp-date name="day" required data-autofocus .label=${t('plan-done-on')} .value=${this.day} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.day = e.detail.value; }}></sp-date>`
        : html`<sp-number name="percent" required data-autofocus min="0" max="100" .label=${t(expected === null ? 'plan-percent' : 'plan-share')} .value=${this.percent} @sp-change=${(e: CustomEvent<{ value: number | null }>) => { this.percent = e.detail.value; }}></sp-number>`}
      <sp-textarea name="note" .label=${t('note')} .value=${this.note} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.note = e.detail.value; }}></sp-textarea>
      <sp-text name="evidence" .label=${t('plan-evidence')} .hint=${t('plan-evidence-hint')} .value=${this.evidence} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.evidence = e.detail.value; }}></sp-text>
      <div class="sp-field">
        <p class="form-label" id="plan-evidence-name">${t('plan-evidence-file')}</p>
        <input class="visually-hidden sp-file" id="plan-evidence-file" data-testid="plan-evidence-file" type="file" aria-labelledby="plan-evidence-name plan-evidence-label"
          @change=${(e: Event) => { const input = e.target as HTMLInputElement; void this.choose(input.files?.[0]).then(() => { input.value = ''; }); }}>
        <label class="btn btn-outline-primary btn-sm" for="plan-evidence-file" id="plan-evidence-label">${icon('folder')}<span>${t('plan-evidence-choose')}</span></label>
        <p class="form-text">${this.file === null ? t('plan-evidence-most', { n: FILE_MAX / 1024 }) : html`${icon('file')} ${this.file.name}`}</p>
      </div>
    </form>`;
  }

  override render(): unknown {
    const { of } = this;
    const close = (): void => { this.of = null; };
    return html`<sp-dialog data-testid="plan-note" .open=${of !== null} .heading=${of === null ? '' : t('plan-note-do')} @sp-close=${close} .body=${this.body()}
      .actions=${of === null ? [] : [
        { label: t('go-back'), key: 'Escape', run: close },
        { id: 'plan-note-save', label: t('plan-note-save'), kind: 'primary', key: 'F9', icon: 'check', run: () => this.save() } satisfies Action,
      ]}></sp-dialog>`;
  }
}

@customElement('sp-plan-bind')
export class SpPlanBind extends SpElement {
  @state() private of: { view: PlanView; target: PlanTarget; campaigns: readonly Campaign[] } | null = null;
  @state() private what: PlanMeasure['type'] | 'hand' = 'hand';
  @state() private campaign: string | null = null;
  @state() private error: AppError | null = null;

  begin(view: PlanView, target: PlanTarget, campaigns: readonly Campaign[]): void {
    const measure = view.plan.bindings.find((b) => b.target.type === target.type && b.target.number === target.number)?.measure;
    this.of = { view, target, campaigns };
    this.what = measure?.type ?? 'hand';
    this.campaign = measure?.campaign ?? campaigns[0]?.id ?? null;
    this.error = null;
  }

  private async save(): Promise<void> {
    const { of, what, campaign } = this;
    const home = this.querySelector('sp-dialog');
    if (of === null || home === null || !validate(home)) return;
    if (what !== 'hand' && campaign === null) return;
    this.error = null;
    try {
      const measure = what === 'hand' || campaign === null ? null : { type: what, campaign };
      await act({ type: 'bind_plan', plan: of.view.plan.id, target: of.target, measure }, t('plan-bound', { name: targetText(of.target) }));
      this.of = null;
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private body(): unknown {
    const { of } = this;
    if (of === null) return nothing;
    const offered: PlanMeasure['type'][] = of.target.type === 'phase' ? ['served_of_entitled', 'days_of_campaign'] : ['served_of_presented'];
    const options = (['hand', ...offered] as const).map((what) => (what === 'hand'
      ? { value: 'hand', label: t('plan-by-hand'), hint: t('plan-by-hand.means') }
      : { value: what, label: t(`plan-measure-${what}`), hint: t(`plan-measure-${what}.means`) }));
    return html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
      ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
      <p><strong>${targetText(of.target)}</strong>: ${wordsOf(of.view, of.target)}</p>
      <sp-radios name="what" required data-autofocus .label=${t('plan-bind-what')} .value=${this.what} .options=${options} @sp-change=${(e: CustomEvent<{ value: PlanMeasure['type'] | 'hand' }>) => { this.what = e.detail.value; }}></sp-radios>
      ${this.what === 'hand' ? nothing : html`<sp-select name="campaign" required .label=${t('campaign')} .value=${this.campaign} .options=${of.campaigns.map((c) => ({ value: c.id, label: c.name }))}
        @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.campaign = e.detail.value; }}></sp-select>`}
    </form>`;
  }

  override render(): unknown {
    const { of } = this;
    const close = (): void => { this.of = null; };
    return html`<sp-dialog data-testid="plan-bind" .open=${of !== null} .heading=${of === null ? '' : t('plan-bind-do')} @sp-close=${close} .body=${this.body()}
      .actions=${of === null ? [] : [
        { label: t('go-back'), key: 'Escape', run: close },
        { id: 'plan-bind-save', label: t('plan-bind-save'), kind: 'primary', key: 'F9', icon: 'check', run: () => this.save() } satisfies Action,
      ]}></sp-dialog>`;
  }
}
