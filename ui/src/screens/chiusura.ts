// SPDX-License-Identifier: EUPL-1.2
// Chiusura: the end of the desk's day, step by step: who was not served, the count, what differs, and the closing itself. What was
// counted so far is kept when the screen is left.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { announce } from '../a11y.ts';
import { AppError } from '../bridge.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { newId } from '../ids.ts';
import { Screen } from '../parts/base.ts';
import '../parts/fields.ts';
import { validate } from '../parts/fields.ts';
import '../parts/table.ts';
import type { Column } from '../parts/table.ts';
import { alert, badge, button, empty, errorPanel, facts, figure, loading, pageHeader, section } from '../parts/views.ts';
import { go, href, replace } from '../router.ts';
import { countAll, runText, subtract } from '../serial.ts';
import { run, useQuery } from '../store.ts';
import type { AppointmentRow, ClosingPreviewView, CountGiven, ToCount } from '../types.ts';
import { printOrOpen } from './common/acts.ts';
import type { Entered } from './common/serials.ts';
import './common/serials.ts';
import { appointmentBadge } from './common/words.ts';
import { closedList, signedCount } from './chiusure-rows.ts';

/** What was counted of one campaign so far. */
interface Count { scanning: boolean; count: number | null; entered: readonly Entered[]; explanation: string; open: boolean }
const NOTHING: Count = { scanning: false, count: null, entered: [], explanation: '', open: false };

/** What was begun, by day: whoever is called away finds it again. */
const begun = new Map<string, { counts: Record<string, Count>; note: string; step: number; commandId: string }>();
const STEPS = ['people', 'count', 'confirm'] as const;

@customElement('sp-chiusura')
export class SpChiusura extends Screen {
  private readonly preview = useQuery(this, () => ({ type: 'closing_preview', day: this.params['giorno'] ?? null }) as const, ['closing', 'stock', 'entitlement', 'appointment', 'paper_kit']);
  @state() private error: AppError | null = null;

  override heading(): string {
    const day = this.preview.data?.day;
    return day === undefined ? t('closing') : t('closing-title', { day: format.longDate(day) });
  }

  private get kept(): { counts: Record<string, Count>; note: string; step: number; commandId: string } {
    const day = this.preview.data?.day ?? '';
    const found = begun.get(day) ?? { counts: {}, note: '', step: 0, commandId: newId() };
    begun.set(day, found);
    return found;
  }

  private of(c: ToCount): Count {
    return this.kept.counts[c.campaign] ?? NOTHING;
  }

  private set(c: ToCount, change: Partial<Count>): void {
    this.kept.counts[c.campaign] = { ...this.of(c), ...change };
    this.error = null;
    this.requestUpdate();
  }

  private counted(c: ToCount): number | null {
    const k = this.of(c);
    return k.scanning ? countAll(k.entered.map((e) => e.run)) : k.count;
  }

  private differs(c: ToCount): boolean {
    const k = this.of(c);
    if (this.counted(c) !== c.count) return this.counted(c) !== null;
    const runs = k.entered.map((e) => e.run);
    return k.scanning && subtract(c.expected, runs).length > 0;
  }

  private move(by: 1 | -1): void {
    const home = this.querySelector('form');
    if (by === 1 && home !== null && !validate(home)) return;
    this.kept.step = Math.min(STEPS.length - 1, Math.max(0, this.kept.step + by));
    this.error = null;
    this.requestUpdate();
    announce(t('closing-step', { n: this.kept.step + 1, name: t(`closing-step-${STEPS[this.kept.step] ?? 'people'}`) }));
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('form input, form textarea')?.focus());
  }

  private async close(): Promise<void> {
    const { data } = this.preview;
    if (data === undefined) return;
    const counts: CountGiven[] = data.counts.map((c) => {
      const k = this.of(c);
      return {
        campaign: c.campaign,
        counted: k.scanning ? { how: 'scanned', runs: k.entered.map((e) => e.run) } : { how: 'number', count: k.count ?? 0 },
        explanation: k.explanation.trim(),
        left_open: k.open,
      };
    });
    try {
      const outcome = await run({ type: 'close_day', day: data.day, counts, note: this.kept.note.trim() }, this.kept.commandId);
      begun.delete(data.day);
      announce(t('closing-done'));
      this.error = null;
      if (outcome.subject !== null) await printOrOpen({ type: 'closing_report', closing: outcome.subject.id });
      replace('/chiusura', {});
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  override actions(): Action[] {
    const { data } = this.preview;
    const list: Action = { id: 'closings', label: t('closings-see'), key: 'F6', icon: 'list', run: () => go('/chiusure') };
    if (data === undefined || data.obstacle !== null) return [list];
    const { step } = this.kept;
    const back: Action = { id: 'back', label: t('go-back'), key: 'F7', icon: 'arrow-left', disabled: step === 0, run: () => this.move(-1) };
    return step === STEPS.length - 1
      ? [{ id: 'close-day', label: t('closing-do'), key: 'F9', icon: 'check', kind: 'primary', run: () => this.close() }, back, list]
      : [{ id: 'next', label: t('closing-next'), key: 'F9', icon: 'arrow-right', kind: 'primary', run: () => this.move(1) }, back, list];
  }

  private people(title: string, none: string, rows: readonly AppointmentRow[]): TemplateResult {
    const columns: Column<AppointmentRow>[] = [
      { id: 'time', label: t('closing-time'), value: (r) => r.start, cell: (r) => format.wallTime(r.start) },
      { id: 'name', label: t('closing-name'), value: (r) => r.name, cell: (r) => (r.household === null ? r.name : html`<a href=${href('/nucleo/:id', { id: r.household })}>${r.name}</a>`), head: true },
      { id: 'service', label: t('service'), value: (r) => r.service_name },
      { id: 'status', label: t('closing-status'), value: (r) => r.status, cell: (r) => appointmentBadge(r) },
    ];
    return section(title, html`<sp-table hide-caption page-size="10" .caption=${title} .columns=${columns} .rows=${rows} .keyOf=${(r: AppointmentRow) => r.id} .empty=${empty(none, [], 'check-circle')}></sp-table>`);
  }

  private count(c: ToCount): TemplateResult {
    const k = this.of(c);
    const counted = this.counted(c);
    const missing = k.scanning ? subtract(c.expected, k.entered.map((e) => e.run)) : [];
    return section(c.name, html`
      ${facts([[t('closing-expected'), t('closing-expected-of', { n: c.count, shown: format.count(c.count), value: format.amount(c.value) })],
        [t('closing-serials'), c.expected.length === 0 ? undefined : html`<span class="sp-mono">${c.expected.map(runText).join(', ')}</span>`],
        [t('closing-with-kits'), c.with_kits === 0 ? undefined : format.count(c.with_kits)]])}
      <sp-radios inline required name=${`how-${c.campaign}`} .label=${t('closing-how')} .value=${k.scanning ? 'scan' : 'number'} .options=${[{ value: 'number', label: t('closing-by-number') }, { value: 'scan', label: t('closing-by-scan') }]}
        @sp-change=${(e: CustomEvent<{ value: string }>) => this.set(c, { scanning: e.detail.value === 'scan' })}></sp-radios>
      ${k.scanning ? html`<sp-serials .entered=${k.entered} .denomination=${c.denomination} .campaign=${null} @sp-runs=${(e: CustomEvent<readonly Entered[]>) => this.set(c, { entered: e.detail })}></sp-serials>`
        : html`<sp-number required name=${`count-${c.campaign}`} .label=${t('closing-counted', { campaign: c.name })} .value=${k.count} @sp-change=${(e: CustomEvent<{ value: number | null }>) => this.set(c, { count: e.detail.value })}></sp-number>`}
      ${counted === null || !this.differs(c) ? nothing : html`<div data-testid="difference">
        ${alert({ tone: 'warning', title: t('closing-differs', { shown: signedCount(counted - c.count) }), live: false, ...(missing.length === 0 ? {} : { body: t('closing-missing', { serials: missing.map(runText).join(', ') }) }) })}
        <sp-radios required name=${`open-${c.campaign}`} .label=${t('closing-difference-is')} .value=${k.open ? 'open' : 'explained'} .options=${[{ value: 'explained', label: t('closing-explained') }, { value: 'open', label: t('closing-left-open') }]}
          @sp-change=${(e: CustomEvent<{ value: string }>) => this.set(c, { open: e.detail.value === 'open' })}></sp-radios>
        ${k.open ? nothing : html`<sp-textarea required name=${`why-${c.campaign}`} .label=${t('closing-why')} .value=${k.explanation} @sp-input=${(e: CustomEvent<{ value: string }>) => this.set(c, { explanation: e.detail.value })}></sp-textarea>`}
      </div>`}`, { status: counted === null ? nothing : this.differs(c) ? badge('warning', t('closing-state-differs')) : badge('success', t('closing-state-matches')) });
  }

  private confirm(v: ClosingPreviewView): TemplateResult {
    return section(t('closing-step-confirm'), html`
      <ul>${v.counts.map((c) => html`<li>${c.name}: ${t('closing-line', { counted: format.count(this.counted(c) ?? 0), expected: format.count(c.count), shown: signedCount((this.counted(c) ?? 0) - c.count) })}${this.differs(c) ? html` ${badge('warning', this.of(c).open ? t('closing-left-open') : this.of(c).explanation)}` : nothing}</li>`)}</ul>
      <sp-textarea name="note" .label=${t('closing-note')} .value=${this.kept.note} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.kept.note = e.detail.value; }}></sp-textarea>
      ${alert({ tone: 'info', title: t('closing-final'), live: false })}`);
  }

  private step(v: ClosingPreviewView): TemplateResult {
    const { step } = this.kept;
    if (step === 0) {
      return html`<div class="sp-figures">
          ${figure(format.count(v.figures.deliveries), t('closing-deliveries'), format.amount(v.figures.delivered))}
          ${figure(format.count(v.figures.presented), t('closing-presented'))}
          ${figure(format.count(v.figures.due), t('closing-due'))}
          ${figure(format.count(v.figures.unsent), t('closing-unsent'), v.figures.unsent === 0 ? nothing : html`<a href=${href('/scambi')}>${t('closing-unsent-see')}</a>`)}
        </div>
        ${this.people(t('closing-presented-title'), t('closing-presented-none'), v.presented)}
        ${this.people(t('closing-due-title'), t('closing-due-none'), v.due)}`;
    }
    if (step === 1) return v.counts.length === 0 ? empty(t('closing-nothing'), [], 'box') : html`${v.counts.map((c) => this.count(c))}`;
    return this.confirm(v);
  }

  private page(v: ClosingPreviewView): TemplateResult {
    const earlier = v.open.filter((o) => o.day < v.day);
    const { step } = this.kept;
    return html`${earlier.length === 0 ? nothing : alert({ tone: 'warning', title: t('closing-earlier', { days: earlier.map((o) => format.date(o.day)).join(', ') }), live: false })}
      ${v.obstacle !== null ? html`<div data-testid="closing-obstacle">${alert({ tone: v.closed.length > 0 ? 'success' : 'warning', title: v.obstacle.message, live: false })}</div>`
        : html`<ol class="sp-steps" aria-label=${t('closing-steps')}>${STEPS.map((name, at) => html`<li class=${at === step ? 'sp-step-now' : ''} aria-current=${at === step ? 'step' : nothing}>${t(`closing-step-${name}`)}</li>`)}</ol>
          <form novalidate @submit=${(e: Event) => e.preventDefault()}>${this.step(v)}</form>
          <div class="sp-actions">${this.actions().slice(0, 2).map((a) => button(a))}</div>`}
      ${v.closed.length === 0 ? nothing : section(t('closing-of-day'), closedList(v.closed))}`;
  }

  override render(): unknown {
    const { data, error } = this.preview;
    return html`${pageHeader({ title: this.heading(), ...(data === undefined ? {} : { lead: t('closing-lead', { desk: data.desk.name, n: data.turn }) }), actions: this.actions() })}
      ${this.error === null ? nothing : alert({ tone: 'danger', title: this.error.message })}
      ${data ? this.page(data) : error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.preview.retry() }] }) : loading()}`;
  }
}
