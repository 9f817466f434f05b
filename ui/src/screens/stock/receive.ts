// SPDX-License-Identifier: EUPL-1.2
// Booklets come in with a delivery note: what is odd about them is told while they are scanned, each run as a box of its own.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { query } from '../../bridge.ts';
import * as format from '../../format.ts';
import { t } from '../../i18n.ts';
import { alert } from '../../parts/views.ts';
import type { DeliveryNote, Run, SupplyPreviewView } from '../../types.ts';
import { act } from '../common/acts.ts';
import { StockDialog } from './dialog.ts';
import { runsText } from './words.ts';

@customElement('sp-stock-receive')
export class SpStockReceive extends StockDialog {
  protected override readonly what = 'receive';
  protected override readonly fromStock = false;
  @state() private note = '';
  @state() private number = '';
  @state() private date: string | null = null;
  @state() private declared: number | null = null;
  @state() private boxes: number | null = null;
  @state() private preview: SupplyPreviewView | null = null;
  private asked = 0;

  protected override heading(): string {
    return t('stock-receive');
  }

  protected override begin(): void {
    this.note = '';
    this.number = '';
    this.date = format.today();
    this.declared = null;
    this.boxes = null;
    this.preview = null;
  }

  private paper(): DeliveryNote | null {
    const number = this.number.trim();
    return number === '' || this.date === null || this.declared === null ? null : { number, date: this.date, declared: this.declared, boxes: this.boxes ?? 0 };
  }

  protected override changed(): void {
    super.changed();
    void this.look();
  }

  /** Asks what is odd; the answer to what was asked last counts. */
  private async look(): Promise<void> {
    const { view, runs } = this;
    const turn = ++this.asked;
    if (view === null || runs.length === 0) {
      this.preview = null;
      return;
    }
    try {
      const preview = await query({ type: 'supply_preview', campaign: view.campaign.id, delivery_note: this.paper(), boxes: runs.map((run) => ({ label: '', runs: [run] })) });
      if (turn === this.asked) this.preview = preview;
    } catch {
      // It only helps: what cannot be taken in is refused when it is recorded, with a sentence.
      this.preview = null;
    }
  }

  protected override seen(): unknown {
    const p = this.preview;
    if (p === null) return nothing;
    return html`<div data-testid="supply-preview" aria-live="polite">
      ${p.known.map((k) => alert({ tone: 'danger', live: false, title: k.shipment === null ? t('supply-known', { serials: runsText(k.runs), desk: k.desk.name }) : t('supply-on-its-way', { serials: runsText(k.runs), desk: k.desk.name }) }))}
      ${p.twice.length === 0 ? nothing : alert({ tone: 'danger', live: false, title: t('supply-twice', { serials: runsText(p.twice) }) })}
      ${p.gaps.length === 0 ? nothing : alert({ tone: 'warning', live: false, title: t('supply-gaps', { serials: runsText(p.gaps) }) })}
      ${p.differs ? alert({ tone: 'warning', live: false, title: t('supply-differs', { declared: format.count(p.declared ?? 0), counted: format.count(p.count), value: format.amount(p.value), declaredValue: format.amount(p.declared_value ?? 0) }) }) : nothing}
      ${p.known.length + p.twice.length + p.gaps.length > 0 || p.differs || p.declared === null ? nothing : alert({ tone: 'success', live: false, title: t('supply-fine', { counted: format.count(p.count), value: format.amount(p.value) }) })}
    </div>`;
  }

  protected override fields(): TemplateResult {
    const set = (change: () => void): void => { change(); void this.look(); };
    const withPaper = this.number.trim() !== '';
    return html`<div class="sp-form-row">
        <sp-text name="paper" .label=${t('stock-paper')} .value=${this.number} @sp-input=${(e: CustomEvent<{ value: string }>) => set(() => { this.number = e.detail.value; })}></sp-text>
        <sp-date name="paper-date" ?required=${withPaper} .label=${t('stock-paper-date')} .value=${this.date} @sp-change=${(e: CustomEvent<{ value: string | null }>) => set(() => { this.date = e.detail.value; })}></sp-date>
        <sp-number name="declared" ?required=${withPaper} .label=${t('stock-declared')} .min=${1} .value=${this.declared} @sp-change=${(e: CustomEvent<{ value: number | null }>) => set(() => { this.declared = e.detail.value; })}></sp-number>
        <sp-number name="boxes" .label=${t('stock-boxes')} .min=${0} .value=${this.boxes} @sp-change=${(e: CustomEvent<{ value: number | null }>) => set(() => { this.boxes = e.detail.value; })}></sp-number>
      </div>
      <sp-text name="note" ?required=${this.preview?.differs === true} .label=${t('stock-note')} .hint=${t('stock-note.hint')} .value=${this.note}
        @sp-input=${(e: CustomEvent<{ value: string }>) => { this.note = e.detail.value; }}></sp-text>`;
  }

  protected override async send(runs: Run[], campaign: string, done: string): Promise<void> {
    await act({ type: 'receive_stock', campaign, runs, note: this.note.trim(), delivery_note: this.paper() }, done, 'success', this.commandId);
  }
}
