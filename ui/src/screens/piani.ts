// SPDX-License-Identifier: EUPL-1.2
// Piano: the objective sheets that are followed, and how one is loaded: the text is read first and what was understood is looked at
// beside its lines; nothing is written before that.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { announce, focusOn } from '../a11y.ts';
import type { Action } from '../actions.ts';
import { AppError, query } from '../bridge.ts';
import { fileInput, saveSeen } from '../documents.ts';
import { date } from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import { icon } from '../parts/icons.ts';
import '../parts/table.ts';
import type { Column } from '../parts/table.ts';
import { alert, badge, empty, errorPanel, facts, loading, pageHeader, section } from '../parts/views.ts';
import { go, href } from '../router.ts';
import { useQuery } from '../store.ts';
import type { PlanIndicator, PlanPhase, PlanReadingView, PlanRow, PlanSource } from '../types.ts';
import { act } from './common/acts.ts';
import { expectedText, hinders, problemText } from './piano-words.ts';

/** A sheet is a page or two of text (bytes). */
const FILE_MAX = 1024 * 1024;
const HEAD = ['code', 'title', 'direction', 'director', 'classification', 'service', 'manager', 'kind'] as const;

type Numbered<T> = T & { number: number };
const numbered = <T extends object>(list: readonly T[]): Numbered<T>[] => list.map((item, i) => ({ ...item, number: i + 1 }));

@customElement('sp-piani')
export class SpPiani extends Screen {
  private readonly plans = useQuery(this, () => ({ type: 'plans' }) as const, ['plan', 'entitlement', 'appointment', 'campaign']);
  @state() private reading: PlanReadingView | null = null;
  @state() private file = '';
  @state() private busy = false;
  @state() private error: AppError | null = null;

  override heading(): string {
    return t('menu-piano');
  }

  override actions(): Action[] {
    const { reading } = this;
    if (reading === null) return [{ id: 'choose-plan', label: t('plan-choose'), key: 'F2', icon: 'folder', kind: 'primary', focusKey: 'main', disabled: this.busy, run: () => this.querySelector<HTMLInputElement>('#plan-file')?.click() }];
    return [
      { id: 'load-plan', label: t(reading.known === null ? 'plan-load' : 'plan-load-again'), key: 'F2', icon: 'upload', kind: 'primary', focusKey: 'main', disabled: this.busy || reading.hindrance !== null || reading.unchanged, run: () => this.load(reading) },
      { id: 'drop-plan', label: t('plan-drop'), key: 'F8', icon: 'close', run: () => this.clear() },
    ];
  }

  private clear(): void {
    this.reading = null;
    this.error = null;
    focusOn(this.querySelector('h1'));
  }

  private async choose(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    this.error = null;
    if (file.size > FILE_MAX) {
      this.error = new AppError({ code: 'file', message: t('plan-file-big', { file: file.name }) });
      announce(this.error.message, true);
      return;
    }
    this.busy = true;
    try {
      this.reading = await query({ type: 'plan_reading', file: await fileInput(file) });
      this.file = file.name;
      const { sheet, left } = this.reading.reading;
      announce(t('plan-read', { phases: sheet.phases.length, indicators: sheet.indicators.length, left: left.length }));
      await this.updateComplete;
      focusOn(this.querySelector<HTMLElement>('#plan-reading h2'));
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    } finally {
      this.busy = false;
    }
  }

  private async load(reading: PlanReadingView): Promise<void> {
    this.busy = true;
    this.error = null;
    try {
      const outcome = await act({ type: 'load_plan', sheet: reading.reading.sheet, file: this.file }, t('plan-loaded', { code: reading.reading.sheet.code }));
      this.reading = null;
      if (outcome.subject !== null) go('/piano/:id', { id: outcome.subject.id });
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    } finally {
      this.busy = false;
    }
  }

  private chooser(): TemplateResult {
    return html`<input class="visually-hidden sp-file" id="plan-file" data-testid="plan-file" type="file" tabindex="-1" aria-label=${t('plan-choose')} accept=".txt,.text" ?disabled=${this.busy}
      @change=${(e: Event) => { const input = e.target as HTMLInputElement; void this.choose(input.files?.[0]).then(() => { input.value = ''; }); }}>`;
  }

  /** The lines that a field comes from. */
  private lines(view: PlanReadingView, field: string, number = 1): TemplateResult | typeof nothing {
    const source: PlanSource | undefined = view.reading.sources.find((s) => s.field === field && s.number === number);
    if (source === undefined) return nothing;
    return html`<details class="sp-small"><summary>${source.first === source.last ? t('plan-line', { n: source.first }) : t('plan-lines', { first: source.first, last: source.last })}</summary>
      <pre class="sp-lines">${view.lines.slice(source.first - 1, source.last).join('\n')}</pre></details>`;
  }

  private understood(view: PlanReadingView): TemplateResult {
    const { sheet } = view.reading;
    const phases: Column<Numbered<PlanPhase>>[] = [
      { id: 'number', label: t('plan-number'), value: (p) => p.number, number: true },
      { id: 'what', label: t('plan-what'), value: (p) => p.description, cell: (p) => html`${p.description}${this.lines(view, 'phase', p.number)}`, head: true },
      { id: 'weight', label: t('plan-weight'), value: (p) => p.weight ?? '', cell: (p) => p.weight ?? '–', number: true },
      { id: 'from', label: t('plan-from'), value: (p) => p.from, cell: (p) => date(p.from) },
      { id: 'to', label: t('plan-to'), value: (p) => p.to, cell: (p) => date(p.to) },
      { id: 'responsible', label: t('plan-responsible'), value: (p) => p.responsible },
      { id: 'centre', label: t('plan-centre'), value: (p) => p.centre },
    ];
    const indicators: Column<Numbered<PlanIndicator>>[] = [
      { id: 'number', label: t('plan-number'), value: (i) => i.number, number: true },
      { id: 'what', label: t('plan-what'), value: (i) => i.description, cell: (i) => html`${i.description}${this.lines(view, 'indicator', i.number)}`, head: true },
      { id: 'kind', label: t('plan-kind'), value: (i) => i.kind },
      { id: 'expected', label: t('plan-expected'), value: (i) => expectedText(i.expected) },
    ];
    return html`${facts(HEAD.map((name) => [t(`plan-${name}`), sheet[name] === '' ? badge('warning', t('plan-not-found'), 'error') : html`${sheet[name]}${this.lines(view, name)}`] as const))}
      ${sheet.links.length > 0 ? html`<h3>${t('plan-links')}</h3><ul class="sp-tight">${sheet.links.map((link, i) => html`<li>${link}${this.lines(view, 'link', i + 1)}</li>`)}</ul>` : nothing}
      ${sheet.description.length > 0 ? html`<h3>${t('plan-description')}</h3>${sheet.description.map((text) => html`<p>${text}</p>`)}` : nothing}
      <h3>${t('plan-phases')}</h3>
      <sp-table hide-caption data-testid="read-phases" .caption=${t('plan-phases')} .columns=${phases} .rows=${numbered(sheet.phases)} .keyOf=${(p: Numbered<PlanPhase>) => String(p.number)} .empty=${empty(t('plan-none-phases'))}></sp-table>
      <h3>${t('plan-indicators')}</h3>
      <sp-table hide-caption data-testid="read-indicators" .caption=${t('plan-indicators')} .columns=${indicators} .rows=${numbered(sheet.indicators)} .keyOf=${(i: Numbered<PlanIndicator>) => String(i.number)} .empty=${empty(t('plan-none-indicators'))}></sp-table>`;
  }

  private preview(view: PlanReadingView): TemplateResult {
    const { left } = view.reading;
    const wrong = view.problems.filter(hinders);
    const told = view.problems.filter((p) => !hinders(p));
    return html`<div id="plan-reading" data-testid="plan-reading">
      ${view.hindrance === null ? nothing : alert({ tone: 'danger', title: view.hindrance.message, body: html`<ul class="sp-tight">${wrong.map((p) => html`<li>${problemText(p)}</li>`)}</ul>`, live: false })}
      ${view.unchanged ? alert({ tone: 'info', title: t('plan-unchanged'), live: false }) : view.known === null ? nothing : alert({ tone: 'info', title: t('plan-known', { code: view.reading.sheet.code }), live: false })}
      ${told.length > 0 ? alert({ tone: 'info', title: t('plan-told'), body: html`<ul class="sp-tight">${told.map((p) => html`<li>${problemText(p)}</li>`)}</ul>`, live: false }) : nothing}
      ${section(t('plan-understood'), html`<p class="sp-small">${icon('file')} ${this.file}</p>${this.understood(view)}`)}
      ${section(t('plan-left'), left.length === 0 ? html`<p>${badge('success', t('plan-left-none'), 'check-circle')}</p>`
        : html`<p>${t('plan-left-means')}</p><ol class="sp-lines-list">${left.map((line) => html`<li value=${line.number}>${line.text}</li>`)}</ol>`,
      { status: left.length === 0 ? nothing : badge('warning', t('plan-left-n', { n: left.length }), 'error') })}
    </div>`;
  }

  private list(rows: readonly PlanRow[]): TemplateResult {
    const columns: Column<PlanRow>[] = [
      { id: 'code', label: t('plan-code'), value: (r) => r.code, cell: (r) => html`<a href=${href('/piano/:id', { id: r.id })}>${r.code}</a>`, head: true },
      { id: 'title', label: t('plan-title'), value: (r) => r.title },
      { id: 'done', label: t('plan-done'), value: (r) => r.done ?? 0, cell: (r) => (r.done === null ? '–' : `${r.done}\u00a0%`), number: true },
      { id: 'reached', label: t('plan-reached'), value: (r) => r.reached, cell: (r) => t('plan-reached-of', { n: r.reached, of: r.indicators }), number: true },
    ];
    return html`<sp-table hide-caption data-testid="plans" .caption=${t('menu-piano')} .columns=${columns} .rows=${rows} .keyOf=${(r: PlanRow) => r.id} .save=${saveSeen}
      .empty=${empty(t('plan-none'), [], 'calendar')}></sp-table>`;
  }

  override render(): unknown {
    const { data, error } = this.plans;
    return html`${pageHeader({ title: this.heading(), lead: t('plan-lead'), actions: this.actions() })}
      ${this.chooser()}
      ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
      ${this.reading === null
        ? data ? this.list(data.rows) : error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.plans.retry() }] }) : loading()
        : this.preview(this.reading)}`;
  }
}
