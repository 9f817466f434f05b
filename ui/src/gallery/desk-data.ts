// SPDX-License-Identifier: EUPL-1.2
// Invented people and an invented office for the fake desk: a lively morning of the campaign.
import { NOT_QUEUED, type Appointment, type Household, type Person } from './desk-types.ts';
import type { Campaign, HouseholdData, Operator, PersonIdentifier, Run, Service, Site } from '../types.ts';

export const NOW = Date.parse('2021-03-15T09:10:00Z'); // 10:10 in Italy, a Monday
export const TODAY = '2021-03-15';
export const id = (n: number): string => `0193b1a0-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const ME = id(1);
export const DESK = id(11);
export const OTHER_DESK = id(12);
export const SITE = id(21);

export const sites: Site[] = [
  { id: SITE, code: 'Q2', name: 'Quartiere 2 · Villa Arrivabene', quartiere: 2, central: false, address: 'Piazza Alberti 1/A', phone: '055 276 7822' },
  { id: id(22), code: 'Q3', name: 'Quartiere 3 · Villa Bandini', quartiere: 3, central: false, address: 'Via del Paradiso 5', phone: '055 276 7748' },
  { id: id(23), code: 'PS', name: 'Sede centrale', quartiere: 1, central: true, address: 'Piazza della Signoria 1', phone: '055 055' },
];

export const campaign: Campaign = {
  id: id(31), name: 'Buoni spesa 2021', from: '2021-01-02', to: '2021-04-30', denomination: 1000,
  amounts: [{ members: 1, amount: 15_000 }, { members: 2, amount: 25_000 }, { members: 3, amount: 35_000 }, { members: 5, amount: 40_000 }],
  non_resident_amounts: [{ members: 1, amount: 8000 }, { members: 2, amount: 15_000 }], per_minor: 5000, per_disabled: 5000, maximum: 50_000, walk_in: true,
};

export const services: Service[] = [
  {
    id: id(41), name: 'Consegna buoni spesa', name_en: 'Voucher delivery', minutes: 15, requirements: ['Documento di identità valido', 'Promemoria, se presente'], sites: sites.map((s) => s.id),
    openings: [{ sites: [], weekdays: [1, 2, 3, 4, 5], from: '09:00:00', to: '12:30:00', every_minutes: 15, capacity: 2 }], closed: [], campaign: campaign.id, active: true,
  },
  {
    id: id(42), name: 'Informazioni e orientamento', name_en: 'Information', minutes: 20, requirements: [], sites: [SITE],
    openings: [{ sites: [], weekdays: [1, 3], from: '09:00:00', to: '11:00:00', every_minutes: 20, capacity: 1 }], closed: [], campaign: null, active: true,
  },
];

export const operators: Operator[] = [
  { id: ME, username: 'm.rossi', name: 'Maria Rossi', role: 'operator', active: true },
  { id: id(2), username: 'n.dangelo', name: "Niccolò D'Angelo", role: 'operator', active: true },
];

const PEOPLE: readonly [surname: string, name: string, code: string, size: number, street: string, number: string, phone: string][] = [
  ['Bianchi', 'Àgata', 'BNCGTA75L52D612X', 3, 'Via Aretina', '112', '055 661 234'],
  ["D'Angelo", 'Giovanni Battista', 'DNGGNN58A10D612S', 1, 'Via Scipione Ammirato', '12R', '339 112 3344'],
  ['El Amrani', 'Fatima', 'LMRFTM88T50Z330K', 5, "Via di San Salvi", '20/A', '347 556 7788'],
  ['Hu', 'Xiaoming', 'HUXXMN82C15Z210D', 4, 'Via Gioberti', '66R', ''],
  ['Esposito', 'Anna', 'SPSNNA66M41F839N', 2, 'Viale De Amicis', '81', '055 600 112'],
  ['Della Corte', 'Pier Paolo', 'DLLPPL71D03D612O', 3, 'Via Lungo l\'Affrico', '6', '333 445 5667'],
  ['Gjoka', 'Arben', 'GJKRBN79E22Z100J', 5, 'Via Campofiore', '44', '320 998 8776'],
  ['Rossi', 'Mario', 'RSSMRA80A01D612Y', 2, 'Via Cironi', '3 bis', '055 588 001'],
  ['Nwosu', 'Blessing', 'NWSBSS90P55Z335H', 4, 'Via del Mezzetta', '15', '351 223 3445'],
  ['Fiaschi', 'Ivana', 'FSCVNI44R60D612E', 1, 'Via Pietro Toselli', '100/B', '055 677 889'],
  ['Perera', 'Nimal', 'PRRNML77S02Z209W', 4, 'Via Mannelli', '29', '388 123 9876'],
  ['Mazzoni', 'Concetta', 'MZZCCT52B48G273A', 2, 'Borgo La Croce', '55R', '055 244 556'],
  ['Popescu', 'Elena', 'PPSLNE85H61Z129C', 3, 'Via Capo di Mondo', '8', '329 667 1122'],
  ['Berti', 'Lapo', 'BRTLPA93M12D612F', 1, 'Via Quintino Sella', '17', '340 555 6677'],
];

const KIDS = ['Sofia', 'Leonardo', 'Giulia', 'Amir', 'Matteo', 'Aurora'];

function identifier(code: string, i: number): PersonIdentifier {
  return i === 8 ? { kind: 'stp', value: 'STP0902010000345' } : { kind: 'tax_code', value: code };
}

export const households: Household[] = PEOPLE.map(([surname, name, code, size, street, number, phone], i) => {
  const house = /^(\d+)(R?)(?:\/| )?(.*)$/.exec(number);
  const data: HouseholdData = {
    members: Array.from({ length: size }, (_, m) => m === 0
      ? { id: id(1000 + i * 10), surname, name, identifier: identifier(code, i), birth_date: null }
      : { id: id(1000 + i * 10 + m), surname, name: KIDS[(i + m) % KIDS.length] ?? '', identifier: { kind: 'none' }, birth_date: m > 1 ? `201${m}-0${m}-1${i % 9}` : null }),
    size, minors: Math.max(0, size - 2), disabled: i === 4 ? 1 : 0, resident: i !== 8, quartiere: i === 11 ? 3 : 2,
    address: { street, number: house?.[1] ?? '', colour: house?.[2] === 'R' ? 'red' : 'black', exponent: house?.[3] ?? '' },
    phone, email: i === 0 ? 'agata.bianchi@posta.example' : '', list_ref: `2021/${1200 + i}`,
  };
  return { household: { id: id(100 + i), data, import: id(51), notes: i === 0 ? [{ text: 'Preferisce essere chiamata al mattino. Sente poco: parlare lentamente.', at: NOW - 86_400_000 * 9, by: id(2) }] : [] }, entitlement: id(200 + i), amount: amountFor(size, data.minors, data.disabled, data.resident) };
});

function amountFor(size: number, minors: number, disabled: number, resident: boolean): number {
  const table = resident ? campaign.amounts : campaign.non_resident_amounts;
  const row = table.find((r) => r.members >= size) ?? table.at(-1);
  return Math.min(campaign.maximum, (row?.amount ?? 0) + 5000 * (minors + disabled));
}

const minutes = (n: number): number => NOW - n * 60_000;
type Plan = [household: number | Person, time: string, status: Appointment['status'], presented: number | null, queue?: Partial<Appointment>];
const PLAN: readonly Plan[] = [
  [1, '09:00', 'finished', 75], [9, '09:00', 'missed', null], [2, '09:45', 'called', 31], [0, '09:30', 'presented', 42], [4, '09:45', 'presented', 18], [3, '10:00', 'presented', 6],
  [5, '09:15', 'parked', 55], [6, '09:30', 'booked', null], [7, '10:15', 'booked', null], [8, '10:30', 'booked', null], [10, '10:30', 'booked', null],
  [{ name: 'Moretti Sandra', phone: '055 123 987' }, '10:40', 'booked', null], [11, '11:00', 'booked', null], [12, '11:15', 'cancelled', null],
  [{ name: 'Conti Elisa', phone: '' }, '09:52', 'presented', 18, { walk_in: true, ticket: 'B03' }],
  [{ name: 'Fabbri Nella', phone: '' }, '10:02', 'presented', 8, { walk_in: true, ticket: 'A08', priority: { priority: 'age', reason: '' }, for_desk: OTHER_DESK }],
  [{ name: 'Sarti Ugo', phone: '333 909 1122' }, '09:21', 'missed', 49, { walk_in: true, ticket: 'B02', calls: 2, called_at: minutes(16), desk: DESK, before: 'called' }],
];
/** Numbers of those who came with an appointment, in the order of arrival. */
const TICKETS: Readonly<Record<number, string>> = { 0: 'A01', 6: 'A02', 3: 'A03', 2: 'A04', 4: 'B01', 5: 'A07' };

const CODES = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const slip = (n: number): string => {
  const c = (k: number): string => CODES[(n * 7 + k * 11) % 32] ?? '0';
  return `${c(1)}${c(2)}${c(3)}${c(4)}-${c(5)}${c(6)}${c(7)}${c(8)}-${c(9)}`;
};

export const appointments: Appointment[] = PLAN.map(([who, time, status, ago, queue], i) => Object.assign({}, NOT_QUEUED, {
  id: id(300 + i), code: slip(i + 3), start: `${TODAY}T${time}:00`, site: SITE, service: typeof who === 'number' ? id(41) : id(42),
  household: typeof who === 'number' ? id(100 + who) : null, person: typeof who === 'number' ? null : who, status,
  presented_at: ago === null ? null : minutes(ago), called_at: status === 'called' ? minutes(3) : null, desk: status === 'called' ? OTHER_DESK : null,
  reason: status === 'parked' ? 'Torna con la delega del marito' : status === 'cancelled' ? 'Ha telefonato: verrà giovedì' : '', before: null,
  ticket: TICKETS[i] ?? null, queued_at: ago === null ? null : minutes(ago), calls: status === 'called' || status === 'finished' ? 1 : 0,
}, queue));

export const stock: Run[] = [{ series: 'AB', first: 1_001_026, last: 1_001_200, width: 7 }, { series: 'AB', first: 1_002_001, last: 1_002_050, width: 7 }];
