// SPDX-License-Identifier: EUPL-1.2
// Accessi: who looked at which household, when, at which desk and how they came to it.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { saveExport } from '../documents.ts';
import { dateTime, today } from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import type { Column } from '../parts/table.ts';
import { alert, empty, errorPanel, loading, pageHeader } from '../parts/views.ts';
import { go, replace } from '../router.ts';
import { useQuery } from '../store.ts';
import type { AccessRow, LookQuery } from '../types.ts';
import './erasure-dialog.ts';
import type { SpErasureDialog } from './erasure-dialog.ts';
import { REFERENCE_KINDS } from './names.ts';

/** Looks are kept for six months at least; two years is what offices keep them for. */
const KEEP_YEARS = 2;

@customElement('sp-accessi')
export class SpAccessi extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  private readonly status = useQuery(this, () => ({ type: 'status' }) as const, ['operator']);
  private readonly list = useQuery(this, () => ({ type: 'access_log', filter: this.filter }) as const, ['looks', 'erasure', 'household']);
  @state() private retention: string | null = null;

  private get filter(): LookQuery {
    const { nucleo, operatore, postazione, dal, al } = this.params;
    return { household: nucleo || null, operator: operatore || null, desk: postazione || null, from: dal || null, to: al || null };
  }

  override heading(): string {
    return t('menu-accessi');
  }

  override actions(): Action[] {
    return [
      { id: 'export', label: t('ac-export'), key: 'F6', icon: 'download', kind: 'primary', run: () => saveExport({ type: 'access_log', filter: this.filter }, 'xlsx') },
      ...(this.status.data?.supervises === true ? [{ id: 'retention', label: t('er-retention'), icon: 'delete', kind: 'plain', run: () => { this.retention = `${Number(today().slice(0, 4)) - KEEP_YEARS}${today().slice(4)}`; } } as const] : []),
    ];
  }

  private change(change: Record<string, string | undefined>): void {
    const { nucleo, operatore, postazione, dal, al } = this.params;
    replace('/accessi', { nucleo, operatore, postazione, dal, al, ...change });
  }

  override render(): unknown {
    const { data, error } = this.list;
    const { operator, desk, from, to, household } = this.filter;
    const columns: Column<AccessRow>[] = [
      { id: 'at', label: t('ac-at'), value: (r) => r.at, cell: (r) => html`<span class="sp-nowrap">${dateTime(r.at)}</span>`, export: (r) => dateTime(r.at) },
      { id: 'operator', label: t('ac-operator'), value: (r) => r.operator },
      { id: 'desk', label: t('ac-desk'), value: (r) => r.desk.name },
      { id: 'household', label: t('nucleo'), value: (r) => r.name, head: true, cell: (r) => (r.household === null ? t('ac-many') : r.name || t('ac-unknown')) },
      { id: 'how', label: t('ac-how'), value: (r) => t(`ac-how-${r.how}`) },
    ];
    const day = (name: string, label: string, value: string | null, key: string): unknown => html`<sp-date name=${name} .label=${label} .value=${value} @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.change({ [key]: e.detail.value ?? undefined })}></sp-date>`;
    return html`${pageHeader({ title: this.heading(), lead: t('ac-lead'), actions: this.actions() })}
      <div class="sp-form-row">
        <sp-select name="operator" .label=${t('ac-operator')} .none=${t('ac-all')} .value=${operator} .options=${(this.reference.data?.operators ?? []).map((o) => ({ value: o.id, label: o.name }))} @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.change({ operatore: e.detail.value ?? undefined })}></sp-select>
        <sp-select name="desk" .label=${t('ac-desk')} .none=${t('ac-all')} .value=${desk} .options=${(this.reference.data?.desks ?? []).map((d) => ({ value: d.id, label: d.name }))} @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.change({ postazione: e.detail.value ?? undefined })}></sp-select>
        ${day('from', t('ac-from'), from, 'dal')}${day('to', t('ac-to'), to, 'al')}
      </div>
      ${household === null ? nothing : alert({ tone: 'info', title: t('ac-one'), actions: [{ label: t('ac-all-households'), run: () => this.change({ nucleo: undefined }) }] })}
      ${this.retention === null ? nothing : html`<div class="sp-form-row">
        <sp-date required name="before" .label=${t('ac-before')} .hint=${t('ac-before-hint')} .value=${this.retention} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.retention = e.detail.value; }}></sp-date>
        <button type="button" class="btn btn-outline-primary btn-sm" data-testid="erase-looks" @click=${() => { if (this.retention !== null) this.querySelector<SpErasureDialog>('sp-erasure-dialog')?.erase({ type: 'looks', before: this.retention }, this.heading()); }}><span>${t('ac-erase')}</span></button>
      </div>`}
      ${error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.list.retry() }] }) : data === undefined ? loading() : html`
        ${data.everywhere ? nothing : alert({ tone: 'info', title: t('ac-here-only') })}
        <sp-table hide-caption data-testid="accesses" .caption=${this.heading()} .columns=${columns} .rows=${data.rows} .keyOf=${(r: AccessRow) => `${String(r.at)}-${r.operator}-${r.household ?? ''}`}
          .open=${(r: AccessRow) => { if (r.household !== null && r.name !== '') go('/nucleo/:id', { id: r.household }); }} .empty=${empty(t('ac-none'), [], 'search')}></sp-table>
        ${data.more ? html`<p class="sp-small">${t('ac-more')}</p>` : nothing}`}
      <sp-erasure-dialog></sp-erasure-dialog>`;
  }
}
