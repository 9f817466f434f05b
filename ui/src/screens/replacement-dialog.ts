// SPDX-License-Identifier: EUPL-1.2
// A desk in the place of one that is no more: what happens at once, then the one-time code, shown once, to be printed or copied.
// `<sp-replacement-dialog>` stands once on the page; `replace(row)` opens it.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import type { Action } from '../actions.ts';
import { AppError, replace_desk } from '../bridge.ts';
import { count, dateTime } from '../format.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import '../parts/dialog.ts';
import { validate } from '../parts/fields.ts';
import { alert, facts } from '../parts/views.ts';
import { askAgain } from '../store.ts';
import type { DeskRow, ReplacementView } from '../types.ts';

@customElement('sp-replacement-dialog')
export class SpReplacementDialog extends SpElement {
  @state() private of: DeskRow | null = null;
  /** Of this asking: an answer that was lost is asked for again, and the code is the same. */
  private request = '';
  @state() private sure = false;
  @state() private busy = false;
  @state() private copied = false;
  @state() private error: AppError | null = null;
  @state() private done: ReplacementView | null = null;

  replace(desk: DeskRow): void {
    this.of = desk;
    this.request = crypto.randomUUID();
    this.sure = false;
    this.copied = false;
    this.error = null;
    this.done = null;
  }

  private readonly close = (): void => {
    this.of = null;
    // The code is nowhere any more.
    this.done = null;
  };

  private async save(): Promise<void> {
    const { of } = this;
    const home = this.querySelector('sp-dialog');
    if (of === null || this.busy || home === null || !validate(home)) return;
    this.busy = true;
    this.error = null;
    try {
      this.done = await replace_desk(this.request, of.id);
      askAgain();
      announce(t('rep-done', { desk: this.done.name }));
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    } finally {
      this.busy = false;
    }
  }

  private async copy(code: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(code);
      this.copied = true;
      announce(t('rep-copied'));
    } catch {
      // It stands on the screen, and can be printed.
      announce(t('rep-not-copied'), true);
    }
  }

  private answer(done: ReplacementView): unknown {
    return html`<div class="sp-printed">
      ${alert({ tone: 'success', title: t('rep-done', { desk: done.name }), live: false })}
      <p>${t('rep-code')}</p>
      <p class="sp-secret sp-mono" data-testid="replacement-code" data-autofocus tabindex="-1">${done.code}</p>
      ${facts([[t('rep-desk'), done.name], [t('rep-before'), done.before.name], [t('rep-until'), dateTime(done.expires_at)]])}
      <p><strong>${t('rep-once')}</strong></p>
      <ol class="sp-tight"><li>${t('rep-step-start')}</li><li>${t('rep-step-file')}</li><li>${t('rep-step-rights')}</li></ol>
    </div>`;
  }

  override render(): unknown {
    const { of, done } = this;
    const actions: Action[] = of === null ? []
      : done !== null ? [
        { id: 'rep-print', label: t('rep-print'), icon: 'print', kind: 'secondary', key: 'F7', run: () => window.print() },
        { id: 'rep-copy', label: t(this.copied ? 'rep-copied' : 'rep-copy'), icon: this.copied ? 'check' : 'copy', kind: 'secondary', key: 'F8', run: () => this.copy(done.code) },
        { id: 'rep-close', label: t('rep-noted'), kind: 'primary', key: 'F2', icon: 'check', run: this.close }]
      : [{ label: t('go-back'), key: 'Escape', run: this.close }, { id: 'rep-save', label: t('rep-do'), kind: 'primary', key: 'F2', icon: 'check', disabled: this.busy, run: () => this.save() }];
    return html`<sp-dialog data-testid="replacement-dialog" .open=${of !== null} .heading=${t('rep-title')} @sp-close=${this.close}
      .body=${of === null ? nothing : done !== null ? this.answer(done) : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
        ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
        <p>${t('rep-lead', { desk: of.name })}</p>
        ${of.revoked ? nothing : html`<p><strong>${t('rep-revokes', { desk: of.name })}</strong></p>`}
        <p>${t('rep-keeps', { n: of.waiting, shown: count(of.waiting) })}</p>
        <sp-check required data-autofocus name="sure" .label=${t('rep-sure', { desk: of.name })} .value=${this.sure} @sp-change=${(e: CustomEvent<{ value: boolean }>) => { this.sure = e.detail.value; }}></sp-check>
      </form>`}
      .actions=${actions}></sp-dialog>`;
  }
}
