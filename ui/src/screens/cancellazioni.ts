// SPDX-License-Identifier: EUPL-1.2
// Cancellazioni: the orders of erasure, and for a campaign that is over a new one.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { saveSeen } from '../documents.ts';
import { count, date, dateTime, today } from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import type { Column } from '../parts/table.ts';
import { alert, empty, errorPanel, loading, pageHeader } from '../parts/views.ts';
import { useQuery } from '../store.ts';
import type { ErasureRow } from '../types.ts';
import './erasure-dialog.ts';
import type { SpErasureDialog } from './erasure-dialog.ts';
import { REFERENCE_KINDS } from './names.ts';

@customElement('sp-cancellazioni')
export class SpCancellazioni extends Screen {
  private readonly list = useQuery(this, () => ({ type: 'erasures' }) as const, ['erasure']);
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  @state() private campaign: string | null = null;

  override heading(): string {
    return t('menu-cancellazioni');
  }

  private get over(): { value: string; label: string }[] {
    const day = today();
    return (this.reference.data?.campaigns ?? []).filter((c) => c.to < day).map((c) => ({ value: c.id, label: t('er-campaign-over', { name: c.name, to: date(c.to) }) }));
  }

  override actions(): Action[] {
    return [{ id: 'retention', label: t('er-retention'), key: 'F2', icon: 'delete', kind: 'primary', disabled: this.campaign === null, run: () => this.retention() }];
  }

  private retention(): void {
    const { campaign } = this;
    const name = this.reference.data?.campaigns.find((c) => c.id === campaign)?.name;
    if (campaign !== null && name !== undefined) this.querySelector<SpErasureDialog>('sp-erasure-dialog')?.erase({ type: 'campaign', campaign }, name);
  }

  override render(): unknown {
    const { data, error } = this.list;
    const columns: Column<ErasureRow>[] = [
      { id: 'at', label: t('er-at'), value: (r) => r.erasure.at, cell: (r) => html`<span class="sp-nowrap">${dateTime(r.erasure.at)}</span>`, export: (r) => dateTime(r.erasure.at) },
      { id: 'what', label: t('er-what'), value: (r) => r.campaign ?? t(r.erasure.scope.type === 'looks' ? 'menu-accessi' : 'er-one-household'), head: true },
      { id: 'ground', label: t('er-ground'), value: (r) => t(`er-ground-${r.erasure.ground}`) },
      { id: 'reason', label: t('reason'), value: (r) => r.erasure.reason },
      { id: 'by', label: t('er-by'), value: (r) => [r.by, r.desk.name].filter(Boolean).join(', ') },
      { id: 'households', label: t('er-households'), value: (r) => r.erasure.households, cell: (r) => count(r.erasure.households), number: true },
      { id: 'records', label: t('er-records'), value: (r) => r.erasure.records, cell: (r) => html`${count(r.erasure.records)}${r.erasure.late > 0 ? html`<p class="sp-small">${t('er-late', { n: r.erasure.late, shown: count(r.erasure.late) })}</p>` : nothing}`, number: true },
    ];
    return html`${pageHeader({ title: this.heading(), lead: t('er-lead'), actions: this.actions() })}
      <sp-select name="campaign" .label=${t('er-campaign')} .none=${t('er-campaign-none')} .value=${this.campaign} .options=${this.over} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.campaign = e.detail.value; }}></sp-select>
      ${error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.list.retry() }] }) : data === undefined ? loading() : html`
        ${data.pending ? alert({ tone: 'info', title: t('er-pending') }) : nothing}
        <sp-table hide-caption data-testid="erasures" .caption=${this.heading()} .columns=${columns} .rows=${data.orders} .keyOf=${(r: ErasureRow) => r.erasure.id} .save=${saveSeen}
          .empty=${empty(t('er-none'), [], 'delete')}></sp-table>
        <p class="sp-small">${t('er-elsewhere')}</p>`}
      <sp-erasure-dialog></sp-erasure-dialog>`;
  }
}
