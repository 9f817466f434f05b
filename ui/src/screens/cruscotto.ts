// SPDX-License-Identifier: EUPL-1.2
// Cruscotto: the indicator of a campaign, how far it can be trusted, and whom it still misses: by name, with what to do.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { on } from '../bridge.ts';
import { openDocument, printDocument, saveExport, saveSeen } from '../documents.ts';
import { ago, amount, count, date, dateTime, today, wall } from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import '../parts/chart.ts';
import '../parts/dialog.ts';
import type { Icon } from '../parts/icons.ts';
import type { Column } from '../parts/table.ts';
import { alert, badge, empty, errorPanel, figure, loading, pageHeader, section, type Tone } from '../parts/views.ts';
import { go, href, replace } from '../router.ts';
import { useQuery } from '../store.ts';
import type { Campaign, InboxFilter, IndicatorView, MissingDesk, MissingHousehold, Standing, TableFormat, Todo } from '../types.ts';
import { refusalName } from './common/words.ts';
import { hundredths, REFERENCE_KINDS } from './names.ts';

/** The most pressing first. */
const TODO: Record<Todo, { tone: Tone; icon: Icon }> = {
  serve: { tone: 'danger', icon: 'horn' },
  complete: { tone: 'warning', icon: 'card' },
  call_back: { tone: 'warning', icon: 'telephone' },
  confirm_declined: { tone: 'neutral', icon: 'note' },
  wait: { tone: 'info', icon: 'calendar' },
};
/** How far the figure can be relied on. */
const STANDING: Record<Standing, { tone: Tone; icon: Icon }> = {
  provisional: { tone: 'warning', icon: 'clock' },
  current: { tone: 'info', icon: 'refresh' },
  final: { tone: 'success', icon: 'check-circle' },
};
const URGENCY = Object.keys(TODO);
const BY_URGENCY = { column: 'todo', down: false };
const TABLES = ['missing', 'entitlements', 'deliveries'] as const;
type Table = (typeof TABLES)[number];

/** The campaign to begin with: the one that today falls into, else the newest. */
export function currentCampaign(campaigns: readonly Campaign[], day = today()): Campaign | undefined {
  return campaigns.find((c) => c.from <= day && day <= c.to) ?? campaigns[0];
}

/** Only the counts are wanted. */
const NOTHING_LEFT_OUT: InboxFilter = { kinds: [], standings: [], assignee: null, quartiere: null, site: null, campaign: null, household: null, from: null, to: null, text: null };

@customElement('sp-cruscotto')
export class SpCruscotto extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  private readonly indicator = useQuery(
    this,
    () => (this.campaign === undefined ? null : ({ type: 'indicator', campaign: this.campaign.id }) as const),
    ['campaign', 'entitlement', 'appointment', 'household', 'import'],
  );
  private readonly inbox = useQuery(this, () => ({ type: 'inbox', filter: NOTHING_LEFT_OUT, offset: 0, limit: 0 }) as const);
  @state() private exporting = false;
  @state() private table: Table = 'missing';
  @state() private format: TableFormat = 'xlsx';

  override connectedCallback(): void {
    super.connectedCallback();
    // An exchange may leave the records as they were and still make the figure final.
    this.until(on('sync', () => this.indicator.retry()));
  }

  private get campaigns(): readonly Campaign[] {
    return this.reference.data?.campaigns ?? [];
  }
  private get campaign(): Campaign | undefined {
    const { campagna } = this.params;
    return this.campaigns.find((c) => c.id === campagna) ?? currentCampaign(this.campaigns);
  }

  override heading(): string {
    return t('menu-cruscotto');
  }

  override actions(): Action[] {
    const { campaign } = this;
    if (campaign === undefined) return [];
    const report = { type: 'indicator_report', campaign: campaign.id } as const;
    return [
      { id: 'report', label: t('cr-report'), key: 'F2', icon: 'file-pdf', kind: 'primary', focusKey: 'report', run: () => openDocument(report) },
      { id: 'print-report', label: t('cr-print'), key: 'F4', icon: 'print', focusKey: 'print', run: () => printDocument(report) },
      { id: 'export', label: t('cr-export'), key: 'F6', icon: 'download', focusKey: 'export', run: () => { this.exporting = true; } },
      { id: 'refresh', label: t('refresh'), key: 'F5', icon: 'refresh', focusKey: 'refresh', run: () => this.indicator.retry() },
    ];
  }

  private deskLine(m: MissingDesk): TemplateResult {
    return html`<li><strong>${m.desk.name}</strong>: ${m.since === null ? t('cr-desk-never') : t('cr-desk-since', { when: dateTime(m.since), ago: ago(m.since) })}${
      m.waiting > 0 ? html`; ${t('cr-desk-waiting', { n: m.waiting, shown: count(m.waiting) })}` : nothing}</li>`;
  }

  private truth(v: IndicatorView): unknown {
    if (v.standing !== 'provisional') return nothing;
    return alert({
      tone: 'warning', title: v.missing_desks.length === 0 ? t('cr-provisional-here') : t('cr-provisional', { n: v.missing_desks.length }),
      body: html`${v.missing_desks.length > 0 ? html`<ul class="sp-tight">${v.missing_desks.map((m) => this.deskLine(m))}</ul>` : nothing}
        <p>${t('cr-provisional-todo')} <a href=${href('/postazioni')}>${t('menu-postazioni')}</a></p>`,
    });
  }

  private headline(v: IndicatorView): TemplateResult {
    const open = this.inbox.data?.counts.open ?? 0;
    const reached = v.value !== null && v.value >= v.target;
    return html`<div class="sp-headline" data-testid="indicator">
      <div class="sp-headline-figure">
        <p class="sp-headline-value" data-testid="indicator-value">${v.value === null ? t('chart-none') : hundredths(v.value)}</p>
        <p>${t('cr-target', { target: hundredths(v.target) })} ${v.value === null ? nothing : reached ? badge('success', t('cr-reached')) : badge('warning', t('cr-not-reached'))}</p>
      </div>
      <div class="sp-headline-words">
        <p><strong data-testid="indicator-served">${t('cr-served-of', { n: v.served, of: v.presented, served: count(v.served), presented: count(v.presented) })}</strong></p>
        ${v.value === null ? html`<p>${t('cr-nobody')}</p>` : html`<svg class="sp-gauge" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="sp-gauge-all" width="100" height="6"></rect><rect class="sp-gauge-done" width=${Math.min(100, v.value / 100)} height="6"></rect></svg>`}
        ${open > 0 ? html`<p><a href=${href('/anomalie')} data-testid="open-exceptions">${badge('warning', t('cr-exceptions', { n: open, shown: count(open) }), 'flag')}</a></p>` : nothing}
        <p class="sp-small">${t('cr-how')} ${t('cr-as-of', { when: dateTime(v.as_of) })}</p>
      </div>
    </div>`;
  }

  private todo(m: MissingHousehold): TemplateResult {
    const { tone, icon } = TODO[m.todo];
    const why = [m.refusal === null ? '' : refusalName(m.refusal), m.note].filter(Boolean).join(' · ');
    return html`${badge(tone, t(`cr-todo-${m.todo}`), icon)}<p class="sp-small">${t(`cr-todo-${m.todo}.what`)}${why === '' ? nothing : html`<br>${why}`}</p>`;
  }

  private missing(v: IndicatorView): unknown {
    const columns: Column<MissingHousehold>[] = [
      { id: 'name', label: t('cr-name'), value: (m) => m.name },
      { id: 'todo', label: t('cr-todo'), value: (m) => URGENCY.indexOf(m.todo), cell: (m) => this.todo(m), export: (m) => [t(`cr-todo-${m.todo}`), m.refusal === null ? '' : refusalName(m.refusal), m.note].filter(Boolean).join(' · ') },
      { id: 'phone', label: t('cr-phone'), value: (m) => m.phone, cell: (m) => html`<span class="sp-nowrap">${m.phone || '—'}</span>` },
      { id: 'quartiere', label: t('cr-quartiere'), value: (m) => m.quartiere, number: true },
      { id: 'presented', label: t('cr-presented-at'), value: (m) => m.presented_at, cell: (m) => dateTime(m.presented_at), export: (m) => dateTime(m.presented_at) },
      { id: 'remaining', label: t('cr-remaining'), value: (m) => m.remaining, cell: (m) => html`<span class="sp-nowrap">${amount(m.remaining)}</span>`, export: (m) => m.remaining / 100, number: true },
      { id: 'holder', label: t('cr-holder'), value: (m) => m.holder.name },
      { id: 'next', label: t('cr-next'), value: (m) => m.next_appointment, cell: (m) => (m.next_appointment === null ? t('cr-next-none') : wall(m.next_appointment)), export: (m) => (m.next_appointment === null ? '' : wall(m.next_appointment)) },
    ];
    return section(t('cr-missing'), html`<sp-table hide-caption .caption=${t('cr-missing')} .columns=${columns} .rows=${v.missing} .keyOf=${(m: MissingHousehold) => m.entitlement}
      .order=${BY_URGENCY} .open=${(m: MissingHousehold) => go('/nucleo/:id', { id: m.household })} .save=${saveSeen} data-testid="missing"
      .empty=${v.presented === 0 ? empty(t('cr-missing-nobody'), [], 'user') : empty(t('cr-missing-none'), [], 'check-circle')}></sp-table>`,
    { status: v.missing.length === 0 ? nothing : badge('warning', count(v.missing.length)) });
  }

  private charts(v: IndicatorView): TemplateResult {
    return html`<div class="sp-wide-columns">
      ${section(t('cr-by-quartiere'), html`<sp-chart kind="bar" .caption=${t('cr-by-quartiere-caption')} .labelName=${t('cr-quartiere')} .labels=${v.by_quartiere.map((q) => `Q${q.quartiere}`)}
        .summary=${v.by_quartiere.map((q) => t('cr-quartiere-summary', { q: q.quartiere, served: count(q.served), presented: count(q.presented) })).join(' ')}
        .series=${[{ name: t('cr-served'), values: v.by_quartiere.map((q) => q.served) }, { name: t('cr-presented'), values: v.by_quartiere.map((q) => q.presented) }, { name: t('cr-entitled'), values: v.by_quartiere.map((q) => q.entitled) }]}></sp-chart>`)}
      ${section(t('cr-by-day'), v.by_day.length === 0 ? empty(t('cr-by-day-none'), [], 'calendar') : html`<sp-chart kind="bar" .caption=${t('cr-by-day-caption')} .labelName=${t('cr-day')} .labels=${v.by_day.map((d) => date(d.day).slice(0, 5))}
        .series=${[{ name: t('cr-deliveries'), values: v.by_day.map((d) => d.deliveries) }, { name: t('cr-refusals'), values: v.by_day.map((d) => d.refusals) }]}></sp-chart>`)}
    </div>`;
  }

  private exportDialog(campaign: Campaign): TemplateResult {
    const close = (): void => { this.exporting = false; };
    const save = async (): Promise<void> => {
      const { table, format } = this;
      close();
      await saveExport({ type: table, campaign: campaign.id }, format);
    };
    return html`<sp-dialog .open=${this.exporting} .heading=${t('cr-export-title')} @sp-close=${close}
      .body=${this.exporting ? html`
        <sp-radios required data-autofocus name="table" .label=${t('cr-export-what')} .value=${this.table} .options=${TABLES.map((v) => ({ value: v, label: t(`cr-export-${v}`) }))}
          @sp-change=${(e: CustomEvent<{ value: Table }>) => { this.table = e.detail.value; }}></sp-radios>
        <sp-radios required inline name="format" .label=${t('cr-export-format')} .value=${this.format} .options=${[{ value: 'xlsx', label: t('format-xlsx') }, { value: 'csv', label: t('format-csv') }]}
          @sp-change=${(e: CustomEvent<{ value: TableFormat }>) => { this.format = e.detail.value; }}></sp-radios>
        <p class="sp-small">${t('cr-export-personal')}</p>` : nothing}
      .actions=${this.exporting ? [{ label: t('go-back'), key: 'Escape', run: close }, { id: 'export-save', label: t('cr-export-do'), kind: 'primary', key: 'Enter', icon: 'download', run: save } satisfies Action] : []}></sp-dialog>`;
  }

  private body(campaign: Campaign): unknown {
    const { data, error } = this.indicator;
    if (error) return errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.indicator.retry() }] });
    if (data === undefined) return loading();
    return html`
      ${this.headline(data)}
      ${this.truth(data)}
      ${this.missing(data)}
      ${section(t('cr-apart'), html`<div class="sp-figures">
        ${figure(count(data.entitled), t('cr-entitled'))}
        ${figure(count(data.booked), t('cr-booked'))}
        ${figure(count(data.no_show), t('cr-no-show'), t('cr-outside'))}
        ${figure(count(data.walk_in), t('cr-walk-in'), t('cr-outside'))}
        ${figure(amount(data.delivered), t('cr-delivered'))}
      </div>`)}
      ${this.charts(data)}
      ${this.exportDialog(campaign)}`;
  }

  override render(): unknown {
    const { campaign, campaigns } = this;
    const { data, error } = this.reference;
    const v = this.indicator.data;
    return html`${pageHeader({
      title: this.heading(),
      status: v === undefined ? nothing : badge(STANDING[v.standing].tone, t(`cr-is-${v.standing}`), STANDING[v.standing].icon),
      actions: this.actions(),
      ...(campaign === undefined ? {} : { lead: `${campaign.name} · ${t('period-from-to', { from: date(campaign.from), to: date(campaign.to) })}` }),
    })}
    ${campaigns.length < 2 ? nothing : html`<sp-select class="sp-campaign" name="campaign" required .label=${t('campaign')} .value=${campaign?.id ?? null} .options=${campaigns.map((c) => ({ value: c.id, label: c.name }))}
      @sp-change=${(e: CustomEvent<{ value: string | null }>) => replace('/cruscotto', { campagna: e.detail.value ?? undefined })}></sp-select>`}
    ${campaign === undefined
      ? error ? errorPanel(error) : data === undefined ? loading() : empty(t('cr-no-campaign'), [], 'card')
      : this.body(campaign)}`;
  }
}
