// SPDX-License-Identifier: EUPL-1.2
// What things are called: identifiers turned into the names that the reference gives.
import { count } from '../format.ts';
import { has, t } from '../i18n.ts';
import type { Icon } from '../parts/icons.ts';
import type { Tone } from '../parts/views.ts';
import type { Concern, EntityRef, ReferenceView } from '../types.ts';

/** What the reference depends on. */
export const REFERENCE_KINDS: readonly EntityRef['kind'][] = ['site', 'service', 'campaign', 'operator'];

/** The beginning of an identifier: what is shown while its name has not come. */
const short = (id: string): string => id.slice(0, 8);

export class Names {
  constructor(private readonly reference: ReferenceView | undefined) {}

  desk(id: string): string {
    return this.reference?.desks.find((d) => d.id === id)?.name ?? short(id);
  }
  operator(id: string): string {
    return this.reference?.operators.find((o) => o.id === id)?.name ?? short(id);
  }
  campaign(id: string): string {
    return this.reference?.campaigns.find((c) => c.id === id)?.name ?? short(id);
  }
  site(id: string): string {
    return this.reference?.sites.find((s) => s.id === id)?.name ?? short(id);
  }
}

/** A topic of a log, in words: `q2` → `Quartiere 2`. */
export function topicName(topic: string): string {
  const quartiere = /^q([1-5])$/.exec(topic)?.[1];
  if (quartiere !== undefined) return t('topic-quartiere', { n: quartiere });
  return has(`topic-${topic}`) ? t(`topic-${topic}`) : topic;
}

/** How much a desk or an exchange should worry: tone and word. */
export const CONCERN: Record<Concern, { tone: Tone; icon: Icon }> = {
  none: { tone: 'success', icon: 'check-circle' },
  warning: { tone: 'warning', icon: 'warning-circle' },
  error: { tone: 'danger', icon: 'error' },
};

/** How far a clock is from the centre's, in words; less than `SKEW` is nothing to speak of. */
export const SKEW = 60_000;
export function skewWords(milliseconds: number): string {
  const s = Math.round(Math.abs(milliseconds) / 1000);
  if (Math.abs(milliseconds) < SKEW) return t('skew-none');
  const m = Math.floor(s / 60);
  const far = m >= 2880 ? t('span-days', { n: Math.floor(m / 1440), shown: count(Math.floor(m / 1440)) })
    : m >= 120 ? t('span-hours', { n: Math.floor(m / 60) })
    : t('span-minutes', { n: m });
  return t(milliseconds > 0 ? 'skew-ahead' : 'skew-behind', { far });
}

/** The indicator as it is, never rounded up to what it has not reached: 9999 → `99,99 %`, 10000 → `100 %`. */
export function hundredths(value: number): string {
  const digits = value % 100 === 0 ? 0 : value % 10 === 0 ? 1 : 2;
  return `${(value / 100).toFixed(digits).replace('.', ',')}\u00a0%`;
}
