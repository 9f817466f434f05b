// SPDX-License-Identifier: EUPL-1.2
// Keeps what is typed in a delivery: when the typing rests, when the screen is left. One after the other, so that an older draft
// never lands on a newer one.
import { AppError, execute } from '../../bridge.ts';
import { t } from '../../i18n.ts';
import { toast } from '../../parts/toasts.ts';
import { isEmpty, type Draft } from './draft.ts';

/** How long the typing must rest, milliseconds. */
const REST = 500;

export class DraftKeeper {
  private pending: { entitlement: string; draft: Draft } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private queue: Promise<unknown> = Promise.resolve();

  /** Keeps it in a moment. */
  soon(entitlement: string, draft: Draft): void {
    this.pending = { entitlement, draft };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.now(), REST);
  }

  /** Keeps what is not kept yet; resolves when it is on disk. What cannot be kept is told: it still stands on the screen. */
  now(): Promise<unknown> {
    clearTimeout(this.timer);
    const { pending } = this;
    this.pending = null;
    if (pending === null) return this.queue;
    const { entitlement, draft } = pending;
    this.queue = this.queue.then(() => execute({ type: 'keep_draft', entitlement, draft: isEmpty(draft) ? null : draft })).catch((thrown: unknown) => {
      toast({ tone: 'warning', text: t('draft-not-kept'), detail: AppError.from(thrown, t('error-unexpected')).message });
    });
    return this.queue;
  }

  /** Lets go of it: the delivery was made, refused, or is begun again. */
  drop(entitlement: string): Promise<unknown> {
    clearTimeout(this.timer);
    this.pending = null;
    // A draft that stays behind is found again and says that all was delivered: no harm.
    this.queue = this.queue.then(() => execute({ type: 'keep_draft', entitlement, draft: null })).catch(() => undefined);
    return this.queue;
  }
}
