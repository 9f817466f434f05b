// SPDX-License-Identifier: EUPL-1.2
// The plan over an invented office: what was understood is looked at before anything is loaded, what is said carries what shows it.
import { beforeEach, describe, expect, it } from 'vitest';
import { setTransport } from '../src/bridge.ts';
import { setDeskClock } from '../src/format.ts';
import { setLanguage } from '../src/i18n.ts';
import { NO_SHEET, PLAN_ID, READING, SHEET } from '../src/gallery/office-plan.ts';
import { answer, NOW } from '../src/gallery/office.ts';
import type { Screen } from '../src/parts/base.ts';
import { SpPiani } from '../src/screens/piani.ts';
import { SpPiano } from '../src/screens/piano.ts';
import { forgetAll } from '../src/store.ts';
import type { Command, Query, View } from '../src/types.ts';

const settle = async (): Promise<void> => {
  for (let i = 0; i < 12; i++) await new Promise((resolve) => setTimeout(resolve, 0));
};
function find<T extends Element = HTMLElement>(selector: string): T {
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`no ${selector}`);
  return element as T;
}
const press = async (id: string): Promise<void> => {
  find<HTMLButtonElement>(`button[data-testid="${id}"]`).click();
  await settle();
};
function write(selector: string, text: string): void {
  const input = find<HTMLInputElement>(selector);
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}
async function give(selector: string, name: string, bytes: string | Uint8Array<ArrayBuffer>): Promise<void> {
  const input = find<HTMLInputElement>(selector);
  Object.defineProperty(input, 'files', { configurable: true, value: [new File([bytes], name)] });
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await settle();
  await new Promise((resolve) => setTimeout(resolve, 20));
  await settle();
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
      return Promise.resolve({ command: args['command_id'], subject: { kind: 'plan', id: PLAN_ID }, changed: [], delivery: null, import: null, undo: null, forced: false, repeated: false });
    },
  });
  forgetAll();
  return seen;
}
async function show<T extends HTMLElement>(element: T, params: Record<string, string> = {}): Promise<T> {
  (element as unknown as Screen).params = params;
  document.body.replaceChildren(element);
  await settle();
  return element;
}

beforeEach(() => {
  setLanguage('it');
  document.body.replaceChildren();
});

describe('a sheet that is read', () => {
  it('is shown with its lines and what was left, and loaded only when somebody says so', async () => {
    const seen = core();
    await show(new SpPiani());
    await give('#plan-file', 'peg-2021_Z105.txt', '2021_Z105 Implementazione');
    expect(seen.executed).toEqual([]);
    const page = find('[data-testid="plan-reading"]');
    expect(page.textContent).toContain('Consegna dei buoni spesa nel periodo');
    expect(page.textContent).toContain('Nota a margine: rivedere');
    expect(page.querySelector('details pre')?.textContent).toContain(SHEET.title);
    expect(page.textContent).toContain('non trovato'); // the manager of this reading
    await press('load-plan');
    expect(seen.executed).toEqual([{ type: 'load_plan', sheet: READING.reading.sheet, file: 'peg-2021_Z105.txt' }]);
  });

  it('is not loaded when it is no plan, nor when it says nothing new', async () => {
    let reading = NO_SHEET;
    const seen = core((query) => (query.type === 'plan_reading' ? { type: 'plan_reading', ...reading } : undefined));
    await show(new SpPiani());
    await give('#plan-file', 'lettera.txt', 'Cari colleghi');
    expect(find<HTMLButtonElement>('[data-testid="load-plan"]').disabled).toBe(true);
    expect(find('[data-testid="plan-reading"]').textContent).toContain('Mancano il codice o il titolo');
    reading = { ...READING, known: PLAN_ID, unchanged: true };
    await press('drop-plan');
    await give('#plan-file', 'peg.txt', '2021_Z105');
    expect(find<HTMLButtonElement>('[data-testid="load-plan"]').disabled).toBe(true);
    expect(seen.executed).toEqual([]);
  });
});

describe('a plan that is followed', () => {
  it('shows what is read from the records as provisional, and how late a phase will be', async () => {
    core();
    await show(new SpPiano(), { id: PLAN_ID });
    expect(find('[data-testid="indicators"]').textContent).toContain('99,88');
    expect(find('[data-testid="indicators"]').textContent).toContain('mancano 3 postazioni');
    expect(find('[data-testid="phases"]').textContent).toContain('86 giorni di ritardo');
    expect(find<HTMLImageElement>('[data-testid="gantt"]').alt).toContain('2021_Z105');
  });

  it('takes no number without words, and sends the file that shows it', async () => {
    const seen = core();
    await show(new SpPiano(), { id: PLAN_ID });
    await press('note-indicator-2');
    await press('plan-note-save');
    expect(seen.executed).toEqual([]);
    expect(find('sp-plan-note').textContent).toContain('Un numero da solo non dimostra nulla');
    write('sp-plan-note [name="evidence"] input', 'Determina 123/2021');
    await give('#plan-evidence-file', 'determina.pdf', '%PDF');
    await press('plan-note-save');
    expect(seen.executed).toEqual([{
      type: 'note_plan', plan: PLAN_ID, target: { type: 'indicator', number: 2 }, reached: { type: 'day', day: '2021-03-15' }, note: '',
      evidence: { title: 'Determina 123/2021', file: { name: 'determina.pdf', content: btoa('%PDF') } },
    }]);
  });

  it('does not take a file that a record cannot hold', async () => {
    core();
    await show(new SpPiano(), { id: PLAN_ID });
    await press('note-phase-1');
    await give('#plan-evidence-file', 'foto.jpg', new Uint8Array(500 * 1024));
    expect(find('sp-plan-note').textContent).toContain('foto.jpg è più grande di 384 KiB');
  });

  it('is read from other records, or followed by hand again', async () => {
    const seen = core();
    await show(new SpPiano(), { id: PLAN_ID });
    await press('bind-phase-1');
    find<HTMLInputElement>('sp-plan-bind input[value="hand"]').click();
    await settle();
    await press('plan-bind-save');
    expect(seen.executed).toEqual([{ type: 'bind_plan', plan: PLAN_ID, target: { type: 'phase', number: 1 }, measure: null }]);
    // What is to be done by a day is read from no records yet.
    expect(document.querySelector('[data-testid="bind-indicator-2"]')).toBeNull();
  });
});
