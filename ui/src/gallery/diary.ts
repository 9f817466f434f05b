// SPDX-License-Identifier: EUPL-1.2
// A fake desk's diary: its hours, its slots, what a change of hours touches, slots given twice, series from a file, statistics.
import type {
  AgendaDay, AgendaSlot, AgendaView, AppointmentMove, AppointmentRow, Closed, Command, FileInput, FreeSlot, HoursImpactView, HoursView, Query, SeriesPreviewView, SeriesRow, Service, Site, SiteHours, StatisticsView, Touched, View, VisitFigures,
} from '../types.ts';
import { addDay, conflict, figures, free, holidays, serviceDay, staffed, takesRoom, USUAL, type Slot, type Taken } from './diary-rules.ts';

/** A refusal as the core words it. */
const no = (code: string, message: string): never => {
  throw { code, message };
};
const spoken = (start: string): string => `${start.slice(8, 10)}/${start.slice(5, 7)}/${start.slice(0, 4)} alle ${start.slice(11, 16)}`;
/** The instant of a wall time; the gallery lives in winter time. */
const instant = (start: string): number => Date.parse(`${start}+01:00`);

const seen = (f: VisitFigures): boolean => f.booked + f.cancelled + f.walk_ins + f.places > 0;

export interface DiaryOf {
  now: () => number;
  today: string;
  /** The site of the desk itself. */
  site: string;
  sites: readonly Site[];
  services: readonly Service[];
  rows: () => readonly AppointmentRow[];
  /** Sent home without what they came for. */
  refused?: (a: AppointmentRow) => boolean;
}

/** A week of weekday mornings, `afternoons` with them. */
export const weekOf = (staff: number, afternoons: readonly number[] = []): SiteHours['weeks'][number] => ({
  valid_from: null, valid_to: null,
  spans: [...[1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:30:00', to: '13:00:00', staff })), ...afternoons.map((weekday) => ({ weekday, from: '14:30:00', to: '17:30:00', staff: 2 }))].toSorted((a, b) => a.weekday - b.weekday || a.from.localeCompare(b.from)),
});

export class FakeDiary {
  readonly hours = new Map<string, SiteHours>();
  /** Why, of those booked beyond what there is room for. */
  readonly overbooked = new Map<string, string>();
  private readonly known = new Map<string, string>();

  constructor(private readonly of: DiaryOf) {}

  private service(id: string): Service {
    return this.of.services.find((s) => s.id === id) ?? no('not_found', 'Servizio non conosciuto.');
  }
  private site(id: string | null): Site {
    return this.of.sites.find((s) => s.id === (id ?? this.of.site)) ?? no('not_found', 'Sede non conosciuta.');
  }
  private taken(rows: readonly AppointmentRow[]): Taken[] {
    return rows.filter(takesRoom).map((a) => ({ service: a.service, start: a.start, minutes: this.of.services.find((s) => s.id === a.service)?.minutes ?? 0 }));
  }
  private there(site: string, day: string): AppointmentRow[] {
    return this.of.rows().filter((a) => a.site === site && a.start.startsWith(day));
  }
  private times(site: string, day: string, hours = this.hours.get(site)): ReturnType<typeof staffed>['times'] | null {
    return hours === undefined ? null : staffed(hours, day).times;
  }

  /** The slots of a service on a day that still have room. */
  private freeOn(service: Service, site: string, day: string): { slot: Slot; free: number }[] {
    const taken = this.taken(this.there(site, day));
    return serviceDay(service, this.hours.get(site), site, day).slots.map((slot) => ({ slot, free: free(service, slot, this.times(site, day), taken) })).filter((s) => s.free > 0);
  }

  agenda(q: Extract<Query, { type: 'agenda' }>): AgendaView {
    const site = this.site(q.site);
    const days = Array.from({ length: q.days }, (_, n): AgendaDay => {
      const day = addDay(q.from, n);
      const rows = this.there(site.id, day).filter((a) => q.service === null || a.service === q.service);
      const taken = this.taken(this.there(site.id, day));
      const times = this.times(site.id, day);
      let closed: Closed | null = null;
      const slots: AgendaSlot[] = [];
      for (const service of this.of.services.filter((s) => q.service === null || s.id === q.service)) {
        const found = serviceDay(service, this.hours.get(site.id), site.id, day);
        if (found.closed?.because !== 'not_here') closed ??= found.closed;
        for (const slot of found.slots) slots.push({ ...slot, service: service.id, taken: 0, free: free(service, slot, times, taken), conflict: false, appointments: [] });
      }
      for (const row of rows) {
        let slot = slots.find((s) => s.start === row.start && s.service === row.service);
        // Hours that changed after it was booked, or nobody booked it: shown all the same.
        if (slot === undefined) {
          slot = { start: row.start, service: row.service, capacity: 0, taken: 0, free: 0, conflict: false, appointments: [] };
          slots.push(slot);
        }
        if (takesRoom(row)) slot.taken += 1;
        slot.appointments.push(row);
      }
      for (const slot of slots) slot.conflict = slot.capacity > 0 && conflict(slot.capacity, slot.appointments);
      return { day, closed: slots.length === 0 ? closed : null, staff: times ?? [], slots: slots.toSorted((a, b) => a.start.localeCompare(b.start) || a.service.localeCompare(b.service)) };
    });
    return { site, days };
  }

  freeSlots(q: Extract<Query, { type: 'free_slots' }>): FreeSlot[] {
    const service = this.service(q.service);
    const rules = service.rules ?? USUAL;
    const found: FreeSlot[] = [];
    if (!rules.reservable) return found;
    const first = q.from !== null && q.from > this.of.today ? q.from : this.of.today;
    for (let d = 0; d < 90 && found.length < (q.limit ?? 12); d++) {
      const day = addDay(first, d);
      if (rules.ahead_days !== null && day > addDay(this.of.today, rules.ahead_days)) break;
      for (const { slot, free: room } of this.freeOn(service, q.site, day)) {
        const soon = rules.notice_minutes > 0 && instant(slot.start) < this.of.now() + rules.notice_minutes * 60_000;
        if (!soon && instant(slot.start) + service.minutes * 60_000 > this.of.now()) found.push({ start: slot.start, free: room });
      }
    }
    return found.slice(0, q.limit ?? 12);
  }

  /** Refuses a place as the core does; null: there is room, else the reason for which it is taken all the same. */
  place(service: Service, site: string, start: string, overbook: string | null, without: readonly string[] = [], come: readonly Taken[] = []): string | null {
    const day = start.slice(0, 10);
    const rules = service.rules ?? USUAL;
    if (!service.active) no('service_suspended', `Il servizio è sospeso (motivo: ${rules.suspended ?? '–'}). Non è stato registrato nulla.`);
    const slot = serviceDay(service, this.hours.get(site), site, day).slots.find((s) => s.start === start) ?? no('no_such_slot', `Non c'è nessuna fascia che comincia il ${spoken(start)}. Non è stato registrato nulla: scegliere un'altra fascia.`);
    if (instant(start) + service.minutes * 60_000 <= this.of.now()) no('slot_past', `La fascia del ${spoken(start)} è già passata. Non è stato registrato nulla: sceglierne una successiva.`);
    const reason = overbook?.trim() ?? '';
    const against = (): { code: string; message: string } | null => {
      if (rules.notice_minutes > 0 && instant(start) < this.of.now() + rules.notice_minutes * 60_000) return { code: 'too_soon', message: `La fascia del ${spoken(start)} non si prenota più. Non è stato registrato nulla: scegliere un'altra fascia, oppure scrivere il motivo per prenotarla lo stesso.` };
      if (rules.ahead_days !== null && day > addDay(this.of.today, rules.ahead_days)) return { code: 'too_far', message: `La fascia del ${spoken(start)} non si prenota ancora. Non è stato registrato nulla: scegliere un altro giorno, oppure scrivere il motivo per prenotarla lo stesso.` };
      const taken = [...this.taken(this.there(site, day).filter((a) => !without.includes(a.id))), ...come.filter((x) => x.start.startsWith(day))];
      if (free(service, slot, this.times(site, day), taken) === 0) return { code: 'slot_full', message: `La fascia del ${spoken(start)} è al completo: i posti sono ${slot.capacity}. Non è stato registrato nulla: scegliere un'altra fascia, oppure scrivere il motivo per aggiungere un posto.` };
      return null;
    };
    const refused = against();
    if (refused === null) return null;
    return reason === '' ? no(refused.code, refused.message) : reason;
  }

  hoursView(q: Extract<Query, { type: 'hours' }>): HoursView {
    const site = this.site(q.site);
    return { site, hours: this.hours.get(site.id) ?? null, holidays: holidays(q.year ?? Number(this.of.today.slice(0, 4))) };
  }

  private toCome(site: string): AppointmentRow[] {
    return this.of.rows().filter((a) => a.site === site && a.status === 'booked' && !a.walk_in && a.start.slice(0, 10) >= this.of.today).toSorted((a, b) => a.booked_at - b.booked_at || a.id.localeCompare(b.id));
  }

  impact(hours: SiteHours): HoursImpactView {
    const kept: Taken[] = [];
    const touched: { row: AppointmentRow; touched: Touched }[] = [];
    const at = (day: string): Taken[] => kept.filter((x) => x.start.startsWith(day));
    for (const row of this.toCome(hours.site)) {
      const service = this.service(row.service);
      const day = row.start.slice(0, 10);
      const { slots, closed } = serviceDay(service, hours, hours.site, day);
      const slot = slots.find((s) => s.start === row.start);
      if (slot === undefined) touched.push({ row, touched: closed === null ? { why: 'no_slot' } : { why: 'closed', closed } });
      else if (row.overbooked === null && free(service, slot, staffed(hours, day).times, at(day)) === 0) touched.push({ row, touched: { why: 'no_room' } });
      else kept.push({ service: service.id, start: row.start, minutes: service.minutes });
    }
    const sorted = touched.toSorted((a, b) => a.row.start.localeCompare(b.row.start) || a.row.id.localeCompare(b.row.id));
    return { touched: sorted.map(({ row, touched: why }) => {
      const service = this.service(row.service);
      let offer: string | null = null;
      for (let d = 0; d < 60 && offer === null; d++) {
        const day = addDay(row.start.slice(0, 10), d);
        const open = serviceDay(service, hours, hours.site, day).slots.filter((s) => instant(s.start) > this.of.now() && free(service, s, staffed(hours, day).times, at(day)) > 0);
        offer = (open.find((s) => s.start.slice(11) >= row.start.slice(11)) ?? open.at(-1))?.start ?? null;
      }
      if (offer !== null) kept.push({ service: service.id, start: offer, minutes: service.minutes });
      return { appointment: row, touched: why, offer };
    }) };
  }

  /** Checks several moves, each on the agenda as the ones before it leave it. */
  moves(moves: readonly AppointmentMove[], overbook: string | null): void {
    const gone: string[] = [];
    const come: Taken[] = [];
    for (const m of moves) {
      const row = this.of.rows().find((a) => a.id === m.appointment) ?? no('not_found', "Questa postazione non conosce l'appuntamento cercato.");
      const service = this.service(row.service);
      gone.push(row.id);
      const why = this.place(service, m.site, m.start, overbook, gone, come);
      if (why !== null) this.overbooked.set(row.id, why);
      come.push({ service: service.id, start: m.start, minutes: service.minutes });
    }
  }

  conflicts(site: string | null): View {
    const rows = this.of.sites.filter((s) => site === null || s.id === site).flatMap((s) => {
      const slots = new Map<string, AppointmentRow[]>();
      for (const a of this.toCome(s.id)) slots.set(`${a.start} ${a.service}`, [...(slots.get(`${a.start} ${a.service}`) ?? []), a]);
      return [...slots.values()].flatMap((booked) => {
        const [first] = booked;
        if (first === undefined) return [];
        const service = this.service(first.service);
        const slot = serviceDay(service, this.hours.get(s.id), s.id, first.start.slice(0, 10)).slots.find((x) => x.start === first.start);
        if (slot === undefined || !conflict(slot.capacity, booked)) return [];
        return [{ site: s.id, service: service.id, service_name: service.name, start: first.start, capacity: slot.capacity, appointments: booked, offer: this.nearest(service, s.id, first.start) }];
      });
    });
    return { type: 'agenda_conflicts', rows: rows.toSorted((a, b) => a.start.localeCompare(b.start)) };
  }

  private nearest(service: Service, site: string, start: string): string | null {
    for (let d = 0; d < 60; d++) {
      const open = this.freeOn(service, site, addDay(start.slice(0, 10), d)).map((s) => s.slot.start).filter((s) => instant(s) > this.of.now());
      const [best] = open.toSorted((a, b) => Math.abs(instant(a) - instant(start)) - Math.abs(instant(b) - instant(start)));
      if (best !== undefined) return best;
    }
    return null;
  }

  /** Reads `nome;telefono;giorno;ora` (days as `2021-03-17` or `17/03/2021`). */
  series(file: FileInput, serviceId: string, site: string): SeriesPreviewView {
    const text = new TextDecoder().decode(Uint8Array.from(atob(file.content), (c) => c.codePointAt(0) ?? 0));
    const lines = text.split(/\r?\n/).map((l) => l.trim());
    const service = this.service(serviceId);
    const come: Taken[] = [];
    const problem = /;/.test(lines[0] ?? '') ? null : { code: 'list-no_columns', message: 'Nel file non si riconoscono le colonne nome, giorno e ora. Non è stato registrato nulla.' };
    const rows = problem !== null ? [] : lines.slice(1).flatMap((line, i): SeriesRow[] => {
      if (line === '') return [];
      const [name = '', , day = '', hour = ''] = line.split(';').map((c) => c.trim());
      const d = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(day);
      const start = `${d ? `${d[3]}-${d[2]}-${d[1]}` : day}T${hour}:00`;
      const base = { row: i + 2, name, service: serviceId, site };
      if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00$/.test(start)) return [{ ...base, start: null, verdict: 'refused', problem: { code: 'field_invalid', message: `«${day} ${hour}» non è un giorno con un'ora.` }, known: null }];
      const known = this.known.get(`${name} ${start}`);
      if (known !== undefined) return [{ ...base, start, verdict: 'known', problem: null, known }];
      try {
        this.place(service, site, start, null, [], come);
      } catch (refused) {
        return [{ ...base, start, verdict: 'refused', problem: refused as { code: string; message: string }, known: null }];
      }
      come.push({ service: serviceId, start, minutes: service.minutes });
      return [{ ...base, start, verdict: 'new', problem: null, known: null }];
    });
    return { digest: `d${text.length}`, problem, rows, bookable: rows.filter((r) => r.verdict === 'new').length };
  }

  /** The rows that are booked; afterwards they are known. `book` keeps one and says its identifier. */
  importSeries(c: Extract<Command, { type: 'import_appointments' }>, book: (row: SeriesRow & { start: string }) => string): void {
    const preview = this.series(c.file, c.service, c.site);
    if (preview.digest !== c.digest) no('digest_differs', 'Il file non è quello che è stato guardato. Non è stato registrato nulla.');
    for (const row of preview.rows) if (row.verdict === 'new' && row.start !== null) this.known.set(`${row.name} ${row.start}`, book({ ...row, start: row.start }));
  }

  statistics(q: Extract<Query, { type: 'statistics' }>): StatisticsView {
    const sites = this.of.sites.filter((s) => q.site === null || s.id === q.site);
    const services = this.of.services.filter((s) => q.service === null || s.id === q.service);
    const rows = this.of.rows().filter((a) => a.start.slice(0, 10) >= q.from && a.start.slice(0, 10) <= q.to && sites.some((s) => s.id === a.site) && services.some((s) => s.id === a.service));
    const days: string[] = [];
    for (let day = q.from; day <= q.to && days.length < 400; day = addDay(day, 1)) days.push(day);
    const places = sites.flatMap((site) => services.flatMap((service) => days.map((day) => ({ site: site.id, service: service.id, day, n: serviceDay(service, this.hours.get(site.id), site.id, day).slots.reduce((n, s) => n + s.capacity, 0) }))));
    const of = (row: (a: AppointmentRow) => boolean, place: (p: (typeof places)[number]) => boolean): VisitFigures =>
      figures(rows.filter(row), places.filter(place).reduce((n, p) => n + p.n, 0), this.of.refused ?? (() => false));
    return {
      from: q.from, to: q.to, total: of(() => true, () => true),
      by_day: days.map((day) => ({ day, figures: of((a) => a.start.startsWith(day), (p) => p.day === day) })).filter((d) => seen(d.figures)),
      by_hour: Array.from({ length: 24 }, (_, hour) => ({ hour, figures: of((a) => Number(a.start.slice(11, 13)) === hour, () => false) })).filter((h) => seen(h.figures)),
      by_service: services.map((s) => ({ service: s.id, name: s.name, figures: of((a) => a.service === s.id, (p) => p.service === s.id) })).filter((s) => seen(s.figures)),
      by_site: sites.map((s) => ({ site: s.id, name: s.name, figures: of((a) => a.site === s.id, (p) => p.site === s.id) })).filter((s) => seen(s.figures)),
    };
  }

  /** What the diary answers; undefined: the question is somebody else's. */
  answer(q: Query): View | undefined {
    switch (q.type) {
      case 'agenda': return { type: 'agenda', ...this.agenda(q) };
      case 'free_slots': return { type: 'free_slots', slots: this.freeSlots(q) };
      case 'hours': return { type: 'hours', ...this.hoursView(q) };
      case 'hours_impact': return { type: 'hours_impact', ...this.impact(q.hours) };
      case 'agenda_conflicts': return this.conflicts(q.site);
      case 'series_preview': return { type: 'series_preview', ...this.series(q.file, q.service, q.site) };
      case 'statistics': return { type: 'statistics', ...this.statistics(q) };
      case 'calendar': return { type: 'file', name: 'agenda.ics', media_type: 'text/calendar', content: btoa('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'), language: 'it' };
      default: return undefined;
    }
  }
}
