// SPDX-License-Identifier: EUPL-1.2
// What the rules of the agenda refuse, but a person may want all the same: never by the way, only with a reason that stays recorded.
import { AppError } from '../../bridge.ts';
import { t } from '../../i18n.ts';
import { confirmWithReason } from '../../parts/confirm.ts';
import { toast } from '../../parts/toasts.ts';
import { run } from '../../store.ts';
import type { AppointmentRow } from '../../types.ts';
import { slotText } from './words.ts';

/** Refusals that a reason goes over. */
const DELIBERATE = new Set(['slot_full', 'too_soon', 'too_far']);

/** Sends without a reason; where the agenda refuses it, asks for one and sends again. Null: the person gave up. */
export async function withReason<T>(send: (overbook: string | null) => Promise<T>): Promise<T | null> {
  try {
    return await send(null);
  } catch (thrown) {
    const { code, message } = AppError.from(thrown, t('error-unexpected'));
    if (!DELIBERATE.has(code)) throw thrown;
    const reason = await confirmWithReason({
      title: t(code === 'slot_full' ? 'overbook-full' : code === 'too_soon' ? 'overbook-soon' : 'overbook-far'), consequence: message, confirm: t('overbook-do'),
      reason: { label: t('booking-overbook-reason'), hint: t('booking-overbook-hint') },
    });
    return reason === null ? null : send(reason);
  }
}

/** Moves an appointment to a slot that was pointed at; it can be taken back. */
export async function moveTo(a: Pick<AppointmentRow, 'id' | 'name'>, site: string, start: string): Promise<void> {
  const outcome = await withReason((overbook) => run({ type: 'move_appointment', appointment: a.id, site, start, overbook }));
  if (outcome === null) return;
  const { undo } = outcome;
  const text = t('act-moved', { name: a.name, when: slotText(start) });
  // The place that it left may have been one too many: to go back there is then a choice like any other.
  const back = async (): Promise<void> => {
    if (undo?.type !== 'move_appointment') return;
    const done = await withReason((overbook) => run(overbook === null ? undo : { ...undo, overbook }));
    if (done !== null) toast({ tone: 'info', text: t('counter-undone', { text }) });
  };
  toast({ text, ...(undo === null ? {} : { about: outcome.changed, undo: back }) });
}
