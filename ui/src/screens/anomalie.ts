// SPDX-License-Identifier: EUPL-1.2
// Anomalie: the reconciliation inbox. What should be looked at, found by itself in the records; nothing disappears from here until a supervisor has decided.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { saveExport } from '../documents.ts';
import { count, dateTime } from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import '../parts/dialog.ts';
import type { Column } from '../parts/table.ts';
import { alert, badge, empty, errorPanel, figure, loading, pageHeader } from '../parts/views.ts';
import { go, replace } from '../router.ts';
import { useQuery } from '../store.ts';
import type { AssigneeFilter, CaseKind, CaseRow, CaseStanding, InboxCounts, InboxFilter, InboxView, TableFormat } from '../types.ts';
import { CASE_KINDS, kindBadge, SEVERITY, standingBadge, standingText, touched } from './case-words.ts';
import './cases-dialog.ts';
import type { SpCasesDialog } from './cases-dialog.ts';
import { act } from './common/acts.ts';
import { REFERENCE_KINDS } from './names.ts';

const WHICH = ['open', 'contested', 'awaiting', 'decided'] as const;
type Which = (typeof WHICH)[number];
const STANDINGS: Record<Which, CaseStanding[]> = { open: [], contested: ['contested'], awaiting: ['awaiting'], decided: ['decided'] };
/** So many at once: whoever has more narrows the filters. */
const MOST = 500;
/** What stands in the address, so that the list is found as it was left. */
const FILTERS = ['quali', 'tipo', 'chi', 'quartiere', 'sede', 'campagna', 'dal', 'al', 'testo'] as const;
type FilterName = (typeof FILTERS)[number];

@customElement('sp-anomalie')
export class SpAnomalie extends Screen {
  // Anything may make a case, or put one right: asked again at every change.
  private readonly list = useQuery(this, () => ({ type: 'inbox', filter: this.filter, offset: 0, limit: MOST }) as const);
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  private readonly status = useQuery(this, () => ({ type: 'status' }) as const, ['operator']);
  @state() private chosen: ReadonlySet<string> = new Set();
  @state() private exporting = false;
  private format: TableFormat = 'xlsx';

  private param(name: FilterName): string {
    return this.params[name] ?? '';
  }
  private get which(): Which {
    return WHICH.find((w) => w === this.param('quali')) ?? 'open';
  }

  private get filter(): InboxFilter {
    const who = this.param('chi');
    const assignee: AssigneeFilter | null = who === '' ? null : who === 'io' ? { type: 'me' } : who === 'nessuno' ? { type: 'nobody' } : { type: 'operator', operator: who };
    const kind = CASE_KINDS.find((k) => k === this.param('tipo'));
    const quartiere = Number(this.param('quartiere'));
    return {
      kinds: kind === undefined ? [] : [kind], standings: STANDINGS[this.which], assignee, quartiere: quartiere >= 1 && quartiere <= 5 ? quartiere : null,
      site: this.param('sede') || null, campaign: this.param('campagna') || null, household: null, from: this.param('dal') || null, to: this.param('al') || null, text: this.param('testo') || null,
    };
  }
  private get filtered(): boolean {
    return FILTERS.some((name) => name !== 'quali' && this.param(name) !== '');
  }

  override heading(): string {
    return t('menu-anomalie');
  }

  private picked(): CaseRow[] {
    return (this.list.data?.rows ?? []).filter((r) => this.chosen.has(r.id));
  }

  private dialog(): SpCasesDialog | null {
    return this.querySelector('sp-cases-dialog');
  }

  override actions(): Action[] {
    const { data } = this.list;
    const next = data?.rows[0];
    const picked = this.picked();
    const me = this.status.data?.operator;
    return [
      { id: 'decide-next', label: t('an-decide-next'), key: 'F2', icon: 'arrow-right', kind: 'primary', disabled: next === undefined, run: () => { if (next) go('/anomalie/:id', { id: next.id }); } },
      { id: 'decide-many', label: t('an-decide-many'), key: 'F3', icon: 'check', disabled: picked.length === 0, run: () => this.dialog()?.decide(picked) },
      { id: 'assign-many', label: t('an-assign-many'), key: 'F4', icon: 'user', disabled: picked.length === 0, run: () => this.dialog()?.assign(picked, data?.assignees ?? []) },
      { id: 'take', label: t('an-take'), key: 'F6', icon: 'inbox', disabled: picked.length === 0 || me === undefined, run: () => this.take(picked) },
      { id: 'export', label: t('an-export'), key: 'F8', icon: 'download', kind: 'plain', disabled: data === undefined || data.rows.length === 0, run: () => { this.exporting = true; } },
    ];
  }

  private async take(rows: readonly CaseRow[]): Promise<void> {
    const me = this.status.data?.operator;
    if (me === undefined) return;
    await act({ type: 'assign_cases', cases: rows.map((r) => r.id), to: me.id }, t('an-assigned', { n: rows.length, shown: count(rows.length), name: me.name }));
    this.chosen = new Set();
  }

  private narrow(change: Partial<Record<FilterName, string | null>>): void {
    const now: Record<string, string | undefined> = {};
    for (const name of FILTERS) now[name] = (name in change ? change[name] : this.param(name)) || undefined;
    // What is not seen any more is not chosen any more.
    this.chosen = new Set();
    replace('/anomalie', now);
  }

  private figures(c: InboxCounts): TemplateResult {
    const shown: [string, number][] = [
      [t('an-figure-open'), c.open], [t('an-figure-grave'), c.grave], [t('an-figure-contested'), c.contested], [t('an-figure-awaiting'), c.awaiting],
      [t('an-figure-mine'), c.mine], [t('an-figure-unassigned'), c.unassigned],
    ];
    return html`<div class="sp-figures" role="group" aria-label=${t('an-figures')} data-testid="inbox-counts">${shown.map(([name, n]) => figure(count(n), name))}</div>`;
  }

  private filters(view: InboxView | undefined): TemplateResult {
    const kinds = view?.counts.kinds ?? [];
    const named = (kind: CaseKind): string => {
      const open = kinds.find((k) => k.kind === kind)?.open ?? 0;
      return open === 0 ? t(`case-kind-${kind}`) : t('an-kind-n', { kind: t(`case-kind-${kind}`), shown: count(open) });
    };
    const set = (name: FilterName) => (e: CustomEvent<{ value: string | null }>): void => this.narrow({ [name]: e.detail.value });
    const reference = this.reference.data;
    const more = (['chi', 'quartiere', 'sede', 'campagna', 'dal', 'al'] as const).some((name) => this.param(name) !== '');
    return html`<div class="sp-form-row">
        <sp-radios inline required name="which" .label=${t('an-which')} .value=${this.which} .options=${WHICH.map((w) => ({ value: w, label: t(`an-which-${w}`) }))} @sp-change=${set('quali')}></sp-radios>
        <sp-select required name="kind" .label=${t('an-kind')} .none=${t('an-kind-all')} .value=${this.param('tipo') || null} .options=${CASE_KINDS.map((k) => ({ value: k, label: named(k) }))} @sp-change=${set('tipo')}></sp-select>
        <sp-text required name="text" type="search" .label=${t('an-text')} .value=${this.param('testo') || null} @sp-change=${set('testo')}></sp-text>
      </div>
      <details class="sp-more-filters" ?open=${more} data-testid="more-filters"><summary>${t('an-more')}</summary>
        <div class="sp-form-row sp-filters">
          <sp-select required name="assignee" .label=${t('an-assignee')} .none=${t('an-assignee-all')} .value=${this.param('chi') || null}
            .options=${[{ value: 'io', label: t('an-assignee-me') }, { value: 'nessuno', label: t('an-assignee-nobody') }, ...(view?.assignees ?? []).map((p) => ({ value: p.id, label: p.name }))]} @sp-change=${set('chi')}></sp-select>
          <sp-select class="sp-short" required name="quartiere" .label=${t('an-quartiere')} .none=${t('an-quartiere-all')} .value=${this.param('quartiere') || null} .options=${['1', '2', '3', '4', '5'].map((q) => ({ value: q, label: q }))} @sp-change=${set('quartiere')}></sp-select>
          <sp-select required name="site" .label=${t('an-site')} .none=${t('an-site-all')} .value=${this.param('sede') || null} .options=${(reference?.sites ?? []).map((s) => ({ value: s.id, label: s.name }))} @sp-change=${set('sede')}></sp-select>
          <sp-select required name="campaign" .label=${t('an-campaign')} .none=${t('an-campaign-all')} .value=${this.param('campagna') || null} .options=${(reference?.campaigns ?? []).map((c) => ({ value: c.id, label: c.name }))} @sp-change=${set('campagna')}></sp-select>
          <sp-date required name="from" .label=${t('an-from')} .value=${this.param('dal') || null} @sp-change=${set('dal')}></sp-date>
          <sp-date required name="to" .label=${t('an-to')} .value=${this.param('al') || null} @sp-change=${set('al')}></sp-date>
        </div>
      </details>`;
  }

  private columns(): Column<CaseRow>[] {
    return [
      { id: 'kind', label: t('an-kind'), value: (r) => t(`case-kind-${r.matter.kind}`), cell: (r) => kindBadge(r) },
      { id: 'severity', label: t('an-severity'), value: (r) => Object.keys(SEVERITY).indexOf(r.severity), cell: (r) => t(`case-severity-${r.severity}`), export: (r) => t(`case-severity-${r.severity}`) },
      { id: 'who', label: t('an-who'), value: (r) => touched(r) },
      { id: 'desk', label: t('an-desk'), value: (r) => r.desk?.name ?? '', cell: (r) => r.desk?.name ?? '—' },
      { id: 'quartiere', label: t('an-quartiere'), value: (r) => r.quartiere, cell: (r) => (r.quartiere === null ? '—' : String(r.quartiere)), number: true },
      { id: 'at', label: t('an-at'), value: (r) => r.at, cell: (r) => html`<span class="sp-nowrap">${dateTime(r.at)}</span>`, export: (r) => dateTime(r.at) },
      { id: 'state', label: t('an-state'), value: (r) => standingText(r), cell: (r) => standingBadge(r) },
      { id: 'assignee', label: t('an-assignee'), value: (r) => r.assignee?.name ?? '', cell: (r) => r.assignee?.name ?? '—' },
    ];
  }

  private exportDialog(): TemplateResult {
    const close = (): void => { this.exporting = false; };
    const save = async (): Promise<void> => {
      close();
      await saveExport({ type: 'cases', filter: this.filter }, this.format);
    };
    return html`<sp-dialog .open=${this.exporting} .heading=${t('an-export-title')} @sp-close=${close}
      .body=${this.exporting ? html`<p>${t('an-export-lead')}</p>
        <sp-radios required inline data-autofocus name="format" .label=${t('an-export-format')} .value=${this.format} .options=${[{ value: 'xlsx', label: t('format-xlsx') }, { value: 'csv', label: t('format-csv') }]}
          @sp-change=${(e: CustomEvent<{ value: TableFormat }>) => { this.format = e.detail.value; }}></sp-radios>` : nothing}
      .actions=${this.exporting ? [{ label: t('go-back'), key: 'Escape', run: close }, { id: 'export-save', label: t('an-export'), kind: 'primary', key: 'Enter', icon: 'download', run: save } satisfies Action] : []}></sp-dialog>`;
  }

  private nothingThere(): TemplateResult {
    if (this.filtered) return empty(t('an-none-filter'), [{ label: t('an-clear'), run: () => this.narrow(Object.fromEntries(FILTERS.filter((n) => n !== 'quali').map((n) => [n, null]))) }], 'funnel');
    return empty(t(this.which === 'open' ? 'an-none' : 'an-none-filter'), [], 'check-circle');
  }

  private table(data: InboxView): TemplateResult {
    return html`${data.total > data.rows.length ? alert({ tone: 'info', live: false, title: t('an-shown', { n: data.rows.length, shown: count(data.rows.length), total: count(data.total) }) }) : nothing}
      <sp-table hide-caption data-testid="exceptions" .caption=${t('menu-anomalie')} .columns=${this.columns()} .rows=${data.rows} .keyOf=${(r: CaseRow) => r.id}
        .open=${(r: CaseRow) => go('/anomalie/:id', { id: r.id })} .selected=${this.chosen} .rowName=${(r: CaseRow) => `${t(`case-kind-${r.matter.kind}`)}: ${touched(r)}`}
        @sp-selected=${(e: CustomEvent<{ keys: ReadonlySet<string> }>) => { this.chosen = e.detail.keys; }}
        .tone=${(r: CaseRow) => (r.found && r.standing !== 'decided' && r.severity === 'grave' ? 'danger' : undefined)} .empty=${this.nothingThere()}></sp-table>`;
  }

  override render(): unknown {
    const { data, error } = this.list;
    const n = this.picked().length;
    return html`${pageHeader({ title: this.heading(), lead: t('an-lead'), actions: this.actions(), status: n === 0 ? nothing : badge('info', t('an-chosen', { n, shown: count(n) })) })}
      ${data === undefined ? nothing : this.figures(data.counts)}
      ${this.filters(data)}
      ${error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.list.retry() }] }) : data === undefined ? loading() : this.table(data)}
      <sp-cases-dialog @sp-done=${() => { this.chosen = new Set(); }}></sp-cases-dialog>
      ${this.exportDialog()}`;
  }
}
