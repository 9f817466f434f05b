// SPDX-License-Identifier: EUPL-1.2
// Anomalie: what should not have happened and did. Nothing disappears from here until a supervisor has decided.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { saveSeen } from '../documents.ts';
import { dateTime } from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import type { Icon } from '../parts/icons.ts';
import type { Column } from '../parts/table.ts';
import { alert, badge, empty, errorPanel, loading, pageHeader, type Tone } from '../parts/views.ts';
import { go, replace } from '../router.ts';
import { runText } from '../serial.ts';
import { useQuery } from '../store.ts';
import type { AnomalyKind, ExceptionRow, SuppliedTwiceRow } from '../types.ts';

export const ANOMALY: Record<AnomalyKind, { tone: Tone; icon: Icon }> = {
  forced: { tone: 'warning', icon: 'unlocked' },
  double: { tone: 'danger', icon: 'copy' },
  over_amount: { tone: 'danger', icon: 'plus-circle' },
  after_revocation: { tone: 'danger', icon: 'ban' },
  not_holder: { tone: 'warning', icon: 'exchange-circle' },
  not_returned: { tone: 'warning', icon: 'restore' },
  before_relief: { tone: 'danger', icon: 'exchange-circle' },
  serials_twice: { tone: 'danger', icon: 'copy' },
};
const KINDS = Object.keys(ANOMALY) as AnomalyKind[];

/** Open or decided, in word and colour. */
export function resolutionBadge(row: ExceptionRow): TemplateResult {
  const { resolution } = row.anomaly;
  return resolution === null ? badge('warning', t('an-open')) : badge('success', t(`an-decided-${resolution.decision}`));
}

@customElement('sp-anomalie')
export class SpAnomalie extends Screen {
  private readonly list = useQuery(this, () => ({ type: 'exceptions', all: this.all }) as const, ['entitlement', 'stock']);

  private get all(): boolean {
    return this.params['tutte'] === '1';
  }
  private get kind(): string {
    return this.params['tipo'] ?? '';
  }

  override heading(): string {
    return t('menu-anomalie');
  }

  private rows(): readonly ExceptionRow[] {
    const rows = this.list.data?.rows ?? [];
    return this.kind === '' ? rows : rows.filter((r) => r.anomaly.kind === this.kind);
  }

  override actions(): Action[] {
    const next = this.rows().find((r) => r.anomaly.resolution === null);
    return [{
      id: 'decide-next', label: t('an-decide-next'), key: 'F2', icon: 'arrow-right', kind: 'primary', disabled: next === undefined,
      run: () => { if (next) go('/anomalie/:id', { id: next.anomaly.id }); },
    }];
  }

  private filter(change: { tutte?: string | undefined; tipo?: string | undefined }): void {
    const now = { tutte: this.all ? '1' : undefined, tipo: this.kind || undefined, ...change };
    replace('/anomalie', now);
  }

  /** Serials in two stocks: no household is concerned yet, and nothing is to be decided. */
  private supplied(rows: readonly SuppliedTwiceRow[]): unknown {
    if (rows.length === 0) return nothing;
    return alert({ tone: 'warning', live: false, title: t('an-supplied', { n: rows.length }), body: html`<p>${t('an-supplied-how')}</p>
      <ul class="sp-tight" data-testid="supplied-twice">${rows.map((r) => html`<li><span class="sp-mono">${runText(r.run)}</span> (${r.campaign}): ${r.desks.map((d) => d.name).join(', ')}</li>`)}</ul>` });
  }

  override render(): unknown {
    const { data, error } = this.list;
    const rows = this.rows();
    const columns: Column<ExceptionRow>[] = [
      { id: 'kind', label: t('an-kind'), value: (r) => t(`fact-anomaly-${r.anomaly.kind}`), cell: (r) => html`${badge(ANOMALY[r.anomaly.kind].tone, t(`fact-anomaly-${r.anomaly.kind}`), ANOMALY[r.anomaly.kind].icon)}` },
      { id: 'name', label: t('cr-name'), value: (r) => r.name },
      { id: 'desk', label: t('an-desk'), value: (r) => r.desk.name },
      { id: 'at', label: t('an-at'), value: (r) => r.anomaly.at, cell: (r) => html`<span class="sp-nowrap">${dateTime(r.anomaly.at)}</span>`, export: (r) => dateTime(r.anomaly.at) },
      { id: 'reason', label: t('an-said'), value: (r) => r.anomaly.reason, cell: (r) => r.anomaly.reason || '—' },
      { id: 'state', label: t('an-state'), value: (r) => (r.anomaly.resolution === null ? 0 : 1), cell: (r) => resolutionBadge(r), export: (r) => (r.anomaly.resolution === null ? t('an-open') : t(`an-decided-${r.anomaly.resolution.decision}`)) },
    ];
    return html`${pageHeader({ title: this.heading(), lead: t('an-lead'), actions: this.actions() })}
      <div class="sp-form-row">
        <sp-radios inline required name="which" .label=${t('an-which')} .value=${this.all ? 'all' : 'open'} .options=${[{ value: 'open', label: t('an-which-open') }, { value: 'all', label: t('an-which-all') }]}
          @sp-change=${(e: CustomEvent<{ value: string }>) => this.filter({ tutte: e.detail.value === 'all' ? '1' : undefined })}></sp-radios>
        <sp-select required name="kind" .label=${t('an-kind')} .none=${t('an-kind-all')} .value=${this.kind || null} .options=${KINDS.map((k) => ({ value: k, label: t(`fact-anomaly-${k}`) }))}
          @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.filter({ tipo: e.detail.value ?? undefined })}></sp-select>
      </div>
      ${error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.list.retry() }] }) : data === undefined ? loading() : html`${this.supplied(data.supplied_twice)}
        <sp-table hide-caption data-testid="exceptions" .caption=${t('menu-anomalie')} .columns=${columns} .rows=${rows} .keyOf=${(r: ExceptionRow) => r.anomaly.id}
          .open=${(r: ExceptionRow) => go('/anomalie/:id', { id: r.anomaly.id })} .save=${saveSeen}
          .tone=${(r: ExceptionRow) => (r.anomaly.resolution === null && ANOMALY[r.anomaly.kind].tone === 'danger' ? 'danger' : undefined)}
          .empty=${this.kind === '' ? empty(t(this.all ? 'an-none-ever' : 'an-none'), this.all ? [] : [{ label: t('an-show-all'), run: () => this.filter({ tutte: '1' }) }], 'check-circle')
            : empty(t('an-none-kind'), [{ label: t('an-kind-all'), run: () => this.filter({ tipo: undefined }) }], 'funnel')}></sp-table>`}
`;
  }
}
