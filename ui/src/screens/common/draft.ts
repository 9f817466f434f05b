// SPDX-License-Identifier: EUPL-1.2
// A delivery that was begun, as the desk keeps it for this screen. It comes back from disk: nothing of it is taken on trust.
import type { DocumentKind, Run } from '../../types.ts';
import { documentKinds } from './words.ts';

export type Step = 'who' | 'vouchers' | 'summary';

export interface Draft {
  step: Step;
  kind: 'member' | 'delegate';
  /** Who of the household collects; none: the applicant. */
  member: string | null;
  document: DocumentKind;
  number: string;
  delegate: string;
  delegateCode: string;
  delegatorDocument: DocumentKind;
  delegatorNumber: string;
  runs: readonly Run[];
  partial: string;
  force: string;
  /** The number of the act that was last sent, and what it said: sent again it is the same act. */
  act: { of: string; id: string } | null;
}

export function emptyDraft(): Draft {
  return {
    step: 'who', kind: 'member', member: null, document: 'identity_card', number: '', delegate: '', delegateCode: '', delegatorDocument: 'identity_card', delegatorNumber: '',
    runs: [], partial: '', force: '', act: null,
  };
}

/** Nothing worth finding again. */
export const isEmpty = (d: Draft): boolean => d.runs.length === 0 && [d.number, d.delegate, d.delegateCode, d.delegatorNumber].every((text) => text.trim() === '');

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isRun = (value: unknown): value is Run =>
  isObject(value) && typeof value['series'] === 'string' && ['first', 'last', 'width'].every((k) => Number.isSafeInteger(value[k])) && Number(value['first']) <= Number(value['last']);

/** The draft as it was kept; null when there is none, or when it is of a form that this program does not know. */
export function readDraft(value: unknown): Draft | null {
  if (!isObject(value)) return null;
  const text = (key: string): string => (typeof value[key] === 'string' ? value[key] : '');
  const document = (key: string): DocumentKind => documentKinds.find((k) => k === value[key]) ?? 'identity_card';
  const runs = Array.isArray(value['runs']) ? value['runs'].filter(isRun) : [];
  const sent = value['act'];
  const draft: Draft = {
    step: value['step'] === 'vouchers' || value['step'] === 'summary' ? value['step'] : 'who',
    kind: value['kind'] === 'delegate' ? 'delegate' : 'member',
    member: typeof value['member'] === 'string' ? value['member'] : null,
    document: document('document'), number: text('number'), delegate: text('delegate'), delegateCode: text('delegateCode'),
    delegatorDocument: document('delegatorDocument'), delegatorNumber: text('delegatorNumber'), runs, partial: text('partial'), force: text('force'),
    act: isObject(sent) && typeof sent['of'] === 'string' && typeof sent['id'] === 'string' ? { of: sent['of'], id: sent['id'] } : null,
  };
  return isEmpty(draft) ? null : draft;
}
