// SPDX-License-Identifier: EUPL-1.2
// Where the vouchers of the office are, desk by desk, and that what was taken in is what is somewhere: a supervisor's.
import { html, type TemplateResult } from 'lit';
import * as format from '../../format.ts';
import { t } from '../../i18n.ts';
import { saveSeen } from '../../documents.ts';
import type { Column } from '../../parts/table.ts';
import { alert } from '../../parts/views.ts';
import type { BucketCounts, LedgerRow, OfficeLedger, StockLedgerView } from '../../types.ts';

const BUCKETS: readonly (keyof BucketCounts)[] = ['received', 'arrived', 'held', 'delivered', 'in_transit', 'transferred', 'damaged', 'lost', 'returned', 'destroyed'];
/** The terms of the equation. */
const TERMS: readonly (keyof BucketCounts)[] = ['delivered', 'held', 'in_transit', 'damaged', 'destroyed', 'lost', 'returned'];

export function ledger(view: StockLedgerView, office: OfficeLedger): TemplateResult {
  const columns: Column<LedgerRow>[] = [
    { id: 'desk', label: t('stock-desk'), value: (r) => r.desk.name, head: true },
    ...BUCKETS.map((b): Column<LedgerRow> => ({ id: b, label: t(`bucket-${b}`), value: (r) => r.counts[b], number: true })),
    { id: 'reserved', label: t('bucket-reserved'), value: (r) => r.reserved, number: true },
  ];
  const same = office.received === office.accounted;
  const terms = TERMS.filter((b) => office.counts[b] > 0).map((b) => `${format.count(office.counts[b])} ${t(`bucket-${b}`).toLocaleLowerCase()}`).join(' + ');
  return html`<div data-testid="ledger">
    ${alert({
      tone: same ? 'success' : 'danger', live: false,
      title: t(same ? 'ledger-same' : 'ledger-differs', { received: format.count(office.received), value: format.amount(office.received_value), accounted: format.count(office.accounted), accountedValue: format.amount(office.accounted_value) }),
      body: html`<p data-testid="equation">${t('ledger-equation', { received: format.count(office.received), terms: terms === '' ? '0' : terms })}</p>`,
    })}
    <sp-table hide-caption .caption=${t('ledger')} .columns=${columns} .rows=${view.desks} .keyOf=${(r: LedgerRow) => r.desk.id} .save=${saveSeen}></sp-table>
  </div>`;
}
