// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import * as format from '../src/format.ts';

const now = new Date('2021-03-15T09:00:00Z');
const value = <T>(p: format.Parsed<T>): T | string => (p.ok ? p.value : `no: ${p.why}`);

describe('dates', () => {
  it.each([
    ['5/3/2021', '2021-03-05'], ['05-03-2021', '2021-03-05'], ['5.3.2021', '2021-03-05'], ['5 3 2021', '2021-03-05'],
    ['05032021', '2021-03-05'], ['2021-03-05', '2021-03-05'], ['5/3', '2021-03-05'], [' oggi ', '2021-03-15'], ['Domani', '2021-03-16'],
    ['dopodomani', '2021-03-17'], ['ieri', '2021-03-14'], ['+7', '2021-03-22'], ['-15', '2021-02-28'], ['29/2/2020', '2020-02-29'],
  ])('%s is %s', (typed, day) => {
    expect(value(format.parseDate(typed, now))).toBe(day);
  });
  it.each(['1/2/21', '5/3/021', '5/3/20211'])('%s does not say its century', (typed) => {
    expect(value(format.parseDate(typed, now))).toContain('quattro cifre');
  });
  it.each(['29/2/2021', '31/4/2021', '0/3/2021', '5/13/2021'])('%s does not exist', (typed) => {
    expect(value(format.parseDate(typed, now))).toContain('non esiste');
  });
  it.each(['', 'marzo', '5', '5//', '+', '3/5/2021x'])('“%s” is not understood', (typed) => {
    expect(format.parseDate(typed, now).ok).toBe(false);
  });
  it('today is that of Italy', () => {
    expect(format.today(new Date('2021-07-01T22:30:00Z'))).toBe('2021-07-02');
    expect(format.today(new Date('2021-12-31T23:30:00Z'))).toBe('2022-01-01');
  });
  it('shows days, wall times and instants as Italians write them', () => {
    expect(format.date('2021-03-05')).toBe('05/03/2021');
    expect(format.wall('2021-03-05T09:30:00')).toBe('05/03/2021 09:30');
    expect(format.dateTime(Date.parse('2021-07-01T22:30:00Z'))).toBe('02/07/2021 00:30');
    expect(format.longDate('2021-03-05')).toBe('venerdì 5 marzo 2021');
  });
  it('adds days over the change of hour', () => {
    expect(format.addDays('2021-03-27', 2)).toBe('2021-03-29');
  });
});

describe('times', () => {
  it.each([['9', '09:00'], ['930', '09:30'], ['0930', '09:30'], ['9:30', '09:30'], ['9.30', '09:30'], ['9,30', '09:30'], ['09 30', '09:30'], ['ore 9', '09:00'], ['23:59', '23:59']])(
    '%s is %s', (typed, time) => {
      expect(value(format.parseTime(typed))).toBe(time);
    });
  it.each(['24:00', '9:60', '9:3', 'nove', ''])('%s is refused', (typed) => {
    expect(format.parseTime(typed).ok).toBe(false);
  });
});

describe('amounts', () => {
  it.each([
    ['1250', 125_000], ['1.250', 125_000], ['1.250,00', 125_000], ['1250,5', 125_050], ['12.50', 1250], ['12,5', 1250], ['€ 10', 1000], ['10 €', 1000],
    ['10 euro', 1000], ['1.250.000,99', 125_000_099], ['0', 0],
  ])('%s is %i cents', (typed, cents) => {
    expect(value(format.parseAmount(typed))).toBe(cents);
  });
  it.each(['1,250,00', '1.25.0', '12,505', '-5', 'dieci', '', '1.250.00'])('%s is refused', (typed) => {
    expect(format.parseAmount(typed).ok).toBe(false);
  });
  it('shows the dot of the thousands, which Italian data would leave out', () => {
    expect(format.amount(125_000)).toBe('1.250,00\u00a0€');
    expect(format.count(7000)).toBe('7.000');
    expect(format.percent(0.8341)).toBe('83,4\u00a0%');
  });
});

describe('how long ago', () => {
  it.each([[0, 'adesso'], [-5000, 'adesso'], [60_000, '1 minuto fa'], [180_000, '3 minuti fa'], [3_600_000, '1 ora fa'], [2 * 86_400_000, '2 giorni fa']])('%i ms: %s', (ms, text) => {
    expect(format.ago(now.getTime() - ms, now)).toBe(text);
  });
  it('gives the date after a week', () => {
    expect(format.ago(now.getTime() - 8 * 86_400_000, now)).toBe('07/03/2021 10:00');
  });
});
