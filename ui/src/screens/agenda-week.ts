// SPDX-License-Identifier: EUPL-1.2
// A week of the agenda: a grid of slots (the ARIA grid pattern). Arrows go about in it, Enter books, or opens the day at an appointment.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { focusOn } from '../a11y.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { icon } from '../parts/icons.ts';
import { empty, type Content } from '../parts/views.ts';
import type { AgendaDay, AgendaSlot, AppointmentRow } from '../types.ts';
import { apart, closedText, isFull, isPast, movable } from './agenda-words.ts';

export interface WeekOf {
  days: readonly AgendaDay[];
  heading: string;
  serviceOf: (id: string) => string;
  book: (slot: AgendaSlot) => void;
  /** Shows a day, at an appointment. */
  open: (day: string, appointment?: string) => void;
  next: () => void;
}

/** Up and down through a day, left and right to the same time of other days. */
export function weekKeys(e: KeyboardEvent): void {
  const table = e.currentTarget as HTMLElement;
  const { target } = e;
  if (!(target instanceof HTMLElement) || e.ctrlKey || e.altKey || e.metaKey || e.shiftKey) return;
  const all = [...table.querySelectorAll<HTMLElement>('[data-item]')];
  const { day = '', time = '' } = target.closest<HTMLElement>('td')?.dataset ?? {};
  const column = all.filter((x) => x.closest('td')?.dataset['day'] === day);
  const days = [...new Set(all.map((x) => x.closest('td')?.dataset['day'] ?? ''))].toSorted((a, b) => a.localeCompare(b));
  const beside = (by: number): HTMLElement | undefined => {
    for (let i = days.indexOf(day) + by; i >= 0 && i < days.length; i += by) {
      const there = all.find((x) => x.closest('td')?.dataset['day'] === days[i] && x.closest('td')?.dataset['time'] === time);
      if (there !== undefined) return there;
    }
    return undefined;
  };
  const moves: Record<string, () => HTMLElement | undefined> = {
    ArrowDown: () => column[column.indexOf(target) + 1], ArrowUp: () => column[column.indexOf(target) - 1],
    ArrowRight: () => beside(1), ArrowLeft: () => beside(-1), Home: () => column[0], End: () => column.at(-1),
  };
  const to = moves[e.key]?.();
  if (to === undefined) return;
  e.preventDefault();
  for (const x of all) x.tabIndex = x === to ? 0 : -1;
  focusOn(to);
}

const chip = (a: AppointmentRow, of: WeekOf): TemplateResult => html`<button type="button" class="sp-chip ${a.status === 'finished' ? 'sp-over' : ''}" data-item tabindex="-1" data-focus-key="chip-${a.id}"
  data-drag=${movable(a) ? a.id : nothing} data-drag-name=${a.name} aria-label=${t('agenda-open-at', { name: a.name, time: format.wallTime(a.start) })} @click=${() => of.open(a.start.slice(0, 10), a.id)}>${a.name}</button>`;

function cell(slot: AgendaSlot, of: WeekOf, first: boolean): TemplateResult {
  const words = slot.capacity === 0 ? t('agenda-outside') : t('agenda-room', { taken: slot.taken, capacity: slot.capacity });
  const day = slot.start.slice(0, 10);
  const bookable = !isPast(slot) && slot.capacity > 0;
  const room = bookable && !isFull(slot);
  const what = slot.conflict ? `, ${t('agenda-conflict-word')}` : isFull(slot) && slot.capacity > 0 ? `, ${t('agenda-full')}` : '';
  return html`<div class="sp-week-slot" data-drop=${bookable ? slot.start : nothing} data-service=${slot.service}>
    <button type="button" class="sp-cell ${room ? 'sp-cell-free' : 'sp-cell-full'} ${slot.conflict ? 'sp-cell-conflict' : ''}" data-item tabindex=${first ? '0' : '-1'} data-focus-key="cell-${slot.start}-${slot.service}"
      aria-label="${format.weekday(day)} ${format.date(day)} ${format.wallTime(slot.start)}, ${of.serviceOf(slot.service)}: ${words}${what}. ${t(room ? 'book-do' : 'agenda-open-day')}"
      @click=${() => (room ? of.book(slot) : of.open(day, slot.appointments[0]?.id))}>${words}${slot.conflict ? icon('error') : isFull(slot) && slot.capacity > 0 ? icon('ban') : nothing}</button>
    ${repeat(slot.appointments.filter((a) => a.status !== 'cancelled'), (a) => a.id, (a) => chip(a, of))}</div>`;
}

export function weekTable(of: WeekOf): Content {
  const days = of.days.map((d) => ({ ...d, ...apart(d) }));
  // Days that the week's hours leave out are told below, not drawn; a holiday or a closure is drawn where it falls.
  const shown = days.filter((d) => d.slots.length > 0 || (d.closed !== null && d.closed.because !== 'no_hours' && d.closed.because !== 'not_here'));
  const off = days.filter((d) => !shown.includes(d));
  if (shown.every((d) => d.slots.length === 0)) {
    const why = shown.map((d) => `${format.weekday(d.day)}: ${d.closed === null ? '' : closedText(d.closed)}`).join(' ');
    return empty(t('agenda-closed-week', { why }), [{ label: t('agenda-next-week'), icon: 'chevron-right', run: of.next }], 'calendar');
  }
  const times = [...new Set(shown.flatMap((d) => d.slots.map((s) => format.wallTime(s.start))))].toSorted((a, b) => a.localeCompare(b));
  let first = true;
  const isFirst = (): boolean => {
    const was = first;
    first = false;
    return was;
  };
  return html`<div class="sp-table-scroll"><table class="table table-sm sp-agenda-week" role="grid" data-testid="agenda-week" aria-label=${of.heading} @keydown=${weekKeys}>
      <thead><tr><th scope="col">${t('agenda-time')}</th>${shown.map((d) => html`<th scope="col"><button type="button" class="sp-row-open" @click=${() => of.open(d.day)}>${format.weekday(d.day).slice(0, 3)} ${format.date(d.day).slice(0, 5)}</button>
        <span class="sp-small">${d.slots.length === 0 ? t('agenda-closed-word') : t('agenda-room', { taken: d.slots.reduce((n, s) => n + s.taken, 0), capacity: d.slots.reduce((n, s) => n + s.capacity, 0) })}${d.walkIns.length === 0 ? nothing : html`<br>${t('agenda-walk-ins-n', { n: d.walkIns.length })}`}</span></th>`)}</tr></thead>
      <tbody>${times.map((time, row) => html`<tr><th scope="row">${time}</th>${shown.map((d) => d.slots.length === 0
        ? row > 0 ? nothing : html`<td role="gridcell" rowspan=${times.length} class="sp-week-closed">${d.closed === null ? t('closed-no-hours') : closedText(d.closed)}</td>`
        : html`<td role="gridcell" data-day=${d.day} data-time=${time}>${d.slots.filter((s) => format.wallTime(s.start) === time).map((s) => cell(s, of, isFirst()))}</td>`)}</tr>`)}</tbody></table></div>
    <p class="sp-small">${t('agenda-keys-week')}${off.length === 0 ? nothing : html` ${t('agenda-days-off', { days: off.map((d) => format.weekday(d.day)).join(', ') })}`}</p>`;
}
