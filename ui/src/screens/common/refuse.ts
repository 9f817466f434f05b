// SPDX-License-Identifier: EUPL-1.2
// Mancata consegna: the household presented itself and gets nothing now. Why, in a word or two; what to bring is printed.
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query as element, state } from 'lit/decorators.js';
import { AppError } from '../../bridge.ts';
import { t } from '../../i18n.ts';
import { SpElement } from '../../parts/base.ts';
import '../../parts/dialog.ts';
import '../../parts/fields.ts';
import { validate } from '../../parts/fields.ts';
import { alert } from '../../parts/views.ts';
import type { RefusalReason } from '../../types.ts';
import { act, printOrOpen } from './acts.ts';
import { refusalName, refusalReasons } from './words.ts';

export interface Refusing {
  entitlement: string;
  appointment: string | null;
  name: string;
}

/** `<sp-refuse .open=${Refusing | null} @sp-close @sp-refused>` */
@customElement('sp-refuse')
export class SpRefuse extends SpElement {
  @property({ attribute: false }) open: Refusing | null = null;
  @state() private reason: RefusalReason | null = null;
  @state() private note = '';
  @state() private print = true;
  @state() private error: AppError | null = null;
  @element('form') private form!: HTMLFormElement | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') || this.open === null || changed.get('open')) return;
    this.reason = null;
    this.note = '';
    this.print = true;
    this.error = null;
  }

  private async send(): Promise<void> {
    const { open, reason } = this;
    if (open === null || this.form === null || !validate(this.form) || reason === null) return;
    this.error = null;
    try {
      await act({ type: 'refuse_delivery', entitlement: open.entitlement, appointment: open.appointment, reason, note: this.note.trim() }, t('refused', { name: open.name }));
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      return;
    }
    this.close();
    this.dispatchEvent(new CustomEvent('sp-refused'));
    if (this.print) await printOrOpen({ type: 'refusal_note', entitlement: open.entitlement });
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent('sp-close'));
  }

  override render(): unknown {
    const body = this.open === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
      ${this.error === null ? nothing : alert({ tone: 'danger', title: this.error.message })}
      <p>${t('refuse-consequence')}</p>
      <sp-radios name="reason" required data-autofocus .label=${t('refuse-reason')} .value=${this.reason} .options=${refusalReasons.map((r) => ({ value: r, label: refusalName(r) }))}
        @sp-change=${(e: CustomEvent<{ value: RefusalReason }>) => { this.reason = e.detail.value; }}></sp-radios>
      <sp-textarea name="note" ?required=${this.reason === 'other'} .label=${t('refuse-note')} .hint=${t('refuse-note-hint')} .rows=${2} .value=${this.note}
        @sp-input=${(e: CustomEvent<{ value: string | null }>) => { this.note = e.detail.value ?? ''; }}></sp-textarea>
      <sp-check name="print" .label=${t('refuse-print')} .value=${this.print} @sp-change=${(e: CustomEvent<{ value: boolean }>) => { this.print = e.detail.value; }}></sp-check>
    </form>`;
    return html`<sp-dialog .open=${this.open !== null} .heading=${this.open === null ? '' : t('refuse-title', { name: this.open.name })} .body=${body}
      .actions=${[{ label: t('go-back'), key: 'Escape', run: () => this.close() }, { id: 'refuse-do', label: t('refuse-do'), kind: 'primary' as const, key: 'F9', run: () => this.send() }]} @sp-close=${() => this.close()}></sp-dialog>`;
  }
}
