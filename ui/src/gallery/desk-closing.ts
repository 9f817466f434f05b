// SPDX-License-Identifier: EUPL-1.2
// The end of the day and the paper forms of the desk in memory: as much of the rules as the screens meet.
import { countAll } from '../serial.ts';
import type { ClosingRow, Command, EntityRef, PaperKitRow, Query, Run, View } from '../types.ts';
import * as seed from './desk-data.ts';

const DAY_MS = 86_400_000;
const DESK = { id: seed.DESK, name: 'Sportello 3' };
const OTHER = { id: seed.OTHER_DESK, name: 'Sportello 4' };
const YESTERDAY = new Date(seed.NOW - DAY_MS).toISOString().slice(0, 10);

/** A refusal as the core words it. */
const no = (code: string, message: string): never => {
  throw { code, message };
};

function closing(n: number, day: string, difference: number, explanation: string | null): ClosingRow {
  const expected: Run[] = [{ series: 'AB', first: 1_001_001, last: 1_001_225, width: 7 }];
  return {
    desk: n === 2 ? OTHER : DESK, operator: n === 2 ? 'Luca Bianchi' : 'Maria Rossi', corrected_by: [],
    counts: [{ campaign: seed.campaign.id, name: seed.campaign.name, expected: 225, counted: 225 + difference, difference, value: difference * 1000, missing: [], extra: [], scanned: false, explanation, open: difference !== 0 && explanation === null }],
    closing: {
      id: seed.id(9500 + n), desk: n === 2 ? seed.OTHER_DESK : seed.DESK, day, turn: 1, counts: [{ campaign: seed.campaign.id, denomination: 1000, expected, counted: { how: 'number', count: 225 + difference }, explanation }],
      figures: { deliveries: 12, delivered: 240_000, presented: 1, due: 2, unsent: 0 }, note: '', at: seed.NOW - n * DAY_MS, by: seed.ME, corrections: [],
    },
  };
}

function kit(entitlements: string[]): PaperKitRow {
  return {
    code: '7K2M9', desk: DESK, campaign_name: seed.campaign.name, operator: 'Maria Rossi', open: 3,
    forms: [1, 2, 3, 4].map((number) => ({ number, code: `7K2M9-00${number}-C`, state: number === 1 ? 'entered' : 'open' })),
    kit: { id: seed.id(9600), desk: seed.DESK, campaign: seed.campaign.id, day: null, forms: 4, entitlements, runs: [{ series: 'AB', first: 1_001_101, last: 1_001_140, width: 7 }], at: seed.NOW - DAY_MS, by: seed.ME, entries: [], voids: [] },
  };
}

export class FakeClosing {
  rows: ClosingRow[] = [closing(2, YESTERDAY, -1, null), closing(3, YESTERDAY, 2, 'Carnet trovato nel cassetto')];
  closed = false;
  kits: PaperKitRow[];

  constructor(private readonly people: { entitlement: string; household: string; name: string }[]) {
    this.kits = [kit(people.map((p) => p.entitlement))];
  }

  answer(q: Query, held: Run[]): View | undefined {
    switch (q.type) {
      case 'closing_preview': return {
        type: 'closing_preview', desk: DESK, day: q.day ?? seed.TODAY, turn: 1, presented: [], due: [], open: [], closed: this.closed ? this.rows.slice(0, 1) : [],
        counts: [{ campaign: seed.campaign.id, name: seed.campaign.name, denomination: 1000, expected: held, count: countAll(held), value: countAll(held) * 1000, with_kits: 40 }],
        figures: { deliveries: 4, delivered: 90_000, presented: 0, due: 0, unsent: 7 },
        obstacle: this.closed ? { code: 'day_closed', message: 'Il giorno è già chiuso e dopo la chiusura non è stato registrato altro.' } : null,
      };
      case 'closings': return { type: 'closings', from: YESTERDAY, to: seed.TODAY, rows: this.rows, open: [{ desk: OTHER, day: YESTERDAY, records: 3, last: seed.NOW - DAY_MS }] };
      case 'paper_kits': return {
        type: 'paper_kits', kits: this.kits,
        twice: [{ kit: seed.id(9600), number: 1, code: '7K2M9-001-C', voided: false, entries: [DESK, OTHER].map((desk) => ({ household: null, name: 'Esposito Anna', at: `${seed.TODAY}T09:40:00`, entered_at: seed.NOW - 3_600_000, entered_by: 'Maria Rossi', desk })) }],
      };
      case 'paper_form': {
        const [first] = this.kits;
        const form = first?.forms.find((f) => f.code.replaceAll('-', '') === q.code.replaceAll(/[\s-]/g, '').toUpperCase());
        if (first === undefined || form === undefined) return undefined;
        return {
          type: 'paper_form', kit: first, number: form.number, code: form.code,
          problem: form.state === 'entered' ? { code: 'form_entered', message: 'Il modulo n. 1 è già stato inserito.' } : null,
          people: this.people.map((p) => ({ ...p, remaining: 10_000, vouchers: 10, status: 'due', here: true })),
          operators: seed.operators.map((o) => ({ id: o.id, name: o.name })),
        };
      }
      default: return undefined;
    }
  }

  /** What changed; undefined: this command is somebody else's. */
  decide(c: Command, held: Run[]): EntityRef[] | undefined {
    switch (c.type) {
      case 'close_day': {
        const [given] = c.counts;
        const counted = given?.counted.how === 'number' ? given.counted.count : countAll(given?.counted.runs ?? []);
        if (counted !== countAll(held) && given?.explanation === '' && !given.left_open) no('count_differs', 'La conta è diversa.');
        this.rows = [closing(1, c.day, counted - countAll(held), given?.explanation === '' ? null : given?.explanation ?? null), ...this.rows];
        this.closed = true;
        return [{ kind: 'closing', id: seed.id(9501) }];
      }
      case 'correct_closing': {
        this.rows = this.rows.map((r) => (r.closing.id === c.closing ? { ...r, corrected_by: [...r.corrected_by, 'Maria Rossi'], counts: r.counts.map((x) => ({ ...x, open: false })), closing: { ...r.closing, corrections: [...r.closing.corrections, { campaign: c.campaign, text: c.text, at: seed.NOW, by: seed.ME, desk: seed.DESK }] } } : r));
        return [{ kind: 'closing', id: c.closing }];
      }
      case 'prepare_paper_kit': return [{ kind: 'paper_kit', id: seed.id(9600) }];
      case 'void_paper_forms': case 'enter_paper_form': {
        const gone = c.type === 'enter_paper_form' ? [c.number, c.number] as const : [c.first, c.last] as const;
        const state = c.type === 'enter_paper_form' ? 'entered' as const : 'voided' as const;
        this.kits = this.kits.map((k) => {
          const forms = k.forms.map((f) => (f.number >= gone[0] && f.number <= gone[1] ? { ...f, state } : f));
          return { ...k, forms, open: forms.filter((f) => f.state === 'open').length };
        });
        return [{ kind: 'paper_kit', id: c.kit }];
      }
      default: return undefined;
    }
  }
}
