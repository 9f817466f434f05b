// SPDX-License-Identifier: EUPL-1.2
// Statistiche: how days went, by day, hour, service and site: how long people waited, how many were served, and whether there was
// room. The figures are the core's; whoever holds the same records sees the same ones.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { announce } from '../a11y.ts';
import { saveExport } from '../documents.ts';
import { count, date, duration, longDate, percent, today } from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import '../parts/chart.ts';
import type { Series } from '../parts/chart.ts';
import '../parts/dialog.ts';
import '../parts/fields.ts';
import { badge, empty, errorPanel, figure, loading, pageHeader, section } from '../parts/views.ts';
import { replace } from '../router.ts';
import { useQuery } from '../store.ts';
import type { Spread, StatisticsView, TableFormat, VisitFigures } from '../types.ts';
import { serviceName } from './common/words.ts';
import { REFERENCE_KINDS } from './names.ts';
import { PERIODS, periodOf, shifted, stretch, type Period } from './statistiche-period.ts';

const CUTS = ['day', 'hour', 'service', 'site'] as const;
type Cut = (typeof CUTS)[number];
interface Cell { label: string; figures: VisitFigures }

const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text);
/** Seconds as whole minutes; null where nothing was measured. */
const minutes = (s: Spread, of: 'median' | 'p90'): number | null => (s.n === 0 ? null : Math.round(s[of] / 60));
const timeWords = (s: Spread, of: 'median' | 'p90'): string => {
  const m = minutes(s, of);
  return m === null ? t('chart-none') : duration(m);
};

@customElement('sp-statistiche')
export class SpStatistiche extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  private readonly statistics = useQuery(this, () => ({
    type: 'statistics', from: this.from, to: this.to, site: this.params['sede'] ?? null, service: this.params['servizio'] ?? null,
  }) as const, ['appointment', 'service', 'site', 'site_hours']);
  @state() private exporting = false;
  @state() private format: TableFormat = 'xlsx';
  /** Kept while another period is awaited, so that the page does not jump. */
  private last: StatisticsView | undefined;

  private get from(): string {
    const { da } = this.params;
    return isDay(da) ? da : stretch('week', today()).from;
  }
  private get to(): string {
    const { a } = this.params;
    return isDay(a) && a >= this.from ? a : isDay(this.params['da']) ? this.from : stretch('week', today()).to;
  }
  private get cut(): Cut {
    return CUTS.find((c) => c === this.params['per']) ?? (this.from === this.to ? 'hour' : 'day');
  }

  override heading(): string {
    return t('menu-statistiche');
  }

  private show(change: Record<string, string | undefined>): void {
    const { da, a, sede, servizio, per } = this.params;
    replace('/statistiche', { da, a, sede, servizio, per, ...change });
  }

  private move(by: 1 | -1): void {
    const { from, to } = shifted({ from: this.from, to: this.to }, by);
    this.show({ da: from, a: to });
    announce(t('period-from-to', { from: date(from), to: date(to) }));
  }

  override actions(): Action[] {
    return [
      { id: 'export', label: t('st-export'), key: 'F6', icon: 'download', kind: 'primary', focusKey: 'export', run: () => { this.exporting = true; } },
      { id: 'previous', label: t('st-previous'), key: 'Alt+ArrowLeft', icon: 'chevron-left', focusKey: 'previous', run: () => this.move(-1) },
      { id: 'next', label: t('st-next'), key: 'Alt+ArrowRight', icon: 'chevron-right', focusKey: 'next', run: () => this.move(1) },
      { id: 'refresh', label: t('refresh'), key: 'F5', icon: 'refresh', focusKey: 'refresh', run: () => this.statistics.retry() },
    ];
  }

  private choose(): TemplateResult {
    const { data } = this.reference;
    const period = periodOf({ from: this.from, to: this.to }, today());
    const pick = (e: CustomEvent<{ value: string | null }>): void => {
      const wanted = PERIODS.find((p) => p === e.detail.value);
      if (wanted === undefined) return;
      const { from, to } = stretch(wanted, today());
      this.show({ da: from, a: to });
    };
    const days = (change: { from?: string; to?: string }): void => {
      const from = change.from ?? this.from;
      const to = change.to ?? this.to;
      this.show({ da: change.from === undefined && to < from ? to : from, a: to < from ? from : to });
    };
    const param = (name: 'sede' | 'servizio') => (e: CustomEvent<{ value: string | null }>): void => this.show({ [name]: e.detail.value ?? undefined });
    return html`<div class="sp-form-row sp-filters">
      <sp-select name="period" required .label=${t('period')} .value=${period ?? ''} .none=${period === null ? t('st-period-own') : ''} .options=${PERIODS.map((p: Period) => ({ value: p, label: t(`st-period-${p}`) }))} @sp-change=${pick}></sp-select>
      <sp-date name="from" required .label=${t('st-from')} .value=${this.from} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { if (e.detail.value !== null) days({ from: e.detail.value }); }}></sp-date>
      <sp-date name="to" required .label=${t('st-to')} .value=${this.to} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { if (e.detail.value !== null) days({ to: e.detail.value }); }}></sp-date>
      <sp-select name="site" required .label=${t('site')} .none=${t('st-all-sites')} .value=${this.params['sede'] ?? ''} .options=${(data?.sites ?? []).map((s) => ({ value: s.id, label: s.name }))} @sp-change=${param('sede')}></sp-select>
      <sp-select name="service" required .label=${t('service')} .none=${t('agenda-all-services')} .value=${this.params['servizio'] ?? ''} .options=${(data?.services ?? []).map((s) => ({ value: s.id, label: serviceName(s) }))} @sp-change=${param('servizio')}></sp-select>
    </div>`;
  }

  private headline(f: VisitFigures): TemplateResult {
    const left = f.waiting.excluded + f.serving.excluded;
    return html`<div class="sp-figures" data-testid="statistics-total">
      ${figure(count(f.served), t('st-served'), t('st-of-presented', { n: f.presented, shown: count(f.presented) }))}
      ${figure(timeWords(f.waiting, 'median'), t('st-wait-median'), t('st-measured', { n: f.waiting.n, shown: count(f.waiting.n) }))}
      ${figure(timeWords(f.waiting, 'p90'), t('st-wait-p90'))}
      ${figure(timeWords(f.serving, 'median'), t('st-serving-median'))}
      ${figure(count(f.missed), t('st-missed'), t('st-of-booked', { n: f.booked, shown: count(f.booked) }))}
      ${figure(count(f.walk_ins), t('st-walk-ins'))}
      ${figure(f.places === 0 ? t('chart-none') : percent(f.booked / f.places, 0), t('st-load'), f.places === 0 ? t('st-no-places') : t('st-of-places', { n: f.places, booked: count(f.booked), shown: count(f.places) }))}
    </div>
    ${f.refused + f.cancelled === 0 ? nothing : html`<p class="sp-small">${t('st-refused-cancelled', { refused: count(f.refused), cancelled: count(f.cancelled) })}</p>`}
    ${left === 0 ? nothing : html`<p class="sp-small" data-testid="excluded">${t('st-excluded', { n: left, shown: count(left) })}</p>`}`;
  }

  private cells(v: StatisticsView): Cell[] {
    switch (this.cut) {
      case 'day': return v.by_day.map((d) => ({ label: date(d.day).slice(0, 5), figures: d.figures }));
      case 'hour': return v.by_hour.map((h) => ({ label: t('st-hour', { hour: String(h.hour).padStart(2, '0') }), figures: h.figures }));
      case 'service': return v.by_service.map((s) => ({ label: s.name, figures: s.figures }));
      default: return v.by_site.map((s) => ({ label: s.name, figures: s.figures }));
    }
  }

  private charts(v: StatisticsView): TemplateResult {
    const { cut } = this;
    const cells = this.cells(v);
    const lying = cut === 'service' || cut === 'site';
    const chart = (kind: 'bar' | 'line' | 'load', what: 'people' | 'wait' | 'load', series: Series[], show: (n: number) => string = count): TemplateResult =>
      html`<sp-chart data-testid="chart-${what}" .kind=${lying ? 'rows' : kind} .caption=${t(`st-chart-${what}`, { by: t(`st-cut-${cut}`) })} .labelName=${t(`st-cut-${cut}.head`)} .labels=${cells.map((c) => c.label)} .series=${series} .show=${show}></sp-chart>`;
    const of = (pick: (f: VisitFigures) => number | null): (number | null)[] => cells.map((c) => pick(c.figures));
    return section(t('st-detail'), html`
      <sp-radios inline required name="cut" .label=${t('st-cut')} .value=${cut} .options=${CUTS.map((c) => ({ value: c, label: t(`st-cut-${c}`) }))} @sp-change=${(e: CustomEvent<{ value: string }>) => this.show({ per: e.detail.value })}></sp-radios>
      ${chart('bar', 'people', [{ name: t('st-served'), values: of((f) => f.served) }, { name: t('st-missed'), values: of((f) => f.missed) }, { name: t('st-walk-ins'), values: of((f) => f.walk_ins) }])}
      ${chart('line', 'wait', [{ name: t('st-wait-median'), values: of((f) => minutes(f.waiting, 'median')) }, { name: t('st-wait-p90'), values: of((f) => minutes(f.waiting, 'p90')) }], duration)}
      ${cut === 'hour' ? html`<p class="sp-small">${t('st-no-load-by-hour')}</p>` : chart('load', 'load', [{ name: t('st-places'), values: of((f) => f.places) }, { name: t('st-booked'), values: of((f) => f.booked) }])}`);
  }

  private exportDialog(): TemplateResult {
    const close = (): void => { this.exporting = false; };
    const save = async (): Promise<void> => {
      close();
      await saveExport({ type: 'statistics', from: this.from, to: this.to, site: this.params['sede'] ?? null, service: this.params['servizio'] ?? null }, this.format);
    };
    return html`<sp-dialog .open=${this.exporting} .heading=${t('st-export-title')} @sp-close=${close}
      .body=${this.exporting ? html`<p>${t('st-export-what', { from: date(this.from), to: date(this.to) })}</p>
        <sp-radios required inline data-autofocus name="format" .label=${t('cr-export-format')} .value=${this.format} .options=${[{ value: 'xlsx', label: t('format-xlsx') }, { value: 'csv', label: t('format-csv') }]}
          @sp-change=${(e: CustomEvent<{ value: TableFormat }>) => { this.format = e.detail.value; }}></sp-radios>` : nothing}
      .actions=${this.exporting ? [{ label: t('go-back'), key: 'Escape', run: close }, { id: 'export-save', label: t('cr-export-do'), kind: 'primary', key: 'Enter', icon: 'download', run: save } satisfies Action] : []}></sp-dialog>`;
  }

  private body(v: StatisticsView): TemplateResult {
    const f = v.total;
    if (f.booked + f.cancelled + f.walk_ins + f.places === 0) {
      return empty(t('st-none'), [{ label: t('st-period-last-week'), icon: 'calendar', run: () => { const { from, to } = stretch('last-week', today()); this.show({ da: from, a: to }); } }], 'chart-line');
    }
    return html`${v.to >= today() ? html`<p>${badge('info', t('st-running'), 'clock')}</p>` : nothing}${this.headline(f)}${this.charts(v)}`;
  }

  override render(): unknown {
    const { data, error } = this.statistics;
    this.last = data ?? this.last;
    const one = this.from === this.to;
    const lead = one ? longDate(this.from) : t('period-from-to', { from: date(this.from), to: date(this.to) });
    return html`${pageHeader({ title: this.heading(), lead, actions: this.actions() })}
      ${this.choose()}
      ${error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.statistics.retry() }] }) : this.last === undefined ? loading() : this.body(this.last)}
      ${this.exportDialog()}`;
  }
}
