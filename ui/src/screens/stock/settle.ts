// SPDX-License-Identifier: EUPL-1.2
// What became of vouchers that went off and did not arrive: taken back by the sender; lost or damaged, as a supervisor says.
import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { t } from '../../i18n.ts';
import type { Run, ShipmentOutcome, ShipmentRow } from '../../types.ts';
import { act } from '../common/acts.ts';
import { StockDialog } from './dialog.ts';

@customElement('sp-stock-settle')
export class SpStockSettle extends StockDialog {
  protected override readonly what = 'settle';
  protected override readonly fromStock = false;
  @property({ attribute: false }) row: ShipmentRow | null = null;
  @state() private outcome: ShipmentOutcome | null = null;
  @state() private note = '';

  protected override begin(): void {
    this.outcome = this.row?.may_write_off === true ? null : 'taken_back';
    this.note = '';
  }

  protected override heading(): string {
    return t('stock-settle-of', { name: this.row?.name ?? '' });
  }

  protected override fields(): TemplateResult {
    const outcomes: ShipmentOutcome[] = this.row?.may_write_off === true ? ['taken_back', 'lost', 'damaged'] : ['taken_back'];
    return html`<sp-radios name="outcome" required inline .label=${t('stock-settle-what')} .value=${this.outcome} .options=${outcomes.map((o) => ({ value: o, label: t(`stock-settled-${o}`) }))}
        @sp-change=${(e: CustomEvent<{ value: ShipmentOutcome }>) => { this.outcome = e.detail.value; }}></sp-radios>
      <sp-text name="note" required .label=${t('stock-remove-note')} .value=${this.note} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.note = e.detail.value; }}></sp-text>`;
  }

  protected override async send(runs: Run[], _campaign: string, done: string): Promise<void> {
    if (this.row !== null && this.outcome !== null) await act({ type: 'settle_shipment', shipment: this.row.shipment, runs, outcome: this.outcome, note: this.note.trim() }, done, 'success', this.commandId);
  }
}
