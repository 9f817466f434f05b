// SPDX-License-Identifier: EUPL-1.2
// What cannot be undone asks once, naming the consequence; some acts also want a reason. One host element, promises outside.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { t } from '../i18n.ts';
import { SpElement } from './base.ts';
import './dialog.ts';
import './fields.ts';
import type { Option } from './fields.ts';
import type { Content } from './views.ts';

export interface Confirmation {
  /** A question: `Annullare l'appuntamento?` */
  title: string;
  /** What will be so afterwards, and that it cannot be undone. */
  consequence: Content;
  /** The verb: `Annulla appuntamento`. */
  confirm: string;
  danger?: boolean;
  /** Ask why, too. */
  reason?: { label: string; options?: Option[]; hint?: string; required?: boolean };
}

interface Pending extends Confirmation {
  resolve: (answer: { reason: string } | null) => void;
}

let host: SpConfirm | undefined;
const setHost = (element: SpConfirm): void => {
  host = element;
};

@customElement('sp-confirm')
export class SpConfirm extends SpElement {
  @state() private pending: Pending | null = null;
  @state() private reason = '';
  @state() private missing = false;

  override connectedCallback(): void {
    super.connectedCallback();
    setHost(this);
  }

  /** Nobody is left to answer. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pending?.resolve(null);
    this.pending = null;
  }

  ask(question: Confirmation): Promise<{ reason: string } | null> {
    this.pending?.resolve(null);
    this.reason = '';
    this.missing = false;
    return new Promise((resolve) => {
      this.pending = { ...question, resolve };
    });
  }

  private answer(yes: boolean): void {
    const { pending } = this;
    if (pending === null) return;
    if (yes && pending.reason !== undefined && pending.reason.required !== false && this.reason.trim() === '') {
      this.missing = true;
      this.querySelector<HTMLElement>('[data-autofocus] :is(input,textarea,select)')?.focus();
      return;
    }
    this.pending = null;
    pending.resolve(yes ? { reason: this.reason.trim() } : null);
  }

  override render(): unknown {
    const p = this.pending;
    const ask = p?.reason;
    const error = this.missing ? t('confirm-reason-missing') : '';
    const set = (e: CustomEvent<{ value: string | null }>): void => {
      this.reason = e.detail.value ?? '';
      this.missing = false;
    };
    return html`<sp-dialog
      .open=${p !== null}
      .heading=${p?.title ?? ''}
      .body=${p === null ? nothing : html`<div class="sp-consequence">${p.consequence}</div>
        ${ask === undefined ? nothing : ask.options
          ? html`<sp-select data-autofocus .label=${ask.label} .hint=${ask.hint ?? ''} .options=${ask.options} .error=${error} .value=${this.reason} ?required=${ask.required !== false} @sp-change=${set}></sp-select>`
          : html`<sp-textarea data-autofocus .label=${ask.label} .hint=${ask.hint ?? ''} .error=${error} .value=${this.reason} ?required=${ask.required !== false} @sp-input=${set}></sp-textarea>`}`}
      .actions=${p === null ? [] : [
        { id: 'confirm-no', label: t('confirm-no'), key: 'Escape', run: () => this.answer(false) },
        // An id of its own: the act that asks often bears the same words, and is still under way.
        { id: 'confirm-yes', label: p.confirm, ...(p.danger === true ? { kind: 'danger' as const } : { kind: 'primary' as const, key: 'Enter' }), run: () => this.answer(true) },
      ]}
      @sp-close=${() => this.answer(false)}
    ></sp-dialog>`;
  }
}

function theHost(): SpConfirm {
  if (host?.isConnected !== true) {
    host = new SpConfirm();
    document.body.append(host);
  }
  return host;
}

/** True when the person said yes. */
export async function confirm(question: Confirmation): Promise<boolean> {
  return (await theHost().ask(question)) !== null;
}

/** The reason given, or null when the person gave up. */
export async function confirmWithReason(question: Confirmation & { reason: NonNullable<Confirmation['reason']> }): Promise<string | null> {
  return (await theHost().ask(question))?.reason ?? null;
}
