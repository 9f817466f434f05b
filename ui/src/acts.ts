// SPDX-License-Identifier: EUPL-1.2
// An act of the person: done, told, and taken back with one key while that is allowed.
import { t } from './i18n.ts';
import { toast } from './parts/toasts.ts';
import { run } from './store.ts';
import type { Command, Outcome } from './types.ts';

/**
 * Executes a command and says `done` ("Rossi Maria chiamata."), with "Annulla" when the outcome can be taken back.
 * An act that the desk had already done is not told as new. Throws AppError: call it inside an action.
 */
export async function act(command: Command, done: string): Promise<Outcome> {
  const outcome = await run(command);
  const { undo } = outcome;
  toast({
    text: outcome.repeated ? t('act-repeated') : done,
    tone: outcome.forced ? 'warning' : 'success',
    ...(outcome.forced ? { detail: t('act-forced') } : {}),
    ...(undo === null ? {} : {
      undo: async () => {
        await run(undo);
        toast({ tone: 'info', text: t('act-undone') });
      },
    }),
  });
  return outcome;
}
