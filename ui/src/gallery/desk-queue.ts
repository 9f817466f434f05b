// SPDX-License-Identifier: EUPL-1.2
// The queue of the fake desk: who waits, in which order, and what may be done with whoever came. The real rules are the core's.
import type { Command, DisplayView, EntityRef, Outcome } from '../types.ts';
import * as seed from './desk-data.ts';
import { NOT_QUEUED, type Appointment } from './desk-types.ts';

/** What the queue needs of its desk. */
export interface QueueHome {
  now(): number;
  all(): Appointment[];
  /** A new identifier. */
  id(): string;
  /** A desk's name. */
  name(desk: string): string;
  step(id: string, a: Appointment, status: Appointment['status'], kind: string): Outcome;
  outcome(command: string, changed: EntityRef[], more?: Partial<Outcome>): Outcome;
}

const refuse = (code: string, message: string): never => {
  throw { code, message };
};
const MINUTE = 60_000;
type QueueCommand = Extract<Command, { type: 'call_next' | 'not_there' | 'walk_in' | 'add_service' | 'transfer_appointment' | 'prioritise_appointment' }>;

export class FakeQueue {
  constructor(private readonly home: QueueHome) {}

  private find(id: string): Appointment {
    return this.home.all().find((a) => a.id === id) ?? refuse('not_found', "Questa postazione non conosce l'appuntamento cercato.");
  }

  /** From when it counts, by one clock for all. */
  private from(a: Appointment): number {
    const arrived = a.queued_at ?? 0;
    const start = Date.parse(`${a.start}+01:00`);
    if (a.priority !== null) return arrived;
    if (a.walk_in) return arrived + 30 * MINUTE;
    return arrived <= start + 10 * MINUTE && a.calls === 0 ? start : Math.max(arrived, start);
  }

  /** Those who wait, in the order in which they are called. */
  waiting(): Appointment[] {
    return this.home.all().filter((a) => a.status === 'presented' && a.site === seed.SITE)
      .toSorted((a, b) => Number(a.priority === null) - Number(b.priority === null) || this.from(a) - this.from(b) || a.id.localeCompare(b.id));
  }

  /** Whoever this desk would call next. */
  next(service: string | null = null): Appointment | undefined {
    return this.waiting().find((a) => (a.for_desk === null || a.for_desk === seed.DESK) && (service === null || a.service === service));
  }

  private ticket(): string {
    const last = Math.max(0, ...this.home.all().map((a) => (a.ticket?.startsWith('A') === true ? Number(a.ticket.slice(1)) : 0)));
    return `A${String(last + 1).padStart(2, '0')}`;
  }

  /** Somebody is there from now on, if this step says so. */
  arrive(a: Appointment, status: Appointment['status']): void {
    if (!['presented', 'called', 'parked'].includes(status)) return;
    // Who comes back after being called has the place of somebody who has just come.
    if (a.status === 'missed') a.queued_at = null;
    a.queued_at ??= this.home.now();
    a.ticket ??= this.ticket();
  }

  call(id: string, a: Appointment): Outcome {
    if (a.status === 'called' && a.desk !== seed.DESK) return refuse('called_elsewhere', `È già stato chiamato da ${this.home.name(a.desk ?? '')}. Non è stato registrato nulla.`);
    const again = a.status === 'called';
    a.calls += 1;
    a.desk = seed.DESK;
    a.called_at = this.home.now();
    return again ? this.home.outcome(id, [{ kind: 'appointment', id: a.id }]) : this.home.step(id, a, 'called', 'appointment.called');
  }

  decide(id: string, c: QueueCommand): Outcome {
    switch (c.type) {
      case 'call_next': return this.call(id, this.next(c.service) ?? refuse('nobody_waits', 'Nessuno è in attesa per questo sportello. Non è stato registrato nulla.'));
      case 'not_there': {
        const a = this.find(c.appointment);
        if (a.status !== 'called') return refuse('wrong_status', "L'operazione non si può fare.");
        return this.home.step(id, a, 'missed', 'appointment.not_there');
      }
      case 'walk_in': return this.walkIn(id, c);
      case 'add_service': {
        const visit = this.find(c.appointment);
        return this.come(id, { household: visit.household, person: visit.person, service: c.service, ticket: visit.ticket ?? this.ticket(), visit: visit.visit ?? visit.id });
      }
      case 'transfer_appointment': {
        const a = this.find(c.appointment);
        if (c.desk === null && c.service === null && a.for_desk === null) return refuse('field_invalid', 'Il dato «postazione» non è valido.');
        a.for_desk = c.desk;
        a.service = c.service ?? a.service;
        a.reason = c.reason;
        return this.home.step(id, a, 'presented', 'appointment.transferred');
      }
      default: {
        const a = this.find(c.appointment);
        const before = a.priority;
        if (c.priority === 'other' && c.reason.trim() === '') return refuse('reason_missing', 'Manca il motivo.');
        a.priority = c.priority === null ? null : { priority: c.priority, reason: c.reason };
        return this.home.outcome(id, [{ kind: 'appointment', id: a.id }], { undo: { type: 'prioritise_appointment', appointment: a.id, priority: before?.priority ?? null, reason: before?.reason ?? '' } });
      }
    }
  }

  private walkIn(id: string, c: Extract<Command, { type: 'walk_in' }>): Outcome {
    const service = seed.services.find((s) => s.id === c.service);
    if (service?.sites.includes(seed.SITE) !== true) return refuse('service_not_here', 'Il servizio non si dà in questa sede. Non è stato registrato nulla.');
    const open = this.home.all().find((a) => c.household !== null && a.household === c.household && a.service === c.service && !['cancelled', 'finished'].includes(a.status));
    if (open) return refuse('already_booked', `C'è già un appuntamento, oggi alle ${open.start.slice(11, 16)}. Non è stato registrato nulla.`);
    if (c.priority === 'other' && c.reason.trim() === '') return refuse('reason_missing', 'Manca il motivo.');
    return this.come(id, { household: c.household, person: c.person, service: c.service, ticket: this.ticket(), priority: c.priority === null ? null : { priority: c.priority, reason: c.reason } });
  }

  private come(id: string, who: Pick<Appointment, 'household' | 'person' | 'service' | 'ticket'> & Partial<Appointment>): Outcome {
    const now = this.home.now();
    const time = new Date(now + 60 * MINUTE).toISOString().slice(11, 16);
    const a: Appointment = {
      ...NOT_QUEUED, id: this.home.id(), code: 'ZZZZ-7WLK-N', start: `${seed.TODAY}T${time}:00`, site: seed.SITE, status: 'presented', presented_at: now, queued_at: now,
      called_at: null, desk: null, reason: '', before: 'cancelled', walk_in: true, ...who,
    };
    this.home.all().push(a);
    return this.home.outcome(id, [{ kind: 'appointment', id: a.id }], { undo: { type: 'undo_appointment', appointment: a.id } });
  }

  /** What the waiting room sees: numbers and desks. */
  display(site: string): { type: 'display' } & DisplayView {
    const now = this.home.now();
    const calls = this.home.all().filter((a) => a.ticket !== null && a.called_at !== null && a.desk !== null)
      .map((a) => ({ ticket: a.ticket ?? '', desk: this.home.name(a.desk ?? ''), at: a.called_at ?? 0, calls: a.calls, current: a.status === 'called' }))
      .toSorted((a, b) => Number(b.current) - Number(a.current) || b.at - a.at || a.ticket.localeCompare(b.ticket)).slice(0, 8);
    return { type: 'display', site, now: new Date(now + 60 * MINUTE).toISOString().slice(0, 19), calls, waiting: this.waiting().length };
  }
}
