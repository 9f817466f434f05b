// SPDX-License-Identifier: EUPL-1.2
// The records behind one number of the statement.
import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { saveSeen } from '../documents.ts';
import { amount, count, date, wall } from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import '../parts/table.ts';
import type { Column } from '../parts/table.ts';
import { empty, errorPanel, loading, pageHeader } from '../parts/views.ts';
import { href } from '../router.ts';
import { runText } from '../serial.ts';
import { useQuery } from '../store.ts';
import type { StatementFigure, StatementRecord, StatementRecordsView } from '../types.ts';

/** How many are asked for at once. */
const PAGE = 500;
const FIGURES: readonly StatementFigure[] = [
  'entitled', 'revoked', 'booked', 'presented', 'served_of_presented', 'served', 'partial', 'unserved', 'refused',
  'appointments', 'presentations', 'no_shows', 'walk_ins', 'deliveries', 'reversals', 'refusals',
];

@customElement('sp-rendiconto-voce')
export class SpRendicontoVoce extends Screen {
  @state() private offset = 0;
  private readonly records = useQuery(
    this,
    () => {
      const { campagna, sede, giorno } = this.params;
      const figure = this.figure;
      if (campagna === undefined || figure === undefined) return null;
      return { type: 'statement_records', campaign: campagna, figure, site: sede ?? null, day: giorno ?? null, offset: this.offset, limit: PAGE } as const;
    },
    ['campaign', 'entitlement', 'appointment', 'household'],
  );

  private get figure(): StatementFigure | undefined {
    return FIGURES.find((figure) => figure === this.params['voce']);
  }

  override heading(): string {
    return this.figure === undefined ? t('menu-rendiconto') : t(`statement-${this.figure}`);
  }

  override actions(): Action[] {
    const all = this.records.data?.count ?? 0;
    return [
      { id: 'records-before', label: t('records-before'), key: 'F6', icon: 'arrow-left', disabled: this.offset === 0, run: () => { this.offset = Math.max(0, this.offset - PAGE); } },
      { id: 'records-after', label: t('records-after'), key: 'F7', icon: 'arrow-right', disabled: this.offset + PAGE >= all, run: () => { this.offset += PAGE; } },
    ];
  }

  private table(view: StatementRecordsView): TemplateResult {
    const some = (of: (r: StatementRecord) => unknown): boolean => view.rows.some((r) => of(r) !== null && of(r) !== '');
    const columns: Column<StatementRecord>[] = [
      { id: 'name', label: t('statement-household'), value: (r) => r.name, cell: (r) => html`<a href=${href('/nucleo/:id', { id: r.household })}>${r.name === '' ? t('statement-erased') : r.name}</a>`, head: true },
      { id: 'list', label: t('statement-list-ref'), value: (r) => r.list_ref },
      ...(some((r) => r.at) ? [{ id: 'at', label: t('statement-when'), value: (r: StatementRecord) => r.at ?? '', cell: (r: StatementRecord) => (r.at === null ? '' : wall(r.at)), export: (r: StatementRecord) => (r.at === null ? '' : wall(r.at)) }] : []),
      ...(some((r) => r.site_name) ? [{ id: 'site', label: t('statement-site'), value: (r: StatementRecord) => r.site_name }] : []),
      ...(some((r) => r.desk) ? [{ id: 'desk', label: t('stock-desk'), value: (r: StatementRecord) => r.desk?.name ?? '' }] : []),
      ...(view.amount === 0 ? [] : [{ id: 'amount', label: t('statement-amount'), value: (r: StatementRecord) => r.amount, cell: (r: StatementRecord) => amount(r.amount), export: (r: StatementRecord) => amount(r.amount), number: true }]),
      ...(view.rows.some((r) => r.runs.length > 0) ? [{ id: 'runs', label: t('statement-serials'), value: (r: StatementRecord) => r.runs.map((run) => runText(run)).join(', '), cell: (r: StatementRecord) => html`<span class="sp-mono">${r.runs.map((run) => runText(run)).join(', ')}</span>` }] : []),
    ];
    return html`<p data-testid="records-sum">${t('records-sum', { n: view.count, shown: count(view.count), amount: view.amount === 0 ? '.' : `, ${amount(view.amount)}.` })}${view.count > PAGE ? html` ${t('records-part', { from: count(this.offset + 1), to: count(this.offset + view.rows.length) })}` : ''}</p>
      <sp-table hide-caption data-testid="records" .caption=${this.heading()} .columns=${columns} .rows=${view.rows} .keyOf=${(r: StatementRecord, index: number) => `${r.delivery ?? r.appointment ?? r.entitlement} ${index}`}
        .empty=${empty(t('records-none'), [], 'list')} .save=${saveSeen}></sp-table>`;
  }

  override render(): unknown {
    const { data, error } = this.records;
    const { campagna, giorno } = this.params;
    const lead = [giorno === undefined ? '' : date(giorno), this.params['sede'] === undefined ? '' : data?.rows[0]?.site_name ?? ''].filter((part) => part !== '').join(', ');
    return html`${pageHeader({ title: this.heading(), ...(lead === '' ? {} : { lead }), actions: this.actions(), back: { href: href('/rendiconto', { campagna }), label: t('menu-rendiconto') } })}
      ${data ? this.table(data) : error ? errorPanel(error) : loading()}`;
  }
}
