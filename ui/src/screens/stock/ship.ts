// SPDX-License-Identifier: EUPL-1.2
// Vouchers go off to another desk, with a paper.
import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { query } from '../../bridge.ts';
import { t } from '../../i18n.ts';
import type { ReferenceView, Run } from '../../types.ts';
import { act, printOrOpen } from '../common/acts.ts';
import { StockDialog } from './dialog.ts';

@customElement('sp-stock-ship')
export class SpStockShip extends StockDialog {
  protected override readonly what = 'ship';
  @property({ attribute: false }) reference: ReferenceView | undefined;
  @state() private to: string | null = null;
  @state() private note = '';

  protected override heading(): string {
    return t('stock-ship');
  }

  protected override begin(): void {
    this.to = null;
    this.note = '';
  }

  protected override fields(): TemplateResult {
    const desks = (this.reference?.desks ?? []).filter((d) => !d.revoked && d.id !== this.view?.desk.id);
    return html`<sp-select name="to" required .label=${t('stock-ship-to')} .value=${this.to} .options=${desks.map((d) => ({ value: d.id, label: `${d.name} (${d.site_name})` }))}
        @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.to = e.detail.value; }}></sp-select>
      <sp-text name="note" .label=${t('note')} .hint=${t('stock-ship-note')} .value=${this.note} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.note = e.detail.value; }}></sp-text>`;
  }

  protected override async send(runs: Run[], campaign: string, done: string): Promise<void> {
    if (this.to === null) return;
    await act({ type: 'ship_stock', campaign, runs, to: this.to, note: this.note.trim() }, done, 'success', this.commandId);
    const own = this.view?.desk.id;
    const { rows } = await query({ type: 'shipments' });
    const [sent] = rows.filter((r) => r.shipment.from === own).toSorted((a, b) => b.shipment.number - a.shipment.number);
    if (sent !== undefined) await printOrOpen({ type: 'bolla', shipment: sent.shipment });
  }
}
