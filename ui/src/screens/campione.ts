// SPDX-License-Identifier: EUPL-1.2
// One sample: whom to call, and what each of them said. What is disputed becomes a case.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import type { Action } from '../actions.ts';
import { AppError } from '../bridge.ts';
import { openDocument, printDocument, saveSeen } from '../documents.ts';
import { amount, count, dateTime, wall } from '../format.ts';
import { t } from '../i18n.ts';
import { newId } from '../ids.ts';
import { Screen } from '../parts/base.ts';
import '../parts/dialog.ts';
import '../parts/fields.ts';
import { validate } from '../parts/fields.ts';
import '../parts/table.ts';
import type { Column } from '../parts/table.ts';
import { alert, badge, button, empty, errorPanel, facts, figure, loading, pageHeader, section, type Tone } from '../parts/views.ts';
import { href } from '../router.ts';
import { useQuery } from '../store.ts';
import type { CallOutcome, SamplePickRow, SampleSite, SampleView } from '../types.ts';
import { act } from './common/acts.ts';

const OUTCOME: Record<CallOutcome, Tone> = { confirmed: 'success', not_reached: 'neutral', declined: 'neutral', not_received: 'danger', fewer: 'danger', another_collector: 'danger' };
const last = (pick: SamplePickRow): CallOutcome | undefined => pick.calls.at(-1)?.outcome;
const OUTCOMES = Object.keys(OUTCOME) as CallOutcome[];

@customElement('sp-campione')
export class SpCampione extends Screen {
  private readonly sample = useQuery(this, () => ({ type: 'sample', id: this.params['id'] ?? '' }) as const, ['campaign_sample', 'entitlement', 'household', 'case']);
  @state() private of: SamplePickRow | null = null;
  @state() private outcome: CallOutcome | null = null;
  @state() private error: AppError | null = null;
  private commandId = newId();

  override heading(): string {
    const { data } = this.sample;
    return data === undefined ? t('menu-telefonate') : t('sample-of-day', { when: dateTime(data.row.at) });
  }

  private get next(): SamplePickRow | undefined {
    return this.sample.data?.picks.find((pick) => pick.calls.every((call) => call.outcome === 'not_reached'));
  }

  override actions(): Action[] {
    const { data } = this.sample;
    if (data === undefined) return [];
    const sheet = { type: 'call_sheet', sample: data.row.id } as const;
    const { next } = this;
    return [
      { id: 'call-next', label: t('sample-next'), key: 'F2', icon: 'telephone', kind: 'primary', focusKey: 'main', disabled: next === undefined, run: () => { if (next !== undefined) this.begin(next); } },
      { id: 'call-sheet', label: t('sample-sheet'), key: 'F6', icon: 'file-pdf', run: () => openDocument(sheet) },
      { id: 'call-sheet-print', label: t('sample-sheet-print'), key: 'F4', icon: 'print', run: () => printDocument(sheet) },
    ];
  }

  private begin(pick: SamplePickRow): void {
    this.of = pick;
    this.outcome = null;
    this.error = null;
    this.commandId = newId();
  }

  private async save(): Promise<void> {
    const { of, outcome } = this;
    const home = this.querySelector('sp-dialog');
    const id = this.params['id'];
    if (of === null || home === null || !validate(home) || outcome === null || id === undefined) return;
    try {
      await act({ type: 'record_call', sample: id, delivery: of.delivery, outcome }, t('sample-recorded', { name: of.name }), 'success', this.commandId);
      this.of = null;
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private dialog(): TemplateResult {
    const { of } = this;
    return html`<sp-dialog .open=${of !== null} .heading=${of === null ? '' : t('sample-call-of', { name: of.name })}
      .body=${of === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
        ${this.error === null ? nothing : alert({ tone: 'danger', title: this.error.message, live: false })}
        <p class="sp-big-code"><a href=${`tel:${of.phone.replaceAll(/[^+\d]/g, '')}`}>${of.phone === '' ? t('sample-no-phone') : of.phone}</a></p>
        <p>${t('sample-ask')}</p>
        ${facts([[t('statement-when'), of.at === null ? undefined : wall(of.at)], [t('sample-collector'), of.collector], [t('statement-amount'), t('sample-amount', { amount: amount(of.amount), n: count(of.vouchers) })], [t('stock-desk'), of.desk?.name]])}
        <sp-radios name="outcome" required data-autofocus .label=${t('sample-outcome')} .value=${this.outcome} .options=${OUTCOMES.map((o) => ({ value: o, label: t(`call-${o}`) }))} @sp-change=${(e: CustomEvent<{ value: CallOutcome }>) => { this.outcome = e.detail.value; }}></sp-radios>
      </form>`}
      .actions=${[{ label: t('go-back'), key: 'Escape', run: () => { this.of = null; } }, { id: 'call-save', label: t('sample-record'), kind: 'primary' as const, key: 'F9', run: () => this.save() }]}
      @sp-close=${() => { this.of = null; }}></sp-dialog>`;
  }

  private picks(view: SampleView): TemplateResult {
    const columns: Column<SamplePickRow>[] = [
      { id: 'name', label: t('statement-household'), value: (p) => p.name, cell: (p) => html`<a href=${href('/nucleo/:id', { id: p.household })}>${p.name === '' ? t('statement-erased') : p.name}</a>${p.reversed ? html`<br>${badge('warning', t('sample-reversed'), 'restore')}` : nothing}`, head: true },
      { id: 'phone', label: t('sample-phone'), value: (p) => p.phone },
      { id: 'at', label: t('statement-when'), value: (p) => p.at ?? '', cell: (p) => (p.at === null ? '–' : wall(p.at)), export: (p) => (p.at === null ? '' : wall(p.at)) },
      { id: 'desk', label: t('stock-desk'), value: (p) => p.desk?.name ?? '' },
      { id: 'outcome', label: t('sample-outcome'), value: (p) => { const o = last(p); return o === undefined ? '' : t(`call-${o}`); }, cell: (p) => { const o = last(p); return html`${o === undefined ? t('sample-to-call') : badge(OUTCOME[o], t(`call-${o}`))}${p.case === null ? nothing : html`<br><a href=${href('/anomalie/:id', { id: p.case })}>${t('sample-case')}</a>`}`; } },
      { id: 'do', label: t('sample-do'), value: () => '', cell: (p) => button({ id: `call-${p.delivery}`, label: t('sample-record'), icon: 'telephone', run: () => this.begin(p) }, true) },
    ];
    return section(t('sample-picks'), html`<sp-table hide-caption data-testid="picks" page-size="50" .caption=${t('sample-picks')} .columns=${columns} .rows=${view.picks} .keyOf=${(p: SamplePickRow) => p.delivery} .tone=${(p: SamplePickRow) => (p.case === null ? undefined : 'danger' as const)} .save=${saveSeen}></sp-table>`);
  }

  private how(view: SampleView): TemplateResult {
    const columns: Column<SampleSite>[] = [
      { id: 'site', label: t('statement-site'), value: (s) => (s.site_name === '' ? t('sample-no-site') : s.site_name), head: true },
      { id: 'deliveries', label: t('statement-deliveries'), value: (s) => s.deliveries, number: true },
      { id: 'drawn', label: t('sample-drawn-here'), value: (s) => s.drawn, number: true },
    ];
    return section(t('sample-how'), html`<p>${t('sample-how-words')}</p>
      ${facts([[t('sample-seed'), html`<span class="sp-mono">${view.row.id}</span>`], [t('sample-digest'), html`<span class="sp-mono">${view.digest}</span>`], [t('sample-again'), view.same === null ? badge('info', t('sample-again-changed')) : view.same ? badge('success', t('sample-again-same')) : badge('danger', t('sample-again-other'))]])}
      <sp-table hide-caption data-testid="strata" .caption=${t('sample-how')} .columns=${columns} .rows=${view.strata} .keyOf=${(s: SampleSite) => s.site_name} .empty=${empty(t('records-none'))}></sp-table>`);
  }

  private page(view: SampleView): TemplateResult {
    return html`<div class="sp-figures">${figure(t('sample-of', { n: count(view.row.drawn), of: count(view.row.frame) }), t('sample-drawn-of'))}${figure(count(view.row.called), t('sample-called'))}${figure(count(view.row.disputed), t('sample-disputed'))}</div>
      ${this.picks(view)}${this.how(view)}${this.dialog()}`;
  }

  override render(): unknown {
    const { data, error } = this.sample;
    return html`${pageHeader({ title: this.heading(), ...(data ? { lead: data.campaign.name } : {}), actions: this.actions(), back: { href: href('/telefonate/:campagna', { campagna: data?.campaign.id ?? '' }), label: t('menu-telefonate') } })}
      ${data ? this.page(data) : error ? errorPanel(error) : loading()}`;
  }
}
