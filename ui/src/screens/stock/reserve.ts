// SPDX-License-Identifier: EUPL-1.2
// Vouchers are set aside for something, or free again.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { t } from '../../i18n.ts';
import type { Run } from '../../types.ts';
import { act } from '../common/acts.ts';
import { StockDialog } from './dialog.ts';

@customElement('sp-stock-reserve')
export class SpStockReserve extends StockDialog {
  protected override readonly what = 'reserve';
  @state() private free = false;
  @state() private purpose = '';

  protected override heading(): string {
    return t('stock-reserve');
  }

  protected override begin(): void {
    this.free = false;
    this.purpose = '';
  }

  protected override fields(): TemplateResult {
    return html`<sp-radios name="what" required inline .label=${t('stock-reserve-what')} .value=${this.free ? 'free' : 'aside'} .options=${[{ value: 'aside', label: t('stock-reserve-aside') }, { value: 'free', label: t('stock-reserve-free') }]}
        @sp-change=${(e: CustomEvent<{ value: string }>) => { this.free = e.detail.value === 'free'; }}></sp-radios>
      ${this.free ? nothing : html`<sp-text name="purpose" required .label=${t('stock-reserve-purpose')} .hint=${t('stock-reserve-purpose.hint')} .value=${this.purpose}
        @sp-input=${(e: CustomEvent<{ value: string }>) => { this.purpose = e.detail.value; }}></sp-text>`}`;
  }

  protected override async send(runs: Run[], campaign: string, done: string): Promise<void> {
    await act({ type: 'reserve_stock', campaign, runs, purpose: this.free ? null : this.purpose.trim() }, done, 'success', this.commandId);
  }
}
