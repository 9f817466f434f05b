// SPDX-License-Identifier: EUPL-1.2
// A desk that was stopped (cloned, put back from a backup, revoked): what happened, what was kept, and the one way on.
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import type { Action } from '../actions.ts';
import { AppError, renew_identity } from '../bridge.ts';
import { count } from '../format.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import { validate } from '../parts/fields.ts';
import { alert, button, facts, section } from '../parts/views.ts';
import { askAgain } from '../store.ts';
import type { IdentityView, StatusView } from '../types.ts';

@customElement('sp-nuova-identita')
export class SpNuovaIdentita extends SpElement {
  @property({ attribute: false }) status: StatusView | undefined;
  @state() private code = '';
  @state() private busy = false;
  @state() private error: AppError | null = null;
  @state() private done: IdentityView | null = null;

  /** The one main action of the page while the desk is stopped. */
  action(): Action {
    return { id: 'renew-identity', label: t('ni-do'), key: 'F2', icon: 'key', kind: 'primary', disabled: this.busy, run: () => this.renew() };
  }

  private async renew(): Promise<void> {
    if (this.busy || !validate(this)) return;
    this.busy = true;
    this.error = null;
    try {
      this.done = await renew_identity(this.code.trim());
      this.code = '';
      askAgain();
      announce(t('ni-done', { desk: this.done.desk.name }));
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    } finally {
      this.busy = false;
    }
  }

  override render(): unknown {
    const { status: s, done } = this;
    if (done !== null) {
      return alert({ tone: 'success', title: t('ni-done', { desk: done.desk.name }), live: false, body: html`
        <p>${t('ni-carried', { n: done.carried, shown: count(done.carried) })}</p>
        ${done.custody === 0 ? nothing : html`<p>${t('ni-custody', { n: done.custody, shown: count(done.custody), before: done.before.name })}</p>`}
        <p>${t('ni-stock')}</p>` });
    }
    if (s === undefined || s.stopped === null) return nothing;
    return section(t('ni-title'), html`<div data-testid="renew-identity">
      ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
      ${facts([
        [t('ni-happened'), s.stopped.message],
        [t('ni-kept'), t('ni-kept-waiting', { n: s.waiting, shown: count(s.waiting) })],
      ])}
      <h3 class="h6">${t('sync-what-to-do')}</h3>
      <ol class="sp-tight"><li>${t('ni-step-other')}</li><li>${t('ni-step-code', { desk: s.desk.name })}</li><li>${t('ni-step-enter')}</li></ol>
      <form novalidate @submit=${(e: Event) => { e.preventDefault(); void this.renew(); }}>
        <sp-text required name="code" .label=${t('ni-code')} .hint=${t('ni-code-hint')} .value=${this.code} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.code = e.detail.value; }}></sp-text>
        ${button(this.action())}
      </form></div>`);
  }
}
