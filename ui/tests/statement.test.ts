// SPDX-License-Identifier: EUPL-1.2
// The statement over an invented office: every number opens its records, what does not come out even is named, calls are written down.
import { beforeEach, describe, expect, it } from 'vitest';
import { setTransport } from '../src/bridge.ts';
import { setDeskClock } from '../src/format.ts';
import { SAMPLE_ID } from '../src/gallery/office-statement.ts';
import { answer, CAMPAIGN, NOW } from '../src/gallery/office.ts';
import { setLanguage } from '../src/i18n.ts';
import type { Screen } from '../src/parts/base.ts';
import { SpCampione } from '../src/screens/campione.ts';
import { SpRendicontoVoce } from '../src/screens/rendiconto-voce.ts';
import { SpRendiconto } from '../src/screens/rendiconto.ts';
import { SpTelefonate } from '../src/screens/telefonate.ts';
import { forgetAll } from '../src/store.ts';
import type { Command, Query } from '../src/types.ts';

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
interface Core { executed: Command[]; asked: Query[] }
function core(options: { troubled?: boolean; bare?: boolean } = {}): Core {
  const seen: Core = { executed: [], asked: [] };
  setDeskClock(NOW);
  setTransport({
    listen: () => Promise.resolve(() => undefined),
    invoke: (name, args) => {
      if (name === 'query') {
        const query = args['query'] as Query;
        seen.asked.push(query);
        return Promise.resolve(answer(query, options));
      }
      if (name !== 'execute') return Promise.resolve(null);
      seen.executed.push(args['command'] as Command);
      return Promise.resolve({ command: args['command_id'], subject: { kind: 'campaign_sample', id: SAMPLE_ID }, changed: [], delivery: null, import: null, undo: null, forced: false, repeated: false });
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

describe('the statement', () => {
  it('opens the records of a number, of its day and site where it has them', async () => {
    core();
    await show(new SpRendiconto());
    const served = find<HTMLAnchorElement>('[data-testid="households"] a[aria-label^="Serviti per intero"]');
    expect(served.getAttribute('href')).toBe(`#/rendiconto/${CAMPAIGN.id}/served`);
    const delivered = find<HTMLAnchorElement>('[data-testid="days"] a[aria-label^="Consegne: 46"]');
    expect(delivered.getAttribute('href')).toContain('/deliveries?');
    expect(delivered.getAttribute('href')).toContain('giorno=2021-03-12');
    expect(find('h1').parentElement?.textContent).toContain('Provvisorio');
    expect(document.body.textContent).toContain('Q3-A');
  });

  it('says that it comes out even, or names what does not', async () => {
    core();
    await show(new SpRendiconto());
    expect(document.body.textContent).toContain('I conti tornano');
    expect(find('[data-testid="equation"]').textContent).toContain('48.000');
    core({ troubled: true });
    await show(new SpRendiconto());
    expect(document.body.textContent).toContain('I conti non tornano');
    expect(document.body.textContent).toContain('Z0001–Z0030');
    expect(document.body.textContent).toContain('Magazzino e ricevute non concordano – Q1-A');
  });

  it('shows the days of one site only when asked', async () => {
    core();
    await show(new SpRendiconto(), { sede: '0193b1a0-0001-7000-8000-000000000002' });
    const days = find('[data-testid="days"]').textContent;
    expect(days).toContain('Campo di Marte');
    expect(days).not.toContain('Centro storico');
  });

  it('asks for the records of a figure with its day', async () => {
    const seen = core();
    await show(new SpRendicontoVoce(), { campagna: CAMPAIGN.id, voce: 'deliveries', giorno: '2021-03-12' });
    expect(seen.asked).toContainEqual({ type: 'statement_records', campaign: CAMPAIGN.id, figure: 'deliveries', site: null, day: '2021-03-12', offset: 0, limit: 500 });
    expect(find('[data-testid="records-sum"]').textContent).toContain('2 registrazioni, 600,00');
    expect(find('[data-testid="records"]').textContent).toContain('A000037–A000060');
  });
});

describe('verification calls', () => {
  it('draws as many as are asked for', async () => {
    const seen = core();
    await show(new SpTelefonate(), { campagna: CAMPAIGN.id });
    await press('draw-sample');
    await press('sample-draw-do');
    expect(seen.executed).toEqual([{ type: 'draw_sample', campaign: CAMPAIGN.id, size: 30 }]);
    core({ bare: true });
    await show(new SpTelefonate(), { campagna: CAMPAIGN.id });
    expect(find<HTMLButtonElement>('[data-testid="draw-sample"]').disabled).toBe(true);
  });

  it('goes to the next who was not called, and records what was said', async () => {
    const seen = core();
    await show(new SpCampione(), { id: SAMPLE_ID });
    expect(find('[data-testid="picks"]').textContent).toContain('Non ha ricevuto nulla');
    await press('call-next');
    expect(find('sp-dialog').textContent).toContain('Mori Sandro');
    await press('call-save');
    expect(seen.executed).toEqual([]);
    find<HTMLInputElement>('sp-dialog input[value="confirmed"]').click();
    await settle();
    await press('call-save');
    expect(seen.executed).toEqual([{ type: 'record_call', sample: SAMPLE_ID, delivery: '0193b1a0-0011-7000-8000-000000000003', outcome: 'confirmed' }]);
  });
});
