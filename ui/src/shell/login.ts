// SPDX-License-Identifier: EUPL-1.2
// Who is at the desk: chosen from the list or typed, then the passphrase. Also the form of the lock screen.
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import { AppError, login } from '../bridge.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import { validate } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { alert } from '../parts/views.ts';
import type { AppState } from '../shell-types.ts';

/** Beyond this many names a list is slower than typing. */
const LIST_MAX = 12;

/** Fires `sp-entered` with the new AppState. */
@customElement('sp-login')
export class SpLogin extends SpElement {
  @property({ attribute: false }) app: AppState | null = null;
  /** Unlocking: the name is known; somebody else may enter instead. */
  @property({ attribute: false }) unlocking = false;

  @state() private username = '';
  @state() private passphrase = '';
  @state() private typed = false;
  @state() private error: AppError | null = null;
  @state() private busy = false;
  @state() private somebodyElse = false;

  override connectedCallback(): void {
    super.connectedCallback();
    const { app } = this;
    const list = app?.operators ?? [];
    this.typed = list.length === 0 || list.length > LIST_MAX;
    if (this.unlocking && app?.session) this.username = app.session.operator.username;
    else if (list.length === 1 && list[0]) this.username = list[0].username;
  }

  protected override firstUpdated(): void {
    // The fields inside render a microtask later.
    queueMicrotask(() => {
      const fields = [...this.querySelectorAll<HTMLInputElement>('input:not([type=radio])')];
      (fields.find((f) => f.value === '') ?? fields[0])?.focus();
    });
  }

  private async enter(e: Event): Promise<void> {
    e.preventDefault();
    if (this.busy || !validate(this)) return;
    this.busy = true;
    this.error = null;
    try {
      const app = await login({ username: this.username.trim(), passphrase: this.passphrase });
      this.passphrase = '';
      this.dispatchEvent(new CustomEvent('sp-entered', { detail: app }));
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      this.passphrase = '';
      announce(this.error.message, true);
      void this.updateComplete.then(() => this.querySelector<HTMLInputElement>('input[type=password]')?.focus());
    } finally {
      this.busy = false;
    }
  }

  private who(): unknown {
    const { app } = this;
    const setName = (e: CustomEvent<{ value: string | null }>): void => {
      this.username = e.detail.value ?? '';
    };
    if (this.unlocking && !this.somebodyElse) {
      return html`<p class="sp-login-who">${icon('user')}<strong>${app?.session?.operator.name ?? this.username}</strong></p>`;
    }
    if (this.typed) return html`<sp-text name="username" autocomplete="username" required .label=${t('login-username')} .value=${this.username} @sp-input=${setName}></sp-text>`;
    return html`<sp-radios required .label=${t('login-who')} .value=${this.username} @sp-change=${setName}
        .options=${(app?.operators ?? []).map((o) => ({ value: o.username, label: o.name, hint: t(`role-${o.role}`) }))}></sp-radios>
      <button type="button" class="btn btn-link btn-xs" @click=${() => { this.typed = true; this.username = ''; }}>${t('login-type-name')}</button>`;
  }

  override render(): unknown {
    return html`<form class="sp-login" novalidate @submit=${(e: Event) => void this.enter(e)}>
      ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
      ${this.who()}
      <sp-text type="password" name="passphrase" autocomplete="current-password" required .label=${t('login-passphrase')} .value=${this.passphrase}
        @sp-input=${(e: CustomEvent<{ value: string }>) => { this.passphrase = e.detail.value; }}></sp-text>
      <div class="sp-actions">
        <button type="submit" class="btn btn-primary btn-sm" aria-disabled=${this.busy ? 'true' : nothing}>${icon('unlocked')}<span>${this.busy ? t('login-opening') : t(this.unlocking ? 'login-unlock' : 'login-enter')}</span></button>
        ${this.unlocking && !this.somebodyElse ? html`<button type="button" class="btn btn-outline-primary btn-sm" @click=${() => { this.somebodyElse = true; this.username = ''; this.error = null; }}>${t('login-somebody-else')}</button>` : nothing}
      </div>
    </form>`;
  }
}
