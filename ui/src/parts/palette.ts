// SPDX-License-Identifier: EUPL-1.2
// Ctrl+K: one box that finds everything (people, codes, serials) and every command, while typing.
// The ARIA combobox pattern: the focus stays in the box, the arrows choose.
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce, uid } from '../a11y.ts';
import { t } from '../i18n.ts';
import { fold } from '../text.ts';
import { SpElement } from './base.ts';
import './dialog.ts';
import { icon, type Icon } from './icons.ts';
import { kbd, type Content } from './views.ts';

export interface Hit {
  id: string;
  title: string;
  /** What tells two alike apart: birth date, address, state. */
  detail?: Content;
  icon: Icon;
  key?: string;
  run: () => unknown;
}

/** Typing faster than this asks once. The core answers within a frame or two: this only spares work. */
const PAUSE = 60;

@customElement('sp-palette')
export class SpPalette extends SpElement {
  @property({ type: Boolean }) open = false;
  /** Text to begin with (a scan that nobody knew). */
  @property({ attribute: false }) text = '';
  /** Screens and actions that can be reached by name. */
  @property({ attribute: false }) commands: readonly Hit[] = [];
  /** Asks the core. */
  @property({ attribute: false }) search: (text: string) => Promise<readonly Hit[]> = () => Promise.resolve([]);

  /** What stands in the box. `text` is only what it begins with: what was typed the last time is gone when it opens again. */
  @state() private typed = '';
  @state() private found: readonly Hit[] = [];
  @state() private chosen = 0;
  @state() private asking = false;
  @state() private failed = '';
  private question = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly boxId = uid('palette');

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('open')) return;
    this.typed = this.open ? this.text : '';
    this.found = [];
    this.chosen = 0;
    this.failed = '';
    if (this.typed !== '') this.look(0);
    if (!this.open) clearTimeout(this.timer);
  }

  private hits(): Hit[] {
    const words = fold(this.typed).split(' ').filter(Boolean);
    const commands = this.commands.filter((c) => words.every((w) => fold(c.title).includes(w)));
    return [...this.found, ...(words.length === 0 ? this.commands : commands)].slice(0, 40);
  }

  private type(text: string): void {
    this.typed = text;
    this.chosen = 0;
    this.look(PAUSE);
  }

  private look(pause: number): void {
    clearTimeout(this.timer);
    const mine = ++this.question;
    const text = this.typed.trim();
    if (text.length < 2) {
      this.found = [];
      this.asking = false;
      return;
    }
    this.asking = true;
    this.timer = setTimeout(() => void this.answer(mine, text), pause);
  }

  private async answer(mine: number, text: string): Promise<void> {
    let found: readonly Hit[] = [];
    let failed = '';
    try {
      found = await this.search(text);
    } catch (thrown) {
      failed = thrown instanceof Error ? thrown.message : t('error-unexpected');
    }
    if (mine !== this.question) return;
    this.found = found;
    this.failed = failed;
    this.asking = false;
    if (failed === '') announce(t('palette-found', { n: this.hits().length }));
  }

  private readonly close = (): void => {
    this.dispatchEvent(new CustomEvent('sp-close'));
  };

  private choose(hit: Hit | undefined): void {
    if (hit === undefined) return;
    this.close();
    // The dialog gives the focus back first; then the command may take it elsewhere.
    void this.updateComplete.then(() => hit.run());
  }

  private keydown(e: KeyboardEvent, hits: readonly Hit[]): void {
    const last = hits.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: this.chosen >= last ? 0 : this.chosen + 1,
      ArrowUp: this.chosen <= 0 ? last : this.chosen - 1,
      PageDown: Math.min(last, this.chosen + 8),
      PageUp: Math.max(0, this.chosen - 8),
    };
    const move = moves[e.key];
    if (move !== undefined) {
      e.preventDefault();
      this.chosen = move;
      void this.updateComplete.then(() => document.getElementById(`${this.boxId}-${move}`)?.scrollIntoView?.({ block: 'nearest' }));
    } else if (e.key === 'Enter') {
      e.preventDefault();
      // A scan or a quick typist presses Enter before the answer is here: wait for it rather than open the wrong thing.
      if (this.asking) void this.afterAnswer().then(() => this.choose(this.hits()[this.chosen]));
      else this.choose(hits[this.chosen]);
    }
  }

  private async afterAnswer(): Promise<void> {
    for (let i = 0; this.asking && i < 100; i++) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  private body(): Content {
    const hits = this.hits();
    const id = this.boxId;
    return html`<div class="sp-palette">
      <label class="visually-hidden" for=${id}>${t('palette-label')}</label>
      <input id=${id} class="form-control" type="search" data-autofocus data-scan="accept" autocomplete="off" spellcheck="false" role="combobox" aria-expanded="true"
        aria-controls="${id}-list" aria-autocomplete="list" aria-activedescendant=${hits.length > 0 ? `${id}-${this.chosen}` : nothing} aria-describedby="${id}-hint"
        placeholder=${t('palette-placeholder')} .value=${this.typed}
        @input=${(e: Event) => this.type((e.target as HTMLInputElement).value)} @keydown=${(e: KeyboardEvent) => this.keydown(e, hits)}>
      <p class="sp-small" id="${id}-hint">${this.failed !== '' ? this.failed : this.asking ? t('palette-asking') : hits.length === 0 ? t('palette-nothing', { text: this.typed }) : t('palette-hint')}</p>
      <ul id="${id}-list" role="listbox" aria-label=${t('palette-list')}>${hits.map((hit, i) => html`<li id="${id}-${i}" role="option" aria-selected=${i === this.chosen ? 'true' : 'false'}
        @click=${() => this.choose(hit)}>${icon(hit.icon)}<span><strong>${hit.title}</strong>${hit.detail === undefined ? nothing : html`<span class="sp-small">${hit.detail}</span>`}</span>${
        hit.key === undefined ? nothing : kbd(hit.key)}</li>`)}</ul>
    </div>`;
  }

  override render(): unknown {
    return html`<sp-dialog .open=${this.open} .size=${'search'} .heading=${t('palette-title')} .body=${this.open ? this.body() : nothing} @sp-close=${this.close}></sp-dialog>`;
  }
}
