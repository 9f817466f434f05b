// SPDX-License-Identifier: EUPL-1.2
// Voucher serials as the desk's core reads them (domain, serial.rs): letters, then digits; kept as runs. What is worked out here
// is shown while typing; the core decides.
import type { Run } from './types.ts';

/** `ab 0001001` → a run of one; null when it is no serial: at most 6 letters, then 1 to 15 digits. */
export function serial(text: string): Run | null {
  const clean = text.replaceAll(/[\s\-.*]/g, '').toUpperCase();
  const m = /^([A-Z]{0,6})(\d{1,15})$/.exec(clean);
  if (m?.[2] === undefined) return null;
  const n = Number(m[2]);
  return { series: m[1] ?? '', first: n, last: n, width: m[2].length };
}

/** The run between two serials, both included; null when one is no serial, they differ in series, or they stand backwards. */
export function between(first: string, last: string): Run | null {
  const a = serial(first);
  const b = serial(last);
  if (a === null || b === null || a.series !== b.series || a.width !== b.width || b.last < a.first) return null;
  return { ...a, last: b.last };
}

/** `count` vouchers from the serial `first` on. */
export function from(first: string, count: number): Run | null {
  const a = serial(first);
  if (a === null || count < 1 || String(a.first + count - 1).length > a.width) return null;
  return { ...a, last: a.first + count - 1 };
}

const printed = (run: Run, n: number): string => `${run.series}${String(n).padStart(run.width, '0')}`;
export const firstSerial = (run: Run): string => printed(run, run.first);
export const lastSerial = (run: Run): string => printed(run, run.last);
export const runCount = (run: Run): number => run.last - run.first + 1;
export const countAll = (runs: readonly Run[]): number => runs.reduce((sum, run) => sum + runCount(run), 0);

/** `AB0001001–AB0001025`, or the one serial. */
export const runText = (run: Run): string => (run.first === run.last ? firstSerial(run) : `${firstSerial(run)}–${lastSerial(run)}`);

export const overlaps = (a: Run, b: Run): boolean =>
  a.series === b.series && a.width === b.width && a.first <= b.last && b.first <= a.last;

/** What is left of `held` once `gone` is taken away. */
export function subtract(held: readonly Run[], gone: readonly Run[]): Run[] {
  let left = [...held];
  for (const cut of gone) {
    left = left.flatMap((run) => {
      if (!overlaps(run, cut)) return [run];
      const pieces: Run[] = [];
      if (run.first < cut.first) pieces.push({ ...run, last: cut.first - 1 });
      if (run.last > cut.last) pieces.push({ ...run, first: cut.last + 1 });
      return pieces;
    });
  }
  return left;
}

/** The first `count` vouchers of these runs. */
export function take(runs: readonly Run[], count: number): Run[] {
  const taken: Run[] = [];
  let wanted = count;
  for (const run of runs) {
    if (wanted <= 0) break;
    const n = Math.min(wanted, runCount(run));
    taken.push({ ...run, last: run.first + n - 1 });
    wanted -= n;
  }
  return taken;
}
