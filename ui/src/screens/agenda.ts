// SPDX-License-Identifier: EUPL-1.2
// Agenda: the slots of a site by day or by week, who is in them and what room is left; booking in a few keystrokes.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { perform, type Action } from '../actions.ts';
import { announce, focusOn } from '../a11y.ts';
import { query, save_file } from '../bridge.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import '../parts/fields.ts';
import { toast } from '../parts/toasts.ts';
import { button, errorPanel, loading, pageHeader } from '../parts/views.ts';
import { replace } from '../router.ts';
import { useQuery } from '../store.ts';
import type { AgendaSlot, AgendaView, AppointmentRow } from '../types.ts';
import './agenda-conflicts.ts';
import { dayTable } from './agenda-day.ts';
import './agenda-series.ts';
import { weekTable } from './agenda-week.ts';
import { movable } from './agenda-words.ts';
import { call, cancelAppointment, checkIn, close, printOrOpen, printSlip, serve, stepBack } from './common/acts.ts';
import './common/booking.ts';
import type { Booking } from './common/booking.ts';
import { PointerDrag } from './common/drag.ts';
import { FollowFocus } from './common/focus.ts';
import { moveTo } from './common/overbook.ts';
import { serviceName } from './common/words.ts';
import { REFERENCE_KINDS } from './names.ts';
import { monday } from './statistiche-period.ts';

@customElement('sp-agenda')
export class SpAgenda extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  private readonly status = useQuery(this, () => ({ type: 'status' }) as const);
  private readonly agenda = useQuery(this, () => ({
    type: 'agenda', site: this.params['sede'] ?? null, service: this.params['servizio'] ?? null,
    from: this.week ? monday(this.day) : this.day, days: this.week ? 7 : 1,
  }) as const, ['appointment', 'service', 'site', 'entitlement', 'site_hours']);
  @state() private booking: Booking | null = null;
  @state() private series = false;
  /** Kept while another day is awaited, so that the page does not jump. */
  private last: AgendaView | undefined;
  private marked = '';

  constructor() {
    super();
    void new FollowFocus(this);
    void new PointerDrag(this, (source, target) => void perform({ label: 'agenda-drop', run: () => this.dropped(source.dataset['drag'] ?? '', target) }));
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

  /** How one goes about: beside the choice of the day. */
  private ways(): Action[] {
    return [
      { id: 'previous', label: t(this.week ? 'agenda-previous-week' : 'agenda-previous-day'), key: 'Alt+ArrowLeft', icon: 'chevron-left', run: () => this.move(-1) },
      { id: 'today', label: t('agenda-today'), key: 'F6', icon: 'calendar', run: () => this.show({ giorno: undefined, appuntamento: undefined }) },
      { id: 'next', label: t(this.week ? 'agenda-next-week' : 'agenda-next-day'), key: 'Alt+ArrowRight', icon: 'chevron-right', run: () => this.move(1) },
      { id: 'view', label: t(this.week ? 'agenda-show-day' : 'agenda-show-week'), key: 'F7', icon: 'list', run: () => this.show({ vista: this.week ? undefined : 'settimana' }) },
    ];
  }

  /** What one does. */
  private deeds(): Action[] {
    const site = this.agenda.data?.site.id;
    return [
      { id: 'book', label: t('book-new'), key: 'F4', icon: 'calendar', kind: 'primary', run: () => this.book() },
      { id: 'day-list', label: t('agenda-print'), key: 'F8', icon: 'print', disabled: site === undefined, run: () => (site === undefined ? undefined : printOrOpen({ type: 'day_list', site, day: this.day })) },
      { id: 'calendar', label: t('agenda-calendar'), key: 'F9', icon: 'download', disabled: site === undefined, run: () => this.saveCalendar() },
      { id: 'series', label: t('agenda-series'), key: 'F3', icon: 'upload', focusKey: 'series', run: () => { this.series = true; } },
    ];
  }

  override actions(): Action[] {
    return [...this.deeds(), ...this.ways()];
  }

  /** The days that are shown, as a file for other calendars. */
  private async saveCalendar(): Promise<void> {
    const site = this.agenda.data?.site.id ?? null;
    const from = this.week ? monday(this.day) : this.day;
    const path = await save_file(await query({ type: 'calendar', appointment: null, site, from, to: this.week ? format.addDays(from, 6) : from }));
    if (path !== null) toast({ text: t('file-saved', { path }) });
  }

  /** An appointment was put down on a slot. */
  private async dropped(id: string, target: HTMLElement): Promise<void> {
    const a = (this.agenda.data?.days ?? []).flatMap((d) => d.slots).flatMap((s) => s.appointments).find((x) => x.id === id);
    const { drop: start, service } = target.dataset;
    const site = this.agenda.data?.site.id;
    if (a === undefined || start === undefined || site === undefined || start === a.start) return;
    if (service !== a.service) {
      toast({ tone: 'info', text: t('agenda-drop-service', { service: a.service_name }) });
      return;
    }
    await moveTo(a, site, start);
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

  private steps(a: AppointmentRow): Action[] {
    const key = (what: string): string => `${what}-${a.id}`;
    const open = movable(a);
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

  private choose(): TemplateResult {
    const { data } = this.reference;
    const site = this.params['sede'] ?? this.agenda.data?.site.id ?? this.status.data?.site?.id ?? '';
    return html`<div class="sp-form-row sp-agenda-choose">
      <sp-date name="giorno" .label=${t('agenda-day')} required .value=${this.day} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { if (e.detail.value !== null) this.show({ giorno: e.detail.value, appuntamento: undefined }); }}></sp-date>
      <sp-select name="sede" required .label=${t('site')} .value=${site} .options=${(data?.sites ?? []).map((s) => ({ value: s.id, label: s.name }))} @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.show({ sede: e.detail.value ?? undefined })}></sp-select>
      <sp-select name="servizio" required .label=${t('service')} .none=${t('agenda-all-services')} .value=${this.params['servizio'] ?? ''} .options=${(data?.services ?? []).filter((s) => s.active).map((s) => ({ value: s.id, label: serviceName(s) }))} @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.show({ servizio: e.detail.value ?? undefined })}></sp-select>
      <div class="sp-actions sp-agenda-ways">${this.ways().map((a) => button({ ...a, label: a.id === 'view' ? t(this.week ? 'agenda-way-day' : 'agenda-way-week') : t(`agenda-way-${a.id ?? ''}`) }, true))}</div>
    </div>`;
  }

  override render(): unknown {
    const { data, error } = this.agenda;
    this.last = data ?? this.last;
    const view = data ?? this.last;
    const site = view?.site.id ?? null;
    const serviceOf = (id: string): string => this.serviceOf(id);
    const book = (slot: AgendaSlot): void => this.book(slot);
    const next = (): void => this.move(1);
    return html`${pageHeader({ title: this.heading(), ...(view ? { lead: view.site.name } : {}), actions: this.deeds() })}
      ${this.choose()}
      ${site === null ? nothing : html`<sp-agenda-conflicts .site=${site} @sp-move=${(e: CustomEvent<AppointmentRow>) => { this.booking = { move: e.detail }; }}></sp-agenda-conflicts>`}
      ${error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.agenda.retry() }] })
        : view === undefined ? loading()
        : this.week ? weekTable({ days: view.days, heading: this.heading(), serviceOf, book, next, open: (giorno, appuntamento) => this.show({ giorno, vista: undefined, appuntamento }) })
        : view.days[0] === undefined ? nothing
        : dayTable({ day: view.days[0], site: view.site.id, marked: this.params['appuntamento'], serviceOf, steps: (a) => this.steps(a), book, next })}
      <sp-booking .open=${this.booking} @sp-close=${() => { this.booking = null; }}></sp-booking>
      <sp-series .open=${this.series} .site=${site ?? ''} .service=${this.params['servizio'] ?? ''} @sp-close=${() => { this.series = false; }}></sp-series>`;
  }
}
