// SPDX-License-Identifier: EUPL-1.2
// A right goes to one other desk by paper, and comes by paper. `<sp-slip-dialogs>` stands once on the page; `handOver(view)`, `paper(view)` and
// `take(view)` open its dialogs.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { announce } from '../a11y.ts';
import { AppError, query } from '../bridge.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import '../parts/dialog.ts';
import { validate } from '../parts/fields.ts';
import { alert, type Content } from '../parts/views.ts';
import { useQuery } from '../store.ts';
import type { CustodySlipView, EntitlementView } from '../types.ts';
import { act, printOrOpen } from './common/acts.ts';
import { REFERENCE_KINDS } from './names.ts';

@customElement('sp-slip-dialogs')
export class SpSlipDialogs extends SpElement {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  @state() private giving: string | null = null;
  @state() private taking: string | null = null;
  @state() private printed: { entitlement: string; slip: CustodySlipView } | null = null;
  @state() private to: string | null = null;
  @state() private code = '';
  @state() private error: AppError | null = null;

  /** To which desk; then its paper. */
  handOver(view: EntitlementView): void {
    this.giving = view.entitlement.id;
    this.to = null;
    this.error = null;
  }

  /** The paper of a hand-over that nobody has accepted yet: printed, or told by telephone. */
  async paper(view: EntitlementView): Promise<void> {
    await this.show(view.entitlement.id);
  }

  /** With what is scanned or typed. */
  take(view: EntitlementView): void {
    this.taking = view.entitlement.id;
    this.code = '';
    this.error = null;
  }

  private async show(entitlement: string): Promise<void> {
    this.printed = { entitlement, slip: await query({ type: 'custody_slip', entitlement }) };
  }

  private async tried(work: () => Promise<void>): Promise<void> {
    this.error = null;
    try {
      await work();
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private async give(): Promise<void> {
    const { giving, to } = this;
    const home = this.querySelector('[data-testid=slip-hand-dialog]');
    if (giving === null || home === null || !validate(home) || to === null) return;
    const desk = this.reference.data?.desks.find((d) => d.id === to)?.name ?? '';
    await this.tried(async () => {
      await act({ type: 'hand_over', entitlement: giving, to }, t('slip-handed', { desk }));
      this.giving = null;
      await this.show(giving);
    });
  }

  private async accept(): Promise<void> {
    const { taking, code } = this;
    const home = this.querySelector('[data-testid=slip-take-dialog]');
    if (taking === null || home === null || (code === '' && !validate(home))) return;
    await this.tried(async () => {
      await act({ type: 'accept_slip', entitlement: taking, code: code.trim() }, t('slip-taken'));
      this.taking = null;
    });
  }

  private refused(): Content {
    return this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing;
  }

  private handDialog(): unknown {
    const close = (): void => { this.giving = null; };
    const desks = (this.reference.data?.desks ?? []).filter((d) => !d.revoked && !d.this);
    return html`<sp-dialog data-testid="slip-hand-dialog" .open=${this.giving !== null} .heading=${t('slip-hand-title')} @sp-close=${close}
      .body=${this.giving === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
        ${this.refused()}
        <p>${t('slip-hand-consequence')}</p>
        <sp-select required data-autofocus name="desk" .label=${t('slip-hand-to')} .value=${this.to} .options=${desks.map((d) => ({ value: d.id, label: `${d.name} (${d.site_name})` }))} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.to = e.detail.value; }}></sp-select>
      </form>`}
      .actions=${this.giving === null ? [] : [{ label: t('go-back'), key: 'Escape', run: close }, { id: 'slip-hand-do', label: t('slip-hand-do'), kind: 'primary', key: 'F2', icon: 'check', run: () => this.give() } satisfies Action]}></sp-dialog>`;
  }

  private paperDialog(): unknown {
    const p = this.printed;
    const close = (): void => { this.printed = null; };
    const print = (thermal: boolean) => async (): Promise<void> => { if (p !== null) await printOrOpen({ type: 'custody_slip', entitlement: p.entitlement, thermal }); };
    return html`<sp-dialog data-testid="slip-paper-dialog" .open=${p !== null} .heading=${t('slip-paper-title', { desk: p?.slip.to.name ?? '' })} @sp-close=${close}
      .body=${p === null ? nothing : html`
        <p>${t('slip-paper-how', { desk: p.slip.to.name })}</p>
        <p class="sp-small">${t('slip-paper-code')}</p>
        <p class="sp-mono sp-slip-code" data-testid="slip-code">${p.slip.code}</p>`}
      .actions=${p === null ? [] : [
        { label: t('close'), key: 'Escape', run: close },
        { id: 'slip-paper-80', label: t('slip-paper-80'), kind: 'secondary', key: 'F8', icon: 'print', run: print(true) } satisfies Action,
        { id: 'slip-paper-a4', label: t('slip-paper-a4'), kind: 'primary', key: 'F7', icon: 'print', run: print(false) } satisfies Action,
      ]}></sp-dialog>`;
  }

  private takeDialog(): unknown {
    const close = (): void => { this.taking = null; };
    const scanned = (text: string): boolean => {
      this.code = text;
      void this.accept();
      return true;
    };
    return html`<sp-dialog data-testid="slip-take-dialog" .open=${this.taking !== null} .heading=${t('slip-take-title')} .scan=${scanned} @sp-close=${close}
      .body=${this.taking === null ? nothing : html`<form novalidate @submit=${(e: Event) => { e.preventDefault(); void this.accept(); }}>
        ${this.refused()}
        <p>${t('slip-take-consequence')}</p>
        <sp-text required mono data-autofocus name="code" .label=${t('slip-take-code')} .hint=${t('slip-take-code-hint')} .value=${this.code} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.code = e.detail.value; }}></sp-text>
      </form>`}
      .actions=${this.taking === null ? [] : [{ label: t('go-back'), key: 'Escape', run: close }, { id: 'slip-take-do', label: t('slip-take-do'), kind: 'primary', key: 'Enter', icon: 'check', run: () => this.accept() } satisfies Action]}></sp-dialog>`;
  }

  override render(): unknown {
    return html`${this.handDialog()}${this.paperDialog()}${this.takeDialog()}`;
  }
}
