// SPDX-License-Identifier: EUPL-1.2
// The screens of supervisors and administrators over an invented office: what they show, what they send, what they refuse to send.
import { describe, expect, it, vi } from 'vitest';
import { setTransport } from '../src/bridge.ts';
import { setDeskClock } from '../src/format.ts';
import { ACCESSES, answer, CAMPAIGN, DESKS, ENTITLEMENT, ERASURE, HOUSEHOLD, INDICATOR, KEY, NOW, OPERATORS, PREVIEW, REPLACEMENT, SERVICE, STATUS, TROUBLED } from '../src/gallery/office.ts';
import type { Screen } from '../src/parts/base.ts';
import '../src/parts/progress.ts';
import '../src/parts/table.ts';
import { campaignProblems, SpCampagna } from '../src/screens/campagna.ts';
import { amountFor } from '../src/screens/common/amounts.ts';
import { currentCampaign, SpCruscotto } from '../src/screens/cruscotto.ts';
import { SpAccessi } from '../src/screens/accessi.ts';
import { SpCancellazioni } from '../src/screens/cancellazioni.ts';
import { SpEntitlementDialogs } from '../src/screens/entitlement-dialogs.ts';
import { SpErasureDialog } from '../src/screens/erasure-dialog.ts';
import { SpHouseholdForm } from '../src/screens/household-form.ts';
import { checkCharacter, isOmocodic, parseIdentifier } from '../src/screens/identifier.ts';
import { SpImportazioni } from '../src/screens/importazioni.ts';
import { hundredths, skewWords, topicName } from '../src/screens/names.ts';
import { SpOperatori } from '../src/screens/operatori.ts';
import { SpPostazioni } from '../src/screens/postazioni.ts';
import { advice, SpScambi } from '../src/screens/scambi.ts';
import { USUAL_RULES } from '../src/screens/servizio-rules.ts';
import { perDay, serviceProblems, SpServizio } from '../src/screens/servizio.ts';
import { forgetAll } from '../src/store.ts';
import type { Command, IndicatorView, Query } from '../src/types.ts';

const settle = async (): Promise<void> => {
  for (let i = 0; i < 12; i++) await new Promise((resolve) => setTimeout(resolve, 0));
};
function find<T extends Element = HTMLElement>(selector: string, root: ParentNode = document): T {
  const element = root.querySelector(selector);
  if (element === null) throw new Error(`no ${selector}`);
  return element as T;
}
function write(selector: string, text: string): void {
  const input = find<HTMLInputElement>(selector);
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}
const press = (id: string): void => find<HTMLButtonElement>(`button[data-testid="${id}"]`).click();

interface Core {
  executed: Command[];
  asked: Query[];
  calls: [string, Record<string, unknown>][];
  /** The next answer to what is asked of the centre is lost. */
  fail?: { code: string; message: string };
}

/** A core that answers as the invented office, and remembers what it was told. */
function core(change: (query: Query) => unknown = () => undefined, execute: (command: Command) => unknown = () => undefined): Core {
  const seen: Core = { executed: [], asked: [], calls: [] };
  setDeskClock(NOW);
  setTransport({
    listen: () => Promise.resolve(() => undefined),
    invoke: async (name, args) => {
      seen.calls.push([name, args]);
      if (name === 'query') {
        const query = args['query'] as Query;
        seen.asked.push(query);
        return change(query) ?? answer(query);
      }
      if (name === 'execute') {
        const command = args['command'] as Command;
        seen.executed.push(command);
        return (await execute(command)) ?? { command: args['command_id'], subject: null, changed: [], delivery: null, import: null, undo: null, forced: false, repeated: false };
      }
      if (seen.fail !== undefined && name === 'replace_desk') {
        const { fail } = seen;
        delete seen.fail;
        throw fail;
      }
      if (name === 'replace_desk') return REPLACEMENT;
      if (name === 'rotate_key') return KEY;
      if (name === 'renew_identity') return { desk: { id: 'new', name: 'Rifredi 1' }, before: { id: 'old', name: 'Rifredi 1' }, carried: 7, custody: 12 };
      return null;
    },
  });
  forgetAll();
  return seen;
}

async function show<T extends HTMLElement>(element: T, params: Record<string, string> = {}): Promise<T> {
  if ('params' in element) (element as unknown as Screen).params = params;
  document.body.append(element);
  await settle();
  return element;
}

describe('codes of persons', () => {
  it.each(['CCCFBA85D03L219P', 'CCCFBA85D03L21VE', 'CCCFBA85D03L2MVP', 'CCCFBA85D03LNMVE', 'CCCFBAURDLPLNMVU', 'MRTMRA83T56A269B', 'RSSMRA80A01D612Y', '01307110484'])('%s is right', (code) => {
    expect(parseIdentifier(code)).toEqual({ ok: true, value: { kind: 'tax_code', value: code } });
    expect(parseIdentifier(`*${code.toLowerCase()}*`)).toEqual({ ok: true, value: { kind: 'tax_code', value: code } });
  });
  it.each([['CCCFBA85D03L219B', 'battitura'], ['01307110485', 'provvisorio'], ['GLABNC72H25H501Y', 'battitura'], ['CCCFBA85D03L219', '15'], ['CCCFBA85D99L219P', 'giorno'], ['STP123', '13 cifre']])('%s is not, and it is said why', (code, why) => {
    expect(parseIdentifier(code)).toMatchObject({ ok: false, why: expect.stringContaining(why) as string });
  });
  it('omocodia is right and is told; a mistyped code is something else', () => {
    expect(isOmocodic('CCCFBA85D03L21VE')).toBe(true);
    expect(isOmocodic('CCCFBA85D03L219P')).toBe(false);
    expect(checkCharacter('CCCFBA85D03L219')).toBe('P');
  });
  it('STP, ENI and nothing', () => {
    expect(parseIdentifier('stp 090 001 0000123')).toEqual({ ok: true, value: { kind: 'stp', value: 'STP0900010000123' } });
    expect(parseIdentifier('ENI0900010000123')).toMatchObject({ value: { kind: 'eni' } });
    expect(parseIdentifier('  ')).toEqual({ ok: true, value: { kind: 'none' } });
  });
});

describe('figures', () => {
  it('the indicator is never rounded up to what it has not reached', () => {
    expect([9999, 9988, 9990, 10_000, 0].map((n) => hundredths(n).replace('\u00a0', ' '))).toEqual(['99,99 %', '99,88 %', '99,9 %', '100 %', '0 %']);
  });
  it('amounts follow the table, the supplements, the ceiling and whole vouchers, as the desk does', () => {
    const of = (members: number, minors: number, disabled: number, resident: boolean): number | null => amountFor(CAMPAIGN, { members, minors, disabled, resident });
    expect([of(1, 0, 0, true), of(4, 0, 0, true), of(9, 0, 0, true), of(3, 1, 1, true), of(5, 4, 0, true), of(1, 0, 0, false)]).toEqual([15_000, 40_000, 40_000, 45_000, 50_000, 8000]);
    expect(amountFor({ ...CAMPAIGN, amounts: [] }, { members: 1, minors: 0, disabled: 0, resident: true })).toBeNull();
    expect(amountFor({ ...CAMPAIGN, per_minor: 2550 }, { members: 1, minors: 1, disabled: 0, resident: true })).toBe(17_000);
  });
  it('a campaign that cannot be is told why', () => {
    expect(campaignProblems(CAMPAIGN)).toEqual([]);
    const wrong = campaignProblems({ ...CAMPAIGN, to: '2020-12-31', amounts: [{ members: 1, amount: 15_500 }, { members: 1, amount: 10_000 }], maximum: 500 });
    expect(wrong).toHaveLength(4);
    expect(campaignProblems({ ...CAMPAIGN, denomination: 0 })).toHaveLength(1);
  });
  it('slots and people of a day', () => {
    expect(perDay({ sites: [], weekdays: [1], from: '08:30:00', to: '13:00:00', every_minutes: 15, capacity: 2 })).toEqual({ slots: 18, people: 36 });
    expect(perDay({ sites: [], weekdays: [1], from: '13:00:00', to: '08:30:00', every_minutes: 15, capacity: 2 })).toEqual({ slots: 0, people: 0 });
  });
  it('a service that nobody could book is told why', () => {
    expect(serviceProblems(SERVICE)).toEqual([]);
    expect(serviceProblems({ ...SERVICE, sites: [] })).toHaveLength(1);
    // Without openings it is given in all hours of its sites.
    expect(serviceProblems({ ...SERVICE, openings: [] })).toEqual([]);
    expect(serviceProblems({ ...SERVICE, rules: { ...USUAL_RULES, walk_in: false, reservable: false } })).toHaveLength(1);
    expect(serviceProblems({ ...SERVICE, active: false })).toHaveLength(1);
    expect(serviceProblems({ ...SERVICE, active: false, rules: { ...USUAL_RULES, suspended: 'Riprende il 10 maggio' } })).toEqual([]);
    expect(serviceProblems({ ...SERVICE, openings: [{ sites: [], weekdays: [], from: '13:00:00', to: '09:00:00', every_minutes: 15, capacity: 1 }] })).toHaveLength(2);
  });
  it('clocks and topics in words', () => {
    expect(skewWords(30_000)).toBe('Giusto');
    expect(skewWords(90_000)).toBe('Avanti di 1 minuto');
    expect(skewWords(-3_600_000 * 3)).toBe('Indietro di 3 ore');
    expect(skewWords(86_400_000 * 365)).toBe('Avanti di 365 giorni');
    expect([topicName('q3'), topicName('office'), topicName('tomorrow')]).toEqual(['Quartiere 3', 'Tutto il Comune', 'tomorrow']);
  });
  it('the campaign of today comes first', () => {
    const old = { ...CAMPAIGN, id: 'old', from: '2020-01-01', to: '2020-02-01' };
    expect(currentCampaign([old, CAMPAIGN], '2021-03-15')?.id).toBe(CAMPAIGN.id);
    expect(currentCampaign([old, CAMPAIGN], '2022-01-01')?.id).toBe('old');
    expect(currentCampaign([], '2022-01-01')).toBeUndefined();
  });
});

describe('Cruscotto', () => {
  it('tells value, that it is provisional and why, and each missing household by name with what to do', async () => {
    core();
    await show(new SpCruscotto());
    expect(find('[data-testid=indicator-value]').textContent?.trim()).toBe('99,88\u00a0%');
    const text = document.body.textContent ?? '';
    for (const words of ['Provvisorio', '4.312 nuclei serviti su 4.317', 'Gavinana 1', '41 registrazioni in attesa', 'mai sentita', "D'Andrèa Niccolò", 'Richiamare', '055 123456', 'Non presentati', 'Serviti senza appuntamento', '9 anomalie da decidere']) expect(text).toContain(words);
    // The most pressing first.
    expect(find('[data-testid=missing] tbody th').textContent).toContain('El Amrani Fatima');
    // The charts have their figures beside.
    expect(document.querySelectorAll('sp-chart table tbody tr')).toHaveLength(INDICATOR.by_quartiere.length + INDICATOR.by_day.length);
  });
  it('is final when nothing can be missing, and says when nobody came', async () => {
    core((q) => (q.type === 'indicator' ? { type: 'indicator', ...INDICATOR, standing: 'final', missing_desks: [], missing: [], served: 0, presented: 0, value: null } satisfies { type: 'indicator' } & IndicatorView : undefined));
    await show(new SpCruscotto());
    expect(document.body.textContent).toContain('Definitivo');
    expect(document.body.textContent).not.toContain('possono mancare');
    expect(document.body.textContent).toContain('Nessun nucleo si è ancora presentato');
  });
  it('opens the report and exports what was chosen', async () => {
    const seen = core();
    await show(new SpCruscotto());
    press('report');
    await settle();
    expect(seen.asked.at(-1)).toMatchObject({ type: 'document', document: { type: 'indicator_report', campaign: CAMPAIGN.id } });
    expect(seen.calls.at(-1)?.[0]).toBe('open_file');
    press('export');
    await settle();
    find<HTMLInputElement>('sp-radios[name=format] input[value=csv]').click();
    await settle();
    press('export-save');
    await settle();
    expect(seen.asked.at(-1)).toEqual({ type: 'export', table: { type: 'missing', campaign: CAMPAIGN.id }, format: 'csv' });
    expect(seen.calls.at(-1)?.[0]).toBe('save_file');
  });
});

describe('Importazioni', () => {
  const list = (): File => new File(['Cognome;Nome\nRossi;Maria\n'], 'elenco.csv', { type: 'text/csv' });
  async function choose(file: File, until = '[data-testid=import-preview], .sp-field-error, .alert-danger'): Promise<void> {
    const input = find<HTMLInputElement>('#import-file');
    Object.defineProperty(input, 'files', { configurable: true, value: [file] });
    input.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    await vi.waitFor(() => expect(document.querySelector(until)).not.toBeNull());
  }
  it('looks first, and takes in what was looked at after naming the consequence', async () => {
    const seen = core();
    await show(new SpImportazioni());
    await choose(list());
    const looked = seen.asked.find((q) => q.type === 'import_preview');
    expect(looked).toMatchObject({ campaign: CAMPAIGN.id, issued: null, file: { name: 'elenco.csv', content: btoa('Cognome;Nome\nRossi;Maria\n') } });
    expect(seen.executed).toEqual([]);
    const text = find('[data-testid=import-preview]').textContent ?? '';
    for (const words of ['Nulla è ancora stato scritto', 'Colonne riconosciute: 9 su 10', 'Assistente sociale', '6.120', 'probabile errore di battitura', '1.823.400,00']) expect(text).toContain(words);
    press('apply-import');
    await settle();
    expect(find('dialog[open]').textContent).toContain('6.120 nuclei nuovi entrano nella campagna');
    expect(find('dialog[open]').textContent).toContain('9 righe rifiutate restano fuori');
    press('confirm-no');
    await settle();
    expect(seen.executed).toEqual([]);
    press('apply-import');
    await settle();
    press('confirm-yes');
    await settle();
    expect(seen.executed).toEqual([{ type: 'apply_import', campaign: CAMPAIGN.id, file: { name: 'elenco.csv', content: btoa('Cognome;Nome\nRossi;Maria\n') }, issued: '2021-02-12', digest: PREVIEW.digest }]);
    expect(document.body.textContent).toContain('Lista importata: elenco.csv');
  });
  it('shows rows by their fate, and saves the refused ones', async () => {
    const seen = core();
    await show(new SpImportazioni());
    await choose(list());
    press('fate-doubtful');
    await settle();
    const fates = new Set([...document.querySelectorAll('[data-testid=import-rows] tbody td:nth-child(2)')].map((c) => c.textContent?.trim()));
    expect(fates).toEqual(new Set(['Dubbio']));
    find<HTMLButtonElement>('[data-testid=import-preview] .sp-section > .sp-actions button').click();
    await settle();
    expect(seen.asked.at(-1)).toMatchObject({ type: 'import_refused', format: 'xlsx', issued: '2021-02-12' });
    expect(seen.calls.at(-1)?.[0]).toBe('save_file');
  });
  it('says what is wrong with a file, and keeps a list that could not be taken in', async () => {
    const seen = core(undefined, () => Promise.reject({ code: 'digest_changed', message: 'Il file è cambiato dopo essere stato letto. Nulla è stato scritto: leggerlo di nuovo.' }));
    await show(new SpImportazioni());
    await choose(new File(['x'], 'foto.png'));
    expect(document.body.textContent).toContain('foto.png non è una lista');
    expect(seen.asked.some((q) => q.type === 'import_preview')).toBe(false);
    await choose(list());
    press('apply-import');
    await settle();
    press('confirm-yes');
    await settle();
    expect(document.body.textContent).toContain('Il file è cambiato');
    expect(document.querySelector('[data-testid=import-preview]')).not.toBeNull();
  });
  it('is found again when one comes back, and is gone when somebody else enters', async () => {
    core();
    const screen = await show(new SpImportazioni());
    await choose(list());
    screen.remove();
    const again = await show(new SpImportazioni());
    expect(document.querySelector('[data-testid=import-preview]')).not.toBeNull();
    again.remove();
    forgetAll();
    await show(new SpImportazioni());
    expect(document.querySelector('[data-testid=import-preview]')).toBeNull();
  });
  it('lets the date be typed while the file is still read', async () => {
    let ready = (): void => undefined;
    const seen = core((q) => (q.type === 'import_preview' && q.issued === null ? new Promise((resolve) => { ready = () => resolve({ type: 'import_preview', ...PREVIEW }); }) : undefined));
    await show(new SpImportazioni());
    await choose(list(), 'sp-progress');
    const input = find<HTMLInputElement>('[name=issued] input');
    expect(input.disabled).toBe(false);
    input.focus();
    input.value = '11/02/20';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    ready();
    await settle();
    expect([input.value, document.activeElement]).toEqual(['11/02/20', input]);
    write('[name=issued] input', '11/02/2021');
    await settle();
    expect(seen.asked.findLast((q) => q.type === 'import_preview')).toMatchObject({ issued: '2021-02-11' });
  });
  it('can be stopped while the file is read', async () => {
    let ready = (): void => undefined;
    core((q) => (q.type === 'import_preview' ? new Promise((resolve) => { ready = () => resolve({ type: 'import_preview', ...PREVIEW }); }) : undefined));
    await show(new SpImportazioni());
    await choose(list(), 'sp-progress');
    expect(find('button[data-testid="drop-file"]').textContent).toContain('Interrompi la lettura');
    press('drop-file');
    await settle();
    expect(document.querySelector('sp-progress')).toBeNull();
    ready();
    await settle();
    expect(document.querySelector('[data-testid=import-preview]')).toBeNull();
  });
  it('cannot be taken in when the desk says so', async () => {
    core((q) => (q.type === 'import_preview' ? { type: 'import_preview', ...PREVIEW, applicable: false } : undefined));
    await show(new SpImportazioni());
    await choose(list());
    expect(find<HTMLButtonElement>('button[data-testid="apply-import"]').disabled).toBe(true);
  });
});

describe('Postazioni and Sincronizzazione', () => {
  it('the worst desks first, this one marked', async () => {
    core();
    await show(new SpPostazioni());
    const rows = [...document.querySelectorAll('[data-testid=desks] tbody tr')].map((r) => r.textContent ?? '');
    expect(rows[0]).toContain('Rifredi 1');
    expect(rows.at(-1)).toContain('Revocata');
    expect(rows.find((r) => r.includes('questa'))).toContain('Campo di Marte 1');
    expect(rows.find((r) => r.includes('Isolotto 1'))).toContain('Correggere data e ora');
  });
  it('says what to do only when there is something to do', async () => {
    expect(advice(STATUS)).toEqual([]);
    expect(advice({ ...STATUS, online: false })).toEqual([]);
    const all = advice({ ...STATUS, ...TROUBLED, stopped: { code: 'desk_revoked', message: 'Postazione revocata.' }, unprojected: 1 });
    expect(all).toHaveLength(6);
    expect(all[0]).toContain('Non registrare');
    const seen = core();
    await show(new SpScambi());
    expect(document.body.textContent).toContain('Tutto in ordine');
    expect(find('[data-testid=logs]').textContent).toContain('3.409');
    press('sync-now');
    await settle();
    expect(seen.calls.some(([name]) => name === 'sync_now')).toBe(true);
  });
});

describe('the key of a desk, and a desk in the place of another', () => {
  const check = (selector: string): void => {
    const box = find<HTMLInputElement>(selector);
    box.checked = true;
    box.dispatchEvent(new Event('change', { bubbles: true }));
  };
  it('shows which key each desk has, and offers another one for this desk only', async () => {
    const seen = core();
    await show(new SpPostazioni());
    const rows = [...document.querySelectorAll('[data-testid=desks] tbody tr')];
    expect(rows.find((r) => r.textContent?.includes('questa'))?.textContent).toContain('Chiave 2, dal');
    expect(find('[data-testid=desk-key]').textContent).toContain('Numero 2');
    expect(document.querySelectorAll('[data-testid=change-key]')).toHaveLength(1);
    press('change-key');
    await settle();
    expect(document.body.textContent).toContain('nulla viene firmato di nuovo');
    expect(seen.calls.some(([name]) => name === 'rotate_key')).toBe(false);
    press('key-rotate');
    await settle();
    expect(seen.calls.filter(([name]) => name === 'rotate_key')).toEqual([['rotate_key', {}]]);
    expect(document.body.textContent).toContain('firma ora con la chiave numero 3');
    press('key-close');
    await settle();
    expect(document.querySelector('[data-testid=key-close]')).toBeNull();
  });
  it('leaves it to administrators where they sit', async () => {
    const as = (role: string, supervises: boolean) => (q: Query): unknown =>
      q.type === 'status' ? { type: 'status', ...STATUS, operator: { ...STATUS.operator, role } }
      : q.type === 'desks' ? { type: 'desks', as_of: NOW, desks: DESKS.map((d) => (d.this ? { ...d, supervises } : d)) } : undefined;
    for (const [role, supervises, offered] of [['supervisor', true, 0], ['administrator', true, 1], ['operator', false, 1]] as const) {
      document.body.replaceChildren();
      core(as(role, supervises));
      await show(new SpPostazioni());
      expect([role, document.querySelectorAll('[data-testid=change-key]').length]).toEqual([role, offered]);
    }
  });
  it('replaces a dead desk after a check, shows the code once, and asks for the same again where the answer was lost', async () => {
    const seen = core();
    await show(new SpPostazioni());
    const dead = DESKS.find((d) => d.name === 'Rifredi 1');
    const here = DESKS.find((d) => d.this);
    expect(document.querySelector(`[data-testid="replace-${here?.id}"]`)).toBeNull();
    press(`replace-${dead?.id}`);
    await settle();
    expect(document.body.textContent).toContain('«Rifredi 1» viene revocata subito');
    expect(document.body.textContent).toContain('112 registrazioni erano ancora da inviare');
    press('rep-save');
    await settle();
    expect(seen.calls.some(([name]) => name === 'replace_desk')).toBe(false);
    check('sp-replacement-dialog input[type=checkbox]');
    await settle();
    seen.fail = { code: 'interrupted', message: 'La linea è caduta.' };
    press('rep-save');
    await settle();
    expect(document.body.textContent).toContain('La linea è caduta.');
    press('rep-save');
    await settle();
    const asked = seen.calls.filter(([name]) => name === 'replace_desk').map(([, args]) => args);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toEqual(asked[1]);
    expect(asked[0]).toMatchObject({ desk: dead?.id });
    expect(find('[data-testid=replacement-code]').textContent).toBe('7K2M-PQRS-TUVW');
    const print = vi.fn();
    vi.stubGlobal('print', print);
    const copied: string[] = [];
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation((text) => { copied.push(text); return Promise.resolve(); });
    press('rep-print');
    press('rep-copy');
    await settle();
    expect(print).toHaveBeenCalledOnce();
    expect(copied).toEqual(['7K2M-PQRS-TUVW']);
    vi.unstubAllGlobals();
    press('rep-close');
    await settle();
    expect(document.body.textContent).not.toContain('7K2M-PQRS-TUVW');
  });
  it('is offered at desks of supervisors only', async () => {
    core((q) => (q.type === 'desks' ? { type: 'desks', as_of: NOW, desks: DESKS.map((d) => (d.this ? { ...d, supervises: false } : d)) } : undefined));
    await show(new SpPostazioni());
    expect(document.querySelector('[data-testid^="replace-"]')).toBeNull();
  });
});

describe('a desk that was stopped, and what comes late', () => {
  it('says what happened and what was kept, and has one way on', async () => {
    const stopped = { code: 'fork', message: 'Due copie di questa postazione hanno registrato ciascuna per conto proprio.' };
    const seen = core((q) => (q.type === 'status' ? { type: 'status', ...STATUS, waiting: 7, stopped } : undefined));
    await show(new SpScambi());
    const text = document.body.textContent ?? '';
    expect(text).toContain(stopped.message);
    expect(text).toContain('7 registrazioni che il centro non ha ancora confermato');
    expect(document.querySelectorAll('.btn-primary')).toHaveLength(1);
    press('renew-identity');
    await settle();
    expect(seen.calls.some(([name]) => name === 'renew_identity')).toBe(false);
    write('sp-text[name=code] input', ' 7K2M-PQRS-TUVW ');
    await settle();
    press('renew-identity');
    await settle();
    expect(seen.calls.find(([name]) => name === 'renew_identity')?.[1]).toEqual({ code: '7K2M-PQRS-TUVW' });
    expect(document.body.textContent).toContain('Questa postazione è ora «Rifredi 1»');
    expect(document.body.textContent).toContain('12 diritti da servire sono ancora della vecchia identità');
  });
  it('shows supervisors what was done, and decides with a reason', async () => {
    const act = { at: NOW, kind: 'delivery.confirmed', by: 'Maria Rossi', household: 'verdi', name: 'Verdi Anna', amount: 15_000, served_otherwise: true };
    const row = { id: 'ab12', desk: { id: 'old', name: 'Rifredi 1' }, topic: 'q5', first: 4, last: 4, branch: false, at: NOW, state: 'open', acts: [act], decision: null };
    const seen = core((q) => (q.type === 'late' ? { type: 'late', rows: [row, { ...row, id: 'cd34', state: 'counted', branch: true }] } : undefined));
    await show(new SpPostazioni());
    const text = find('[data-testid=late]').textContent ?? '';
    for (const words of ['Verdi Anna', 'già servito altrove', 'Consegna', 'Contano già', 'un altro ramo']) expect(text).toContain(words);
    expect(document.querySelector('button[data-testid="accept-cd34"]')).toBeNull();
    press('accept-ab12');
    await settle();
    press('save-late');
    await settle();
    expect(seen.executed).toEqual([]);
    write('[data-testid=late-dialog] textarea', 'Ricevuta in archivio');
    await settle();
    press('save-late');
    await settle();
    expect(seen.executed).toEqual([{ type: 'review_late', late: 'ab12', accept: true, reason: 'Ricevuta in archivio' }]);
  });
});

describe('what administrators define', () => {
  it('an operator needs the passphrase twice, long enough; the username goes in small letters', async () => {
    const seen = core();
    await show(new SpOperatori());
    press('new-operator');
    await settle();
    write('sp-text[name=name] input', 'Lucia Ferri');
    write('sp-text[name=username] input', ' L.Ferri ');
    write('sp-text[name=passphrase] input', 'corta');
    write('sp-text[name=again] input', 'corta');
    await settle();
    press('save-operator');
    await settle();
    write('sp-text[name=passphrase] input', 'quattro parole a caso');
    write('sp-text[name=again] input', 'quattro parole a casa');
    await settle();
    press('save-operator');
    await settle();
    expect(seen.executed).toEqual([]);
    write('sp-text[name=again] input', 'quattro parole a caso');
    await settle();
    press('save-operator');
    await settle();
    expect(seen.executed).toEqual([{ type: 'add_operator', username: 'l.ferri', name: 'Lucia Ferri', role: 'operator', passphrase: 'quattro parole a caso' }]);
    expect(document.querySelector('dialog[open] form')).toBeNull();
  });
  it('another passphrase is given to whoever may enter, never to oneself', async () => {
    const seen = core();
    await show(new SpOperatori());
    const rows = [...document.querySelectorAll<HTMLTableRowElement>('[data-testid=operators] tbody tr')];
    const offered = rows.filter((row) => row.querySelector('[data-testid=new-passphrase]') !== null).map((row) => row.cells[0]?.textContent?.trim());
    const others = OPERATORS.filter((o) => o.active && o.id !== STATUS.operator.id);
    expect(new Set(offered)).toEqual(new Set(others.map((o) => o.name)));
    expect(offered.length).toBeLessThan(OPERATORS.length);
    press('new-passphrase');
    await settle();
    write('sp-text[name=passphrase] input', 'corta');
    write('sp-text[name=again] input', 'corta');
    press('save-operator-passphrase');
    await settle();
    expect(seen.executed).toEqual([]);
    write('sp-text[name=passphrase] input', 'quattro parole a caso');
    write('sp-text[name=again] input', 'quattro parole a caso');
    press('save-operator-passphrase');
    await settle();
    const who = OPERATORS.find((o) => o.name === offered[0]);
    expect(seen.executed).toEqual([{ type: 'set_passphrase', operator: who?.id, passphrase: 'quattro parole a caso' }]);
    expect(document.querySelector('dialog[open] form')).toBeNull();
  });
  it('a campaign is sent with its rows in order, and not while its figures cannot be', async () => {
    const seen = core();
    await show(new SpCampagna(), { id: CAMPAIGN.id });
    expect(find<HTMLButtonElement>('button[data-testid="save-campaign"]').disabled).toBe(true);
    write('[data-row="amounts-0"] sp-number input', '7');
    write('[data-row="amounts-0"] sp-amount input', '455');
    await settle();
    press('save-campaign');
    await settle();
    expect(seen.executed).toEqual([]);
    write('[data-row="amounts-0"] sp-amount input', '450');
    await settle();
    press('save-campaign');
    await settle();
    expect(seen.executed).toEqual([{ type: 'define_campaign', campaign: { ...CAMPAIGN, amounts: [...CAMPAIGN.amounts.slice(1), { members: 7, amount: 45_000 }] } }]);
  });
  it('a service keeps its times as the desk reads them', async () => {
    const seen = core();
    await show(new SpServizio(), { id: SERVICE.id });
    write('[data-testid=opening] sp-time input', '9');
    write('sp-textarea[name=requirements] textarea', 'Documento\n\n Delega ');
    await settle();
    press('save-service');
    await settle();
    const [opening] = SERVICE.openings;
    expect(seen.executed).toEqual([{ type: 'define_service', service: { ...SERVICE, requirements: ['Documento', 'Delega'], openings: [{ ...opening, from: '09:00:00' }, ...SERVICE.openings.slice(1)] } }]);
  });
});

describe('households and rights by hand', () => {
  it('a household is entered whole, with its right', async () => {
    const seen = core();
    const form = await show(new SpHouseholdForm());
    expect(await form.save()).toBeNull();
    write('sp-text[name=surname] input', 'Ferri');
    write('sp-text[name=name] input', 'Lucia');
    write('sp-text[name=identifier] input', 'CCCFBA85D03L219B');
    write('sp-text[name=street] input', 'Via Gioberti');
    write('sp-text[name=number] input', '12/A rosso');
    find<HTMLSelectElement>('sp-select[name=quartiere] select').value = '2';
    find('sp-select[name=quartiere] select').dispatchEvent(new Event('change', { bubbles: true }));
    write('sp-number[name=size] input', '3');
    write('sp-textarea[name=reason] textarea', 'Nota dei Servizi Sociali del 12/03');
    await settle();
    expect(await form.save()).toBeNull();
    await settle();
    expect(document.body.textContent).toContain('errore di battitura');
    expect(seen.executed).toEqual([]);
    write('sp-text[name=identifier] input', 'cccfba85d03l219p');
    await settle();
    await form.save();
    expect(seen.executed).toEqual([{
      type: 'add_household',
      data: {
        members: [{ id: '00000000-0000-0000-0000-000000000000', surname: 'Ferri', name: 'Lucia', identifier: { kind: 'tax_code', value: 'CCCFBA85D03L219P' }, birth_date: null }],
        size: 3, minors: 0, disabled: 0, resident: true, quartiere: 2, address: { street: 'Via Gioberti', number: '12', colour: 'red', exponent: 'A' }, phone: '', email: '', list_ref: '',
      },
      grant: { campaign: CAMPAIGN.id, amount: null, reason: 'Nota dei Servizi Sociali del 12/03' },
    }]);
  });
  it('a correction keeps what was not touched', async () => {
    const seen = core();
    const form = await show(Object.assign(new SpHouseholdForm(), { household: HOUSEHOLD.household }));
    write('sp-text[name=phone] input', '055 654321');
    await settle();
    await form.save();
    const { data } = HOUSEHOLD.household;
    expect(seen.executed).toEqual([{ type: 'correct_household', household: HOUSEHOLD.household.id, data: { ...data, phone: '055 654321', members: data.members.map((m) => Object.assign({}, m, { birth_date: m.birth_date ?? null })) } }]);
  });
  it('a right is asked of its holder for another desk', async () => {
    const seen = core();
    const dialogs = await show(new SpEntitlementDialogs());
    dialogs.move(ENTITLEMENT);
    await settle();
    const select = find<HTMLSelectElement>('sp-select[name=desk] select');
    // Neither the holder nor a revoked desk.
    expect([...select.options].map((o) => o.text).join()).not.toMatch(/Campo di Marte|vecchia/);
    select.value = DESKS[0]?.id ?? '';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    press('save-move');
    await settle();
    expect(seen.executed).toEqual([]);
    write('sp-textarea[name=reason] textarea', 'La postazione è guasta');
    press('save-move');
    await settle();
    expect(seen.executed).toEqual([{ type: 'request_custody', entitlement: ENTITLEMENT.entitlement.id, to: DESKS[0]?.id, reason: 'La postazione è guasta' }]);
  });
  it('a right in another campaign begins with what its table gives', async () => {
    const seen = core();
    const dialogs = await show(new SpEntitlementDialogs());
    dialogs.grant(HOUSEHOLD.household, [CAMPAIGN]);
    await settle();
    const { size, minors, disabled, resident } = HOUSEHOLD.household.data;
    const due = amountFor(CAMPAIGN, { members: size, minors, disabled, resident });
    press('save-grant');
    await settle();
    expect(seen.executed).toEqual([]);
    write('sp-textarea[name=reason] textarea', 'Segnalata dai Servizi Sociali');
    press('save-grant');
    await settle();
    expect(seen.executed).toEqual([{ type: 'grant_entitlement', household: HOUSEHOLD.household.id, grant: { campaign: CAMPAIGN.id, amount: due, reason: 'Segnalata dai Servizi Sociali' } }]);
  });
  it('another amount is made of whole vouchers and has a reason; a revocation names what is lost', async () => {
    const seen = core();
    const dialogs = await show(new SpEntitlementDialogs());
    dialogs.revise(ENTITLEMENT);
    await settle();
    write('sp-amount[name=amount] input', '305');
    write('sp-textarea[name=reason] textarea', 'Nato un figlio');
    await settle();
    press('save-entitlement');
    await settle();
    expect(seen.executed).toEqual([]);
    expect(find('dialog[open]').textContent).toContain('buoni interi da 10,00');
    write('sp-amount[name=amount] input', '300');
    await settle();
    press('save-entitlement');
    await settle();
    expect(seen.executed).toEqual([{ type: 'revise_entitlement', entitlement: ENTITLEMENT.entitlement.id, amount: 30_000, reason: 'Nato un figlio' }]);
    const revoking = dialogs.revoke(ENTITLEMENT);
    await settle();
    expect(document.body.textContent).toContain('non potrà più ritirare 250,00');
    write('dialog[open] textarea', 'Ha un altro sostegno');
    press('confirm-yes');
    await revoking;
    expect(seen.executed.at(-1)).toEqual({ type: 'revoke_entitlement', entitlement: ENTITLEMENT.entitlement.id, reason: 'Ha un altro sostegno' });
  });
});

describe('erasure', () => {
  const choose = (selector: string, value: string): void => {
    const select = find<HTMLSelectElement>(selector);
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  };
  it('is ordered only with ground, reason and a statement, for what was looked at', async () => {
    const seen = core();
    const dialog = await show(new SpErasureDialog());
    dialog.erase({ type: 'household', household: HOUSEHOLD.household.id }, "D'Andrèa Niccolò");
    await settle();
    press('save-erasure');
    await settle();
    expect(seen.executed).toEqual([]);
    choose('[name=ground] select', 'request');
    write('[name=reason] textarea', ' Prot. 12 ');
    press('save-erasure');
    await settle();
    expect(seen.executed).toEqual([]);
    find<HTMLInputElement>('[name=sure] input').click();
    await settle();
    press('save-erasure');
    await settle();
    expect(seen.executed).toEqual([{ type: 'order_erasure', scope: { type: 'household', household: HOUSEHOLD.household.id }, ground: 'request', reason: 'Prot. 12', digest: ERASURE.digest }]);
    dialog.remove();
  });
  it('the orders are shown, and what the program does not reach is said', async () => {
    core();
    const screen = await show(new SpCancellazioni());
    expect(screen.textContent).toContain('Prot. 1234/2021');
    expect(screen.textContent).toContain('chiavette');
    screen.remove();
  });
});

describe('looks', () => {
  it('are asked for as the filters say, and taken out the same', async () => {
    const seen = core();
    const screen = await show(new SpAccessi(), { nucleo: HOUSEHOLD.household.id, dal: '2021-03-01' });
    const filter = { household: HOUSEHOLD.household.id, operator: null, desk: null, from: '2021-03-01', to: null };
    expect(seen.asked).toContainEqual({ type: 'access_log', filter });
    expect(screen.textContent).toContain(ACCESSES.rows[0]?.operator);
    press('export');
    await settle();
    expect(seen.asked).toContainEqual({ type: 'export', table: { type: 'access_log', filter }, format: 'xlsx' });
    screen.remove();
  });
});
