// SPDX-License-Identifier: EUPL-1.2
// Corrects where a household lives and how it is reached: what changes most often, in one small dialog.
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query as element, state } from 'lit/decorators.js';
import { perform } from '../../actions.ts';
import { AppError } from '../../bridge.ts';
import { t } from '../../i18n.ts';
import { SpElement } from '../../parts/base.ts';
import '../../parts/dialog.ts';
import '../../parts/fields.ts';
import { validate } from '../../parts/fields.ts';
import { alert } from '../../parts/views.ts';
import { href } from '../../router.ts';
import type { Household } from '../../types.ts';
import { act } from './acts.ts';
import { sendOnEnter } from './focus.ts';
import { numberText, parseNumber } from './words.ts';

/** `<sp-contacts .open=${Household | null} @sp-close>` */
@customElement('sp-contacts')
export class SpContacts extends SpElement {
  @property({ attribute: false }) open: Household | null = null;
  @state() private street = '';
  @state() private number = '';
  @state() private quartiere = '';
  @state() private phone = '';
  @state() private email = '';
  @state() private error: AppError | null = null;
  @element('form') private form!: HTMLFormElement | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') || this.open === null || changed.get('open')?.id === this.open.id) return;
    const { address, phone, email, quartiere } = this.open.data;
    this.street = address.street;
    this.number = numberText(address);
    this.quartiere = String(quartiere);
    this.phone = phone;
    this.email = email;
    this.error = null;
  }

  private async send(): Promise<void> {
    const household = this.open;
    if (household === null || this.form === null || !validate(this.form)) return;
    const data = {
      ...household.data,
      address: { street: this.street.trim(), ...parseNumber(this.number) },
      quartiere: Number(this.quartiere),
      phone: this.phone.trim(),
      email: this.email.trim(),
    };
    this.error = null;
    try {
      await act({ type: 'correct_household', household: household.id, data }, t('contacts-saved'));
      this.close();
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
    }
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent('sp-close'));
  }

  override render(): unknown {
    const set = (field: 'street' | 'number' | 'quartiere' | 'phone' | 'email') => (e: CustomEvent<{ value: string | null }>): void => { this[field] = e.detail.value ?? ''; };
    const send = { id: 'contacts-save', label: t('save'), kind: 'primary' as const, key: 'F9', run: () => this.send() };
    const body = this.open === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()} @keydown=${sendOnEnter(() => perform(send))}>
      ${this.error === null ? nothing : alert({ tone: 'danger', title: this.error.message })}
      <div class="sp-form-row">
        <sp-text name="street" class="sp-grow" data-autofocus .label=${t('street')} .value=${this.street} @sp-input=${set('street')}></sp-text>
        <sp-text name="number" class="sp-narrow" .label=${t('house-number')} .hint=${t('house-number.hint')} .value=${this.number} @sp-input=${set('number')}></sp-text>
      </div>
      <sp-select name="quartiere" required .label=${t('quartiere')} .value=${this.quartiere} .options=${[1, 2, 3, 4, 5].map((n) => ({ value: String(n), label: t('quartiere-n', { n }) }))} @sp-change=${set('quartiere')}></sp-select>
      <div class="sp-form-row">
        <sp-text name="phone" type="tel" .label=${t('phone')} .value=${this.phone} @sp-input=${set('phone')}></sp-text>
        <sp-text name="email" type="email" .label=${t('email')} .value=${this.email} @sp-input=${set('email')}></sp-text>
      </div>
      <p class="sp-small"><a href=${href('/correggi/:id', { id: this.open.id })} @click=${() => this.close()}>${t('contacts-rest')}</a></p>
    </form>`;
    return html`<sp-dialog .open=${this.open !== null} .heading=${t('contacts-title')} .body=${body}
      .actions=${[{ label: t('go-back'), key: 'Escape', run: () => this.close() }, send]} @sp-close=${() => this.close()}></sp-dialog>`;
  }
}
