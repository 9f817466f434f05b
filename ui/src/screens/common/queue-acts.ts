// SPDX-License-Identifier: EUPL-1.2
// Acts of the queue that have no dialog of their own.
import { query } from '../../bridge.ts';
import { t } from '../../i18n.ts';
import { run } from '../../store.ts';
import type { AppointmentRow, Outcome } from '../../types.ts';
import { act, printOrOpen, told } from './acts.ts';
import { numberedName } from './queue-words.ts';

/** Calls whoever is next, and says who that was: another desk may have called the one that was shown. */
export async function callNext(): Promise<AppointmentRow | null> {
  const outcome = await run({ type: 'call_next', service: null });
  if (outcome.subject === null) return null;
  const row = await query({ type: 'appointment', id: outcome.subject.id });
  told(outcome, t('act-called', { name: numberedName(row) }));
  return row;
}

/** Was called and did not come. Keeps the number, and can come back. */
export const notThere = (a: AppointmentRow): Promise<Outcome> => act({ type: 'not_there', appointment: a.id }, t('act-not-there', { name: numberedName(a) }));

/** Waits again, with the same number. */
export const backInQueue = (a: AppointmentRow): Promise<Outcome> => act({ type: 'present_appointment', appointment: a.id }, t('act-back', { name: numberedName(a) }));

/** Calls somebody who stands called already: the waiting room sounds again. */
export const callAgain = (a: AppointmentRow): Promise<Outcome> => act({ type: 'call_appointment', appointment: a.id }, t('act-called-again', { name: numberedName(a) }));

export const dropPriority = (a: AppointmentRow): Promise<Outcome> =>
  act({ type: 'prioritise_appointment', appointment: a.id, priority: null, reason: '' }, t('act-priority-dropped', { name: numberedName(a) }));

/** The number on a roll of 80 mm. */
export const printTicket = (appointment: string): Promise<boolean> => printOrOpen({ type: 'ticket_slip', appointment });
