// SPDX-License-Identifier: EUPL-1.2
// A passphrase that is being chosen: twice, with how strong it looks. The same wherever one is chosen.
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce, focusOn } from '../a11y.ts';
import { t } from '../i18n.ts';
import { PASSPHRASE_MIN, passphraseStrength } from '../text.ts';
import { SpElement } from './base.ts';
import type { SpText } from './fields.ts';
import './fields.ts';
import { badge, type Tone } from './views.ts';

/** What was typed, both times. */
export interface Chosen {
  passphrase: string;
  again: string;
}
/** Nothing typed yet. */
export const NOT_CHOSEN: Chosen = { passphrase: '', again: '' };

const STRENGTH_TONE: readonly Tone[] = ['danger', 'warning', 'info', 'success'];

/** `<sp-new-passphrase .label=${…} .hint=${…} .value=${this.chosen} @sp-chosen=${(e) => { this.chosen = e.detail; }}>`; `sound()` before it is sent. */
@customElement('sp-new-passphrase')
export class SpNewPassphrase extends SpElement {
  @property({ attribute: false }) label = '';
  @property({ attribute: false }) hint = '';
  @property({ attribute: false }) value: Chosen = NOT_CHOSEN;
  @state() private problem: Partial<Chosen> = {};

  /** With `data-autofocus` a dialog begins here: its fields render too late for the dialog to find them. */
  protected override firstUpdated(): void {
    if (!this.hasAttribute('data-autofocus')) return;
    const first = this.querySelector<SpText>('sp-text');
    void first?.updateComplete.then(() => focusOn(first.control));
  }

  /** Long enough and twice the same; else says what is wrong and takes the focus there. */
  sound(): boolean {
    const { passphrase, again } = this.value;
    this.problem = passphrase.length < PASSPHRASE_MIN ? { passphrase: t('passphrase-too-short', { n: PASSPHRASE_MIN }) }
      : passphrase === again ? {}
      : { again: t('passphrase-differs') };
    const wrong = this.problem.passphrase ?? this.problem.again;
    if (wrong === undefined) return true;
    announce(wrong, true);
    focusOn(this.querySelector<HTMLElement>(`[name=${this.problem.passphrase === undefined ? 'again' : 'passphrase'}] input`));
    return false;
  }

  private set(field: keyof Chosen) {
    return (e: CustomEvent<{ value: string | null }>): void => {
      this.problem = {};
      this.value = { ...this.value, [field]: e.detail.value ?? '' };
      this.dispatchEvent(new CustomEvent<Chosen>('sp-chosen', { detail: this.value }));
    };
  }

  override render(): unknown {
    const { passphrase, again } = this.value;
    const strength = passphraseStrength(passphrase);
    return html`<sp-text required name="passphrase" type="password" autocomplete="new-password" .label=${this.label} .hint=${this.hint} .error=${this.problem.passphrase ?? ''} .value=${passphrase} @sp-input=${this.set('passphrase')}></sp-text>
      <p class="sp-strength" role="status">${passphrase === '' ? nothing : badge(STRENGTH_TONE[strength] ?? 'danger', t(`passphrase-strength-${strength}`))}</p>
      <sp-text required name="again" type="password" autocomplete="new-password" .label=${t('passphrase-again')} .error=${this.problem.again ?? ''} .value=${again} @sp-input=${this.set('again')}></sp-text>`;
  }
}
