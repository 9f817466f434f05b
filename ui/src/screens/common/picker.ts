// SPDX-License-Identifier: EUPL-1.2
// Chooses a household while typing (the ARIA combobox pattern), or takes the name of somebody who is in no list.
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce, uid } from '../../a11y.ts';
import { AppError, query } from '../../bridge.ts';
import { t } from '../../i18n.ts';
import { SpElement } from '../../parts/base.ts';
import { icon } from '../../parts/icons.ts';
import { button } from '../../parts/views.ts';
import type { SearchHit } from '../../types.ts';
import { entitlementBadge } from './words.ts';

export interface Chosen {
  household: string;
  name: string;
  detail: string;
}

const PAUSE = 60;

/** Fires `sp-chosen` with a `Chosen`, or null when the choice is taken back. `sp-person` when the person is in no list (what was typed). */
@customElement('sp-picker')
export class SpPicker extends SpElement {
  @property({ attribute: false }) value: Chosen | null = null;
  @property({ attribute: false }) error = '';
  /** What it begins to look for. */
  @property({ attribute: false }) begin = '';
  @state() private text = '';
  @state() private hits: readonly SearchHit[] = [];
  @state() private active = 0;
  @state() private failed = '';
  @state() private answered = '';
  private question = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting: Promise<void> = Promise.resolve();
  private readonly boxId = uid('picker');

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('begin') && this.begin !== '') this.type(this.begin);
  }

  private type(text: string): void {
    this.text = text;
    this.active = 0;
    clearTimeout(this.timer);
    if (text.trim().length < 2) {
      this.question += 1;
      this.hits = [];
      this.answered = '';
      return;
    }
    this.timer = setTimeout(() => { this.waiting = this.ask(); }, PAUSE);
  }

  private async ask(): Promise<void> {
    clearTimeout(this.timer);
    const mine = ++this.question;
    const text = this.text.trim();
    try {
      const { hits } = await query({ type: 'search', text, limit: 8 });
      if (mine !== this.question) return;
      this.hits = hits.filter((h) => h.household !== null);
      this.failed = '';
    } catch (thrown) {
      if (mine !== this.question) return;
      this.hits = [];
      this.failed = AppError.from(thrown, t('error-unexpected')).message;
    }
    this.answered = text;
    announce(this.failed || t('palette-found', { n: this.hits.length }));
  }

  private choose(hit: SearchHit | undefined): void {
    if (hit?.household === null || hit === undefined) return;
    this.value = { household: hit.household, name: hit.title, detail: hit.detail };
    this.hits = [];
    this.text = '';
    announce(t('picker-chosen', { name: hit.title }));
    this.dispatchEvent(new CustomEvent('sp-chosen', { detail: this.value }));
  }

  private async enter(): Promise<void> {
    // A scan or a quick typist presses Enter before the answer is here.
    if (this.answered !== this.text.trim()) {
      this.waiting = this.ask();
      await this.waiting;
    }
    this.choose(this.hits[this.active]);
  }

  private keydown(e: KeyboardEvent): void {
    const { length } = this.hits;
    if (e.key === 'ArrowDown' && length > 0) this.active = (this.active + 1) % length;
    else if (e.key === 'ArrowUp' && length > 0) this.active = (this.active + length - 1) % length;
    else if (e.key === 'Enter' && this.text.trim() !== '') void this.enter();
    else return;
    e.preventDefault();
    e.stopPropagation();
  }

  private again(): void {
    this.value = null;
    this.dispatchEvent(new CustomEvent('sp-chosen', { detail: null }));
    void this.updateComplete.then(() => this.querySelector('input')?.focus());
  }

  override render(): unknown {
    const id = this.boxId;
    if (this.value !== null) {
      return html`<div class="sp-field"><p class="form-label">${t('picker-label')}</p>
        <p class="sp-picker-chosen">${icon('user')}<span><strong>${this.value.name}</strong> <span class="sp-small">${this.value.detail}</span></span>
        ${button({ label: t('picker-change'), kind: 'plain', run: () => this.again() }, true)}</p></div>`;
    }
    const nobody = this.answered !== '' && this.hits.length === 0 && this.failed === '';
    return html`<div class="sp-field sp-picker">
      <label class="form-label" for=${id}>${t('picker-label')}</label>
      <input id=${id} data-testid="picker" class="form-control ${this.error === '' ? '' : 'is-invalid'}" type="search" data-scan="accept" autocomplete="off" spellcheck="false" role="combobox"
        aria-expanded=${this.hits.length > 0 ? 'true' : 'false'} aria-controls="${id}-list" aria-autocomplete="list" aria-activedescendant=${this.hits.length > 0 ? `${id}-${this.active}` : nothing}
        aria-invalid=${this.error === '' ? nothing : 'true'} aria-describedby="${id}-hint" .value=${this.text}
        @input=${(e: Event) => this.type((e.target as HTMLInputElement).value)} @keydown=${(e: KeyboardEvent) => this.keydown(e)}>
      <ul id="${id}-list" class="sp-picker-list" role="listbox" aria-label=${t('picker-list')} ?hidden=${this.hits.length === 0}>${this.hits.map((h, i) => html`<li id="${id}-${i}" role="option" aria-selected=${i === this.active ? 'true' : 'false'}
        @click=${() => this.choose(h)}><strong>${h.title}</strong> <span class="sp-small">${h.detail}</span> ${h.status === null ? nothing : entitlementBadge(h.status)}</li>`)}</ul>
      <p class=${this.error === '' ? 'form-text' : 'sp-field-error'} id="${id}-hint">${this.error || this.failed || (nobody ? t('picker-nobody', { text: this.answered }) : t('picker-hint'))}</p>
      ${button({ label: t('picker-person'), kind: 'plain', icon: 'plus', run: () => this.dispatchEvent(new CustomEvent('sp-person', { detail: this.hits.length === 0 ? this.text.trim() : '' })) }, true)}
    </div>`;
  }
}
