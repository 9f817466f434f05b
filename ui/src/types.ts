// SPDX-License-Identifier: EUPL-1.2
// The desk's two doors as the pages use them: the generated types, and which view answers which query.
import type { EntityRef, Query, View } from './generated/types.ts';

export type * from './generated/types.ts';

export type Changed = readonly EntityRef[];

/** A view has the name of its query, but for these. */
type AnswerName<Q extends Query['type']> =
  Q extends 'check_serials' ? 'serial_check'
  : Q extends 'import_refused' | 'document' | 'export' | 'calendar' | 'plan_chart' | 'plan_evidence' | 'raw_records' ? 'file'
  : Q extends 'verify' ? 'verification'
  : Q;

/** What `query` answers: `ViewOf<{ type: 'board'; … }>` is a BoardView. */
export type ViewOf<Q extends Query> = Extract<View, { type: AnswerName<Q['type']> }>;
