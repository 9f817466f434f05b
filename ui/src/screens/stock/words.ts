// SPDX-License-Identifier: EUPL-1.2
// What movements of vouchers are called, and how they count.
import type { TemplateResult } from 'lit';
import { t } from '../../i18n.ts';
import { badge } from '../../parts/views.ts';
import type { Moved, MovementRow, Run } from '../../types.ts';
import { runText } from '../../serial.ts';

/** A movement in a word. */
export function movedName(moved: Moved): string {
  switch (moved.what) {
    case 'received': return t('stock-came-in');
    case 'removed': return t(`removal-${moved.reason}`);
    case 'shipped': return t('stock-moved-shipped');
    case 'arrived': return t('stock-moved-arrived');
    case 'settled': return t(`stock-settled-${moved.outcome}`);
    case 'reserved': return t(moved.purpose === null ? 'stock-moved-freed' : 'stock-moved-reserved');
    default: return t('stock-moved-destroyed');
  }
}

/** 1: vouchers came, -1: they left, 0: they stayed where they were. */
export function sign(moved: Moved): -1 | 0 | 1 {
  switch (moved.what) {
    case 'received': case 'arrived': return 1;
    case 'settled': return moved.outcome === 'taken_back' ? 1 : 0;
    case 'reserved': return 0;
    default: return -1;
  }
}

export function movedBadge(moved: Moved): TemplateResult {
  const s = sign(moved);
  if (moved.what === 'shipped') return badge('info', movedName(moved), 'upload');
  if (moved.what === 'arrived') return badge('success', movedName(moved), 'download');
  return s === 1 ? badge('success', movedName(moved), 'plus-circle') : s === 0 ? badge('neutral', movedName(moved)) : badge('warning', movedName(moved), 'minus-circle');
}

/** What else there is to say of a movement: the shipment and the desk at its other end, the purpose, the minutes. */
export function movedDetail(row: Pick<MovementRow, 'moved' | 'note' | 'shipment_name' | 'other_desk'>): string {
  const parts: string[] = [];
  if (row.shipment_name !== null) {
    const desk = row.other_desk?.name ?? '';
    parts.push(row.moved.what === 'shipped' ? t('stock-detail-to', { name: row.shipment_name, desk }) : t('stock-detail-shipment', { name: row.shipment_name }));
  }
  if (row.moved.what === 'received' && row.moved.delivery_note !== null) parts.push(t('stock-detail-note', { number: row.moved.delivery_note.number }));
  if (row.moved.what === 'reserved' && row.moved.purpose !== null) parts.push(row.moved.purpose);
  if (row.moved.what === 'destroyed') parts.push(t('stock-detail-minutes', { number: row.moved.minutes.number, present: row.moved.minutes.present }));
  if (row.note !== '') parts.push(row.note);
  return parts.join(' · ');
}

export const runsText = (runs: readonly Run[]): string => runs.map(runText).join(', ');
