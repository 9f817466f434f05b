// SPDX-License-Identifier: EUPL-1.2
// Invented cases for looking at the reconciliation inbox and for its tests: one of each way in which a case can stand, with its evidence.
import type {
  CaseActRow, CaseChoice, CaseDecision, CaseField, CaseFieldName, CaseKind, CasePerson, CaseRow, CaseSide, CaseSideName, CaseValue, CaseView, InboxFilter, InboxView, View,
} from '../types.ts';

const NOW = Date.parse('2021-03-15T09:00:00Z');
const HOUR = 60 * 60_000;
const id = (kind: number, n: number): string => `0193b1a0-${String(kind).padStart(4, '0')}-7000-8000-${String(n).padStart(12, '0')}`;
/** The case with this number. */
export const caseId = (n: number): string => id(10, n);

const MARIA: CasePerson = { id: id(2, 1), name: 'Maria Rossi' };
const ANNA: CasePerson = { id: id(2, 3), name: 'Anna Esposito' };
const PEOPLE = [ANNA, MARIA];
const GAVINANA = { id: id(3, 3), name: 'Gavinana 1' };
const MARTE = { id: id(3, 2), name: 'Campo di Marte 1' };
const CAMPAIGN = id(4, 1);

const text = (words: string): CaseValue => ({ type: 'text', text: words });
const at = (hours: number): CaseValue => ({ type: 'at', at: NOW - hours * HOUR });
const amount = (cents: number): CaseValue => ({ type: 'amount', amount: cents });
const serials = (...runs: [number, number][]): CaseValue => ({ type: 'serials', runs: runs.map(([first, n]) => ({ series: 'AB', first, last: first + n - 1, width: 7 })) });
const number = (n: number): CaseValue => ({ type: 'number', number: n });
const slot = (start: string): CaseValue => ({ type: 'slot', start });
const word = (name: string): CaseValue => ({ type: 'word', word: name });

type Told = Partial<Record<CaseFieldName, CaseValue>>;
interface Told1 { name: CaseSideName; told: Told; household?: string; concerned?: boolean }

const alike = (a: CaseSideName, b: CaseSideName): boolean => a === b || (['expected', 'counted'].includes(a) && ['expected', 'counted'].includes(b));

/** Sides with the same fields, each saying whether it differs: what the core does. */
function sides(...given: Told1[]): CaseSide[] {
  const value = (s: Told1, name: CaseFieldName): CaseValue => s.told[name] ?? { type: 'nothing' };
  return given.map((side) => {
    const same = given.filter((other) => alike(other.name, side.name));
    const names = [...new Set(same.flatMap((other) => Object.keys(other.told) as CaseFieldName[]))];
    const fields = names.map((name): CaseField => ({ name, value: value(side, name), differs: same.some((other) => JSON.stringify(value(other, name)) !== JSON.stringify(value(side, name))) }));
    return { name: side.name, concerned: side.concerned ?? false, household: side.household ?? null, fields };
  });
}

const choices = (kind: CaseKind): CaseChoice[] => {
  const offered: Partial<Record<CaseKind, CaseDecision[]>> = {
    double: ['recovery', 'corrected', 'accepted', 'referred', 'unfounded'], forced: ['accepted', 'corrected', 'recovery', 'referred'], count_difference: ['corrected', 'accepted', 'referred'],
    duplicate_household: ['corrected', 'referred', 'unfounded'], two_appointments: ['corrected', 'accepted', 'unfounded'], clock_skewed: ['corrected', 'accepted', 'referred'],
  };
  return (offered[kind] ?? []).map((decision) => ({ decision, takes_two: decision === 'accepted' && (kind === 'double' || kind === 'count_difference') }));
};

const about = { type: 'delivery', entitlement: id(7, 1), delivery: id(8, 2) } as const;
const row = (n: number, kind: CaseKind, more: Partial<CaseRow> = {}): CaseRow => ({
  id: caseId(n), matter: { kind, about }, severity: 'serious', standing: 'open', found: true, at: NOW - (46 + n) * HOUR, desk: MARTE, site: id(1, 2), quartiere: 2, campaign: CAMPAIGN,
  households: [{ id: id(6, 20 + n), name: 'Conti Gabriella' }], assignee: null, decisions: [], choices: choices(kind), signable: false, ...more,
});

const REASON = 'La postazione di Gavinana non risponde; la signora mostra il promemoria';
const person = { household: text('Conti Gabriella') };
const first: Told1 = { name: 'delivery', household: id(6, 21), told: { ...person, at: at(49), desk: text(GAVINANA.name), operator: text("Niccolò D'Angelo"), collector: text('Conti Gabriella'), document: text('CA12345AB'), amount: amount(25_000), serials: serials([10_001, 25]) } };
const second: Told1 = { name: 'delivery', household: id(6, 21), concerned: true, told: { ...person, at: at(47), desk: text(MARTE.name), operator: text('Anna Esposito'), collector: text('Conti Lucia'), document: text('YA1234567'), amount: amount(25_000), serials: serials([22_301, 20], [22_401, 5]), forced: text(REASON) } };
const refusal: Told1 = { name: 'refusal', told: { at: at(72), desk: text(GAVINANA.name), operator: text("Niccolò D'Angelo"), reason: word('refusal-no_document') } };

const act = (n: number, by: CasePerson, deed: CaseActRow['deed'], more: Partial<CaseActRow> = {}): CaseActRow => ({ id: id(14, n), at: NOW - (10 - n) * HOUR, by, desk: MARTE, deed, to: null, live: false, ...more });
const decided = (n: number, by: CasePerson, decision: CaseDecision, reason: string, live = true, two = false): CaseActRow => act(n, by, { type: 'decided', decision, reason, takes_two: two }, { live });

const of = (r: CaseRow, told: CaseSide[], more: Partial<CaseView> = {}): CaseView => ({ row: r, sides: told, due: null, delivered: null, revoked: null, acts: [], draft: null, assignees: PEOPLE, ...more });
const rights = { due: 25_000, delivered: 50_000 };

export const CASES: CaseView[] = [
  of(row(1, 'double', { severity: 'grave' }), sides(first, second, refusal), rights),
  of(row(2, 'forced', { standing: 'assigned', assignee: MARIA }), sides(first, second), { ...rights, acts: [act(1, ANNA, { type: 'assigned', to: MARIA.id }, { to: MARIA.name }), act(2, MARIA, { type: 'noted', text: 'Chiamata la signora: torna domani' })] }),
  of(row(3, 'not_returned', { severity: 'grave', standing: 'awaiting', decisions: ['accepted'], choices: [], signable: true, households: [{ id: id(6, 23), name: 'Bianchi Àgata' }] }), sides(first),
    { ...rights, acts: [decided(1, ANNA, 'accepted', 'Buoni non recuperabili: la signora è partita', true, true)] }),
  of(row(4, 'serials_twice', { severity: 'grave', standing: 'contested', decisions: ['corrected', 'referred'], choices: [], households: [{ id: id(6, 24), name: 'Esposito Anna' }] }),
    sides({ ...first, told: { ...first.told, household: text('El Amrani Fatima'), shared_serials: serials([22_301, 12]) } }, second),
    { ...rights, acts: [decided(1, ANNA, 'corrected', 'Numeri letti male'), decided(2, MARIA, 'referred', 'Da verificare con Edenred')] }),
  of(row(5, 'count_difference', { severity: 'grave', matter: { kind: 'count_difference', about: { type: 'count', closing: id(15, 1), campaign: CAMPAIGN } }, households: [], desk: GAVINANA, quartiere: 3 }),
    sides({ name: 'expected', told: { count: number(385), amount: amount(385_000), serials: serials([10_026, 385]) } }, { name: 'counted', concerned: true, told: { count: number(384), amount: amount(384_000), serials: serials([10_026, 300], [10_327, 84]) } },
      { name: 'closing', told: { at: at(40), desk: text(GAVINANA.name), operator: text("Niccolò D'Angelo"), note: text('Contato due volte') } })),
  of(row(6, 'duplicate_household', { matter: { kind: 'duplicate_household', about: { type: 'households', first: id(6, 26), second: id(6, 27) } }, desk: null, households: [{ id: id(6, 26), name: 'Rossi Mario' }, { id: id(6, 27), name: 'Rossi Mario' }] }),
    sides({ name: 'household', household: id(6, 26), told: { applicant: text('Rossi Mario'), identifier: text('CCCFBA85D03L219P'), address: text('Via Gioberti 12R'), phone: text('055 123456'), list_ref: text('SS/2021/118'), quartiere: number(2) } },
      { name: 'household', household: id(6, 27), told: { applicant: text('Rossi Mario'), identifier: text('CCCFBA85D03L21VE'), address: text('Via Gioberti 12R'), phone: text('055 654321'), list_ref: text('SS/2021/482'), quartiere: number(2) } })),
  of(row(7, 'two_appointments', { severity: 'minor', matter: { kind: 'two_appointments', about: { type: 'appointments', household: id(6, 28), first: id(9, 1), second: id(9, 2) } }, households: [{ id: id(6, 28), name: 'Hu Xiaoming' }], desk: null }),
    sides({ name: 'appointment', told: { household: text('Hu Xiaoming'), start: slot('2021-03-17T09:00:00'), site: text('Villa Arrivabene'), status: word('appointment-booked'), booked_by: text('Lucia Ferri') } },
      { name: 'appointment', told: { household: text('Hu Xiaoming'), start: slot('2021-03-18T10:30:00'), site: text('Parterre'), status: word('appointment-booked'), booked_by: text("Niccolò D'Angelo") } })),
  of(row(8, 'late_after_revocation', { matter: { kind: 'late_after_revocation', about: { type: 'records', desk: id(3, 8), topic: 'q4', link: 'ab'.repeat(32) } }, households: [], desk: { id: id(3, 8), name: 'Isolotto vecchia' }, quartiere: 4 }),
    sides({ name: 'records', told: { at: at(20), desk: text('Isolotto vecchia'), topic: text('q4'), records: number(7), status: word('late-open') } })),
  of(row(9, 'clock_skewed', { severity: 'minor', standing: 'reopened', matter: { kind: 'clock_skewed', about: { type: 'clock', desk: id(3, 4), at: NOW - 30 * HOUR } }, households: [], desk: { id: id(3, 4), name: 'Isolotto 1' }, quartiere: 4 }),
    sides({ name: 'clock', told: { at: at(30), desk: text('Isolotto 1'), ahead: { type: 'span', millis: 3_600_000 } } }),
    { acts: [decided(1, MARIA, 'accepted', 'Ora legale impostata a mano', false), act(2, ANNA, { type: 'reopened', over: [id(14, 1)], reason: 'Era un giorno intero' })] }),
  of(row(10, 'after_revocation', { severity: 'grave', standing: 'decided', decisions: ['recovery'], choices: [], households: [{ id: id(6, 30), name: 'Hoxha Arben' }] }), sides(first),
    { ...rights, revoked: 'Domanda doppia', acts: [decided(1, MARIA, 'recovery', 'La revoca è arrivata un’ora dopo la consegna')] }),
  of(row(11, 'under_amount', { severity: 'minor', found: false, choices: [], matter: { kind: 'under_amount', about: { type: 'entitlement', entitlement: id(7, 9) } } }), [], { acts: [act(1, ANNA, { type: 'noted', text: 'Torna domani' })] }),
];

const open = (r: CaseRow): boolean => r.found && r.standing !== 'decided';

/** What the core answers; bare: nothing was ever found. */
export function inbox(filter: InboxFilter, bare: boolean): InboxView {
  const all = bare ? [] : CASES.map((c) => c.row);
  const rows = all.filter((r) =>
    (filter.standings.length === 0 ? open(r) : filter.standings.includes(r.standing))
    && (filter.kinds.length === 0 || filter.kinds.includes(r.matter.kind))
    && (filter.quartiere === null || r.quartiere === filter.quartiere)
    && (filter.assignee?.type !== 'me' || r.assignee?.id === MARIA.id)
    && (filter.assignee?.type !== 'nobody' || r.assignee === null)
    && (filter.text === null || r.households.some((h) => h.name.toLowerCase().includes(filter.text?.toLowerCase() ?? ''))));
  const still = all.filter(open);
  const kinds = [...new Set(still.map((r) => r.matter.kind))].map((kind) => ({ kind, open: still.filter((r) => r.matter.kind === kind).length }));
  const count = (fits: (r: CaseRow) => boolean): number => still.filter(fits).length;
  return {
    rows, total: rows.length, assignees: PEOPLE,
    counts: {
      open: still.length, grave: count((r) => r.severity === 'grave'), mine: count((r) => r.assignee?.id === MARIA.id), unassigned: count((r) => r.assignee === null),
      awaiting: count((r) => r.standing === 'awaiting'), contested: count((r) => r.standing === 'contested'), decided: all.filter((r) => r.standing === 'decided').length, kinds,
    },
  };
}

/** One case; undefined: it is none of these. */
export function caseOf(wanted: string): View | undefined {
  const found = CASES.find((c) => c.row.id === wanted);
  return found === undefined ? undefined : { type: 'case', ...found };
}
