// SPDX-License-Identifier: EUPL-1.2
// Keeps what is typed in a delivery: when the typing rests, when the screen is left. One after the other, so that an older draft
// never lands on a newer one. While there is a draft the desk counts the household as being served and gives its custody to nobody.
import { AppError, execute } from '../../bridge.ts';
import { t } from '../../i18n.ts';
import { toast } from '../../parts/toasts.ts';
import { emptyDraft, isEmpty, type Draft } from './draft.ts';

/** How long the typing must rest, milliseconds. */
const REST = 500;

export class DraftKeeper {
  private last: { entitlement: string; draft: Draft } | null = null;
  private dirty = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private queue: Promise<unknown> = Promise.resolve();

  /** Somebody is at the counter, nothing is typed yet. */
  begin(entitlement: string): void {
    this.last = { entitlement, draft: emptyDraft() };
    this.dirty = true;
    void this.now();
  }

  /** Keeps it in a moment. */
  soon(entitlement: string, draft: Draft): void {
    this.last = { entitlement, draft };
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.now(), REST);
  }

  /** Keeps what is not kept yet; resolves when it is on disk. What cannot be kept is told: it still stands on the screen. */
  now(): Promise<unknown> {
    clearTimeout(this.timer);
    const { last } = this;
    if (last === null || !this.dirty) return this.queue;
    this.dirty = false;
    this.queue = this.queue.then(() => execute({ type: 'keep_draft', ...last })).catch((thrown: unknown) => {
      toast({ tone: 'warning', text: t('draft-not-kept'), detail: AppError.from(thrown, t('error-unexpected')).message });
    });
    return this.queue;
  }

  /** The screen is left: what was typed is kept, an empty form is not. True when something is kept. */
  leave(): boolean {
    const { last } = this;
    if (last === null) return false;
    const kept = !isEmpty(last.draft);
    if (kept) void this.now();
    else void this.drop(last.entitlement);
    this.last = null;
    return kept;
  }

  /** Lets go of it: the delivery was made, refused, or is begun again. */
  drop(entitlement: string): Promise<unknown> {
    clearTimeout(this.timer);
    this.last = null;
    this.dirty = false;
    // A draft that stays behind is found again and says that all was delivered: no harm.
    this.queue = this.queue.then(() => execute({ type: 'keep_draft', entitlement, draft: null })).catch(() => undefined);
    return this.queue;
  }
}
