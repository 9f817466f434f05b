// SPDX-License-Identifier: EUPL-1.2
// A passphrase is forgotten: what can be done, and the form for the second way, the recovery key of this desk.
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce, focusOn } from '../a11y.ts';
import { AppError, recover } from '../bridge.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import { validate } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import '../parts/new-passphrase.ts';
import { NOT_CHOSEN, type Chosen, type SpNewPassphrase } from '../parts/new-passphrase.ts';
import { alert, button } from '../parts/views.ts';

/** What is wrong is the person's name, not the key. */
const OF_PERSON = new Set(['unknown_operator', 'operator_barred']);

/** Fires `sp-entered` with the new AppState, `sp-close` when the person goes back. */
@customElement('sp-forgotten')
export class SpForgotten extends SpElement {
  /** Whose passphrase it is, when that is known. */
  @property({ attribute: false }) username = '';
  @state() private key = '';
  @state() private chosen: Chosen = NOT_CHOSEN;
  @state() private error: AppError | null = null;
  @state() private busy = false;

  protected override firstUpdated(): void {
    focusOn(this.querySelector<HTMLElement>('h2'));
  }

  private async open(e: Event): Promise<void> {
    e.preventDefault();
    if (this.busy || !validate(this) || this.querySelector<SpNewPassphrase>('sp-new-passphrase')?.sound() !== true) return;
    this.busy = true;
    this.error = null;
    try {
      const app = await recover({ username: this.username.trim(), recovery_key: this.key, passphrase: this.chosen.passphrase });
      this.key = '';
      this.chosen = NOT_CHOSEN;
      this.dispatchEvent(new CustomEvent('sp-entered', { detail: app }));
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
      const field = OF_PERSON.has(this.error.code) ? 'username' : 'key';
      void this.updateComplete.then(() => focusOn(this.querySelector<HTMLElement>(`[name=${field}] input`)));
    } finally {
      this.busy = false;
    }
  }

  override render(): unknown {
    return html`<section class="sp-forgotten" data-testid="forgotten">
      <h2 class="h5" tabindex="-1">${t('forgotten-title')}</h2>
      <p>${t('forgotten-lead')}</p>
      <h3 class="h6">${t('forgotten-ask')}</h3>
      <p>${t('forgotten-ask-how')}</p>
      <h3 class="h6">${t('forgotten-key')}</h3>
      <p>${t('forgotten-key-how')}</p>
      <form novalidate @submit=${(e: Event) => void this.open(e)}>
        ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
        <sp-text name="username" autocomplete="username" required .label=${t('login-username')} .value=${this.username} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.username = e.detail.value; }}></sp-text>
        <sp-text name="key" type="password" autocomplete="off" mono required .label=${t('forgotten-key-label')} .hint=${t('forgotten-key-hint')} .value=${this.key} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.key = e.detail.value; }}></sp-text>
        <sp-new-passphrase .label=${t('passphrase-new')} .hint=${t('passphrase-hint')} .value=${this.chosen} @sp-chosen=${(e: CustomEvent<Chosen>) => { this.chosen = e.detail; }}></sp-new-passphrase>
        <p class="sp-small">${t('forgotten-trace')}</p>
        <div class="sp-actions">
          <button type="submit" data-testid="recover" class="btn btn-primary btn-sm" aria-disabled=${this.busy ? 'true' : nothing}>${icon('key')}<span>${t(this.busy ? 'login-opening' : 'forgotten-do')}</span></button>
          ${button({ id: 'forgotten-back', label: t('go-back'), icon: 'arrow-left', run: () => this.dispatchEvent(new CustomEvent('sp-close')) })}
        </div>
      </form>
    </section>`;
  }
}
