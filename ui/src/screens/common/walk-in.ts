// SPDX-License-Identifier: EUPL-1.2
// Somebody came without an appointment: who, for what, and the number to be called by, large enough to be read out.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query as element, state } from 'lit/decorators.js';
import type { Action } from '../../actions.ts';
import { perform } from '../../actions.ts';
import { announce, focusOn } from '../../a11y.ts';
import { AppError, query } from '../../bridge.ts';
import { t } from '../../i18n.ts';
import { newId } from '../../ids.ts';
import { SpElement } from '../../parts/base.ts';
import '../../parts/dialog.ts';
import '../../parts/fields.ts';
import { validate } from '../../parts/fields.ts';
import { toast } from '../../parts/toasts.ts';
import { alert, facts, loading } from '../../parts/views.ts';
import { run, useQuery } from '../../store.ts';
import type { AppointmentRow, Command, Outcome, Priority, Service } from '../../types.ts';
import { REFERENCE_KINDS } from '../names.ts';
import { checkIn, told } from './acts.ts';
import { sendOnEnter } from './focus.ts';
import './picker.ts';
import type { Chosen } from './picker.ts';
import { printTicket } from './queue-acts.ts';
import { offeredAt } from './queue-dialogs.ts';
import { numberedName, precedenceText, PRIORITIES, priorityName } from './queue-words.ts';
import { serviceName } from './words.ts';

/** What the dialog begins with: what was typed to find somebody who is not in the lists of today. */
export interface WalkingIn {
  text: string;
}

/** `<sp-walk-in .open=${WalkingIn | null} @sp-close>` */
@customElement('sp-walk-in')
export class SpWalkIn extends SpElement {
  @property({ attribute: false }) open: WalkingIn | null = null;

  @state() private who: Chosen | null = null;
  @state() private person: { name: string; phone: string } | null = null;
  @state() private service = '';
  @state() private priority: Priority | null = null;
  /** In words, where the precedence is none of those foreseen. */
  @state() private reason = '';
  @state() private whoError = '';
  @state() private error: AppError | null = null;
  @state() private busy = false;
  @state() private given: AppointmentRow | null = null;
  /** What giving the number came to: it can be taken back. */
  private outcome: Outcome | null = null;
  private commandId = { of: '', id: '' };

  @element('form') private form!: HTMLFormElement | null;

  // Known before the dialog opens, so that the focus finds its field at once.
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  /** The lists of today: where somebody has an appointment after all, and how many go before. */
  private readonly board = useQuery(this, () => ({ type: 'board', site: null, day: null }) as const);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open')) return;
    this.who = null;
    this.person = null;
    this.service = '';
    this.priority = null;
    this.reason = '';
    this.whoError = '';
    this.error = null;
    this.busy = false;
    this.given = null;
    this.outcome = null;
  }

  protected override updated(): void {
    const { services } = this;
    if (this.open !== null && this.service === '' && services.length > 0) this.service = services[0]?.id ?? '';
  }

  /** What is given here to whoever comes without an appointment. */
  private get services(): Service[] {
    const site = this.board.data?.site.id;
    return site === undefined ? [] : offeredAt(this.reference.data, site).filter((s) => s.rules?.walk_in !== false);
  }

  /** An appointment of today that the same household has for the same service. */
  private get booked(): AppointmentRow | undefined {
    const { data } = this.board;
    const { who } = this;
    if (data === undefined || who === null) return undefined;
    return [...data.due, ...data.late, ...data.missed].find((r) => r.household === who.household && r.service === this.service && r.status !== 'cancelled');
  }

  private async send(): Promise<void> {
    if (this.busy || this.given !== null || this.form === null) return;
    this.whoError = '';
    if (this.who === null && this.person === null) {
      this.whoError = t('walk-in-who-missing');
      announce(this.whoError, true);
      this.querySelector<HTMLElement>('sp-picker input')?.focus();
      return;
    }
    if (!validate(this.form)) return;
    const command: Command = { type: 'walk_in', household: this.who?.household ?? null, person: this.who === null ? this.person : null, service: this.service, priority: this.priority, reason: this.priority === 'other' ? this.reason.trim() : '' };
    // The same request asked again, because no answer came, is the same act.
    const of = JSON.stringify(command);
    if (this.commandId.of !== of) this.commandId = { of, id: newId() };
    this.busy = true;
    this.error = null;
    try {
      this.outcome = await run(command, this.commandId.id);
      const { subject } = this.outcome;
      if (subject !== null) await this.show(await query({ type: 'appointment', id: subject.id }));
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
    } finally {
      this.busy = false;
    }
  }

  private async show(row: AppointmentRow): Promise<void> {
    this.given = row;
    this.commandId = { of: '', id: '' };
    await this.updateComplete;
    await new Promise((resolve) => setTimeout(resolve, 0));
    focusOn(this.querySelector<HTMLElement>('[data-given]'));
  }

  /** There was an appointment after all: the arrival is recorded for that one. */
  private async present(row: AppointmentRow): Promise<void> {
    await checkIn(row);
    await this.show(await query({ type: 'appointment', id: row.id }));
  }

  private whom(): TemplateResult {
    if (this.person !== null) {
      const { person } = this;
      const set = (field: 'name' | 'phone') => (e: CustomEvent<{ value: string | null }>): void => { this.person = { ...person, [field]: e.detail.value ?? '' }; };
      return html`<div class="sp-form-row">
        <sp-text name="person" required data-autofocus .label=${t('booking-person-name')} .hint=${t('booking-person-hint')} .value=${person.name} @sp-input=${set('name')}></sp-text>
        <sp-text name="phone" type="tel" .label=${t('phone')} .value=${person.phone} @sp-input=${set('phone')}></sp-text></div>
        <p><button type="button" class="btn btn-link btn-xs" @click=${() => { this.person = null; }}>${t('booking-from-list')}</button></p>`;
    }
    return html`<sp-picker ?data-autofocus=${this.who === null} .begin=${this.open?.text.trim() ?? ''} .value=${this.who} .error=${this.whoError}
      @sp-chosen=${(e: CustomEvent<Chosen | null>) => {
        this.who = e.detail;
        this.whoError = '';
        if (e.detail !== null) void this.updateComplete.then(() => this.querySelector<HTMLElement>('[name=service] select')?.focus());
      }}
      @sp-person=${(e: CustomEvent<string>) => {
        this.person = { name: e.detail, phone: '' };
        void this.updateComplete.then(() => new Promise((r) => setTimeout(r, 0))).then(() => this.querySelector<HTMLElement>('[name=person] input')?.focus());
      }}></sp-picker>`;
  }

  private body(): TemplateResult {
    if (this.given !== null) return this.number(this.given);
    if (this.reference.data === undefined || this.board.data === undefined) return loading();
    const { booked } = this;
    return html`<form novalidate @submit=${(e: Event) => e.preventDefault()} @keydown=${sendOnEnter(() => perform(this.sending()))}>
      ${this.error === null ? nothing : alert({ tone: 'danger', title: this.error.message })}
      ${this.whom()}
      ${booked === undefined ? nothing : alert({ tone: 'info', title: t('walk-in-booked', { time: booked.start.slice(11, 16) }), live: true })}
      <div class="sp-form-row">
        <sp-select name="service" required .label=${t('service')} .value=${this.service} .options=${this.services.map((s) => ({ value: s.id, label: serviceName(s) }))}
          .hint=${this.services.length === 0 ? t('walk-in-no-services') : ''} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.service = e.detail.value ?? ''; }}></sp-select>
        <sp-select name="priority" .label=${t('precedence')} .hint=${t('walk-in-priority-hint')} .none=${t('priority-none')} .value=${this.priority}
          .options=${PRIORITIES.map((p) => ({ value: p, label: priorityName(p) }))}
          @sp-change=${(e: CustomEvent<{ value: Priority | null }>) => { this.priority = e.detail.value; }}></sp-select>
      </div>
      ${this.priority === 'other' ? html`<sp-text required name="reason" .label=${t('walk-in-reason')} .hint=${t('walk-in-reason-hint')} .value=${this.reason} @sp-input=${(e: CustomEvent<{ value: string | null }>) => { this.reason = e.detail.value ?? ''; }}></sp-text>` : nothing}
    </form>`;
  }

  private number(row: AppointmentRow): TemplateResult {
    const before = this.board.data?.waiting.findIndex((r) => r.id === row.id) ?? -1;
    return html`<div data-given tabindex="-1" data-testid="walk-in-given">
      <p class="sp-ticket-given"><span>${t('ticket-given')}</span><strong data-testid="ticket">${row.ticket ?? ''}</strong></p>
      ${facts([[t('booking-for'), row.name], [t('service'), row.service_name], [t('precedence'), precedenceText(row)], [t('walk-in-before'), before < 0 ? undefined : t('walk-in-before-n', { n: before })]])}</div>`;
  }

  /** The one thing to do: a number, or the arrival for the appointment that there is. */
  private sending(): Action {
    const { booked } = this;
    if (booked !== undefined) return { id: 'walk-in-present', label: t('walk-in-present'), kind: 'primary', key: 'F9', icon: 'check', run: () => this.present(booked) };
    return { id: 'walk-in-do', label: t('walk-in-do'), kind: 'primary', key: 'F9', icon: 'plus', disabled: this.busy, run: () => this.send() };
  }

  private actions(): Action[] {
    const { given } = this;
    if (given === null) return [{ label: t('go-back'), key: 'Escape', run: () => this.close() }, this.sending()];
    const { outcome } = this;
    return [
      ...(outcome === null || outcome.undo === null ? [] : [{ id: 'walk-in-undo', label: t('undo'), key: 'Ctrl+Z', icon: 'restore', kind: 'plain', run: () => this.takeBack() } as const]),
      { id: 'ticket-print', label: t('ticket-print'), key: 'F8', icon: 'print', run: () => printTicket(given.id) },
      { id: 'walk-in-done', label: t('booking-done'), kind: 'primary', key: 'Enter', run: () => this.close() },
    ];
  }

  /** It was a mistake: nobody came. */
  private async takeBack(): Promise<void> {
    const { given, outcome } = this;
    if (given === null || outcome === null || outcome.undo === null) return;
    await run(outcome.undo);
    this.outcome = null;
    this.close();
    toast({ tone: 'info', text: t('counter-undone', { text: t('act-walked-in', { name: numberedName(given) }) }) });
  }

  private close(): void {
    const { given, outcome } = this;
    this.outcome = null;
    // Said when the number is read: from there it can still be taken back.
    if (given !== null && outcome !== null) told(outcome, t('act-walked-in', { name: numberedName(given) }));
    this.dispatchEvent(new CustomEvent('sp-close'));
  }

  override render(): unknown {
    return html`<sp-dialog .open=${this.open !== null} .size=${'large' as const} .heading=${t(this.given === null ? 'walk-in-title' : 'walk-in-given-title')} .body=${this.open === null ? nothing : this.body()}
      .actions=${this.open === null ? [] : this.actions()} @sp-close=${() => this.close()}></sp-dialog>`;
  }
}
