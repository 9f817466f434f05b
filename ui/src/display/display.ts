// SPDX-License-Identifier: EUPL-1.2
// The screen in the waiting room: the number and the desk, large, the calls of before, the clock. No names, no menu, no way into
// the desk. While the desk does not answer (locked, nobody at work) it goes on with what it last knew, and says since when.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { full_screen, on, query } from '../bridge.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import type { DisplayCall, DisplayView } from '../types.ts';
import { Bell } from './bell.ts';
import { clockOffset, newCalls, stillTrue } from './calls.ts';

/** Milliseconds between two questions, for what no event tells. */
const EVERY = 5000;
/** Milliseconds after an event: many records at once ask only once. */
const SOON = 200;
/** Milliseconds for which a call is shown as new. */
const FRESH = 12_000;
/** Without an answer for so long (milliseconds) the screen says how old it is. */
const OLD = 90_000;
/** Calls of before that are shown. */
const BEFORE = 5;

const same = (c: DisplayCall): string => `${c.ticket} ${c.desk}`;

@customElement('sp-display')
export class SpDisplay extends SpElement {
  @state() private view: DisplayView | null = null;
  @state() private fresh: readonly string[] = [];
  @state() private quietened = false;
  /** When the last answer came, by this machine. */
  private answeredAt = 0;
  private offset = 0;
  private readonly bell = new Bell();
  private soon: ReturnType<typeof setTimeout> | undefined;
  private calm: ReturnType<typeof setTimeout> | undefined;
  private asking = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = t('display-title');
    const clock = setInterval(() => this.requestUpdate(), 1000);
    const poll = setInterval(() => void this.ask(), EVERY);
    this.until(() => { clearInterval(clock); clearInterval(poll); clearTimeout(this.soon); clearTimeout(this.calm); });
    this.until(on('changed', () => { this.soon ??= setTimeout(() => void this.ask(), SOON); }));
    const wake = (): void => void this.wake();
    for (const event of ['keydown', 'pointerdown'] as const) {
      window.addEventListener(event, wake);
      this.until(() => window.removeEventListener(event, wake));
    }
    const keys = (e: KeyboardEvent): void => this.keydown(e);
    window.addEventListener('keydown', keys);
    this.until(() => window.removeEventListener('keydown', keys));
    this.until(() => this.bell.close());
    void this.wake();
    void this.ask();
  }

  private keydown(e: KeyboardEvent): void {
    if (e.key !== 'F11' && e.key !== 'Escape') return;
    e.preventDefault();
    // Where no window can be made larger the page stays as it is.
    full_screen(e.key === 'F11' ? null : false).catch(() => undefined);
  }

  private async wake(): Promise<void> {
    // A window may keep sounds back until somebody touches it; the promise then stays open, and is not waited for.
    void this.bell.wake().then(() => { this.quietened = !this.bell.ready; }).catch(() => { this.quietened = true; });
    await Promise.resolve();
    this.quietened = !this.bell.ready;
  }

  private async ask(): Promise<void> {
    this.soon = undefined;
    if (this.asking) return;
    this.asking = true;
    try {
      this.take(await query({ type: 'display' }));
    } catch {
      // The desk is locked, or nobody is at work: what was last known stays.
      this.requestUpdate();
    } finally {
      this.asking = false;
    }
  }

  private take(view: DisplayView): void {
    const called = newCalls(this.view, view);
    this.view = view;
    this.answeredAt = Date.now();
    this.offset = clockOffset(view);
    if (called.length === 0) return;
    this.bell.ring();
    this.fresh = called.map(same);
    clearTimeout(this.calm);
    this.calm = setTimeout(() => { this.fresh = []; }, FRESH);
  }

  private current(c: DisplayCall): TemplateResult {
    const isNew = this.fresh.includes(same(c));
    return html`<li class="sp-call ${isNew ? 'sp-call-new' : ''}" data-testid="display-call">
      <span class="sp-call-ticket"><span class="visually-hidden">${t('ticket')} </span>${c.ticket}</span>
      <span class="sp-call-arrow" aria-hidden="true">→</span>
      <span class="sp-call-desk">${c.desk}</span>
    </li>`;
  }

  private age(): TemplateResult | typeof nothing {
    const old = this.view !== null && Date.now() - this.answeredAt > OLD;
    return old ? html`<p data-testid="display-old">${t('display-as-of', { time: format.timeOf(this.answeredAt + this.offset) })}</p>` : nothing;
  }

  override render(): unknown {
    const machine = Date.now() + this.offset;
    const view = this.view === null ? null : stillTrue(this.view, format.dayOf(machine));
    const calls = view?.calls ?? [];
    const now = calls.filter((c) => c.current);
    const before = calls.filter((c) => !c.current).slice(0, BEFORE);
    const [first] = now;
    return html`<main class="sp-display" data-calls=${now.length > 3 ? 'many' : now.length > 2 ? 'some' : 'few'}>
      <header><h1>${view?.site ?? t('display-title')}</h1><p class="sp-display-clock" data-testid="display-clock">${format.timeOf(machine)}</p></header>
      <section class="sp-display-now" aria-labelledby="display-now"><h2 id="display-now">${t('display-now')}</h2>
        ${now.length === 0 ? html`<p class="sp-display-none">${t('display-none')}</p>` : html`<ul>${repeat(now, same, (c) => this.current(c))}</ul>`}
        <p class="visually-hidden" role="status">${first === undefined ? '' : t('display-said', { ticket: first.ticket, desk: first.desk })}</p>
      </section>
      <section class="sp-display-before" aria-labelledby="display-before"><h2 id="display-before">${t('display-before')}</h2>
        ${before.length === 0 ? html`<p>${t('display-no-before')}</p>` : html`<ul>${repeat(before, same, (c) => html`<li><span>${c.ticket}</span><span>${c.desk}</span></li>`)}</ul>`}
      </section>
      <footer><p data-testid="display-waiting">${t('display-waiting', { n: view?.waiting ?? 0 })}</p>
        ${this.age()}${this.quietened ? html`<p>${t('display-no-sound')}</p>` : nothing}</footer>
    </main>`;
  }
}
