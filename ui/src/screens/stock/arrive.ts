// SPDX-License-Identifier: EUPL-1.2
// What is really there of a shipment is taken in: known here, or from its paper before the record of the sender comes.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { t } from '../../i18n.ts';
import type { ReferenceView, Run, ShipmentNo } from '../../types.ts';
import { act } from '../common/acts.ts';
import { StockDialog } from './dialog.ts';

@customElement('sp-stock-arrive')
export class SpStockArrive extends StockDialog {
  protected override readonly what = 'arrive';
  protected override readonly fromStock = false;
  @property({ attribute: false }) reference: ReferenceView | undefined;
  /** The shipment; null: as its paper says, typed in. */
  @property({ attribute: false }) shipment: ShipmentNo | null = null;
  @property({ attribute: false }) name = '';
  @state() private from: string | null = null;
  @state() private number: number | null = null;
  @state() private note = '';

  protected override begin(): void {
    this.from = null;
    this.number = null;
    this.note = '';
  }

  protected override heading(): string {
    return this.shipment === null ? t('stock-arrive') : t('stock-arrive-of', { name: this.name });
  }

  protected override fields(): TemplateResult {
    const desks = (this.reference?.desks ?? []).filter((d) => d.id !== this.view?.desk.id);
    return html`${this.shipment !== null ? nothing : html`<div class="sp-form-row">
        <sp-select name="from" required .label=${t('stock-arrive-from')} .value=${this.from} .options=${desks.map((d) => ({ value: d.id, label: `${d.name} (${d.site_name})` }))}
          @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.from = e.detail.value; }}></sp-select>
        <sp-number name="number" required .label=${t('stock-arrive-number')} .min=${1} .value=${this.number} @sp-change=${(e: CustomEvent<{ value: number | null }>) => { this.number = e.detail.value; }}></sp-number>
      </div>`}
      <sp-text name="note" .label=${t('note')} .value=${this.note} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.note = e.detail.value; }}></sp-text>`;
  }

  protected override async send(runs: Run[], campaign: string, done: string): Promise<void> {
    const shipment = this.shipment ?? (this.from === null || this.number === null ? null : { from: this.from, number: this.number });
    if (shipment !== null) await act({ type: 'acknowledge_shipment', shipment, campaign, runs, note: this.note.trim() }, done, 'success', this.commandId);
  }
}
