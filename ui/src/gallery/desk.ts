// SPDX-License-Identifier: EUPL-1.2
// A desk in memory, for looking at the operator's screens and for testing them: it keeps the rules that the screens meet. The real
// rules are the core's. Never in the product's bundle.
import type { Transport } from '../bridge.ts';
import { fold } from '../text.ts';
import { countAll, firstSerial, overlaps, runCount, runText, serial, subtract } from '../serial.ts';
import type {
  AppointmentRow, AppState, Command, Delivery, DeskRow, Entitlement, EntitlementStatus, EntitlementView, EntityRef, Obstacle, Outcome, Query,
  Run, SearchHit, TimelineItem, View,
} from '../types.ts';
import * as seed from './desk-data.ts';
import { FakeClosing } from './desk-closing.ts';
import { FakeStock } from './desk-stock.ts';
import { booked, bookedAt, conflicting, deskHours } from './desk-diary.ts';
import { FakeDiary } from './diary.ts';
import { FakeQueue } from './desk-queue.ts';
import { NOT_QUEUED, type Appointment, type Household } from './desk-types.ts';

export const READY: AppState = {
  phase: 'ready', office: 'Comune di Esempio', site: 'Quartiere 2 · Villa Arrivabene', desk: 'Sportello 3', language: 'it', version: '0.1.0', problem: null,
  session: { operator: seed.ME, username: 'm.rossi', name: 'Maria Rossi', role: 'operator' },
};

/** A refusal as the core words it. */
const no = (code: string, message: string): never => {
  throw { code, message };
};

/** What no reason can go over. */
const stop = (code: string, message: string): Obstacle => ({ problem: { code, message }, can_be_forced: false });

const NAMES: Record<string, string> = { [seed.DESK]: 'Sportello 3', [seed.OTHER_DESK]: 'Sportello 4' };
const desk = (id: string): { id: string; name: string } => ({ id, name: NAMES[id] ?? id });

export class FakeDesk implements Transport {
  now = seed.NOW;
  state: AppState = structuredClone(READY);
  households: Household[] = structuredClone(seed.households);
  appointments: Appointment[] = structuredClone(seed.appointments);
  /** Vouchers. */
  readonly stock = new FakeStock();
  entitlements = new Map<string, Entitlement>();
  drafts = new Map<string, { draft: unknown; at: number }>();
  timeline = new Map<string, TimelineItem[]>();
  /** Commands by number: asked again they are done once. */
  private readonly done = new Map<string, Outcome>();
  /** What was asked of it, for tests. */
  readonly asked: { name: string; args: Record<string, unknown> }[] = [];
  /** Files that went to the printer, to the viewer, to a folder. */
  readonly files: { how: string; name: string }[] = [];
  /** Set by tests: the next command of this type (or call of this name) fails after, or before, it was done. */
  fail: { name: string; after: boolean; error: unknown } | null = null;
  status: Record<string, unknown> = {};
  private next = 9000;
  /** The end of the day, paper forms. */
  readonly closing = new FakeClosing(seed.households.slice(0, 6).map((h) => ({ entitlement: h.entitlement, household: h.household.id, name: `${h.household.data.members[0]?.surname ?? ''} ${h.household.data.members[0]?.name ?? ''}` })));
  /** Hours, slots, series, statistics. */
  readonly diary = new FakeDiary({
    now: () => this.now, today: seed.TODAY, site: seed.SITE, sites: seed.sites, services: seed.services,
    rows: () => this.appointments.map((a) => ({ ...this.row(a), overbooked: this.diary.overbooked.get(a.id) ?? null })),
  });
  /** Who waits, in which order, and who is called. */
  private readonly queue = new FakeQueue({
    now: () => this.now, all: () => this.appointments, id: () => seed.id(this.next++), name: (id) => desk(id).name,
    step: (id, a, status, kind) => this.step(id, a, status, kind), outcome: (id, changed, more) => this.outcome(id, changed, more),
  });

  constructor() {
    this.diary.hours.set(seed.SITE, deskHours(seed.SITE));
    this.appointments.push(...conflicting(seed.SITE, seed.id(41)));
    for (const [i, h] of this.households.entries()) {
      this.entitlements.set(h.entitlement, {
        id: h.entitlement, campaign: seed.campaign.id, household: h.household.id,
        revisions: [{ amount: h.amount, source: { import: seed.id(51), row: i + 2 }, at: seed.NOW - 20 * 86_400_000, by: seed.ME }],
        revoked: i === 13 ? 'Trasferita in altro Comune' : null,
        custody: { holder: i === 10 || i === 11 ? seed.OTHER_DESK : seed.DESK, moves: 0, request: null }, deliveries: [], refusals: [], anomalies: [],
      });
    }
    const first = this.entitlement(this.households[1]?.entitlement ?? '');
    first.deliveries.push({
      id: seed.id(401), at: seed.NOW - 55 * 60_000, desk: seed.DESK, by: seed.ME, collector: { kind: 'member', document: { kind: 'identity_card', number: 'CA12345BC' } },
      runs: [{ series: 'AB', first: 1_001_001, last: 1_001_015, width: 7 }], amount: 15_000, appointment: seed.id(300), forced: null, partial: null, reversal: null,
    });
    const some = this.entitlement(this.households[4]?.entitlement ?? '');
    some.deliveries.push({
      id: seed.id(402), at: seed.NOW - 12 * 86_400_000, desk: seed.DESK, by: seed.id(2),
      collector: { kind: 'delegate', name: 'Esposito Carmine', tax_code: null, document: { kind: 'driving_licence', number: 'U1A22B333C' }, delegator_document: { kind: 'identity_card', number: 'AY7654321' } },
      runs: [{ series: 'AB', first: 1_001_016, last: 1_001_025, width: 7 }], amount: 10_000, appointment: null, forced: null, partial: 'Carnet esauriti', reversal: null,
    });
    some.refusals.push({ reason: 'no_document', note: 'Carta scaduta', appointment: null, at: seed.NOW - 14 * 86_400_000, desk: seed.DESK, by: seed.ME });
    for (const h of this.households) {
      this.tell(h.household.id, 'household.registered', 'buoni-spesa-marzo.xlsx', seed.NOW - 20 * 86_400_000);
      this.tell(h.household.id, 'entitlement.granted', `${h.amount / 100},00 €`, seed.NOW - 20 * 86_400_000 + 1);
    }
    const kept = this.households[7];
    if (kept) this.drafts.set(kept.entitlement, { at: seed.NOW - 25 * 60_000, draft: { step: 'vouchers', kind: 'member', document: 'passport', number: 'YB1234567', runs: [] } });
  }

  // ——— the transport

  listen(): Promise<() => void> {
    return Promise.resolve(() => undefined);
  }

  async invoke(name: string, args: Record<string, unknown>): Promise<unknown> {
    this.asked.push({ name, args });
    const type = name === 'execute' ? (args['command'] as Command).type : name;
    const fail = this.fail?.name === type ? this.fail : null;
    if (fail) this.fail = null;
    if (fail?.after === false) throw fail.error;
    const answer = await this.answer(name, args);
    if (fail) throw fail.error;
    return structuredClone(answer);
  }

  private answer(name: string, args: Record<string, unknown>): unknown {
    switch (name) {
      case 'app_state': case 'login': case 'unlock': return this.state;
      case 'query': return this.query(args['query'] as Query);
      case 'execute': return this.execute(String(args['command_id']), args['command'] as Command);
      case 'open_file': case 'print_file': case 'save_file': {
        this.files.push({ how: name, name: (args['file'] as { name: string }).name });
        return name === 'save_file' ? '/home/operatore/elenco.csv' : null;
      }
      default: return null;
    }
  }

  // ——— what is known

  entitlement(id: string): Entitlement {
    return this.entitlements.get(id) ?? no('not_found', 'Questa postazione non conosce il diritto cercato.');
  }
  private household(id: string): Household {
    return this.households.find((h) => h.household.id === id) ?? no('not_found', 'Questa postazione non conosce il nucleo cercato.');
  }
  private appointment(id: string): Appointment {
    return this.appointments.find((a) => a.id === id) ?? no('not_found', "Questa postazione non conosce l'appuntamento cercato.");
  }
  private name(h: Household): string {
    const [m] = h.household.data.members;
    return `${m?.surname} ${m?.name}`;
  }
  private amounts(e: Entitlement): { amount: number; delivered: number; remaining: number; status: EntitlementStatus } {
    const amount = e.revisions.at(-1)?.amount ?? 0;
    const delivered = e.deliveries.filter((d) => d.reversal === null).reduce((n, d) => n + d.amount, 0);
    const status = delivered > 0 && delivered >= amount ? 'served' : e.revoked !== null ? 'revoked' : delivered > 0 ? 'partial' : 'due';
    return { amount, delivered, remaining: Math.max(0, amount - delivered), status };
  }
  private tell(household: string, kind: string, detail: string, at = this.now): void {
    this.timeline.set(household, [{ at, kind, operator: 'Maria Rossi', desk: desk(seed.DESK), detail, waiting: at >= seed.NOW }, ...(this.timeline.get(household) ?? [])]);
  }

  private row(a: Appointment): AppointmentRow {
    const h = a.household === null ? undefined : this.household(a.household);
    const service = seed.services.find((s) => s.id === a.service);
    const e = h === undefined || service?.campaign === null ? undefined : this.entitlement(h.entitlement);
    const late = a.status === 'booked' && Date.parse(`${a.start}+01:00`) + (service?.minutes ?? 15) * 60_000 <= this.now;
    return {
      id: a.id, code: a.code, start: a.start, site: a.site, service: a.service, service_name: service?.name ?? '', name: h ? this.name(h) : (a.person?.name ?? ''), phone: h ? h.household.data.phone : (a.person?.phone ?? ''),
      household: a.household, person: a.person, entitlement: e?.id ?? null, remaining: e ? this.amounts(e).remaining : null, entitlement_status: e ? this.amounts(e).status : null, here: e ? e.custody.holder === seed.DESK : true,
      status: a.status, late, presented_at: a.presented_at, called_at: a.called_at, desk: a.desk === null ? null : desk(a.desk), reason: a.reason, undoable: a.before !== null && a.status !== 'finished',
      walk_in: a.walk_in, ticket: a.ticket, priority: a.priority, for_desk: a.for_desk === null ? null : desk(a.for_desk), calls: a.calls, visit: a.visit,
      waited: a.queued_at === null ? 0 : Math.floor(((a.called_at ?? this.now) - a.queued_at) / 1000), served: a.called_at === null ? 0 : Math.floor((this.now - a.called_at) / 1000), booked_at: bookedAt(a.id), overbooked: null,
    };
  }

  private view(e: Entitlement): EntitlementView {
    const { amount, delivered, remaining, status } = this.amounts(e);
    return {
      entitlement: e, campaign: seed.campaign, status, amount, delivered, remaining, vouchers: remaining / seed.campaign.denomination, holder: desk(e.custody.holder), here: e.custody.holder === seed.DESK,
      slip: e.custody.slips?.filter((s) => s.state === 'open').map((s) => ({ from: desk(s.from), to: desk(s.to), at: s.at, mine: s.from === seed.DESK })).at(-1) ?? null,
      requested_by: e.custody.request === null ? null : desk(e.custody.request.to),
      import: { id: seed.id(51), campaign: seed.campaign.id, file_name: 'buoni-spesa-marzo.xlsx', digest: 'abc', issued: '2021-02-22', counts: { new: 14, changed: 0, unchanged: 0, duplicate: 0, doubtful: 0, refused: 0 }, at: seed.NOW, by: seed.ME },
      row: e.revisions[0]?.source.row ?? null,
    };
  }

  private obstacle(e: Entitlement): Obstacle | null {
    const { status } = this.amounts(e);
    if (status === 'served') return stop('already_served', 'Tutto ciò che spettava è già stato consegnato: lo ha fatto Sportello 3 il 15/03/2021 alle 09:15.');
    if (status === 'revoked') return stop('revoked', `Il diritto è stato revocato: ${e.revoked}. Per chiarimenti rivolgersi ai Servizi Sociali.`);
    if (e.custody.holder !== seed.DESK) return { problem: { code: 'not_holder', message: `Il diritto è assegnato a ${desk(e.custody.holder).name}: solo quella postazione può consegnare, così nessuno è servito due volte.` }, can_be_forced: true };
    const needed = this.amounts(e).remaining / seed.campaign.denomination;
    return countAll(this.stock.held) < needed ? stop('stock_short', `In magazzino ci sono ${countAll(this.stock.held)} buoni: per questo nucleo ne servono ${needed}.`) : null;
  }

  // ——— Query

  private query(q: Query): View {
    switch (q.type) {
      case 'status': return {
        type: 'status', office: 'Comune di Esempio', site: seed.sites[0] ?? null, desk: desk(seed.DESK), supervises: false, operator: seed.operators[0] ?? no('x', 'x'), now: this.now, today: seed.TODAY, online: true, syncing: false, fetching: null,
        last_sync: this.now - 180_000, waiting: 0, handed_in: 0, on_stick: null, relay: { settings: {}, desk: null, online: false, last: null, handed: 0, problem: null, serving: null }, refused: 0, unprojected: 0, last_error: null, concern: 'none', clock_skew: 0, clock_back: null, clock_peer: null, central_url: 'https://sportello.example.it', stopped: null, version: '0.1.0', ...this.status,
      };
      case 'reference': return { type: 'reference', sites: seed.sites, services: seed.services, campaigns: [seed.campaign], desks: [seed.DESK, seed.OTHER_DESK].map((d) => this.desk(d)), operators: seed.operators };
      case 'board': return this.board();
      case 'display': return this.queue.display(seed.sites[0]?.name ?? '');
      case 'search': return this.search(q.text, q.limit ?? 20);
      case 'household': {
        const h = this.household(q.id);
        return {
          type: 'household', household: h.household, topic: 'q2', entitlements: [this.view(this.entitlement(h.entitlement))], cases: [],
          appointments: this.appointments.filter((a) => a.household === q.id).map((a) => this.row(a)).toSorted((a, b) => b.start.localeCompare(a.start)), timeline: this.timeline.get(q.id) ?? [],
        };
      }
      case 'counter': {
        const e = this.entitlement(q.entitlement);
        const a = this.appointments.find((x) => x.household === e.household && !['cancelled', 'finished'].includes(x.status));
        const view = this.view(e);
        return {
          type: 'counter', entitlement: view, household: this.household(e.household).household, appointment: a ? this.row(a) : null, obstacle: this.obstacle(e), draft: this.drafts.get(e.id)?.draft ?? null,
          vouchers_held: countAll(this.stock.held), next_serials: this.first(view.vouchers), delegate_elsewhere: JSON.stringify(this.drafts.get(e.id)?.draft ?? '').includes('"delegate":"Ricci') ? 3 : 0,
        };
      }
      case 'custody_slip': {
        const { slip } = this.view(this.entitlement(q.entitlement));
        return slip === null ? no('not_found', 'Nessun tagliando aperto.') : { type: 'custody_slip', to: slip.to, code: '15VQW-3K8ZD-0M4HT-R7N2C', qr: 'SPORTELLO:C:0' };
      }
      case 'appointment': return { type: 'appointment', ...this.row(this.appointment(q.id)) };
      case 'stock': case 'shipments': case 'stock_ledger': case 'bolla': case 'serial_history': case 'supply_preview': {
        const delivered = [...this.entitlements.values()].flatMap((e) => e.deliveries).filter((d) => d.reversal === null).reduce((n, d) => n + countAll(d.runs), 0);
        return this.stock.answer(q, delivered) ?? no('not_found', 'Non c\'è.');
      }
      case 'check_serials': {
        const a = serial(q.first);
        const b = serial(q.last);
        const run = a && b && a.series === b.series ? { ...a, last: b.last } : null;
        const held = run !== null && subtract([run], this.stock.held).length === 0;
        return { type: 'serial_check', run, count: run ? runCount(run) : 0, value: run ? runCount(run) * 1000 : 0, aside: null, problem: held ? null : { code: run ? 'serial_not_held' : 'serials_missing', message: run ? `I buoni ${runText(run)} non sono nel magazzino di questa postazione.` : 'Questi non sono numeri di buoni.' } };
      }
      case 'closing_preview': case 'closings': case 'paper_kits': case 'paper_form': return this.closing.answer(q, this.stock.held) ?? no('not_found', 'Il modulo non è conosciuto a questa postazione.');
      case 'agenda': case 'free_slots': case 'hours': case 'hours_impact': case 'agenda_conflicts': case 'series_preview': case 'statistics': case 'calendar':
        return this.diary.answer(q) ?? no('unknown', q.type);
      case 'export': return { type: 'file', name: `${q.table.type}.${q.format}`, media_type: 'text/csv', content: '', language: 'it' };
      case 'document': return { type: 'file', name: `${q.document.type}.pdf`, media_type: 'application/pdf', content: 'JVBERi0=', language: 'it' };
      default: return no('unknown', `Il banco di prova non conosce ${q.type}.`);
    }
  }

  private desk(id: string): DeskRow {
    return { ...desk(id), site: seed.SITE, site_name: 'Quartiere 2', reads: ['office', 'q2'], revoked: false, this: id === seed.DESK, supervises: false, seen_at: this.now, waiting: 0, skew: 0, version: '0.1.0', custody: 0, replaced_by: [], concern: 'none', key_number: 1, key_since: seed.NOW - 60 * 86_400_000 };
  }

  private first(n: number): Run[] {
    const [run] = this.stock.held;
    return run === undefined ? [] : [{ ...run, last: Math.min(run.last, run.first + Math.max(1, n) - 1) }];
  }

  private board(): View {
    const rows = this.appointments.filter((a) => a.site === seed.SITE && a.start.startsWith(seed.TODAY) && !(a.walk_in && a.status === 'cancelled' && a.presented_at === null)).map((a) => this.row(a)).toSorted((a, b) => a.start.localeCompare(b.start));
    const by = (...s: AppointmentRow['status'][]): AppointmentRow[] => rows.filter((r) => s.includes(r.status));
    return {
      type: 'board', site: seed.sites[0] ?? no('x', 'x'), day: seed.TODAY, serving: by('called'), waiting: this.queue.waiting().map((a) => this.row(a)), next: this.queue.next()?.id ?? null, grace_minutes: 10, patience_minutes: 30, parked: by('parked'), due: by('booked').filter((r) => !r.late), late: by('booked').filter((r) => r.late), done: by('finished').toReversed(), missed: by('missed', 'cancelled'),
      drafts: [...this.drafts].flatMap(([entitlement, d]) => {
        const h = this.households.find((x) => x.entitlement === entitlement);
        return h === undefined ? [] : [{ entitlement, household: h.household.id, name: this.name(h), at: d.at }];
      }),
      delivered_today: [...this.entitlements.values()].flatMap((e) => e.deliveries).filter((d) => d.at > this.now - 43_200_000).length, vouchers_held: countAll(this.stock.held),
    };
  }

  private search(text: string, limit: number): View {
    const hit = (h: Household, detail: string, appointment: string | null = null): SearchHit => {
      const e = this.entitlement(h.entitlement);
      const { status } = this.amounts(e);
      return { household: h.household.id, appointment, entitlement: status === 'served' || status === 'revoked' ? null : e.id, title: this.name(h), detail, status, here: e.custody.holder === seed.DESK };
    };
    const plain = text.toUpperCase().replaceAll(/[\s-]|SPORTELLO:A:/g, '');
    const a = this.appointments.find((x) => x.code.replaceAll('-', '') === plain);
    if (a) {
      const h = a.household === null ? null : this.household(a.household);
      const hits = [h ? hit(h, `Appuntamento ${a.start.slice(11, 16)}`, a.id) : { household: null, appointment: a.id, entitlement: null, title: a.person?.name ?? '', detail: 'Appuntamento', status: null, here: true }];
      return { type: 'search', understood: 'slip', hits, more: false };
    }
    const code = /[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z]/.exec(plain)?.[0];
    if (code !== undefined) {
      return { type: 'search', understood: 'tax_code', hits: this.households.filter((h) => h.household.data.members.some((m) => m.identifier.kind === 'tax_code' && m.identifier.value === code)).map((h) => hit(h, code)), more: false };
    }
    const run = serial(text);
    if (run !== null && plain.length >= 6 && run.series !== '') {
      return { type: 'search', understood: 'serial', hits: this.households.filter((h) => this.entitlement(h.entitlement).deliveries.some((d) => d.runs.some((r) => overlaps(r, run)))).map((h) => hit(h, `Buono ${firstSerial(run)}`)), more: false };
    }
    const words = fold(text).split(' ');
    const hits = this.households.filter((h) => words.every((w) => ` ${fold(`${h.household.data.members.map((m) => `${m.surname} ${m.name}`).join(' ')} ${h.household.data.phone.replaceAll(' ', '')} ${h.household.data.address.street}`)}`.includes(` ${w}`)))
      .map((h) => hit(h, `Q${h.household.data.quartiere} · ${h.household.data.address.street} ${h.household.data.address.number}`));
    return { type: 'search', understood: 'text', hits: hits.slice(0, limit), more: hits.length > limit };
  }

  // ——— Command

  private execute(id: string, c: Command): Outcome {
    const before = this.done.get(id);
    if (before) return { ...before, repeated: true };
    const outcome = this.decide(id, c);
    if (c.type !== 'keep_draft') this.done.set(id, outcome);
    return outcome;
  }

  private outcome(command: string, changed: EntityRef[], more: Partial<Outcome> = {}): Outcome {
    return { command, subject: changed[0] ?? null, changed, delivery: null, import: null, undo: null, forced: false, repeated: false, ...more };
  }

  private step(id: string, a: Appointment, status: Appointment['status'], kind: string, undoable = true): Outcome {
    this.queue.arrive(a, status);
    a.before = a.status;
    a.status = status;
    if (['presented', 'called', 'parked'].includes(status)) a.presented_at ??= this.now;
    if (a.household !== null) this.tell(a.household, kind, '');
    return this.outcome(id, [{ kind: 'appointment', id: a.id }], undoable ? { undo: { type: 'undo_appointment', appointment: a.id } } : {});
  }

  private decide(id: string, c: Command): Outcome {
    switch (c.type) {
      case 'keep_draft': {
        if (c.draft === null) this.drafts.delete(c.entitlement);
        else this.drafts.set(c.entitlement, { draft: c.draft, at: this.now });
        return this.outcome(id, []);
      }
      case 'present_appointment': return this.step(id, this.appointment(c.appointment), 'presented', 'appointment.presented');
      case 'call_appointment': {
        return this.queue.call(id, this.appointment(c.appointment));
      }
      case 'call_next': case 'not_there': case 'walk_in': case 'add_service': case 'transfer_appointment': case 'prioritise_appointment': return this.queue.decide(id, c);
      case 'park_appointment': {
        const a = this.appointment(c.appointment);
        a.reason = c.reason;
        return this.step(id, a, 'parked', 'appointment.parked');
      }
      case 'miss_appointment': return this.step(id, this.appointment(c.appointment), 'missed', 'appointment.missed');
      case 'cancel_appointment': {
        const a = this.appointment(c.appointment);
        a.reason = c.reason;
        return this.step(id, a, 'cancelled', 'appointment.cancelled');
      }
      case 'close_appointment': return this.step(id, this.appointment(c.appointment), 'finished', 'appointment.finished', false);
      case 'undo_appointment': {
        const a = this.appointment(c.appointment);
        if (a.before === null) return no('wrong_status', "L'ultimo passo non si può annullare.");
        a.status = a.before;
        a.before = null;
        if (a.status === 'booked' || (a.status === 'cancelled' && a.calls === 0)) {
          a.presented_at = null;
          a.queued_at = null;
        }
        return this.outcome(id, [{ kind: 'appointment', id: a.id }]);
      }
      case 'book_appointment': case 'move_appointment': return this.book(id, c);
      case 'define_hours': case 'move_appointments': case 'import_appointments': return this.define(id, c);
      case 'add_note': {
        this.household(c.household).household.notes.push({ text: c.text, at: this.now, by: seed.ME });
        this.tell(c.household, 'household.noted', '');
        return this.outcome(id, [{ kind: 'household', id: c.household }]);
      }
      case 'correct_household': {
        this.household(c.household).household.data = c.data;
        this.tell(c.household, 'household.corrected', '');
        return this.outcome(id, [{ kind: 'household', id: c.household }]);
      }
      case 'request_custody': {
        this.entitlement(c.entitlement).custody.request = { to: seed.DESK, reason: c.reason, at: this.now, by: seed.ME };
        return this.outcome(id, [{ kind: 'entitlement', id: c.entitlement }]);
      }
      case 'hand_over': {
        const { custody } = this.entitlement(c.entitlement);
        custody.holder = c.to;
        custody.slips = [...(custody.slips ?? []), { id: id, from: seed.DESK, to: c.to, stamp: 38_000_000, state: 'open', at: this.now }];
        return this.outcome(id, [{ kind: 'entitlement', id: c.entitlement }]);
      }
      case 'accept_slip': {
        if (c.entitlement === null || !/^[0-9A-Z -]{20,}$/iu.test(c.code)) return no('slip_mistyped', 'Questo codice di tagliando non è giusto: controllare i caratteri, o leggere di nuovo il QR.');
        const { custody } = this.entitlement(c.entitlement);
        custody.holder = seed.DESK;
        return this.outcome(id, [{ kind: 'entitlement', id: c.entitlement }]);
      }
      case 'receive_stock': case 'remove_stock': case 'ship_stock': case 'acknowledge_shipment': case 'settle_shipment': case 'reserve_stock': case 'destroy_stock':
        this.stock.decide(c);
        return this.outcome(id, [{ kind: 'stock', id: seed.DESK }]);
      case 'close_day': case 'correct_closing': case 'prepare_paper_kit': case 'enter_paper_form': case 'void_paper_forms':
        return this.outcome(id, this.closing.decide(c, this.stock.held) ?? []);
      case 'confirm_delivery': return this.deliver(id, c);
      case 'refuse_delivery': {
        const e = this.entitlement(c.entitlement);
        this.drafts.delete(e.id);
        e.refusals.push({ reason: c.reason, note: c.note, appointment: c.appointment, at: this.now, desk: seed.DESK, by: seed.ME });
        if (c.appointment !== null) this.step(id, this.appointment(c.appointment), 'finished', 'appointment.finished');
        this.tell(e.household, 'delivery.refused', c.note);
        return this.outcome(id, [{ kind: 'entitlement', id: c.entitlement }, ...(c.appointment === null ? [] : [{ kind: 'appointment', id: c.appointment } as const])]);
      }
      case 'reverse_delivery': {
        const e = this.entitlement(c.entitlement);
        const d = e.deliveries.find((x) => x.id === c.delivery);
        if (d === undefined) return no('not_found', 'Consegna non conosciuta.');
        d.reversal = { reason: c.reason, returned: c.returned, at: this.now, by: seed.ME };
        if (c.returned) this.stock.held = [...d.runs, ...this.stock.held];
        this.tell(e.household, 'delivery.reversed', c.reason);
        return this.outcome(id, [{ kind: 'entitlement', id: e.id }, { kind: 'stock', id: seed.DESK }]);
      }
      default: return no('unknown', `Il banco di prova non conosce ${c.type}.`);
    }
  }

  private book(id: string, c: Extract<Command, { type: 'book_appointment' | 'move_appointment' }>): Outcome {
    const old = c.type === 'move_appointment' ? this.appointment(c.appointment) : undefined;
    const serviceId = c.type === 'move_appointment' ? (old?.service ?? '') : c.service;
    const service = seed.services.find((s) => s.id === serviceId) ?? no('not_found', 'Servizio non conosciuto.');
    const overbooked = this.diary.place(service, c.site, c.start, c.overbook, old === undefined ? [] : [old.id]);
    if (c.type === 'book_appointment') {
      const open = this.appointments.find((a) => c.household !== null && a.household === c.household && a.service === serviceId && !['cancelled', 'finished', 'missed'].includes(a.status));
      if (open) return no('already_booked', `C'è già un appuntamento per questo nucleo: ${open.start.slice(8, 10)}/${open.start.slice(5, 7)} alle ${open.start.slice(11, 16)}. Si può spostare.`);
    }
    const a: Appointment = old ?? { ...NOT_QUEUED, id: seed.id(this.next++), code: 'ZZZZ-9QXT-C', start: c.start, site: c.site, service: serviceId, household: c.type === 'book_appointment' ? c.household : null, person: c.type === 'book_appointment' ? c.person : null, status: 'booked', presented_at: null, called_at: null, desk: null, reason: '', before: null };
    const undo: Command = old ? { type: 'move_appointment', appointment: old.id, site: old.site, start: old.start, overbook: this.diary.overbooked.get(old.id) ?? null } : { type: 'cancel_appointment', appointment: a.id, reason: 'prenotazione errata' };
    if (overbooked === null) this.diary.overbooked.delete(a.id);
    else this.diary.overbooked.set(a.id, overbooked);
    if (old) {
      old.start = c.start;
      old.site = c.site;
    } else this.appointments.push(a);
    if (a.household !== null) this.tell(a.household, old ? 'appointment.moved' : 'appointment.booked', '');
    return this.outcome(id, [{ kind: 'appointment', id: a.id }], { undo });
  }

  /** Hours, and several appointments at once. */
  private define(id: string, c: Extract<Command, { type: 'define_hours' | 'move_appointments' | 'import_appointments' }>): Outcome {
    switch (c.type) {
      case 'define_hours': {
        const before = this.diary.hours.get(c.hours.site);
        this.diary.hours.set(c.hours.site, c.hours);
        return this.outcome(id, [{ kind: 'site_hours', id: c.hours.site }], before === undefined ? {} : { undo: { type: 'define_hours', hours: before } });
      }
      case 'move_appointments': {
        this.diary.moves(c.moves, c.overbook);
        for (const m of c.moves) Object.assign(this.appointment(m.appointment), { site: m.site, start: m.start });
        return this.outcome(id, c.moves.map((m) => ({ kind: 'appointment', id: m.appointment })));
      }
      default: {
        const made: string[] = [];
        this.diary.importSeries(c, (row) => {
          const a = booked(seed.id(this.next++), c.site, c.service, row.start, row.name);
          this.appointments.push(a);
          made.push(a.id);
          return a.id;
        });
        return this.outcome(id, made.map((a) => ({ kind: 'appointment', id: a })));
      }
    }
  }

  private deliver(id: string, c: Extract<Command, { type: 'confirm_delivery' }>): Outcome {
    const e = this.entitlement(c.entitlement);
    const o = this.obstacle(e);
    const { remaining } = this.amounts(e);
    const amount = countAll(c.runs) * seed.campaign.denomination;
    if (o !== null && !o.can_be_forced && o.problem.code !== 'stock_short') return no(o.problem.code, o.problem.message);
    if (amount > remaining) return no('too_much', 'I buoni sono più di quanto spetta.');
    if (amount < remaining && c.partial === null) return no('too_little', 'I buoni sono meno di quanto spetta: serve un motivo.');
    if (o?.can_be_forced === true && c.force === null) return no(o.problem.code, o.problem.message);
    const gone = c.runs.find((r) => subtract([r], this.stock.held).length > 0);
    if (gone && c.force === null) return no('serial_not_held', `I buoni ${runText(gone)} non sono nel magazzino di questa postazione.`);
    const forced = o?.can_be_forced === true || gone !== undefined ? c.force : null;
    const delivery: Delivery = { id: seed.id(this.next++), at: this.now, desk: seed.DESK, by: seed.ME, collector: c.collector, runs: c.runs, amount, appointment: c.appointment, forced, partial: amount < remaining ? c.partial : null, reversal: null };
    e.deliveries.push(delivery);
    this.drafts.delete(e.id);
    this.stock.held = subtract(this.stock.held, c.runs);
    if (c.appointment !== null) this.step(id, this.appointment(c.appointment), 'finished', 'appointment.finished', false);
    this.tell(e.household, 'delivery.confirmed', `${amount / 100},00 € · ${c.runs.map(runText).join(', ')}`);
    return this.outcome(id, [{ kind: 'entitlement', id: e.id }, { kind: 'stock', id: seed.DESK }, ...(c.appointment === null ? [] : [{ kind: 'appointment', id: c.appointment } as const])], { delivery: delivery.id, forced: forced !== null });
  }
}
