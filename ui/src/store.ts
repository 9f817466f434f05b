// SPDX-License-Identifier: EUPL-1.2
// What the screens know of the desk: answers to queries, kept while they are true. An Outcome (or the event `changed`) names
// what changed, and only the answers that depend on it are asked for again.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { AppError, execute, on, query as ask } from './bridge.ts';
import { t } from './i18n.ts';
import type { Changed, Command, EntityRef, Outcome, Query, ViewOf } from './types.ts';

interface Entry {
  query: Query;
  on: readonly string[] | undefined;
  data: unknown;
  error: AppError | undefined;
  /** Answers arrive in any order: only the one to the last question counts. */
  asked: number;
  loading: boolean;
  stale: boolean;
  watchers: Set<() => void>;
}

const entries = new Map<string, Entry>();
/** Answers kept for nobody (to show at once when one comes back): more would only be memory. */
const KEPT = 40;

/** Whether a change concerns what depends on `dependency`: a kind (`household`) or one thing (`household:0193…`). */
export function concerns(changed: EntityRef, dependency: string): boolean {
  return dependency === changed.kind || dependency === `${changed.kind}:${changed.id}`;
}

async function refresh(entry: Entry): Promise<void> {
  const mine = ++entry.asked;
  entry.loading = true;
  entry.stale = false;
  try {
    const data = await ask(entry.query);
    if (mine !== entry.asked) return;
    entry.data = data;
    entry.error = undefined;
  } catch (thrown) {
    if (mine !== entry.asked) return;
    entry.error = AppError.from(thrown, t('error-unexpected'));
  }
  entry.loading = false;
  for (const tell of entry.watchers) tell();
}

let pending: EntityRef[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

function flush(): void {
  timer = undefined;
  const changes = pending;
  pending = [];
  for (const [key, entry] of entries) {
    const touched = entry.on === undefined || entry.on.some((dependency) => changes.some((change) => concerns(change, dependency)));
    if (!touched) continue;
    if (entry.watchers.size > 0) void refresh(entry);
    else entries.delete(key);
  }
}

/** Says what changed. `soon`: many such calls within a moment (an exchange that brings thousands of records) ask only once. */
export function invalidate(changed: Changed, soon = false): void {
  pending.push(...changed);
  if (pending.length === 0) return;
  if (soon) timer ??= setTimeout(flush, 250);
  else {
    clearTimeout(timer);
    flush();
  }
}

const done = new Set<(changed: Changed) => void>();
/** Called after each act of this person, with what it changed. */
export function whenDone(tell: (changed: Changed) => void): () => void {
  done.add(tell);
  return () => done.delete(tell);
}

/**
 * Executes a command and asks again for what it changed. Throws AppError: let `perform` (actions.ts) show it, or catch it.
 * Give the same `id` (`newId()`) again when an answer never came: what was done already is not done twice.
 */
export async function run(command: Command, id?: string): Promise<Outcome> {
  const outcome = await execute(command, id);
  for (const tell of done) tell(outcome.changed);
  invalidate(outcome.changed);
  return outcome;
}

const forgetters = new Set<() => void>();
/** For what a screen keeps of itself between two visits: called when somebody else enters. */
export function whenForgotten(forget: () => void): void {
  forgetters.add(forget);
}

/** After a login as somebody else nothing of before may be seen. */
export function forgetAll(): void {
  for (const forget of forgetters) forget();
  askAgain();
}

/** Everything that is shown is asked for again: after an unlock (a locked desk answers nothing), or when too much happened at once. */
export function askAgain(): void {
  for (const [key, entry] of entries) {
    if (entry.watchers.size === 0) entries.delete(key);
    else void refresh(entry);
  }
}

/** Starts listening to what other desks and background errands change. */
export function listenToChanges(): () => void {
  // An empty list means that too much happened to be told one by one.
  return on('changed', ({ changed }) => (changed.length === 0 ? askAgain() : invalidate(changed, true)));
}

/** One answer, followed by one element. Read `data`, `error`, `loading` in `render`. */
export class QueryController<Q extends Query> implements ReactiveController {
  private entry: Entry | undefined;
  private key = '';
  private readonly tell = (): void => this.host.requestUpdate();

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly make: () => Q | null,
    private readonly dependencies?: readonly string[] | (() => readonly string[]),
  ) {
    host.addController(this);
  }

  get data(): ViewOf<Q> | undefined {
    // The key of the cache is the question itself.
    return this.entry?.data as ViewOf<Q> | undefined;
  }
  get error(): AppError | undefined {
    return this.entry?.error;
  }
  /** True while the first answer is awaited; a refresh of what is already shown does not blink. */
  get loading(): boolean {
    return this.entry !== undefined && this.entry.data === undefined && this.entry.error === undefined;
  }

  /** Asks again, whatever is known (a "try again" button). */
  retry(): void {
    if (this.entry) void refresh(this.entry);
  }

  hostUpdate(): void {
    const query = this.make();
    const key = query === null ? '' : JSON.stringify(query);
    if (key === this.key && (this.entry !== undefined || query === null)) return;
    this.leave();
    this.key = key;
    if (query === null) return;
    this.entry = entries.get(key);
    if (this.entry === undefined) {
      this.entry = {
        query,
        on: typeof this.dependencies === 'function' ? this.dependencies() : this.dependencies,
        data: undefined, error: undefined, asked: 0, loading: false, stale: true, watchers: new Set(),
      };
      entries.set(key, this.entry);
      trim();
    }
    this.entry.watchers.add(this.tell);
    if (this.entry.stale && !this.entry.loading) void refresh(this.entry);
  }

  hostConnected(): void {
    this.host.requestUpdate();
  }
  hostDisconnected(): void {
    this.leave();
  }

  private leave(): void {
    if (this.entry) {
      this.entry.watchers.delete(this.tell);
      // Shown at once when one comes back, but asked again: nobody listened meanwhile.
      if (this.entry.watchers.size === 0) this.entry.stale = true;
    }
    this.entry = undefined;
    this.key = '';
  }
}

function trim(): void {
  for (const [key, entry] of entries) {
    if (entries.size <= KEPT) return;
    if (entry.watchers.size === 0) entries.delete(key);
  }
}

/**
 * `private household = useQuery(this, () => ({ type: 'household', id: this.params.id }), ['household', 'entitlement'])`.
 * `make` may return null (nothing to ask yet) and is read at each update of the host; without `dependencies` every change asks again.
 */
export function useQuery<Q extends Query>(
  host: ReactiveControllerHost,
  make: () => Q | null,
  dependencies?: readonly string[] | (() => readonly string[]),
): QueryController<Q> {
  return new QueryController(host, make, dependencies);
}
