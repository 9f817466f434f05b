// SPDX-License-Identifier: EUPL-1.2
// What the waiting room's screen concludes from an answer: which calls are new, what the clock says, what is of another day.
import * as format from '../format.ts';
import type { DisplayCall, DisplayView } from '../types.ts';

/** A call and each further call of the same number are things of their own. */
const key = (c: DisplayCall): string => `${c.ticket} ${c.desk} ${c.calls} ${c.at}`;

/** The calls that came since the answer before. At the first answer none: what was called before was heard before. */
export function newCalls(before: DisplayView | null, now: DisplayView): DisplayCall[] {
  if (before === null) return [];
  const known = new Set(before.calls.map(key));
  return now.calls.filter((c) => c.current && !known.has(key(c)));
}

/** How far the desk's wall clock is from this machine's, milliseconds. */
export function clockOffset(view: DisplayView, machine = Date.now()): number {
  const wall = `${format.dayOf(machine)}T${format.timeOf(machine)}`;
  // Compared as wall times of one zone: the difference is what counts. Less than two minutes is only the rounding.
  const far = Date.parse(`${view.now.slice(0, 16)}Z`) - Date.parse(`${wall}Z`);
  return Math.abs(far) < 120_000 ? 0 : far;
}

/** What of the last answer may still be shown on this day: nobody is called in the morning to yesterday's counter. */
export function stillTrue(view: DisplayView, day: string): DisplayView {
  return view.now.slice(0, 10) === day ? view : { ...view, calls: [], waiting: 0 };
}
