// SPDX-License-Identifier: EUPL-1.2
// One's own passphrase: changed by typing the one before, so that whoever finds a desk open cannot make it theirs.
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce, focusOn } from '../a11y.ts';
import { AppError } from '../bridge.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import '../parts/dialog.ts';
import { validate } from '../parts/fields.ts';
import '../parts/new-passphrase.ts';
import { NOT_CHOSEN, type Chosen, type SpNewPassphrase } from '../parts/new-passphrase.ts';
import { alert } from '../parts/views.ts';
import { act } from '../screens/common/acts.ts';

/** `<sp-passphrase .open=${…} @sp-close=${…}>`. */
@customElement('sp-passphrase')
export class SpPassphrase extends SpElement {
  @property({ type: Boolean }) open = false;
  @state() private old = '';
  @state() private chosen: Chosen = NOT_CHOSEN;
  @state() private error: AppError | null = null;

  /** Nothing typed outlives the dialog. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open')) return;
    this.old = '';
    this.chosen = NOT_CHOSEN;
    this.error = null;
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent('sp-close'));
  }

  private async save(): Promise<void> {
    if (!validate(this) || this.querySelector<SpNewPassphrase>('sp-new-passphrase')?.sound() !== true) return;
    this.error = null;
    try {
      await act({ type: 'change_passphrase', old: this.old, new: this.chosen.passphrase }, t('own-passphrase-done'));
      this.close();
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      this.old = '';
      announce(this.error.message, true);
      void this.updateComplete.then(() => focusOn(this.querySelector<HTMLElement>('[name=old] input')));
    }
  }

  override render(): unknown {
    const body = this.open ? html`<form novalidate @submit=${(e: Event) => { e.preventDefault(); void this.save(); }}>
      ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
      <p>${t('own-passphrase-lead')}</p>
      <sp-text required name="old" type="password" autocomplete="current-password" data-autofocus .label=${t('own-passphrase-old')} .value=${this.old} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.old = e.detail.value; }}></sp-text>
      <sp-new-passphrase .label=${t('passphrase-new')} .hint=${t('passphrase-hint')} .value=${this.chosen} @sp-chosen=${(e: CustomEvent<Chosen>) => { this.chosen = e.detail; }}></sp-new-passphrase>
    </form>` : nothing;
    return html`<sp-dialog .open=${this.open} .heading=${t('own-passphrase')} .body=${body} @sp-close=${() => this.close()}
      .actions=${this.open ? [
        { label: t('go-back'), key: 'Escape', run: () => this.close() },
        { id: 'save-passphrase', label: t('own-passphrase-do'), kind: 'primary' as const, key: 'F2', icon: 'check' as const, run: () => this.save() },
      ] : []}></sp-dialog>`;
  }
}
