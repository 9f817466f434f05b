// SPDX-License-Identifier: EUPL-1.2
// The left menu, by role. In a narrow window it folds behind a button at the top of the page.
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import { icon } from '../parts/icons.ts';
import { href } from '../router.ts';
import { menuFor, type Route } from '../screens/registry.ts';
import type { Role } from '../types.ts';

@customElement('sp-menu')
export class SpMenu extends SpElement {
  @property({ attribute: false }) roleOf: Role = 'operator';
  /** Path of the screen that is shown. */
  @property({ attribute: false }) current = '';
  @state() private unfolded = false;

  private list(routes: readonly Route[], label: string): unknown {
    if (routes.length === 0) return nothing;
    return html`<ul class="link-list" aria-label=${label}>${routes.map((r) => r.menu && html`<li>
      <a class="list-item ${r.path === this.current ? 'active' : ''}" href=${href(r.path)} aria-current=${r.path === this.current ? 'page' : nothing} @click=${() => { this.unfolded = false; }}>
        ${icon(r.menu.icon)}<span>${t(r.menu.label)}</span></a></li>`)}</ul>`;
  }

  override render(): unknown {
    const routes = menuFor(this.roleOf);
    const of = (group: 'desk' | 'supervision'): Route[] => routes.filter((r) => r.menu?.group === group);
    return html`<nav class="sp-menu link-list-wrapper" aria-label=${t('menu')}>
      <button type="button" class="btn sp-menu-fold" aria-expanded=${this.unfolded ? 'true' : 'false'} @click=${() => { this.unfolded = !this.unfolded; }}>${icon('burger')}<span>${t('menu')}</span></button>
      <div class="sp-menu-lists ${this.unfolded ? 'sp-unfolded' : ''}">
        ${this.list(of('desk'), t('menu-desk'))}
        ${of('supervision').length > 0 ? html`<p class="sp-menu-group" aria-hidden="true">${t('menu-supervision')}</p>` : nothing}
        ${this.list(of('supervision'), t('menu-supervision'))}
      </div>
    </nav>`;
  }
}
