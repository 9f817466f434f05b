// SPDX-License-Identifier: EUPL-1.2
// The queue on Oggi over the desk in memory, with the keyboard: who is next and why, and what may be done with whoever came.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setTransport } from '../src/bridge.ts';
import { setDeskClock } from '../src/format.ts';
import { FakeDesk } from '../src/gallery/desk.ts';
import { id, NOW, OTHER_DESK } from '../src/gallery/desk-data.ts';
import { liveActions, setScanHandler } from '../src/keys.ts';
import '../src/parts/fields.ts';
import '../src/parts/table.ts';
import '../src/screens/index.ts';
import { nextOf, whyNext } from '../src/screens/common/queue-words.ts';
import '../src/shell/app.ts';
import { forgetAll } from '../src/store.ts';
import type { AppointmentRow, BoardView, Command } from '../src/types.ts';

let desk: FakeDesk;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
async function settle(rounds = 30): Promise<void> {
  for (let i = 0; i < rounds; i++) await wait(0);
}
const text = (): string => (document.body.textContent ?? '').replaceAll(/\s+/g, ' ');
function find<T extends Element = HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector);
  if (element === null) throw new Error(`no ${selector} in ${text()}`);
  return element;
}
async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  await settle();
}
async function open(): Promise<void> {
  location.hash = '#/oggi';
  document.body.append(document.createElement('sp-app'));
  for (let i = 0; i < 100 && document.querySelector('.sp-main .sp-page-header') === null; i++) await wait(20);
  await settle(40);
}
async function on(row: string): Promise<void> {
  find(`[data-row="${row}"] :is(a[href],button)`).focus();
  await settle(3);
}
async function choose(selector: string, value: string): Promise<void> {
  const select = find<HTMLSelectElement>(selector);
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  await settle(5);
}
async function fill(selector: string, value: string): Promise<void> {
  const input = find<HTMLInputElement>(selector);
  input.focus();
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await wait(90);
  await settle(10);
}
const commands = <T extends Command['type']>(type: T): Extract<Command, { type: T }>[] =>
  desk.asked.filter((a) => a.name === 'execute').map((a) => a.args['command'] as Command).filter((c): c is Extract<Command, { type: T }> => c.type === type);
const lane = (name: string): string[] => [...document.querySelectorAll(`[data-lane=${name}] .sp-oggi-who > :first-child`)].map((e) => e.textContent ?? '');

const HU = id(305);
const ESPOSITO = id(304);
const BIANCHI = id(303);

beforeEach(() => {
  desk = new FakeDesk();
  setTransport(desk);
  setDeskClock(NOW);
  forgetAll();
});
afterEach(async () => {
  document.querySelector('sp-app')?.remove();
  setScanHandler(() => undefined);
  await settle(5);
  forgetAll();
});

describe('who is next', () => {
  it('shows whom this desk calls, and why, though somebody waits for another desk before', async () => {
    await open();
    expect(lane('waiting')[0]).toBe('Fabbri Nella');
    expect(find('[data-testid=next-name]').textContent).toBe('Bianchi Àgata');
    expect(find('[data-testid=next-ticket]').textContent).toContain('A03');
    expect(find('[data-testid=next-why]').textContent).toContain('Appuntamento delle 09:30, arrivo alle 09:28');
    expect(find(`[data-row="${id(315)}"]`).textContent).toContain('Attende Sportello 4');
    expect(find(`[data-row="${id(315)}"]`).textContent).toContain('Precedenza: Età avanzata');
    expect(find(`[data-row="${id(314)}"]`).textContent).toContain('Senza appuntamento');
  });

  it('F2 leaves it to the desk whom it calls, and the focus goes to that row', async () => {
    await open();
    await press('F2');
    expect(commands('call_next')).toEqual([{ type: 'call_next', service: null }]);
    expect(lane('serving')).toContain('Bianchi Àgata');
    expect(text()).toContain('A03 · Bianchi Àgata');
    expect(document.activeElement?.closest('[data-row]')?.getAttribute('data-row')).toBe(BIANCHI);
  });

  it('nobody for this desk: told, though others wait', async () => {
    for (const a of desk.appointments) if (a.status === 'presented') a.for_desk = OTHER_DESK;
    await open();
    expect(find('[data-testid=next-none]').textContent).toContain('aspettano un\'altra postazione');
    expect(find<HTMLButtonElement>('[data-testid=call-next]').disabled).toBe(true);
    await press('F2');
    expect(commands('call_next')).toEqual([]);
  });

  it('says why in one sentence for every way of coming', async () => {
    const board = (await desk.invoke('query', { query: { type: 'board', site: null, day: null } })) as BoardView;
    const row = nextOf(board) as AppointmentRow;
    const at = (time: string): number => Date.parse(`2021-03-15T${time}:00+01:00`);
    expect(whyNext(row, true, board)).toMatch(/^Attende questa postazione\. /);
    expect(whyNext({ ...row, presented_at: at('09:40') }, false, board)).toContain('è il suo turno');
    expect(whyNext({ ...row, presented_at: at('09:41') }, false, board)).toContain("conta dall'arrivo");
    expect(whyNext({ ...row, calls: 1 }, false, board)).toContain('Già chiamato');
    expect(whyNext({ ...row, walk_in: true, presented_at: at('09:20') }, false, board)).toContain('come un appuntamento delle 09:50');
    expect(whyNext({ ...row, priority: { priority: 'pregnancy', reason: '' } }, false, board)).toBe('Ha la precedenza: gravidanza.');
  });

  it('the head tells the day in figures', async () => {
    await open();
    expect(find('[data-testid=oggi-figures]').textContent?.replaceAll(/\s+/g, ' ')).toMatch(/in attesa\s*5.*attesa più lunga\s*42 min.*allo sportello\s*1.*ancora attesi\s*6/);
  });
});

describe('what can be done with whoever came', () => {
  it('called again by its key; not there, and back with the same number', async () => {
    await open();
    await press('F2');
    await press('F4');
    expect(commands('call_appointment')).toEqual([{ type: 'call_appointment', appointment: BIANCHI }]);
    expect(find(`[data-row="${BIANCHI}"]`).textContent).toContain('2 chiamate');
    await press('F8');
    expect(commands('not_there')).toEqual([{ type: 'not_there', appointment: BIANCHI }]);
    expect(lane('absent')).toContain('Bianchi Àgata');
    await on(BIANCHI);
    await press('F3');
    expect(commands('present_appointment')).toEqual([{ type: 'present_appointment', appointment: BIANCHI }]);
    expect(desk.appointments.find((a) => a.id === BIANCHI)?.ticket).toBe('A03');
    // Counts from the return: behind those whose time has come before.
    expect(lane('waiting').indexOf('Bianchi Àgata')).toBeGreaterThan(lane('waiting').indexOf('Hu Xiaoming'));
  });

  it('to another desk: the dialog says what is missing, then transfers', async () => {
    await open();
    await on(HU);
    await press('t', { altKey: true });
    await press('F9');
    expect(commands('transfer_appointment')).toEqual([]);
    expect(text()).toContain("Scegliere un'altra postazione o un altro servizio.");
    await choose('sp-transfer [name=desk] select', OTHER_DESK);
    await press('F9');
    expect(commands('transfer_appointment')).toEqual([{ type: 'transfer_appointment', appointment: HU, desk: OTHER_DESK, service: null, reason: '' }]);
    expect(find(`[data-row="${HU}"]`).textContent).toContain('Attende Sportello 4');
    expect(document.activeElement?.closest('[data-row]')?.getAttribute('data-row')).toBe(HU);
  });

  it('precedence: another reason needs words; given, it is next; taken back, it is not', async () => {
    await open();
    await on(HU);
    await press('p', { altKey: true });
    find<HTMLInputElement>('sp-priority input[value=other]').click();
    await settle();
    await press('F9');
    expect(commands('prioritise_appointment')).toEqual([]);
    find<HTMLInputElement>('sp-priority input[value=children]').click();
    await settle();
    await press('F9');
    expect(commands('prioritise_appointment')[0]).toEqual({ type: 'prioritise_appointment', appointment: HU, priority: 'children', reason: '' });
    expect(find('[data-testid=next-name]').textContent).toBe('Hu Xiaoming');
    find<HTMLButtonElement>('.sp-toast button').click();
    await settle(40);
    expect(find('[data-testid=next-name]').textContent).toBe('Bianchi Àgata');
  });

  it('one more service keeps the number and the visit', async () => {
    await open();
    await on(ESPOSITO);
    await press('s', { altKey: true });
    await choose('sp-add-service [name=service] select', id(42));
    await press('F9');
    expect(commands('add_service')).toEqual([{ type: 'add_service', appointment: ESPOSITO, service: id(42) }]);
    const more = desk.appointments.at(-1);
    expect(more).toMatchObject({ ticket: 'B01', visit: ESPOSITO, status: 'presented' });
    expect(find(`[data-row="${more?.id}"]`).textContent).toContain('Stessa visita');
  });

  it('the list of acts of a row holds them all, each by its key', async () => {
    await open();
    await on(ESPOSITO);
    await press('m', { altKey: true });
    const menu = find('.sp-row-menu dialog').textContent ?? '';
    for (const act of ['Sospendi', 'Trasferisci…', 'Altro servizio…', 'Dai la precedenza…', 'Stampa il numero', 'Apri il nucleo']) expect(menu).toContain(act);
    await press('n', { altKey: true });
    await settle(40);
    expect(desk.files).toEqual([{ how: 'print_file', name: 'ticket_slip.pdf' }]);
    expect(document.querySelector('.sp-row-menu dialog[open]')).toBeNull();
  });

  it('whoever stands at another counter is not called away by this one', async () => {
    await open();
    const row = find(`[data-lane=serving]`);
    expect(row.textContent).toContain('presso Sportello 4');
    expect([...row.querySelectorAll('button')].map((b) => b.textContent?.trim())).toEqual(['Altro…']);
  });

  it('no key of the screen means two things', async () => {
    await open();
    await press('F2');
    const keys = liveActions().flatMap((a) => (a.key === undefined ? [] : [a.key]));
    expect(new Set(keys).size).toBe(keys.length);
    const named = document.querySelector('sp-oggi') as unknown as { actions(): { key?: string }[] };
    const own = named.actions().flatMap((a) => (a.key === undefined ? [] : [a.key]));
    expect(new Set(own).size).toBe(own.length);
  });
});

describe('without appointment', () => {
  it('a household by its name: the number, large, and its slip', async () => {
    await open();
    await press('F7');
    expect((document.activeElement as HTMLElement).dataset['testid']).toBe('picker');
    await fill('sp-walk-in [data-testid=picker]', 'berti');
    await press('Enter');
    await press('F9');
    await settle(40);
    expect(commands('walk_in')).toEqual([{ type: 'walk_in', household: id(113), person: null, service: id(41), priority: null, reason: '' }]);
    expect(find('[data-testid=ticket]').textContent).toBe('A09');
    await press('F8');
    await settle(40);
    expect(desk.files).toEqual([{ how: 'print_file', name: 'ticket_slip.pdf' }]);
    await press('Enter');
    expect(lane('waiting')).toContain('Berti Lapo');
  });

  it('somebody in no list, with precedence', async () => {
    await open();
    await press('F7');
    await press('F9');
    expect(text()).toContain('Indicare chi è venuto.');
    await fill('sp-walk-in [data-testid=picker]', 'Neri Ada');
    [...document.querySelectorAll<HTMLButtonElement>('sp-walk-in .sp-picker button')].at(-1)?.click();
    await settle();
    await choose('sp-walk-in [name=service] select', id(42));
    await choose('sp-walk-in [name=priority] select', 'pregnancy');
    await press('F9');
    await settle(40);
    expect(commands('walk_in')).toEqual([{ type: 'walk_in', household: null, person: { name: 'Neri Ada', phone: '' }, service: id(42), priority: 'pregnancy', reason: '' }]);
    expect(lane('waiting')[1]).toBe('Neri Ada');
  });

  it('another reason to go first is asked for, and told in the list', async () => {
    await open();
    await press('F7');
    await fill('sp-walk-in [data-testid=picker]', 'berti');
    await press('Enter');
    await choose('sp-walk-in [name=priority] select', 'other');
    await press('F9');
    expect(commands('walk_in')).toEqual([]);
    expect(document.activeElement?.closest('sp-text')?.getAttribute('name')).toBe('reason');
    await fill('sp-walk-in [name=reason] input', 'Ha il treno alle 11');
    await press('F9');
    await settle(40);
    expect(commands('walk_in')).toMatchObject([{ priority: 'other', reason: 'Ha il treno alle 11' }]);
    expect(find('sp-walk-in').textContent).toContain('Ha il treno alle 11');
    await press('Enter');
    expect(lane('waiting')).toContain('Berti Lapo');
    expect(text()).toContain('Precedenza: Ha il treno alle 11');
  });

  it('a number given by mistake is taken back at once, or a little later', async () => {
    await open();
    const give = async (): Promise<string> => {
      await press('F7');
      await fill('sp-walk-in [data-testid=picker]', 'berti');
      await press('Enter');
      await press('F9');
      await settle(40);
      return find('[data-testid=ticket]').textContent ?? '';
    };
    expect(await give()).toBe('A09');
    await press('z', { ctrlKey: true });
    await settle(40);
    expect(document.querySelector('dialog[open]')).toBeNull();
    expect(lane('waiting')).not.toContain('Berti Lapo');
    expect(text()).toContain('Annullato: Numero dato: A09');
    // The number may be on a slip: the next one has another.
    expect(await give()).toBe('A10');
    await press('Enter');
    expect(lane('waiting')).toContain('Berti Lapo');
    expect(text()).toContain('Numero dato: A10');
    await press('z', { ctrlKey: true });
    await settle(40);
    expect(lane('waiting')).not.toContain('Berti Lapo');
    expect(commands('undo_appointment')).toHaveLength(2);
  });

  it('whoever has an appointment today after all is told, and its arrival is one key away', async () => {
    await open();
    await press('F7');
    await fill('sp-walk-in [data-testid=picker]', 'gjoka');
    await press('Enter');
    expect(text()).toContain('Ha un appuntamento oggi alle 09:30');
    await press('F9');
    await settle(40);
    expect(commands('present_appointment')).toEqual([{ type: 'present_appointment', appointment: id(307) }]);
    expect(commands('walk_in')).toEqual([]);
    expect(find('[data-testid=ticket]').textContent).toBe('A09');
  });

  it('refused, nothing that was entered is lost', async () => {
    desk.fail = { name: 'walk_in', after: false, error: { code: 'service_suspended', message: 'Il servizio è sospeso (motivo: guasto). Non è stato registrato nulla.' } };
    await open();
    await press('F7');
    await fill('sp-walk-in [data-testid=picker]', 'berti');
    await press('Enter');
    await press('F9');
    expect(text()).toContain('Il servizio è sospeso');
    expect(text()).toContain('Berti Lapo');
    await press('F9');
    await settle(40);
    expect(find('[data-testid=ticket]').textContent).toBe('A09');
  });
});
