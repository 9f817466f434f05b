// SPDX-License-Identifier: EUPL-1.2
// An invented office for looking at the screens and for their tests: sites, desks, people, a campaign half way through.
import { FakeDiary } from './diary.ts';
import { CASES, caseOf, inbox } from './office-cases.ts';
import { GANTT, NO_SHEET, PLANS, PLAN_VIEW, READING } from './office-plan.ts';
import { records, sampleView, samplesView, statementView, uneven } from './office-statement.ts';
import { visits, withHours } from './office-diary.ts';
import type {
  AccessLogView, BundleTaken, BundleWritten, Campaign, DeskRow, DesksView, EntitlementView, ErasurePreviewView, ErasuresView, HouseholdView, ImportPreviewView, ImportRow, ImportsView, IndicatorView, KeyView, MissingHousehold, Operator, Query, ReferenceView, ReplacementView, RowFate, Service, Site, StatusView, SyncStoryView, Todo, View,
} from '../types.ts';

/** Monday 15 March 2021, ten in the morning in Rome. */
export const NOW = Date.parse('2021-03-15T09:00:00Z');
const minute = 60_000;
const id = (kind: number, n: number): string => `0193b1a0-${String(kind).padStart(4, '0')}-7000-8000-${String(n).padStart(12, '0')}`;

const site = (n: number, code: string, name: string, quartiere: number, address: string, central = false): Site => ({ id: id(1, n), code, name, quartiere, central, address, phone: `055 276${String(7000 + n)}` });
export const SITES: Site[] = [
  site(1, 'Q1', 'Quartiere 1, Centro storico', 1, 'Piazza Santa Croce 1'),
  site(2, 'Q2', 'Villa Arrivabene', 2, 'Piazza Leon Battista Alberti 1/A'),
  site(3, 'Q3', 'Villa Bandini', 3, 'Via del Paradiso 5'),
  site(4, 'Q4', 'Villa Vogel', 4, 'Via delle Torri 23'),
  site(5, 'Q5', 'Villa Pallini', 5, 'Via Baracca 150/P'),
  site(6, 'C', 'Parterre', 2, 'Piazza della Libertà 12', true),
];
export const OPERATORS: Operator[] = [
  { id: id(2, 1), username: 'm.rossi', name: 'Maria Rossi', role: 'administrator', active: true },
  { id: id(2, 2), username: 'n.dangelo', name: "Niccolò D'Angelo", role: 'operator', active: true },
  { id: id(2, 3), username: 'a.esposito', name: 'Anna Esposito', role: 'supervisor', active: true },
  { id: id(2, 4), username: 'g.verdi', name: 'Giovanni Battista Verdi', role: 'operator', active: false },
];
const desk = (n: number, name: string, at: Site, more: Partial<DeskRow> = {}): DeskRow => ({
  id: id(3, n), name, site: at.id, site_name: at.name, reads: ['office', `q${at.quartiere}`], revoked: false, this: false, supervises: false,
  seen_at: NOW - n * minute, waiting: 0, skew: 340, version: '0.1.0', custody: 180 + n * 17, replaced_by: [], concern: 'none', key_number: 1, key_since: NOW - 60 * 24 * 60 * minute, ...more,
});
const [Q1, Q2, Q3, Q4, Q5, PARTERRE] = SITES as [Site, Site, Site, Site, Site, Site];
export const DESKS: DeskRow[] = [
  desk(1, 'Centro 1', Q1),
  desk(2, 'Campo di Marte 1', Q2, { this: true, waiting: 3, supervises: true, key_number: 2, key_since: NOW - 12 * 24 * 60 * minute }),
  desk(3, 'Gavinana 1', Q3, { seen_at: NOW - 26 * 60 * minute, waiting: 41, concern: 'warning' }),
  desk(4, 'Isolotto 1', Q4, { skew: 3_600_000, concern: 'warning' }),
  desk(5, 'Rifredi 1', Q5, { seen_at: NOW - 4 * 24 * 60 * minute, waiting: 112, concern: 'error' }),
  desk(6, 'Rifredi 2', Q5, { seen_at: null, version: '', custody: 0, concern: 'warning' }),
  desk(7, 'Parterre supervisione', PARTERRE, { supervises: true, reads: ['office', 'q1', 'q2', 'q3', 'q4', 'q5', 'supervisors'], custody: 0 }),
  desk(8, 'Isolotto vecchia', Q4, { revoked: true, seen_at: NOW - 40 * 24 * 60 * minute, custody: 0, version: '0.0.9' }),
];
export const CAMPAIGN: Campaign = {
  id: id(4, 1), name: 'Buoni spesa 2021', from: '2021-01-02', to: '2021-04-30', denomination: 1000,
  amounts: [{ members: 1, amount: 15_000 }, { members: 2, amount: 25_000 }, { members: 3, amount: 35_000 }, { members: 5, amount: 40_000 }],
  non_resident_amounts: [{ members: 1, amount: 8000 }, { members: 2, amount: 15_000 }], per_minor: 5000, per_disabled: 5000, maximum: 50_000, walk_in: true,
};
const OLD: Campaign = { ...CAMPAIGN, id: id(4, 2), name: 'Buoni spesa 2020', from: '2020-04-06', to: '2020-06-30' };
export const SERVICE: Service = {
  id: id(5, 1), name: 'Consegna buoni spesa', name_en: 'Delivery of shopping vouchers', minutes: 10, requirements: ["Documento d'identità", 'Codice fiscale o tessera sanitaria', 'Delega firmata, se ritira un’altra persona'],
  sites: SITES.map((s) => s.id), closed: ['2021-04-05', '2021-04-25'], campaign: CAMPAIGN.id, active: true,
  openings: [
    { sites: [], weekdays: [1, 2, 3, 4, 5], from: '08:30:00', to: '13:00:00', every_minutes: 15, capacity: 2 },
    { sites: [PARTERRE.id], weekdays: [2, 4], from: '14:30:00', to: '17:00:00', every_minutes: 15, capacity: 3 },
  ],
};
const STUDY: Service = { ...SERVICE, id: id(5, 2), name: 'Attivazione SPID', name_en: 'SPID activation', minutes: 20, campaign: null, active: false, rules: { desks: [], walk_in: false, reservable: true, notice_minutes: 60, ahead_days: 30, suspended: 'Prova conclusa: riprende a maggio' }, closed: [], sites: [PARTERRE.id], openings: [SERVICE.openings[1] ?? SERVICE.openings[0]].flatMap((o) => o ?? []) };
export const REFERENCE: ReferenceView = { sites: SITES, services: [STUDY, SERVICE], campaigns: [CAMPAIGN, OLD], desks: DESKS, operators: OPERATORS };

export const STATUS: StatusView = {
  office: 'Comune di Firenze', site: Q2, desk: { id: id(3, 2), name: 'Campo di Marte 1' }, supervises: true, operator: OPERATORS[0] as Operator, now: NOW, today: '2021-03-15',
  online: true, syncing: false, fetching: null, last_sync: NOW - 3 * minute, waiting: 3, handed_in: 0, on_stick: null, relay: { settings: {}, desk: null, online: false, last: null, handed: 0, problem: null, serving: null }, refused: 0, unprojected: 0, last_error: null, concern: 'none', clock_skew: 340, clock_back: null, clock_peer: null,
  central_url: 'https://sportello.comune.esempio.it', stopped: null, version: '0.1.0',
};
const offline = { code: 'network_unreachable', message: 'Il centro non si raggiunge. Ciò che è stato registrato è al sicuro su questo PC; lo scambio riprova da solo.' };
export const TROUBLED: Partial<StatusView> = {
  online: false, last_sync: NOW - 4 * 24 * 60 * minute, waiting: 1234, on_stick: { since: NOW - 5 * 60 * minute, records: 1200 },
  relay: { settings: { peer: { desk: id(3, 1), address: 'http://192.168.1.10:7481' } }, desk: { id: id(3, 1), name: 'Centro 1' }, online: true, last: NOW - 2 * minute, handed: 1230, problem: null, serving: null }, refused: 2, concern: 'error', clock_skew: -7_200_000, last_error: offline,
};

const PEOPLE: [string, string, number, Todo, MissingHousehold['refusal'], string][] = [
  ["D'Andrèa Niccolò", '055 123456', 2, 'call_back', 'no_document', 'Carta scaduta, torna con il passaporto'],
  ['El Amrani Fatima', '333 1234567', 5, 'serve', null, ''],
  ['Hu Xiaoming', '', 1, 'wait', 'no_delega', ''],
  ['Della Corte Pier Paolo', '055 987654', 4, 'complete', 'no_stock', 'Consegnati 20 buoni su 35'],
  ['Esposito Anna Maria', '347 7654321', 3, 'confirm_declined', 'declined', 'Dice di avere già ricevuto la spesa dalla parrocchia'],
];
const missing = PEOPLE.map(([name, phone, quartiere, todo, refusal, note], i): MissingHousehold => ({
  household: id(6, i + 1), entitlement: id(7, i + 1), name, phone, quartiere, presented_at: NOW - (i * 26 + 1) * 60 * minute, refusal, note,
  remaining: 15_000 + i * 5000, holder: { id: id(3, quartiere), name: DESKS[quartiere - 1]?.name ?? '' }, next_appointment: todo === 'wait' ? '2021-03-18T09:30:00' : null, todo,
}));
const days = Array.from({ length: 52 }, (_, i) => new Date(Date.UTC(2021, 0, 4) + i * 86_400_000 * 1.36).toISOString().slice(0, 10));
export const INDICATOR: IndicatorView = {
  campaign: CAMPAIGN, served: 4312, presented: 4317, value: 9988, target: 10_000, standing: 'provisional',
  missing_desks: [{ desk: { id: id(3, 3), name: 'Gavinana 1' }, since: NOW - 26 * 60 * minute, waiting: 41 }, { desk: { id: id(3, 5), name: 'Rifredi 1' }, since: NOW - 4 * 24 * 60 * minute, waiting: 112 }, { desk: { id: id(3, 6), name: 'Rifredi 2' }, since: null, waiting: 0 }],
  missing,
  by_quartiere: [[1, 1204, 712, 712], [2, 1630, 980, 979], [3, 810, 501, 500], [4, 1490, 1011, 1010], [5, 1866, 1113, 1111]].map(([quartiere = 0, entitled = 0, presented = 0, served = 0]) => ({ quartiere, entitled, presented, served })),
  by_day: days.map((day, i) => ({ day, deliveries: 60 + ((i * 37) % 55), refusals: (i * 7) % 6 })),
  entitled: 7000, booked: 5980, no_show: 214, walk_in: 96, delivered: 128_450_000, as_of: NOW - minute,
};
const NOTHING: IndicatorView = { ...INDICATOR, served: 0, presented: 0, value: null, standing: 'current', missing_desks: [], missing: [], by_day: [], by_quartiere: INDICATOR.by_quartiere.map((q) => ({ ...q, presented: 0, served: 0 })), no_show: 0, walk_in: 0, delivered: 0 };

const FATES: RowFate[] = ['refused', 'refused', 'doubtful', 'doubtful', 'duplicate', 'changed', 'new', 'new', 'new', 'unchanged'];
const WHY: Record<RowFate, string[]> = {
  refused: ["Il codice fiscale CCCFBA85D03L219B ha l'ultimo carattere sbagliato: probabile errore di battitura.", 'Manca il numero dei componenti.'],
  doubtful: ['Lo stesso codice fiscale è già in un altro nucleo: Rossi Mario, Quartiere 3.'],
  duplicate: ['Ripete la riga 14.'],
  changed: ['Importo da 250,00 a 300,00 €.', 'Telefono cambiato.'],
  new: [],
  unchanged: [],
};
const NAMES = ['Rossi Maria', "D'Angelo Niccolò", 'Bianchi Àgata', 'Verdi Giovanni Battista', 'Esposito Anna', 'El Amrani Fatima', 'Hu Xiaoming', 'Della Corte Pier Paolo'];
const rows = Array.from({ length: 160 }, (_, i): ImportRow => {
  const fate = FATES[i % FATES.length] ?? 'new';
  return { row: i + 2, fate, name: NAMES[i % NAMES.length] ?? '', identifier: fate === 'refused' ? 'CCCFBA85D03L219B' : 'CCCFBA85D03L219P', amount: fate === 'refused' ? null : 15_000 + (i % 8) * 5000, reasons: WHY[fate], household: fate === 'changed' ? id(6, 1) : null };
}).toSorted((a, b) => FATES.indexOf(a.fate) - FATES.indexOf(b.fate));
export const PREVIEW: ImportPreviewView = {
  digest: 'b3'.repeat(32), file_name: 'elenco_aventi_diritto_febbraio.xlsx', issued: '2021-02-12',
  columns: [['Cognome', 'surname'], ['Nome', 'name'], ['Cod. Fisc.', 'identifier'], ['N. comp.', 'size'], ['di cui minori', 'minors'], ['Quartiere', 'quartiere'], ['Indirizzo', 'street'], ['Tel.', 'phone'], ['Importo €', 'amount'], ['Assistente sociale', null]].map(([heading, field]) => ({ heading: heading ?? '', field: field ?? null })),
  counts: { new: 6120, changed: 214, unchanged: 590, duplicate: 31, doubtful: 12, refused: 9 },
  notices: [{ code: 'import_older', message: 'La lista è del 12/02/2021, e una del 01/03/2021 è già stata importata: dove dicono cose diverse vale la più recente.' }],
  applicable: true, rows, more: true, total: 182_340_000,
};
export const IMPORTS: ImportsView = {
  imports: [1, 2].map((n) => ({ campaign: CAMPAIGN.name, operator: 'Anna Esposito', import: { id: id(11, n), campaign: CAMPAIGN.id, file_name: `elenco_${n}.xlsx`, digest: 'aa'.repeat(32), issued: n === 1 ? '2021-03-01' : '2021-01-10', counts: { new: n === 1 ? 320 : 6680, changed: n === 1 ? 44 : 0, unchanged: n === 1 ? 6636 : 0, duplicate: 3, doubtful: n, refused: 4 }, at: NOW - n * 14 * 24 * 60 * minute, by: id(2, 3) } })),
};
export const REPLACEMENT: ReplacementView = { desk: id(3, 9), name: 'Rifredi 1', before: { id: id(3, 5), name: 'Rifredi 1' }, code: '7K2M-PQRS-TUVW', expires_at: NOW + 48 * 60 * minute };
export const KEY: KeyView = { desk: { id: id(3, 2), name: 'Campo di Marte 1' }, number: 3, since: NOW };
export const DESKS_VIEW: DesksView = { desks: DESKS, as_of: NOW - 3 * minute };
export const STORY: SyncStoryView = {
  entries: Array.from({ length: 14 }, (_, i) => ({ at: NOW - (3 + i * 5) * minute, took: 340 + i * 90, sent: i % 3, received: (i * 13) % 40, way: i === 2 ? 'bundle_in' as const : i === 3 ? 'bundle_out' as const : 'centre' as const, peer: i === 2 ? 'Gavinana 1' : null, problem: i === 4 || i === 5 ? offline : null })),
  refused: [], logs: [{ topic: 'office', written: 12, acknowledged: 12, head: '9f3ab2c1' }, { topic: 'q2', written: 3412, acknowledged: 3409, head: '01bc77de' }, { topic: 'supervisors', written: 8, acknowledged: 8, head: '77aa10f0' }],
};
const REFUSED_STORY: SyncStoryView = { ...STORY, refused: [{ topic: 'q2', seq: 3120, problem: { code: 'desk_revoked', message: 'Il centro non accetta questa registrazione perché la postazione era stata revocata alle 09:12. La registrazione è conservata; decide un supervisore.' } }] };

export const WRITTEN: BundleWritten = { file: '/media/chiavetta/sportello-Campo-di-Marte-1-20210315-0930.sportello', at: NOW, records: 1480, own: 1234, bytes: 212_480, desks: [{ id: id(3, 3), name: 'Gavinana 1' }] };
export const TAKEN: BundleTaken = { from: { id: id(3, 3), name: 'Gavinana 1' }, made_at: NOW - 30 * minute, received: 412, acknowledged: 0, waiting: 1234, given: 1, others: 2, damaged: 0, whole: true, troubles: [], refused: [], stopped: null };
export const TAKEN_PARTLY: BundleTaken = { ...TAKEN, received: 200, given: 0, whole: false, damaged: 1, troubles: [{ desk: { id: id(3, 3), name: 'Gavinana 1' }, topic: 'q3', problem: { code: 'bundle_gap', message: 'Prima di queste registrazioni ne mancano altre, che non sono nel file. Ciò che seguiva direttamente è stato importato: chiedere a chi lo ha scritto un file completo.' } }] };

export const ENTITLEMENT: EntitlementView = {
  entitlement: { id: id(7, 1), campaign: CAMPAIGN.id, household: id(6, 1), revisions: [{ amount: 25_000, source: { import: id(11, 2), row: 14 }, at: NOW - 60 * 24 * 60 * minute, by: id(2, 3) }], revoked: null, custody: { holder: id(3, 2), moves: 0, request: null }, deliveries: [], refusals: [], anomalies: [] },
  campaign: CAMPAIGN, status: 'due', amount: 25_000, delivered: 0, remaining: 25_000, vouchers: 25, holder: { id: id(3, 2), name: 'Campo di Marte 1' }, here: true, requested_by: null, slip: null, import: null, row: 14,
};
export const HOUSEHOLD: HouseholdView = {
  household: {
    id: id(6, 1), import: null, notes: [],
    data: { members: [{ id: id(12, 1), surname: "D'Andrèa", name: 'Niccolò', identifier: { kind: 'tax_code', value: 'CCCFBA85D03L21VE' }, birth_date: '1985-04-03' }, { id: id(12, 2), surname: 'Ferri', name: 'Lucia', identifier: { kind: 'none' } }],
      size: 3, minors: 1, disabled: 0, resident: true, quartiere: 2, address: { street: 'Via Gioberti', number: '12', colour: 'red', exponent: 'A' }, phone: '055 123456', email: '', list_ref: 'SS/2021/118' },
  },
  topic: 'q2', entitlements: [ENTITLEMENT], cases: CASES.slice(0, 2).map((c) => c.row), appointments: [], timeline: [],
};

export const ERASURE: ErasurePreviewView = { households: 1, records: 7, bytes: 2130, still_due: 0, awaited: 0, undecided: 0, backups: 3, digest: '0f1e2d3c4b5a69788796a5b4c3d2e1f0' };
const ERASURES: ErasuresView = {
  pending: false,
  orders: [
    { erasure: { id: id(13, 1), scope: { type: 'household', household: id(6, 9) }, ground: 'request', reason: 'Prot. 1234/2021', at: NOW - 3 * 24 * 60 * minute, by: id(2, 1), desk: id(3, 1), households: 1, records: 9, late: 1 }, by: 'Maria Rossi', desk: { id: id(3, 1), name: 'Sede centrale 1' }, campaign: null },
    { erasure: { id: id(13, 2), scope: { type: 'campaign', campaign: OLD.id }, ground: 'retention_ended', reason: 'Piano di conservazione', at: NOW - 30 * 24 * 60 * minute, by: id(2, 1), desk: id(3, 1), households: 812, records: 5120, late: 0 }, by: 'Maria Rossi', desk: { id: id(3, 1), name: 'Sede centrale 1' }, campaign: OLD.name },
  ],
};
export const ACCESSES: AccessLogView = {
  more: false, everywhere: true,
  rows: (['search', 'scan', 'queue', 'export'] as const).map((how, n) => ({ at: NOW - n * 7 * minute, operator: 'Lucia Ferri', desk: { id: id(3, 2), name: 'Campo di Marte 1' }, household: how === 'export' ? null : id(6, 1), name: how === 'export' ? '' : "D'Andrèa Niccolò", how })),
};
/** A household whose right another desk holds. */
const ELSEWHERE = id(6, 2);

let diary: FakeDiary | undefined;
/** A month of the agenda of all sites; bare: nothing. */
function officeDiary(bare: boolean): FakeDiary {
  const of = { now: () => NOW, today: '2021-03-15', site: Q2.id, sites: SITES, services: REFERENCE.services };
  if (bare) return new FakeDiary({ ...of, services: [], rows: () => [] });
  if (diary === undefined) {
    const march = visits(SITES, SERVICE, NOW);
    diary = withHours(new FakeDiary({ ...of, rows: () => march, refused: (a) => a.reason !== '' }), SITES);
  }
  return diary;
}

/** What the office answers; undefined: this question is somebody else's. `troubled`: the exchange has not worked for days. */
export function answer(query: Query, { troubled = false, bare = false } = {}): View | undefined {
  switch (query.type) {
    case 'status': return { type: 'status', ...STATUS, ...(troubled ? TROUBLED : {}) };
    case 'reference': return { type: 'reference', ...REFERENCE, ...(bare ? { campaigns: [], services: [], sites: [] } : {}) };
    case 'indicator': return { type: 'indicator', ...(query.campaign === CAMPAIGN.id ? INDICATOR : { ...NOTHING, campaign: OLD }) };
    case 'inbox': return { type: 'inbox', ...inbox(query.filter, bare) };
    case 'case': return caseOf(query.id);
    case 'statement': return { type: 'statement', ...(troubled ? uneven(CAMPAIGN) : bare ? { ...statementView(OLD), days: [], households: [], vouchers: { ...statementView(OLD).vouchers, places: [] } } : statementView(CAMPAIGN)) };
    case 'statement_records': return { type: 'statement_records', ...records(query.figure) };
    case 'samples': return { type: 'samples', ...samplesView(CAMPAIGN), ...(bare ? { frame: 0, rows: [] } : {}) };
    case 'sample': return { type: 'sample', ...sampleView(CAMPAIGN) };
    case 'plans': return { type: 'plans', ...(bare ? { rows: [] } : PLANS) };
    case 'plan': return { type: 'plan', ...PLAN_VIEW };
    case 'plan_chart': return { type: 'file', ...GANTT };
    case 'plan_reading': return { type: 'plan_reading', ...(bare ? NO_SHEET : READING) };
    case 'import_preview': return { type: 'import_preview', ...PREVIEW, file_name: query.file.name, issued: query.issued ?? PREVIEW.issued };
    case 'imports': return { type: 'imports', imports: bare ? [] : IMPORTS.imports };
    case 'desks': return { type: 'desks', ...DESKS_VIEW };
    case 'late': return { type: 'late', rows: [] };
    case 'sync_story': return { type: 'sync_story', ...(bare ? { entries: [], refused: [], logs: [] } : troubled ? REFUSED_STORY : STORY) };
    case 'household': return { type: 'household', ...(query.id === ELSEWHERE ? { ...HOUSEHOLD, entitlements: [{ ...ENTITLEMENT, here: false, holder: { id: id(3, 3), name: 'Gavinana 1' } }] } : HOUSEHOLD) };
    case 'erasure_preview': return { type: 'erasure_preview', ...ERASURE };
    case 'erasures': return { type: 'erasures', ...(bare ? { pending: true, orders: [] } : ERASURES) };
    case 'access_log': return { type: 'access_log', ...(bare ? { ...ACCESSES, rows: [], everywhere: false } : ACCESSES) };
    case 'agenda': case 'free_slots': case 'hours': case 'hours_impact': case 'agenda_conflicts': case 'series_preview': case 'statistics': case 'calendar': return officeDiary(bare).answer(query);
    case 'import_refused': case 'export': case 'document': return { type: 'file', name: 'prova.xlsx', media_type: 'application/octet-stream', content: '', language: 'it' };
    default: return undefined;
  }
}
