// SPDX-License-Identifier: EUPL-1.2
// Shipments: those that are awaited here, and all that whoever asks may see.
import { html, nothing, type TemplateResult } from 'lit';
import * as format from '../../format.ts';
import { t } from '../../i18n.ts';
import { saveSeen } from '../../documents.ts';
import type { Column } from '../../parts/table.ts';
import { badge, button, empty } from '../../parts/views.ts';
import type { ShipmentRow } from '../../types.ts';
import { printOrOpen } from '../common/acts.ts';
import { runsText } from './words.ts';

const key = (r: ShipmentRow): string => `${r.shipment.from}-${r.shipment.number}`;

function status(r: ShipmentRow): TemplateResult {
  if (r.sent_at === null) return badge('warning', t('shipment-paper-only'), 'clock');
  if (r.open_count > 0 && r.unseen) return badge('info', t('shipment-unseen'), 'clock');
  if (r.open_count > 0) return badge(r.arrived.length > 0 ? 'warning' : 'info', t(r.arrived.length > 0 ? 'shipment-part' : 'shipment-on-its-way', { n: r.open_count }), 'clock');
  return badge('success', t(r.settled.length > 0 ? 'shipment-settled' : 'shipment-arrived'));
}

function settled(r: ShipmentRow): string {
  return r.settled.map((s) => `${t(`stock-settled-${s.outcome}`)}: ${runsText(s.runs)} (${s.note})`).join('; ');
}

export interface ShipmentActs {
  arrive: (row: ShipmentRow) => void;
  settle: (row: ShipmentRow) => void;
}

export function shipments(caption: string, rows: readonly ShipmentRow[], acts: ShipmentActs, none: string): TemplateResult {
  const columns: Column<ShipmentRow>[] = [
    { id: 'name', label: t('shipment'), value: (r) => r.name, cell: (r) => html`<span class="sp-nowrap">${r.name}</span>`, head: true },
    { id: 'sent', label: t('shipment-sent'), value: (r) => r.sent_at ?? r.arrived_at ?? 0, cell: (r) => (r.sent_at === null ? '' : format.dateTime(r.sent_at)), export: (r) => (r.sent_at === null ? '' : format.dateTime(r.sent_at)) },
    { id: 'way', label: t('shipment-way'), value: (r) => `${r.from.name} → ${r.to?.name ?? '?'}` },
    { id: 'serials', label: t('stock-serials'), value: (r) => runsText(r.runs), cell: (r) => html`<span class="sp-mono">${runsText(r.runs)}</span>${r.open_count > 0 && r.open_count < r.count ? html`<br><span class="sp-small">${t('shipment-missing', { serials: runsText(r.open) })}</span>` : nothing}${r.settled.length > 0 ? html`<br><span class="sp-small">${settled(r)}</span>` : nothing}` },
    { id: 'count', label: t('vouchers'), value: (r) => r.count, number: true },
    { id: 'status', label: t('shipment-status'), value: (r) => r.open_count, cell: status, export: (r) => r.open_count },
    { id: 'acts', label: t('shipment-acts'), value: () => '', cell: (r) => html`<div class="sp-actions">
      ${r.here && r.open_count > 0 ? button({ id: `arrive-${key(r)}`, label: t('shipment-arrive'), icon: 'download', kind: 'primary', run: () => acts.arrive(r) }, true) : nothing}
      ${r.may_take_back ? button({ id: `settle-${key(r)}`, label: t('shipment-settle'), icon: 'tool', run: () => acts.settle(r) }, true) : nothing}
      ${r.sent_at === null ? nothing : button({ id: `bolla-${key(r)}`, label: t('shipment-print'), icon: 'print', kind: 'plain', run: async () => { await printOrOpen({ type: 'bolla', shipment: r.shipment }); } }, true)}
    </div>` },
  ];
  return html`<sp-table hide-caption page-size="10" .caption=${caption} .columns=${columns} .rows=${rows} .keyOf=${key} .empty=${empty(none, [], 'check-circle')} .save=${saveSeen}></sp-table>`;
}
