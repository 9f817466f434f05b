// SPDX-License-Identifier: EUPL-1.2
// How the queue is told: the number, how somebody came, why somebody is next. The order itself is the core's.
import { html, nothing, type TemplateResult } from 'lit';
import * as format from '../../format.ts';
import { t } from '../../i18n.ts';
import { badge, type Content } from '../../parts/views.ts';
import type { AppointmentRow, BoardView, Priority } from '../../types.ts';

/** In the order in which they are offered. */
export const PRIORITIES: readonly Priority[] = ['pregnancy', 'disability', 'age', 'children', 'urgency', 'other'];
export const priorityName = (priority: Priority): string => t(`priority-${priority}`);

/** Whoever this desk would call next. */
export const nextOf = (board: BoardView): AppointmentRow | undefined => board.waiting.find((r) => r.id === board.next);

/** Those of the missed who were called and did not come: they may be about. */
export const wasCalled = (row: AppointmentRow): boolean => row.status === 'missed' && row.calls > 0;

/** Number and name, as they are told to whoever works: `A05 · Bianchi Àgata`. */
export const numberedName = (row: Pick<AppointmentRow, 'ticket' | 'name'>): string => (row.ticket === null ? row.name : `${row.ticket} · ${row.name}`);

/** A wall time in Italy as minutes since an arbitrary day, to compare it with another one. */
const wallMinutes = (instant: number): number => {
  const [h, m] = format.timeOf(instant).split(':');
  return Number(h) * 60 + Number(m);
};

/** What the order goes by: the core says how long, and the page only tells it. */
export type Patience = Pick<BoardView, 'grace_minutes' | 'patience_minutes'>;

/** Why somebody is at their place, in a short sentence. `mine`: waits for this desk only. */
export function whyNext(row: AppointmentRow, mine: boolean, { grace_minutes, patience_minutes }: Patience): string {
  const here = mine ? `${t('why-for-desk')} ` : '';
  if (row.priority !== null) return here + t('why-priority', { priority: row.priority.priority === 'other' ? (precedenceText(row) ?? '') : priorityName(row.priority.priority).toLowerCase() });
  const arrived = row.presented_at;
  if (row.calls > 0 || arrived === null) return here + t('why-called-before');
  const time = format.timeOf(arrived);
  if (row.walk_in) return here + t('why-walk-in', { time, counts: format.timeOf(arrived + patience_minutes * 60_000) });
  const [h, m] = format.wallTime(row.start).split(':');
  const start = format.wallTime(row.start);
  const late = format.dayOf(arrived) === row.start.slice(0, 10) && wallMinutes(arrived) > Number(h) * 60 + Number(m) + grace_minutes;
  return here + t(late ? 'why-late' : 'why-on-time', { start, time });
}

/** How somebody came: with an appointment, and when it was for, or without. */
export function cameWith(row: AppointmentRow): TemplateResult {
  if (row.visit !== null) return badge('neutral', t('same-visit'), 'plus');
  return row.walk_in ? badge('neutral', t('walk-in'), 'user') : badge('neutral', t('with-appointment', { time: format.wallTime(row.start) }), 'calendar');
}

/** Why somebody goes before others, in words. */
export function precedenceText({ priority }: Pick<AppointmentRow, 'priority'>): string | undefined {
  if (priority === null) return undefined;
  return priority.priority === 'other' && priority.reason !== '' ? priority.reason : priorityName(priority.priority);
}

/** Precedence and its reason. */
export function precedence(row: AppointmentRow): Content {
  const why = precedenceText(row);
  return why === undefined ? nothing : badge('warning', t('precedence-of', { why }), 'star-full');
}

/** The desk that is to serve, where only one may; `mine`: it is this one. */
export function forDesk(row: AppointmentRow, mine: boolean): Content {
  return row.for_desk === null ? nothing : badge(mine ? 'info' : 'neutral', mine ? t('for-this-desk') : t('for-desk', { desk: row.for_desk.name }), 'arrow-right');
}

/** The number, large, for a list. */
export const ticketText = (row: Pick<AppointmentRow, 'ticket'>): Content =>
  row.ticket === null ? nothing : html`<span class="visually-hidden">${t('ticket')} </span><span class="sp-ticket">${row.ticket}</span>`;
