// SPDX-License-Identifier: EUPL-1.2
// A plan that is followed: its phases over time, its indicators against what is expected, what was said of each with its evidence.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { open_file, query, save_file } from '../bridge.ts';
import { openDocument, printDocument, saveExport, saveSeen } from '../documents.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import '../parts/table.ts';
import type { Column } from '../parts/table.ts';
import { alert, button, empty, errorPanel, facts, figure, loading, pageHeader, section } from '../parts/views.ts';
import { href } from '../router.ts';
import { useQuery } from '../store.ts';
import type { PlanIndicatorRow, PlanNote, PlanPhaseRow, PlanTarget, PlanView } from '../types.ts';
import { operatorName } from './common/words.ts';
import { REFERENCE_KINDS } from './names.ts';
import './piano-dialogs.ts';
import type { SpPlanBind, SpPlanNote } from './piano-dialogs.ts';
import { evidenceText, expectedText, forecastBadge, forecastText, problemText, reachedText, sourceCell, sourceText, targetKey, targetText, verdictBadge } from './piano-words.ts';

const READS = ['plan', 'campaign', 'entitlement', 'appointment'] as const;

@customElement('sp-piano')
export class SpPiano extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  private readonly plan = useQuery(this, () => ({ type: 'plan', id: this.params['id'] ?? '' }) as const, READS);
  private readonly chart = useQuery(this, () => ({ type: 'plan_chart', id: this.params['id'] ?? '' }) as const, READS);

  override heading(): string {
    return this.plan.data?.plan.sheet.code ?? t('menu-piano');
  }

  override actions(): Action[] {
    const { data } = this.plan;
    if (data === undefined) return [];
    const report = { type: 'plan_report', plan: data.plan.id } as const;
    return [
      { id: 'plan-report', label: t('plan-report'), key: 'F2', icon: 'file-pdf', kind: 'primary', focusKey: 'main', run: () => openDocument(report) },
      { id: 'plan-print', label: t('plan-print'), key: 'F4', icon: 'print', run: () => printDocument(report) },
      { id: 'plan-table', label: t('plan-table'), key: 'F6', icon: 'file-sheet', run: () => saveExport({ type: 'plan', plan: data.plan.id }, 'xlsx') },
      { id: 'refresh', label: t('refresh'), key: 'F5', icon: 'refresh', run: () => this.plan.retry() },
    ];
  }

  private note(view: PlanView, target: PlanTarget): void {
    this.querySelector<SpPlanNote>('sp-plan-note')?.begin(view, target);
  }

  private bind(view: PlanView, target: PlanTarget): void {
    this.querySelector<SpPlanBind>('sp-plan-bind')?.begin(view, target, this.reference.data?.campaigns ?? []);
  }

  private async evidence(view: PlanView, note: PlanNote): Promise<void> {
    await open_file(await query({ type: 'plan_evidence', id: view.plan.id, note: note.id }));
  }

  private doing(view: PlanView, target: PlanTarget, readable: boolean): TemplateResult {
    return html`<div class="sp-actions">${button({ id: `note-${targetKey(target)}`, label: t('plan-note-do'), icon: 'pencil', run: () => this.note(view, target) }, true)}
      ${readable ? button({ id: `bind-${targetKey(target)}`, label: t('plan-bind-do'), icon: 'settings', run: () => this.bind(view, target) }, true) : nothing}</div>`;
  }

  private gantt(view: PlanView): TemplateResult {
    const { data, error } = this.chart;
    return section(t('plan-gantt'), data
      ? html`<div class="sp-gantt"><img data-testid="gantt" src=${`data:image/svg+xml;base64,${data.content}`} alt=${t('plan-gantt-alt', { code: view.plan.sheet.code })}></div>`
      : error ? html`<p>${t('plan-gantt-none')}</p>` : loading(),
    { actions: data ? [{ id: 'save-gantt', label: t('plan-gantt-save'), icon: 'download', run: async () => { await save_file(data); } }] : [] });
  }

  private phases(view: PlanView): TemplateResult {
    const columns: Column<PlanPhaseRow>[] = [
      { id: 'number', label: t('plan-number'), value: (r) => r.number, number: true },
      { id: 'what', label: t('plan-what'), value: (r) => r.phase.description, head: true },
      ...(view.phases.some((r) => r.phase.weight !== null) ? [{ id: 'weight', label: t('plan-weight'), value: (r: PlanPhaseRow) => r.phase.weight ?? '', cell: (r: PlanPhaseRow) => r.phase.weight ?? '–', number: true }] : []),
      { id: 'period', label: t('plan-period'), value: (r) => r.phase.from, cell: (r) => `${format.date(r.phase.from)} – ${format.date(r.phase.to)}`, export: (r) => `${format.date(r.phase.from)} – ${format.date(r.phase.to)}` },
      { id: 'percent', label: t('plan-progress'), value: (r) => r.percent, cell: (r) => html`<strong>${r.percent}\u00a0%</strong><br>${sourceCell(r.source)}` },
      { id: 'forecast', label: t('plan-forecast'), value: (r) => forecastText(r.forecast), cell: (r) => forecastBadge(r.forecast) },
      { id: 'do', label: t('plan-follow'), value: () => '', cell: (r) => this.doing(view, { type: 'phase', number: r.number }, true) },
    ];
    return section(t('plan-phases'), html`<sp-table hide-caption data-testid="phases" .caption=${t('plan-phases')} .columns=${columns} .rows=${view.phases} .keyOf=${(r: PlanPhaseRow) => String(r.number)} .empty=${empty(t('plan-none-phases'))} .save=${saveSeen}></sp-table>`);
  }

  private indicators(view: PlanView): TemplateResult {
    const columns: Column<PlanIndicatorRow>[] = [
      { id: 'number', label: t('plan-number'), value: (r) => r.number, number: true },
      { id: 'what', label: t('plan-what'), value: (r) => r.indicator.description, head: true },
      { id: 'kind', label: t('plan-kind'), value: (r) => r.indicator.kind },
      { id: 'expected', label: t('plan-expected'), value: (r) => expectedText(r.indicator.expected) },
      { id: 'reached', label: t('plan-value'), value: (r) => reachedText(r.reached), cell: (r) => (r.source.type === 'nothing' ? sourceText(r.source) : html`<strong>${reachedText(r.reached)}</strong><br>${sourceCell(r.source)}`) },
      { id: 'verdict', label: t('plan-status'), value: (r) => t(`plan-verdict-${r.verdict}`), cell: (r) => verdictBadge(r.verdict) },
      { id: 'do', label: t('plan-follow'), value: () => '', cell: (r) => this.doing(view, { type: 'indicator', number: r.number }, r.indicator.expected.type === 'share') },
    ];
    return section(t('plan-indicators'), html`<sp-table hide-caption data-testid="indicators" .caption=${t('plan-indicators')} .columns=${columns} .rows=${view.indicators} .keyOf=${(r: PlanIndicatorRow) => String(r.number)} .empty=${empty(t('plan-none-indicators'))} .save=${saveSeen}></sp-table>`);
  }

  private notes(view: PlanView): TemplateResult {
    const operators = this.reference.data?.operators;
    const columns: Column<PlanNote>[] = [
      { id: 'at', label: t('plan-when'), value: (n) => n.at, cell: (n) => format.dateTime(n.at), export: (n) => format.dateTime(n.at), head: true },
      { id: 'target', label: t('plan-target'), value: (n) => targetText(n.target) },
      { id: 'reached', label: t('plan-value'), value: (n) => reachedText(n.reached) },
      { id: 'note', label: t('note'), value: (n) => n.note },
      { id: 'evidence', label: t('plan-evidence'), value: evidenceText, cell: (n) => html`${n.evidence}${n.file === null ? nothing : button({ id: `evidence-${n.id}`, label: n.file, icon: 'file', run: () => this.evidence(view, n) }, true)}` },
      { id: 'by', label: t('operator'), value: (n) => operatorName(operators, n.by) },
    ];
    return section(t('plan-notes'), html`<sp-table hide-caption data-testid="plan-notes" page-size="10" .caption=${t('plan-notes')} .columns=${columns} .rows=${view.plan.notes.toReversed()} .keyOf=${(n: PlanNote) => n.id} .empty=${empty(t('plan-notes-none'), [], 'note')} .save=${saveSeen}></sp-table>`);
  }

  private sheet(view: PlanView): TemplateResult {
    const { sheet, loads } = view.plan;
    const last = loads.at(-1);
    const names = ['direction', 'director', 'classification', 'service', 'manager', 'kind'] as const;
    return section(t('plan-sheet'), html`${facts([
      ...names.map((name) => [t(`plan-${name}`), sheet[name]] as const),
      [t('plan-links'), sheet.links.length === 0 ? undefined : html`<ul class="sp-tight">${sheet.links.map((link) => html`<li>${link}</li>`)}</ul>`],
      [t('plan-from-file'), last === undefined ? undefined : t('plan-from-file-when', { file: last.file, when: format.dateTime(last.at), n: loads.length })],
    ])}
      <details><summary>${t('plan-description')}</summary>${sheet.description.map((text) => html`<p>${text}</p>`)}</details>`);
  }

  private page(view: PlanView): TemplateResult {
    const reached = view.indicators.filter((i) => i.verdict === 'reached').length;
    return html`<div class="sp-figures">
        ${view.done === null ? nothing : figure(`${view.done}\u00a0%`, t('plan-done'))}
        ${figure(t('plan-reached-of', { n: reached, of: view.indicators.length }), t('plan-reached'))}
        ${view.forecast === null ? nothing : figure(view.forecast.type === 'ends' ? format.date(view.forecast.day) : t(`plan-forecast-${view.forecast.type}`), t('plan-forecast'), view.forecast.type === 'ends' && view.forecast.late > 0 ? t('plan-late', { n: view.forecast.late }) : undefined)}
      </div>
      ${view.problems.length > 0 ? alert({ tone: 'info', title: t('plan-told'), body: html`<ul class="sp-tight">${view.problems.map((p) => html`<li>${problemText(p)}</li>`)}</ul>`, live: false }) : nothing}
      ${this.gantt(view)}${this.phases(view)}${this.indicators(view)}${this.notes(view)}${this.sheet(view)}
      <sp-plan-note></sp-plan-note><sp-plan-bind></sp-plan-bind>`;
  }

  override render(): unknown {
    const { data, error } = this.plan;
    return html`${pageHeader({ title: this.heading(), ...(data ? { lead: data.plan.sheet.title } : {}), actions: this.actions(), back: { href: href('/piano'), label: t('menu-piano') } })}
      ${data ? this.page(data) : error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.plan.retry() }] }) : loading()}`;
  }
}
