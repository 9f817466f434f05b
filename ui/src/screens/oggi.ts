// SPDX-License-Identifier: EUPL-1.2
// Oggi: the operator's home. Who is next and why, who is at the counter, who waits, who is to come; one keystroke for each step.
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
import { alert, button, empty, errorPanel, kbd, loading, pageHeader, section, type Content } from '../parts/views.ts';
import { go, href } from '../router.ts';
import { run, useQuery } from '../store.ts';
import { fold } from '../text.ts';
import type { AppointmentRow, BoardView, DraftRow } from '../types.ts';
import { call, checkIn, close, miss, park, serve, stepBack } from './common/acts.ts';
import { FollowFocus } from './common/focus.ts';
import { openHit } from './common/open.ts';
import { backInQueue, callAgain, callNext, dropPriority, notThere, printTicket } from './common/queue-acts.ts';
import './common/queue-dialogs.ts';
import { nextOf, numberedName } from './common/queue-words.ts';
import './common/walk-in.ts';
import type { WalkingIn } from './common/walk-in.ts';
import { dayFigures, draftsBar, LANES, nextPanel, oggiRow, rowsOf, type Lane } from './oggi-rows.ts';

/** What is asked about one row. */
type Asking = 'menu' | 'transfer' | 'priority' | 'service';

/** The acts that stand in the head. */
const HEAD: ReadonlySet<string> = new Set(['present', 'call', 'park', 'walk-in', 'miss', 'serve']);

@customElement('sp-oggi')
export class SpOggi extends Screen {
  private readonly board = useQuery(this, () => ({ type: 'board', site: null, day: null }) as const);
  private readonly status = useQuery(this, () => ({ type: 'status' }) as const);
  private readonly focused = new FollowFocus(this);
  /** What was typed to find who has come. */
  @state() private typed = '';
  @state() private walkingIn: WalkingIn | null = null;
  @state() private asking: { what: Asking; row: AppointmentRow } | null = null;

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

  private forMe(row: AppointmentRow): boolean {
    return row.for_desk !== null && row.for_desk.id === this.status.data?.desk.id;
  }

  /** Who is at this desk's counter. */
  private get here(): AppointmentRow | undefined {
    return this.board.data?.serving.find((r) => this.mine(r));
  }

  private lane(row: AppointmentRow): Lane | undefined {
    const { data } = this.board;
    return data && LANES.find((lane) => rowsOf(data, lane).some((r) => r.id === row.id));
  }

  /** The row where the focus is. */
  private get chosen(): AppointmentRow | undefined {
    const id = this.focused.current;
    const { data } = this.board;
    return id === null || data === undefined ? undefined : LANES.flatMap((lane) => rowsOf(data, lane)).find((r) => r.id === id);
  }

  private fits(row: AppointmentRow): boolean {
    const text = fold(`${row.name} ${row.ticket ?? ''} ${row.code} ${row.code.replaceAll('-', '')} ${row.phone} ${format.wallTime(row.start)}`);
    return fold(this.typed).split(' ').every((w) => text.includes(w));
  }

  private shown(lane: Lane): AppointmentRow[] {
    const { data } = this.board;
    const rows = data === undefined ? [] : rowsOf(data, lane);
    return this.typed.trim() === '' ? rows : rows.filter((r) => this.fits(r));
  }

  /** What Enter does with a row: the next step of its way. */
  private next(row: AppointmentRow): { label: string; run: () => unknown } | null {
    const { name } = row;
    switch (this.lane(row)) {
      case 'due': case 'late': case 'missed':
        return row.status === 'cancelled' ? null : { label: t('oggi-enter-present', { name }), run: () => checkIn(row) };
      case 'absent': return { label: t('oggi-enter-back', { name }), run: () => backInQueue(row) };
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
    const { data } = this.board;
    const next = data && nextOf(data);
    if (next === undefined) {
      announce(t('oggi-nobody-waits'));
      return;
    }
    const { here } = this;
    if (here !== undefined && !(await confirm({ title: t('oggi-busy-title', { name: here.name }), consequence: t('oggi-busy', { name: here.name, next: next.name }), confirm: t('oggi-busy-do', { name: next.name }) }))) return;
    const called = await callNext();
    if (called !== null) await this.focusRow(called.id);
  }

  private async focusRow(id: string): Promise<void> {
    await this.updateComplete;
    focusOn(this.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"] :is(a[href],button)`));
  }

  private ask(what: Asking, row: AppointmentRow | undefined): void {
    if (row !== undefined) this.asking = { what, row };
  }

  /** What can be done with a row besides its next step; each with its key. */
  private more(row: AppointmentRow, lane: Lane): Action[] {
    const at = (...lanes: Lane[]): boolean => lanes.includes(lane) && row.status !== 'cancelled';
    const actions: Action[] = [
      ...(at('waiting', 'serving', 'parked') ? [
        { id: 'transfer', label: t('transfer'), key: 'Alt+T', icon: 'exchange-circle', run: () => this.ask('transfer', row) } as const,
        { id: 'add-service', label: t('add-service'), key: 'Alt+S', icon: 'plus', run: () => this.ask('service', row) } as const,
      ] : []),
      ...(at('done') ? [{ id: 'add-service', label: t('add-service'), key: 'Alt+S', icon: 'plus', run: () => this.ask('service', row) } as const] : []),
      ...(at('waiting', 'parked', 'due', 'late', 'absent') ? [{ id: 'prioritise', label: t(row.priority === null ? 'prioritise' : 'prioritise-change'), key: 'Alt+P', icon: 'star-outline', run: () => this.ask('priority', row) } as const] : []),
      ...(at('waiting', 'parked', 'due', 'late', 'absent') && row.priority !== null ? [{ id: 'prioritise-drop', label: t('prioritise-drop'), icon: 'star-full', run: () => dropPriority(row) } as const] : []),
      ...(row.ticket === null ? [] : [{ id: 'ticket-print', label: t('ticket-print'), key: 'Alt+N', icon: 'print', run: () => printTicket(row.id) } as const]),
    ];
    return actions;
  }

  override actions(): Action[] {
    const { data } = this.board;
    if (data === undefined) return [];
    const row = this.chosen;
    const lane = row && this.lane(row);
    const can = (...lanes: Lane[]): boolean => lane !== undefined && lanes.includes(lane) && row?.status !== 'cancelled';
    const { here } = this;
    const atCounter = can('serving', 'waiting', 'parked') ? row : here;
    const callable = can('waiting', 'parked', 'serving', 'absent') ? row : row === undefined ? here : undefined;
    const parkable = can('serving', 'waiting') ? row : here;
    const missable = can('late', 'due') || (row !== undefined && can('serving') && this.mine(row)) ? row : row === undefined ? here : undefined;
    const about = row ?? here;
    const aboutLane = about && this.lane(about);
    return [
      this.callNextAction(data),
      { id: 'present', label: t('present'), key: 'F3', icon: 'check', run: () => (row !== undefined && can('due', 'late', 'missed') ? checkIn(row) : row !== undefined && can('parked', 'absent') ? backInQueue(row) : this.toBox()) },
      { id: 'call', label: t(callable?.status === 'called' ? 'call-again' : 'call'), key: 'F4', icon: 'horn', disabled: callable === undefined, run: () => callable && this.callRow(callable) },
      { id: 'park', label: t('park'), key: 'F6', icon: 'minus-circle', disabled: parkable === undefined, run: () => parkable && park(parkable) },
      { id: 'walk-in', label: t('walk-in'), key: 'F7', icon: 'plus', run: () => { this.walkingIn = { text: '' }; } },
      { id: 'miss', label: t('miss'), key: 'F8', icon: 'close-circle', disabled: missable === undefined, run: () => missable && (missable.status === 'called' ? notThere(missable) : miss(missable)) },
      { id: 'serve', label: t(atCounter !== undefined && atCounter.entitlement === null ? 'close-do' : 'serve'), key: 'F9', icon: 'box', disabled: atCounter === undefined, run: () => atCounter && this.toCounter(atCounter) },
      // These are offered where the row is.
      ...(about === undefined || aboutLane === undefined ? [] : this.more(about, aboutLane)),
      ...(about === undefined ? [] : [{ id: 'more', label: t('oggi-more'), key: 'Alt+M', icon: 'more-items', run: () => this.ask('menu', about) } as const]),
      { id: 'step-back', label: t('step-back'), key: 'Ctrl+Backspace', icon: 'restore', disabled: row?.undoable !== true, run: () => row && stepBack(row) },
    ];
  }

  private callNextAction(data: BoardView): Action {
    const next = nextOf(data);
    return { id: 'call-next', label: next === undefined ? t('call-next') : t('call-next-name', { name: numberedName(next) }), key: 'F2', icon: 'horn', kind: 'primary', disabled: next === undefined, run: () => this.callNext() };
  }

  private callRow(row: AppointmentRow): Promise<unknown> {
    return row.status === 'called' && this.mine(row) ? callAgain(row) : call(row);
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
    await this.focusRow(row.id);
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

  private steps(row: AppointmentRow, lane: Lane): Action[] {
    const key = (what: string): string => `${what}-${row.id}`;
    const undo: Action[] = row.undoable ? [{ label: t('step-back'), icon: 'restore', kind: 'plain', focusKey: key('undo'), run: () => stepBack(row) }] : [];
    const present: Action = { label: t('present'), icon: 'check', focusKey: key('present'), run: () => checkIn(row) };
    const back: Action = { label: t('back-in-queue'), kind: 'plain', focusKey: key('back'), run: () => backInQueue(row) };
    const callIt: Action = { label: t('call'), icon: 'horn', focusKey: key('call'), run: () => call(row) };
    const menu: Action = { label: t('oggi-more-short'), icon: 'more-items', kind: 'plain', focusKey: key('more'), run: () => this.ask('menu', row) };
    switch (lane) {
      case 'serving': {
        const serveIt: Action = { label: row.entitlement === null ? t('close-do') : t('serve'), icon: 'box', kind: 'secondary', focusKey: key('serve'), run: () => this.toCounter(row) };
        // Whoever stands at another counter is that desk's to call again.
        if (!this.mine(row)) return [menu];
        return [serveIt, { label: t('call-again'), icon: 'horn', focusKey: key('call'), run: () => callAgain(row) }, { label: t('not-there'), kind: 'plain', focusKey: key('miss'), run: () => notThere(row) }, menu];
      }
      case 'waiting': return [callIt, menu];
      case 'parked': return [callIt, back, menu];
      case 'absent': return [callIt, back, menu];
      case 'late': return [present, { label: t('miss'), kind: 'plain', focusKey: key('miss'), run: () => miss(row) }];
      case 'due': return [present];
      case 'missed': return row.status === 'cancelled' ? undo : [present, ...undo];
      default: return [...undo, { label: t('add-service'), icon: 'plus', kind: 'plain', focusKey: key('service'), run: () => this.ask('service', row) }];
    }
  }

  /** Everything that can be done with a row, in a list with its keys. */
  private menu(row: AppointmentRow): Action[] {
    const lane = this.lane(row) ?? 'done';
    // An id of its own: the same act may stand in the head, and is done once at a time.
    const then = (action: Action): Action => Object.assign({}, action, { id: `menu-${action.id}`, kind: 'secondary', run: () => { this.asking = null; return action.run(); } });
    const atMine = lane !== 'serving' || this.mine(row);
    return [
      ...(['waiting', 'serving'].includes(lane) && atMine ? [{ id: 'park', label: t('park'), key: 'F6', icon: 'minus-circle', run: () => park(row) } as const] : []),
      ...(atMine ? this.more(row, lane) : []),
      ...(row.undoable && atMine ? [{ id: 'step-back', label: t('step-back'), key: 'Ctrl+Backspace', icon: 'restore', run: () => stepBack(row) } as const] : []),
      ...(row.household === null ? [] : [{ id: 'open', label: t('open-nucleo'), icon: 'user', run: () => go('/nucleo/:id', { id: row.household ?? undefined }) } as const]),
    ].map(then);
  }

  private list(lane: Lane, none: string): TemplateResult {
    const { data } = this.board;
    const rows = this.shown(lane);
    const all = data === undefined ? 0 : rowsOf(data, lane).length;
    if (rows.length === 0) return html`<p class="sp-oggi-none">${all > 0 ? t('oggi-none-match') : none}</p>`;
    const items = repeat(rows, (r) => r.id, (r) => oggiRow(r, { lane, mine: this.mine(r), forMe: this.forMe(r), next: r.id === data?.next, steps: this.steps(r, lane) }));
    // Those who wait stand in an order that means something.
    return lane === 'waiting' ? html`<ol class="sp-oggi-list" aria-label=${t('oggi-waiting')}>${items}</ol>` : html`<ul class="sp-oggi-list" aria-label=${t(`oggi-${lane}`)}>${items}</ul>`;
  }

  private lanes(lane: Lane, none: string, hint?: string): TemplateResult {
    const n = this.board.data === undefined ? 0 : rowsOf(this.board.data, lane).length;
    return section(t(`oggi-${lane}`), this.list(lane, none), { status: html`<span class="sp-count" data-testid="oggi-count-${lane}">${format.count(n)}</span>${hint === undefined ? nothing : html`<span class="sp-small">${hint}</span>`}` });
  }

  private folded(lane: Lane): Content {
    const n = this.board.data === undefined ? 0 : rowsOf(this.board.data, lane).length;
    if (n === 0) return nothing;
    return html`<details class="sp-details" ?open=${this.typed.trim() !== '' && this.shown(lane).length > 0}><summary>${t(`oggi-${lane}`)} (${format.count(n)})</summary>${this.list(lane, '')}</details>`;
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
          this.move(e);
        }}>
      <p class="sp-small" id="oggi-who-hint" role="status">${this.typed.trim() === '' ? t('oggi-who-hint')
        : next ? html`${kbd('Enter')} ${next.label}` : first ? t('oggi-over') : html`${t('oggi-who-nobody')} <a href=${href('/ricerca', { q: this.typed })}>${t('oggi-search-all')}</a>`}</p>
      ${this.typed.trim() !== '' && first === undefined ? button({ id: 'walk-in-typed', label: t('walk-in'), icon: 'plus', run: () => { this.walkingIn = { text: this.typed }; } }, true) : nothing}
    </div>`;
  }

  /** A day that nobody closed is not forgotten. */
  private notClosed(): TemplateResult | typeof nothing {
    const days = this.status.data?.not_closed ?? [];
    const [first] = days;
    if (first === undefined) return nothing;
    return html`<div data-testid="not-closed">${alert({
      tone: 'warning', live: false, title: t('oggi-not-closed', { n: days.length, days: days.map((d) => format.date(d)).join(', ') }),
      actions: [{ id: 'close-it', label: t('oggi-close-it', { day: format.date(first) }), icon: 'check-circle', run: () => go('/chiusura', { giorno: first }) }],
    })}</div>`;
  }

  private page(board: BoardView): TemplateResult {
    const nobody = LANES.every((lane) => rowsOf(board, lane).length === 0);
    const next = nextOf(board);
    return html`${this.notClosed()}${draftsBar(board.drafts, (d) => this.drop(d))}
      ${dayFigures(board)}
      <div class="sp-oggi-top">${nextPanel(board, next, next !== undefined && this.forMe(next), this.callNextAction(board))}${this.box()}</div>
      ${nobody ? empty(t('oggi-empty'), [{ label: t('book-new'), icon: 'calendar', run: () => go('/agenda') }], 'calendar') : html`<div class="sp-oggi-lanes" @keydown=${(e: KeyboardEvent) => this.move(e)}>
        <div>${this.lanes('serving', t('oggi-none-serving'))}${this.lanes('waiting', t('oggi-none-waiting'), board.waiting.length > 1 ? t('oggi-in-order') : undefined)}${board.parked.length > 0 ? this.lanes('parked', '') : nothing}${rowsOf(board, 'absent').length > 0 ? this.lanes('absent', '') : nothing}</div>
        <div>${board.late.length > 0 ? this.lanes('late', '') : nothing}${this.lanes('due', t('oggi-none-due'))}${this.folded('missed')}${this.folded('done')}</div>
      </div>`}`;
  }

  private dialogs(): TemplateResult {
    const { asking } = this;
    const about = (what: Asking): AppointmentRow | null => (asking?.what === what ? asking.row : null);
    const end = (what: Asking) => (): void => { if (this.asking?.what === what) this.asking = null; };
    const menu = about('menu');
    // The list closes before what it leads to opens, so that the focus comes back to the row.
    return html`<sp-dialog class="sp-row-menu" .open=${menu !== null} .heading=${menu === null ? '' : numberedName(menu)} .body=${menu === null ? nothing : html`<p>${menu.service_name}</p>`}
        .actions=${menu === null ? [] : [...this.menu(menu), { label: t('go-back'), key: 'Escape', kind: 'plain' as const, run: end('menu') }]} @sp-close=${end('menu')}></sp-dialog>
      <sp-walk-in .open=${this.walkingIn} @sp-close=${() => { this.walkingIn = null; }}></sp-walk-in>
      <sp-transfer .open=${about('transfer')} @sp-close=${end('transfer')}></sp-transfer>
      <sp-priority .open=${about('priority')} @sp-close=${end('priority')}></sp-priority>
      <sp-add-service .open=${about('service')} @sp-close=${end('service')}></sp-add-service>`;
  }

  /** What stands in the head: the main act has its place at the head of the queue, and the acts of one row stand at the row. */
  private headActions(): Action[] {
    return this.actions().filter((a) => a.id !== undefined && HEAD.has(a.id));
  }

  override render(): unknown {
    const { data, error } = this.board;
    const lead = data === undefined ? undefined : `${data.site.name}${data.site.address === '' ? '' : ` · ${data.site.address}`}`;
    return html`${pageHeader({ title: this.heading(), ...(lead === undefined ? {} : { lead }), actions: this.headActions() })}
      ${data ? this.page(data) : error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.board.retry() }] }) : loading()}
      ${this.dialogs()}`;
  }
}
