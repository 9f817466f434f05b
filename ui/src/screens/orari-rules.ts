// SPDX-License-Identifier: EUPL-1.2
// Hours that make sense, said in words before the desk is asked: the same rules as the core's `SiteHours::check`.
import { t } from '../i18n.ts';
import type { SiteHours, Span, WeekHours } from '../types.ts';
import { weekdayName } from './servizio.ts';

/** Five mornings, to begin with. */
export const newWeek = (): WeekHours => ({ valid_from: null, valid_to: null, spans: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00:00', to: '13:00:00', staff: 1 })) });

/** In the order in which a week goes. */
export const sorted = (spans: readonly Span[]): Span[] => spans.toSorted((a, b) => a.weekday - b.weekday || a.from.localeCompare(b.from));

/** What does not hold, one sentence each. */
export function hoursProblems(h: SiteHours): string[] {
  const problems: string[] = [];
  for (const [i, w] of h.weeks.entries()) {
    if (w.valid_from !== null && w.valid_to !== null && w.valid_to < w.valid_from) problems.push(t('or-problem-validity', { n: i + 1 }));
    for (const weekday of [1, 2, 3, 4, 5, 6, 7]) {
      const day = sorted(w.spans.filter((s) => s.weekday === weekday));
      if (day.some((s) => s.to <= s.from)) problems.push(t('or-problem-span', { n: i + 1, day: weekdayName(weekday) }));
      if (day.some((s, k) => { const next = day[k + 1]; return next !== undefined && next.from < s.to; })) problems.push(t('or-problem-overlap', { n: i + 1, day: weekdayName(weekday) }));
    }
  }
  for (const [i, c] of h.closures.entries()) {
    if (c.to < c.from || (c.from_time !== null && c.to_time !== null && c.to_time <= c.from_time)) problems.push(t('or-problem-closure', { n: i + 1 }));
  }
  for (const [i, x] of h.extra.entries()) if (x.to <= x.from) problems.push(t('or-problem-extra', { n: i + 1 }));
  return problems;
}

/** As they are said to the desk. */
export const tidyHours = (h: SiteHours): SiteHours => ({
  ...h,
  weeks: h.weeks.map((w) => Object.assign({}, w, { spans: sorted(w.spans) })),
  closures: h.closures.map((c) => Object.assign({}, c, { reason: c.reason.trim() })).toSorted((a, b) => a.from.localeCompare(b.from)),
  extra: h.extra.map((x) => Object.assign({}, x, { reason: x.reason.trim() })).toSorted((a, b) => a.day.localeCompare(b.day) || a.from.localeCompare(b.from)),
});
