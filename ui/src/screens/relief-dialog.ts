// SPDX-License-Identifier: EUPL-1.2
// Taking one right, or all that a dead desk holds, for another desk: a supervisor's, after a look at the place. `<sp-relief-dialog>` stands once on the page;
// `relieve(from, entitlement)` opens it, for all that the desk holds when no entitlement is named.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import type { Action } from '../actions.ts';
import { AppError } from '../bridge.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import '../parts/dialog.ts';
import { validate } from '../parts/fields.ts';
import { alert } from '../parts/views.ts';
import { useQuery } from '../store.ts';
import { act } from './common/acts.ts';
import { Names, REFERENCE_KINDS } from './names.ts';

interface Named { id: string; name: string }

@customElement('sp-relief-dialog')
export class SpReliefDialog extends SpElement {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  @state() private of: { from: Named; entitlement: string | null } | null = null;
  @state() private to: string | null = null;
  @state() private reason = '';
  @state() private checked = false;
  @state() private error: AppError | null = null;

  /** `to`: the desk that came in the place of the dead one, to begin with. */
  relieve(from: Named, entitlement: string | null = null, to: string | null = null): void {
    this.of = { from, entitlement };
    this.to = to;
    this.reason = '';
    this.checked = false;
    this.error = null;
  }

  private async save(): Promise<void> {
    const { of, to, checked } = this;
    const home = this.querySelector('sp-dialog');
    if (of === null || home === null || !validate(home) || to === null) return;
    const reason = this.reason.trim();
    this.error = null;
    try {
      await act(
        of.entitlement === null ? { type: 'relieve_desk', desk: of.from.id, to, reason, checked } : { type: 'relieve_custody', entitlement: of.entitlement, to, reason, checked },
        t('relief-done', { from: of.from.name, to: new Names(this.reference.data).desk(to) }),
      );
      this.of = null;
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  override render(): unknown {
    const { of } = this;
    const close = (): void => { this.of = null; };
    const desks = (this.reference.data?.desks ?? []).filter((d) => !d.revoked && d.id !== of?.from.id);
    return html`<sp-dialog data-testid="relief-dialog" .open=${of !== null} .heading=${t('relief-title')} @sp-close=${close}
      .body=${of === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
        ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
        <p>${t(of.entitlement === null ? 'relief-all' : 'relief-one', { desk: of.from.name })}</p>
        <sp-select required data-autofocus name="desk" .label=${t('relief-to')} .value=${this.to} .options=${desks.map((d) => ({ value: d.id, label: `${d.name} (${d.site_name})` }))} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.to = e.detail.value; }}></sp-select>
        <sp-textarea required name="reason" .label=${t('reason')} .value=${this.reason} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.reason = e.detail.value; }}></sp-textarea>
        <sp-check required name="checked" .label=${t('relief-checked', { desk: of.from.name })} .value=${this.checked} @sp-change=${(e: CustomEvent<{ value: boolean }>) => { this.checked = e.detail.value; }}></sp-check>
      </form>`}
      .actions=${of === null ? [] : [{ label: t('go-back'), key: 'Escape', run: close }, { id: 'save-relief', label: t('relief-do'), kind: 'primary', key: 'F2', icon: 'check', run: () => this.save() } satisfies Action]}></sp-dialog>`;
  }
}
