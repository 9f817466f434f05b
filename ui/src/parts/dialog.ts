// SPDX-License-Identifier: EUPL-1.2
// The native <dialog> does what a modal must (top layer, the rest inert, Esc); bootstrap-italia gives it its look.
// We add: the focus returns where it was, the keys beneath rest, scans do not pass.
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { focusOn, layerChanged, uid } from '../a11y.ts';
import { t } from '../i18n.ts';
import { pushScope } from '../keys.ts';
import { SpElement } from './base.ts';
import { icon } from './icons.ts';
import { button, type Content } from './views.ts';

/**
 * `<sp-dialog .open=${…} .heading=${…} .body=${html`…`} .actions=${[…]} @sp-close=${…}>`.
 * `sp-close` fires on Esc and on the cross; the host then sets `open` to false. Give fields `data-autofocus` to begin there.
 */
@customElement('sp-dialog')
export class SpDialog extends SpElement {
  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) heading = '';
  @property({ attribute: false }) body: Content = nothing;
  @property({ attribute: false }) actions: Action[] = [];
  @property({ attribute: false }) size: 'normal' | 'large' | 'search' = 'normal';
  /** Offered the scans while the dialog is up. */
  @property({ attribute: false }) scan?: (text: string) => boolean;

  @query('dialog') private dialog!: HTMLDialogElement;
  private readonly titleId = uid('dialog');
  private cameFrom: HTMLElement | null = null;
  private popScope: (() => void) | undefined;

  private readonly close = (): void => {
    this.dispatchEvent(new CustomEvent('sp-close', { bubbles: false }));
  };

  /** Esc closes, also from a search field, where the browser would only empty it. */
  private keydown(e: KeyboardEvent): void {
    if (e.key !== 'Escape' || e.defaultPrevented) return;
    e.preventDefault();
    this.close();
  }

  override render(): unknown {
    return html`<dialog class="sp-dialog sp-dialog-${this.size}" aria-labelledby=${this.titleId}
      @cancel=${(e: Event) => { e.preventDefault(); this.close(); }}
      @keydown=${(e: KeyboardEvent) => this.keydown(e)}
      @close=${() => { if (this.open) this.close(); }}>
      ${this.open ? html`<div class="modal-content">
        <div class="modal-header">
          <h2 class="modal-title h5" id=${this.titleId} tabindex="-1">${this.heading}</h2>
          <button type="button" class="btn sp-icon-button" aria-label=${t('close')} @click=${this.close}>${icon('close')}</button>
        </div>
        <div class="modal-body">${this.body}</div>
        ${this.actions.length > 0 ? html`<div class="modal-footer sp-actions">${this.actions.map((a) => button(a))}</div>` : nothing}
      </div>` : nothing}
    </dialog>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open') || this.open === this.dialog.open) return;
    if (this.open) {
      this.cameFrom = document.activeElement as HTMLElement | null;
      this.dialog.showModal();
      layerChanged();
      this.popScope = pushScope({
        actions: () => this.actions,
        modal: true,
        ...(this.scan === undefined ? {} : { scan: (text: string) => this.scan?.(text) ?? false }),
      });
      // Fields render a moment later than the dialog.
      void Promise.resolve().then(() => this.focusFirst());
    } else {
      this.leave();
    }
  }

  private focusFirst(): void {
    const wanted = this.dialog.querySelector<HTMLElement>('[data-autofocus]:is(input,button,select,textarea), [data-autofocus] :is(input,button,select,textarea)');
    focusOn(wanted ?? this.dialog.querySelector<HTMLElement>('.modal-title'));
  }

  private leave(): void {
    this.popScope?.();
    this.popScope = undefined;
    if (this.dialog.open) this.dialog.close();
    layerChanged();
    const before = this.cameFrom;
    this.cameFrom = null;
    if (before?.isConnected === true) before.focus();
    else focusOn(document.querySelector<HTMLElement>('h1'));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.popScope?.();
    this.popScope = undefined;
  }
}
