// SPDX-License-Identifier: EUPL-1.2
// What a supervisor may do to a right: another amount, revoke, grant again, grant in another campaign, have another desk serve it. `<sp-entitlement-dialogs>` stands once on the page;
// `revise(view)`, `revoke(view)`, `move(view)` and `grant(household, campaigns)` open its dialogs. Fires `sp-done` with the Outcome.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { announce } from '../a11y.ts';
import { AppError } from '../bridge.ts';
import { amount, count } from '../format.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import { confirmWithReason } from '../parts/confirm.ts';
import '../parts/dialog.ts';
import { validate } from '../parts/fields.ts';
import { alert, facts } from '../parts/views.ts';
import { useQuery } from '../store.ts';
import type { Campaign, Command, EntitlementView, Household, Outcome } from '../types.ts';
import { amountFor } from './common/amounts.ts';
import { act } from './common/acts.ts';
import { Names, REFERENCE_KINDS } from './names.ts';

@customElement('sp-entitlement-dialogs')
export class SpEntitlementDialogs extends SpElement {
  @state() private view: EntitlementView | null = null;
  @state() private moving: EntitlementView | null = null;
  @state() private granting: { household: Household; campaigns: readonly Campaign[] } | null = null;
  @state() private campaign: string | null = null;
  @state() private to: string | null = null;
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  @state() private cents: number | null = null;
  @state() private reason = '';
  @state() private problem = '';
  @state() private error: AppError | null = null;

  /** Another amount; of a revoked right: grants it again. */
  revise(view: EntitlementView): void {
    this.view = view;
    this.cents = view.amount;
    this.reason = '';
    this.problem = '';
    this.error = null;
  }

  /** A right in a campaign that the household has none in, by hand. */
  grant(household: Household, campaigns: readonly Campaign[]): void {
    this.granting = { household, campaigns };
    this.campaign = campaigns[0]?.id ?? null;
    this.cents = this.byTable();
    this.reason = '';
    this.problem = '';
    this.error = null;
  }

  /** What the chosen campaign's table gives the household; null when it says nothing. */
  private byTable(): number | null {
    const { granting } = this;
    const campaign = granting?.campaigns.find((c) => c.id === this.campaign);
    if (granting === null || campaign === undefined) return null;
    const { size, minors, disabled, resident } = granting.household.data;
    return amountFor(campaign, { members: size, minors, disabled, resident });
  }

  private async saveGrant(): Promise<void> {
    const { granting, cents, campaign } = this;
    const home = this.querySelector('sp-dialog[data-testid=grant-dialog]');
    if (granting === null || home === null || !validate(home) || cents === null || campaign === null) return;
    if (!this.isWhole(cents, granting.campaigns.find((c) => c.id === campaign))) return;
    await this.send({ type: 'grant_entitlement', household: granting.household.id, grant: { campaign, amount: cents, reason: this.reason.trim() } }, t('ed-granted', { amount: amount(cents) }), () => { this.granting = null; });
  }

  private grantDialog(): unknown {
    const g = this.granting;
    const close = (): void => { this.granting = null; };
    const unit = Math.max(1, g?.campaigns.find((c) => c.id === this.campaign)?.denomination ?? 1);
    return html`<sp-dialog data-testid="grant-dialog" .open=${g !== null} .heading=${t('ed-grant')} @sp-close=${close}
      .body=${g === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
        ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
        <sp-select required data-autofocus name="campaign" .label=${t('campaign')} .value=${this.campaign} .options=${g.campaigns.map((c) => ({ value: c.id, label: c.name }))}
          @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.campaign = e.detail.value; this.cents = this.byTable(); this.problem = ''; }}></sp-select>
        <sp-amount required name="amount" .label=${t('ed-amount')} .hint=${this.cents === null ? t('ed-no-table') : t('an-vouchers', { n: Math.floor(this.cents / unit), shown: count(Math.floor(this.cents / unit)) })} .error=${this.problem} .value=${this.cents}
          @sp-change=${(e: CustomEvent<{ value: number | null }>) => { this.cents = e.detail.value; this.problem = ''; }}></sp-amount>
        <sp-textarea required name="reason" .label=${t('reason')} .hint=${t('ed-reason-hint')} .value=${this.reason} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.reason = e.detail.value; }}></sp-textarea>
      </form>`}
      .actions=${g === null ? [] : [{ label: t('go-back'), key: 'Escape', run: close }, { id: 'save-grant', label: t('ed-grant-do'), kind: 'primary', key: 'F2', icon: 'check', run: () => this.saveGrant() } satisfies Action]}></sp-dialog>`;
  }

  /** Whole vouchers; says so where it is not. */
  private isWhole(cents: number, campaign: Campaign | undefined): boolean {
    const unit = campaign?.denomination ?? 1;
    this.problem = cents <= 0 || cents % unit !== 0 ? t('ed-whole', { voucher: amount(unit) }) : '';
    if (this.problem !== '') announce(this.problem, true);
    return this.problem === '';
  }

  /** Withdraws the right, after asking why. */
  async revoke(view: EntitlementView): Promise<void> {
    const reason = await confirmWithReason({
      title: t('ed-revoke-title'),
      consequence: view.delivered > 0 ? t('ed-revoke-delivered', { amount: amount(view.delivered) }) : t('ed-revoke-consequence', { amount: amount(view.remaining), campaign: view.campaign.name }),
      confirm: t('ed-revoke'), danger: true,
      reason: { label: t('reason'), hint: t('ed-reason-hint') },
    });
    if (reason === null) return;
    this.done(await act({ type: 'revoke_entitlement', entitlement: view.entitlement.id, reason }, t('ed-revoked')));
  }

  /** Asks the holder to let another desk serve it, and why. */
  move(view: EntitlementView): void {
    this.moving = view;
    this.to = null;
    this.reason = '';
    this.error = null;
  }

  private async saveMove(): Promise<void> {
    const { moving, to } = this;
    const home = this.querySelector('sp-dialog[data-testid=move-dialog]');
    if (moving === null || home === null || !validate(home) || to === null) return;
    await this.send({ type: 'request_custody', entitlement: moving.entitlement.id, to, reason: this.reason.trim() }, t('ed-moved', { desk: new Names(this.reference.data).desk(to), holder: moving.holder.name }), () => { this.moving = null; });
  }

  private moveDialog(): unknown {
    const v = this.moving;
    const close = (): void => { this.moving = null; };
    const desks = (this.reference.data?.desks ?? []).filter((d) => !d.revoked && d.id !== v?.holder.id);
    return html`<sp-dialog data-testid="move-dialog" .open=${v !== null} .heading=${t('ed-move')} @sp-close=${close}
      .body=${v === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
        ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
        ${facts([[t('campaign'), v.campaign.name], [t('ed-holder'), v.holder.name]])}
        <sp-select required data-autofocus name="desk" .label=${t('ed-to')} .value=${this.to} .options=${desks.map((d) => ({ value: d.id, label: `${d.name} (${d.site_name})` }))} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.to = e.detail.value; }}></sp-select>
        <sp-textarea required name="reason" .label=${t('reason')} .hint=${t('ed-reason-hint')} .value=${this.reason} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.reason = e.detail.value; }}></sp-textarea>
        <p class="sp-small">${t('ed-move-how', { holder: v.holder.name })}</p>
      </form>`}
      .actions=${v === null ? [] : [{ label: t('go-back'), key: 'Escape', run: close }, { id: 'save-move', label: t('ed-move-do'), kind: 'primary', key: 'F2', icon: 'check', run: () => this.saveMove() } satisfies Action]}></sp-dialog>`;
  }

  /** Does it and closes its dialog; what stood against it is shown there, beside what was entered. */
  private async send(command: Command, told: string, close: () => void): Promise<void> {
    this.error = null;
    try {
      const outcome = await act(command, told);
      close();
      this.done(outcome);
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private done(outcome: Outcome): void {
    this.dispatchEvent(new CustomEvent('sp-done', { detail: outcome }));
  }

  private async save(): Promise<void> {
    const { view, cents } = this;
    const home = this.querySelector('sp-dialog[data-testid=revise-dialog]');
    if (view === null || home === null || !validate(home) || cents === null) return;
    if (!this.isWhole(cents, view.campaign)) return;
    await this.send({ type: 'revise_entitlement', entitlement: view.entitlement.id, amount: cents, reason: this.reason.trim() }, t('ed-revised', { amount: amount(cents) }), () => { this.view = null; });
  }

  override render(): unknown {
    const v = this.view;
    const close = (): void => { this.view = null; };
    const again = v?.status === 'revoked';
    const unit = Math.max(1, v?.campaign.denomination ?? 1);
    return html`${this.moveDialog()}${this.grantDialog()}<sp-dialog data-testid="revise-dialog" .open=${v !== null} .heading=${t(again ? 'ed-grant-again' : 'ed-revise')} @sp-close=${close}
      .body=${v === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
        ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
        ${facts([[t('campaign'), v.campaign.name], [t('ed-now'), amount(v.amount)], [t('ed-delivered'), amount(v.delivered)]])}
        <sp-amount required data-autofocus name="amount" .label=${t('ed-amount')} .hint=${this.cents === null ? '' : t('an-vouchers', { n: Math.floor(this.cents / unit), shown: count(Math.floor(this.cents / unit)) })} .error=${this.problem} .value=${this.cents}
          @sp-change=${(e: CustomEvent<{ value: number | null }>) => { this.cents = e.detail.value; this.problem = ''; }}></sp-amount>
        ${this.cents !== null && this.cents < v.delivered ? alert({ tone: 'warning', title: t('ed-less-than-delivered'), live: false }) : nothing}
        <sp-textarea required name="reason" .label=${t('reason')} .hint=${t('ed-reason-hint')} .value=${this.reason} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.reason = e.detail.value; }}></sp-textarea>
      </form>`}
      .actions=${v === null ? [] : [{ label: t('go-back'), key: 'Escape', run: close }, { id: 'save-entitlement', label: t(again ? 'ed-grant-again' : 'ed-revise-do'), kind: 'primary', key: 'F2', icon: 'check', run: () => this.save() } satisfies Action]}></sp-dialog>`;
  }
}
