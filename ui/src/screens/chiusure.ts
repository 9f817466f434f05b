// SPDX-License-Identifier: EUPL-1.2
// Chiusure: which days were closed, how the counts came out, and which days nobody closed. A supervisor sees every desk.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { announce } from '../a11y.ts';
import { AppError } from '../bridge.ts';
import { saveSeen } from '../documents.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import '../parts/dialog.ts';
import '../parts/fields.ts';
import { validate } from '../parts/fields.ts';
import '../parts/table.ts';
import type { Column } from '../parts/table.ts';
import { alert, badge, button, empty, errorPanel, loading, pageHeader, section } from '../parts/views.ts';
import { href, replace } from '../router.ts';
import { useQuery } from '../store.ts';
import type { ClosingRow, ClosingsView, OpenDayRow } from '../types.ts';
import { act } from './common/acts.ts';
import { closedList, countBadge, differs, signedCount } from './chiusure-rows.ts';

@customElement('sp-chiusure')
export class SpChiusure extends Screen {
  private readonly list = useQuery(this, () => ({ type: 'closings', from: this.params['da'] ?? null, to: this.params['a'] ?? null, desk: null }) as const, ['closing', 'stock', 'entitlement', 'paper_kit']);
  @state() private chosen: string | null = null;
  @state() private writing: ClosingRow | null = null;
  @state() private campaign = '';
  @state() private text = '';
  @state() private error: AppError | null = null;

  override heading(): string {
    return t('closings');
  }

  override actions(): Action[] {
    return [{ id: 'refresh', label: t('refresh'), key: 'F5', icon: 'refresh', run: () => this.list.retry() }];
  }

  private async write(): Promise<void> {
    const { writing } = this;
    const home = this.querySelector('sp-dialog');
    if (writing === null || home === null || !validate(home)) return;
    try {
      await act({ type: 'correct_closing', closing: writing.closing.id, campaign: this.campaign === '' ? null : this.campaign, text: this.text.trim() }, t('closing-written'));
      this.writing = null;
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private open(rows: readonly OpenDayRow[]): TemplateResult {
    const columns: Column<OpenDayRow>[] = [
      { id: 'day', label: t('closing-day'), value: (r) => r.day, cell: (r) => format.date(r.day), head: true },
      { id: 'desk', label: t('desk'), value: (r) => r.desk.name },
      { id: 'records', label: t('closing-movements'), value: (r) => r.records, number: true },
      { id: 'last', label: t('closing-last'), value: (r) => r.last, cell: (r) => format.dateTime(r.last) },
    ];
    return section(t('closings-open'), html`<sp-table hide-caption data-testid="open-days" page-size="10" .caption=${t('closings-open')} .columns=${columns} .rows=${rows} .keyOf=${(r: OpenDayRow) => `${r.desk.id}:${r.day}`} .empty=${empty(t('closings-open-none'), [], 'check-circle')} .save=${saveSeen}></sp-table>`,
      { status: rows.length === 0 ? nothing : badge('warning', t('closings-open-n', { n: rows.length }), 'flag') });
  }

  private closed(rows: readonly ClosingRow[]): TemplateResult {
    const columns: Column<ClosingRow>[] = [
      { id: 'day', label: t('closing-day'), value: (r) => r.closing.day, cell: (r) => format.date(r.closing.day), head: true },
      { id: 'desk', label: t('desk'), value: (r) => r.desk.name },
      { id: 'turn', label: t('closing-turn-head'), value: (r) => r.closing.turn, number: true },
      { id: 'by', label: t('operator'), value: (r) => r.operator },
      { id: 'deliveries', label: t('closing-deliveries-head'), value: (r) => r.closing.figures.deliveries, number: true },
      { id: 'difference', label: t('closing-difference'), value: (r) => r.counts.reduce((sum, c) => sum + c.difference, 0), cell: (r) => signedCount(r.counts.reduce((sum, c) => sum + c.difference, 0)), number: true },
      { id: 'state', label: t('closing-status'), value: (r) => (r.counts.some((c) => c.open) ? t('closing-state-open') : r.counts.some(differs) ? t('closing-state-explained') : t('closing-state-matches')), cell: (r) => {
        const worst = r.counts.find((c) => c.open) ?? r.counts.find(differs) ?? r.counts[0];
        return worst === undefined ? nothing : countBadge(worst);
      } },
      { id: 'see', label: t('closing-see'), value: () => '', cell: (r) => button({ id: `see-${r.closing.id}`, label: t('closing-see'), icon: 'expand', run: () => { this.chosen = r.closing.id; } }, true) },
    ];
    return section(t('closings-closed'), html`<sp-table hide-caption data-testid="closings" page-size="20" .caption=${t('closings-closed')} .columns=${columns} .rows=${rows} .keyOf=${(r: ClosingRow) => r.closing.id} .empty=${empty(t('closings-none'), [], 'calendar')} .save=${saveSeen}></sp-table>`);
  }

  private dialogs(v: ClosingsView): TemplateResult {
    const row = v.rows.find((r) => r.closing.id === this.chosen) ?? null;
    const { writing } = this;
    const close = (): void => { this.chosen = null; };
    const beside: Action = { id: 'beside', label: t('closing-write'), key: 'F4', icon: 'pencil', run: () => {
      this.writing = row;
      this.campaign = row?.counts.find((c) => c.open)?.campaign ?? '';
      this.text = '';
      this.error = null;
      this.chosen = null;
    } };
    const stop = (): void => { this.writing = null; };
    return html`<sp-dialog data-testid="closing" .size=${'large'} .open=${row !== null} .heading=${row === null ? '' : t('closing-of', { desk: row.desk.name, day: format.date(row.closing.day) })} @sp-close=${close}
        .body=${row === null ? nothing : closedList([row])}
        .actions=${row === null ? [] : [{ label: t('go-back'), key: 'Escape', run: close }, beside]}></sp-dialog>
      <sp-dialog data-testid="closing-write" .open=${writing !== null} .heading=${t('closing-write')} @sp-close=${stop}
        .body=${writing === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
          ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
          <p>${t('closing-write-means')}</p>
          <sp-select name="campaign" .label=${t('closing-about')} .none=${t('closing-about-whole')} .value=${this.campaign} .options=${writing.counts.map((c) => ({ value: c.campaign, label: c.name }))} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.campaign = e.detail.value ?? ''; }}></sp-select>
          <sp-textarea required data-autofocus name="text" .label=${t('closing-found-out')} .value=${this.text} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.text = e.detail.value; }}></sp-textarea>
        </form>`}
        .actions=${writing === null ? [] : [{ label: t('go-back'), key: 'Escape', run: stop }, { id: 'save-beside', label: t('closing-write-do'), kind: 'primary', key: 'F9', icon: 'check', run: () => this.write() } satisfies Action]}></sp-dialog>`;
  }

  private page(v: ClosingsView): TemplateResult {
    const show = (change: { da?: string; a?: string }): void => replace('/chiusure', { da: v.from, a: v.to, ...change });
    return html`<div class="sp-form-row sp-filters">
        <sp-date name="from" required .label=${t('closings-from')} .value=${v.from} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { if (e.detail.value !== null) show({ da: e.detail.value }); }}></sp-date>
        <sp-date name="to" required .label=${t('closings-to')} .value=${v.to} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { if (e.detail.value !== null) show({ a: e.detail.value }); }}></sp-date>
      </div>
      ${this.open(v.open)}${this.closed(v.rows)}${this.dialogs(v)}`;
  }

  override render(): unknown {
    const { data, error } = this.list;
    return html`${pageHeader({ title: this.heading(), lead: t('closings-lead'), actions: this.actions(), back: { href: href('/chiusura'), label: t('closing') } })}
      ${data ? this.page(data) : error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.list.retry() }] }) : loading()}`;
  }
}
