// SPDX-License-Identifier: EUPL-1.2
// The foot bar always tells the truth about the exchange, and leads to its story.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import { on } from '../bridge.ts';
import { setDeskClock } from '../format.ts';
import { has, t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import { icon } from '../parts/icons.ts';
import type { Tone } from '../parts/views.ts';
import { href } from '../router.ts';
import type { Progress } from '../types.ts';
import { useQuery } from '../store.ts';
import { syncWords } from './sync-words.ts';

/** Work that says nothing for so long (milliseconds) is over, or was stopped. */
const SILENCE = 15_000;

/** What long work is called; work that these pages do not know yet has a name that always holds. */
export const workName = (work: string): string => (has(`work-${work}`) ? t(`work-${work}`) : t('work'));

@customElement('sp-footbar')
export class SpFootbar extends SpElement {
  // No dependencies: every act writes a record that waits to be sent.
  private readonly status = useQuery(this, () => ({ type: 'status' }) as const);
  @state() private work: Progress | null = null;
  private tone: Tone | null = null;
  private silence: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.until(on('sync', () => this.status.retry()));
    this.until(on('progress', (work) => {
      this.work = work.total > 0 && work.done >= work.total ? null : work;
      clearTimeout(this.silence);
      this.silence = setTimeout(() => { this.work = null; }, SILENCE);
    }));
    this.until(() => clearTimeout(this.silence));
    // "3 minuti fa" grows old by itself.
    const timer = setInterval(() => this.status.retry(), 30_000);
    this.until(() => clearInterval(timer));
  }

  /** Going from well to a warning is told, once; each exchange is not. */
  protected override updated(): void {
    const { data } = this.status;
    if (data === undefined) return;
    setDeskClock(data.now);
    const words = syncWords(data);
    const worse = words.tone === 'warning' || words.tone === 'danger';
    if (this.tone !== null && this.tone !== words.tone && worse) announce(`${words.state}. ${words.last}.`);
    this.tone = words.tone;
  }

  override render(): unknown {
    const { work } = this;
    const { data, error } = this.status;
    if (data === undefined) return html`<footer class="sp-foot" aria-label=${t('sync-region')}><span>${error ? error.message : t('sync-asking')}</span></footer>`;
    const words = syncWords(data);
    return html`<footer class="sp-foot sp-foot-${words.tone}" data-testid="footbar" aria-label=${t('sync-region')}>
      <a class="sp-foot-sync" href=${href('/scambi')}>
        ${icon(words.icon)}<strong>${words.state}</strong><span>${words.last}</span><span>${words.waiting}</span>${words.more.map((m) => html`<strong>${m}</strong>`)}
        ${words.tone === 'warning' || words.tone === 'danger' ? html`<span class="sp-foot-advice">${t('sync-what-to-do')}</span>` : nothing}
      </a>
      ${work === null ? nothing : html`<span class="sp-foot-work">${workName(work.work)} ${work.total === 0 ? nothing : html`<progress aria-label=${workName(work.work)} value=${work.done} max=${work.total}></progress>`}</span>`}
    </footer>`;
  }
}
