// SPDX-License-Identifier: EUPL-1.2
// Who is at the desk: name and passphrase. Also the form of the lock screen, where the name is known.
// No list of names: who works here is told to nobody who has not entered.
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import { AppError, login, unlock } from '../bridge.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import { validate } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { alert } from '../parts/views.ts';
import type { AppState } from '../types.ts';
import './forgotten.ts';

/** Fires `sp-entered` with the new AppState. */
@customElement('sp-login')
export class SpLogin extends SpElement {
  @property({ attribute: false }) app: AppState | null = null;
  /** Unlocking: the name is known; somebody else may enter instead. */
  @property({ attribute: false }) unlocking = false;

  @state() private username = '';
  @state() private passphrase = '';
  @state() private error: AppError | null = null;
  @state() private busy = false;
  @state() private somebodyElse = false;
  @state() private forgotten = false;

  protected override firstUpdated(): void {
    // The fields inside render a microtask later.
    queueMicrotask(() => this.querySelector<HTMLInputElement>('input')?.focus());
  }

  private async enter(e: Event): Promise<void> {
    e.preventDefault();
    if (this.busy || !validate(this)) return;
    this.busy = true;
    this.error = null;
    try {
      const known = this.unlocking && !this.somebodyElse;
      // A login that fails leaves the one who locked as they were: they can still unlock.
      const app = known ? await unlock(this.passphrase) : await login({ username: this.username.trim(), passphrase: this.passphrase });
      this.passphrase = '';
      this.dispatchEvent(new CustomEvent('sp-entered', { detail: app }));
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      this.passphrase = '';
      announce(this.error.message, true);
      void this.updateComplete.then(() => this.querySelector<HTMLInputElement>('sp-text[name=passphrase] input')?.focus());
    } finally {
      this.busy = false;
    }
  }

  private async change(): Promise<void> {
    this.somebodyElse = true;
    this.username = '';
    this.error = null;
    await this.updateComplete;
    queueMicrotask(() => this.querySelector<HTMLInputElement>('sp-text[name=username] input')?.focus());
  }

  /** Back from what can be done about a forgotten passphrase. */
  private async remembered(): Promise<void> {
    this.forgotten = false;
    await this.updateComplete;
    this.querySelector<HTMLElement>('[data-testid=login-forgotten]')?.focus();
  }

  override render(): unknown {
    const known = this.unlocking && !this.somebodyElse;
    if (this.forgotten) {
      return html`<sp-forgotten .username=${known ? (this.app?.session?.username ?? '') : this.username} @sp-close=${() => void this.remembered()}
        @sp-entered=${(e: CustomEvent<AppState>) => { this.forgotten = false; this.dispatchEvent(new CustomEvent('sp-entered', { detail: e.detail })); }}></sp-forgotten>`;
    }
    return html`<form class="sp-login" data-testid="login" novalidate @submit=${(e: Event) => void this.enter(e)}>
      ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
      ${known ? html`<p class="sp-login-who">${icon('user')}<strong>${this.app?.session?.name ?? ''}</strong></p>`
        : html`<sp-text name="username" data-testid="login-username" autocomplete="username" required .label=${t('login-username')} .value=${this.username}
            @sp-input=${(e: CustomEvent<{ value: string }>) => { this.username = e.detail.value; }}></sp-text>`}
      <sp-text type="password" name="passphrase" data-testid="login-passphrase" autocomplete="current-password" required .label=${t('login-passphrase')} .value=${this.passphrase}
        @sp-input=${(e: CustomEvent<{ value: string }>) => { this.passphrase = e.detail.value; }}></sp-text>
      <div class="sp-actions">
        <button type="submit" data-testid="login-enter" class="btn btn-primary btn-sm" aria-disabled=${this.busy ? 'true' : nothing}>${icon('unlocked')}<span>${this.busy ? t('login-opening') : t(known ? 'login-unlock' : 'login-enter')}</span></button>
        ${known ? html`<button type="button" class="btn btn-outline-primary btn-sm" @click=${() => void this.change()}>${t('login-somebody-else')}</button>` : nothing}
        <button type="button" data-testid="login-forgotten" class="btn btn-link btn-sm" @click=${() => { this.forgotten = true; }}>${t('login-forgotten')}</button>
      </div>
    </form>`;
  }
}
