// SPDX-License-Identifier: EUPL-1.2
// When people can be served, as the core's `agenda` says it: for the fake desks of the gallery and the tests. The real rules are the core's.
import type { AppointmentRow, Closed, Holiday, HolidayRow, Service, ServiceRules, SiteHours, Spread, StaffedTime, VisitFigures } from '../types.ts';

export const addDay = (day: string, n: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
/** `09:30:00` in minutes. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const timeOf = (m: number): string => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}:00`;

/** Easter Sunday (Meeus, Jones and Butcher). */
function easter(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((8 * b + 13) / 25) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return `${year}-${String(Math.floor(n / 31)).padStart(2, '0')}-${String((n % 31) + 1).padStart(2, '0')}`;
}

const FIXED: readonly [string, Holiday][] = [
  ['01-01', 'new_year'], ['01-06', 'epiphany'], ['04-25', 'liberation'], ['05-01', 'labour'], ['06-02', 'republic'], ['06-24', 'saint_john'],
  ['08-15', 'assumption'], ['11-01', 'all_saints'], ['12-08', 'immaculate'], ['12-25', 'christmas'], ['12-26', 'saint_stephen'],
];
export function holidays(year: number): HolidayRow[] {
  const sunday = easter(year);
  return [...FIXED.map(([day, holiday]) => ({ day: `${year}-${day}`, holiday })), { day: sunday, holiday: 'easter' as const }, { day: addDay(sunday, 1), holiday: 'easter_monday' as const }]
    .toSorted((x, y) => x.day.localeCompare(y.day));
}

/** What is left of a time once a closure of some hours is taken out. */
function without(time: StaffedTime, from: string | null, to: string | null): StaffedTime[] {
  const a = from !== null && from > time.from ? from : time.from;
  const b = to !== null && to < time.to ? to : time.to;
  if (b <= a) return [time];
  return [{ ...time, to: a }, { ...time, from: b }].filter((x) => x.from < x.to);
}

/** Who serves when on a day, or why nobody does. */
export function staffed(hours: SiteHours, day: string): { times: StaffedTime[]; closed: Closed | null } {
  const holiday = hours.open_on_holidays ? undefined : holidays(Number(day.slice(0, 4))).find((h) => h.day === day)?.holiday;
  const week = hours.weeks.filter((w) => (w.valid_from ?? '') <= day && (w.valid_to === null || day <= w.valid_to)).toSorted((x, y) => (x.valid_from ?? '').localeCompare(y.valid_from ?? '')).at(-1);
  let times: StaffedTime[] = holiday === undefined ? (week?.spans ?? []).filter((s) => s.weekday === weekdayOf(day)).map(({ from, to, staff }) => ({ from, to, staff })) : [];
  let reason: string | undefined;
  for (const c of hours.closures.filter((x) => x.from <= day && day <= x.to)) {
    const open = times.length > 0;
    times = times.flatMap((x) => without(x, c.from_time, c.to_time));
    if (open && times.length === 0) ({ reason } = c);
  }
  times = [...times, ...hours.extra.filter((e) => e.day === day).map(({ from, to, staff }) => ({ from, to, staff }))].toSorted((x, y) => x.from.localeCompare(y.from));
  if (times.length > 0) return { times, closed: null };
  return { times, closed: holiday !== undefined ? { because: 'holiday', holiday } : reason !== undefined ? { because: 'closure', reason } : { because: 'no_hours' } };
}

/** Fewest people who serve at any moment between two times. */
function staffDuring(times: readonly StaffedTime[], from: number, to: number): number {
  const edges = times.flatMap((x) => [minutesOf(x.from), minutesOf(x.to)]).filter((e) => e > from && e < to);
  return Math.min(...[from, ...edges].map((m) => times.filter((x) => minutesOf(x.from) <= m && m < minutesOf(x.to)).reduce((n, x) => n + x.staff, 0)));
}

const none = (closed: Closed): { slots: Slot[]; closed: Closed } => ({ slots: [], closed });

export interface Slot { start: string; capacity: number }

/** The day of a service at a site: both the service's openings and the site's hours are needed. */
export function serviceDay(service: Service, hours: SiteHours | undefined, site: string, day: string): { slots: Slot[]; closed: Closed | null } {
  if (!service.sites.includes(site)) return none({ because: 'not_here' });
  if (!service.active) return none({ because: 'suspended', reason: service.rules?.suspended ?? '–' });
  if (service.closed.includes(day)) return none({ because: 'closure', reason: '' });
  const open = hours === undefined ? null : staffed(hours, day);
  if (open?.closed) return none(open.closed);
  const slots = new Map<string, number>();
  const every = (from: string, to: string, step: number, capacity: number): void => {
    for (let m = minutesOf(from); m + step <= minutesOf(to); m += step) slots.set(`${day}T${timeOf(m)}`, (slots.get(`${day}T${timeOf(m)}`) ?? 0) + capacity);
  };
  for (const o of service.openings) if (o.weekdays.includes(weekdayOf(day)) && (o.sites.length === 0 || o.sites.includes(site))) every(o.from, o.to, o.every_minutes, o.capacity);
  if (service.openings.length === 0) for (const x of open?.times ?? []) every(x.from, x.to, service.minutes, Number.POSITIVE_INFINITY);
  const found = [...slots].map(([start, capacity]) => {
    const m = minutesOf(start.slice(11));
    return { start, capacity: open === null ? capacity : Math.min(capacity, staffDuring(open.times, m, m + service.minutes)) };
  }).filter((s) => s.capacity > 0).toSorted((x, y) => x.start.localeCompare(y.start));
  return { slots: found, closed: found.length === 0 ? { because: 'no_hours' } : null };
}

/** An appointment that takes room. */
export interface Taken { service: string; start: string; minutes: number }

export const takesRoom = (a: AppointmentRow): boolean => !a.walk_in && a.status !== 'cancelled';

/** How many more a slot has room for, where staff may be busy with other services. */
export function free(service: Service, slot: Slot, times: readonly StaffedTime[] | null, taken: readonly Taken[]): number {
  const own = Math.max(0, slot.capacity - taken.filter((x) => x.service === service.id && x.start === slot.start).length);
  if (times === null) return own;
  const from = minutesOf(slot.start.slice(11));
  const to = from + service.minutes;
  const begins = (x: Taken): number => minutesOf(x.start.slice(11));
  const meets = taken.filter((x) => x.start.slice(0, 10) === slot.start.slice(0, 10) && begins(x) < to && begins(x) + x.minutes > from);
  const busiest = Math.max(...[from, ...meets.map(begins).filter((m) => m > from)].map((m) => meets.filter((x) => begins(x) <= m && m < begins(x) + x.minutes).length));
  return Math.min(own, Math.max(0, staffDuring(times, from, to) - busiest));
}

/** More are booked than there is room for, beyond those whom somebody booked knowing it. */
export const conflict = (capacity: number, rows: readonly AppointmentRow[]): boolean =>
  rows.filter((a) => takesRoom(a) && a.status !== 'missed' && a.overbooked === null).length > capacity;

export const USUAL: ServiceRules = { desks: [], walk_in: true, reservable: true, notice_minutes: 0, ahead_days: null, suspended: null };

const LONGEST = 12 * 3600;
/** Median and ninth decile by nearest rank. */
export function spread(all: readonly number[]): Spread {
  const seconds = all.filter((s) => s <= LONGEST).toSorted((x, y) => x - y);
  const rank = (tenths: number): number => seconds[Math.max(1, Math.ceil((seconds.length * tenths) / 10)) - 1] ?? 0;
  return { n: seconds.length, median: rank(5), p90: rank(9), excluded: all.length - seconds.length };
}

/** The figures of some appointments; `refused`: those sent home without. */
export function figures(rows: readonly AppointmentRow[], places: number, refused: (a: AppointmentRow) => boolean): VisitFigures {
  const n = (of: (a: AppointmentRow) => boolean): number => rows.filter(of).length;
  return {
    booked: n(takesRoom), cancelled: n((a) => !a.walk_in && a.status === 'cancelled'), walk_ins: n((a) => a.walk_in),
    presented: n((a) => a.presented_at !== null && a.status !== 'cancelled'), served: n((a) => a.status === 'finished' && !refused(a)), refused: n((a) => a.status === 'finished' && refused(a)),
    missed: n((a) => a.status === 'missed' && a.presented_at === null), places,
    waiting: spread(rows.filter((a) => a.called_at !== null).map((a) => a.waited)), serving: spread(rows.filter((a) => a.called_at !== null && a.status === 'finished').map((a) => a.served)),
  };
}
