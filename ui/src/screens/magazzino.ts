// SPDX-License-Identifier: EUPL-1.2
// Magazzino: the vouchers that this desk holds; what came in, what left and why.
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query as element, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { AppError } from '../bridge.ts';
import { saveSeen } from '../documents.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { newId } from '../ids.ts';
import { Screen, SpElement } from '../parts/base.ts';
import '../parts/dialog.ts';
import '../parts/fields.ts';
import { validate } from '../parts/fields.ts';
import '../parts/table.ts';
import type { Column } from '../parts/table.ts';
import { alert, badge, empty, errorPanel, figure, loading, pageHeader, section } from '../parts/views.ts';
import { replace } from '../router.ts';
import { countAll, firstSerial, lastSerial, runCount, runText } from '../serial.ts';
import { useQuery } from '../store.ts';
import type { Campaign, Movement, RemovalReason, Run, StockView } from '../types.ts';
import { act } from './common/acts.ts';
import type { Entered, SpSerials } from './common/serials.ts';
import './common/serials.ts';
import { operatorName } from './common/words.ts';
import { REFERENCE_KINDS } from './names.ts';

const REMOVALS: readonly RemovalReason[] = ['damaged', 'lost', 'returned', 'miscounted'];

@customElement('sp-magazzino')
export class SpMagazzino extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  private readonly stock = useQuery(this, () => (this.campaign === undefined ? null : ({ type: 'stock', campaign: this.campaign.id }) as const), ['stock', 'entitlement', 'campaign']);
  @state() private doing: 'receive' | 'remove' | null = null;

  override heading(): string {
    return t('magazzino');
  }

  /** The one of the address; else the one that runs today; else the newest. */
  private get campaign(): Campaign | undefined {
    const all = this.reference.data?.campaigns ?? [];
    const day = format.today();
    return all.find((c) => c.id === this.params['campagna']) ?? all.find((c) => c.from <= day && day <= c.to) ?? all[0];
  }

  override actions(): Action[] {
    if (this.stock.data === undefined) return [];
    return [
      { id: 'receive', label: t('stock-receive'), key: 'F4', icon: 'plus', kind: 'primary', run: () => { this.doing = 'receive'; } },
      { id: 'remove', label: t('stock-remove'), key: 'F8', icon: 'minus-circle', disabled: this.stock.data.held_count === 0, run: () => { this.doing = 'remove'; } },
    ];
  }

  private held(view: StockView): unknown {
    const columns: Column<Run>[] = [
      { id: 'first', label: t('serial-first'), value: (r) => firstSerial(r), cell: (r) => html`<span class="sp-mono">${firstSerial(r)}</span>`, head: true },
      { id: 'last', label: t('serial-last'), value: (r) => lastSerial(r), cell: (r) => html`<span class="sp-mono">${lastSerial(r)}</span>` },
      { id: 'count', label: t('vouchers'), value: (r) => runCount(r), number: true },
      { id: 'value', label: t('stock-value'), value: (r) => runCount(r) * view.campaign.denomination, cell: (r) => format.amount(runCount(r) * view.campaign.denomination), export: (r) => (runCount(r) * view.campaign.denomination) / 100, number: true },
    ];
    return html`<sp-table data-testid="held" hide-caption .caption=${t('stock-held')} .columns=${columns} .rows=${view.held} .keyOf=${(r: Run) => runText(r)} .save=${saveSeen}
      .empty=${empty(t('stock-empty'), [{ label: t('stock-receive'), icon: 'plus', kind: 'primary', run: () => { this.doing = 'receive'; } }], 'box')}></sp-table>`;
  }

  private movements(view: StockView): unknown {
    const operators = this.reference.data?.operators;
    const columns: Column<Movement>[] = [
      { id: 'at', label: t('stock-when'), value: (m) => m.at, cell: (m) => format.dateTime(m.at), export: (m) => format.dateTime(m.at), head: true },
      { id: 'what', label: t('stock-what'), value: (m) => (m.removed === null ? t('stock-came-in') : t(`removal-${m.removed}`)), cell: (m) => (m.removed === null ? badge('success', t('stock-came-in'), 'plus-circle') : badge('warning', t(`removal-${m.removed}`), 'minus-circle')) },
      { id: 'runs', label: t('stock-serials'), value: (m) => m.runs.map(runText).join(', '), cell: (m) => html`<span class="sp-mono">${m.runs.map(runText).join(', ')}</span>` },
      { id: 'count', label: t('vouchers'), value: (m) => countAll(m.runs) * (m.removed === null ? 1 : -1), cell: (m) => `${m.removed === null ? '+' : '−'}${format.count(countAll(m.runs))}`, number: true },
      { id: 'note', label: t('note'), value: (m) => m.note },
      { id: 'by', label: t('operator'), value: (m) => operatorName(operators, m.by) },
    ];
    return html`<sp-table data-testid="movements" hide-caption .caption=${t('stock-movements')} .columns=${columns} .rows=${view.movements} .empty=${empty(t('stock-no-movements'))} .save=${saveSeen}></sp-table>`;
  }

  private page(view: StockView): unknown {
    return html`<div class="sp-figures">
        ${figure(format.count(view.held_count), t('stock-figure-held'), format.amount(view.held_value))}
        ${figure(format.count(view.received), t('stock-figure-received'))}
        ${figure(format.count(view.delivered), t('stock-figure-delivered'))}
        ${figure(format.count(view.removed), t('stock-figure-removed'))}
      </div>
      ${section(t('stock-held'), html`${this.held(view)}`)}
      ${section(t('stock-movements'), html`${this.movements(view)}`)}
      <sp-stock-act .open=${this.doing} .view=${view} @sp-close=${() => { this.doing = null; }}></sp-stock-act>`;
  }

  override render(): unknown {
    const { data, error } = this.stock;
    const campaigns = this.reference.data?.campaigns ?? [];
    const problem = error ?? this.reference.error;
    return html`${pageHeader({ title: this.heading(), ...(data ? { lead: t('stock-of', { desk: data.desk.name, campaign: data.campaign.name }) } : {}), actions: this.actions() })}
      ${campaigns.length > 1 ? html`<sp-select name="campagna" required .label=${t('campaign')} .value=${this.campaign?.id ?? ''} .options=${campaigns.map((c) => ({ value: c.id, label: c.name }))}
        @sp-change=${(e: CustomEvent<{ value: string | null }>) => replace('/magazzino', { campagna: e.detail.value ?? undefined })}></sp-select>` : nothing}
      ${data ? this.page(data) : problem ? errorPanel(problem, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.stock.retry() }] })
        : this.reference.data !== undefined && campaigns.length === 0 ? empty(t('stock-no-campaign'), [], 'box') : loading()}`;
  }
}

/** Booklets come in, or vouchers leave: the runs, and the note or the reason. */
@customElement('sp-stock-act')
export class SpStockAct extends SpElement {
  @property({ attribute: false }) open: 'receive' | 'remove' | null = null;
  @property({ attribute: false }) view: StockView | null = null;
  @state() private entered: readonly Entered[] = [];
  @state() private note = '';
  @state() private reason: RemovalReason | null = null;
  @state() private error: AppError | null = null;
  private commandId = newId();
  @element('form') private form!: HTMLFormElement | null;
  @element('sp-serials') private serials!: SpSerials | null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') || this.open === null) return;
    this.entered = [];
    this.note = '';
    this.reason = null;
    this.error = null;
    this.commandId = newId();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('open') && this.open !== null) void this.updateComplete.then(() => this.serials?.begin());
  }

  private async send(): Promise<void> {
    const { view, open } = this;
    if (view === null || open === null || this.form === null) return;
    const runs = this.entered.map((e) => e.run);
    if (this.serials?.pending === true || runs.length === 0) {
      this.error = new AppError({ code: 'serials', message: t(runs.length === 0 && this.serials?.pending !== true ? 'serials-none' : 'serials-pending') });
      this.serials?.begin();
      return;
    }
    // The serials' own fields are empty by now; only the rest is to be checked.
    const rest = this.form.querySelector('[data-rest]');
    if (rest !== null && !validate(rest)) return;
    this.error = null;
    const campaign = view.campaign.id;
    const n = countAll(runs);
    try {
      if (open === 'receive') await act({ type: 'receive_stock', campaign, runs, note: this.note.trim() }, t('stock-received', { n }), 'success', this.commandId);
      else if (this.reason !== null) await act({ type: 'remove_stock', campaign, runs, reason: this.reason, note: this.note.trim() }, t('stock-removed', { n }), 'success', this.commandId);
      this.close();
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
    }
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent('sp-close'));
  }

  override render(): unknown {
    const { open, view } = this;
    const removing = open === 'remove';
    const body = open === null || view === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
      ${this.error === null ? nothing : alert({ tone: 'danger', title: this.error.message })}
      <p>${t(removing ? 'stock-remove-lead' : 'stock-receive-lead')}</p>
      <sp-serials .entered=${this.entered} .denomination=${view.campaign.denomination} .campaign=${removing ? view.campaign.id : null}
        @sp-runs=${(e: CustomEvent<readonly Entered[]>) => { this.entered = e.detail; this.error = null; }}></sp-serials>
      <div data-rest>
        ${removing ? html`<sp-radios name="reason" required inline .label=${t('reason')} .value=${this.reason} .options=${REMOVALS.map((r) => ({ value: r, label: t(`removal-${r}`) }))}
          @sp-change=${(e: CustomEvent<{ value: RemovalReason }>) => { this.reason = e.detail.value; }}></sp-radios>` : nothing}
        <sp-text name="note" ?required=${removing} .label=${t(removing ? 'stock-remove-note' : 'stock-note')} .hint=${removing ? '' : t('stock-note.hint')} .value=${this.note}
          @sp-input=${(e: CustomEvent<{ value: string }>) => { this.note = e.detail.value; }}></sp-text>
      </div>
    </form>`;
    return html`<sp-dialog .open=${open !== null} .size=${'large'} .heading=${open === null ? '' : t(removing ? 'stock-remove' : 'stock-receive')} .body=${body} .scan=${(text: string) => { this.serials?.scanned(text); return true; }}
      .actions=${[{ label: t('go-back'), key: 'Escape', run: () => this.close() },
        { id: 'stock-do', label: t(removing ? 'stock-remove-do' : 'stock-receive-do', { n: countAll(this.entered.map((e) => e.run)) }), kind: removing ? 'danger' as const : 'primary' as const, key: 'F9', run: () => this.send() }]}
      @sp-close=${() => this.close()}></sp-dialog>`;
  }
}
