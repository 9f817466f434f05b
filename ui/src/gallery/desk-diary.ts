// SPDX-License-Identifier: EUPL-1.2
// What the fake desk's diary begins with: its hours, and a slot that two desks gave twice.
import type { SiteHours } from '../types.ts';
import { id, NOW } from './desk-data.ts';
import { NOT_QUEUED, type Appointment } from './desk-types.ts';
import { weekOf } from './diary.ts';

export const deskHours = (site: string): SiteHours => ({
  site, weeks: [weekOf(3)], open_on_holidays: false,
  closures: [
    { from: '2021-03-26', to: '2021-03-26', from_time: null, to_time: null, reason: 'Disinfestazione dei locali' },
    { from: '2021-03-18', to: '2021-03-18', from_time: '11:30:00', to_time: null, reason: 'Assemblea del personale' },
  ],
  extra: [],
});

/** An appointment of somebody in no list. */
export const booked = (appointment: string, site: string, service: string, start: string, name: string, phone = ''): Appointment => ({
  ...NOT_QUEUED, id: appointment, code: 'ZZZZ-9QXT-C', start, site, service, household: null, person: { name, phone }, status: 'booked', presented_at: null, called_at: null, desk: null, reason: '', before: null,
});

/** Three for two places: two desks gave the last one while they could not reach each other. */
export const conflicting = (site: string, service: string): Appointment[] =>
  ['Conti Lucia', 'Sarti Bruno', 'Ricci Ada'].map((name, i) => booked(id(350 + i), site, service, '2021-03-17T10:00:00', name, `055 44${i} 12${i}`));

/** When they were booked: whoever was last is to move. */
export const bookedAt = (appointment: string): number => NOW - 86_400_000 + (appointment > id(350) ? Number(appointment.slice(-3)) * 60_000 : 0);
