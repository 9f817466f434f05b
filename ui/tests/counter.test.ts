// SPDX-License-Identifier: EUPL-1.2
// The operator's screens over the desk in memory, driven as a person drives them: keys, typed text, scans.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setTransport } from '../src/bridge.ts';
import { setDeskClock } from '../src/format.ts';
import { FakeDesk } from '../src/gallery/desk.ts';
import { DESK, id, NOW } from '../src/gallery/desk-data.ts';
import '../src/screens/index.ts';
import { setScanHandler } from '../src/keys.ts';
import '../src/parts/fields.ts';
import '../src/parts/table.ts';
import '../src/shell/app.ts';
import { forgetAll } from '../src/store.ts';
import type { Command } from '../src/types.ts';

let desk: FakeDesk;

async function settle(rounds = 25): Promise<void> {
  for (let i = 0; i < rounds; i++) await new Promise((resolve) => setTimeout(resolve, 0));
}
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function open(hash: string): Promise<void> {
  location.hash = hash;
  document.body.append(document.createElement('sp-app'));
  // The first screen's code is brought when it is first opened.
  for (let i = 0; i < 100 && document.querySelector('.sp-main .sp-page-header') === null; i++) await wait(20);
  await settle(40);
}
function find<T extends Element = HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector);
  if (element === null) throw new Error(`no ${selector} in ${text()}`);
  return element;
}
const text = (): string => (document.body.textContent ?? '').replaceAll(/\s+/g, ' ');
async function press(key: string, target: EventTarget = document.activeElement ?? document.body): Promise<void> {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await settle();
}
async function fill(selector: string, value: string): Promise<HTMLInputElement> {
  const input = find<HTMLInputElement>(selector);
  input.focus();
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  await settle(5);
  return input;
}
async function click(selector: string): Promise<void> {
  find(selector).click();
  await settle();
}
const commands = <T extends Command['type']>(type: T): Extract<Command, { type: T }>[] =>
  desk.asked.filter((a) => a.name === 'execute').map((a) => a.args['command'] as Command).filter((c): c is Extract<Command, { type: T }> => c.type === type);
/** A scanner: many keys within a moment, then Enter. */
async function scan(code: string): Promise<void> {
  for (const key of [...code.split(''), 'Enter']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await settle(60);
}

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

const entitlement = id(200); // Bianchi Àgata, 400 € in 40 vouchers, waiting
const toSummary = async (): Promise<void> => {
  await press('Enter', await fill('[name=number] input', 'CA55443BB'));
  await press('F6');
  await press('F9');
};

describe('Consegna', () => {
  it('goes from document to receipt by keyboard, once recorded before anything prints', async () => {
    await open(`#/consegna/${entitlement}?appuntamento=${id(303)}`);
    await toSummary();
    expect(text()).toContain('AB1001026–AB1001065');
    await press('F9');
    await settle(40);
    expect(commands('confirm_delivery')).toEqual([{
      type: 'confirm_delivery', entitlement, appointment: id(303), collector: { kind: 'member', member: id(1000), document: { kind: 'identity_card', number: 'CA55443BB' } },
      runs: [{ series: 'AB', first: 1_001_026, last: 1_001_065, width: 7 }], force: null, partial: null,
    }]);
    expect(text()).toContain('Consegna registrata');
    expect(desk.files).toEqual([{ how: 'print_file', name: 'receipt.pdf' }]);
    const names = desk.asked.map((a) => (a.name === 'execute' ? (a.args['command'] as Command).type : a.name));
    expect(names.indexOf('print_file')).toBeGreaterThan(names.indexOf('confirm_delivery'));
    expect(desk.drafts.has(entitlement)).toBe(false);
    expect(text()).toContain('Prossima persona in attesa: Esposito Anna');
  });

  it('says who of the household came', async () => {
    await open(`#/consegna/${entitlement}`);
    const who = find<HTMLSelectElement>('[name=member] select');
    expect([...who.options].map((o) => o.label || o.textContent?.trim())).toEqual(['Bianchi Àgata (richiedente)', 'Bianchi Leonardo', 'Bianchi Giulia']);
    who.value = id(1001);
    who.dispatchEvent(new Event('change', { bubbles: true }));
    await toSummary();
    expect(find('.sp-step-body').textContent).toContain('Bianchi Leonardo');
    await press('F9');
    await settle(40);
    expect(commands('confirm_delivery')).toMatchObject([{ collector: { kind: 'member', member: id(1001) } }]);
  });

  it('asked twice at once, it is confirmed once', async () => {
    await open(`#/consegna/${entitlement}`);
    await toSummary();
    const button = find<HTMLButtonElement>('[data-testid=confirm-delivery]');
    button.click();
    button.click();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'F9', bubbles: true, cancelable: true }));
    await settle(40);
    expect(commands('confirm_delivery')).toHaveLength(1);
    expect(desk.entitlement(entitlement).deliveries).toHaveLength(1);
  });

  it('an answer that never came loses nothing, and asked again it is the same act', async () => {
    await open(`#/consegna/${entitlement}`);
    await toSummary();
    desk.fail = { name: 'confirm_delivery', after: true, error: new Error('the window lost the answer') };
    await press('F9');
    await settle(40);
    expect(text()).toContain('si registra una volta sola');
    expect(text()).toContain('CA55443BB');
    await press('F9');
    await settle(40);
    expect(text()).toContain('Consegna registrata');
    const ids = desk.asked.filter((a) => (a.args['command'] as Command | undefined)?.type === 'confirm_delivery').map((a) => a.args['command_id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(desk.entitlement(entitlement).deliveries).toHaveLength(1);
  });

  it('a refusal of the core keeps what was typed and says so', async () => {
    await open(`#/consegna/${entitlement}`);
    await toSummary();
    desk.fail = { name: 'confirm_delivery', after: false, error: { code: 'disk_full', message: 'Il disco è pieno. Nulla è stato registrato: liberare spazio e riprovare.' } };
    await press('F9');
    await settle(40);
    expect(text()).toContain('Il disco è pieno');
    expect(text()).toContain('CA55443BB');
    expect(text()).toContain('la consegna non è stata registrata');
  });

  it('what was typed is kept at rest and found again', async () => {
    await open(`#/consegna/${entitlement}`);
    await fill('[name=number] input', 'CA55443BB');
    const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 5000 });
    await soon(() => expect(desk.drafts.get(entitlement)?.draft).toMatchObject({ number: 'CA55443BB', step: 'who' }));
    await press('Enter', find('[name=number] input'));
    await soon(() => expect(text()).toContain('Usa questi 40 buoni'));
    await press('F6');
    await soon(() => expect(text()).toContain('40 di 40 buoni'));
    location.hash = '#/oggi';
    await soon(() => expect(desk.drafts.get(entitlement)?.draft).toMatchObject({ step: 'vouchers', runs: [{ first: 1_001_026, last: 1_001_065 }] }));
    await soon(() => expect(text()).toContain('2 consegne da riprendere'));
    location.hash = `#/consegna/${entitlement}`;
    await soon(() => expect(text()).toContain('era stata cominciata'));
    expect(text()).toContain('40 di 40 buoni');
  });

  it('opened, the household counts as being served; left without a word, nothing is kept', async () => {
    await open(`#/consegna/${entitlement}`);
    expect(desk.drafts.has(entitlement)).toBe(true);
    location.hash = '#/oggi';
    await settle(40);
    expect(desk.drafts.has(entitlement)).toBe(false);
  });

  it('after a power cut between record and receipt, the receipt is found', async () => {
    await open(`#/consegna/${entitlement}`);
    await toSummary();
    await wait(600);
    const kept = structuredClone(desk.drafts.get(entitlement));
    await press('F9');
    await settle(40);
    const made = desk.asked.find((a) => (a.args['command'] as Command | undefined)?.type === 'confirm_delivery');
    desk.drafts.set(entitlement, { at: NOW, draft: { ...(kept?.draft as object), act: { of: JSON.stringify(made?.args['command']), id: made?.args['command_id'] } } });
    document.querySelector('sp-app')?.remove();
    await open(`#/consegna/${entitlement}`);
    expect(text()).toContain('Consegna registrata');
    expect(desk.entitlement(entitlement).deliveries).toHaveLength(1);
  });

  it('less than due asks why', async () => {
    await open(`#/consegna/${entitlement}`);
    await press('Enter', await fill('[name=number] input', 'CA1'));
    await press('Enter', await fill('sp-serials [name=first] input', 'AB1001026'));
    await press('Enter', await fill('sp-serials [name=quantity] input', '10'));
    await press('F9');
    await press('F9');
    expect(commands('confirm_delivery')).toHaveLength(0);
    expect(text()).toContain('Compilare il campo «Motivo della consegna parziale»');
    await fill('[name=partial] textarea', 'Carnet finiti');
    await press('F9');
    expect(commands('confirm_delivery')[0]?.partial).toBe('Carnet finiti');
  });

  it('elsewhere in custody: told at once, only forced with a reason that a supervisor sees', async () => {
    await open(`#/consegna/${id(210)}`);
    expect(text()).toContain('assegnato a Sportello 4');
    await toSummary();
    await press('F9');
    expect(commands('confirm_delivery')).toHaveLength(0);
    expect(text()).toContain('un supervisore vedrà che cosa è stato fatto, da chi e perché');
    await fill('[name=force] textarea', 'Sportello 4 chiuso, verificato al telefono');
    await press('F9');
    await settle(40);
    expect(commands('confirm_delivery')[0]?.force).toBe('Sportello 4 chiuso, verificato al telefono');
    expect(text()).toContain('registrata come forzata');
  });

  it('too few vouchers do not stop a delivery of those that are there', async () => {
    desk.stock.held = [{ series: 'AB', first: 1_001_026, last: 1_001_035, width: 7 }];
    await open(`#/consegna/${entitlement}`);
    expect(text()).toContain('In magazzino ci sono 10 buoni');
    await toSummary();
    await fill('[name=partial] textarea', 'Carnet finiti');
    await press('F9');
    expect(commands('confirm_delivery')[0]).toMatchObject({ partial: 'Carnet finiti', force: null });
  });

  it('served already: nothing can be begun', async () => {
    await open(`#/consegna/${id(201)}`);
    expect(text()).toContain('già stato consegnato');
    expect(document.querySelector('.sp-step-body')).toBeNull();
    expect(document.querySelector('[data-testid=confirm-delivery]')).toBeNull();
  });

  it('serials: not twice, not more than due, taken out again; a scan is the beginning, the next one the end', async () => {
    await open(`#/consegna/${entitlement}`);
    await press('Enter', await fill('[name=number] input', 'CA1'));
    find('h1').focus();
    await scan('AB1001026');
    find('h1').focus();
    await scan('AB1001035');
    expect(text()).toContain('10 di 40 buoni');
    await press('Enter', await fill('sp-serials [name=first] input', 'AB1001030'));
    await press('Enter', await fill('sp-serials [name=quantity] input', '5'));
    expect(text()).toContain('sono già in elenco');
    await press('Enter', await fill('sp-serials [name=first] input', 'AB1001036'));
    await press('Enter', await fill('sp-serials [name=quantity] input', '31'));
    expect(text()).toContain('ne mancano solo 30');
    await fill('sp-serials [name=first] input', '');
    find<HTMLButtonElement>('[data-testid=run] button').click();
    await settle();
    expect(text()).toContain('0 di 40 buoni');
  });

  it('a tessera tells who is of the household, and fills in the delegate', async () => {
    await open(`#/consegna/${entitlement}`);
    find('h1').focus();
    await scan('BNCGTA75L52D612X');
    expect(text()).toContain('Tessera di una persona del nucleo');
    find('h1').focus();
    await scan('RSSMRA80A01D612Y');
    expect(text()).toContain('serve la delega');
    expect(find<HTMLInputElement>('[name=delegateCode] input').value).toBe('RSSMRA80A01D612Y');
  });

  it('nothing handed over: why, with the sheet of what to bring', async () => {
    await open(`#/consegna/${entitlement}`);
    await press('F8');
    await click('[data-testid=refuse-do]');
    expect(commands('refuse_delivery')).toHaveLength(0);
    find<HTMLInputElement>('sp-refuse input[value=no_document]').click();
    await settle();
    await click('[data-testid=refuse-do]');
    await settle(40);
    expect(commands('refuse_delivery')[0]).toMatchObject({ reason: 'no_document', entitlement });
    expect(desk.files.map((f) => f.name)).toEqual(['refusal_note.pdf']);
    expect(location.hash).toBe('#/oggi');
  });
});

describe('Oggi', () => {
  const lane = (name: string): string[] => [...document.querySelectorAll(`[data-lane=${name}] .sp-oggi-who > :first-child`)].map((e) => e.textContent ?? '');

  it('tells who waits, since when, who is late', async () => {
    await open('#/oggi');
    // In the order of calling: precedence, then appointments by their time, then whoever came without.
    expect(lane('waiting')).toEqual(['Fabbri Nella', 'Bianchi Àgata', 'Esposito Anna', 'Hu Xiaoming', 'Conti Elisa']);
    expect(text()).toContain('da 42 min (ore 09:28)');
    expect(lane('late')).toEqual(['Gjoka Arben']);
    expect(find('[data-testid=oggi-count-due]').textContent).toBe('5');
  });

  it('calls the next one, and takes it back', async () => {
    await open('#/oggi');
    await press('F2');
    expect(lane('serving')).toContain('Bianchi Àgata');
    expect(document.activeElement?.closest('[data-row]')?.getAttribute('data-row')).toBe(id(303));
    find<HTMLButtonElement>('.sp-toast button').click();
    await settle(40);
    expect(lane('waiting')).toContain('Bianchi Àgata');
  });

  it('records who has come with a few letters and Enter', async () => {
    await open('#/oggi');
    const box = await fill('#oggi-who', 'nwo');
    expect(text()).toContain("registra l'arrivo di Nwosu Blessing");
    await press('Enter', box);
    expect(commands('present_appointment')).toEqual([{ type: 'present_appointment', appointment: id(309) }]);
    expect(lane('waiting')).toContain('Nwosu Blessing');
    expect(find<HTMLInputElement>('#oggi-who').value).toBe('');
  });

  it('arrow down goes from the box to the first row and on, arrow up back to the box', async () => {
    await open('#/oggi');
    const box = find<HTMLInputElement>('#oggi-who');
    box.focus();
    await press('ArrowDown', box);
    const rows = [...document.querySelectorAll('[data-row]')];
    expect(document.activeElement?.closest('[data-row]')).toBe(rows[0]);
    await press('ArrowDown', document.activeElement as HTMLElement);
    expect(document.activeElement?.closest('[data-row]')).toBe(rows[1]);
    await press('ArrowUp', document.activeElement as HTMLElement);
    await press('ArrowUp', document.activeElement as HTMLElement);
    expect(document.activeElement).toBe(box);
  });

  it('a slip or a tessera of today checks in; one keystroke acts on the row with the focus', async () => {
    await open('#/oggi');
    const slip = desk.appointments.find((a) => a.id === id(308))?.code ?? '';
    await scan(slip);
    expect(commands('present_appointment')[0]?.appointment).toBe(id(308));
    await scan('PRRNML77S02Z209W');
    expect(commands('present_appointment')[1]?.appointment).toBe(id(310));
    find(`[data-row="${id(307)}"] a`).focus();
    await press('F8');
    expect(commands('miss_appointment')).toEqual([{ type: 'miss_appointment', appointment: id(307) }]);
  });

  it('a code that is of nobody today opens what it is', async () => {
    await open('#/oggi');
    await scan('AB1001003');
    expect(location.hash).toContain(`/nucleo/${id(101)}`);
    expect(text()).toContain("D'Angelo Giovanni Battista");
  });

  it('parks with a reason', async () => {
    await open('#/oggi');
    find(`[data-row="${id(303)}"] a`).focus();
    await press('F6');
    const area = find<HTMLTextAreaElement>('dialog[open] textarea');
    area.value = 'Prende la delega';
    area.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    [...document.querySelectorAll<HTMLButtonElement>('dialog[open] .modal-footer button')].at(-1)?.click();
    await settle(40);
    expect(commands('park_appointment')).toEqual([{ type: 'park_appointment', appointment: id(303), reason: 'Prende la delega' }]);
  });
});

describe('booking', () => {
  it('two keys from the household: the first free slot is chosen already', async () => {
    await open(`#/nucleo/${id(109)}`);
    await press('F4');
    await settle(60);
    const slot = find<HTMLSelectElement>('sp-booking [name=slot] select');
    expect(slot.value).toBe('2021-03-15T10:00:00');
    await press('Enter', slot);
    await settle(60);
    expect(commands('book_appointment')).toEqual([{ type: 'book_appointment', household: id(109), person: null, service: id(41), site: id(21), start: '2021-03-15T10:00:00', overbook: null }]);
    expect(text()).toContain('Appuntamento fissato: Fiaschi Ivana');
  });

  it('a full slot is told and what was entered stays', async () => {
    await open(`#/nucleo/${id(113)}`);
    await press('F4');
    await settle(60);
    desk.fail = { name: 'book_appointment', after: false, error: { code: 'slot_full', message: 'La fascia è al completo. Nulla è stato prenotato.' } };
    await press('Enter', find('sp-booking [name=slot] select'));
    await settle(40);
    // Taking a place that is none is asked about, with a reason; given up, all stays as it was.
    expect(text()).toContain('La fascia è al completo. Aggiungere un posto?');
    await click('[data-testid=confirm-no]');
    expect(desk.appointments.some((a) => a.household === id(113))).toBe(false);
    expect(text()).toContain('Berti Lapo');
    await press('Enter', find('sp-booking [name=slot] select'));
    await settle(60);
    expect(text()).toContain('Appuntamento fissato: Berti Lapo');
    expect(desk.appointments.at(-1)).toMatchObject({ household: id(113), start: '2021-03-15T10:00:00' });
    await click('[data-testid=booking-undo]');
    expect(desk.appointments.at(-1)?.status).toBe('cancelled');
  });

  it('beyond capacity only deliberately, with a reason', async () => {
    await open(`#/nucleo/${id(113)}`);
    await press('F4');
    await settle(60);
    find<HTMLInputElement>('sp-booking [name=full] input').click();
    await settle(60);
    const slot = find<HTMLSelectElement>('sp-booking [name=slot] select');
    slot.value = '2021-03-15T10:30:00';
    slot.dispatchEvent(new Event('change', { bubbles: true }));
    await settle(40);
    await click('sp-booking .modal-footer .btn-primary');
    expect(commands('book_appointment')).toHaveLength(0);
    const area = find<HTMLTextAreaElement>('sp-booking [name=overbook] textarea');
    area.value = 'Urgenza segnalata';
    area.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    await click('sp-booking .modal-footer .btn-primary');
    await settle(40);
    expect(commands('book_appointment')[0]).toMatchObject({ start: '2021-03-15T10:30:00', overbook: 'Urgenza segnalata' });
  });

  it('moves', async () => {
    await open(`#/nucleo/${id(106)}`);
    await click('[data-testid=move]');
    await settle(60);
    await press('Enter', find('sp-booking [name=slot] select'));
    await settle(60);
    expect(commands('move_appointment')).toEqual([{ type: 'move_appointment', appointment: id(307), site: id(21), start: '2021-03-15T10:00:00', overbook: null }]);
  });
});

describe('Nucleo', () => {
  it('shows the amount left, where it comes from, and asks for custody here', async () => {
    await open(`#/nucleo/${id(110)}`);
    expect(find('[data-testid=remaining]').textContent).toBe('500,00\u00a0€');
    expect(text()).toContain('Lista buoni-spesa-marzo.xlsx del 22/02/2021, riga 12');
    await click('[data-testid=custody-ask]');
    [...document.querySelectorAll<HTMLButtonElement>('dialog[open] .modal-footer button')].at(-1)?.click();
    await settle(40);
    expect(commands('request_custody')).toEqual([{ type: 'request_custody', entitlement: id(210), to: null, reason: '' }]);
    expect(desk.entitlement(id(210)).custody.request?.to).toBe(DESK);
  });

  it('takes a delivery back only with a reason and with where the vouchers are', async () => {
    await open(`#/nucleo/${id(101)}`);
    await click('[data-testid=reverse]');
    await click('[data-testid=reverse-do]');
    expect(commands('reverse_delivery')).toHaveLength(0);
    find<HTMLInputElement>('sp-reverse input[value=yes]').click();
    const area = find<HTMLTextAreaElement>('sp-reverse textarea');
    area.value = 'Carnet sbagliato';
    area.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    await click('[data-testid=reverse-do]');
    await settle(40);
    expect(commands('reverse_delivery')).toEqual([{ type: 'reverse_delivery', entitlement: id(201), delivery: id(401), reason: 'Carnet sbagliato', returned: true }]);
  });

  it('corrects the address as it is written in Firenze, and leaves the rest as it was', async () => {
    await open(`#/nucleo/${id(103)}`);
    await press('F7');
    await fill('sp-contacts [name=number] input', '12/a r');
    await click('[data-testid=contacts-save]');
    await settle(40);
    const [correction] = commands('correct_household');
    expect(correction?.data.address).toEqual({ street: 'Via Gioberti', number: '12', colour: 'red', exponent: 'A' });
    expect(correction?.data.members).toHaveLength(4);
  });
});

describe('Magazzino', () => {
  it('takes booklets in by first and last serial', async () => {
    await open('#/magazzino');
    await press('F4');
    await settle(40);
    await press('Enter', await fill('sp-stock-receive [name=first] input', 'AB2000001'));
    await press('Enter', await fill('sp-stock-receive [name=last] input', 'AB2000050'));
    await fill('sp-stock-receive [name=note] input', 'DDT 119');
    await click('[data-testid=stock-do]');
    await settle(40);
    expect(commands('receive_stock')).toEqual([expect.objectContaining({ runs: [{ series: 'AB', first: 2_000_001, last: 2_000_050, width: 7 }], note: 'DDT 119' })]);
    expect(text()).toContain('275');
  });

  it('a number that is written and not added is not lost silently', async () => {
    await open('#/magazzino');
    await press('F4');
    await settle(40);
    await fill('sp-stock-receive [name=first] input', 'AB2000001');
    await click('[data-testid=stock-do]');
    expect(commands('receive_stock')).toHaveLength(0);
    expect(text()).toContain('non ancora aggiunto');
  });
});

describe('Ricerca', () => {
  it('answers while typing', async () => {
    await open('#/ricerca');
    await fill('#ricerca-text input', 'esposito');
    await wait(200);
    await settle(40);
    expect(text()).toContain('Esposito Anna');
  });
});

describe('hand-over by paper', () => {
  it('names one desk, then shows the code and prints for a sheet or a roll', async () => {
    await open(`#/nucleo/${id(105)}`);
    await click('[data-testid=slip-hand]');
    const choice = find<HTMLSelectElement>('dialog[open] select');
    choice.value = choice.options[1]?.value ?? '';
    choice.dispatchEvent(new Event('change', { bubbles: true }));
    await settle(5);
    await press('F2');
    expect(commands('hand_over')).toHaveLength(1);
    expect(find('[data-testid=slip-code]').textContent).toMatch(/^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$/u);
    const printed = (): unknown[] => desk.asked.filter((a) => a.name === 'query').map((a) => a.args['query'] as { type: string; document?: { thermal: boolean } }).filter((q) => q.type === 'document').map((q) => q.document?.thermal);
    await press('F8');
    await press('F7');
    expect(printed()).toEqual([true, false]);
  });

  it('takes a paper by a scan, as it is read, and tells why one is refused', async () => {
    await open(`#/nucleo/${id(110)}`);
    await click('[data-testid=slip-take]');
    await scan('SPORTELLO:C:0');
    expect(commands('accept_slip').map((c) => c.code)).toEqual(['SPORTELLO:C:0']);
    expect(find('dialog[open] [role=alert], dialog[open] .alert').textContent).toContain('tagliando');
    await fill('dialog[open] input', '15vqw 3k8zd 0m4ht r7n2c');
    find<HTMLFormElement>('dialog[open] form').requestSubmit();
    await settle(40);
    expect(commands('accept_slip').at(-1)?.code).toBe('15vqw 3k8zd 0m4ht r7n2c');
    expect(document.querySelector('dialog[open]')).toBeNull();
  });
});
