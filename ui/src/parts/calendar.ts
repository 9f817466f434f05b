// SPDX-License-Identifier: EUPL-1.2
// A month to pick a day from, by mouse or by arrows (the ARIA grid pattern). In a dialog: it never hides what is being typed.
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import * as format from '../format.ts';
import { language, t } from '../i18n.ts';
import { SpElement } from './base.ts';
import './dialog.ts';
import { icon } from './icons.ts';

const first = (month: string): string => `${month.slice(0, 7)}-01`;
const monthOf = (day: string, shift: number): string => {
  const d = new Date(`${first(day)}T00:00:00Z`);
  d.setUTCMonth(d.getUTCMonth() + shift);
  return d.toISOString().slice(0, 10);
};
/** Monday 0 … Sunday 6. */
const weekdayIndex = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

const weekdayNames = (style: 'long' | 'short'): string[] =>
  Array.from({ length: 7 }, (_, i) => new Intl.DateTimeFormat(language(), { weekday: style, timeZone: 'UTC' }).format(new Date(Date.UTC(2021, 2, 1 + i))));

/** Fires `sp-pick` with the day, or null when the person gave up. */
@customElement('sp-calendar')
export class SpCalendar extends SpElement {
  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) heading = '';
  @property({ attribute: false }) value: string | null = null;
  @property({ attribute: false }) min = '';
  @property({ attribute: false }) max = '';
  @property({ attribute: false }) closed: (day: string) => boolean = () => false;
  @state() private cursor = format.today();
  private moveFocus = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open') && this.open) this.cursor = this.clamp(this.value ?? format.today());
  }

  protected override updated(): void {
    if (!this.moveFocus) return;
    this.moveFocus = false;
    // The body renders inside sp-dialog, a microtask later.
    void Promise.resolve().then(() => this.querySelector<HTMLElement>(`[data-day="${this.cursor}"]`)?.focus());
  }

  private clamp(day: string): string {
    if (this.min !== '' && day < this.min) return this.min;
    if (this.max !== '' && day > this.max) return this.max;
    return day;
  }

  private pick(value: string | null): void {
    this.dispatchEvent(new CustomEvent('sp-pick', { detail: { value } }));
  }

  private goTo(day: string, focus = true): void {
    this.cursor = this.clamp(day);
    this.moveFocus = focus;
  }

  private keydown(e: KeyboardEvent): void {
    const moves: Record<string, () => string> = {
      ArrowLeft: () => format.addDays(this.cursor, -1),
      ArrowRight: () => format.addDays(this.cursor, 1),
      ArrowUp: () => format.addDays(this.cursor, -7),
      ArrowDown: () => format.addDays(this.cursor, 7),
      Home: () => format.addDays(this.cursor, -weekdayIndex(this.cursor)),
      End: () => format.addDays(this.cursor, 6 - weekdayIndex(this.cursor)),
      PageUp: () => this.sameDay(-1),
      PageDown: () => this.sameDay(1),
    };
    const move = moves[e.key];
    if (move === undefined) return;
    e.preventDefault();
    this.goTo(move());
  }

  /** The same day of another month, or its last. */
  private sameDay(shift: number): string {
    const start = monthOf(this.cursor, shift);
    const last = format.addDays(monthOf(start, 1), -1);
    const wanted = start.slice(0, 8) + this.cursor.slice(8);
    return wanted > last ? last : wanted;
  }

  private weeks(): string[][] {
    const start = first(this.cursor);
    const from = format.addDays(start, -weekdayIndex(start));
    const weeks: string[][] = [];
    for (let day = from; day < monthOf(start, 1); day = format.addDays(day, 7)) {
      weeks.push(Array.from({ length: 7 }, (_, i) => format.addDays(day, i)));
    }
    return weeks;
  }

  private grid(): unknown {
    const long = weekdayNames('long');
    const month = new Intl.DateTimeFormat(language(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${this.cursor}T00:00:00Z`));
    const now = format.today();
    return html`<div class="sp-calendar">
      <div class="sp-calendar-head">
        <button type="button" class="btn sp-icon-button" aria-label=${t('calendar-previous')} @click=${() => this.goTo(this.sameDay(-1), false)}>${icon('chevron-left')}</button>
        <p aria-live="polite">${month}</p>
        <button type="button" class="btn sp-icon-button" aria-label=${t('calendar-next')} @click=${() => this.goTo(this.sameDay(1), false)}>${icon('chevron-right')}</button>
      </div>
      <table role="grid" aria-label=${month} @keydown=${(e: KeyboardEvent) => this.keydown(e)}>
        <thead><tr>${weekdayNames('short').map((n, i) => html`<th scope="col" abbr=${long[i] ?? n}>${n}</th>`)}</tr></thead>
        <tbody>${this.weeks().map((week) => html`<tr>${week.map((day) => {
          const out = (this.min !== '' && day < this.min) || (this.max !== '' && day > this.max) || this.closed(day);
          const other = !day.startsWith(this.cursor.slice(0, 7));
          return html`<td role="gridcell" aria-selected=${day === this.value ? 'true' : 'false'}><button type="button" data-day=${day}
            class="sp-day ${other ? 'sp-day-other' : ''} ${day === now ? 'sp-day-today' : ''} ${day === this.value ? 'sp-day-chosen' : ''}"
            tabindex=${day === this.cursor ? '0' : '-1'} ?data-autofocus=${day === this.cursor} aria-disabled=${out ? 'true' : nothing}
            aria-current=${day === now ? 'date' : nothing} aria-label=${format.longDate(day)} @click=${() => { if (!out) this.pick(day); }}>${Number(day.slice(8))}</button></td>`;
        })}</tr>`)}</tbody>
      </table>
    </div>`;
  }

  override render(): unknown {
    return html`<sp-dialog .open=${this.open} .heading=${this.heading} .body=${this.open ? html`${this.grid()}` : nothing}
      .actions=${this.open ? [{ label: t('calendar-today'), run: () => this.pick(format.today()) }, { label: t('confirm-no'), key: 'Escape', run: () => this.pick(null) }] : []}
      @sp-close=${() => this.pick(null)}></sp-dialog>`;
  }
}
