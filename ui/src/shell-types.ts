// SPDX-License-Identifier: EUPL-1.2
// What the pages and the shell say to each other and Rust does not generate; the names of the calls stand in `bridge.ts`.

export interface LoginRequest {
  username: string;
  passphrase: string;
}

export interface RecoverRequest {
  username: string;
  /** The desk's recovery key, as it was typed. */
  recovery_key: string;
  /** The passphrase from now on. */
  passphrase: string;
}

/** Every error comes back like this; `message` is already a sentence in the person's language. */
export interface ErrorBody {
  code: string;
  message: string;
  params?: Record<string, unknown>;
}
