// SPDX-License-Identifier: EUPL-1.2
// The lock screen: the page stays beneath as it was, and nothing of it shows. A modal dialog on top of all others, opaque,
// so that a dialog left open beneath can neither be seen nor reached.
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { layerChanged } from '../a11y.ts';
import { t } from '../i18n.ts';
import { pushScope } from '../keys.ts';
import { SpElement } from '../parts/base.ts';
import { icon } from '../parts/icons.ts';
import type { AppState } from '../types.ts';
import './login.ts';

/** Fires `sp-entered` with the new AppState. */
@customElement('sp-lock')
export class SpLock extends SpElement {
  @property({ type: Boolean }) locked = false;
  @property({ attribute: false }) app: AppState | null = null;
  @query('dialog') private dialog!: HTMLDialogElement;
  private pop: (() => void) | undefined;

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('locked')) return;
    if (this.locked && !this.dialog.open) {
      this.dialog.showModal();
      this.pop = pushScope({ actions: () => [], modal: true });
      layerChanged();
    } else if (!this.locked && this.dialog.open) {
      this.pop?.();
      this.dialog.close();
      layerChanged();
    }
  }

  /** A browser may close a dialog in spite of us (Esc twice): not this one. */
  private stay(): void {
    if (!this.locked) return;
    this.dialog.showModal();
    this.dialog.querySelector('input')?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pop?.();
  }

  override render(): unknown {
    return html`<dialog class="sp-lock" aria-labelledby="sp-lock-title" @cancel=${(e: Event) => e.preventDefault()}
      @keydown=${(e: KeyboardEvent) => { if (e.key === 'Escape') e.preventDefault(); }} @close=${() => this.stay()}>
      ${this.locked ? html`<div class="sp-lock-box">
        <h2 id="sp-lock-title" class="h3" tabindex="-1">${icon('lock')} ${t('lock-title')}</h2>
        <p>${t('lock-kept')}</p>
        <sp-login .app=${this.app} .unlocking=${true} @sp-entered=${(e: CustomEvent<AppState>) => this.dispatchEvent(new CustomEvent('sp-entered', { detail: e.detail }))}></sp-login>
        <sp-look></sp-look>
      </div>` : nothing}
    </dialog>`;
  }
}
