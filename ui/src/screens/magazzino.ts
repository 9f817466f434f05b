// SPDX-License-Identifier: EUPL-1.2
// Magazzino: the vouchers that this desk holds; what came in, what left and why, what is on its way, and where each voucher was.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { query } from '../bridge.ts';
import { saveSeen } from '../documents.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import '../parts/table.ts';
import type { Column } from '../parts/table.ts';
import { showError } from '../parts/toasts.ts';
import { alert, badge, empty, errorPanel, figure, loading, pageHeader, section } from '../parts/views.ts';
import { replace } from '../router.ts';
import { countAll, firstSerial, lastSerial, overlaps, runCount, runText } from '../serial.ts';
import { useQuery } from '../store.ts';
import type { BollaView, Campaign, MovementRow, Run, ShipmentRow, StockView } from '../types.ts';
import { REFERENCE_KINDS } from './names.ts';
import './stock/arrive.ts';
import './stock/destroy.ts';
import './stock/history.ts';
import { ledger } from './stock/ledger.ts';
import './stock/receive.ts';
import './stock/remove.ts';
import './stock/reserve.ts';
import './stock/settle.ts';
import './stock/ship.ts';
import { shipments } from './stock/shipments.ts';
import { movedBadge, movedDetail, movedName, runsText, sign } from './stock/words.ts';

type Doing = 'receive' | 'remove' | 'ship' | 'arrive' | 'settle' | 'reserve' | 'destroy';

const signed = (m: MovementRow): string => `${{ '-1': '−', 0: '', 1: '+' }[sign(m.moved)]}${format.count(countAll(m.runs))}`;

@customElement('sp-magazzino')
export class SpMagazzino extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  private readonly stock = useQuery(this, () => (this.campaign === undefined ? null : ({ type: 'stock', campaign: this.campaign.id }) as const), ['stock', 'entitlement', 'campaign', 'paper_kit']);
  private readonly shipped = useQuery(this, () => ({ type: 'shipments' }) as const, ['stock', 'campaign']);
  private readonly ledger = useQuery(this, () => (this.campaign === undefined ? null : ({ type: 'stock_ledger', campaign: this.campaign.id }) as const), ['stock', 'entitlement', 'campaign', 'paper_kit']);
  @state() private doing: Doing | null = null;
  /** What is arriving: a shipment that is known here, or what its paper says. */
  @state() private arriving: Pick<BollaView, 'shipment' | 'name' | 'runs'> | null = null;
  @state() private settling: ShipmentRow | null = null;
  private scanned = '';

  override heading(): string {
    return t('magazzino');
  }

  /** The one of the address; else the one that runs today; else the newest. */
  private get campaign(): Campaign | undefined {
    const all = this.reference.data?.campaigns ?? [];
    const day = format.today();
    return all.find((c) => c.id === this.params['campagna']) ?? all.find((c) => c.from <= day && day <= c.to) ?? all[0];
  }

  protected override updated(): void {
    super.updated();
    const code = this.params['bolla'] ?? '';
    if (code !== '' && code !== this.scanned && this.stock.data !== undefined) {
      this.scanned = code;
      void this.open(code);
    }
  }

  /** The paper of a shipment was scanned: what is on it is offered to be taken in. */
  private async open(code: string): Promise<void> {
    try {
      const bolla = await query({ type: 'bolla', code });
      if (bolla.campaign !== this.campaign?.id) replace('/magazzino', { campagna: bolla.campaign });
      this.arriving = bolla;
      this.doing = 'arrive';
    } catch (thrown) {
      showError(thrown);
    }
  }

  override actions(): Action[] {
    const { data } = this.stock;
    if (data === undefined) return [];
    const none = data.held_count === 0;
    const start = (doing: Doing) => (): void => { this.arriving = null; this.doing = doing; };
    return [
      { id: 'receive', label: t('stock-receive'), key: 'F4', icon: 'plus', kind: 'primary', run: start('receive') },
      { id: 'ship', label: t('stock-ship'), key: 'F6', icon: 'upload', disabled: none, run: start('ship') },
      { id: 'arrive', label: t('stock-arrive'), key: 'F7', icon: 'download', run: start('arrive') },
      { id: 'reserve', label: t('stock-reserve'), icon: 'lock', disabled: none, run: start('reserve') },
      { id: 'remove', label: t('stock-remove'), key: 'F8', icon: 'minus-circle', disabled: none, run: start('remove') },
      ...(this.ledger.data?.office ? [{ id: 'destroy', label: t('stock-destroy'), icon: 'delete' as const, run: start('destroy') }] : []),
    ];
  }

  private held(view: StockView): unknown {
    const aside = (r: Run): string => view.reserved.filter((a) => a.runs.some((x) => overlaps(x, r)))
      .map((a) => t(a.kit ? 'stock-aside-kit' : 'stock-aside', { purpose: a.purpose, serials: runsText(a.runs.filter((x) => overlaps(x, r))) })).join('; ');
    const columns: Column<Run>[] = [
      { id: 'first', label: t('serial-first'), value: (r) => firstSerial(r), cell: (r) => html`<span class="sp-mono">${firstSerial(r)}</span>`, head: true },
      { id: 'last', label: t('serial-last'), value: (r) => lastSerial(r), cell: (r) => html`<span class="sp-mono">${lastSerial(r)}</span>` },
      { id: 'count', label: t('vouchers'), value: (r) => runCount(r), number: true },
      { id: 'value', label: t('stock-value'), value: (r) => runCount(r) * view.campaign.denomination, cell: (r) => format.amount(runCount(r) * view.campaign.denomination), export: (r) => (runCount(r) * view.campaign.denomination) / 100, number: true },
      ...(view.reserved_count > 0 ? [{ id: 'aside', label: t('bucket-reserved'), value: aside, cell: (r: Run) => (aside(r) === '' ? nothing : badge('info', aside(r), 'lock')) }] : []),
    ];
    return html`<sp-table data-testid="held" hide-caption .caption=${t('stock-held')} .columns=${columns} .rows=${view.held} .keyOf=${(r: Run) => runText(r)} .save=${saveSeen}
      .empty=${empty(t('stock-empty'), [{ label: t('stock-receive'), icon: 'plus', kind: 'primary', run: () => { this.doing = 'receive'; } }], 'box')}></sp-table>`;
  }

  private movements(view: StockView): unknown {
    const columns: Column<MovementRow>[] = [
      { id: 'at', label: t('stock-when'), value: (m) => m.at, cell: (m) => format.dateTime(m.at), export: (m) => format.dateTime(m.at), head: true },
      { id: 'what', label: t('stock-what'), value: (m) => movedName(m.moved), cell: (m) => movedBadge(m.moved) },
      { id: 'runs', label: t('stock-serials'), value: (m) => runsText(m.runs), cell: (m) => html`<span class="sp-mono">${runsText(m.runs)}</span>` },
      { id: 'count', label: t('vouchers'), value: (m) => countAll(m.runs) * sign(m.moved), cell: signed, number: true },
      { id: 'note', label: t('note'), value: movedDetail },
      { id: 'by', label: t('operator'), value: (m) => m.operator },
    ];
    return html`<sp-table data-testid="movements" hide-caption page-size="15" .caption=${t('stock-movements')} .columns=${columns} .rows=${view.movements} .empty=${empty(t('stock-no-movements'))} .save=${saveSeen}></sp-table>`;
  }

  private figures(view: StockView): unknown {
    const { counts } = view;
    // What there is none of is not shown, but for what a desk always asks for.
    const more = ([['in_transit', counts.in_transit], ['transferred', counts.transferred], ['damaged', counts.damaged], ['returned', counts.returned], ['lost', counts.lost], ['destroyed', counts.destroyed]] as const).filter(([, n]) => n > 0);
    return html`<div class="sp-figures">
      ${figure(format.count(view.held_count), t('stock-figure-held'), view.reserved_count > 0 ? t('stock-figure-aside', { value: format.amount(view.held_value), n: format.count(view.reserved_count) }) : format.amount(view.held_value))}
      ${figure(format.count(view.received), t('stock-figure-received'))}
      ${figure(format.count(view.delivered), t('stock-figure-delivered'))}
      ${view.coming > 0 ? figure(format.count(view.coming), t('stock-figure-coming')) : nothing}
      ${more.map(([bucket, n]) => figure(format.count(n), t(`stock-figure-${bucket}`)))}
    </div>`;
  }

  private shipments(): unknown {
    const rows = this.shipped.data?.rows ?? [];
    const awaited = rows.filter((r) => r.here && r.open_count > 0);
    const rest = rows.filter((r) => !awaited.includes(r));
    const acts = {
      arrive: (row: ShipmentRow): void => { this.arriving = { shipment: row.shipment, name: row.name, runs: row.open }; this.doing = 'arrive'; },
      settle: (row: ShipmentRow): void => { this.settling = row; this.doing = 'settle'; },
    };
    return html`${awaited.length === 0 ? nothing : html`<div data-testid="awaited">${section(t('shipments-awaited'), html`
        ${alert({ tone: 'info', live: false, title: t('shipments-awaited-lead') })}${shipments(t('shipments-awaited'), awaited, acts, '')}`)}</div>`}
      ${rest.length === 0 ? nothing : html`<div data-testid="shipments">${section(t('shipments'), shipments(t('shipments'), rest, acts, t('shipments-none')))}</div>`}`;
  }

  private page(view: StockView): unknown {
    const office = this.ledger.data?.office;
    const close = (): void => { this.doing = null; this.arriving = null; };
    const serial = this.params['buono'] ?? '';
    // What somebody came for stands first.
    const history = section(t('history'), html`<sp-stock-history .campaign=${view.campaign.id} .serial=${serial}></sp-stock-history>`);
    return html`${serial === '' ? nothing : history}
      ${this.figures(view)}
      ${this.shipments()}
      ${section(t('stock-held'), html`${this.held(view)}`)}
      ${this.ledger.data && office ? section(t('ledger'), ledger(this.ledger.data, office)) : nothing}
      ${section(t('stock-movements'), html`${this.movements(view)}`)}
      ${serial === '' ? history : nothing}
      <sp-stock-receive .open=${this.doing === 'receive'} .view=${view} @sp-close=${close}></sp-stock-receive>
      <sp-stock-remove .open=${this.doing === 'remove'} .view=${view} @sp-close=${close}></sp-stock-remove>
      <sp-stock-ship .open=${this.doing === 'ship'} .view=${view} .reference=${this.reference.data} @sp-close=${close}></sp-stock-ship>
      <sp-stock-arrive .open=${this.doing === 'arrive'} .view=${view} .reference=${this.reference.data} .shipment=${this.arriving?.shipment ?? null} .name=${this.arriving?.name ?? ''} .initial=${this.arriving?.runs ?? []} @sp-close=${close}></sp-stock-arrive>
      <sp-stock-settle .open=${this.doing === 'settle'} .view=${view} .row=${this.settling} .initial=${this.settling?.open ?? []} @sp-close=${close}></sp-stock-settle>
      <sp-stock-reserve .open=${this.doing === 'reserve'} .view=${view} @sp-close=${close}></sp-stock-reserve>
      <sp-stock-destroy .open=${this.doing === 'destroy'} .view=${view} .desks=${(this.ledger.data?.desks ?? []).map((d) => d.desk)} @sp-close=${close}></sp-stock-destroy>`;
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
