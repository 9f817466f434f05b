// SPDX-License-Identifier: EUPL-1.2
// What the pages and the shell say to each other beside the two doors of the desk (Command, Query): who sits here, how the
// exchange goes, long work. The shell (or the HTTP test server) implements these names; see `bridge.ts`.

export type Role = 'operator' | 'supervisor' | 'administrator';
export type Language = 'it' | 'en';

export interface OperatorName {
  username: string;
  name: string;
  role: Role;
}

export interface Session {
  operator: { username: string; name: string };
  role: Role;
}

/** `app_state`: where the application stands. Asked at start and after each login, lock, logout, enrolment. */
export interface AppState {
  /** `first_start`: no file yet. `locked`: a file, nobody in (or a session to be unlocked). `ready`: somebody works. */
  phase: 'first_start' | 'locked' | 'ready';
  office?: string;
  site?: string;
  desk?: string;
  operators?: OperatorName[];
  /** With `locked`: whoever locked the screen, and may unlock it. */
  session?: Session;
  language: Language;
  /** Version of the product, for the foot of the first screens. */
  version?: string;
  /** Minutes without a key or a click after which the screen locks; 0 or absent: never. */
  lock_after_minutes?: number;
}

export interface LoginRequest {
  username: string;
  passphrase: string;
}

export interface EnrolRequest {
  /** `https://…`; `http://` only to loopback. */
  server: string;
  /** One-time code given by the office. */
  code: string;
  /** PEM text of the office's own certificate authority. */
  ca?: string;
  /** `http://proxy:port` */
  proxy?: string;
  username: string;
  name: string;
  passphrase: string;
}

export interface EnrolResult {
  office: string;
  site: string;
  desk: string;
  /** Words that open the file if every passphrase is lost, shown once; absent when only the office's key opens it. */
  recovery_words?: string[];
}

/** The sheet with the recovery words: the only document that the shell makes without the desk. */
export interface RecoverySheet {
  type: 'recovery';
  office: string;
  site: string;
  desk: string;
  words: string[];
}

export interface SaveRequest {
  /** Proposed name; the person chooses the place in the system's dialog. */
  name: string;
  /** One of the two. */
  text?: string;
  base64?: string;
}

/** `save_file`: null when the person gave up. */
export interface SaveResult {
  path: string | null;
}

/** Payload of the event `progress`: long work, with counts. */
export interface Progress {
  task: string;
  label: string;
  done: number;
  /** Absent while not known. */
  total?: number;
  cancellable: boolean;
  finished?: boolean;
}

/** Every error comes back like this; `message` is already a sentence in the person's language. */
export interface ErrorBody {
  code: string;
  message: string;
  params?: Record<string, unknown>;
}
