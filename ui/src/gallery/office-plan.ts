// SPDX-License-Identifier: EUPL-1.2
// The real sheet of 2021 as it is followed in an invented office, for looking at the plan and for its tests.
import type { FileView, Plan, PlanIndicatorRow, PlanNote, PlanPhaseRow, PlanReadingView, PlanSheet, PlanView, PlansView } from '../types.ts';

const NOW = Date.parse('2021-03-15T09:00:00Z');
const HOUR = 60 * 60_000;
const id = (kind: number, n: number): string => `0193b1a0-${String(kind).padStart(4, '0')}-7000-8000-${String(n).padStart(12, '0')}`;
export const PLAN_ID = id(24, 1);
const CAMPAIGN = id(4, 1);

export const SHEET: PlanSheet = {
  code: '2021_Z105', title: 'Implementazione funzioni dello sportello al cittadino presso le sedi di ogni Quartiere.',
  direction: 'UFFICIO DEL SINDACO', director: 'SANTORO FRANCESCA', classification: 'DIREZIONALE', service: 'SERVIZIO AMMINISTRATIVO E QUARTIERI', manager: 'CAPANTINI MASSIMO', kind: 'SVILUPPO',
  links: ['INDIRIZZO STRATEGICO D.U.P.: 2021_IND_STRATEG_13 BUONA AMMINISTR. E QUARTIERI', 'OBIETTIVO STRATEGICO D.U.P.: 2021_13_IS_OB_STR_03 GRANDE FIRENZE METROPOLITANA'],
  description: ["L'apertura degli Sportelli al cittadino presso le sedi di ogni Quartiere, avvenuta nel 2019 con lo scopo di avvicinare e rendere più facilmente fruibili i servizi erogati dall'Amministrazione ai cittadini, ha avuto nel 2020 sviluppi importanti."],
  phases: [
    { description: 'Consegna dei buoni spesa nel periodo di emergenza sanitaria da Covid-19 e relativa organizzazione del servizio', weight: null, from: '2021-01-02', to: '2021-04-30', responsible: 'CAPANTINI MASSIMO', centre: 'SERVIZIO AMMINIST. E QUARTIERI', notes: '' },
    { description: 'Elaborazione di un questionario di "customer satisfaction"', weight: null, from: '2021-01-04', to: '2021-10-30', responsible: 'CAPANTINI MASSIMO', centre: 'SERVIZIO AMMINIST. E QUARTIERI', notes: '' },
  ],
  indicators: [
    { description: 'Nuclei familiari serviti su nuclei familiari aventi diritto ai buoni spesa e presentatisi con appuntamento presso gli Sportelli al cittadino', kind: 'RISULTATO', expected: { type: 'share', value: 10_000 } },
    { description: 'Erogazione questionari "customer satisfaction"', kind: 'PERFORMANCE', expected: { type: 'day', day: '2021-11-30' } },
    { description: 'Elaborazione e pubblicazione del Carta dei Servizi aggiornata.', kind: 'RISULTATO', expected: { type: 'day', day: '2021-09-30' } },
  ],
};

const note = (n: number, more: Partial<PlanNote>): PlanNote => ({
  id: id(30, n), target: { type: 'phase', number: 2 }, reached: { type: 'percent', value: 10 }, note: '', evidence: '', file: null, at: NOW - n * 40 * HOUR, by: id(2, 1), ...more,
});
const NOTES: PlanNote[] = [
  note(2, { note: 'Costituito il gruppo di lavoro con la Direzione Servizi Sociali', evidence: 'Verbale 3/2021', file: 'verbale-3-2021.pdf' }),
  note(1, { reached: { type: 'percent', value: 20 }, note: 'Prima bozza delle domande' }),
];
export const PLAN: Plan = {
  id: PLAN_ID, sheet: SHEET, loads: [{ file: 'peg-2021_Z105.txt', at: NOW - 900 * HOUR, by: id(2, 1) }], notes: NOTES,
  bindings: [{ target: { type: 'phase', number: 1 }, measure: { type: 'served_of_entitled', campaign: CAMPAIGN } }, { target: { type: 'indicator', number: 1 }, measure: { type: 'served_of_presented', campaign: CAMPAIGN } }],
};
const CAMPAIGN_NAME = 'Buoni spesa 2021';
const phase = (number: number, more: Omit<PlanPhaseRow, 'number' | 'phase' | 'note'>): PlanPhaseRow => {
  const found = SHEET.phases[number - 1];
  if (found === undefined) throw new Error(`no phase ${number}`);
  return { number, phase: found, note: NOTES.findLast((n) => n.target.type === 'phase' && n.target.number === number) ?? null, ...more };
};
const indicator = (number: number, more: Omit<PlanIndicatorRow, 'number' | 'indicator' | 'note'>): PlanIndicatorRow => {
  const found = SHEET.indicators[number - 1];
  if (found === undefined) throw new Error(`no indicator ${number}`);
  return { number, indicator: found, note: null, ...more };
};
export const PLAN_VIEW: PlanView = {
  plan: PLAN,
  phases: [
    phase(1, { percent: 61, source: { type: 'records', measure: { type: 'served_of_entitled', campaign: CAMPAIGN }, campaign: CAMPAIGN_NAME, standing: 'provisional', missing_desks: 3 }, forecast: { type: 'ends', day: '2021-05-01', late: 1 } }),
    phase(2, { percent: 20, source: { type: 'hand' }, forecast: { type: 'ends', day: '2022-01-24', late: 86 } }),
  ],
  indicators: [
    indicator(1, { reached: { type: 'share', value: 9988 }, source: { type: 'records', measure: { type: 'served_of_presented', campaign: CAMPAIGN }, campaign: CAMPAIGN_NAME, standing: 'provisional', missing_desks: 3 }, verdict: 'missed' }),
    indicator(2, { reached: null, source: { type: 'nothing' }, verdict: 'open' }),
    indicator(3, { reached: null, source: { type: 'nothing' }, verdict: 'open' }),
  ],
  done: 40, forecast: { type: 'ends', day: '2022-01-24', late: 86 }, problems: [{ problem: 'unweighted' }],
};
export const PLANS: PlansView = { rows: [{ id: PLAN_ID, code: SHEET.code, title: SHEET.title, done: 40, reached: 0, indicators: 3 }] };

const LINES = ['PIANO ESECUTIVO DI GESTIONE', '', `${SHEET.code} ${SHEET.title}`, '', 'Direzione UFFICIO DEL SINDACO Direttore SANTORO FRANCESCA Classificazione DIREZIONALE', '', 'Nota a margine: rivedere'];
export const READING: PlanReadingView = {
  reading: {
    sheet: { ...SHEET, manager: '' },
    sources: [{ field: 'code', number: 1, first: 3, last: 3 }, { field: 'title', number: 1, first: 3, last: 3 }, { field: 'direction', number: 1, first: 5, last: 5 }, { field: 'director', number: 1, first: 5, last: 5 }],
    left: [{ number: 7, text: 'Nota a margine: rivedere' }],
  },
  lines: LINES, problems: [{ problem: 'unweighted' }], hindrance: null, known: null, unchanged: false,
};
/** One that cannot be loaded. */
export const NO_SHEET: PlanReadingView = {
  ...READING, reading: { sheet: { ...SHEET, code: '', title: '', links: [], description: [], phases: [], indicators: [] }, sources: [], left: [{ number: 1, text: 'Cari colleghi,' }, { number: 2, text: 'buon lavoro.' }] },
  problems: [{ problem: 'no_title' }, { problem: 'nothing' }],
  hindrance: { code: 'plan_hindered', message: "Così com'è la scheda non è un piano. Non è stato caricato nulla: correggere nel testo quanto è indicato qui e sceglierlo di nuovo." },
};

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 152" width="960" height="152"><rect width="960" height="152" fill="#fff"/><rect x="322" y="47" width="190" height="20" rx="3" fill="#bfdfff" stroke="#0066cc"/><rect x="322" y="47" width="116" height="20" rx="3" fill="#0066cc"/><text x="4" y="62" font-size="13" fill="#17324d">Consegna dei buoni spesa</text></svg>';
export const GANTT: FileView = { name: 'gantt-2021_Z105.svg', media_type: 'image/svg+xml', content: btoa(SVG), language: 'it' };
