// SPDX-License-Identifier: EUPL-1.2
// The history of one voucher: typed, scanned, or from Ctrl+K.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import * as format from '../../format.ts';
import { t } from '../../i18n.ts';
import { SpElement } from '../../parts/base.ts';
import '../../parts/fields.ts';
import '../../parts/table.ts';
import type { Column } from '../../parts/table.ts';
import { badge, button, empty, errorPanel, loading } from '../../parts/views.ts';
import { href, replace } from '../../router.ts';
import { useQuery } from '../../store.ts';
import type { SerialHistoryView, SerialStep } from '../../types.ts';
import { movedBadge, movedDetail } from './words.ts';

@customElement('sp-stock-history')
export class SpStockHistory extends SpElement {
  @property({ attribute: false }) campaign = '';
  @property({ attribute: false }) serial = '';
  @state() private typed = '';
  private readonly history = useQuery(this, () => (this.campaign === '' || this.serial === '' ? null : ({ type: 'serial_history', campaign: this.campaign, serial: this.serial }) as const), ['stock', 'entitlement']);

  private look(): void {
    const serial = this.typed.trim();
    if (serial !== '') replace('/magazzino', { buono: serial });
  }

  private what(step: SerialStep): TemplateResult {
    const { deed } = step;
    if (deed.type === 'moved') return movedBadge(deed.moved);
    if (deed.type === 'delivered') return html`${badge('success', t('history-delivered'), 'user')} <a href=${href('/nucleo/:id', { id: deed.household })}>${t('history-household')}</a>`;
    return html`${badge('warning', t(deed.returned ? 'history-reversed-back' : 'history-reversed'), 'restore')} <a href=${href('/nucleo/:id', { id: deed.household })}>${t('history-household')}</a>`;
  }

  private shown(view: SerialHistoryView): TemplateResult {
    const columns: Column<SerialStep>[] = [
      { id: 'at', label: t('stock-when'), value: (s) => s.at, cell: (s) => format.dateTime(s.at), head: true },
      { id: 'what', label: t('stock-what'), value: (s) => s.deed.type, cell: (s) => this.what(s) },
      { id: 'desk', label: t('stock-desk'), value: (s) => s.desk.name },
      { id: 'by', label: t('operator'), value: (s) => s.operator },
      { id: 'note', label: t('note'), value: (s) => (s.deed.type === 'moved' ? movedDetail({ ...s, moved: s.deed.moved }) : s.note) },
    ];
    if (view.steps.length === 0) return empty(t('history-nothing', { serial: view.serial }), [], 'search');
    return html`<p data-testid="periods"><strong class="sp-mono">${view.serial}</strong> · ${view.periods.length === 0 ? t('history-nowhere') : view.periods.map((p) => (p.to === null ? t('history-since', { desk: p.desk.name, from: format.dateTime(p.from) }) : t('history-period', { desk: p.desk.name, from: format.dateTime(p.from), to: format.dateTime(p.to) }))).join(' · ')}</p>
      <sp-table hide-caption .caption=${t('history-of', { serial: view.serial })} .columns=${columns} .rows=${view.steps}></sp-table>`;
  }

  override render(): unknown {
    const { data, error } = this.history;
    return html`<form novalidate class="sp-form-row" @submit=${(e: Event) => { e.preventDefault(); this.look(); }}>
        <sp-text name="history" mono scan="accept" .label=${t('history-serial')} .value=${this.typed === '' ? this.serial : this.typed} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.typed = e.detail.value; }}></sp-text>
        <div class="sp-serials-add">${button({ id: 'history-look', label: t('history-look'), icon: 'search', run: () => this.look() })}</div>
      </form>
      ${this.serial === '' ? nothing : data ? this.shown(data) : error ? errorPanel(error) : loading()}`;
  }
}
