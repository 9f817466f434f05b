// SPDX-License-Identifier: EUPL-1.2
// Agenda, hours and statistics over the desk in memory, driven by keys, pointer and files.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setTransport } from '../src/bridge.ts';
import { setDeskClock } from '../src/format.ts';
import { FakeDesk } from '../src/gallery/desk.ts';
import { id, NOW, SITE } from '../src/gallery/desk-data.ts';
import { holidays, serviceDay, spread, staffed } from '../src/gallery/diary-rules.ts';
import { weekOf } from '../src/gallery/diary.ts';
import '../src/parts/fields.ts';
import '../src/parts/table.ts';
import { SpChart, ticksUpTo } from '../src/parts/chart.ts';
import { undoLast } from '../src/parts/toasts.ts';
import { closedText } from '../src/screens/agenda-words.ts';
import '../src/screens/index.ts';
import { nextSpan } from '../src/screens/orari-week.ts';
import { hoursProblems, newWeek } from '../src/screens/orari-rules.ts';
import { periodOf, shifted, stretch } from '../src/screens/statistiche-period.ts';
import '../src/shell/app.ts';
import { setLanguage } from '../src/i18n.ts';
import { forgetAll } from '../src/store.ts';
import type { Command, SiteHours } from '../src/types.ts';

let desk: FakeDesk;

async function settle(rounds = 30): Promise<void> {
  for (let i = 0; i < rounds; i++) await new Promise((resolve) => setTimeout(resolve, 0));
}
async function open(hash: string): Promise<void> {
  location.hash = hash;
  document.body.append(document.createElement('sp-app'));
  for (let i = 0; i < 150 && document.querySelector('.sp-main .sp-page-header') === null; i++) await new Promise((resolve) => setTimeout(resolve, 20));
  await settle(60);
}
const text = (): string => (document.body.textContent ?? '').replaceAll(/\s+/g, ' ');
function find<T extends Element = HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector);
  if (element === null) throw new Error(`no ${selector} in ${text()}`);
  return element;
}
async function press(key: string, target: EventTarget = document.activeElement ?? document.body): Promise<void> {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await settle();
}
async function click(selector: string): Promise<void> {
  find(selector).click();
  await settle(60);
}
async function change(selector: string, value: string): Promise<void> {
  const input = find<HTMLInputElement>(selector);
  input.focus();
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
  await settle(20);
}
const commands = <T extends Command['type']>(type: T): Extract<Command, { type: T }>[] =>
  desk.asked.filter((a) => a.name === 'execute').map((a) => a.args['command'] as Command).filter((c): c is Extract<Command, { type: T }> => c.type === type);
const startOf = (appointment: string): string | undefined => desk.appointments.find((a) => a.id === appointment)?.start;
const asSupervisor = (): void => {
  if (desk.state.session) desk.state.session.role = 'supervisor';
};

beforeEach(() => {
  desk = new FakeDesk();
  setTransport(desk);
  setDeskClock(NOW);
  forgetAll();
});
afterEach(async () => {
  document.querySelector('sp-app')?.remove();
  await settle(5);
  forgetAll();
});

describe('the day', () => {
  it('is gone through with arrows, and Enter books the slot', async () => {
    await open('#/agenda?giorno=2021-03-16');
    const slots = [...document.querySelectorAll<HTMLElement>('[data-slot]')];
    slots[0]?.focus();
    await press('ArrowDown');
    expect(document.activeElement).toBe(slots[1]);
    expect(slots.filter((s) => s.tabIndex === 0)).toEqual([slots[1]]);
    await press('End');
    expect(document.activeElement).toBe(slots.at(-1));
    slots[1]?.click();
    await settle(60);
    expect(find<HTMLSelectElement>('sp-booking [name=slot] select').value).toBe('2021-03-16T09:15:00');
  });

  it('leads from a full slot to who is in it', async () => {
    await open('#/agenda?giorno=2021-03-17');
    const full = document.querySelector<HTMLElement>('tr[data-drop="2021-03-17T10:00:00"] [data-slot]');
    full?.focus();
    full?.click();
    await settle();
    expect((document.activeElement as HTMLElement).dataset['row']).toBe(id(350));
    await press('ArrowDown');
    expect((document.activeElement as HTMLElement).dataset['row']).toBe(id(351));
    await press('ArrowLeft');
    expect(document.activeElement).toBe(full);
  });

  it('says why nobody is served, in both languages', async () => {
    await open('#/agenda?giorno=2021-04-05');
    expect(text()).toContain("Chiuso per festività: Lunedì dell'Angelo.");
    setLanguage('en');
    expect(closedText({ because: 'holiday', holiday: 'easter_monday' })).toBe('Closed for a holiday: Easter Monday.');
    expect(closedText({ because: 'closure', reason: 'Strike' })).toBe('Closed: Strike.');
  });

  it('offers to move whoever was booked last of those who are one too many, and takes it back', async () => {
    await open('#/agenda');
    expect(text()).toContain('1 fascia ha più appuntamenti dei posti');
    find('[data-testid=conflict-move]').focus();
    await click('[data-testid=conflict-move]');
    expect(commands('move_appointment')).toMatchObject([{ appointment: id(352), site: SITE, overbook: null }]);
    expect(startOf(id(352))).not.toBe('2021-03-17T10:00:00');
    expect(text()).not.toContain('più appuntamenti dei posti');
    expect(document.activeElement?.tagName).toBe('H1');
    expect(undoLast()).toBe(true);
    await settle(60);
    // The place that it left was one too many: to go back there needs a reason, as anywhere.
    expect(commands('move_appointment').at(-1)).toMatchObject({ appointment: id(352), start: '2021-03-17T10:00:00', overbook: null });
    expect(text()).toContain('La fascia è al completo. Aggiungere un posto?');
  });

  it('moves what is dragged to another slot; a full one asks why', async () => {
    await open('#/agenda?giorno=2021-03-17');
    const drag = async (to: string): Promise<void> => {
      const row = find(`.sp-agenda li[data-row="${id(352)}"]`);
      const target = find(`tr[data-drop="${to}"]`);
      document.elementFromPoint = () => target;
      row.dispatchEvent(new MouseEvent('pointerdown', { bubbles: true, button: 0, clientX: 5, clientY: 5 }));
      document.dispatchEvent(new MouseEvent('pointermove', { clientX: 60, clientY: 90 }));
      document.dispatchEvent(new MouseEvent('pointerup', {}));
      await settle(60);
    };
    await drag('2021-03-17T10:30:00');
    expect(commands('move_appointment')).toMatchObject([{ appointment: id(352), start: '2021-03-17T10:30:00', overbook: null }]);
    expect(text()).toContain('Spostato: Ricci Ada, mer 17/03/2021 10:30.');
    await drag('2021-03-17T10:00:00');
    expect(startOf(id(352))).toBe('2021-03-17T10:30:00');
    expect(text()).toContain('La fascia è al completo. Aggiungere un posto?');
    const why = find<HTMLTextAreaElement>('sp-confirm textarea');
    why.value = 'Urgenza';
    why.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    await click('[data-testid=confirm-yes]');
    expect(commands('move_appointment').at(-1)).toMatchObject({ start: '2021-03-17T10:00:00', overbook: 'Urgenza' });
    expect(startOf(id(352))).toBe('2021-03-17T10:00:00');
  });

  it('Esc gives a drag up', async () => {
    await open('#/agenda?giorno=2021-03-17');
    document.elementFromPoint = () => find('tr[data-drop="2021-03-17T10:30:00"]');
    find(`.sp-agenda li[data-row="${id(352)}"]`).dispatchEvent(new MouseEvent('pointerdown', { bubbles: true, button: 0, clientX: 5, clientY: 5 }));
    document.dispatchEvent(new MouseEvent('pointermove', { clientX: 60, clientY: 90 }));
    expect(document.querySelector('.sp-ghost')).not.toBeNull();
    await press('Escape', document.body);
    document.dispatchEvent(new MouseEvent('pointerup', {}));
    await settle();
    expect(document.querySelector('.sp-ghost')).toBeNull();
    expect(commands('move_appointment')).toHaveLength(0);
  });

  it('prints its list and saves its calendar', async () => {
    await open('#/agenda?giorno=2021-03-17');
    await press('F8');
    await press('F9');
    await settle(40);
    expect(desk.asked.filter((a) => a.name === 'query').map((a) => a.args['query'])).toEqual(expect.arrayContaining([
      expect.objectContaining({ type: 'document', document: { type: 'day_list', site: SITE, day: '2021-03-17' } }),
      { type: 'calendar', appointment: null, site: SITE, from: '2021-03-17', to: '2021-03-17' },
    ]));
    expect(desk.files.map((f) => f.how)).toEqual(['print_file', 'save_file']);
  });

  it('takes a series in only after it was looked at, and the same twice does nothing', async () => {
    const list = (): File => new File(['nome;telefono;giorno;ora\nNeri Luca;;16/03/2021;09:30\nLapi Ugo;;17/03/2021;10:00\nMori Eva;;domani;dieci\n'], 'serie.csv');
    const give = async (): Promise<void> => {
      await open('#/agenda');
      await press('F3');
      await settle(40);
      const input = find<HTMLInputElement>('#series-file');
      Object.defineProperty(input, 'files', { value: [list()], configurable: true });
      input.dispatchEvent(new Event('change'));
      for (let i = 0; i < 60 && document.querySelector('[data-testid=series-rows]') === null; i++) await settle(10);
    };
    await give();
    expect(text()).toContain('3 righe lette, 1 da prenotare');
    expect(text()).toContain('al completo');
    expect(commands('import_appointments')).toHaveLength(0);
    await press('F9');
    await settle(60);
    expect(commands('import_appointments')).toMatchObject([{ service: id(41), site: SITE }]);
    expect(desk.appointments.some((a) => a.person?.name === 'Neri Luca' && a.start === '2021-03-16T09:30:00')).toBe(true);
    document.querySelector('sp-app')?.remove();
    await give();
    expect(text()).toContain("C'è già");
    expect(find<HTMLButtonElement>('[data-testid=series-do]').disabled).toBe(true);
  });
});

describe('the week', () => {
  it('is a grid: arrows go to other days and to those who are booked, Enter opens the day there', async () => {
    await open('#/agenda?vista=settimana&giorno=2021-03-17');
    const at = (day: string, time: string): HTMLElement => find(`td[data-day="${day}"][data-time="${time}"] [data-item]`);
    at('2021-03-16', '10:00').focus();
    await press('ArrowRight');
    expect(document.activeElement).toBe(at('2021-03-17', '10:00'));
    await press('ArrowDown');
    expect(document.activeElement?.textContent).toBe('Conti Lucia');
    (document.activeElement as HTMLElement).click();
    await settle(60);
    expect(location.hash).toContain(`appuntamento=${id(350)}`);
    expect(location.hash).not.toContain('vista');
  });

  it('shows a closed day with its reason, where it falls', async () => {
    await open('#/agenda?vista=settimana&giorno=2021-03-22');
    expect(find('.sp-week-closed').textContent).toBe('Chiuso: Disinfestazione dei locali.');
    expect(text()).toContain('Senza orario: sabato, domenica.');
  });
});

describe('Orari', () => {
  it('says first whom a change touches, and moves those who were chosen in one act', async () => {
    asSupervisor();
    await open('#/orari');
    await click('[data-testid=add-closure]');
    const last = 'tr[data-testid=closure]:last-child';
    await change(`${last} td:nth-child(2) input`, '17/03/2021');
    await change(`${last} td:nth-child(1) input`, '17/03/2021');
    await change(`${last} td:nth-child(5) input`, 'Sciopero');
    await press('F2');
    await settle(60);
    expect(commands('define_hours')).toHaveLength(0);
    expect(document.querySelectorAll('[data-testid=touched]')).toHaveLength(3);
    expect(text()).toContain('Chiuso: Sciopero.');
    find<HTMLInputElement>('[data-testid=touched] input').click();
    await settle();
    expect(text()).toContain('1 appuntamento resterà dov\'è, fuori orario.');
    await click('[data-testid=impact-do]');
    expect(commands('define_hours')).toHaveLength(1);
    expect(commands('move_appointments')).toMatchObject([{ moves: [{ appointment: id(351) }, { appointment: id(352) }], overbook: null }]);
    expect(startOf(id(350))).toBe('2021-03-17T10:00:00');
    expect(startOf(id(352))).not.toContain('2021-03-17');
  });

  it('is refused here what makes no sense', () => {
    const hours: SiteHours = { site: SITE, weeks: [newWeek()], closures: [], extra: [], open_on_holidays: false };
    expect(hoursProblems(hours)).toEqual([]);
    const span = { weekday: 1, from: '12:00:00', to: '14:00:00', staff: 1 };
    expect(hoursProblems({ ...hours, weeks: [{ ...newWeek(), spans: [...newWeek().spans, span] }] })).toEqual(['Orario 1, lunedì: due tratti si sovrappongono.']);
    expect(hoursProblems({ ...hours, weeks: [{ ...newWeek(), valid_from: '2021-05-01', valid_to: '2021-04-01' }] })).toHaveLength(1);
    expect(hoursProblems({ ...hours, extra: [{ day: '2021-03-20', from: '12:00:00', to: '09:00:00', staff: 1, reason: 'x' }] })).toHaveLength(1);
    expect(nextSpan(2, [{ weekday: 2, from: '09:00:00', to: '13:00:00', staff: 3 }])).toEqual({ weekday: 2, from: '14:30:00', to: '17:30:00', staff: 3 });
  });
});

describe('Statistiche', () => {
  it('names periods, and goes from one to the next', () => {
    expect(stretch('last-month', '2021-03-15')).toEqual({ from: '2021-02-01', to: '2021-02-28' });
    expect(stretch('week', '2021-03-21')).toEqual({ from: '2021-03-15', to: '2021-03-21' });
    expect(periodOf({ from: '2021-03-14', to: '2021-03-14' }, '2021-03-15')).toBe('yesterday');
    expect(periodOf({ from: '2021-03-03', to: '2021-03-09' }, '2021-03-15')).toBeNull();
    expect(shifted({ from: '2021-03-01', to: '2021-03-31' }, -1)).toEqual({ from: '2021-02-01', to: '2021-02-28' });
    expect(shifted({ from: '2021-01-01', to: '2021-12-31' }, 1)).toEqual({ from: '2022-01-01', to: '2022-12-31' });
    expect(shifted({ from: '2021-03-15', to: '2021-03-21' }, 1)).toEqual({ from: '2021-03-22', to: '2021-03-28' });
  });

  it('shows a day by hour, each chart with its table, and exports the period', async () => {
    asSupervisor();
    await open('#/statistiche?da=2021-03-15&a=2021-03-15');
    expect(document.querySelectorAll('sp-chart table')).toHaveLength(2);
    find<HTMLInputElement>('[name=cut] input[value=service]').click();
    await settle(60);
    expect(location.hash).toContain('per=service');
    expect(document.querySelectorAll('sp-chart table')).toHaveLength(3);
    await press('F6');
    await click('[data-testid=export-save]');
    expect(desk.asked.filter((a) => a.name === 'query').map((a) => a.args['query'])).toContainEqual({ type: 'export', table: { type: 'statistics', from: '2021-03-15', to: '2021-03-15', site: null, service: null }, format: 'xlsx' });
  });

  it('draws load within capacity, and long names lying', async () => {
    const chart = Object.assign(new SpChart(), { kind: 'load', labels: ['lun', 'mar'], series: [{ name: 'Posti', values: [10, 10] }, { name: 'Prenotati', values: [8, 12] }] });
    document.body.append(chart);
    await chart.updateComplete;
    expect(chart.querySelectorAll('.sp-chart-frame rect, .sp-chart-0 rect').length).toBeGreaterThanOrEqual(4);
    chart.kind = 'rows';
    await chart.updateComplete;
    expect([...chart.querySelectorAll('svg[role=img] text')].map((x) => x.textContent)).toEqual(['lun', '10', '8', 'mar', '10', '12']);
    expect(ticksUpTo(5)).toEqual([0, 1, 2, 3, 4, 5]);
    expect([1, 2, 4, 5, 8, 10, 20, 300, 600].every((max) => ticksUpTo(max).every((x) => Number.isInteger(x)))).toBe(true);
  });
});

describe('the fake diary keeps the core’s rules', () => {
  it('knows holidays, closures of some hours, extra openings and the week that began last', () => {
    expect(holidays(2021).filter((h) => h.holiday.startsWith('easter'))).toEqual([{ day: '2021-04-04', holiday: 'easter' }, { day: '2021-04-05', holiday: 'easter_monday' }]);
    const hours: SiteHours = {
      site: SITE, weeks: [weekOf(3), { ...weekOf(1), valid_from: '2021-06-01' }], open_on_holidays: false,
      closures: [{ from: '2021-03-16', to: '2021-03-16', from_time: '10:00:00', to_time: '11:00:00', reason: 'x' }], extra: [{ day: '2021-04-05', from: '09:00:00', to: '10:00:00', staff: 2, reason: 'y' }],
    };
    expect(staffed(hours, '2021-03-16').times).toEqual([{ from: '08:30:00', to: '10:00:00', staff: 3 }, { from: '11:00:00', to: '13:00:00', staff: 3 }]);
    expect(staffed(hours, '2021-04-05').times).toEqual([{ from: '09:00:00', to: '10:00:00', staff: 2 }]);
    expect(staffed(hours, '2021-06-03').times[0]?.staff).toBe(1);
    const service = { id: id(41), name: 'x', name_en: 'x', minutes: 30, requirements: [], sites: [SITE], openings: [], closed: [], campaign: null, active: true };
    expect(serviceDay(service, hours, SITE, '2021-04-05').slots).toEqual([{ start: '2021-04-05T09:00:00', capacity: 2 }, { start: '2021-04-05T09:30:00', capacity: 2 }]);
    expect(spread([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 99_999])).toEqual({ n: 10, median: 50, p90: 90, excluded: 1 });
  });
});
