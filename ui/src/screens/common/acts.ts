// SPDX-License-Identifier: EUPL-1.2
// Acts of the counter that several screens offer: each is told, and can be taken back where the desk says so.
import { AppError } from '../../bridge.ts';
import { openDocument, printDocument } from '../../documents.ts';
import { t } from '../../i18n.ts';
import { confirmWithReason } from '../../parts/confirm.ts';
import { toast } from '../../parts/toasts.ts';
import { go } from '../../router.ts';
import { run } from '../../store.ts';
import type { AppointmentRow, Command, DocumentRequest, Outcome } from '../../types.ts';

/** Says what was done, and offers to take it back. */
export function told(outcome: Outcome, text: string, tone: 'success' | 'info' = 'success'): void {
  const { undo } = outcome;
  toast({
    tone: outcome.forced ? 'warning' : tone,
    text: outcome.forced ? `${text} ${t('act-forced')}` : text,
    ...(undo === null ? {} : { about: outcome.changed, undo: async () => { await run(undo); toast({ tone: 'info', text: t('counter-undone', { text }) }); } }),
  });
}

/** Does it, says it, offers to take it back. */
export async function act(command: Command, text: string, tone: 'success' | 'info' = 'success', id?: string): Promise<Outcome> {
  const outcome = await run(command, id);
  told(outcome, text, tone);
  return outcome;
}

/**
 * Prints; where no printer answers the document is opened instead, and where that fails too the person is told what is safe.
 * True when it was printed or shown.
 */
export async function printOrOpen(document: DocumentRequest): Promise<boolean> {
  try {
    await printDocument(document);
    toast({ tone: 'info', text: t('print-sent') });
    return true;
  } catch (first) {
    try {
      await openDocument(document);
      toast({ tone: 'warning', text: t('print-opened'), detail: AppError.from(first, t('error-unexpected')).message });
      return true;
    } catch {
      const { message } = AppError.from(first, t('error-unexpected'));
      toast({ tone: 'danger', text: t('print-failed'), detail: message });
      return false;
    }
  }
}

export const checkIn = (a: AppointmentRow): Promise<Outcome> => act({ type: 'present_appointment', appointment: a.id }, t('act-presented', { name: a.name }));
export const call = (a: AppointmentRow): Promise<Outcome> => act({ type: 'call_appointment', appointment: a.id }, t('act-called', { name: a.name }));
export const miss = (a: AppointmentRow): Promise<Outcome> => act({ type: 'miss_appointment', appointment: a.id }, t('act-missed', { name: a.name }));
export const stepBack = (a: AppointmentRow): Promise<Outcome> => act({ type: 'undo_appointment', appointment: a.id }, t('act-stepped-back', { name: a.name }), 'info');

export async function park(a: AppointmentRow): Promise<void> {
  const reason = await confirmWithReason({
    title: t('park-title', { name: a.name }),
    consequence: t('park-consequence'),
    confirm: t('park'),
    reason: { label: t('reason'), hint: t('park-hint') },
  });
  if (reason !== null) await act({ type: 'park_appointment', appointment: a.id, reason }, t('act-parked', { name: a.name }));
}

export async function cancelAppointment(a: AppointmentRow): Promise<void> {
  const reason = await confirmWithReason({
    title: t('cancel-title', { name: a.name }),
    consequence: t('cancel-consequence'),
    confirm: t('cancel-do'),
    danger: true,
    reason: { label: t('reason') },
  });
  if (reason !== null) await act({ type: 'cancel_appointment', appointment: a.id, reason }, t('act-cancelled', { name: a.name }));
}

/** Ends an appointment of a service that hands over no vouchers. */
export async function close(a: AppointmentRow): Promise<void> {
  const outcome = await confirmWithReason({
    title: t('close-title', { name: a.name }),
    consequence: a.service_name,
    confirm: t('close-do'),
    reason: { label: t('close-outcome'), options: [{ value: 'served', label: t('close-served') }, { value: 'refused', label: t('close-refused') }] },
  });
  if (outcome === 'served' || outcome === 'refused') await act({ type: 'close_appointment', appointment: a.id, outcome }, t('act-closed', { name: a.name }));
}

/** To the counter: the delivery of what the appointment is for. */
export function serve(a: Pick<AppointmentRow, 'entitlement' | 'id'>): void {
  if (a.entitlement !== null) go('/consegna/:id', { id: a.entitlement, appuntamento: a.id });
}

const SLIP = 'sportello.slip';

/** Prints a slip: for a sheet or for a roll as said, else as this PC printed the last one. */
export async function printSlip(appointment: string, thermal?: boolean): Promise<void> {
  let roll = thermal;
  try {
    roll ??= localStorage.getItem(SLIP) === '80';
    localStorage.setItem(SLIP, roll ? '80' : 'a4');
  } catch {
    // storage switched off: a sheet serves
  }
  await printOrOpen({ type: 'slip', appointment, thermal: roll ?? false });
}
