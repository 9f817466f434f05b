// SPDX-License-Identifier: EUPL-1.2
// Vouchers leave the stock for good: damaged, lost, returned, or never there.
import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { t } from '../../i18n.ts';
import type { RemovalReason, Run } from '../../types.ts';
import { act } from '../common/acts.ts';
import { StockDialog } from './dialog.ts';

const REMOVALS: readonly RemovalReason[] = ['damaged', 'lost', 'returned', 'miscounted'];

@customElement('sp-stock-remove')
export class SpStockRemove extends StockDialog {
  protected override readonly what = 'remove';
  protected override readonly danger = true;
  @state() private note = '';
  @state() private reason: RemovalReason | null = null;

  protected override heading(): string {
    return t('stock-remove');
  }

  protected override begin(): void {
    this.note = '';
    this.reason = null;
  }

  protected override fields(): TemplateResult {
    return html`<sp-radios name="reason" required inline .label=${t('reason')} .value=${this.reason} .options=${REMOVALS.map((r) => ({ value: r, label: t(`removal-${r}`) }))}
        @sp-change=${(e: CustomEvent<{ value: RemovalReason }>) => { this.reason = e.detail.value; }}></sp-radios>
      <sp-text name="note" required .label=${t('stock-remove-note')} .value=${this.note} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.note = e.detail.value; }}></sp-text>`;
  }

  protected override async send(runs: Run[], campaign: string, done: string): Promise<void> {
    if (this.reason !== null) await act({ type: 'remove_stock', campaign, runs, reason: this.reason, note: this.note.trim() }, done, 'success', this.commandId);
  }
}
