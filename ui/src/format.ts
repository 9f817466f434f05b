// SPDX-License-Identifier: EUPL-1.2
// How dates, times and amounts are shown, and how what a person types is understood: tolerant input, strict meaning.
// As the desk speaks: days are `aaaa-mm-gg` (no hour, no zone), wall times `aaaa-mm-ggThh:mm:ss` in Italy, instants
// milliseconds since 1970, amounts whole cents.
import { language, t } from './i18n.ts';

export const ZONE = 'Europe/Rome';

const inRome = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});

function partsInRome(instant: Date): { day: string; time: string } {
  const p: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const part of inRome.formatToParts(instant)) p[part.type] = part.value;
  return { day: `${p.year}-${p.month}-${p.day}`, time: `${p.hour}:${p.minute}` };
}

let offset = 0;
/** The desk's clock may not be this window's (a demonstration runs on another day): every answer of `status` tells it. */
export function setDeskClock(instant: number): void {
  offset = instant - Date.now();
}
/** Now, by the desk's clock. */
export const deskNow = (): Date => new Date(Date.now() + offset);

/** Today at the desk, `aaaa-mm-gg`. */
export const today = (now = deskNow()): string => partsInRome(now).day;

/** `2021-03-05` → `05/03/2021`. */
export function date(day: string): string {
  const [y, m, d] = day.split('-');
  return `${d}/${m}/${y}`;
}

/** `2021-03-05` → `venerdì 5 marzo 2021`. */
export function longDate(day: string): string {
  return new Intl.DateTimeFormat(language(), { timeZone: 'UTC', dateStyle: 'full' }).format(new Date(`${day}T00:00:00Z`));
}

/** `2021-03-05` → `venerdì`. */
export function weekday(day: string): string {
  return new Intl.DateTimeFormat(language(), { timeZone: 'UTC', weekday: 'long' }).format(new Date(`${day}T00:00:00Z`));
}

/** `09:30:00` → `09:30`. */
export const time = (value: string): string => value.slice(0, 5);

/** A wall time, as `05/03/2021 09:30`. */
export const wall = (value: string): string => `${date(value.slice(0, 10))} ${wallTime(value)}`;
/** A wall time, as its `09:30`. */
export const wallTime = (value: string): string => value.slice(11, 16);

/** An instant, as `05/03/2021 09:30` in Rome. */
export function dateTime(instant: number): string {
  const { day, time: hm } = partsInRome(new Date(instant));
  return `${date(day)} ${hm}`;
}

/** An instant, as its `09:30` in Rome. */
export const timeOf = (instant: number): string => partsInRome(new Date(instant)).time;
/** An instant, as its day `aaaa-mm-gg` in Rome. */
export const dayOf = (instant: number): string => partsInRome(new Date(instant)).day;

// `useGrouping: 'always'`: Italian data would leave 1250 without its dot.
const euro = new Intl.NumberFormat('it', { minimumFractionDigits: 2, maximumFractionDigits: 2, useGrouping: 'always' });
const whole = new Intl.NumberFormat('it', { maximumFractionDigits: 0, useGrouping: 'always' });

/** Cents → `1.250,00 €` (no-break space). */
export const amount = (cents: number): string => `${euro.format(cents / 100)}\u00a0€`;
/** 7000 → `7.000`. */
export const count = (n: number): string => whole.format(n);
/** 0.834 → `83,4 %`. */
export const percent = (ratio: number, digits = 1): string =>
  `${new Intl.NumberFormat('it', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(ratio * 100)}\u00a0%`;

/** `adesso`, `3 minuti fa`, `2 ore fa`, `3 giorni fa`, then date and time. Never "in the future": clocks differ. */
export function ago(instant: number, now = deskNow()): string {
  const minutes = Math.floor((now.getTime() - instant) / 60_000);
  if (minutes < 1) return t('time-now');
  if (minutes < 60) return t('time-minutes-ago', { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return t('time-hours-ago', { n: hours });
  const days = Math.floor(hours / 24);
  if (days < 7) return t('time-days-ago', { n: days });
  return dateTime(instant);
}

/** How long: 75 minutes → `1 h 15 min`. */
export function duration(minutes: number): string {
  const n = Math.max(0, Math.floor(minutes));
  const h = Math.floor(n / 60);
  return h === 0 ? t('time-duration-minutes', { n }) : t('time-duration-hours', { h, m: n % 60 });
}

/** `day` plus `n` days. */
export function addDays(day: string, n: number): string {
  const d = new Date(`${day}T00:00:00Z`);
  d.setUTCDate(d.getUTCDate() + n);
  return d.toISOString().slice(0, 10);
}

export type Parsed<T> = { ok: true; value: T } | { ok: false; why: string };
const good = <T>(value: T): Parsed<T> => ({ ok: true, value });
const bad = (why: string): { ok: false; why: string } => ({ ok: false, why });

const WORDS: Record<string, number> = {
  oggi: 0, today: 0, domani: 1, tomorrow: 1, dopodomani: 2, ieri: -1, yesterday: -1,
};

/**
 * What a person types as a day: `5/3/2021`, `05-03-2021`, `5.3.2021`, `05032021`, `2021-03-05`, `5/3` (this year), `oggi`,
 * `domani`, `dopodomani`, `ieri`, `+7`, `-1`. A year of two digits is refused: it does not say which century.
 */
export function parseDate(text: string, now = deskNow()): Parsed<string> {
  const typed = text.trim().toLowerCase();
  const base = today(now);
  const word = WORDS[typed];
  if (word !== undefined) return good(addDays(base, word));
  const shift = /^([+-])\s?(\d{1,3})$/.exec(typed);
  if (shift) return good(addDays(base, Number(`${shift[1]}${shift[2]}`)));

  let d: string | undefined;
  let m: string | undefined;
  let y: string | undefined;
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed);
  const run = /^(\d{2})(\d{2})(\d{4})$/.exec(typed);
  const split = /^(\d{1,2})[\s/.-]+(\d{1,2})(?:[\s/.-]+(\d+))?$/.exec(typed);
  if (iso) [, y, m, d] = iso;
  else if (run) [, d, m, y] = run;
  else if (split) {
    [, d, m, y] = split;
    y ??= base.slice(0, 4);
  }
  if (d === undefined || m === undefined || y === undefined) return bad(t('date-not-understood'));
  if (y.length !== 4) return bad(t('date-year-four-digits'));
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  const real = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(real.getTime()) || real.toISOString().slice(0, 10) !== day) return bad(t('date-does-not-exist', { text: text.trim() }));
  return good(day);
}

/** `9`, `930`, `9:30`, `9.30`, `09,30`, `9 30` → `09:30`. */
export function parseTime(text: string): Parsed<string> {
  const typed = text.trim().replace(/^ore\s+/i, '');
  const m = /^(\d{1,2})(?:[:.,h\s](\d{2}))?$/i.exec(typed) ?? /^(\d{1,2})(\d{2})$/.exec(typed);
  if (!m) return bad(t('time-not-understood'));
  const hours = Number(m[1]);
  const minutes = Number(m[2] ?? '0');
  if (hours > 23 || minutes > 59) return bad(t('time-does-not-exist', { text: typed }));
  return good(`${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);
}

/**
 * `1250`, `1.250`, `1.250,00`, `1250,5`, `12.50` (the dot of the numeric pad), `€ 10`, `10 €`, `10 euro` → cents.
 * A dot before exactly three digits groups thousands, as Italian writes; anything that could mean two amounts is refused.
 */
export function parseAmount(text: string): Parsed<number> {
  const typed = text.trim().toLowerCase().replace(/^€\s*|\s*(€|euro)$/g, '').replaceAll(/[\s\u00a0']/g, '');
  const m =
    /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$/.exec(typed) ??
    /^(\d+)\.(\d{1,2})$/.exec(typed);
  if (!m?.[1]) return bad(t('amount-not-understood'));
  const cents = Number(m[1].replaceAll('.', '')) * 100 + Number((m[2] ?? '0').padEnd(2, '0'));
  return Number.isSafeInteger(cents) ? good(cents) : bad(t('amount-not-understood'));
}
