// SPDX-License-Identifier: EUPL-1.2
// Another key for this desk. `<sp-rotation-dialog>` stands once on the page; `ask(row)` opens it.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import type { Action } from '../actions.ts';
import { AppError, rotate_key } from '../bridge.ts';
import { dateTime } from '../format.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import '../parts/dialog.ts';
import { alert, facts } from '../parts/views.ts';
import { askAgain } from '../store.ts';
import type { DeskRow, KeyView } from '../types.ts';

@customElement('sp-rotation-dialog')
export class SpRotationDialog extends SpElement {
  @state() private of: DeskRow | null = null;
  @state() private busy = false;
  @state() private error: AppError | null = null;
  @state() private done: KeyView | null = null;

  ask(desk: DeskRow): void {
    this.of = desk;
    this.error = null;
    this.done = null;
  }

  private async rotate(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    try {
      this.done = await rotate_key();
      askAgain();
      announce(t('key-done', { n: this.done.number }));
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    } finally {
      this.busy = false;
    }
  }

  override render(): unknown {
    const { of, done } = this;
    const close = (): void => { this.of = null; };
    const actions: Action[] = of === null ? []
      : done !== null ? [{ id: 'key-close', label: t('close'), kind: 'primary', key: 'Escape', icon: 'check', run: close }]
      : [{ label: t('go-back'), key: 'Escape', run: close }, { id: 'key-rotate', label: t('key-do'), kind: 'primary', key: 'F2', icon: 'key', disabled: this.busy, run: () => this.rotate() }];
    return html`<sp-dialog data-testid="rotation-dialog" .open=${of !== null} .heading=${t('key-title')} @sp-close=${close}
      .body=${of === null ? nothing : html`
        ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
        ${done === null ? html`<p>${t('key-lead')}</p>
          ${facts([[t('key-now'), t('key-number', { n: of.key_number, since: dateTime(of.key_since) })]])}
          <p>${t('key-needs')}</p><p>${t('key-not-stolen')}</p>`
        : html`${alert({ tone: 'success', title: t('key-done', { n: done.number }), live: false })}<p>${t('key-after')}</p>`}`}
      .actions=${actions}></sp-dialog>`;
  }
}
