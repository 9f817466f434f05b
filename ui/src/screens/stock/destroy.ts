// SPDX-License-Identifier: EUPL-1.2
// Vouchers are destroyed, with minutes: a supervisor's.
import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import * as format from '../../format.ts';
import { t } from '../../i18n.ts';
import type { DeskName, Run } from '../../types.ts';
import { act } from '../common/acts.ts';
import { StockDialog } from './dialog.ts';

@customElement('sp-stock-destroy')
export class SpStockDestroy extends StockDialog {
  protected override readonly what = 'destroy';
  protected override readonly danger = true;
  protected override readonly fromStock = false;
  /** Desks that have vouchers. */
  @property({ attribute: false }) desks: readonly DeskName[] = [];
  @state() private desk: string | null = null;
  @state() private number = '';
  @state() private date: string | null = null;
  @state() private present = '';

  protected override heading(): string {
    return t('stock-destroy');
  }

  protected override begin(): void {
    this.desk = this.desks.find((d) => d.id === this.view?.desk.id)?.id ?? null;
    this.number = '';
    this.date = format.today();
    this.present = '';
  }

  protected override fields(): TemplateResult {
    return html`<sp-select name="desk" required .label=${t('stock-destroy-desk')} .value=${this.desk} .options=${this.desks.map((d) => ({ value: d.id, label: d.name }))}
        @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.desk = e.detail.value; }}></sp-select>
      <div class="sp-form-row">
        <sp-text name="minutes" required .label=${t('stock-minutes')} .value=${this.number} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.number = e.detail.value; }}></sp-text>
        <sp-date name="minutes-date" required .label=${t('stock-minutes-date')} .value=${this.date} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.date = e.detail.value; }}></sp-date>
      </div>
      <sp-text name="present" required .label=${t('stock-present')} .value=${this.present} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.present = e.detail.value; }}></sp-text>`;
  }

  protected override async send(runs: Run[], campaign: string, done: string): Promise<void> {
    if (this.date !== null) await act({ type: 'destroy_stock', desk: this.desk, campaign, runs, minutes: { number: this.number.trim(), date: this.date, present: this.present.trim() } }, done, 'success', this.commandId);
  }
}
