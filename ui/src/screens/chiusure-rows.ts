// SPDX-License-Identifier: EUPL-1.2
// A closing as it is shown wherever closings are.
import { html, nothing, type TemplateResult } from 'lit';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { badge, button } from '../parts/views.ts';
import { runText } from '../serial.ts';
import type { ClosingRow, CountRow } from '../types.ts';
import { printOrOpen } from './common/acts.ts';

/** `+3`, `−1`, `0`: with the sign that is read as one. */
export const signedCount = (n: number): string => (n === 0 ? '0' : `${n > 0 ? '+' : '−'}${format.count(Math.abs(n))}`);

export const differs = (c: CountRow): boolean => c.difference !== 0 || c.missing.length > 0 || c.extra.length > 0;

/** How a count came out. */
export function countBadge(c: CountRow): TemplateResult {
  if (!differs(c)) return badge('success', t('closing-state-matches'));
  return c.open ? badge('danger', t('closing-state-open'), 'flag') : badge('warning', t('closing-state-explained'));
}

function line(c: CountRow): TemplateResult {
  return html`<li>${c.name}: ${t('closing-line', { counted: format.count(c.counted), expected: format.count(c.expected), shown: signedCount(c.difference) })} ${countBadge(c)}
    ${c.explanation === null ? nothing : html`<br>${c.explanation}`}
    ${c.missing.length === 0 ? nothing : html`<br>${t('closing-missing', { serials: c.missing.map(runText).join(', ') })}`}
    ${c.extra.length === 0 ? nothing : html`<br>${t('closing-extra', { serials: c.extra.map(runText).join(', ') })}`}</li>`;
}

/** Closings one after the other, each with its counts, what was written beside it, and its report. */
export function closedList(rows: readonly ClosingRow[]): TemplateResult {
  return html`${rows.map((r) => html`<div data-testid="closed">
    <p><strong>${t('closing-turn', { n: r.closing.turn, at: format.dateTime(r.closing.at), by: r.operator })}</strong></p>
    <ul>${r.counts.map(line)}${r.closing.corrections.map((c, at) => html`<li>${t('closing-beside', { at: format.dateTime(c.at), by: r.corrected_by[at] ?? '', text: c.text })}</li>`)}</ul>
    ${r.closing.note === '' ? nothing : html`<p>${r.closing.note}</p>`}
    ${button({ id: `report-${r.closing.id}`, label: t('closing-report', { n: r.closing.turn }), icon: 'print', run: async () => { await printOrOpen({ type: 'closing_report', closing: r.closing.id }); } }, true)}
  </div>`)}`;
}
