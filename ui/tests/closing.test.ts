// SPDX-License-Identifier: EUPL-1.2
// The end of the day and the paper forms over the desk in memory, driven as a person drives them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setTransport } from '../src/bridge.ts';
import { setDeskClock } from '../src/format.ts';
import { FakeDesk } from '../src/gallery/desk.ts';
import { NOW } from '../src/gallery/desk-data.ts';
import '../src/screens/index.ts';
import { setScanHandler } from '../src/keys.ts';
import '../src/parts/fields.ts';
import '../src/parts/table.ts';
import '../src/shell/app.ts';
import { forgetAll } from '../src/store.ts';
import type { Command } from '../src/types.ts';

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

describe('Chiusura', () => {
  it('goes step by step with the keyboard and closes what matches', async () => {
    await open('#/chiusura');
    await press('F9');
    await fill('sp-number input', '225');
    expect(text()).toContain('Torna');
    await press('F9');
    await press('F9');
    expect(commands('close_day')).toEqual([expect.objectContaining({ counts: [expect.objectContaining({ counted: { how: 'number', count: 225 }, left_open: false })] })]);
    expect(desk.files.map((f) => f.name)).toContain('closing_report.pdf');
  });

  it('does not go on from a difference that nobody explains', async () => {
    await open('#/chiusura?giorno=2021-03-14');
    await press('F9');
    await fill('sp-number input', '224');
    expect(find('[data-testid=difference]').textContent).toContain('−1');
    await press('F9');
    expect(text()).not.toContain('Dopo la chiusura nulla si modifica');
    await fill('[data-testid=difference] textarea', 'Uno bagnato');
    await press('F9');
    await press('F9');
    expect(commands('close_day')[0]?.counts[0]?.explanation).toBe('Uno bagnato');
  });

  it('lists closings, and writes beside one', async () => {
    await open('#/chiusure');
    expect(text()).toContain('Differenza aperta');
    find('[data-testid^=see-]').click();
    await settle();
    await press('F4');
    await fill('sp-dialog textarea', 'Era nella busta');
    await press('F9');
    expect(commands('correct_closing')).toEqual([expect.objectContaining({ text: 'Era nella busta' })]);
  });
});

describe('Modulistica cartacea', () => {
  it('types a form in with its own hour and operator, and keeps them for the next', async () => {
    await open('#/moduli');
    await fill('[name=code] input', '7k2m9 002 c');
    find('[data-testid=find-form]').click();
    await settle();
    const person = [...find<HTMLSelectElement>('[name=household] select').options].find((o) => o.value !== '');
    await choose('[name=household] select', person?.value ?? '');
    await fill('[name=time] input', '9:40');
    const [, operator] = [...find<HTMLSelectElement>('[name=operator] select').options];
    await choose('[name=operator] select', operator?.value ?? '');
    await choose('[name=document] select', 'passport');
    await fill('[name=number] input', 'YA1');
    await fill('sp-serials [name=first] input', 'AB1001101');
    find<HTMLInputElement>('sp-serials [name=first] input').focus();
    await press('Enter');
    await press('Enter');
    await press('F9');
    const [entered] = commands('enter_paper_form');
    expect(entered?.number).toBe(2);
    expect(entered?.filled).toEqual(expect.objectContaining({ operator: operator?.value, collector: { kind: 'member', document: { kind: 'passport', number: 'YA1' } } }));
    expect(entered?.filled.at.slice(11)).toBe('09:40:00');
  });

  it('says which forms were typed in twice', async () => {
    await open('#/moduli');
    expect(find('[data-testid=twice]').textContent).toContain('Sportello 4');
  });
});

describe('Oggi', () => {
  it('tells of a day that nobody closed and leads there', async () => {
    desk.status = { not_closed: ['2021-03-12'] };
    await open('#/oggi');
    expect(find('[data-testid=not-closed]').textContent).toContain('12/03/2021');
    find('[data-testid=close-it]').click();
    await settle();
    expect(location.hash).toBe('#/chiusura?giorno=2021-03-12');
  });
});
