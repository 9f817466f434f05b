// SPDX-License-Identifier: EUPL-1.2
// Rendiconto: a campaign accounted for. Every number opens the records behind it; vouchers come out even, or what does not is named.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { on } from '../bridge.ts';
import { openDocument, printDocument, saveExport, saveSeen } from '../documents.ts';
import { amount, count, date, dateTime } from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import '../parts/fields.ts';
import '../parts/table.ts';
import type { Column } from '../parts/table.ts';
import { alert, badge, empty, errorPanel, facts, loading, pageHeader, section, type Content } from '../parts/views.ts';
import { go, href, replace } from '../router.ts';
import { runText } from '../serial.ts';
import { useQuery } from '../store.ts';
import type { BucketCounts, Campaign, Run, StatementDay, StatementFigure, StatementLine, StatementPlace, StatementView } from '../types.ts';
import { currentCampaign } from './cruscotto.ts';
import { REFERENCE_KINDS } from './names.ts';

/** The terms of the equation, in the order in which a voucher goes. */
const PLACES: readonly (keyof BucketCounts)[] = ['delivered', 'held', 'in_transit', 'transferred', 'damaged', 'lost', 'returned', 'destroyed', 'miscounted'];
const OFFICE = PLACES.filter((place) => place !== 'transferred' && place !== 'miscounted');
/** The acts whose amounts add up to something. */
const WORTH: readonly StatementFigure[] = ['deliveries', 'reversals'];

const runsText = (runs: readonly Run[]): string => runs.map((run) => runText(run)).join(', ');
const lineOf = (day: StatementDay, figure: StatementFigure): StatementLine | undefined => day.lines.find((line) => line.figure === figure);

/** How sure the figures are. */
export const standingBadge = (standing: StatementView['standing']): TemplateResult =>
  badge(standing === 'provisional' ? 'warning' : standing === 'final' ? 'success' : 'info', t(`statement-${standing}`), standing === 'provisional' ? 'clock' : standing === 'final' ? 'check-circle' : 'refresh');

@customElement('sp-rendiconto')
export class SpRendiconto extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  private readonly statement = useQuery(
    this,
    () => (this.campaign === undefined ? null : ({ type: 'statement', campaign: this.campaign.id }) as const),
    ['campaign', 'entitlement', 'appointment', 'household', 'import', 'stock'],
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.until(on('sync', () => this.statement.retry()));
  }

  private get campaigns(): readonly Campaign[] {
    return this.reference.data?.campaigns ?? [];
  }
  private get campaign(): Campaign | undefined {
    const { campagna } = this.params;
    return this.campaigns.find((c) => c.id === campagna) ?? currentCampaign(this.campaigns);
  }

  override heading(): string {
    return t('menu-rendiconto');
  }

  override actions(): Action[] {
    const { campaign } = this;
    if (campaign === undefined) return [];
    const report = { type: 'statement', campaign: campaign.id } as const;
    return [
      { id: 'statement-report', label: t('statement-report'), key: 'F2', icon: 'file-pdf', kind: 'primary', focusKey: 'main', run: () => openDocument(report) },
      { id: 'statement-print', label: t('statement-print'), key: 'F4', icon: 'print', run: () => printDocument(report) },
      { id: 'statement-figures', label: t('statement-figures'), key: 'F6', icon: 'file-sheet', run: () => saveExport({ type: 'statement', campaign: campaign.id }, 'xlsx') },
      { id: 'statement-vouchers', label: t('statement-vouchers-table'), key: 'F7', icon: 'file-sheet', run: () => saveExport({ type: 'statement_vouchers', campaign: campaign.id }, 'xlsx') },
      { id: 'calls', label: t('menu-telefonate'), key: 'F8', icon: 'telephone', run: () => { go('/telefonate/:campagna', { campagna: campaign.id }); } },
    ];
  }

  /** A number that opens the records behind it. */
  private opens(line: StatementLine | undefined, day?: StatementDay): Content {
    if (line === undefined || line.count === 0) return '0';
    const { campaign } = this;
    if (campaign === undefined) return count(line.count);
    const where = { campagna: campaign.id, voce: line.figure, sede: day?.site ?? undefined, giorno: day?.day };
    return html`<a href=${href('/rendiconto/:campagna/:voce', where)} aria-label=${`${t(`statement-${line.figure}`)}: ${count(line.count)}${day === undefined ? '' : `, ${date(day.day)}, ${day.site_name}`}`}>${count(line.count)}</a>`;
  }

  private truth(view: StatementView): unknown {
    if (view.standing !== 'provisional') return nothing;
    return alert({
      tone: 'warning', live: false, title: t('statement-provisional-title', { n: view.missing_desks.length }),
      body: html`<ul class="sp-tight">${view.missing_desks.map((m) => html`<li><strong>${m.desk.name}</strong>: ${m.since === null ? t('cr-desk-never') : dateTime(m.since)}</li>`)}</ul><p><a href=${href('/postazioni')}>${t('menu-postazioni')}</a></p>`,
    });
  }

  private households(view: StatementView): TemplateResult {
    const columns: Column<StatementLine>[] = [
      { id: 'figure', label: t('statement-figure'), value: (l) => t(`statement-${l.figure}`), head: true },
      { id: 'count', label: t('statement-count'), value: (l) => l.count, cell: (l) => this.opens(l), number: true },
      { id: 'amount', label: t('statement-amount'), value: (l) => l.amount, cell: (l) => amount(l.amount), export: (l) => amount(l.amount), number: true },
    ];
    return section(t('statement-households'), html`<sp-table hide-caption data-testid="households" .caption=${t('statement-households')} .columns=${columns} .rows=${view.households} .keyOf=${(l: StatementLine) => l.figure} .save=${saveSeen}></sp-table>`);
  }

  private vouchers(view: StatementView): TemplateResult {
    const { vouchers } = view;
    const columns: Column<StatementPlace>[] = [
      { id: 'desk', label: t('stock-desk'), value: (p) => p.desk.name, head: true },
      { id: 'came', label: t('statement-came'), value: (p) => p.came, cell: (p) => count(p.came), number: true },
      ...PLACES.map((place): Column<StatementPlace> => ({ id: place, label: t(`bucket-${place}`), value: (p) => p.counts[place], cell: (p) => count(p.counts[place]), number: true })),
      { id: 'accounted', label: t('statement-accounted'), value: (p) => p.accounted, cell: (p) => count(p.accounted), number: true },
      { id: 'receipts', label: t('statement-by-receipts'), value: (p) => p.by_receipts, cell: (p) => count(p.by_receipts), number: true },
    ];
    const terms = OFFICE.filter((place) => vouchers.office.counts[place] > 0).map((place) => `${count(vouchers.office.counts[place])} ${t(`bucket-${place}`).toLocaleLowerCase()}`);
    const doubts: (readonly [string, string | undefined])[] = [
      [t('statement-nowhere'), vouchers.nowhere.length === 0 ? undefined : runsText(vouchers.nowhere)],
      [t('statement-never-received'), vouchers.never_received.length === 0 ? undefined : runsText(vouchers.never_received)],
      ...vouchers.places.filter((p) => p.different.length > 0).map((p) => [t('statement-different', { desk: p.desk.name }), runsText(p.different)] as const),
    ];
    return section(t('statement-vouchers', { value: amount(vouchers.denomination) }), html`
      ${alert({
        tone: vouchers.even ? 'success' : 'danger', live: false, title: t(vouchers.even ? 'statement-even' : 'statement-uneven'),
        body: html`<p data-testid="equation">${t('ledger-equation', { received: count(vouchers.office.received), terms: terms.length === 0 ? '0' : terms.join(' + ') })}</p>
          ${vouchers.even ? nothing : html`${facts(doubts)}<p><a href=${href('/anomalie')}>${t('menu-anomalie')}</a></p>`}`,
      })}
      <sp-table hide-caption data-testid="places" .caption=${t('statement-vouchers', { value: amount(vouchers.denomination) })} .columns=${columns} .rows=${vouchers.places} .keyOf=${(p: StatementPlace) => p.desk.id}
        .empty=${empty(t('statement-no-vouchers'), [], 'card')} .save=${saveSeen}></sp-table>`);
  }

  private days(view: StatementView): TemplateResult {
    const { sede } = this.params;
    const sites = [...new Map(view.days.map((d) => [d.site ?? '', d.site_name])).entries()].toSorted((a, b) => a[1].localeCompare(b[1]));
    const rows = view.days.filter((d) => sede === undefined || sede === '' || d.site === sede);
    const acts = (view.days[0]?.lines ?? []).map((line) => line.figure);
    const columns: Column<StatementDay>[] = [
      { id: 'day', label: t('statement-day'), value: (d) => d.day, cell: (d) => date(d.day), export: (d) => date(d.day), head: true },
      { id: 'site', label: t('statement-site'), value: (d) => d.site_name },
      ...acts.map((figure): Column<StatementDay> => ({ id: figure, label: t(`statement-${figure}`), value: (d) => lineOf(d, figure)?.count ?? 0, cell: (d) => this.opens(lineOf(d, figure), d), number: true })),
      ...WORTH.slice(0, 1).map((figure): Column<StatementDay> => ({ id: 'amount', label: t('statement-amount'), value: (d) => lineOf(d, figure)?.amount ?? 0, cell: (d) => amount(lineOf(d, figure)?.amount ?? 0), export: (d) => amount(lineOf(d, figure)?.amount ?? 0), number: true })),
      { id: 'vouchers', label: t('statement-vouchers-out'), value: (d) => d.vouchers, cell: (d) => count(d.vouchers), number: true },
      { id: 'serials', label: t('statement-serials'), value: (d) => runsText(d.runs), cell: (d) => (d.runs.length === 0 ? '–' : html`<details><summary>${t('statement-runs', { n: d.runs.length })}</summary><span class="sp-mono">${runsText(d.runs)}</span></details>`) },
    ];
    const { campaign } = this;
    return section(t('statement-days'), html`
      ${sites.length < 2 || campaign === undefined ? nothing : html`<div class="sp-form-row"><sp-select name="site" .label=${t('statement-site')} .value=${sede ?? ''} .options=${[{ value: '', label: t('statement-all-sites') }, ...sites.map(([value, label]) => ({ value, label }))]}
        @sp-change=${(e: CustomEvent<{ value: string | null }>) => { replace('/rendiconto', { campagna: campaign.id, sede: e.detail.value === '' ? undefined : e.detail.value ?? undefined }); }}></sp-select></div>`}
      <sp-table hide-caption data-testid="days" page-size="31" .caption=${t('statement-days')} .columns=${columns} .rows=${rows} .keyOf=${(d: StatementDay) => `${d.day} ${d.site ?? ''}`} .order=${{ column: 'day', down: true }}
        .empty=${empty(t('statement-no-days'), [], 'calendar')} .save=${saveSeen}></sp-table>`);
  }

  private page(view: StatementView): TemplateResult {
    return html`${this.truth(view)}${this.households(view)}${this.vouchers(view)}${this.days(view)}`;
  }

  override render(): unknown {
    const { data, error } = this.statement;
    const { campaign, campaigns } = this;
    if (campaign === undefined && this.reference.data !== undefined) return html`${pageHeader({ title: this.heading() })}${empty(t('statement-no-campaign'), [], 'card')}`;
    return html`${pageHeader({ title: this.heading(), ...(campaign ? { lead: `${campaign.name}, ${date(campaign.from)} – ${date(campaign.to)}` } : {}), ...(data ? { status: standingBadge(data.standing) } : {}), actions: this.actions() })}
      ${campaigns.length < 2 || campaign === undefined ? nothing : html`<sp-select name="campaign" .label=${t('campaign')} .value=${campaign.id} .options=${campaigns.map((c) => ({ value: c.id, label: c.name }))}
        @sp-change=${(e: CustomEvent<{ value: string | null }>) => { replace('/rendiconto', { campagna: e.detail.value ?? undefined }); }}></sp-select>`}
      ${data ? this.page(data) : error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.statement.retry() }] }) : loading()}`;
  }
}
