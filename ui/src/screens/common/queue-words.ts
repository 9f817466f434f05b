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

/** Minutes that who came without an appointment waits before counting as having one (the core's `PATIENCE`). */
const PATIENCE = 30;
/** Minutes that who comes late keeps the time of the appointment (the core's `GRACE`). */
const GRACE = 10;

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

/** Why somebody is at their place, in a short sentence. `mine`: waits for this desk only. */
export function whyNext(row: AppointmentRow, mine: boolean): string {
  const here = mine ? `${t('why-for-desk')} ` : '';
  if (row.priority !== null) return here + t('why-priority', { priority: priorityName(row.priority.priority).toLowerCase() });
  const arrived = row.presented_at;
  if (row.calls > 0 || arrived === null) return here + t('why-called-before');
  const time = format.timeOf(arrived);
  if (row.walk_in) return here + t('why-walk-in', { time, counts: format.timeOf(arrived + PATIENCE * 60_000) });
  const [h, m] = format.wallTime(row.start).split(':');
  const start = format.wallTime(row.start);
  const late = format.dayOf(arrived) === row.start.slice(0, 10) && wallMinutes(arrived) > Number(h) * 60 + Number(m) + GRACE;
  return here + t(late ? 'why-late' : 'why-on-time', { start, time });
}

/** How somebody came: with an appointment, and when it was for, or without. */
export function cameWith(row: AppointmentRow): TemplateResult {
  if (row.visit !== null) return badge('neutral', t('same-visit'), 'plus');
  return row.walk_in ? badge('neutral', t('walk-in'), 'user') : badge('neutral', t('with-appointment', { time: format.wallTime(row.start) }), 'calendar');
}

/** Precedence and its reason. */
export function precedence(row: AppointmentRow): Content {
  if (row.priority === null) return nothing;
  const { priority, reason } = row.priority;
  return badge('warning', priority === 'other' && reason !== '' ? reason : t('precedence-of', { why: priorityName(priority) }), 'star-full');
}

/** The desk that is to serve, where only one may; `mine`: it is this one. */
export function forDesk(row: AppointmentRow, mine: boolean): Content {
  return row.for_desk === null ? nothing : badge(mine ? 'info' : 'neutral', mine ? t('for-this-desk') : t('for-desk', { desk: row.for_desk.name }), 'arrow-right');
}

/** The number, large, for a list. */
export const ticketText = (row: Pick<AppointmentRow, 'ticket'>): Content =>
  row.ticket === null ? nothing : html`<span class="visually-hidden">${t('ticket')} </span><span class="sp-ticket">${row.ticket}</span>`;
