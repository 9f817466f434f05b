// SPDX-License-Identifier: EUPL-1.2
// Postazioni: every desk of the office, as the centre last heard of it. Who waits, whose clock is wrong, who is silent.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { on, sync_now } from '../bridge.ts';
import { saveSeen } from '../documents.ts';
import { ago, count, date, dateTime, dayOf } from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import type { Column } from '../parts/table.ts';
import { badge, button, empty, errorPanel, figure, loading, pageHeader } from '../parts/views.ts';
import { useQuery } from '../store.ts';
import type { DeskRow } from '../types.ts';
import './chiave.ts';
import './relief-dialog.ts';
import './replacement-dialog.ts';
import './tardive.ts';
import type { SpReliefDialog } from './relief-dialog.ts';
import type { SpReplacementDialog } from './replacement-dialog.ts';
import { CONCERN, SKEW, skewWords, topicName } from './names.ts';

/** Those that should worry first. */
const BY_STATE = { column: 'state', down: false };
const WORST: Record<DeskRow['concern'], number> = { error: 0, warning: 1, none: 2 };

@customElement('sp-postazioni')
export class SpPostazioni extends Screen {
  private readonly list = useQuery(this, () => ({ type: 'desks' }) as const, ['site', 'entitlement']);

  private readonly status = useQuery(this, () => ({ type: 'status' }) as const);

  private get supervises(): boolean {
    const role = this.status.data?.operator.role;
    return role === 'supervisor' || role === 'administrator';
  }

  /** The desk at which this is shown, once it is known. */
  private get here(): DeskRow | undefined {
    return this.list.data?.desks.find((d) => d.this);
  }

  /** What its program is, and with which key it signs. */
  private program(d: DeskRow): TemplateResult {
    return html`${d.version}${d.revoked ? nothing : html`<p class="sp-small">${t('key-short', { n: d.key_number, since: date(dayOf(d.key_since)) })}</p>`}`;
  }

  private acts(d: DeskRow): TemplateResult {
    return html`${d.custody === 0 ? nothing : button({ id: `relief-${d.id}`, label: t('relief'), icon: 'warning-circle', kind: 'plain', focusKey: `relief-${d.id}`, run: () => this.querySelector<SpReliefDialog>('sp-relief-dialog')?.relieve(d, null, d.replaced_by[0]?.id ?? null) }, true)}
      ${d.this || this.here?.supervises !== true ? nothing : button({ id: `replace-${d.id}`, label: t('rep-open'), icon: 'software', kind: 'plain', focusKey: `replace-${d.id}`, run: () => this.querySelector<SpReplacementDialog>('sp-replacement-dialog')?.replace(d) }, true)}`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.until(on('sync', () => this.list.retry()));
  }

  override heading(): string {
    return t('menu-postazioni');
  }

  override actions(): Action[] {
    return [{ id: 'sync-now', label: t('sc-now'), key: 'F2', icon: 'exchange-circle', kind: 'primary', focusKey: 'sync', run: () => sync_now() }];
  }

  private state(d: DeskRow): TemplateResult {
    if (d.revoked) return html`${badge('neutral', t('po-revoked'), 'ban')}${d.replaced_by.length === 0 ? nothing : html`<p class="sp-small">${t('po-replaced-by', { desk: d.replaced_by.map((n) => n.name).join(', ') })}${d.custody > 0 && this.supervises ? ` ${t('po-replaced-custody')}` : nothing}</p>`}`;
    const { tone, icon } = CONCERN[d.concern];
    const why = [
      d.seen_at === null ? t('po-never-seen') : '',
      d.concern !== 'none' && d.waiting > 0 ? t('po-why-waiting') : '',
      Math.abs(d.skew) >= SKEW ? t('po-why-clock') : '',
    ].filter(Boolean).join(' ');
    return html`${badge(tone, t(`po-concern-${d.concern}`), icon)}${why === '' ? nothing : html`<p class="sp-small">${why}</p>`}`;
  }

  override render(): unknown {
    const { data, error } = this.list;
    const columns: Column<DeskRow>[] = [
      { id: 'name', label: t('po-desk'), value: (d) => d.name, head: true, cell: (d) => html`${d.name} ${d.this ? badge('info', t('po-this'), 'star-full') : nothing}<p class="sp-small sp-normal">${d.site_name}${d.supervises ? ` · ${t('po-supervises')}` : nothing}</p>`, export: (d) => `${d.name} (${d.site_name})` },
      { id: 'state', label: t('po-state'), value: (d) => (d.revoked ? 3 : WORST[d.concern]), cell: (d) => this.state(d), export: (d) => t(d.revoked ? 'po-revoked' : `po-concern-${d.concern}`) },
      { id: 'seen', label: t('po-seen'), value: (d) => d.seen_at, cell: (d) => (d.seen_at === null ? t('po-never') : html`<span class="sp-nowrap">${ago(d.seen_at)}</span><p class="sp-small">${dateTime(d.seen_at)}</p>`), export: (d) => (d.seen_at === null ? t('po-never') : dateTime(d.seen_at)) },
      { id: 'waiting', label: t('po-waiting'), value: (d) => d.waiting, cell: (d) => count(d.waiting), number: true },
      { id: 'custody', label: t('po-custody'), value: (d) => d.custody, cell: (d) => count(d.custody), number: true },
      { id: 'skew', label: t('po-clock'), value: (d) => Math.abs(d.skew), cell: (d) => (Math.abs(d.skew) >= SKEW ? badge('warning', skewWords(d.skew), 'clock') : skewWords(d.skew)), export: (d) => skewWords(d.skew) },
      { id: 'reads', label: t('po-reads'), value: (d) => d.reads.map((r) => topicName(r)).join(', ') },
      { id: 'version', label: t('po-version'), value: (d) => d.version, cell: (d) => this.program(d) },
      ...(this.supervises ? [{ id: 'relief', label: t('po-acts'), value: () => '', cell: (d: DeskRow) => this.acts(d) }] : []),
    ];
    const desks = data?.desks ?? [];
    const active = desks.filter((d) => !d.revoked);
    return html`${pageHeader({ title: this.heading(), lead: data === undefined ? t('po-lead') : data.as_of === null ? t('po-as-of-never') : t('po-as-of', { when: dateTime(data.as_of), ago: ago(data.as_of) }), actions: this.actions() })}
      ${error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.list.retry() }] }) : data === undefined ? loading() : html`
        <div class="sp-figures">
          ${figure(count(active.length), t('po-active'))}
          ${figure(count(active.filter((d) => d.concern !== 'none').length), t('po-to-look-at'))}
          ${figure(count(active.reduce((n, d) => n + d.waiting, 0)), t('po-waiting-all'))}
          ${figure(count(active.reduce((n, d) => n + d.custody, 0)), t('po-custody-all'))}
        </div>
        <sp-table hide-caption data-testid="desks" .caption=${this.heading()} .columns=${columns} .rows=${desks} .keyOf=${(d: DeskRow) => d.id} .save=${saveSeen} .order=${BY_STATE}
          .tone=${(d: DeskRow) => (d.revoked ? undefined : d.concern === 'error' ? 'danger' : d.concern === 'warning' ? 'warning' : undefined)} .empty=${empty(t('po-none'), [], 'software')}></sp-table>
        <p class="sp-small">${t('po-custody-note')}</p><sp-relief-dialog></sp-relief-dialog><sp-replacement-dialog></sp-replacement-dialog>${this.supervises ? html`<sp-tardive></sp-tardive>` : nothing}<sp-chiave></sp-chiave>`}`;
  }
}
