// SPDX-License-Identifier: EUPL-1.2
// The lists of Oggi: which there are, and how one of their rows and the head of the queue are shown.
import { html, nothing, type TemplateResult } from 'lit';
import { perform, type Action } from '../actions.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { icon } from '../parts/icons.ts';
import { badge, button, kbd, type Content } from '../parts/views.ts';
import { go } from '../router.ts';
import type { AppointmentRow, BoardView, DraftRow } from '../types.ts';
import { cameWith, forDesk, precedence, ticketText, wasCalled, whyNext } from './common/queue-words.ts';
import { appointmentBadge, entitlementBadge, nameLink, phoneText } from './common/words.ts';

export type Lane = 'serving' | 'waiting' | 'parked' | 'absent' | 'late' | 'due' | 'missed' | 'done';
/** In the order in which somebody at the door is looked for. */
export const LANES: readonly Lane[] = ['serving', 'waiting', 'parked', 'absent', 'late', 'due', 'missed', 'done'];
/** Those who came, and have a number. */
export const QUEUE: readonly Lane[] = ['serving', 'waiting', 'parked', 'absent'];

/** A list of the board. Who was called and did not come stands apart from who never came. */
export function rowsOf(board: BoardView, lane: Lane): AppointmentRow[] {
  if (lane === 'absent') return board.missed.filter(wasCalled);
  return lane === 'missed' ? board.missed.filter((r) => !wasCalled(r)) : board[lane];
}

const rowName = (row: AppointmentRow): string => `row-${row.id}`;
const minutesSince = (instant: number): number => (format.deskNow().getTime() - instant) / 60_000;

/** The longest that anybody who waits has waited, minutes. */
export const longestWait = (board: BoardView): number => Math.max(0, ...board.waiting.map((r) => (r.presented_at === null ? 0 : minutesSince(r.presented_at))));

function clock(row: AppointmentRow, lane: Lane): Content {
  if (lane === 'serving' && row.called_at !== null) {
    return html`<span class="sp-oggi-waited" title=${t('oggi-called-at', { time: format.timeOf(row.called_at) })}>${icon('clock')}${t('oggi-served-for', { time: format.duration(minutesSince(row.called_at)) })}</span>`;
  }
  if (row.presented_at === null || lane === 'absent') return nothing;
  return html`<span class="sp-oggi-waited" title=${t('oggi-since', { time: format.timeOf(row.presented_at) })}>${icon('clock')}${t('oggi-waits', { time: format.duration(minutesSince(row.presented_at)), since: format.timeOf(row.presented_at) })}</span>`;
}

export interface RowContext {
  lane: Lane;
  /** Name of the desk where it is, where that is another. */
  mine: boolean;
  /** Waits for this desk only. */
  forMe: boolean;
  /** Whoever this desk calls next. */
  next: boolean;
  steps: Action[];
}

/** One row: number or time, name and service, state, what can be done. */
export function oggiRow(row: AppointmentRow, { lane, mine, forMe, next, steps }: RowContext): TemplateResult {
  const { entitlement_status: status } = row;
  const queued = QUEUE.includes(lane);
  const about = [
    row.service_name,
    ...(row.remaining !== null && row.remaining > 0 ? [format.amount(row.remaining)] : []),
    ...(lane === 'serving' && row.desk !== null ? [mine ? t('oggi-at-this-desk') : t('oggi-at-desk', { desk: row.desk.name })] : []),
    ...(lane === 'absent' && row.called_at !== null ? [t('oggi-called-at', { time: format.timeOf(row.called_at) })] : []),
    ...(row.reason !== '' && (lane === 'parked' || lane === 'waiting' || row.status === 'cancelled') ? [row.reason] : []),
  ].join(' · ');
  return html`<li class="sp-oggi-row" data-row=${row.id} data-testid="oggi-row" data-lane=${lane}>
    <span class="sp-oggi-time">${queued && row.ticket !== null ? ticketText(row) : format.wallTime(row.start)}</span>
    <div class="sp-oggi-who">
      ${nameLink(row, rowName(row))}
      <p class="sp-small">${about} ${phoneText(lane === 'late' || lane === 'missed' || lane === 'absent' ? row.phone : '')}</p>
    </div>
    <div class="sp-oggi-state">
      ${next ? badge('success', t('oggi-next'), 'horn') : nothing}
      ${queued ? clock(row, lane) : nothing}
      ${queued ? cameWith(row) : nothing}
      ${lane === 'done' ? nothing : precedence(row)}
      ${lane === 'waiting' ? forDesk(row, forMe) : nothing}
      ${row.calls > 1 && (lane === 'serving' || lane === 'absent') ? badge('neutral', t('oggi-calls', { n: row.calls }), 'horn') : nothing}
      ${lane === 'missed' || lane === 'done' ? appointmentBadge(row) : nothing}
      ${lane === 'done' && status !== null ? entitlementBadge(status) : nothing}
      ${!row.here && row.entitlement !== null && status !== 'served' && lane !== 'done' ? badge('warning', t('not-here'), 'exchange-circle') : nothing}
      ${lane !== 'done' && status !== null && status !== 'due' ? entitlementBadge(status) : nothing}
    </div>
    <div class="sp-actions">${steps.map((a) => button(a, true))}</div>
  </li>`;
}

/** The head of the queue: the one main act of the screen, with whom it calls and why. */
export function nextPanel(board: BoardView, next: AppointmentRow | undefined, forMe: boolean, callNext: Action): TemplateResult {
  const others = board.waiting.length;
  return html`<section class="sp-next" aria-labelledby="oggi-next-title">
    <h2 class="visually-hidden" id="oggi-next-title">${t('oggi-next-title')}</h2>
    <button type="button" class="btn btn-primary sp-next-call" data-testid="call-next" data-focus-key="call-next" ?disabled=${callNext.disabled === true} aria-keyshortcuts="F2"
      @click=${() => void perform(callNext)}><span>${t('call-next')}</span>${kbd('F2')}</button>
    ${next === undefined
      ? html`<p class="sp-next-none" data-testid="next-none">${others === 0 ? t('oggi-none-waiting') : t('oggi-none-for-me', { n: others })}</p>`
      : html`<p class="sp-next-ticket" data-testid="next-ticket">${ticketText(next)}</p>
        <div class="sp-next-who"><p><strong data-testid="next-name">${next.name}</strong></p>
          <p class="sp-small">${next.service_name}${next.presented_at === null ? nothing : html` · ${t('oggi-waits', { time: format.duration(minutesSince(next.presented_at)), since: format.timeOf(next.presented_at) })}`}</p>
          <p class="sp-next-why" data-testid="next-why">${icon('info-circle')}<span>${whyNext(next, forMe, board)}</span></p></div>`}
  </section>`;
}

/** The day in figures, in one line. */
export function dayFigures(board: BoardView): TemplateResult {
  const rows: [string, string][] = [
    [t('oggi-figure-waiting'), format.count(board.waiting.length)],
    ...(board.waiting.length === 0 ? [] : [[t('oggi-figure-longest'), format.duration(longestWait(board))] as [string, string]]),
    [t('oggi-figure-serving'), format.count(board.serving.length)],
    [t('oggi-figure-due'), format.count(board.due.length + board.late.length)],
    [t('oggi-figure-done'), format.count(board.done.length)],
    [t('oggi-figure-delivered'), format.count(board.delivered_today)],
    [t('oggi-figure-vouchers'), format.count(board.vouchers_held)],
  ];
  return html`<dl class="sp-day-figures" data-testid="oggi-figures">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Deliveries that were begun and left. */
export function draftsBar(rows: readonly DraftRow[], drop: (d: DraftRow) => unknown): Content {
  if (rows.length === 0) return nothing;
  return html`<section class="sp-oggi-drafts" aria-label=${t('drafts', { n: rows.length })}><p>${icon('pencil')} <strong>${t('drafts', { n: rows.length })}:</strong></p>
    <ul>${rows.map((d) => html`<li data-testid="draft">${d.name} <span class="sp-small">${t('draft-since', { when: format.ago(d.at) })}</span>
      ${button({ label: t('draft-take-up'), icon: 'arrow-right', focusKey: `draft-${d.entitlement}`, run: () => go('/consegna/:id', { id: d.entitlement }) }, true)}
      ${button({ label: t('draft-drop'), kind: 'plain', focusKey: `drop-${d.entitlement}`, run: () => drop(d) }, true)}</li>`)}</ul></section>`;
}
