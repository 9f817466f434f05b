// SPDX-License-Identifier: EUPL-1.2
// A list of things: sorts, filters, pages, all by keyboard; what is seen can be exported; an empty one says what to do next.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { announce, uid } from '../a11y.ts';
import { count } from '../format.ts';
import { t } from '../i18n.ts';
import { fold } from '../text.ts';
import { SpElement } from './base.ts';
import { icon } from './icons.ts';
import { empty, type Content } from './views.ts';

export type CellValue = string | number | boolean | null | undefined;

export interface Column<Row> {
  id: string;
  label: string;
  /** What sorts, filters and is exported. Instants and days as they come (they sort as text), amounts in cents. */
  value: (row: Row) => CellValue;
  /** What is seen; default: the value. */
  cell?: (row: Row) => Content | number | null | undefined;
  /** What is exported, when it is not the value (an amount, a date as people write it). */
  export?: (row: Row) => string | number;
  /** Figures stand right. */
  number?: boolean;
  sort?: false;
  /** The row is named by this cell (`<th scope="row">`). */
  head?: boolean;
}

export interface Exported {
  caption: string;
  headings: string[];
  rows: (string | number)[][];
}

/**
 * `<sp-table .caption .columns .rows .keyOf .open .empty>`. `open(row)` makes the first cell a link-like button: Enter on it,
 * or a click anywhere on the row. Up and Down move along the rows, Page Up and Page Down turn pages, `/` goes to the filter. With
 * `.selected` and `.rowName` rows can be chosen: by their box, with Ctrl+Space on the row, or all that are seen at once; `sp-selected` says which.
 */
@customElement('sp-table')
export class SpTable<Row = unknown> extends SpElement {
  @property({ attribute: false }) caption = '';
  @property({ type: Boolean, attribute: 'hide-caption' }) hideCaption = false;
  @property({ attribute: false }) columns: readonly Column<Row>[] = [];
  @property({ attribute: false }) rows: readonly Row[] = [];
  /** What a row is, across updates. */
  @property({ attribute: false }) keyOf: (row: Row, index: number) => string = (_row, index) => String(index);
  @property({ attribute: false }) open?: (row: Row) => void;
  /** Keys of the rows that are chosen; absent: none can be. */
  @property({ attribute: false }) selected?: ReadonlySet<string>;
  /** What a row is called when it is chosen. */
  @property({ attribute: false }) rowName: (row: Row) => string = () => '';
  /** Buttons at the end of each row. */
  @property({ attribute: false }) actions?: (row: Row) => TemplateResult;
  @property({ attribute: false }) tone?: (row: Row) => 'warning' | 'danger' | undefined;
  /** What an empty list says; use `empty(text, actions)` of views.ts. */
  @property({ attribute: false }) empty: Content = nothing;
  @property({ type: Number, attribute: 'page-size' }) pageSize = 25;
  /** No filter box, sorting or export: a small table of figures. */
  @property({ type: Boolean }) plain = false;
  /** Where the list begins: `{ column: 'when', down: true }`. Null: as it came. */
  @property({ attribute: false }) order: { column: string; down: boolean } | null = null;
  /** Receives what is seen (filtered and sorted, all pages), to be saved as a file. Absent: no button. */
  @property({ attribute: false }) save?: (seen: Exported) => unknown;

  @state() private filter = '';
  @state() private page = 0;
  private readonly filterId = uid('filter');

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('filter') || changed.has('order')) this.page = 0;
    const last = Math.max(0, Math.ceil(this.seen().length / this.pageSize) - 1);
    if (this.page > last) this.page = last;
  }

  /** Filtered and sorted, all pages. */
  seen(): Row[] {
    const words = fold(this.filter).split(' ').filter(Boolean);
    const rows = words.length === 0 ? [...this.rows] : this.rows.filter((row) => {
      const text = fold(this.columns.map((c) => `${this.exported(c, row)} ${String(c.value(row) ?? '')}`).join(' '));
      return words.every((w) => text.includes(w));
    });
    const column = this.columns.find((c) => c.id === this.order?.column);
    if (column === undefined) return rows;
    const sign = this.order?.down === true ? -1 : 1;
    return rows.toSorted((a, b) => compare(column.value(a), column.value(b), sign));
  }

  private exported(column: Column<Row>, row: Row): string | number {
    const value = column.export?.(row) ?? column.value(row);
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    return value ?? '';
  }

  exportSeen(): Exported {
    return {
      caption: this.caption,
      headings: this.columns.map((c) => c.label),
      rows: this.seen().map((row) => this.columns.map((c) => this.exported(c, row))),
    };
  }

  private sortBy(column: Column<Row>): void {
    const down = this.order?.column === column.id && !this.order.down;
    this.order = { column: column.id, down };
    announce(t(down ? 'table-sorted-down' : 'table-sorted-up', { column: column.label }));
  }

  private turn(by: number, total: number): void {
    const last = Math.max(0, Math.ceil(total / this.pageSize) - 1);
    const next = Math.min(last, Math.max(0, this.page + by));
    if (next === this.page) return;
    this.page = next;
    announce(t('table-page', { page: next + 1, pages: last + 1 }));
    void this.updateComplete.then(() => this.rowButtons()[0]?.focus());
  }

  private rowButtons(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('tbody [data-row-open]')];
  }

  private choose(keys: readonly string[], chosen: boolean): void {
    const now = new Set(this.selected);
    for (const key of keys) {
      if (chosen) now.add(key);
      else now.delete(key);
    }
    announce(t('table-selected', { n: now.size, shown: count(now.size) }));
    this.dispatchEvent(new CustomEvent<{ keys: ReadonlySet<string> }>('sp-selected', { detail: { keys: now } }));
  }

  private box(keys: readonly string[], label: string): TemplateResult {
    const chosen = keys.filter((key) => this.selected?.has(key) === true).length;
    const all = keys.length > 0 && chosen === keys.length;
    return html`<label class="sp-choice sp-choice-alone"><input type="checkbox" .checked=${live(all)} .indeterminate=${live(chosen > 0 && !all)} aria-label=${label}
      @change=${() => this.choose(keys, !all)}></label>`;
  }

  private keydown(e: KeyboardEvent, total: number): void {
    const row = e.target instanceof Element ? e.target.closest('tr')?.dataset['key'] : undefined;
    if (e.ctrlKey && e.key === ' ' && this.selected !== undefined && row !== undefined) {
      e.preventDefault();
      this.choose([row], !this.selected.has(row));
      return;
    }
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    const inText = e.target instanceof HTMLInputElement;
    const buttons = this.rowButtons();
    const i = buttons.indexOf(document.activeElement as HTMLElement);
    const to = (n: number): void => {
      e.preventDefault();
      buttons[Math.max(0, Math.min(buttons.length - 1, n))]?.focus();
    };
    if (e.key === 'ArrowDown' && buttons.length > 0 && (i >= 0 || inText)) to(i + 1);
    else if (e.key === 'ArrowUp' && i > 0) to(i - 1);
    else if (e.key === 'Home' && i > 0) to(0);
    else if (e.key === 'End' && i >= 0) to(buttons.length - 1);
    else if (e.key === 'PageDown' || e.key === 'PageUp') {
      e.preventDefault();
      this.turn(e.key === 'PageDown' ? 1 : -1, total);
    } else if (e.key === '/' && !inText) {
      e.preventDefault();
      document.getElementById(this.filterId)?.focus();
    }
  }

  private cell(column: Column<Row>, row: Row, i: number): TemplateResult {
    const shown = column.cell ? column.cell(row) : this.exported(column, row);
    const inner = i === 0 && this.open
      ? html`<button type="button" class="sp-row-open" data-row-open @click=${(e: Event) => { e.stopPropagation(); this.open?.(row); }}>${shown}</button>`
      : shown;
    const cls = column.number === true ? 'sp-number' : '';
    return column.head === true || (i === 0 && this.open !== undefined)
      ? html`<th scope="row" class=${cls}>${inner}</th>`
      : html`<td class=${cls}>${inner}</td>`;
  }

  private head(column: Column<Row>): TemplateResult {
    const sorted = this.order?.column === column.id;
    const cls = column.number === true ? 'sp-number' : '';
    if (this.plain || column.sort === false) return html`<th scope="col" class=${cls}>${column.label}</th>`;
    return html`<th scope="col" class=${cls} aria-sort=${sorted ? (this.order?.down === true ? 'descending' : 'ascending') : nothing}>
      <button type="button" class="sp-sort" @click=${() => this.sortBy(column)}>${column.label}${
        sorted ? icon(this.order?.down === true ? 'arrow-down-triangle' : 'arrow-up-triangle') : nothing}</button>
    </th>`;
  }

  override render(): unknown {
    if (this.rows.length === 0) return html`${this.empty === nothing ? empty(t('table-empty')) : this.empty}`;
    const seen = this.seen();
    const from = this.page * this.pageSize;
    const shown = seen.slice(from, from + this.pageSize);
    const tools = !this.plain && (this.rows.length > 8 || this.filter !== '');
    const { save } = this;
    return html`<div class="sp-table" @keydown=${(e: KeyboardEvent) => this.keydown(e, seen.length)}>
      ${tools || save ? html`<div class="sp-table-tools">
        ${tools ? html`<div class="sp-filter"><label for=${this.filterId}>${t('table-filter')}</label><input id=${this.filterId} class="form-control" type="search" autocomplete="off"
          .value=${this.filter} @input=${(e: Event) => { this.filter = (e.target as HTMLInputElement).value; }}></div>` : nothing}
        <p class="sp-small" role="status">${this.filter === '' ? t('table-count', { n: seen.length, shown: count(seen.length) }) : t('table-found', { n: seen.length, shown: count(seen.length), all: count(this.rows.length) })}</p>
        ${save ? html`<button type="button" class="btn btn-outline-primary btn-xs" @click=${() => void save(this.exportSeen())}>${icon('download')}<span>${t('table-save')}</span></button>` : nothing}
      </div>` : nothing}
      <div class="sp-table-scroll">
      <table class="table table-striped table-sm">
        <caption class=${this.hideCaption ? 'visually-hidden' : ''}>${this.caption}</caption>
        <thead><tr>${this.selected === undefined ? nothing : html`<th scope="col" class="sp-select-cell">${this.box(seen.map((r, i) => this.keyOf(r, i)), t('table-select-all'))}</th>`}${this.columns.map((c) => this.head(c))}${this.actions ? html`<th scope="col"><span class="visually-hidden">${t('table-actions')}</span></th>` : nothing}</tr></thead>
        <tbody>${repeat(shown, (row, i) => this.keyOf(row, from + i), (row, i) => html`<tr data-key=${this.keyOf(row, from + i)} class="${this.open ? 'sp-row-can-open' : ''} ${this.tone?.(row) ? `sp-row-${this.tone(row)}` : ''}"
          @click=${(e: Event) => { if (this.open && !(e.target as Element).closest('button,a,input,select,label') && getSelection()?.type !== 'Range') this.open(row); }}>
          ${this.selected === undefined ? nothing : html`<td class="sp-select-cell">${this.box([this.keyOf(row, from + i)], t('table-select', { row: this.rowName(row) }))}</td>`}${this.columns.map((c, at) => this.cell(c, row, at))}${this.actions ? html`<td class="sp-row-actions">${this.actions(row)}</td>` : nothing}
        </tr>`)}</tbody>
      </table>
      </div>
      ${seen.length === 0 ? empty(t('table-nothing-found', { text: this.filter }), [{ label: t('table-clear-filter'), run: () => { this.filter = ''; document.getElementById(this.filterId)?.focus(); } }], 'search') : nothing}
      ${seen.length > this.pageSize ? this.pager(seen.length) : nothing}
    </div>`;
  }

  private pager(total: number): TemplateResult {
    const pages = Math.ceil(total / this.pageSize);
    const turn = (by: number, label: string, disabled: boolean, symbol: 'chevron-left' | 'chevron-right'): TemplateResult =>
      html`<button type="button" class="btn sp-icon-button" aria-label=${label} ?disabled=${disabled} @click=${() => this.turn(by, total)}>${icon(symbol)}</button>`;
    return html`<nav class="sp-pager" aria-label=${t('table-pages', { caption: this.caption })}>
      ${turn(-1, t('table-previous'), this.page === 0, 'chevron-left')}
      <span>${t('table-page', { page: this.page + 1, pages })}</span>
      ${turn(1, t('table-next'), this.page >= pages - 1, 'chevron-right')}
    </nav>`;
  }
}

const collator = new Intl.Collator('it', { numeric: true, sensitivity: 'base' });

/** Nothing comes last whatever the order of the rest would be; names as Italian sorts them. */
function compare(a: CellValue, b: CellValue, sign: number): number {
  const none = (v: CellValue): boolean => v === null || v === undefined || v === '';
  if (none(a) || none(b)) return Number(none(a)) - Number(none(b));
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
  return sign * collator.compare(String(a), String(b));
}

declare global {
  interface HTMLElementTagNameMap {
    'sp-table': SpTable;
  }
}
