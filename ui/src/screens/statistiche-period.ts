// SPDX-License-Identifier: EUPL-1.2
// The periods that people ask statistics for, by name; and the one before, the one after.
import { addDays } from '../format.ts';

export const PERIODS = ['today', 'yesterday', 'week', 'last-week', 'month', 'last-month', 'year'] as const;
export type Period = (typeof PERIODS)[number];
/** Two days, both within. */
export interface Stretch { from: string; to: string }

/** Monday of the week of a day. */
export function monday(day: string): string {
  return addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}
const firstOf = (day: string): string => `${day.slice(0, 7)}-01`;
/** The last day of the month of a day. */
const lastOf = (day: string): string => addDays(firstOf(addDays(firstOf(day), 31)), -1);

/** The days of a named period, as seen from `now`. */
export function stretch(period: Period, now: string): Stretch {
  const week = monday(now);
  switch (period) {
    case 'today': return { from: now, to: now };
    case 'yesterday': return { from: addDays(now, -1), to: addDays(now, -1) };
    case 'week': return { from: week, to: addDays(week, 6) };
    case 'last-week': return { from: addDays(week, -7), to: addDays(week, -1) };
    case 'month': return { from: firstOf(now), to: lastOf(now) };
    case 'last-month': return { from: firstOf(addDays(firstOf(now), -1)), to: addDays(firstOf(now), -1) };
    default: return { from: `${now.slice(0, 4)}-01-01`, to: `${now.slice(0, 4)}-12-31` };
  }
}

/** The name of a period, where it has one. */
export function periodOf({ from, to }: Stretch, now: string): Period | null {
  return PERIODS.find((p) => { const s = stretch(p, now); return s.from === from && s.to === to; }) ?? null;
}

/** The period before (`-1`) or after: whole months and years stay whole, everything else keeps its length. */
export function shifted({ from, to }: Stretch, by: 1 | -1): Stretch {
  if (from.endsWith('-01-01') && to === `${from.slice(0, 4)}-12-31`) {
    const year = String(Number(from.slice(0, 4)) + by);
    return { from: `${year}-01-01`, to: `${year}-12-31` };
  }
  if (from === firstOf(from) && to === lastOf(from)) {
    const other = by === 1 ? addDays(to, 1) : firstOf(addDays(from, -1));
    return { from: other, to: lastOf(other) };
  }
  const days = Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000) + 1;
  return { from: addDays(from, by * days), to: addDays(to, by * days) };
}
