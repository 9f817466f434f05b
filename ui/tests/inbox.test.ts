// SPDX-License-Identifier: EUPL-1.2
// The reconciliation inbox over an invented office: what is asked for, what is compared, what is sent, what is kept when the screen is left.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { setTransport } from '../src/bridge.ts';
import { setDeskClock } from '../src/format.ts';
import { setLanguage } from '../src/i18n.ts';
import { caseId, CASES } from '../src/gallery/office-cases.ts';
import { answer, HOUSEHOLD, NOW, OPERATORS, STATUS } from '../src/gallery/office.ts';
import type { Screen } from '../src/parts/base.ts';
import '../src/parts/table.ts';
import { SpAnomalia } from '../src/screens/anomalia.ts';
import { SpAnomalie } from '../src/screens/anomalie.ts';
import { CASE_KINDS } from '../src/screens/case-words.ts';
import { common } from '../src/screens/cases-dialog.ts';
import { SpCruscotto } from '../src/screens/cruscotto.ts';
import { SpNucleo } from '../src/screens/nucleo.ts';
import { forgetAll } from '../src/store.ts';
import type { CaseRow, Command, Query, View } from '../src/types.ts';

const settle = async (): Promise<void> => {
  for (let i = 0; i < 12; i++) await new Promise((resolve) => setTimeout(resolve, 0));
};
function find<T extends Element = HTMLElement>(selector: string, root: ParentNode = document): T {
  const element = root.querySelector(selector);
  if (element === null) throw new Error(`no ${selector}`);
  return element as T;
}
const all = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];
const press = (id: string): void => find<HTMLButtonElement>(`button[data-testid="${id}"]`).click();
function write(selector: string, text: string): void {
  const input = find<HTMLTextAreaElement>(selector);
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

interface Core { executed: Command[]; asked: Query[] }

function core(change: (query: Query) => View | undefined = () => undefined): Core {
  const seen: Core = { executed: [], asked: [] };
  setDeskClock(NOW);
  setTransport({
    listen: () => Promise.resolve(() => undefined),
    invoke: (name, args) => {
      if (name === 'query') {
        const query = args['query'] as Query;
        seen.asked.push(query);
        return Promise.resolve(change(query) ?? answer(query));
      }
      if (name !== 'execute') return Promise.resolve(null);
      seen.executed.push(args['command'] as Command);
      return Promise.resolve({ command: args['command_id'], subject: null, changed: [], delivery: null, import: null, undo: null, forced: false, repeated: false });
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

/** The case as it is, with something else of it. */
const changed = (n: number, more: Partial<CaseRow>, draft: { decision: null; reason: string } | null = null) => (query: Query): View | undefined => {
  const found = CASES.find((c) => c.row.id === caseId(n));
  return query.type === 'case' && found !== undefined ? { type: 'case', ...found, draft, row: { ...found.row, ...more } } : undefined;
};

beforeEach(() => { document.body.replaceChildren(); });

describe('Anomalie', () => {
  it('asks for what somebody still has to do something about, and tells how much there is of each', async () => {
    const seen = core();
    await show(new SpAnomalie());
    expect(seen.asked.find((q) => q.type === 'inbox')).toMatchObject({ filter: { standings: [], kinds: [], assignee: null }, limit: 500 });
    expect(all('[data-testid=exceptions] tbody tr')).toHaveLength(9);
    const counts = find('[data-testid=inbox-counts]').textContent ?? '';
    for (const words of ['9', 'da decidere', 'discordi', 'da firmare', 'mie']) expect(counts).toContain(words);
    const rows = find('[data-testid=exceptions]').textContent ?? '';
    for (const words of ['Doppia consegna', 'Attende la seconda firma', 'Decisioni discordi', 'Affidata a Maria Rossi', 'Riaperta', 'Nessun nucleo']) expect(rows).toContain(words);
  });
  it('narrows by what stands in the address, so that it is found as it was left', async () => {
    const seen = core();
    await show(new SpAnomalie(), { quali: 'awaiting', tipo: 'not_returned', chi: 'io', quartiere: '2', dal: '2021-03-01', testo: 'bian' });
    expect(seen.asked.find((q) => q.type === 'inbox')).toMatchObject({
      filter: { standings: ['awaiting'], kinds: ['not_returned'], assignee: { type: 'me' }, quartiere: 2, from: '2021-03-01', to: null, text: 'bian' },
    });
    expect(find('[data-testid=more-filters]').hasAttribute('open')).toBe(true);
  });
  it('gives and decides several at once, and offers only what can be decided of all', async () => {
    const seen = core();
    await show(new SpAnomalie());
    const boxes = (): HTMLInputElement[] => all('[data-testid=exceptions] tbody input[type=checkbox]') as HTMLInputElement[];
    const names = boxes().map((b) => b.getAttribute('aria-label') ?? '');
    expect(names[0]).toBe('Scegli: Doppia consegna: Conti Gabriella');
    expect(find<HTMLButtonElement>('button[data-testid=decide-many]').disabled).toBe(true);
    boxes()[0]?.click();
    await settle();
    boxes()[1]?.click();
    await settle();
    expect(document.body.textContent).toContain('2 scelte');
    press('decide-many');
    await settle();
    const dialog = find('[data-testid=cases-dialog] dialog');
    expect(all('[data-testid=cases-dialog] input[type=radio]').map((r) => (r as HTMLInputElement).value)).toEqual(['recovery', 'corrected', 'accepted', 'referred']);
    expect(dialog.textContent).toContain('Vale dopo la firma di una seconda persona.');
    press('cases-do');
    await settle();
    expect(seen.executed).toEqual([]);
    find<HTMLInputElement>('[data-testid=cases-dialog] input[value=corrected]').click();
    write('[data-testid=cases-dialog] textarea', 'Buoni restituiti');
    await settle();
    press('cases-do');
    await settle();
    expect(seen.executed).toEqual([{ type: 'decide_cases', cases: [caseId(1), caseId(2)], decision: 'corrected', reason: 'Buoni restituiti' }]);
    expect(boxes().some((b) => b.checked)).toBe(false);
  });
  it('takes the chosen on with one key, and all that are seen with one box', async () => {
    const seen = core();
    await show(new SpAnomalie(), { quali: 'contested' });
    find<HTMLInputElement>('[data-testid=exceptions] thead input[type=checkbox]').click();
    await settle();
    press('take');
    await settle();
    expect(seen.executed).toEqual([{ type: 'assign_cases', cases: [caseId(4)], to: STATUS.operator.id }]);
  });
  it('says when nothing is there, and takes out what is seen', async () => {
    const seen = core();
    await show(new SpAnomalie(), { testo: 'nessuno con questo nome' });
    expect(document.body.textContent).toContain('Nessuna anomalia con questi filtri.');
    document.body.replaceChildren();
    await show(new SpAnomalie(), { tipo: 'double' });
    press('export');
    await settle();
    press('export-save');
    await settle();
    expect(seen.asked.at(-1)).toMatchObject({ type: 'export', table: { type: 'cases', filter: { kinds: ['double'] } }, format: 'xlsx' });
  });
});

describe('Anomalia', () => {
  it('shows side by side what differs, and the rest when it is asked for', async () => {
    core();
    await show(new SpAnomalia(), { id: caseId(1) });
    const evidence = (): string => find('[data-testid=evidence]').textContent ?? '';
    for (const words of ['Consegna 1', 'Consegna 2', 'da verificare', 'Gavinana 1', 'Campo di Marte 1', 'AB0010001–AB0010025', 'La postazione di Gavinana non risponde']) expect(evidence()).toContain(words);
    expect(evidence()).not.toContain('Importo');
    find<HTMLInputElement>('sp-check[name=all] input').click();
    await settle();
    expect(evidence()).toContain('Importo');
    expect(evidence()).toContain('(diverso)');
    for (const words of ['Dovuto', '250,00', 'Consegnato', '500,00']) expect(document.body.textContent).toContain(words);
  });
  it('names the consequence of each decision and sends none without a reason', async () => {
    const seen = core();
    await show(new SpAnomalia(), { id: caseId(1) });
    for (const words of ['Recuperare', 'si avvisa il nucleo', 'Vale dopo la firma di una seconda persona']) expect(document.body.textContent).toContain(words);
    press('decide');
    await settle();
    find<HTMLInputElement>('sp-radios[name=decision] input[value=referred]').click();
    await settle();
    press('decide');
    await settle();
    expect(seen.executed.filter((c) => c.type === 'decide_cases')).toEqual([]);
    write('sp-textarea[name=reason] textarea', 'Sentita la signora');
    press('decide');
    await settle();
    expect(seen.executed.filter((c) => c.type === 'decide_cases')).toEqual([{ type: 'decide_cases', cases: [caseId(1)], decision: 'referred', reason: 'Sentita la signora' }]);
  });
  it('keeps what is typed when the screen is left, and finds it again', async () => {
    const seen = core();
    const screen = await show(new SpAnomalia(), { id: caseId(1) });
    find<HTMLInputElement>('sp-radios[name=decision] input[value=recovery]').click();
    write('sp-textarea[name=reason] textarea', 'da sentire la');
    screen.remove();
    await settle();
    expect(seen.executed).toEqual([{ type: 'keep_case_draft', case: caseId(1), draft: { decision: 'recovery', reason: 'da sentire la' } }]);
    core(changed(1, {}, { decision: null, reason: 'da sentire la' }));
    document.body.replaceChildren();
    await show(new SpAnomalia(), { id: caseId(1) });
    expect(find<HTMLTextAreaElement>('sp-textarea[name=reason] textarea').value).toBe('da sentire la');
    expect(document.body.textContent).toContain('bozza');
  });
  it('is signed by somebody else, with one question', async () => {
    const seen = core();
    await show(new SpAnomalia(), { id: caseId(3) });
    expect(document.body.textContent).toContain('La decisione vale dopo la firma di una seconda persona.');
    press('sign');
    await settle();
    press('confirm-yes');
    await settle();
    expect(seen.executed).toEqual([{ type: 'countersign_case', case: caseId(3) }]);
    document.body.replaceChildren();
    core(changed(3, { signable: false }));
    await show(new SpAnomalia(), { id: caseId(3) });
    expect(document.querySelector('[data-testid=sign]')).toBeNull();
    expect(document.body.textContent).toContain('Chi ha deciso non può firmare due volte');
  });
  it('says that two disagree, shows both for ever, and opens it again with a reason', async () => {
    const seen = core();
    await show(new SpAnomalia(), { id: caseId(4) });
    const words = document.body.textContent ?? '';
    for (const said of ['hanno deciso cose diverse', 'Decisione: Corretta', 'Numeri letti male', 'Decisione: Trasmessa', 'Da verificare con Edenred']) expect(words).toContain(said);
    expect(document.querySelector('[data-testid=decide]')).toBeNull();
    press('reopen');
    await settle();
    write('dialog[open] textarea', 'Deciso insieme');
    press('confirm-yes');
    await settle();
    expect(seen.executed).toEqual([{ type: 'reopen_case', case: caseId(4), reason: 'Deciso insieme' }]);
    document.body.replaceChildren();
    core();
    await show(new SpAnomalia(), { id: caseId(9) });
    expect(document.body.textContent).toContain('(non vale più)');
  });
  it('is decided elsewhere where records came late, and says when it was put right', async () => {
    core();
    await show(new SpAnomalia(), { id: caseId(8) });
    expect(find('button[data-testid=late]').textContent).toContain('Postazioni');
    expect(document.querySelector('[name=decision]')).toBeNull();
    document.body.replaceChildren();
    core();
    await show(new SpAnomalia(), { id: caseId(11) });
    expect(document.body.textContent).toContain('Le registrazioni non la mostrano più');
  });
  it('notes and gives it to somebody', async () => {
    const seen = core();
    await show(new SpAnomalia(), { id: caseId(1) });
    press('take');
    await settle();
    press('note');
    await settle();
    write('dialog[open] textarea', 'Torna domani');
    press('confirm-yes');
    await settle();
    press('assign');
    await settle();
    const select = find<HTMLSelectElement>('[data-testid=cases-dialog] select');
    select.value = OPERATORS[2]?.id ?? '';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await settle();
    press('cases-do');
    await settle();
    expect(seen.executed).toEqual([
      { type: 'assign_cases', cases: [caseId(1)], to: STATUS.operator.id }, { type: 'note_case', case: caseId(1), text: 'Torna domani' }, { type: 'assign_cases', cases: [caseId(1)], to: OPERATORS[2]?.id },
    ]);
  });
});

describe('cases elsewhere', () => {
  it('the dashboard counts what the inbox counts', async () => {
    core();
    await show(new SpCruscotto());
    expect(find('[data-testid=open-exceptions]').textContent).toContain('9');
  });
  it('the household says what became of its cases, also to who may not decide them', async () => {
    core((q) => (q.type === 'status' ? { type: 'status', ...STATUS, operator: { ...STATUS.operator, role: 'operator' } } : undefined));
    await show(new SpNucleo(), { id: HOUSEHOLD.household.id });
    const told = find('[data-testid=household-cases]');
    expect(told.textContent).toContain('Doppia consegna');
    expect(told.querySelector('a')).toBeNull();
    document.body.replaceChildren();
    core();
    await show(new SpNucleo(), { id: HOUSEHOLD.household.id });
    expect(find<HTMLAnchorElement>('[data-testid=household-cases] a').getAttribute('href')).toContain(`/anomalie/${caseId(1)}`);
  });
  it('every kind has its words in both languages', async () => {
    for (const language of ['it', 'en'] as const) {
      setLanguage(language);
      for (const kind of CASE_KINDS) {
        document.body.replaceChildren();
        core(changed(1, { matter: { kind, about: { type: 'entitlement', entitlement: 'x' } } }));
        await show(new SpAnomalia(), { id: caseId(1) });
        expect(find('h1').textContent).not.toContain('case-kind');
      }
    }
    setLanguage('it');
    vi.useRealTimers();
  });
  it('what is common to none is nothing', () => {
    expect(common([])).toEqual([]);
    const rows = CASES.map((c) => c.row);
    expect(common([rows[0]!, rows[5]!]).map((c) => c.decision)).toEqual(['corrected', 'referred', 'unfounded']);
    expect(common([rows[0]!, rows[2]!])).toEqual([]);
  });
});
