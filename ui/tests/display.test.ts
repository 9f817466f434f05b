// SPDX-License-Identifier: EUPL-1.2
// The waiting room's screen: numbers and desks, never a name; a bell for each new call; it goes on when nobody answers.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setTransport } from '../src/bridge.ts';
import { clockOffset, newCalls, stillTrue } from '../src/display/calls.ts';
import '../src/display/display.ts';
import { isDisplay, openDisplayPage } from '../src/display/page.ts';
import { FakeDesk } from '../src/gallery/desk.ts';
import { NOW } from '../src/gallery/desk-data.ts';
import type { DisplayCall, DisplayView } from '../src/types.ts';

/** Counts what would be heard. */
let rung = 0;
class Silent {
  state = 'running';
  currentTime = 0;
  destination = {};
  private readonly node = { type: '', frequency: { value: 0 }, gain: { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined }, connect: () => this.node, start: () => undefined, stop: () => undefined };
  resume = (): Promise<void> => Promise.resolve();
  close = (): Promise<void> => Promise.resolve();
  createGain = (): unknown => this.node;
  createOscillator = (): unknown => {
    rung += 1;
    return this.node;
  };
}
/** Notes of one bell. */
const BELL = 2;

let desk: FakeDesk;
let tellChanged: () => void = () => undefined;
let locked = false;

const settle = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(20);
};
const text = (): string => (document.body.textContent ?? '').replaceAll(/\s+/g, ' ');
const callNext = (): Promise<unknown> => desk.invoke('execute', { command_id: crypto.randomUUID(), command: { type: 'call_next', service: null } });

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(NOW);
  vi.stubGlobal('AudioContext', Silent);
  rung = 0;
  locked = false;
  desk = new FakeDesk();
  setTransport({
    listen: (event, callback) => {
      if (event === 'changed') tellChanged = () => callback({ changed: [] });
      return Promise.resolve(() => undefined);
    },
    invoke: (name, args) => (locked ? Promise.reject({ code: 'session_locked', message: 'bloccata' }) : desk.invoke(name, args)),
  });
});
afterEach(() => {
  document.querySelector('sp-display')?.remove();
  document.documentElement.removeAttribute('data-display');
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the screen of the waiting room', () => {
  it('is its own page, in the language of its address, and asks for nothing but the calls', async () => {
    location.hash = '#/attesa?lingua=en';
    expect(isDisplay()).toBe(true);
    openDisplayPage();
    await settle();
    expect(text()).toContain('Now at the counter');
    expect(document.querySelector('sp-app')).toBeNull();
    expect(desk.asked.map((a) => [a.name, a.args['query']])).toEqual([['query', { type: 'display' }]]);
    location.hash = '#/oggi';
    expect(isDisplay()).toBe(false);
  });

  it('shows numbers, desks, how many wait and the time, and no name', async () => {
    openDisplayPage();
    await settle();
    expect(text()).toContain('A04');
    expect(text()).toContain('Sportello 4');
    expect(text()).toContain('5 persone in attesa');
    expect(document.querySelector('[data-testid=display-clock]')?.textContent).toBe('10:10');
    for (const h of desk.households) for (const m of h.household.data.members) expect(text()).not.toContain(m.surname);
  });

  it('rings for a new call and for a second one, not for what was called before', async () => {
    openDisplayPage();
    await settle();
    expect(rung).toBe(0);
    await callNext();
    tellChanged();
    await vi.advanceTimersByTimeAsync(400);
    expect(rung).toBe(BELL);
    expect(document.querySelector('.sp-call-new')?.textContent).toContain('A03');
    const called = desk.appointments.find((a) => a.ticket === 'A03');
    await desk.invoke('execute', { command_id: crypto.randomUUID(), command: { type: 'call_appointment', appointment: called?.id } });
    // Nothing tells it: it asks by itself.
    await vi.advanceTimersByTimeAsync(6000);
    expect(rung).toBe(2 * BELL);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(rung).toBe(2 * BELL);
    expect(document.querySelector('.sp-call-new')).toBeNull();
  });

  it('locked, it keeps what it knew, says since when, and its clock goes on; then it follows again', async () => {
    openDisplayPage();
    await settle();
    locked = true;
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    expect(text()).toContain('A04');
    expect(document.querySelector('[data-testid=display-clock]')?.textContent).toBe('10:15');
    expect(document.querySelector('[data-testid=display-old]')?.textContent).toContain('10:10');
    locked = false;
    await callNext();
    await vi.advanceTimersByTimeAsync(6000);
    expect(rung).toBe(BELL);
    expect(document.querySelector('[data-testid=display-old]')).toBeNull();
  });

  it('the next morning nobody is still called', async () => {
    openDisplayPage();
    await settle();
    locked = true;
    vi.setSystemTime(NOW + 22 * 3_600_000);
    await vi.advanceTimersByTimeAsync(2000);
    expect(text()).not.toContain('A04');
    expect(text()).toContain('Nessuno in attesa');
  });

  it('without any sound it shows the calls all the same', async () => {
    vi.stubGlobal('AudioContext', undefined);
    openDisplayPage();
    await settle();
    await callNext();
    tellChanged();
    await vi.advanceTimersByTimeAsync(400);
    expect(document.querySelector('.sp-call-new')?.textContent).toContain('A03');
  });
});

describe('what it concludes from an answer', () => {
  const call = (ticket: string, calls = 1, current = true): DisplayCall => ({ ticket, desk: 'Sportello 1', at: 1, calls, current });
  const view = (...calls: DisplayCall[]): DisplayView => ({ site: 'Q2', now: '2021-03-15T10:10:00', calls, waiting: 3 });

  it('a call is new once; a second call is another; what is over is none', () => {
    expect(newCalls(null, view(call('A01')))).toEqual([]);
    expect(newCalls(view(call('A01')), view(call('A01')))).toEqual([]);
    expect(newCalls(view(call('A01')), view(call('A01', 2)))).toEqual([call('A01', 2)]);
    expect(newCalls(view(), view(call('A02', 1, false)))).toEqual([]);
  });

  it('goes by the clock of the desk where that differs, and by the day', () => {
    expect(clockOffset(view(), NOW)).toBe(0);
    expect(clockOffset(view(), NOW + 30_000)).toBe(0);
    expect(clockOffset(view(), NOW - 3_600_000)).toBe(3_600_000);
    expect(stillTrue(view(call('A01')), '2021-03-15').calls).toHaveLength(1);
    expect(stillTrue(view(call('A01')), '2021-03-16')).toMatchObject({ calls: [], waiting: 0, site: 'Q2' });
  });
});
