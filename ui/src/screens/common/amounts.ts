// SPDX-License-Identifier: EUPL-1.2
// What a campaign's table gives a household, for showing it before anything is saved.
import type { AmountRow, Campaign } from '../../types.ts';

export const byMembers = (rows: readonly AmountRow[]): AmountRow[] => rows.toSorted((a, b) => a.members - b.members);

/**
 * What a campaign's table gives a household, rounded down to whole vouchers; null where the table is empty. The desk decides by
 * the same rule (`Campaign::amount_for`); here it only shows, before saving, what the figures would mean.
 */
export function amountFor(c: Campaign, of: { members: number; minors: number; disabled: number; resident: boolean }): number | null {
  const table = byMembers(of.resident ? c.amounts : c.non_resident_amounts);
  const row = table.find((r) => r.members >= Math.max(1, of.members)) ?? table.at(-1);
  if (row === undefined) return null;
  const sum = Math.min(c.maximum, row.amount + c.per_minor * of.minors + c.per_disabled * of.disabled);
  return sum - (sum % Math.max(1, c.denomination));
}
