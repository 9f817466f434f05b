// SPDX-License-Identifier: EUPL-1.2
// How the agenda speaks of days and slots.
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { badge, type Content } from '../parts/views.ts';
import type { AgendaDay, AgendaSlot, AppointmentRow, Closed, Holiday, StaffedTime } from '../types.ts';

export const holidayName = (holiday: Holiday): string => t(`holiday-${holiday}`);

/** Why nobody is served on a day: a sentence. */
export function closedText(c: Closed): string {
  switch (c.because) {
    case 'holiday': return t('closed-holiday', { name: holidayName(c.holiday) });
    case 'closure': return c.reason === '' ? t('closed-closure-bare') : t('closed-closure', { reason: c.reason });
    case 'suspended': return t('closed-suspended', { reason: c.reason });
    case 'not_here': return t('closed-not-here');
    default: return t('closed-no-hours');
  }
}

/** `09:00–13:00: 3 persone`. */
export const staffText = (times: readonly StaffedTime[]): string =>
  times.map((x) => t('agenda-staff-time', { from: format.time(x.from), to: format.time(x.to), n: x.staff })).join(' · ');

/** A slot that is over: somebody at the counter still gets "now". */
export function isPast(slot: Pick<AgendaSlot, 'start'>): boolean {
  const now = format.deskNow().getTime();
  const day = slot.start.slice(0, 10);
  return day < format.today() || (day === format.today() && format.wallTime(slot.start) < format.timeOf(now - 15 * 60_000));
}

/** Nobody else fits in, by its own places or because its staff is busy with other services. */
export const isFull = (slot: AgendaSlot): boolean => slot.free === 0;

/** `2 su 2`, with what is wrong with it. */
export function roomBadge(slot: AgendaSlot): Content {
  const words = t('agenda-room', { taken: slot.taken, capacity: slot.capacity });
  if (slot.capacity === 0) return badge('warning', t('agenda-outside'), 'warning-circle');
  if (slot.conflict) return badge('danger', t('agenda-conflict', { room: words }), 'error');
  if (slot.taken > slot.capacity) return badge('warning', words, 'warning-circle');
  if (slot.taken < slot.capacity && slot.free === 0) return badge('warning', t('agenda-staff-busy', { room: words }), 'user');
  return slot.taken >= slot.capacity ? badge('warning', words, 'ban') : badge('neutral', words, 'user');
}

/** Who came without an appointment takes no place of a slot: shown apart. */
export function apart(day: AgendaDay): { slots: AgendaSlot[]; walkIns: AppointmentRow[] } {
  const walkIns = day.slots.flatMap((s) => s.appointments.filter((a) => a.walk_in));
  const slots = day.slots.map((s) => ({ ...s, appointments: s.appointments.filter((a) => !a.walk_in) })).filter((s) => s.capacity > 0 || s.appointments.length > 0);
  return { slots, walkIns };
}

/** Whether an appointment can still be put elsewhere. */
export const movable = (a: AppointmentRow): boolean => !a.walk_in && (a.status === 'booked' || a.status === 'missed');
