// SPDX-License-Identifier: EUPL-1.2
// Language, theme, text size: at hand in the top bar, and on the first screens too.
import { html } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import { set_language } from '../bridge.ts';
import { language, setLanguage, t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import { TEXT_SIZES, setTextSize, setTheme, textSize, theme } from '../settings.ts';
import type { Language } from '../types.ts';

/** Changes the language of the pages and of the core's sentences. */
export function changeLanguage(next: Language): void {
  setLanguage(next);
  announce(t('language-changed'));
  // The core may not be there yet (first start): its sentences follow at the next call.
  set_language(next).catch(() => undefined);
}

@customElement('sp-look')
export class SpLook extends SpElement {
  @state() private size = textSize();

  private resize(direction: 1 | -1): void {
    const next = direction > 0 ? TEXT_SIZES.find((s) => s > this.size) : TEXT_SIZES.findLast((s) => s < this.size);
    if (next === undefined) return;
    setTextSize(next);
    this.size = next;
    announce(t('text-size-now', { n: next }));
  }

  override render(): unknown {
    const contrast = theme() === 'contrast';
    const other: Language = language() === 'it' ? 'en' : 'it';
    return html`<div class="sp-look" role="group" aria-label=${t('look')}>
      <button type="button" class="btn sp-bar-button" title=${t('text-smaller')} ?disabled=${this.size <= TEXT_SIZES[0]} @click=${() => this.resize(-1)}><span aria-hidden="true">A−</span><span class="visually-hidden">${t('text-smaller')}</span></button>
      <button type="button" class="btn sp-bar-button" title=${t('text-larger')} ?disabled=${this.size >= (TEXT_SIZES.at(-1) ?? 200)} @click=${() => this.resize(1)}><span aria-hidden="true">A+</span><span class="visually-hidden">${t('text-larger')}</span></button>
      <button type="button" class="btn sp-bar-button" aria-pressed=${contrast ? 'true' : 'false'} @click=${() => { setTheme(contrast ? 'light' : 'contrast'); this.requestUpdate(); }}>${t('theme-contrast')}</button>
      <button type="button" class="btn sp-bar-button" lang=${other} @click=${() => changeLanguage(other)}>${other === 'en' ? 'English' : 'Italiano'}</button>
    </div>`;
  }
}
