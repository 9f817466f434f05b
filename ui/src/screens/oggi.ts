// SPDX-License-Identifier: EUPL-1.2
// Oggi: the operator's home. Who is at the counter, who waits and since when, who is to come; one keystroke for each step.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Action } from '../actions.ts';
import { perform } from '../actions.ts';
import { announce, focusOn } from '../a11y.ts';
import { query } from '../bridge.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import '../parts/confirm.ts';
import { confirm } from '../parts/confirm.ts';
import { icon } from '../parts/icons.ts';
import { badge, button, empty, errorPanel, figure, kbd, loading, pageHeader, section, type Content } from '../parts/views.ts';
import { go, href } from '../router.ts';
import { run, useQuery } from '../store.ts';
import { fold } from '../text.ts';
import type { AppointmentRow, BoardView, DraftRow } from '../types.ts';
import { call, checkIn, close, miss, park, serve, stepBack } from './common/acts.ts';
import { FollowFocus } from './common/focus.ts';
import { openHit } from './common/open.ts';
import { appointmentBadge, entitlementBadge, nameLink, phoneText } from './common/words.ts';

type Lane = 'serving' | 'waiting' | 'parked' | 'late' | 'due' | 'missed' | 'done';
/** In the order in which somebody at the door is looked for. */
const LANES: readonly Lane[] = ['serving', 'waiting', 'parked', 'late', 'due', 'missed', 'done'];

const rowName = (row: AppointmentRow): string => `row-${row.id}`;

@customElement('sp-oggi')
export class SpOggi extends Screen {
  private readonly board = useQuery(this, () => ({ type: 'board', site: null, day: null }) as const);
  private readonly status = useQuery(this, () => ({ type: 'status' }) as const);
  private readonly focused = new FollowFocus(this);
  /** What was typed to find who has come. */
  @state() private typed = '';

  override connectedCallback(): void {
    super.connectedCallback();
    // The waiting minutes grow by themselves.
    const timer = setInterval(() => this.requestUpdate(), 20_000);
    this.until(() => clearInterval(timer));
  }

  override heading(): string {
    const day = this.board.data?.day;
    return day === undefined ? t('oggi') : t('oggi-title', { day: format.longDate(day) });
  }

  private mine(row: AppointmentRow): boolean {
    return row.desk !== null && row.desk.id === this.status.data?.desk.id;
  }

  /** Who is at this desk's counter; else whoever is at one. */
  private get here(): AppointmentRow | undefined {
    return this.board.data?.serving.find((r) => this.mine(r));
  }

  private lane(row: AppointmentRow): Lane | undefined {
    const { data } = this.board;
    return data && LANES.find((lane) => data[lane].some((r) => r.id === row.id));
  }

  /** The row where the focus is. */
  private get chosen(): AppointmentRow | undefined {
    const id = this.focused.current;
    const { data } = this.board;
    return id === null || data === undefined ? undefined : LANES.flatMap((lane) => data[lane]).find((r) => r.id === id);
  }

  private fits(row: AppointmentRow): boolean {
    const text = fold(`${row.name} ${row.code} ${row.code.replaceAll('-', '')} ${row.phone} ${format.wallTime(row.start)}`);
    return fold(this.typed).split(' ').every((w) => text.includes(w));
  }

  private shown(lane: Lane): AppointmentRow[] {
    const rows = this.board.data?.[lane] ?? [];
    return this.typed.trim() === '' ? rows : rows.filter((r) => this.fits(r));
  }

  /** What Enter does with a row: the next step of its way. */
  private next(row: AppointmentRow): { label: string; run: () => unknown } | null {
    const { name } = row;
    switch (this.lane(row)) {
      case 'due': case 'late': case 'missed':
        return row.status === 'cancelled' ? null : { label: t('oggi-enter-present', { name }), run: () => checkIn(row) };
      case 'waiting': case 'parked': return { label: t('oggi-enter-call', { name }), run: () => call(row) };
      case 'serving': return { label: t('oggi-enter-serve', { name }), run: () => this.toCounter(row) };
      default: return row.household === null ? null : { label: t('oggi-enter-open', { name }), run: () => go('/nucleo/:id', { id: row.household ?? undefined }) };
    }
  }

  private get found(): AppointmentRow[] {
    return this.typed.trim() === '' ? [] : LANES.flatMap((lane) => this.shown(lane));
  }

  private async enter(): Promise<void> {
    const row = this.found[0];
    const next = row && this.next(row);
    if (!next) return;
    await next.run();
    this.typed = '';
  }

  private async toCounter(row: AppointmentRow): Promise<void> {
    if (row.status === 'presented' || row.status === 'parked') await call(row);
    if (row.entitlement === null) await close(row);
    else serve(row);
  }

  private async callNext(): Promise<void> {
    const next = this.board.data?.waiting[0];
    if (next === undefined) {
      announce(t('oggi-nobody-waits'));
      return;
    }
    const here = this.here;
    if (here !== undefined && !(await confirm({ title: t('oggi-busy-title', { name: here.name }), consequence: t('oggi-busy', { name: here.name, next: next.name }), confirm: t('oggi-busy-do', { name: next.name }) }))) return;
    await call(next);
    await this.updateComplete;
    focusOn(this.querySelector<HTMLElement>(`[data-row="${CSS.escape(next.id)}"] :is(a[href],button)`));
  }

  override actions(): Action[] {
    const { data } = this.board;
    if (data === undefined) return [];
    const row = this.chosen;
    const lane = row && this.lane(row);
    const can = (...lanes: Lane[]): boolean => lane !== undefined && lanes.includes(lane) && row?.status !== 'cancelled';
    const atCounter = can('serving', 'waiting', 'parked') ? row : this.here;
    const parkable = can('serving', 'waiting') ? row : this.here;
    const next = data.waiting[0];
    return [
      { id: 'call-next', label: next === undefined ? t('call-next') : t('call-next-name', { name: next.name }), key: 'F2', icon: 'horn', kind: 'primary', disabled: next === undefined, run: () => this.callNext() },
      { id: 'present', label: t('present'), key: 'F3', icon: 'check', run: () => (row !== undefined && can('due', 'late', 'missed') ? checkIn(row) : this.toBox()) },
      { id: 'call', label: t('call'), key: 'F4', icon: 'horn', disabled: !can('waiting', 'parked', 'serving'), run: () => row && call(row) },
      { id: 'park', label: t('park'), key: 'F6', icon: 'minus-circle', disabled: parkable === undefined, run: () => parkable && park(parkable) },
      { id: 'miss', label: t('miss'), key: 'F8', icon: 'close-circle', disabled: !can('late', 'due'), run: () => row && miss(row) },
      { id: 'serve', label: t('serve'), key: 'F9', icon: 'box', disabled: atCounter === undefined, run: () => atCounter && this.toCounter(atCounter) },
      { id: 'step-back', label: t('step-back'), key: 'Ctrl+Backspace', icon: 'restore', disabled: row?.undoable !== true, run: () => row && stepBack(row) },
    ];
  }

  private toBox(): void {
    focusOn(this.querySelector<HTMLInputElement>('#oggi-who'));
  }

  /** A slip or a tessera of somebody of today is the next step of that row; the rest is opened as everywhere. */
  override scan(text: string): boolean {
    void perform({ label: `scan-${text}`, run: () => this.scanned(text) });
    return true;
  }

  private async scanned(text: string): Promise<void> {
    const answer = await query({ type: 'search', text, limit: 2 });
    const hit = answer.hits.find((h) => h.appointment !== null) ?? answer.hits[0];
    const { data } = this.board;
    if (hit === undefined || answer.understood === 'text') {
      this.typed = text;
      this.toBox();
      announce(t('scan-unknown', { text }), true);
      return;
    }
    const rows = data === undefined ? [] : (['serving', 'waiting', 'parked', 'late', 'due', 'missed'] as const).flatMap((l) => data[l]).filter((r) => r.status !== 'cancelled');
    const row = answer.understood === 'serial' ? undefined
      : hit.appointment === null ? rows.find((r) => r.household !== null && r.household === hit.household) : rows.find((r) => r.id === hit.appointment);
    if (row === undefined) {
      await openHit(hit);
      return;
    }
    if (row.status === 'booked' || row.status === 'missed') await checkIn(row);
    else if (row.status === 'called' && this.mine(row)) await this.toCounter(row);
    await this.updateComplete;
    focusOn(this.querySelector<HTMLElement>(`[data-row="${CSS.escape(row.id)}"] :is(a[href],button)`));
  }

  /** Up and down along the rows of all lists. */
  private move(e: KeyboardEvent): void {
    if (e.key !== 'ArrowDown' && e.key !== 'ArrowUp') return;
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    const rows = [...this.querySelectorAll<HTMLElement>('[data-row]')];
    const inBox = e.target instanceof HTMLInputElement;
    const at = rows.findIndex((r) => r.contains(document.activeElement));
    if (!inBox && at < 0) return;
    const to = rows[e.key === 'ArrowDown' ? at + 1 : at - 1];
    e.preventDefault();
    if (to === undefined) {
      if (e.key === 'ArrowUp') this.toBox();
      return;
    }
    focusOn(to.querySelector<HTMLElement>('a[href],button'));
  }

  private waited(row: AppointmentRow): Content {
    if (row.presented_at === null) return nothing;
    const minutes = (format.deskNow().getTime() - row.presented_at) / 60_000;
    return html`<span class="sp-oggi-waited" title=${t('oggi-since', { time: format.timeOf(row.presented_at) })}>${icon('clock')}${t('oggi-waits', { time: format.duration(minutes), since: format.timeOf(row.presented_at) })}</span>`;
  }

  private steps(row: AppointmentRow, lane: Lane): Action[] {
    const key = (what: string): string => `${what}-${row.id}`;
    const undo: Action[] = row.undoable ? [{ label: t('step-back'), icon: 'restore', kind: 'plain', focusKey: key('undo'), run: () => stepBack(row) }] : [];
    const present: Action = { label: t('present'), icon: 'check', focusKey: key('present'), run: () => checkIn(row) };
    const callIt: Action = { label: t('call'), icon: 'horn', focusKey: key('call'), run: () => call(row) };
    const parkIt: Action = { label: t('park'), kind: 'plain', focusKey: key('park'), run: () => park(row) };
    switch (lane) {
      case 'serving': return [{ label: row.entitlement === null ? t('close-do') : t('serve'), icon: 'box', kind: 'secondary', focusKey: key('serve'), run: () => this.toCounter(row) }, parkIt, ...undo];
      case 'waiting': return [callIt, parkIt, ...undo];
      case 'parked': return [callIt, ...undo];
      case 'late': return [present, { label: t('miss'), kind: 'plain', focusKey: key('miss'), run: () => miss(row) }];
      case 'due': return [present];
      case 'missed': return row.status === 'cancelled' ? undo : [present, ...undo];
      default: return undo;
    }
  }

  private row(row: AppointmentRow, lane: Lane): TemplateResult {
    const { entitlement_status: status } = row;
    return html`<li class="sp-oggi-row" data-row=${row.id} data-testid="oggi-row" data-lane=${lane}>
      <span class="sp-oggi-time">${format.wallTime(row.start)}</span>
      <div class="sp-oggi-who">
        ${nameLink(row, rowName(row))}
        <p class="sp-small">${[
          row.service_name,
          ...(row.remaining !== null && row.remaining > 0 ? [format.amount(row.remaining)] : []),
          ...(lane === 'serving' && row.desk !== null ? [this.mine(row) ? t('oggi-at-this-desk') : t('oggi-at-desk', { desk: row.desk.name })] : []),
          ...(row.reason !== '' && (lane === 'parked' || row.status === 'cancelled') ? [row.reason] : []),
        ].join(' · ')} ${phoneText(lane === 'late' || lane === 'missed' ? row.phone : '')}</p>
      </div>
      <div class="sp-oggi-state">
        ${lane === 'waiting' || lane === 'parked' || lane === 'serving' ? this.waited(row) : nothing}
        ${lane === 'missed' || lane === 'done' ? appointmentBadge(row) : nothing}
        ${lane === 'done' && status !== null ? entitlementBadge(status) : nothing}
        ${!row.here && row.entitlement !== null && status !== 'served' && lane !== 'done' ? badge('warning', t('not-here'), 'exchange-circle') : nothing}
        ${lane !== 'done' && status !== null && status !== 'due' ? entitlementBadge(status) : nothing}
      </div>
      <div class="sp-actions">${this.steps(row, lane).map((a) => button(a, true))}</div>
    </li>`;
  }

  private list(lane: Lane, none: string): TemplateResult {
    const rows = this.shown(lane);
    const all = this.board.data?.[lane].length ?? 0;
    if (rows.length === 0) return html`<p class="sp-oggi-none">${all > 0 ? t('oggi-none-match') : none}</p>`;
    return html`<ul class="sp-oggi-list" aria-label=${t(`oggi-${lane}`)}>${repeat(rows, (r) => r.id, (r) => this.row(r, lane))}</ul>`;
  }

  private lanes(lane: Lane, none: string): TemplateResult {
    const n = this.board.data?.[lane].length ?? 0;
    return section(t(`oggi-${lane}`), this.list(lane, none), { status: html`<span class="sp-count" data-testid="oggi-count-${lane}">${format.count(n)}</span>` });
  }

  private folded(lane: Lane): Content {
    const n = this.board.data?.[lane].length ?? 0;
    if (n === 0) return nothing;
    return html`<details class="sp-details" ?open=${this.typed.trim() !== '' && this.shown(lane).length > 0}><summary>${t(`oggi-${lane}`)} (${format.count(n)})</summary>${this.list(lane, '')}</details>`;
  }

  private drafts(rows: readonly DraftRow[]): Content {
    if (rows.length === 0) return nothing;
    return html`<section class="sp-oggi-drafts" aria-label=${t('drafts', { n: rows.length })}><p>${icon('pencil')} <strong>${t('drafts', { n: rows.length })}:</strong></p>
      <ul>${rows.map((d) => html`<li data-testid="draft">${d.name} <span class="sp-small">${t('draft-since', { when: format.ago(d.at) })}</span>
        ${button({ label: t('draft-take-up'), icon: 'arrow-right', focusKey: `draft-${d.entitlement}`, run: () => go('/consegna/:id', { id: d.entitlement }) }, true)}
        ${button({ label: t('draft-drop'), kind: 'plain', focusKey: `drop-${d.entitlement}`, run: () => this.drop(d) }, true)}</li>`)}</ul></section>`;
  }

  private async drop(d: DraftRow): Promise<void> {
    if (await confirm({ title: t('draft-drop-title', { name: d.name }), consequence: t('draft-drop-consequence'), confirm: t('draft-drop'), danger: true })) {
      await run({ type: 'keep_draft', entitlement: d.entitlement, draft: null });
      this.board.retry();
    }
  }

  private box(): TemplateResult {
    const first = this.found[0];
    const next = first && this.next(first);
    return html`<div class="sp-oggi-box">
      <label for="oggi-who">${t('oggi-who')}</label>
      <input id="oggi-who" data-testid="oggi-who" class="form-control" type="search" autocomplete="off" spellcheck="false" aria-describedby="oggi-who-hint" .value=${this.typed}
        @input=${(e: Event) => { this.typed = (e.target as HTMLInputElement).value; }}
        @keydown=${(e: KeyboardEvent) => {
          if (e.key === 'Enter') { e.preventDefault(); void perform({ label: 'oggi-enter', run: () => this.enter() }); }
          if (e.key === 'Escape' && this.typed !== '') { e.preventDefault(); e.stopPropagation(); this.typed = ''; }
        }}>
      <p class="sp-small" id="oggi-who-hint" role="status">${this.typed.trim() === '' ? t('oggi-who-hint')
        : next ? html`${kbd('Enter')} ${next.label}` : first ? t('oggi-over') : html`${t('oggi-who-nobody')} <a href=${href('/ricerca', { q: this.typed })}>${t('oggi-search-all')}</a>`}</p>
    </div>`;
  }

  private page(board: BoardView): TemplateResult {
    const longest = Math.max(0, ...board.waiting.map((r) => (r.presented_at === null ? 0 : (format.deskNow().getTime() - r.presented_at) / 60_000)));
    const nobody = LANES.every((lane) => board[lane].length === 0);
    return html`${this.drafts(board.drafts)}
      <div class="sp-oggi-top">${this.box()}
        <div class="sp-figures sp-oggi-figures">
          ${figure(format.count(board.waiting.length), t('oggi-figure-waiting'))}
          ${board.waiting.length === 0 ? nothing : figure(format.duration(longest), t('oggi-figure-longest'))}
          ${figure(format.count(board.due.length + board.late.length), t('oggi-figure-due'))}
          ${figure(format.count(board.delivered_today), t('oggi-figure-delivered'))}
          ${figure(format.count(board.vouchers_held), t('oggi-figure-vouchers'))}
        </div>
      </div>
      ${nobody ? empty(t('oggi-empty'), [{ label: t('book-new'), icon: 'calendar', run: () => go('/agenda') }], 'calendar') : html`<div class="sp-oggi-lanes" @keydown=${(e: KeyboardEvent) => this.move(e)}>
        <div>${this.lanes('serving', t('oggi-none-serving'))}${this.lanes('waiting', t('oggi-none-waiting'))}${board.parked.length > 0 ? this.lanes('parked', '') : nothing}</div>
        <div>${board.late.length > 0 ? this.lanes('late', '') : nothing}${this.lanes('due', t('oggi-none-due'))}${this.folded('missed')}${this.folded('done')}</div>
      </div>`}`;
  }

  override render(): unknown {
    const { data, error } = this.board;
    const lead = data === undefined ? undefined : `${data.site.name}${data.site.address === '' ? '' : ` · ${data.site.address}`}`;
    return html`${pageHeader({ title: this.heading(), ...(lead === undefined ? {} : { lead }), // Taking a step back is offered where the row is.
      actions: this.actions().filter((a) => a.id !== 'step-back') })}
      ${data ? this.page(data) : error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.board.retry() }] }) : loading()}`;
  }
}
