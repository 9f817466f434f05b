// SPDX-License-Identifier: EUPL-1.2
// Agenda: the slots of a site by day or by week, who is in them and what room is left; booking in a few keystrokes.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { announce, focusOn } from '../a11y.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { badge, button, empty, errorPanel, loading, pageHeader, type Content } from '../parts/views.ts';
import { replace } from '../router.ts';
import { useQuery } from '../store.ts';
import type { AgendaDay, AgendaSlot, AgendaView, AppointmentRow } from '../types.ts';
import { call, cancelAppointment, checkIn, close, printSlip, serve, stepBack } from './common/acts.ts';
import './common/booking.ts';
import type { Booking } from './common/booking.ts';
import { FollowFocus } from './common/focus.ts';
import { appointmentBadge, nameLink, phoneText, serviceName } from './common/words.ts';
import { REFERENCE_KINDS } from './names.ts';
import { monday } from './statistiche-period.ts';

const OVER = new Set(['cancelled', 'finished']);

@customElement('sp-agenda')
export class SpAgenda extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  private readonly status = useQuery(this, () => ({ type: 'status' }) as const);
  private readonly agenda = useQuery(this, () => ({
    type: 'agenda', site: this.params['sede'] ?? null, service: this.params['servizio'] ?? null,
    from: this.week ? monday(this.day) : this.day, days: this.week ? 7 : 1,
  }) as const, ['appointment', 'service', 'site', 'entitlement']);
  @state() private booking: Booking | null = null;
  /** Kept while another day is awaited, so that the page does not jump. */
  private last: AgendaView | undefined;
  private marked = '';

  constructor() {
    super();
    void new FollowFocus(this);
  }

  private get day(): string {
    const { giorno } = this.params;
    return giorno !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(giorno) ? giorno : format.today();
  }
  private get week(): boolean {
    return this.params['vista'] === 'settimana';
  }

  override heading(): string {
    return this.week ? t('agenda-week-of', { from: format.date(monday(this.day)), to: format.date(format.addDays(monday(this.day), 6)) }) : t('agenda-day-of', { day: format.longDate(this.day) });
  }

  private show(change: Record<string, string | undefined>): void {
    const { giorno, vista, sede, servizio } = this.params;
    replace('/agenda', { giorno, vista, sede, servizio, ...change });
  }

  private move(by: number): void {
    const day = format.addDays(this.day, this.week ? 7 * by : by);
    this.show({ giorno: day, appuntamento: undefined });
    announce(format.longDate(day));
  }

  override actions(): Action[] {
    return [
      { id: 'book', label: t('book-new'), key: 'F4', icon: 'calendar', kind: 'primary', run: () => this.book() },
      { id: 'previous', label: t(this.week ? 'agenda-previous-week' : 'agenda-previous-day'), key: 'Alt+ArrowLeft', icon: 'chevron-left', run: () => this.move(-1) },
      { id: 'today', label: t('agenda-today'), key: 'F6', icon: 'calendar', run: () => this.show({ giorno: undefined, appuntamento: undefined }) },
      { id: 'next', label: t(this.week ? 'agenda-next-week' : 'agenda-next-day'), key: 'Alt+ArrowRight', icon: 'chevron-right', run: () => this.move(1) },
      { id: 'view', label: t(this.week ? 'agenda-show-day' : 'agenda-show-week'), key: 'F7', icon: 'list', run: () => this.show({ vista: this.week ? undefined : 'settimana' }) },
    ];
  }

  private book(slot?: AgendaSlot): void {
    const site = this.agenda.data?.site.id ?? '';
    this.booking = slot === undefined
      ? (this.day > format.today() ? { slot: { service: this.params['servizio'] ?? '', site, start: this.day } } : {})
      : { slot: { service: slot.service, site, start: slot.start } };
  }

  protected override updated(changed?: PropertyValues): void {
    super.updated();
    void changed;
    const { appuntamento } = this.params;
    if (appuntamento === undefined || appuntamento === this.marked) return;
    const row = this.querySelector<HTMLElement>(`[data-row="${CSS.escape(appuntamento)}"]`);
    if (row === null) return;
    this.marked = appuntamento;
    row.scrollIntoView?.({ block: 'center' });
    setTimeout(() => focusOn(row), 0);
  }

  private serviceOf(id: string): string {
    const service = this.reference.data?.services.find((s) => s.id === id);
    return service === undefined ? '' : serviceName(service);
  }

  private past(slot: AgendaSlot): boolean {
    const now = format.deskNow().getTime();
    return slot.start.slice(0, 10) < format.today() || (slot.start.slice(0, 10) === format.today() && format.wallTime(slot.start) < format.timeOf(now - 15 * 60_000));
  }

  private room(slot: AgendaSlot): TemplateResult {
    const words = t('agenda-room', { taken: slot.taken, capacity: slot.capacity });
    if (slot.taken > slot.capacity) return badge('danger', words, 'warning-circle');
    return slot.taken === slot.capacity ? badge('warning', words, 'ban') : badge('neutral', words, 'user');
  }

  private steps(a: AppointmentRow): Action[] {
    const key = (what: string): string => `${what}-${a.id}`;
    const open = a.status === 'booked' || a.status === 'missed';
    const label = t('cancel-short');
    return [
      ...(open && a.start.slice(0, 10) === format.today() ? [{ id: 'present', label: t('present'), icon: 'check', kind: 'secondary', focusKey: key('present'), run: () => checkIn(a) } as const] : []),
      ...(a.status === 'presented' || a.status === 'parked' ? [{ label: t('call'), icon: 'horn', focusKey: key('call'), run: () => call(a) } as const] : []),
      ...(a.status === 'called' ? [{ label: t(a.entitlement === null ? 'close-do' : 'serve'), icon: 'box', focusKey: key('serve'), run: () => (a.entitlement === null ? close(a) : serve(a)) } as const] : []),
      ...(open ? [
        { id: 'move', label: t('move'), kind: 'plain', icon: 'calendar', focusKey: key('move'), run: () => { this.booking = { move: a }; } } as const,
        { id: 'cancel', label, kind: 'plain', focusKey: key('cancel'), run: () => cancelAppointment(a) } as const,
        { id: 'slip', label: t('slip'), kind: 'plain', icon: 'print', focusKey: key('slip'), run: () => printSlip(a.id) } as const,
      ] : []),
      ...(a.undoable ? [{ label: t('step-back'), kind: 'plain', icon: 'restore', focusKey: key('undo'), run: () => stepBack(a) } as const] : []),
    ];
  }

  private appointment(a: AppointmentRow): TemplateResult {
    return html`<li data-row=${a.id} data-testid="agenda-appointment" tabindex="-1" class="${a.id === this.params['appuntamento'] ? 'sp-marked' : ''} ${OVER.has(a.status) ? 'sp-over' : ''}">
      <div><p>${nameLink(a, `name-${a.id}`)} ${appointmentBadge(a)} ${phoneText(a.phone)}</p>${a.reason === '' ? nothing : html`<p class="sp-small">${a.reason}</p>`}</div>
      <div class="sp-actions">${this.steps(a).map((x) => button(x, true))}</div></li>`;
  }

  private dayTable(day: AgendaDay): Content {
    if (day.slots.length === 0) return empty(t('agenda-closed', { day: format.longDate(day.day) }), [{ label: t('agenda-next-day'), icon: 'chevron-right', run: () => this.move(1) }], 'calendar');
    const many = new Set(day.slots.map((s) => s.service)).size > 1;
    // What is over and was empty is of no use any more.
    const slots = day.slots.filter((s) => s.appointments.length > 0 || !this.past(s));
    const hidden = day.slots.length - slots.length;
    return html`<div class="sp-table-scroll"><table class="table table-sm sp-agenda" data-testid="agenda-day">
      <caption class="visually-hidden">${t('agenda-caption-day', { day: format.longDate(day.day) })}</caption>
      <thead><tr><th scope="col">${t('agenda-time')}</th>${many ? html`<th scope="col">${t('service')}</th>` : nothing}<th scope="col">${t('agenda-places')}</th><th scope="col">${t('appointments')}</th><th scope="col"><span class="visually-hidden">${t('book-new')}</span></th></tr></thead>
      <tbody>${slots.map((slot) => {
        const past = this.past(slot);
        return html`<tr>
          <th scope="row">${format.wallTime(slot.start)}</th>
          ${many ? html`<td>${this.serviceOf(slot.service)}</td>` : nothing}
          <td>${this.room(slot)}</td>
          <td>${slot.appointments.length === 0 ? html`<span class="sp-small">${t('agenda-free')}</span>` : html`<ul class="sp-plain-list">${slot.appointments.map((a) => this.appointment(a))}</ul>`}</td>
          <td class="sp-row-actions">${past ? nothing : slot.taken < slot.capacity
            ? html`<button type="button" class="btn btn-outline-primary btn-xs" data-focus-key="book-${slot.start}-${slot.service}" aria-label=${t('agenda-book-at', { time: format.wallTime(slot.start) })} @click=${() => this.book(slot)}>${icon('plus')}<span>${t('book-do')}</span></button>`
            : html`<span class="sp-small">${t('agenda-full')}</span>`}</td></tr>`;
      })}</tbody></table></div>
      ${hidden === 0 ? nothing : html`<p class="sp-small">${t('agenda-hidden', { n: hidden })}</p>`}`;
  }

  private weekTable(days: readonly AgendaDay[]): Content {
    const open = days.filter((d) => d.slots.length > 0);
    if (open.length === 0) return empty(t('agenda-closed-week'), [{ label: t('agenda-next-week'), icon: 'chevron-right', run: () => this.move(1) }], 'calendar');
    const times = [...new Set(open.flatMap((d) => d.slots.map((s) => format.wallTime(s.start))))].toSorted((a, b) => a.localeCompare(b));
    return html`<div class="sp-table-scroll"><table class="table table-sm sp-agenda-week" data-testid="agenda-week">
      <caption class="visually-hidden">${this.heading()}</caption>
      <thead><tr><th scope="col">${t('agenda-time')}</th>${open.map((d) => html`<th scope="col"><button type="button" class="sp-row-open" @click=${() => this.show({ giorno: d.day, vista: undefined })}>${format.weekday(d.day).slice(0, 3)} ${format.date(d.day).slice(0, 5)}</button>
        <span class="sp-small">${t('agenda-room', { taken: d.slots.reduce((n, s) => n + s.taken, 0), capacity: d.slots.reduce((n, s) => n + s.capacity, 0) })}</span></th>`)}</tr></thead>
      <tbody>${times.map((time) => html`<tr><th scope="row">${time}</th>${open.map((d) => this.weekCell(d, time))}</tr>`)}</tbody></table></div>`;
  }

  private weekCell(day: AgendaDay, time: string): TemplateResult {
    const slots = day.slots.filter((s) => format.wallTime(s.start) === time);
    return html`<td>${slots.map((slot) => {
      const full = slot.taken >= slot.capacity;
      const words = t('agenda-room', { taken: slot.taken, capacity: slot.capacity });
      const label = `${format.weekday(day.day)} ${format.date(day.day)} ${time}, ${this.serviceOf(slot.service)}: ${words}`;
      return full || this.past(slot)
        ? html`<span class="sp-cell ${full ? 'sp-cell-full' : ''}" title=${label}>${words}${full ? html` ${icon('ban', t('agenda-full'))}` : nothing}</span>`
        : html`<button type="button" class="sp-cell sp-cell-free" data-focus-key="book-${slot.start}-${slot.service}" aria-label="${label}. ${t('book-do')}" @click=${() => this.book(slot)}>${words}</button>`;
    })}</td>`;
  }

  private choose(): TemplateResult {
    const { data } = this.reference;
    const site = this.params['sede'] ?? this.agenda.data?.site.id ?? this.status.data?.site?.id ?? '';
    return html`<div class="sp-form-row sp-agenda-choose">
      <sp-date name="giorno" .label=${t('agenda-day')} required .value=${this.day} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { if (e.detail.value !== null) this.show({ giorno: e.detail.value, appuntamento: undefined }); }}></sp-date>
      <sp-select name="sede" required .label=${t('site')} .value=${site} .options=${(data?.sites ?? []).map((s) => ({ value: s.id, label: s.name }))} @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.show({ sede: e.detail.value ?? undefined })}></sp-select>
      <sp-select name="servizio" required .label=${t('service')} .none=${t('agenda-all-services')} .value=${this.params['servizio'] ?? ''} .options=${(data?.services ?? []).filter((s) => s.active).map((s) => ({ value: s.id, label: serviceName(s) }))} @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.show({ servizio: e.detail.value ?? undefined })}></sp-select>
    </div>`;
  }

  override render(): unknown {
    const { data, error } = this.agenda;
    this.last = data ?? this.last;
    const view = data ?? this.last;
    return html`${pageHeader({ title: this.heading(), ...(view ? { lead: view.site.name } : {}), actions: this.actions() })}
      ${this.choose()}
      ${error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.agenda.retry() }] })
        : view === undefined ? loading()
        : this.week ? this.weekTable(view.days) : view.days[0] === undefined ? nothing : this.dayTable(view.days[0])}
      <sp-booking .open=${this.booking} @sp-close=${() => { this.booking = null; }}></sp-booking>`;
  }
}
