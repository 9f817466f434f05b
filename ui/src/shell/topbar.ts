// SPDX-License-Identifier: EUPL-1.2
// The top bar: which seat and desk this is, who works here, search, lock; and how the screen looks.
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import { icon } from '../parts/icons.ts';
import { kbd } from '../parts/views.ts';
import type { AppState } from '../types.ts';
import './look.ts';

/** Fires `sp-skip`, `sp-search`, `sp-passphrase`, `sp-lock`, `sp-logout`. */
@customElement('sp-topbar')
export class SpTopbar extends SpElement {
  @property({ attribute: false }) app: AppState | null = null;

  private fire(name: string): void {
    this.dispatchEvent(new CustomEvent(name));
  }

  override render(): unknown {
    const { app } = this;
    if (app === null) return html``;
    const { session } = app;
    return html`<header class="sp-top">
      <a class="sp-skip" href="#" @click=${(e: Event) => { e.preventDefault(); this.fire('sp-skip'); }}>${icon('arrow-right')}${t('skip')}</a>
      <p class="sp-top-where"><strong>${app.office ?? t('product')}</strong><span>${[app.site, app.desk].filter(Boolean).join(' · ')}</span></p>
      <button type="button" class="btn sp-bar-button sp-top-search" aria-keyshortcuts="Control+K" @click=${() => this.fire('sp-search')}>${icon('search')}<span>${t('search-all')}</span>${kbd('Ctrl+K')}</button>
      <sp-look></sp-look>
      <div class="sp-top-who">
        <p>${icon('user')}<span><strong>${session?.name ?? ''}</strong><span class="sp-top-role">${session ? t(`role-${session.role}`) : ''}</span></span></p>
        <button type="button" class="btn sp-bar-button" data-testid="own-passphrase" title=${t('own-passphrase')} @click=${() => this.fire('sp-passphrase')}>${icon('key')}<span>${t('own-passphrase-short')}</span></button>
        <button type="button" class="btn sp-bar-button" aria-keyshortcuts="Control+L" @click=${() => this.fire('sp-lock')}>${icon('lock')}<span>${t('lock')}</span>${kbd('Ctrl+L')}</button>
        <button type="button" class="btn sp-bar-button" @click=${() => this.fire('sp-logout')}>${icon('logout')}<span>${t('logout')}</span></button>
      </div>
    </header>`;
  }
}
