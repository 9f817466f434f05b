// SPDX-License-Identifier: EUPL-1.2
// Books or moves an appointment: the first free slot is already chosen, so that Enter is often all. Overbooking is a deliberate
// choice with a reason. What was booked is told at the end, with its slip.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query as element, state } from 'lit/decorators.js';
import type { Action } from '../../actions.ts';
import { perform } from '../../actions.ts';
import { announce, focusOn } from '../../a11y.ts';
import { AppError } from '../../bridge.ts';
import * as format from '../../format.ts';
import { t } from '../../i18n.ts';
import { newId } from '../../ids.ts';
import { SpElement } from '../../parts/base.ts';
import '../../parts/dialog.ts';
import '../../parts/fields.ts';
import { validate } from '../../parts/fields.ts';
import { alert, facts, loading } from '../../parts/views.ts';
import { toast } from '../../parts/toasts.ts';
import { run, useQuery } from '../../store.ts';
import type { AgendaSlot, AppointmentRow, Command, Service } from '../../types.ts';
import { REFERENCE_KINDS } from '../names.ts';
import { printSlip } from './acts.ts';
import { sendOnEnter } from './focus.ts';
import { withReason } from './overbook.ts';
import './picker.ts';
import type { Chosen } from './picker.ts';
import { serviceName, siteName, slotText } from './words.ts';

/** What the dialog begins with. */
export interface Booking {
  /** For whom, where it is known. */
  who?: Chosen;
  /** The campaign that it is for: chooses the service. */
  campaign?: string;
  /** A slot of the agenda that was pointed at. */
  slot?: { service: string; site: string; start: string };
  /** The appointment to move. */
  move?: AppointmentRow;
}

/** `<sp-booking .open=${Booking | null} @sp-close>`; fires `sp-booked` with the appointment's id. */
@customElement('sp-booking')
export class SpBooking extends SpElement {
  @property({ attribute: false }) open: Booking | null = null;

  @state() private who: Chosen | null = null;
  @state() private person: { name: string; phone: string } | null = null;
  @state() private service = '';
  @state() private site = '';
  @state() private from: string | null = null;
  @state() private start = '';
  @state() private full = false;
  @state() private overbook = '';
  @state() private error: AppError | null = null;
  @state() private whoError = '';
  @state() private slotError = '';
  @state() private busy = false;
  @state() private booked: { appointment: string; start: string; site: string; name: string; undo: Command | null } | null = null;
  private commandId = { of: '', id: '' };

  @element('form') private form!: HTMLFormElement | null;

  private readonly reference = useQuery(this, () => (this.open === null ? null : ({ type: 'reference' }) as const), REFERENCE_KINDS);
  private readonly status = useQuery(this, () => (this.open === null ? null : ({ type: 'status' }) as const));
  private readonly free = useQuery(this, () => (this.open === null || this.booked !== null || this.full || this.service === '' || this.site === '' ? null
    : ({ type: 'free_slots', service: this.service, site: this.site, from: this.from, limit: 48 }) as const), ['appointment', 'service']);
  /** With the full ones too, for a deliberate overbooking. */
  private readonly all = useQuery(this, () => (this.open === null || this.booked !== null || !this.full || this.service === '' || this.site === '' ? null
    : ({ type: 'agenda', site: this.site, service: this.service, from: this.from ?? format.today(), days: 1 }) as const), ['appointment', 'service']);

  private get services(): Service[] {
    return (this.reference.data?.services ?? []).filter((s) => s.active || s.id === this.service);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open')) this.begin();
  }

  /** What is not chosen yet is chosen once the answers are here. (An answer known already comes between `willUpdate` and `updated`.) */
  protected override updated(): void {
    if (this.open === null || this.booked !== null) return;
    const { data } = this.reference;
    if (data !== undefined && this.service === '') {
      const of = data.services.filter((s) => s.active);
      this.service = (of.find((s) => s.campaign !== null && s.campaign === this.open?.campaign) ?? of[0])?.id ?? '';
    }
    const service = data?.services.find((s) => s.id === this.service);
    if (service !== undefined && !service.sites.includes(this.site)) {
      const here = this.status.data?.site?.id;
      if (here !== undefined && service.sites.includes(here)) this.site = here;
      else if (this.status.data !== undefined || this.status.error !== undefined) this.site = service.sites[0] ?? '';
    }
    // The first slot is chosen, until the person chooses another.
    const starts = this.full ? this.agendaSlots().map((s) => s.start) : (this.free.data?.slots ?? []).map((s) => s.start);
    const { move } = this.open;
    const other = starts.find((s) => s !== move?.start || this.site !== move.site);
    if (starts.length > 0 && !starts.includes(this.start) && this.start !== this.pointed) this.start = other ?? '';
  }

  /** The slot that was pointed at, as long as its service and site are. It may be full, or out of the service's rules: then a reason is asked. */
  private get pointed(): string | null {
    const slot = this.open?.slot;
    return slot !== undefined && slot.start.includes('T') && slot.service === this.service && slot.site === this.site ? slot.start : null;
  }

  private begin(): void {
    const { open } = this;
    const { move, slot } = open ?? {};
    this.who = open?.who ?? null;
    this.person = null;
    this.service = move?.service ?? slot?.service ?? '';
    this.site = move?.site ?? slot?.site ?? '';
    this.start = slot?.start ?? '';
    this.from = slot === undefined ? null : slot.start.slice(0, 10);
    this.full = false;
    this.overbook = '';
    this.error = null;
    this.whoError = '';
    this.slotError = '';
    this.booked = null;
    this.busy = false;
  }

  private agendaSlots(): AgendaSlot[] {
    // A slot can be booked until it is over: somebody at the counter gets "now".
    const minutes = this.reference.data?.services.find((s) => s.id === this.service)?.minutes ?? 0;
    const since = format.deskNow().getTime() - minutes * 60_000;
    const from = `${format.dayOf(since)}T${format.timeOf(since)}`;
    return (this.all.data?.days ?? []).flatMap((d) => d.slots).filter((s) => s.service === this.service && s.start.slice(0, 16) > from);
  }

  private command(): Extract<Command, { type: 'book_appointment' | 'move_appointment' }> | null {
    const { move } = this.open ?? {};
    const overbook = this.full && this.overbook.trim() !== '' ? this.overbook.trim() : null;
    const { start, site, service } = this;
    if (start === '') return null;
    if (move !== undefined) return { type: 'move_appointment', appointment: move.id, site, start, overbook };
    return { type: 'book_appointment', household: this.who?.household ?? null, person: this.who === null ? this.person : null, service, site, start, overbook };
  }

  private async send(): Promise<void> {
    if (this.busy || this.booked !== null || this.form === null) return;
    const moving = this.open?.move !== undefined;
    this.whoError = '';
    this.slotError = '';
    if (!moving && this.who === null && this.person === null) {
      this.whoError = t('booking-who-missing');
      announce(this.whoError, true);
      this.querySelector<HTMLElement>('sp-picker input')?.focus();
      return;
    }
    if (!validate(this.form)) return;
    const command = this.command();
    if (command === null) {
      this.slotError = t('booking-slot-missing');
      announce(this.slotError, true);
      return;
    }
    this.busy = true;
    this.error = null;
    try {
      const outcome = await withReason((overbook) => {
        const said = overbook === null ? command : { ...command, overbook };
        // The same request asked again, because no answer came, is the same act.
        const of = JSON.stringify(said);
        if (this.commandId.of !== of) this.commandId = { of, id: newId() };
        return run(said, this.commandId.id);
      });
      if (outcome === null) return;
      const appointment = this.open?.move?.id ?? outcome.subject?.id ?? '';
      const name = this.open?.move?.name ?? this.who?.name ?? this.person?.name ?? '';
      this.booked = { appointment, start: this.start, site: this.site, name, undo: outcome.undo };
      this.dispatchEvent(new CustomEvent('sp-booked', { detail: appointment }));
      await this.updateComplete;
      await new Promise((resolve) => setTimeout(resolve, 0));
      focusOn(this.querySelector<HTMLElement>('[data-booked]'));
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      // The slot was taken meanwhile: the list is asked anew, what was entered stays.
      this.free.retry();
      this.all.retry();
    } finally {
      this.busy = false;
    }
  }

  private whom(): TemplateResult {
    const { move } = this.open ?? {};
    if (move !== undefined) {
      return facts([[t('booking-for'), move.name], [t('booking-was'), `${slotText(move.start)} · ${siteName(this.reference.data, move.site)}`]]);
    }
    if (this.person !== null) {
      const { person } = this;
      const set = (field: 'name' | 'phone') => (e: CustomEvent<{ value: string | null }>): void => { this.person = { ...person, [field]: e.detail.value ?? '' }; };
      return html`<div class="sp-form-row">
        <sp-text name="person" required .label=${t('booking-person-name')} .hint=${t('booking-person-hint')} .value=${person.name} @sp-input=${set('name')}></sp-text>
        <sp-text name="phone" type="tel" .label=${t('phone')} .value=${person.phone} @sp-input=${set('phone')}></sp-text></div>
        <p><button type="button" class="btn btn-link btn-xs" @click=${() => { this.person = null; }}>${t('booking-from-list')}</button></p>`;
    }
    return html`<sp-picker ?data-autofocus=${this.who === null} .value=${this.who} .error=${this.whoError}
      @sp-chosen=${(e: CustomEvent<Chosen | null>) => {
        this.who = e.detail;
        this.whoError = '';
        if (e.detail !== null) void this.updateComplete.then(() => this.querySelector<HTMLElement>('[name=slot] select')?.focus());
      }}
      @sp-person=${(e: CustomEvent<string>) => {
        this.person = { name: e.detail, phone: '' };
        void this.updateComplete.then(() => new Promise((r) => setTimeout(r, 0))).then(() => this.querySelector<HTMLElement>('[name=person] input')?.focus());
      }}></sp-picker>`;
  }

  private slots(): TemplateResult {
    if (this.full) {
      const slots = this.agendaSlots();
      const chosen = slots.find((s) => s.start === this.start);
      return html`<sp-select name="slot" required .label=${t('booking-slot')} .error=${this.slotError} .value=${this.start}
          .options=${slots.map((s) => ({ value: s.start, label: t('booking-slot-full', { when: slotText(s.start), taken: s.taken, capacity: s.capacity }) }))}
          .hint=${this.all.data !== undefined && slots.length === 0 ? t('booking-no-slots-day') : ''}
          @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.start = e.detail.value ?? ''; }}></sp-select>
        ${chosen !== undefined && chosen.taken >= chosen.capacity ? html`<sp-textarea name="overbook" required .label=${t('booking-overbook-reason')} .hint=${t('booking-overbook-hint')} .value=${this.overbook} .rows=${2}
          @sp-input=${(e: CustomEvent<{ value: string | null }>) => { this.overbook = e.detail.value ?? ''; }}></sp-textarea>` : nothing}`;
    }
    const { data } = this.free;
    const slots = data?.slots ?? [];
    const { pointed } = this;
    const beyond = pointed === null || data === undefined || slots.some((s) => s.start === pointed) ? [] : [{ value: pointed, label: t('booking-slot-beyond', { when: slotText(pointed) }) }];
    return html`<sp-select name="slot" required ?data-autofocus=${this.who !== null || this.open?.move !== undefined} .label=${t('booking-slot')} .error=${this.slotError} .value=${this.start}
      .options=${[...beyond, ...slots.map((s) => ({ value: s.start, label: t('booking-slot-free', { when: slotText(s.start), n: s.free }) }))]}
      .hint=${this.site === '' ? t('booking-no-sites') : data === undefined ? '' : slots.length === 0 ? t('booking-no-slots') : t('booking-slot-hint')}
      @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.start = e.detail.value ?? ''; this.slotError = ''; }}></sp-select>`;
  }

  private body(): TemplateResult {
    const { data } = this.reference;
    if (data === undefined) return loading();
    if (this.booked !== null) return this.done(this.booked);
    const sites = data.services.find((s) => s.id === this.service)?.sites ?? [];
    const moving = this.open?.move !== undefined;
    return html`<form novalidate @submit=${(e: Event) => { e.preventDefault(); void perform({ label: 'booking-send', run: () => this.send() }); }} @keydown=${sendOnEnter(() => perform({ label: 'booking-send', run: () => this.send() }))}>
      ${this.error === null ? nothing : alert({ tone: 'danger', title: this.error.message })}
      ${this.whom()}
      <div class="sp-form-row">
        <sp-select name="service" required ?disabled=${moving} .label=${t('service')} .value=${this.service} .options=${this.services.map((s) => ({ value: s.id, label: serviceName(s) }))}
          @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.service = e.detail.value ?? ''; this.start = ''; }}></sp-select>
        <sp-select name="site" required .label=${t('site')} .value=${this.site} .options=${data.sites.filter((s) => sites.includes(s.id)).map((s) => ({ value: s.id, label: s.name }))}
          @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.site = e.detail.value ?? ''; this.start = ''; }}></sp-select>
        <sp-date name="from" .label=${t(this.full ? 'booking-day' : 'booking-from')} .value=${this.from} .min=${format.today()}
          @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.from = e.detail.value; this.start = ''; }}></sp-date>
      </div>
      ${this.slots()}
      <sp-check name="full" .label=${t('booking-overbook')} .hint=${t('booking-overbook-note')} .value=${this.full}
        @sp-change=${(e: CustomEvent<{ value: boolean }>) => { this.full = e.detail.value; if (this.full && this.start !== '') this.from = this.start.slice(0, 10); }}></sp-check>
    </form>`;
  }

  private done(b: NonNullable<typeof this.booked>): TemplateResult {
    return html`<div data-booked tabindex="-1" data-testid="booked">${alert({ tone: 'success', title: t(this.open?.move === undefined ? 'booked-title' : 'moved-title', { name: b.name }), live: false })}
      ${facts([[t('booking-when'), html`${format.longDate(b.start.slice(0, 10))}, ${format.wallTime(b.start)}`], [t('booking-where'), siteName(this.reference.data, b.site)]])}</div>`;
  }

  private actions(): Action[] {
    const { booked } = this;
    if (booked !== null) {
      const { undo } = booked;
      return [
        ...(undo === null ? [] : [{ id: 'booking-undo', label: t('undo'), key: 'Ctrl+Z', icon: 'restore', kind: 'plain', run: () => this.takeBack(undo) } as const]),
        { id: 'slip-a4', label: t('slip-a4'), key: 'F7', icon: 'print', run: () => printSlip(booked.appointment, false) },
        { id: 'slip-80', label: t('slip-80'), key: 'F8', icon: 'print', run: () => printSlip(booked.appointment, true) },
        { id: 'booking-done', label: t('booking-done'), kind: 'primary', key: 'Enter', run: () => this.close() },
      ];
    }
    return [
      { label: t('go-back'), key: 'Escape', run: () => this.close() },
      { id: 'booking-do', label: t(this.open?.move === undefined ? 'book-do' : 'move-do'), kind: 'primary', key: 'F9', icon: 'calendar', disabled: this.busy, run: () => this.send() },
    ];
  }

  private async takeBack(undo: Command): Promise<void> {
    const name = this.booked?.name ?? '';
    await run(undo);
    this.close();
    toast({ tone: 'info', text: t('booking-undone', { name }) });
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent('sp-close'));
  }

  override render(): unknown {
    return html`<sp-dialog .open=${this.open !== null} .heading=${this.open === null ? '' : t(this.open.move === undefined ? 'book-title' : 'move-title')} .body=${this.open === null ? nothing : this.body()} .actions=${this.actions()}
      @sp-close=${() => this.close()}></sp-dialog>`;
  }
}
