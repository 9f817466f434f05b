// SPDX-License-Identifier: EUPL-1.2
// The names of the desk's two doors, as the pages use them.

export interface Command {
  type: string;
  [field: string]: unknown;
}
export interface Query {
  type: string;
  [field: string]: unknown;
}
export interface EntityRef {
  kind: string;
  id: string;
}
export type Changed = EntityRef[];
export interface Outcome {
  changed: Changed;
  undo: Command | null;
  [field: string]: unknown;
}
export type ViewOf<Q extends Query> = Q['type'] extends 'status' ? { online: boolean; syncing: boolean; last_sync: number | null; waiting: number; refused: number; concern: 'none' | 'warning' | 'error'; stopped: { message: string } | null; now: number } : { type: Q['type'] };
export interface DocumentRequest {
  type: string;
  [field: string]: unknown;
}
