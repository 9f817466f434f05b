// SPDX-License-Identifier: EUPL-1.2
// The plain page of what comes before work: first start and login.
import { html, type TemplateResult } from 'lit';
import { t } from '../i18n.ts';
import type { Content } from '../parts/views.ts';
import type { AppState } from '../types.ts';
import './look.ts';

export function gate(app: AppState | null, title: string, body: Content): TemplateResult {
  return html`<div class="sp-gate">
    <header class="sp-top"><p class="sp-top-where"><strong>${app?.office ?? t('product')}</strong><span>${[app?.site, app?.desk].filter(Boolean).join(' · ')}</span></p><sp-look></sp-look></header>
    <main class="sp-gate-main"><h1 tabindex="-1">${title}</h1>${body}</main>
    <footer class="sp-gate-foot"><p class="sp-small">${t('product-long')} ${app?.version ?? ''}</p></footer>
  </div>`;
}
