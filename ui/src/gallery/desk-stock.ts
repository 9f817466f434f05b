// SPDX-License-Identifier: EUPL-1.2
// The vouchers of the desk in memory: as much of the rules as the screen meets.
import { countAll, firstSerial, lastSerial, overlaps, runText, serial, subtract } from '../serial.ts';
import type { BucketCounts, Command, DeskName, Moved, MovementRow, Query, Run, SetAside, ShipmentRow, View } from '../types.ts';
import * as seed from './desk-data.ts';

const DAY_MS = 86_400_000;
const DESK: DeskName = { id: seed.DESK, name: 'Sportello 3' };
const OTHER: DeskName = { id: seed.OTHER_DESK, name: 'Sportello 4' };
const CENTRE: DeskName = { id: seed.id(9700), name: 'Centrale 1' };

/** A refusal as the core words it. */
const no = (code: string, message: string): never => {
  throw { code, message };
};

export const run = (first: number, last: number, series = 'AB'): Run => ({ series, first, last, width: 7 });
const common = (a: readonly Run[], b: readonly Run[]): Run[] => subtract(a, subtract(a, b));

function row(moved: Moved, runs: Run[], note: string, days: number, more: Partial<MovementRow> = {}): MovementRow {
  return { campaign: seed.campaign.id, runs, moved, note, at: seed.NOW - days * DAY_MS, by: seed.ME, desk: seed.DESK, count: countAll(runs), operator: 'Maria Rossi', shipment_name: null, other_desk: null, ...more };
}

export function shipment(from: DeskName, to: DeskName, number: number, runs: Run[], days: number, more: Partial<ShipmentRow> = {}): ShipmentRow {
  return {
    shipment: { from: from.id, number }, name: `${from.name} ${number}`, from, to, campaign: seed.campaign.id, campaign_name: seed.campaign.name, runs, count: countAll(runs), value: countAll(runs) * 1000,
    sent_at: seed.NOW - days * DAY_MS, sent_by: 'Luca Bianchi', note: "Con l'auto delle 9", arrived: [], arrived_at: null, open: runs, open_count: countAll(runs), settled: [], here: to.id === seed.DESK,
    may_take_back: from.id === seed.DESK, may_write_off: false, unseen: false, ...more,
  };
}

export const NONE: BucketCounts = { received: 0, arrived: 0, held: 0, delivered: 0, in_transit: 0, transferred: 0, damaged: 0, lost: 0, returned: 0, destroyed: 0, miscounted: 0 };

/** What a supervisor sees of all desks. */
export function officeLedger(): View {
  const desks = [
    { desk: CENTRE, counts: { ...NONE, received: 5000, held: 2400, in_transit: 100, transferred: 2450, damaged: 30, destroyed: 20 }, reserved: 0 },
    { desk: DESK, counts: { ...NONE, received: 250, arrived: 500, held: 325, delivered: 400, damaged: 10, lost: 15 }, reserved: 40 },
    { desk: OTHER, counts: { ...NONE, arrived: 1950, held: 1200, delivered: 740, returned: 10 }, reserved: 0 },
  ];
  const counts = { ...NONE, received: 5250, held: 3925, delivered: 1140, in_transit: 100, damaged: 40, lost: 15, returned: 10, destroyed: 20 };
  return { type: 'stock_ledger', campaign: seed.campaign.id, denomination: 1000, desks, office: { received: 5250, received_value: 5_250_000, counts, accounted: 5250, accounted_value: 5_250_000 } };
}

export class FakeStock {
  held: Run[] = structuredClone(seed.stock);
  reserved: SetAside[] = [{ purpose: 'consegne a domicilio', kit: false, runs: [run(1_002_041, 1_002_050)], count: 10 }, { purpose: '7K2M9', kit: true, runs: [run(1_001_101, 1_001_140)], count: 40 }];
  movements: MovementRow[] = [
    row({ what: 'received', delivery_note: { number: '118', date: '2021-03-12', declared: 250, boxes: 5 } }, [run(1_001_001, 1_001_200), ...structuredClone(seed.stock.slice(1))], 'Direzione gare', 3),
    row({ what: 'reserved', purpose: 'consegne a domicilio' }, [run(1_002_041, 1_002_050)], '', 1),
  ];
  shipments: ShipmentRow[] = [
    shipment(CENTRE, DESK, 12, [run(1_003_001, 1_003_050), run(1_003_101, 1_003_120)], 1),
    shipment(DESK, OTHER, 3, [run(1_004_001, 1_004_050)], 2, { arrived: [run(1_004_001, 1_004_040)], arrived_at: seed.NOW - DAY_MS, open: [run(1_004_041, 1_004_050)], open_count: 10 }),
    shipment(OTHER, DESK, 4, [run(1_005_001, 1_005_020)], 8, { arrived: [run(1_005_001, 1_005_020)], arrived_at: seed.NOW - 7 * DAY_MS, open: [], open_count: 0 }),
  ];
  /** Whoever asks supervises. */
  supervises = false;

  answer(q: Query, delivered: number): View | undefined {
    switch (q.type) {
      case 'stock': {
        const left = this.movements.filter((m) => m.moved.what === 'removed');
        const of = (reason: string): number => left.reduce((n, m) => n + (m.moved.what === 'removed' && m.moved.reason === reason ? m.count : 0), 0);
        const received = this.movements.filter((m) => m.moved.what === 'received' || m.moved.what === 'arrived').reduce((n, m) => n + m.count, 0);
        const transit = this.shipments.filter((s) => s.from.id === seed.DESK).reduce((n, s) => n + s.open_count, 0);
        const counts = { ...NONE, received, held: countAll(this.held), delivered, in_transit: transit, damaged: of('damaged'), lost: of('lost'), returned: of('returned') };
        return {
          type: 'stock', campaign: seed.campaign, desk: DESK, held: this.held, held_count: countAll(this.held), held_value: countAll(this.held) * 1000, received, delivered, removed: left.reduce((n, m) => n + m.count, 0), counts,
          reserved: this.reserved.map((r) => ({ ...r, runs: common(r.runs, this.held), count: countAll(common(r.runs, this.held)) })).filter((r) => r.count > 0),
          reserved_count: this.reserved.reduce((n, r) => n + countAll(common(r.runs, this.held)), 0), coming: this.shipments.filter((s) => s.here).reduce((n, s) => n + s.open_count, 0), movements: this.movements.toReversed(),
        };
      }
      case 'shipments': return { type: 'shipments', rows: this.shipments.map((s) => ({ ...s, may_write_off: this.supervises && s.open_count > 0, may_take_back: s.open_count > 0 && (this.supervises || s.from.id === seed.DESK) })) };
      case 'stock_ledger': return this.supervises ? officeLedger() : { type: 'stock_ledger', campaign: seed.campaign.id, denomination: 1000, desks: [], office: null };
      case 'bolla': return /^sportello:b:/iu.test(q.code) ? { type: 'bolla', shipment: { from: CENTRE.id, number: 14 }, name: 'Centrale 1 14', from: CENTRE, campaign: seed.campaign.id, runs: [run(1_006_001, 1_006_050)], known: false } : no('not_found', 'Questa spedizione non è conosciuta.');
      case 'serial_history': return this.history(q.serial);
      case 'supply_preview': return this.preview(q);
      default: return undefined;
    }
  }

  private history(text: string): View {
    const one = serial(text);
    if (one === null) return no('serials_missing', 'Questo non è il numero di un buono.');
    const steps = this.movements.filter((m) => m.runs.some((r) => overlaps(r, one)))
      .map((m) => ({ at: m.at, desk: DESK, operator: m.operator, deed: { type: 'moved' as const, moved: m.moved }, note: m.note, shipment_name: m.shipment_name, other_desk: m.other_desk }));
    const [first] = steps;
    return { type: 'serial_history', campaign: seed.campaign.id, serial: firstSerial(one), steps, periods: first === undefined ? [] : [{ desk: DESK, from: first.at, to: null }] };
  }

  private preview(q: Extract<Query, { type: 'supply_preview' }>): View {
    const all = q.boxes.flatMap((b) => b.runs).toSorted((a, b) => a.first - b.first);
    const gaps = all.flatMap((r, i) => {
      const before = all[i - 1];
      return before !== undefined && before.series === r.series && r.first > before.last + 1 ? [{ ...r, first: before.last + 1, last: r.first - 1 }] : [];
    });
    const there = common(this.movements.flatMap((m) => (m.moved.what === 'received' ? m.runs : [])), all);
    const count = countAll(all);
    const declared = q.delivery_note?.declared ?? null;
    return {
      type: 'supply_preview', campaign: q.campaign, count, value: count * 1000, boxes: q.boxes.length, declared, declared_value: declared === null ? null : declared * 1000, declared_boxes: q.delivery_note?.boxes ?? null,
      differs: declared !== null && declared !== count, gaps, twice: [], known: there.length === 0 ? [] : [{ runs: there, desk: DESK, shipment: null }],
    };
  }

  /** True when the command was one of vouchers. */
  decide(c: Command): boolean {
    const tell = (moved: Moved, runs: Run[], note = '', more: Partial<MovementRow> = {}): void => { this.movements.push(row(moved, runs, note, 0, more)); };
    switch (c.type) {
      case 'receive_stock': {
        const known = this.movements.flatMap((m) => (m.moved.what === 'received' ? m.runs : []));
        const twice = c.runs.find((r) => known.some((k) => overlaps(k, r)));
        if (twice) return no('serial_already_received', `I buoni ${runText(twice)} risultano già ricevuti. Nulla è stato registrato: controllare i numeri.`);
        this.held = [...this.held, ...c.runs];
        tell({ what: 'received', delivery_note: c.delivery_note }, c.runs, c.note);
        return true;
      }
      case 'remove_stock':
        this.held = subtract(this.held, c.runs);
        tell({ what: 'removed', reason: c.reason }, c.runs, c.note);
        return true;
      case 'ship_stock': {
        this.held = subtract(this.held, c.runs);
        const to = c.to === OTHER.id ? OTHER : { id: c.to, name: 'Altra postazione' };
        const number = Math.max(0, ...this.shipments.filter((s) => s.from.id === seed.DESK).map((s) => s.shipment.number)) + 1;
        const sent = shipment(DESK, to, number, c.runs, 0, { note: c.note, sent_by: 'Maria Rossi' });
        this.shipments.unshift(sent);
        tell({ what: 'shipped', shipment: sent.shipment, to: to.id }, c.runs, c.note, { shipment_name: sent.name, other_desk: to });
        return true;
      }
      case 'acknowledge_shipment': {
        const known = this.shipments.find((s) => s.shipment.from === c.shipment.from && s.shipment.number === c.shipment.number);
        if (known) {
          const odd = subtract(c.runs, known.open)[0];
          if (odd) return no('serial_not_in_shipment', `I seriali da ${firstSerial(odd)} a ${lastSerial(odd)} non sono in questa spedizione. Non è stato caricato nulla.`);
          Object.assign(known, { arrived: [...known.arrived, ...c.runs], arrived_at: seed.NOW, open: subtract(known.open, c.runs) });
          known.open_count = countAll(known.open);
        }
        this.held = [...this.held, ...c.runs];
        tell({ what: 'arrived', shipment: c.shipment }, c.runs, c.note, { shipment_name: known?.name ?? `Centrale 1 ${c.shipment.number}`, other_desk: known?.from ?? CENTRE });
        return true;
      }
      case 'settle_shipment': {
        const known = this.shipments.find((s) => s.shipment.from === c.shipment.from && s.shipment.number === c.shipment.number);
        if (known === undefined) return no('not_found', 'Questa spedizione non è conosciuta.');
        known.open = subtract(known.open, c.runs);
        known.open_count = countAll(known.open);
        known.settled = [...known.settled, { runs: c.runs, outcome: c.outcome, note: c.note, at: seed.NOW, operator: 'Maria Rossi' }];
        if (c.outcome === 'taken_back') this.held = [...this.held, ...c.runs];
        tell({ what: 'settled', shipment: c.shipment, outcome: c.outcome }, c.runs, c.note, { shipment_name: known.name });
        return true;
      }
      case 'reserve_stock':
        this.reserved = this.reserved.map((r) => ({ ...r, runs: subtract(r.runs, c.runs) }));
        if (c.purpose !== null) this.reserved.push({ purpose: c.purpose, kit: false, runs: c.runs, count: countAll(c.runs) });
        tell({ what: 'reserved', purpose: c.purpose }, c.runs);
        return true;
      case 'destroy_stock':
        this.held = subtract(this.held, c.runs);
        tell({ what: 'destroyed', minutes: c.minutes }, c.runs);
        return true;
      default: return false;
    }
  }
}
