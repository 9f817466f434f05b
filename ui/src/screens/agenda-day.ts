// SPDX-License-Identifier: EUPL-1.2
// One day of the agenda: a table of slots. Arrows go from slot to slot and to the appointments in them, Enter books or opens.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Action } from '../actions.ts';
import { focusOn } from '../a11y.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { icon } from '../parts/icons.ts';
import { badge, button, empty, section, type Content } from '../parts/views.ts';
import type { AgendaDay, AgendaSlot, AppointmentRow } from '../types.ts';
import { apart, closedText, isFull, isPast, movable, roomBadge, staffText } from './agenda-words.ts';
import { appointmentBadge, nameLink, phoneText } from './common/words.ts';

export interface DayOf {
  day: AgendaDay;
  site: string;
  /** The appointment that the address points at. */
  marked: string | undefined;
  serviceOf: (id: string) => string;
  /** What can be done with an appointment. */
  steps: (a: AppointmentRow) => Action[];
  book: (slot: AgendaSlot) => void;
  next: () => void;
}

const OVER = new Set(['cancelled', 'finished']);

const along = (list: HTMLElement[], here: HTMLElement | null, by: number): HTMLElement | undefined => (here === null ? undefined : list[list.indexOf(here) + by]);

/** From slot to slot, and among the appointments. */
export function dayKeys(e: KeyboardEvent): void {
  const table = e.currentTarget as HTMLElement;
  const { target } = e;
  if (!(target instanceof HTMLElement) || e.ctrlKey || e.altKey || e.metaKey || e.shiftKey) return;
  const slots = [...table.querySelectorAll<HTMLElement>('[data-slot]')];
  const rows = [...table.querySelectorAll<HTMLElement>('li[data-row]')];
  const at = target.closest<HTMLElement>('li[data-row]');
  const slot = target.closest('tr')?.querySelector<HTMLElement>('[data-slot]') ?? null;
  const go = (to: HTMLElement | null | undefined): void => {
    if (to === null || to === undefined) return;
    e.preventDefault();
    for (const s of slots) s.tabIndex = s === (to.closest('tr')?.querySelector('[data-slot]') ?? to) ? 0 : -1;
    focusOn(to);
  };
  switch (e.key) {
    case 'ArrowDown': go(at === null ? along(slots, slot, 1) : along(rows, at, 1)); break;
    case 'ArrowUp': go(at === null ? along(slots, slot, -1) : along(rows, at, -1)); break;
    case 'ArrowRight': if (at === null) go(target.closest('tr')?.querySelector<HTMLElement>('li[data-row]')); break;
    case 'ArrowLeft': if (at !== null) go(slot); break;
    case 'Home': go(slots[0]); break;
    case 'End': go(slots.at(-1)); break;
    case 'Enter':
      if (at === null || target !== at) break;
      e.preventDefault();
      (at.querySelector<HTMLElement>('a') ?? at.querySelector<HTMLElement>('button'))?.click();
      break;
    default:
  }
}

function appointment(a: AppointmentRow, of: DayOf): TemplateResult {
  return html`<li data-row=${a.id} data-testid="agenda-appointment" tabindex="-1" class="${a.id === of.marked ? 'sp-marked' : ''} ${OVER.has(a.status) ? 'sp-over' : ''} ${movable(a) ? 'sp-takes' : ''}"
      data-drag=${movable(a) ? a.id : nothing} data-drag-name=${a.name}>
    <div><p>${nameLink(a, `name-${a.id}`)} ${appointmentBadge(a)} ${phoneText(a.phone)}</p>${a.reason === '' ? nothing : html`<p class="sp-small">${a.reason}</p>`}
      ${a.overbooked === null ? nothing : html`<p class="sp-small">${t('agenda-overbooked', { reason: a.overbooked })}</p>`}</div>
    <div class="sp-actions">${of.steps(a).map((x) => button(x, true))}</div></li>`;
}

function slotRow(slot: AgendaSlot, of: DayOf, many: boolean, first: boolean): TemplateResult {
  const past = isPast(slot);
  const time = format.wallTime(slot.start);
  const open = (e: Event): void => {
    if (!past && !isFull(slot)) of.book(slot);
    else focusOn((e.target as HTMLElement).closest('tr')?.querySelector<HTMLElement>('li[data-row]'));
  };
  const bookable = !past && slot.capacity > 0;
  return html`<tr data-drop=${bookable ? slot.start : nothing} data-service=${slot.service} class=${slot.conflict ? 'sp-row-danger' : ''}>
    <th scope="row"><button type="button" class="sp-row-open sp-slot" data-slot tabindex=${first ? '0' : '-1'} aria-label="${time}${many ? `, ${of.serviceOf(slot.service)}` : ''}, ${t('agenda-room', { taken: slot.taken, capacity: slot.capacity })}${bookable && !isFull(slot) ? `. ${t('book-do')}` : ''}" @click=${open}>${time}</button></th>
    ${many ? html`<td>${of.serviceOf(slot.service)}</td>` : nothing}
    <td>${roomBadge(slot)}</td>
    <td>${slot.appointments.length === 0 ? html`<span class="sp-small">${t('agenda-free')}</span>` : html`<ul class="sp-plain-list">${repeat(slot.appointments, (a) => a.id, (a) => appointment(a, of))}</ul>`}</td>
    <td class="sp-row-actions">${!bookable ? nothing : isFull(slot)
      ? html`<button type="button" class="btn btn-link btn-xs" data-testid="overbook-at" data-focus-key="over-${slot.start}-${slot.service}" aria-label=${t('agenda-over-at', { time })} @click=${() => of.book(slot)}>${t('agenda-over')}</button>`
      : html`<button type="button" class="btn btn-outline-primary btn-xs" data-focus-key="book-${slot.start}-${slot.service}" aria-label=${t('agenda-book-at', { time })} @click=${() => of.book(slot)}>${icon('plus')}<span>${t('book-do')}</span></button>`}</td></tr>`;
}

function walkInTable(rows: readonly AppointmentRow[], of: DayOf): Content {
  if (rows.length === 0) return nothing;
  return section(t('agenda-walk-ins'), html`<div class="sp-table-scroll"><table class="table table-sm" data-testid="agenda-walk-ins"><caption class="visually-hidden">${t('agenda-walk-ins')}</caption>
    <thead><tr><th scope="col">${t('agenda-came')}</th><th scope="col">${t('agenda-ticket')}</th><th scope="col">${t('agenda-who')}</th><th scope="col">${t('service')}</th><th scope="col">${t('agenda-state')}</th></tr></thead>
    <tbody>${rows.map((a) => html`<tr data-row=${a.id}><th scope="row">${format.wallTime(a.start)}</th><td class="sp-mono">${a.ticket ?? '—'}</td><td>${nameLink(a, `name-${a.id}`)} ${phoneText(a.phone)}</td><td>${of.serviceOf(a.service)}</td><td>${appointmentBadge(a)}</td></tr>`)}</tbody></table></div>`,
  { status: badge('neutral', format.count(rows.length), 'user') });
}

export function dayTable(of: DayOf): Content {
  const { day } = of;
  const { slots, walkIns } = apart(day);
  if (slots.length === 0) {
    return html`${empty(t('agenda-closed', { day: format.longDate(day.day), why: day.closed === null ? '' : closedText(day.closed) }), [{ label: t('agenda-next-day'), icon: 'chevron-right', run: of.next }], 'calendar')}${walkInTable(walkIns, of)}`;
  }
  const many = new Set(slots.map((s) => s.service)).size > 1;
  // What is over and was empty is of no use any more.
  const shown = slots.filter((s) => s.appointments.length > 0 || !isPast(s));
  const hidden = slots.length - shown.length;
  return html`${day.staff.length === 0 ? nothing : html`<p class="sp-small" data-testid="agenda-staff">${t('agenda-staff', { times: staffText(day.staff) })}</p>`}
    <div class="sp-table-scroll"><table class="table table-sm sp-agenda" data-testid="agenda-day" @keydown=${dayKeys}>
      <caption class="visually-hidden">${t('agenda-caption-day', { day: format.longDate(day.day) })}</caption>
      <thead><tr><th scope="col">${t('agenda-time')}</th>${many ? html`<th scope="col">${t('service')}</th>` : nothing}<th scope="col">${t('agenda-places')}</th><th scope="col">${t('appointments')}</th><th scope="col"><span class="visually-hidden">${t('book-new')}</span></th></tr></thead>
      <tbody>${shown.map((slot, i) => slotRow(slot, of, many, i === 0))}</tbody></table></div>
    <p class="sp-small">${t('agenda-keys')}${hidden === 0 ? nothing : html` ${t('agenda-hidden', { n: hidden })}`}</p>
    ${walkInTable(walkIns, of)}`;
}
