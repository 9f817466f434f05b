// SPDX-License-Identifier: EUPL-1.2
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installKeyboard, pushScope, setScanHandler } from '../src/keys.ts';
import { ScanDetector } from '../src/scan.ts';

/** Feeds a text with a gap between keys; returns what was taken for a scan. */
function type(text: string, gap: number, { end = 'Enter', endGap = gap, repeat = false } = {}): string | null {
  const detector = new ScanDetector();
  let time = 1000;
  for (const key of text) {
    detector.feed({ key, time, repeat });
    time += gap;
  }
  return detector.feed({ key: end, time: time - gap + endGap }).scan;
}

describe('what is a scan', () => {
  it('takes fast characters with Enter or Tab', () => {
    expect(type('CCCFBA85D03L219P', 8)).toBe('CCCFBA85D03L219P');
    expect(type('CCCFBA85D03L219P', 50, { end: 'Tab' })).toBe('CCCFBA85D03L219P');
  });
  it('leaves what a person types, even a quick one', () => {
    expect(type('RSSMRA80A01D612Y', 51)).toBeNull();
    expect(type('CCCFBA85D03L219P', 120)).toBeNull();
  });
  it('leaves fast characters that a person ends with a slower Enter', () => {
    expect(type('CCCFBA85D03L219P', 8, { endGap: 51 })).toBeNull();
  });
  it('leaves short bursts: double letters, two keys struck at once', () => {
    expect(type('rossi', 10)).toBeNull();
  });
  it('leaves a key held down, which repeats about every 33 ms', () => {
    expect(type('aaaaaaaaaa', 33, { repeat: true })).toBeNull();
  });
  it('begins anew after a pause: what was typed before is not part of it', () => {
    const detector = new ScanDetector();
    let time = 0;
    for (const key of 'ros') detector.feed({ key, time: (time += 200) });
    time += 400;
    for (const key of '*A12345*') detector.feed({ key, time: (time += 10) });
    expect(detector.feed({ key: 'Enter', time: time + 10 }).scan).toBe('*A12345*');
  });
  it('is not broken by the Shift of capital letters, and is by any other key', () => {
    const detector = new ScanDetector();
    for (const [i, key] of ['A', 'Shift', 'B', 'C', 'Shift', 'D', 'E', 'F'].entries()) detector.feed({ key, time: i * 5 });
    expect(detector.feed({ key: 'Enter', time: 40 }).scan).toBe('ABCDEF');
    for (const [i, key] of ['A', 'B', 'C', 'Backspace', 'D', 'E', 'F'].entries()) detector.feed({ key, time: 1000 + i * 5 });
    expect(detector.feed({ key: 'Enter', time: 1035 }).scan).toBeNull();
  });
});

describe('scans and keys in the window', () => {
  let stop: () => void;
  let opened: string[];
  beforeEach(() => {
    opened = [];
    setScanHandler((text) => opened.push(text));
    stop = installKeyboard();
  });
  afterEach(() => stop());

  /** As a keyboard does: keydown, then the character unless prevented. */
  function press(target: HTMLElement, key: string, time: number, init: KeyboardEventInit = {}): boolean {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
    Object.defineProperty(event, 'timeStamp', { value: time });
    const goesOn = target.dispatchEvent(event);
    if (goesOn && key.length === 1 && target instanceof HTMLInputElement) {
      target.value += key;
      target.dispatchEvent(new Event('input', { bubbles: true }));
    }
    return goesOn;
  }
  function field(attributes = ''): HTMLInputElement {
    document.body.innerHTML = `<input ${attributes}>`;
    const input = document.querySelector('input');
    if (input === null) throw new Error('no field');
    input.focus();
    return input;
  }

  it('a scan into a field is opened, and the field is as it was before', () => {
    const input = field();
    input.value = 'Rossi';
    const seen: string[] = [];
    input.addEventListener('input', () => seen.push(input.value));
    let time = 5000;
    for (const key of 'CCCFBA85D03L219P') press(input, key, (time += 10));
    expect(press(input, 'Enter', time + 10)).toBe(false);
    expect(opened).toEqual(['CCCFBA85D03L219P']);
    expect(input.value).toBe('Rossi');
    expect(seen.at(-1)).toBe('Rossi');
  });
  it('what a person types into a field stays there, with its Enter', () => {
    const input = field();
    let time = 5000;
    for (const key of 'CCCFBA85D03L219P') press(input, key, (time += 90));
    expect(press(input, 'Enter', time + 90)).toBe(true);
    expect(opened).toEqual([]);
    expect(input.value).toBe('CCCFBA85D03L219P');
  });
  it.each(['data-scan="accept"', 'type="password"'])('a field with %s keeps its keys', (attributes) => {
    const input = field(attributes);
    let time = 5000;
    for (const key of 'CCCFBA85D03L219P') press(input, key, (time += 10));
    expect(press(input, 'Enter', time + 10)).toBe(true);
    expect(opened).toEqual([]);
    expect(input.value).toBe('CCCFBA85D03L219P');
  });
  it('a screen may take the scan; a dialog lets none through', () => {
    const taken: string[] = [];
    const drop = pushScope({ actions: () => [], scan: (text) => taken.push(text) > 0 });
    const scan = (text: string, from: number): void => {
      let time = from;
      for (const key of text) press(document.body, key, (time += 10));
      press(document.body, 'Enter', time + 10);
    };
    scan('A1234567', 1000);
    expect([taken, opened]).toEqual([['A1234567'], []]);
    const close = pushScope({ actions: () => [], modal: true });
    scan('B1234567', 9000);
    expect([taken, opened]).toEqual([['A1234567'], []]);
    close();
    drop();
  });
  it('F-keys start the action of the topmost scope, also from a field, and nothing beneath a dialog', () => {
    const done: string[] = [];
    const drop = pushScope({ actions: () => [{ label: 'screen', key: 'F2', run: () => done.push('screen') }] });
    const input = field();
    press(input, 'F2', 1000);
    const close = pushScope({ modal: true, actions: () => [] });
    press(input, 'F2', 2000);
    close();
    drop();
    expect(done).toEqual(['screen']);
  });
  it('Enter in a field or on a button stays theirs; `?` in a field is a question mark', () => {
    vi.useFakeTimers();
    const done: string[] = [];
    const drop = pushScope({ actions: () => [{ label: 'go', key: 'Enter', run: () => done.push('go') }, { label: 'keys', key: '?', run: () => done.push('keys') }] });
    const input = field();
    press(input, 'Enter', 1000);
    press(input, '?', 2000);
    press(document.body, 'Enter', 3000);
    press(document.body, '?', 4000);
    vi.advanceTimersByTime(100);
    drop();
    vi.useRealTimers();
    expect(done).toEqual(['go', 'keys']);
  });
  it('a `?` inside a scan opens no dialog', () => {
    vi.useFakeTimers();
    const done: string[] = [];
    const drop = pushScope({ actions: () => [{ label: 'keys', key: '?', run: () => done.push('keys') }] });
    let time = 5000;
    for (const key of '?B1234567') press(document.body, key, (time += 10));
    vi.advanceTimersByTime(100);
    press(document.body, 'Enter', time + 10);
    drop();
    vi.useRealTimers();
    expect(done).toEqual([]);
    expect(opened).toEqual(['?B1234567']);
  });
});
