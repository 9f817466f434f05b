// SPDX-License-Identifier: EUPL-1.2
import { layerChanged } from '../src/a11y.ts';
import { describe, expect, it } from 'vitest';
import { niceMax } from '../src/parts/chart.ts';
import { confirm, confirmWithReason } from '../src/parts/confirm.ts';
import { SpDate, SpText, SpAmount, validate } from '../src/parts/fields.ts';
import { SpTable, type Column } from '../src/parts/table.ts';
import { toast, undoLast } from '../src/parts/toasts.ts';
import { setTransport } from '../src/bridge.ts';
import { run } from '../src/store.ts';
import { serverAddress } from '../src/shell/first-start.ts';
import { syncWords, type Exchange } from '../src/shell/sync-words.ts';

const settle = async (): Promise<void> => {
  for (let i = 0; i < 6; i++) await new Promise((resolve) => setTimeout(resolve, 0));
};
function find<T extends Element>(selector: string, root: ParentNode = document): T {
  const element = root.querySelector<T>(selector);
  if (element === null) throw new Error(`no ${selector}`);
  return element;
}
function write(input: HTMLInputElement, text: string): void {
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

describe('fields', () => {
  it('link label, hint and error by ids', async () => {
    const field = Object.assign(new SpText(), { label: 'Nome', hint: 'Come sul documento', error: 'Manca' });
    document.body.append(field);
    await field.updateComplete;
    const input = find<HTMLInputElement>('input');
    expect(find<HTMLLabelElement>('label').htmlFor).toBe(input.id);
    const described = (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent?.trim());
    expect(described).toEqual(['Come sul documento', 'Manca']);
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(find('label').textContent).toContain('facoltativo');
  });
  it('understand when left, show it in full, and keep what was not understood', async () => {
    const field = Object.assign(new SpDate(), { label: 'Data', required: true });
    document.body.append(field);
    await field.updateComplete;
    const input = find<HTMLInputElement>('input');
    write(input, '5.3.2021');
    await field.updateComplete;
    expect([field.value, input.value]).toEqual(['2021-03-05', '05/03/2021']);
    write(input, '5/3/21');
    await field.updateComplete;
    expect([field.value, input.value]).toEqual([null, '5/3/21']);
    expect(field.textContent).toContain('quattro cifre');
    expect(validate(document.body)).toBe(false);
    write(input, '');
    await field.updateComplete;
    expect(validate(document.body)).toBe(false);
    await field.updateComplete;
    expect(field.textContent).toContain('Compilare');
    write(input, '6/3/2021');
    expect(validate(document.body)).toBe(true);
  });
  it('keep what a hand is typing when the screen sets another value', async () => {
    const field = Object.assign(new SpDate(), { label: 'Data' });
    document.body.append(field);
    await field.updateComplete;
    const input = find<HTMLInputElement>('input');
    input.focus();
    input.value = '6/3/20';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    field.value = '2021-02-12';
    await field.updateComplete;
    expect(input.value).toBe('6/3/20');
    write(input, '6/3/2021');
    expect(field.value).toBe('2021-03-06');
    input.blur();
    field.value = '2021-02-12';
    await field.updateComplete;
    expect(input.value).toBe('12/02/2021');
  });
  it('a date out of its limits says the limit', async () => {
    const field = Object.assign(new SpDate(), { label: 'Data', min: '2021-01-02', max: '2021-04-30' });
    document.body.append(field);
    await field.updateComplete;
    write(find<HTMLInputElement>('input'), '1/1/2021');
    await field.updateComplete;
    expect(field.textContent).toContain('02/01/2021');
  });
  it('an amount is cents', async () => {
    const field = Object.assign(new SpAmount(), { label: 'Importo', value: 125_000 });
    document.body.append(field);
    await field.updateComplete;
    expect(find<HTMLInputElement>('input').value).toBe('1.250,00');
    write(find<HTMLInputElement>('input'), '12,5');
    expect(field.value).toBe(1250);
  });
});

describe('the table', () => {
  interface Row { name: string; size: number | null }
  const rows: Row[] = [{ name: "D'Andrèa", size: 3 }, { name: 'Rossi', size: null }, { name: 'Àgostini', size: 10 }];
  const columns: Column<Row>[] = [{ id: 'name', label: 'Nome', value: (r) => r.name }, { id: 'size', label: 'Componenti', value: (r) => r.size, number: true }];
  async function table(more: Partial<SpTable<Row>> = {}): Promise<SpTable<Row>> {
    const element = Object.assign(new SpTable<Row>(), { caption: 'Nuclei', columns, rows, ...more });
    document.body.append(element);
    await element.updateComplete;
    return element;
  }
  const names = (t: SpTable<Row>): string[] => t.seen().map((r) => r.name);

  it('sorts as Italian does, with nothing last in both directions', async () => {
    const t = await table();
    t.order = { column: 'name', down: false };
    expect(names(t)).toEqual(['Àgostini', "D'Andrèa", 'Rossi']);
    t.order = { column: 'size', down: false };
    expect(names(t)).toEqual(["D'Andrèa", 'Àgostini', 'Rossi']);
    t.order = { column: 'size', down: true };
    expect(names(t)).toEqual(['Àgostini', "D'Andrèa", 'Rossi']);
  });
  it('says its order with aria-sort', async () => {
    const t = await table();
    find<HTMLButtonElement>('.sp-sort').click();
    await t.updateComplete;
    expect(find('th').getAttribute('aria-sort')).toBe('ascending');
  });
  it('filters without accents and apostrophes', async () => {
    const t = await table({ rows: Array.from({ length: 30 }, (_, i) => rows[i % 3] ?? { name: '', size: 0 }) });
    const box = find<HTMLInputElement>('input[type=search]');
    box.value = 'dandrea 3';
    box.dispatchEvent(new Event('input'));
    await t.updateComplete;
    expect(new Set(names(t))).toEqual(new Set(["D'Andrèa"]));
    expect(find('[role=status]').textContent).toContain('su 30');
  });
  it('turns pages with the keyboard and exports all that is seen', async () => {
    const t = await table({ rows: Array.from({ length: 60 }, (_, i) => ({ name: `N${String(i).padStart(2, '0')}`, size: i })), open: () => undefined });
    find('.sp-table').dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true, cancelable: true }));
    await t.updateComplete;
    await settle();
    expect(find('tbody th').textContent).toContain('N25');
    expect(document.activeElement?.textContent).toContain('N25');
    expect(t.exportSeen().rows).toHaveLength(60);
  });
  it('an empty one says what to do', async () => {
    const t = await table({ rows: [] });
    expect(t.textContent).toContain('Nessuna riga');
  });
});

describe('confirming', () => {
  it('names the consequence, and Esc or the cross mean no', async () => {
    const answer = confirm({ title: 'Annullare?', consequence: 'La fascia torna libera.', confirm: 'Annulla appuntamento', danger: true });
    await settle();
    expect(document.body.textContent).toContain('La fascia torna libera.');
    find('dialog').dispatchEvent(new Event('cancel', { cancelable: true }));
    expect(await answer).toBe(false);
  });
  it('wants the reason where one is wanted', async () => {
    const answer = confirmWithReason({ title: 'Stornare?', consequence: 'Resta scritto.', confirm: 'Storna', reason: { label: 'Motivo' } });
    await settle();
    const yes = [...document.querySelectorAll<HTMLButtonElement>('dialog .modal-footer button')].at(-1);
    yes?.click();
    await settle();
    expect(document.body.textContent).toContain('Indicare il motivo.');
    write(find<HTMLInputElement>('textarea'), 'carnet sbagliato');
    yes?.click();
    expect(await answer).toBe('carnet sbagliato');
  });
});

describe('notices', () => {
  it('can be undone while they stand, once', async () => {
    let undone = 0;
    toast({ text: 'Chiamato Rossi', undo: () => { undone += 1; } });
    await settle();
    expect(document.body.textContent).toContain('Chiamato Rossi');
    expect(undoLast()).toBe(true);
    expect(undoLast()).toBe(false);
    await settle();
    expect(undone).toBe(1);
  });
  it('that were there before a dialog opened cover nothing of it, but errors stay, and all are back when it closes', async () => {
    const words = (): string => find('.sp-toasts').textContent ?? '';
    toast({ text: 'Numero dato: A01' });
    toast({ text: 'Stampante spenta', tone: 'danger' });
    await settle();
    const dialog = document.createElement('dialog');
    document.body.append(dialog);
    dialog.open = true;
    layerChanged();
    toast({ text: 'Precedenza data' });
    await settle();
    expect(words()).not.toContain('A01');
    expect(words()).toContain('Stampante spenta');
    expect(words()).toContain('Precedenza data');
    dialog.open = false;
    layerChanged();
    await settle();
    for (const text of ['Numero dato: A01', 'Stampante spenta', 'Precedenza data']) expect(words()).toContain(text);
    dialog.remove();
  });
  it('offer no way back over what happened to the same thing since', async () => {
    const appointment = { kind: 'appointment', id: '0193a0b0-0000-7000-8000-000000000001' } as const;
    const other = { kind: 'appointment', id: '0193a0b0-0000-7000-8000-000000000002' } as const;
    const answers = [[other], [appointment]];
    setTransport({
      listen: () => Promise.resolve(() => undefined),
      invoke: (name, args) => Promise.resolve(name === 'execute' ? { command: args['command_id'], subject: null, changed: answers.shift() ?? [], delivery: null, import: null, undo: null, forced: false, repeated: false } : null),
    });
    toast({ text: 'Allo sportello: Rossi', undo: () => undefined, about: [appointment] });
    await settle();
    await run({ type: 'call_appointment', appointment: other.id });
    await settle();
    expect(find('.sp-toasts').textContent).toContain('Allo sportello: Rossi');
    await run({ type: 'close_appointment', appointment: appointment.id, outcome: 'served' });
    await settle();
    expect(find('.sp-toasts').textContent).not.toContain('Allo sportello: Rossi');
    expect(undoLast()).toBe(false);
  });
});

describe('the foot bar', () => {
  const now = new Date('2021-03-15T09:00:00Z');
  const well: Exchange = { online: true, syncing: false, fetching: null, last_sync: now.getTime() - 180_000, waiting: 0, on_stick: null, relay: { settings: {}, desk: null, online: false, last: null, handed: 0, problem: null, serving: null }, refused: 0, unprojected: 0, concern: 'none', stopped: null };
  it('tells the truth', () => {
    expect(syncWords(well, now)).toMatchObject({ tone: 'success', state: 'Connesso', last: 'Ultima sincronizzazione 3 minuti fa', waiting: 'Nulla da inviare' });
    expect(syncWords({ ...well, online: false, waiting: 12 }, now)).toMatchObject({ tone: 'neutral', waiting: '12 registrazioni da inviare' });
    expect(syncWords({ ...well, online: false, concern: 'warning' }, now).tone).toBe('warning');
    expect(syncWords({ ...well, concern: 'error' }, now).tone).toBe('danger');
    expect(syncWords({ ...well, stopped: { code: 'desk_revoked', message: 'Postazione revocata.' }, refused: 1 }, now)).toMatchObject({ tone: 'danger', more: ['1 registrazione non accettata dal centro', 'Questa postazione non può registrare'] });
    expect(syncWords({ ...well, last_sync: null }, now).last).toBe('Nessuna sincronizzazione finora');
  });
});

describe('charts', () => {
  it.each([[0, 1], [3, 4], [7, 8], [11, 20], [95, 100], [430, 500]])('%i is drawn up to %i', (max, top) => {
    expect(niceMax(max)).toBe(top);
  });
});

describe('the address of the server', () => {
  it.each([
    ['sportello.example.it', 'https://sportello.example.it'], ['https://a.it/', 'https://a.it'], ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'], ['http://localhost:1', 'http://localhost:1'],
    ['http://sportello.example.it', null], ['ftp://a.it', null], ['', null], ['https://', null],
  ])('%s → %s', (typed, address) => {
    expect(serverAddress(typed)).toBe(address);
  });
});
