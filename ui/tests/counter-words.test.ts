// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import { emptyDraft, readDraft } from '../src/screens/common/draft.ts';
import { addressText, numberText, parseNumber } from '../src/screens/common/words.ts';
import { monday } from '../src/screens/statistiche-period.ts';
import { between, countAll, firstSerial, from, lastSerial, runText, serial, subtract, take } from '../src/serial.ts';
import type { Run } from '../src/types.ts';

const run = (first: number, last: number): Run => ({ series: 'AB', first, last, width: 7 });

describe('serials, as the core reads them', () => {
  it('are letters then digits, however they are typed or scanned', () => {
    expect(between('ab 0001001', 'AB-0001050')).toEqual(run(1001, 1050));
    expect(firstSerial(run(1001, 1050))).toBe('AB0001001');
    expect(lastSerial(run(1001, 1050))).toBe('AB0001050');
    expect(runText(run(7, 7))).toBe('AB0000007');
    expect(serial('*0042*')).toEqual({ series: '', first: 42, last: 42, width: 4 });
  });
  it.each(['AB', '12A4', '', 'ABCDEFG1', '1234567890123456'])('%s is none', (text) => {
    expect(serial(text)).toBeNull();
  });
  it('a run stays in its series and goes forward', () => {
    expect(between('A10', 'B20')).toBeNull();
    expect(between('A20', 'A10')).toBeNull();
    expect(between('A010', 'A20')).toBeNull();
  });
  it('so many from one on, while the digits suffice', () => {
    expect(from('AB0001001', 50)).toEqual(run(1001, 1050));
    expect(from('AB99', 2)).toBeNull();
    expect(from('AB98', 2)).toEqual({ series: 'AB', first: 98, last: 99, width: 2 });
    expect(from('AB98', 0)).toBeNull();
  });
  it('what is taken out is not suggested again', () => {
    expect(subtract([run(1, 10)], [run(3, 4), run(9, 12)])).toEqual([run(1, 2), run(5, 8)]);
    expect(take([run(1, 3), run(10, 20)], 5)).toEqual([run(1, 3), run(10, 11)]);
    expect(countAll(take([run(1, 3)], 5))).toBe(3);
  });
});

describe('house numbers of Firenze', () => {
  it.each([
    ['12', '12', 'black', ''], ['12R', '12', 'red', ''], ['12 r', '12', 'red', ''], ['12 rosso', '12', 'red', ''], ['12/A', '12', 'black', 'A'], ['12/a', '12', 'black', 'A'],
    ['12/A r', '12', 'red', 'A'], ['12R/A', '12', 'red', 'A'], ['12 bis', '12', 'black', 'bis'], ['12/R', '12', 'black', 'R'], ['3 int. 4', '3', 'black', 'int. 4'], ['', '', 'black', ''], ['snc', '', 'black', 'snc'],
  ])('%s', (typed, number, colour, exponent) => {
    expect(parseNumber(typed)).toEqual({ number, colour, exponent });
  });
  it.each(['12', '12R', '12/A', '12R/A', '12 bis', '12R int. 3', 'snc', '12/R'])('%s is shown as it is understood', (text) => {
    expect(numberText(parseNumber(text))).toBe(text);
  });
  it('stand after the street', () => {
    expect(addressText({ street: 'Via Gioberti', number: '66', colour: 'red', exponent: '' })).toBe('Via Gioberti 66R');
    expect(addressText({ street: 'Piazza Alberti', number: '', colour: 'black', exponent: '' })).toBe('Piazza Alberti');
  });
});

describe('a draft that comes back from disk', () => {
  const kept = { ...emptyDraft(), step: 'vouchers' as const, number: 'CA1', runs: [run(1, 5)], act: { of: '{}', id: 'x' } };
  it('is as it was', () => {
    expect(readDraft(structuredClone(kept))).toEqual(kept);
  });
  it('is not taken on trust', () => {
    expect(readDraft(null)).toBeNull();
    expect(readDraft('x')).toBeNull();
    expect(readDraft({})).toBeNull();
    expect(readDraft({ ...kept, step: 'somewhere', document: 'bus_pass', runs: [{ series: 'AB', first: 9, last: 1, width: 7 }, 7], act: 3 })).toMatchObject({ step: 'who', document: 'identity_card', runs: [], act: null, number: 'CA1' });
  });
});

describe('weeks', () => {
  it.each([['2021-03-15', '2021-03-15'], ['2021-03-21', '2021-03-15'], ['2021-03-01', '2021-03-01'], ['2021-02-28', '2021-02-22']])('%s begins on %s', (day, begins) => {
    expect(monday(day)).toBe(begins);
  });
});
