// SPDX-License-Identifier: EUPL-1.2
// Takes a delivery back: a counter-entry with its reason, and whether the vouchers came back. It names what follows.
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query as element, state } from 'lit/decorators.js';
import { AppError } from '../../bridge.ts';
import * as format from '../../format.ts';
import { t } from '../../i18n.ts';
import { SpElement } from '../../parts/base.ts';
import '../../parts/dialog.ts';
import '../../parts/fields.ts';
import { validate } from '../../parts/fields.ts';
import { alert, facts } from '../../parts/views.ts';
import { countAll, runText } from '../../serial.ts';
import type { Delivery } from '../../types.ts';
import { act, printOrOpen } from './acts.ts';

/** `<sp-reverse .open=${{ entitlement, delivery } | null} @sp-close>` */
@customElement('sp-reverse')
export class SpReverse extends SpElement {
  @property({ attribute: false }) open: { entitlement: string; delivery: Delivery } | null = null;
  @state() private reason = '';
  @state() private returned: string | null = null;
  @state() private error: AppError | null = null;
  @element('form') private form!: HTMLFormElement | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') || this.open === null) return;
    this.reason = '';
    this.returned = null;
    this.error = null;
  }

  private async send(): Promise<void> {
    const { open } = this;
    if (open === null || this.form === null || !validate(this.form)) return;
    this.error = null;
    try {
      await act({ type: 'reverse_delivery', entitlement: open.entitlement, delivery: open.delivery.id, reason: this.reason.trim(), returned: this.returned === 'yes' }, t('reversed'));
      this.close();
      await printOrOpen({ type: 'receipt', entitlement: open.entitlement, delivery: open.delivery.id, copy: false });
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
    }
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent('sp-close'));
  }

  override render(): unknown {
    const d = this.open?.delivery;
    const body = d === undefined ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
      ${this.error === null ? nothing : alert({ tone: 'danger', title: this.error.message })}
      <p>${t('reverse-consequence')}</p>
      ${facts([[t('delivery-when'), format.dateTime(d.at)], [t('amount'), format.amount(d.amount)], [t('vouchers'), html`${t('vouchers-n', { n: countAll(d.runs) })}<br><span class="sp-mono">${d.runs.map(runText).join(', ')}</span>`]])}
      <sp-radios name="returned" required data-autofocus .label=${t('reverse-returned')} .value=${this.returned}
        .options=${[{ value: 'yes', label: t('reverse-returned-yes'), hint: t('reverse-returned-yes-hint') }, { value: 'no', label: t('reverse-returned-no'), hint: t('reverse-returned-no-hint') }]}
        @sp-change=${(e: CustomEvent<{ value: string }>) => { this.returned = e.detail.value; }}></sp-radios>
      <sp-textarea name="reason" required .label=${t('reason')} .rows=${2} .value=${this.reason} @sp-input=${(e: CustomEvent<{ value: string | null }>) => { this.reason = e.detail.value ?? ''; }}></sp-textarea>
    </form>`;
    return html`<sp-dialog .open=${this.open !== null} .heading=${t('reverse-title')} .body=${body}
      .actions=${[{ label: t('confirm-no'), key: 'Escape', run: () => this.close() }, { id: 'reverse-do', label: t('reverse-do'), kind: 'danger' as const, icon: 'restore' as const, run: () => this.send() }]} @sp-close=${() => this.close()}></sp-dialog>`;
  }
}
