// SPDX-License-Identifier: EUPL-1.2
// A campaign accounted for in an invented office, for looking at the statement and at verification calls, and for their tests.
import type { BucketCounts, Campaign, DeskName, Run, SamplePickRow, SampleView, SamplesView, StatementDay, StatementFigure, StatementPlace, StatementRecordsView, StatementView } from '../types.ts';

const NOW = Date.parse('2021-03-15T09:00:00Z');
const HOUR = 60 * 60_000;
const id = (kind: number, n: number): string => `0193b1a0-${String(kind).padStart(4, '0')}-7000-8000-${String(n).padStart(12, '0')}`;
const run = (first: number, last: number): Run => ({ series: 'A', first, last, width: 6 });
const desk = (n: number, name: string): DeskName => ({ id: id(9, n), name });
const NOTHING: BucketCounts = { received: 0, arrived: 0, held: 0, delivered: 0, in_transit: 0, transferred: 0, damaged: 0, lost: 0, returned: 0, destroyed: 0, miscounted: 0 };
const place = (n: number, name: string, counts: Partial<BucketCounts>): StatementPlace => {
  const all = { ...NOTHING, ...counts };
  const accounted = all.held + all.delivered + all.in_transit + all.transferred + all.damaged + all.lost + all.returned + all.destroyed + all.miscounted;
  return { desk: desk(n, name), counts: all, came: all.received + all.arrived, accounted, by_receipts: all.delivered, different: [] };
};
const line = (figure: StatementFigure, count: number, amount = 0): StatementView['households'][number] => ({ figure, count, amount });
const day = (site: number, site_name: string, on: string, counts: readonly number[], runs: Run[]): StatementDay => {
  const figures: StatementFigure[] = ['appointments', 'presentations', 'no_shows', 'walk_ins', 'deliveries', 'reversals', 'refusals'];
  const vouchers = runs.reduce((sum, r) => sum + r.last - r.first + 1, 0);
  return { site: id(1, site), site_name, day: on, vouchers, runs, lines: figures.map((figure, i) => line(figure, counts[i] ?? 0, figure === 'deliveries' ? vouchers * 1000 : 0)) };
};

export const statementView = (campaign: Campaign): StatementView => ({
  campaign, as_of: NOW, standing: 'provisional', missing_desks: [{ desk: desk(4, 'Q3-A'), since: NOW - 30 * HOUR, waiting: 0 }],
  households: [
    line('entitled', 7012, 196_336_000), line('revoked', 14, 392_000), line('booked', 6120, 171_360_000), line('presented', 4310, 120_680_000), line('served_of_presented', 4302, 120_456_000),
    line('served', 4377, 122_556_000), line('partial', 6, 72_000), line('unserved', 2629, 73_612_000), line('refused', 31, 868_000),
  ],
  days: [
    day(1, 'Quartiere 1 - Centro storico', '2021-03-12', [48, 45, 3, 2, 46, 1, 1], [run(1, 640), run(702, 1140)]),
    day(2, 'Quartiere 2 - Campo di Marte', '2021-03-12', [40, 40, 0, 0, 40, 0, 0], [run(20_001, 20_880)]),
    day(1, 'Quartiere 1 - Centro storico', '2021-03-15', [22, 18, 0, 1, 17, 0, 2], [run(1141, 1560)]),
  ],
  vouchers: {
    denomination: 1000, even: true, nowhere: [], never_received: [],
    places: [place(1, 'Q1-A', { received: 20_000, held: 12_440, delivered: 7000, transferred: 500, damaged: 40, lost: 20 }), place(2, 'Q1-B', { received: 8000, arrived: 500, held: 5100, delivered: 3380, destroyed: 20 }), place(3, 'Q2-A', { received: 20_000, held: 13_100, delivered: 6400, in_transit: 500 })],
    office: { received: 48_000, received_value: 48_000_000, accounted: 48_000, accounted_value: 48_000_000, counts: { ...NOTHING, received: 48_000, held: 30_640, delivered: 16_780, in_transit: 500, damaged: 40, lost: 20, destroyed: 20 } },
  },
});

/** What does not come out even, named. */
export const uneven = (campaign: Campaign): StatementView => {
  const view = statementView(campaign);
  const [first, ...rest] = view.vouchers.places;
  if (first === undefined) throw new Error('no place');
  return { ...view, standing: 'current', missing_desks: [], vouchers: { ...view.vouchers, even: false, never_received: [{ series: 'Z', first: 1, last: 30, width: 4 }], places: [{ ...first, different: [run(90, 92)] }, ...rest] } };
};

export const records = (figure: StatementFigure): StatementRecordsView => ({
  figure, count: 2, amount: 60_000,
  rows: [
    { household: id(5, 1), name: 'Bandini Lucia', list_ref: '2021/0042', entitlement: id(6, 1), appointment: null, delivery: id(11, 1), site_name: 'Quartiere 1 - Centro storico', desk: desk(1, 'Q1-A'), at: '2021-03-12T09:20:00', amount: 36_000, runs: [run(1, 36)] },
    { household: id(5, 2), name: 'Fantoni Ugo', list_ref: '2021/0107', entitlement: id(6, 2), appointment: null, delivery: id(11, 2), site_name: 'Quartiere 1 - Centro storico', desk: desk(1, 'Q1-A'), at: '2021-03-12T09:40:00', amount: 24_000, runs: [run(37, 60)] },
  ],
});

export const SAMPLE_ID = id(19, 1);
const ROW = { id: SAMPLE_ID, at: NOW - 3 * HOUR, operator: 'Neri Paola', frame: 4377, drawn: 3, called: 2, disputed: 1 };
export const samplesView = (campaign: Campaign): SamplesView => ({ campaign: campaign.id, frame: 4380, rows: [ROW] });
const pick = (n: number, name: string, more: Partial<SamplePickRow>): SamplePickRow => ({
  delivery: id(11, n), household: id(5, n), name, phone: `055 000000${n}`, at: '2021-03-12T09:20:00', desk: desk(1, 'Q1-A'), collector: name, amount: 36_000, vouchers: 36, reversed: false, calls: [], case: null, ...more,
});
export const sampleView = (campaign: Campaign): SampleView => ({
  row: ROW, campaign, digest: '5f0c1b2a'.repeat(4), same: null,
  strata: [{ site_name: 'Quartiere 1 - Centro storico', deliveries: 2600, drawn: 2 }, { site_name: 'Quartiere 2 - Campo di Marte', deliveries: 1777, drawn: 1 }],
  picks: [
    pick(1, 'Bandini Lucia', { calls: [{ outcome: 'not_reached', at: NOW - 2 * HOUR, operator: 'Neri Paola' }, { outcome: 'confirmed', at: NOW - HOUR, operator: 'Neri Paola' }] }),
    pick(2, 'Fantoni Ugo', { calls: [{ outcome: 'not_received', at: NOW - HOUR, operator: 'Neri Paola' }], case: id(16, 1) }),
    pick(3, 'Grazzini Ada', { collector: 'Mori Sandro' }),
  ],
});
