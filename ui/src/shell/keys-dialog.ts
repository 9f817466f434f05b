// SPDX-License-Identifier: EUPL-1.2
// `?`: the keys of the screen, made from the very actions that they start.
import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import '../parts/dialog.ts';
import { kbd } from '../parts/views.ts';

@customElement('sp-keys')
export class SpKeys extends SpElement {
  @property({ type: Boolean }) open = false;
  /** Taken when the dialog opens, before it stands on top. */
  @property({ attribute: false }) actions: readonly Action[] = [];

  override render(): unknown {
    const general: [string, string][] = [
      ['Enter', t('keys-enter')], ['Escape', t('keys-escape')], ['/', t('keys-filter')], ['PageDown', t('keys-page')], ['ArrowDown', t('keys-rows')],
    ];
    const rows = [...this.actions.filter((a) => a.key !== undefined).map((a): [string, string] => [a.key ?? '', a.label]), ...general];
    const seen = new Set<string>();
    // One line for each key and for each act: F1 is also `?`.
    const unique = rows.filter(([key, label]) => !seen.has(key) && !seen.has(label) && seen.add(key).add(label));
    return html`<sp-dialog .open=${this.open} .heading=${t('keys-title')} .body=${this.open ? html`<table class="table table-sm">
      <caption class="visually-hidden">${t('keys-title')}</caption>
      <thead class="visually-hidden"><tr><th scope="col">${t('keys-key')}</th><th scope="col">${t('keys-what')}</th></tr></thead>
      <tbody>${unique.map(([key, label]) => html`<tr><th scope="row">${kbd(key)}</th><td>${label}</td></tr>`)}</tbody></table>
      <p class="sp-small">${t('keys-scan')}</p>` : nothing}
      .actions=${this.open ? [{ label: t('close'), key: 'Escape', run: () => this.dispatchEvent(new CustomEvent('sp-close')) }] : []}
      @sp-close=${() => this.dispatchEvent(new CustomEvent('sp-close'))}></sp-dialog>`;
  }
}
