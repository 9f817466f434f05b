// SPDX-License-Identifier: EUPL-1.2
// Vouchers by serial over the desk in memory: delivery notes, shipments, what is set aside, the history of one.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setTransport } from '../src/bridge.ts';
import { setDeskClock } from '../src/format.ts';
import { FakeDesk } from '../src/gallery/desk.ts';
import { id, NOW, OTHER_DESK } from '../src/gallery/desk-data.ts';
import '../src/screens/index.ts';
import { openScan, search } from '../src/screens/common/open.ts';
import { setScanHandler } from '../src/keys.ts';
import '../src/parts/fields.ts';
import '../src/parts/table.ts';
import '../src/shell/app.ts';
import { forgetAll } from '../src/store.ts';
import type { Command, Query } from '../src/types.ts';

let desk: FakeDesk;

async function settle(rounds = 40): Promise<void> {
  for (let i = 0; i < rounds; i++) await new Promise((resolve) => setTimeout(resolve, 0));
}
async function open(hash: string): Promise<void> {
  location.hash = hash;
  document.body.append(document.createElement('sp-app'));
  for (let i = 0; i < 100 && document.querySelector('.sp-main .sp-page-header') === null; i++) await new Promise((resolve) => setTimeout(resolve, 20));
  await settle();
}
const text = (): string => (document.body.textContent ?? '').replaceAll(/\s+/g, ' ');
function find<T extends Element = HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector);
  if (element === null) throw new Error(`no ${selector} in ${text()}`);
  return element;
}
async function press(key: string): Promise<void> {
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await settle();
}
async function fill(selector: string, value: string): Promise<void> {
  const input = find<HTMLInputElement | HTMLTextAreaElement>(selector);
  input.focus();
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
  input.blur();
  await settle();
}
async function choose(selector: string, value: string): Promise<void> {
  const select = find<HTMLSelectElement>(selector);
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await settle();
}
const commands = <T extends Command['type']>(type: T): Extract<Command, { type: T }>[] =>
  desk.asked.filter((a) => a.name === 'execute').map((a) => a.args['command'] as Command).filter((c): c is Extract<Command, { type: T }> => c.type === type);

beforeEach(() => {
  forgetAll();
  setScanHandler(() => false);
  setDeskClock(NOW);
  desk = new FakeDesk();
  setTransport(desk);
});
afterEach(() => {
  document.body.replaceChildren();
  location.hash = '';
});

const asked = <T extends Query['type']>(type: T): Extract<Query, { type: T }>[] =>
  desk.asked.filter((a) => a.name === 'query').map((a) => a.args['query'] as Query).filter((q): q is Extract<Query, { type: T }> => q.type === type);
async function click(selector: string): Promise<void> {
  find(selector).click();
  await settle();
}
/** Types a run into the open dialog. */
async function add(first: string, last: string): Promise<void> {
  await fill('dialog[open] [name=first] input', first);
  await fill('dialog[open] [name=last] input', last);
  await click('dialog[open] [data-testid=serials-add]');
}
const run = (first: number, last: number): unknown => ({ series: 'AB', first, last, width: 7 });
const centre = id(9700);

describe('Magazzino by serial', () => {
  it('tells a gap between boxes and fewer than declared, and then wants a word about it', async () => {
    await open('#/magazzino');
    await press('F4');
    await add('AB2000001', 'AB2000050');
    await add('AB2000061', 'AB2000100');
    await fill('dialog[open] [name=paper] input', '119');
    await fill('dialog[open] [name=declared] input', '100');
    const told = find('[data-testid=supply-preview]').textContent ?? '';
    expect(told).toContain('AB2000051–AB2000060');
    expect(told).toContain('letti 90');
    await click('[data-testid=stock-do]');
    expect(commands('receive_stock')).toEqual([]);
    await fill('dialog[open] [name=note] input', 'Manca un carnet');
    await click('[data-testid=stock-do]');
    expect(commands('receive_stock')).toMatchObject([{ runs: [run(2_000_001, 2_000_050), run(2_000_061, 2_000_100)], note: 'Manca un carnet', delivery_note: { number: '119', declared: 100 } }]);
  });

  it('sends to a desk and prints the paper that goes with it', async () => {
    await open('#/magazzino');
    await press('F6');
    await add('AB1002001', 'AB1002010');
    await choose('dialog[open] [name=to] select', OTHER_DESK);
    await click('[data-testid=stock-do]');
    expect(commands('ship_stock')).toMatchObject([{ runs: [run(1_002_001, 1_002_010)], to: OTHER_DESK }]);
    expect(asked('document').map((q) => q.document)).toMatchObject([{ type: 'bolla', shipment: { number: 4 } }]);
    expect(document.querySelector('dialog[open]')).toBeNull();
  });

  it('takes in only what is really there of a shipment that is awaited', async () => {
    await open('#/magazzino');
    expect(find('[data-testid=awaited]').textContent).toContain('Centrale 1 12');
    await click(`[data-testid=arrive-${centre}-12]`);
    // The second booklet is not in the box.
    const runs = [...document.querySelectorAll('dialog[open] [data-testid=run]')];
    expect(runs).toHaveLength(2);
    runs[1]?.querySelector('button')?.click();
    await settle();
    await click('[data-testid=stock-do]');
    expect(commands('acknowledge_shipment')).toMatchObject([{ shipment: { from: centre, number: 12 }, runs: [run(1_003_001, 1_003_050)] }]);
    expect(find('[data-testid=awaited]').textContent).toContain('AB1003101–AB1003120');
  });

  it('opens what a paper says when its code was scanned, before the record of the sender is here', async () => {
    await open('#/magazzino?bolla=SPORTELLO%3AB%3A1%3A14%3A2%3AAB1006001-AB1006050');
    expect(find('dialog[open]').textContent).toContain('Ricevi la spedizione Centrale 1 14');
    await click('[data-testid=stock-do]');
    expect(commands('acknowledge_shipment')).toMatchObject([{ shipment: { from: centre, number: 14 }, runs: [run(1_006_001, 1_006_050)] }]);
  });

  it('takes back what did not arrive, with a reason', async () => {
    await open('#/magazzino');
    await click(`[data-testid=settle-${id(2)}-3], [data-testid^=settle-][data-testid$="-3"]`);
    await click('[data-testid=stock-do]');
    expect(commands('settle_shipment')).toEqual([]);
    await fill('dialog[open] [name=note] input', 'Auto rientrata');
    await click('[data-testid=stock-do]');
    expect(commands('settle_shipment')).toMatchObject([{ outcome: 'taken_back', runs: [run(1_004_041, 1_004_050)], note: 'Auto rientrata' }]);
  });

  it('sets vouchers aside for something', async () => {
    await open('#/magazzino');
    expect(text()).toContain('Per consegne a domicilio');
    await click('[data-testid=reserve]');
    await add('AB1002001', 'AB1002005');
    await fill('dialog[open] [name=purpose] input', 'carcere');
    await click('[data-testid=stock-do]');
    expect(commands('reserve_stock')).toMatchObject([{ runs: [run(1_002_001, 1_002_005)], purpose: 'carcere' }]);
  });

  it('shows the history of a serial that was typed', async () => {
    await open('#/magazzino');
    await fill('[name=history] input', 'AB1002045');
    await click('[data-testid=history-look]');
    expect(find('sp-stock-history').textContent).toContain('AB1002045');
    expect(find('[data-testid=periods]').textContent).toContain('Sportello 3');
  });

  it('shows a supervisor where all vouchers are, and lets destroy with minutes; an operator neither', async () => {
    await open('#/magazzino');
    expect(document.querySelector('[data-testid=ledger]')).toBeNull();
    expect(document.querySelector('[data-testid=destroy]')).toBeNull();
    document.querySelector('sp-app')?.remove();
    document.body.replaceChildren();
    forgetAll();
    desk.stock.supervises = true;
    await open('#/magazzino');
    expect(find('[data-testid=equation]').textContent).toMatch(/5\.?250 ricevuti = /u);
    await click('[data-testid=destroy]');
    await add('AB1002001', 'AB1002005');
    await fill('dialog[open] [name=minutes] input', '4/2021');
    await click('[data-testid=stock-do]');
    expect(commands('destroy_stock')).toEqual([]);
    await fill('dialog[open] [name=present] input', 'Bianchi, Neri');
    await click('[data-testid=stock-do]');
    expect(commands('destroy_stock')).toMatchObject([{ minutes: { number: '4/2021', present: 'Bianchi, Neri' } }]);
  });

  it('offers the history of a serial that was typed into the search, and opens a paper that was scanned', async () => {
    await open('#/oggi');
    const hits = await search('AB1001026');
    const history = hits.find((hit) => hit.id === 'serial-history');
    void history?.run();
    await settle();
    expect(location.hash).toBe('#/magazzino?buono=AB1001026');
    expect(await openScan('SPORTELLO:B:1:14:2:AB1006001-AB1006050')).toBe(true);
    await settle();
    expect(location.hash).toContain('bolla=SPORTELLO');
    expect(find('dialog[open]').textContent).toContain('Centrale 1 14');
  });
});
