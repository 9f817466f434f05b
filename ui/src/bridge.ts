// SPDX-License-Identifier: EUPL-1.2
// The one file that knows who answers: Tauri in the window, HTTP in tests, a fake in unit tests and in the gallery.
import { invoke as tauriInvoke } from '@tauri-apps/api/core';
import { listen as tauriListen } from '@tauri-apps/api/event';
import type { ErrorBody, LoginRequest, RecoverRequest } from './shell-types.ts';
import type { AppState, BundleRequest, BundleTaken, BundleWritten, Changed, Command, EnrolRequest, EnrolView, FileView, IdentityView, KeyView, Language, Outcome, Passphrase, Progress, Query, RelaySettings, ReplacementView, ViewOf } from './types.ts';

/** An error with a sentence for the person: show `message`, branch on `code`. */
export class AppError extends Error {
  readonly code: string;
  readonly params: Record<string, unknown>;

  constructor(body: ErrorBody) {
    super(body.message);
    this.name = 'AppError';
    this.code = body.code;
    this.params = body.params ?? {};
  }

  /** Whatever was thrown, as an AppError; what nobody foresaw gets `unexpected` and the sentence of the caller. */
  static from(thrown: unknown, fallback: string): AppError {
    if (thrown instanceof AppError) return thrown;
    if (isErrorBody(thrown)) return new AppError(thrown);
    return new AppError({ code: 'unexpected', message: fallback, params: { cause: String(thrown) } });
  }
}

function isErrorBody(value: unknown): value is ErrorBody {
  return (
    typeof value === 'object' && value !== null &&
    'code' in value && typeof value.code === 'string' &&
    'message' in value && typeof value.message === 'string'
  );
}

/** What the core tells by itself. */
export interface AppEvents {
  /** Another desk's records arrived, or a background errand wrote: same names as `Outcome.changed`. */
  changed: { changed: Changed };
  /** The exchange began, ended or failed: ask `status` again. */
  sync: Record<string, never>;
  progress: Progress;
  /** The shell locked the screen by itself (system suspended, session taken elsewhere). */
  locked: null;
}

export interface Transport {
  invoke(name: string, args: Record<string, unknown>): Promise<unknown>;
  /** Returns the function that stops listening. */
  listen(event: string, callback: (payload: unknown) => void): Promise<() => void>;
}

declare global {
  interface Window {
    __TAURI_INTERNALS__?: unknown;
    /** Base address of the test server; when absent, the page's own origin. */
    __SPORTELLO_BRIDGE__?: string;
  }
}

const tauri: Transport = {
  invoke: (name, args) => tauriInvoke(name, args),
  listen: (event, callback) => tauriListen(event, (e) => callback(e.payload)),
};

/** POST {base}/ipc/{name} with the arguments as JSON; not 2xx means an ErrorBody. Events: EventSource {base}/ipc/events. */
export function http(base: string): Transport {
  let source: EventSource | undefined;
  return {
    async invoke(name, args) {
      const response = await fetch(`${base}/ipc/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(args),
      });
      const text = await response.text();
      const body: unknown = text === '' ? null : JSON.parse(text);
      if (!response.ok) throw body;
      return body;
    },
    listen(event, callback) {
      source ??= new EventSource(`${base}/ipc/events`);
      const events = source;
      const handler = (e: MessageEvent<string>): void => callback(JSON.parse(e.data));
      events.addEventListener(event, handler);
      return Promise.resolve(() => events.removeEventListener(event, handler));
    },
  };
}

let transport: Transport =
  window.__TAURI_INTERNALS__ === undefined ? http(window.__SPORTELLO_BRIDGE__ ?? '') : tauri;

/** For tests and the gallery. */
export function setTransport(next: Transport): void {
  transport = next;
}

let unexpected = (): string => 'Errore imprevisto.';
/** The sentence for errors that nobody foresaw, in the language of the moment (set by i18n, which needs no bridge). */
export function setUnexpectedMessage(message: () => string): void {
  unexpected = message;
}

async function call<T>(name: string, args: Record<string, unknown> = {}): Promise<T> {
  try {
    return (await transport.invoke(name, args)) as T;
  } catch (thrown) {
    throw AppError.from(thrown, unexpected());
  }
}

/**
 * Asks the desk to do something. Use `run` of store.ts in screens: it also refreshes what changed. The id is made here, so that
 * the same request sent again (a double click, an answer that was lost) is the same act, done once.
 */
export const execute = (command: Command, command_id: string = crypto.randomUUID()): Promise<Outcome> => call('execute', { command_id, command });
/** Asks the desk to show something. Use `useQuery` of store.ts in screens. */
export const query = <Q extends Query>(q: Q): Promise<ViewOf<Q>> => call('query', { query: q });

export const app_state = (): Promise<AppState> => call('app_state');
export const set_language = (language: Language): Promise<void> => call('set_language', { language });
export const login = (request: LoginRequest): Promise<AppState> => call('login', { ...request });
/** A passphrase is forgotten: with the recovery key the person gets another one, and is in. */
export const recover = (request: RecoverRequest): Promise<AppState> => call('recover', { ...request });
/** Keeps the session; `unlock` opens it again. */
export const lock = (): Promise<void> => call('lock');
/** Whoever locked the screen is back. */
export const unlock = (passphrase: Passphrase): Promise<AppState> => call('unlock', { passphrase });
export const logout = (): Promise<void> => call('logout');
/** Afterwards nobody is in yet: `app_state` says `logged_out`. */
export const enrol = (request: EnrolRequest): Promise<EnrolView> => call('enrol', { request });
/** A stopped desk goes on under a new identity, with a code for its successor; all queries are to be asked again. */
export const renew_identity = (code: string): Promise<IdentityView> => call('renew_identity', { code });
/** This desk signs with another key from now on; what waits is handed over first. */
export const rotate_key = (): Promise<KeyView> => call('rotate_key');
/** The centre revokes a desk that is no more and gives a code for one in its place. The same request again gives the same code. */
export const replace_desk = (request: string, desk: string): Promise<ReplacementView> => call('replace_desk', { request, desk });
/** Opens a document with the system's own viewer; also offline. */
export const open_file = (file: FileView): Promise<void> => call('open_file', { file });
export const print_file = (file: FileView): Promise<void> => call('print_file', { file });
/** The person chooses the place in the system's dialog: where it went, or null when the person gave up. */
export const save_file = (file: FileView): Promise<string | null> => call('save_file', { file });
/** Begins an exchange now; how it goes is told by the event `sync` and the query `status`. */
export const sync_now = (): Promise<void> => call('sync_now');

/** Writes what waits to a stick, for the centre and for these desks; the person chooses the place. Null when the person gave up. */
export const write_bundle = (request: BundleRequest): Promise<BundleWritten | null> => call('write_bundle', { request });
/** Takes in what a stick brings, from the file that the person chooses. Null when the person gave up. */
export const read_bundle = (): Promise<BundleTaken | null> => call('read_bundle');

/** Whether this desk serves the others of its seat as relay, or which one it uses. */
export const set_relay = (settings: RelaySettings): Promise<void> => call('set_relay', { settings });

/** Opens the screen of the waiting room in a window of its own, or brings the one that is open to the front. */
export const open_display = (): Promise<void> => call('open_display');
/** The waiting room's screen on the whole monitor, or not; null: the other of what it is. Answered in that window only. */
export const full_screen = (whole: boolean | null): Promise<void> => call('full_screen', { whole });

/** Listens to the core; returns the function that stops. Safe to stop before the listening began. */
export function on<E extends keyof AppEvents>(event: E, callback: (payload: AppEvents[E]) => void): () => void {
  const started = transport.listen(event, (payload) => callback(payload as AppEvents[E]));
  return () => void started.then((stop) => stop());
}
