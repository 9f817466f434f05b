// SPDX-License-Identifier: EUPL-1.2
// The stick: for whom it is written, what is said of what waits, what a file brought, and what went wrong with it.
import { describe, expect, it } from 'vitest';
import { setTransport } from '../src/bridge.ts';
import { setDeskClock } from '../src/format.ts';
import { answer, DESKS, NOW, STATUS, TAKEN, TAKEN_PARTLY, WRITTEN } from '../src/gallery/office.ts';
import { allWell } from '../src/screens/chiavetta.ts';
import '../src/parts/table.ts';
import { SpScambi } from '../src/screens/scambi.ts';
import { syncWords } from '../src/shell/sync-words.ts';
import { forgetAll } from '../src/store.ts';
import type { BundleTaken, Query, StatusView } from '../src/types.ts';

const settle = async (): Promise<void> => {
  for (let i = 0; i < 12; i++) await new Promise((resolve) => setTimeout(resolve, 0));
};
function find<T extends Element = HTMLElement>(selector: string): T {
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`no ${selector}`);
  return element as T;
}
const press = (id: string): void => find<HTMLButtonElement>(`button[data-testid="${id}"]`).click();
const text = (): string => (document.body.textContent ?? '').replaceAll(/\s+/gu, ' ');
const sharp = { code: 'bundle_not_for_us', message: 'Il file non è per questa postazione: è cifrato per altri.' };

type Call = [string, Record<string, unknown>];

/** A core that answers as the invented office. What is asked of the stick is answered by `stick`. */
async function screen(stick: (name: string) => unknown, status: Partial<StatusView> = {}): Promise<Call[]> {
  const calls: Call[] = [];
  setDeskClock(NOW);
  setTransport({
    listen: () => Promise.resolve(() => undefined),
    invoke: async (name, args) => {
      calls.push([name, args]);
      if (name !== 'query') return await stick(name);
      const query = args['query'] as Query;
      return query.type === 'status' ? { type: 'status', ...STATUS, ...status } : answer(query);
    },
  });
  forgetAll();
  document.body.append(new SpScambi());
  await settle();
  return calls;
}
const asked = (calls: Call[], type: string): number => calls.filter(([name, args]) => name === 'query' && (args['query'] as Query).type === type).length;

describe('writing to a stick', () => {
  it('is for the centre, and for the desks that are chosen: neither itself nor a revoked one', async () => {
    const calls = await screen(() => WRITTEN);
    press('bundle-write');
    await settle();
    const labels = [...document.querySelectorAll('[data-testid=bundle-desks] label')].map((l) => l.textContent?.trim() ?? '');
    expect(labels).toHaveLength(DESKS.filter((d) => !d.revoked && !d.this).length);
    expect(labels.join()).not.toMatch(/vecchia|Campo di Marte 1/u);
    expect(text()).toContain('chi trova la chiavetta non legge nulla');
    const other = DESKS.find((d) => !d.revoked && !d.this);
    if (other === undefined) throw new Error('no other desk');
    find<HTMLInputElement>(`sp-check[name="desk-${other.id}"] input`).click();
    await settle();
    press('bundle-save');
    await settle();
    expect(calls.filter(([name]) => name === 'write_bundle')).toEqual([['write_bundle', { request: { desks: [other.id], whole: false } }]]);
    const told = find('[data-testid=bundle-written]').textContent ?? '';
    for (const words of ['1.480', '1.234', 'Il centro, Gavinana 1', 'restano in attesa finché il centro non le conferma']) expect(told).toContain(words);
    expect(asked(calls, 'status')).toBeGreaterThan(1);
  });
  it('whoever gives up has changed nothing', async () => {
    const calls = await screen(() => null);
    press('bundle-write');
    await settle();
    find<HTMLInputElement>('sp-check[name=whole] input').click();
    await settle();
    press('bundle-save');
    await settle();
    expect(calls.find(([name]) => name === 'write_bundle')?.[1]).toEqual({ request: { desks: [], whole: true } });
    expect(document.querySelector('[data-testid=bundle-written], sp-chiavetta .alert')).toBeNull();
  });
  it('what is on the stick still waits, and both are said', async () => {
    const on_stick = { since: NOW - 3 * 60 * 60_000, records: 2 };
    await screen(() => null, { waiting: 3, on_stick });
    expect(find('[data-testid=on-stick]').textContent).toContain('2 registrazioni in attesa sono sulla chiavetta');
    expect(syncWords({ ...STATUS, waiting: 3, on_stick }, new Date(NOW)).waiting).toContain('3 registrazioni');
    expect(syncWords({ ...STATUS, waiting: 3, on_stick }, new Date(NOW)).waiting).toContain('2 su chiavetta 3 ore fa');
    expect(syncWords(STATUS, new Date(NOW)).waiting).not.toContain('chiavetta');
  });
});

describe('reading from a stick', () => {
  it('says who it came from, what was new, and what is to be taken back', async () => {
    await screen(() => TAKEN);
    press('bundle-read');
    await settle();
    const told = find('[data-testid=bundle-taken]').textContent ?? '';
    for (const words of ['Gavinana 1', '412', '1.234', 'Custodie cedute', 'riportarla', 'per altre postazioni']) expect(told).toContain(words);
    expect(text()).toContain('Chiavetta letta.');
    expect(document.querySelector('sp-chiavetta .alert-success')).not.toBeNull();
  });
  it('from the centre: the acknowledgements', async () => {
    await screen(() => ({ ...TAKEN, from: null, received: 0, acknowledged: 41, waiting: 0, given: 0, others: 0 } satisfies BundleTaken));
    press('bundle-read');
    await settle();
    const told = find('[data-testid=bundle-taken]').textContent ?? '';
    expect(told).toContain('Il centro');
    expect(told).toContain('41');
    expect(told).not.toContain('Non c\'era nulla di nuovo');
  });
  it('a file that is not whole, and logs that could not go on, are told in sentences', async () => {
    expect([allWell(TAKEN), allWell(TAKEN_PARTLY), allWell({ ...TAKEN, stopped: sharp })]).toEqual([true, false, false]);
    await screen(() => TAKEN_PARTLY);
    press('bundle-read');
    await settle();
    const told = find('[data-testid=bundle-taken]').textContent ?? '';
    for (const words of ['non è intero', 'nulla sarà doppio', 'Gavinana 1, Quartiere 3', 'chiedere a chi lo ha scritto un file completo']) expect(told).toContain(words);
    expect(text()).toContain('Chiavetta letta in parte.');
    expect(document.querySelector('sp-chiavetta .alert-warning')).not.toBeNull();
  });
  it('a file that cannot be used leaves everything as it was, and says why', async () => {
    const calls = await screen(() => Promise.reject(sharp));
    press('bundle-read');
    await settle();
    expect(find('sp-chiavetta [role=alert]').textContent).toContain('è cifrato per altri');
    expect(find<HTMLButtonElement>('button[data-testid="bundle-read"]').disabled).toBe(false);
    expect(asked(calls, 'sync_story')).toBeGreaterThan(1);
  });
  it('one thing at a time: the buttons rest meanwhile', async () => {
    let end: (v: BundleTaken) => void = () => undefined;
    const calls = await screen(() => new Promise((resolve) => { end = resolve; }));
    press('bundle-read');
    await settle();
    expect(find<HTMLButtonElement>('button[data-testid="bundle-write"]').disabled).toBe(true);
    expect(text()).toContain('non toglierla');
    press('bundle-read');
    end(TAKEN);
    await settle();
    expect(calls.filter(([name]) => name === 'read_bundle')).toHaveLength(1);
  });
  it('the story says how each exchange went', async () => {
    await screen(() => null);
    const story = find('[data-testid=sync-story]').textContent ?? '';
    for (const words of ['Rete', 'Su chiavetta', 'Da chiavetta: Gavinana 1']) expect(story).toContain(words);
  });
});
