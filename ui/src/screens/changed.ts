// SPDX-License-Identifier: EUPL-1.2

/** The list with one of its things changed. */
export function changed<T extends object>(list: readonly T[], at: number, change: Partial<T>): T[] {
  const old = list[at];
  return old === undefined ? [...list] : list.with(at, { ...old, ...change });
}
