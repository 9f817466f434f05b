// SPDX-License-Identifier: EUPL-1.2
// Sincronizzazione: how the exchange stands, its story, and what to do. Everybody's; the foot bar leads here.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { on, sync_now } from '../bridge.ts';
import { ago, count, dateTime } from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import type { Column } from '../parts/table.ts';
import { alert, badge, empty, errorPanel, facts, loading, pageHeader, section } from '../parts/views.ts';
import { clockWords, syncWords } from '../shell/sync-words.ts';
import { useQuery } from '../store.ts';
import type { LogRow, RefusedRow, StatusView, SyncEntry, SyncStoryView } from '../types.ts';
import './appoggio.ts';
import './chiave.ts';
import './chiavetta.ts';
import './nuova-identita.ts';
import type { SpNuovaIdentita } from './nuova-identita.ts';
import { skewWords, topicName } from './names.ts';

/** What to do, the most urgent first; nothing when all is well. */
export function advice(s: StatusView): string[] {
  const list: string[] = [];
  if (s.stopped !== null) list.push(t('sc-do-stopped'));
  if (clockWords(s).length > 0) list.push(t('sc-do-clock'));
  if (s.concern !== 'none' && !s.online) list.push(t('sc-do-network'), t(s.waiting > 0 ? 'sc-do-keep-on' : 'sc-do-call'));
  if (s.refused > 0) list.push(t('sc-do-refused'));
  if (s.unprojected > 0) list.push(t('sc-do-update'));
  return list;
}

/** How an exchange went: over the network, on a stick, from whose stick. */
function wayWords(e: SyncEntry): string {
  return e.way === 'centre' || e.way === 'bundle_out' ? t(`sc-way-${e.way}`) : t(`sc-way-${e.way}`, { who: e.peer ?? t('us-centre') });
}

@customElement('sp-scambi')
export class SpScambi extends Screen {
  private readonly status = useQuery(this, () => ({ type: 'status' }) as const);
  private readonly story = useQuery(this, () => ({ type: 'sync_story' }) as const);
  @state() private asking = false;

  override connectedCallback(): void {
    super.connectedCallback();
    const again = (): void => {
      this.asking = false;
      this.status.retry();
      this.story.retry();
    };
    this.until(on('sync', again));
    const timer = setInterval(() => this.requestUpdate(), 30_000);
    this.until(() => clearInterval(timer));
  }

  override heading(): string {
    return t('menu-scambi');
  }

  override actions(): Action[] {
    const busy = this.asking || this.status.data?.syncing === true;
    // At a stopped desk the way on is what matters; it stands in its section, with its key.
    const stopped = this.status.data?.stopped !== null && this.status.data !== undefined;
    const now: Action = { id: 'sync-now', label: t(busy ? 'sync-exchanging' : 'sc-now'), icon: 'exchange-circle', focusKey: 'sync', run: () => this.now() };
    const renew = stopped ? this.querySelector<SpNuovaIdentita>('sp-nuova-identita')?.action() : undefined;
    return stopped ? [now, ...(renew === undefined ? [] : [renew])] : [{ ...now, key: 'F2', kind: 'primary' }];
  }

  private async now(): Promise<void> {
    this.asking = true;
    try {
      await sync_now();
    } finally {
      this.asking = false;
      this.status.retry();
      this.story.retry();
    }
  }

  private standing(s: StatusView): TemplateResult {
    const words = syncWords(s);
    const todo = advice(s);
    return html`
      ${s.stopped === null ? nothing : alert({ tone: 'danger', title: s.stopped.message })}
      ${s.last_error === null || s.online ? nothing : alert({ tone: s.concern === 'none' ? 'info' : words.tone, title: s.last_error.message, live: false })}
      <div data-testid="sync-state">${facts([
        [t('sc-state'), badge(words.tone, words.state, words.icon)],
        [t('sc-last'), s.last_sync === null ? t('sync-never') : `${ago(s.last_sync)} (${dateTime(s.last_sync)})`],
        [t('sc-waiting'), words.waiting],
        ...(s.refused > 0 ? [[t('sc-refused'), count(s.refused)] as const] : []),
        ...(s.unprojected > 0 ? [[t('sc-unprojected'), count(s.unprojected)] as const] : []),
        [t('sc-clock'), s.clock_skew === null ? t('sc-clock-unknown') : skewWords(s.clock_skew)],
        [t('sc-central'), html`<span class="sp-mono">${s.central_url}</span>`],
      ])}</div>
      ${todo.length === 0
        ? html`<p>${t(s.online ? 'sc-well' : 'sc-offline-well')}</p>`
        : section(t('sync-what-to-do'), html`<ol class="sp-tight">${todo.map((x) => html`<li>${x}</li>`)}</ol>`)}`;
  }

  private told(v: SyncStoryView): TemplateResult {
    const entries: Column<SyncEntry>[] = [
      { id: 'at', label: t('sc-at'), value: (e) => e.at, cell: (e) => dateTime(e.at), export: (e) => dateTime(e.at), head: true },
      { id: 'way', label: t('sc-way'), value: (e) => wayWords(e) },
      { id: 'result', label: t('sc-result'), value: (e) => e.problem?.message ?? '', cell: (e) => (e.problem === null ? badge('success', t('sc-ok')) : html`${badge('warning', t('sc-failed'))}<p class="sp-small">${e.problem.message}</p>`), export: (e) => e.problem?.message ?? t('sc-ok') },
      { id: 'sent', label: t('sc-sent'), value: (e) => e.sent, cell: (e) => count(e.sent), number: true },
      { id: 'received', label: t('sc-received'), value: (e) => e.received, cell: (e) => count(e.received), number: true },
      { id: 'took', label: t('sc-took'), value: (e) => e.took, cell: (e) => t('sc-seconds', { n: (e.took / 1000).toFixed(1).replace('.', ',') }), number: true },
    ];
    const refused: Column<RefusedRow>[] = [
      { id: 'topic', label: t('sc-log'), value: (r) => topicName(r.topic), head: true },
      { id: 'seq', label: t('sc-seq'), value: (r) => r.seq, number: true },
      { id: 'why', label: t('sc-why'), value: (r) => r.problem.message },
    ];
    const logs: Column<LogRow>[] = [
      { id: 'topic', label: t('sc-log'), value: (l) => topicName(l.topic), head: true },
      { id: 'written', label: t('sc-written'), value: (l) => l.written, cell: (l) => count(l.written), number: true },
      { id: 'acknowledged', label: t('sc-acknowledged'), value: (l) => l.acknowledged, cell: (l) => count(l.acknowledged), number: true },
      { id: 'left', label: t('sc-left'), value: (l) => l.written - l.acknowledged, cell: (l) => (l.written > l.acknowledged ? badge('info', count(l.written - l.acknowledged), 'clock') : '0'), number: true },
      { id: 'head', label: t('sc-head'), value: (l) => l.head, cell: (l) => html`<span class="sp-mono">${l.head}</span>` },
    ];
    return html`
      ${v.refused.length === 0 ? nothing : section(t('sc-refused-title'), html`<p>${t('sc-refused-lead')}</p>
        <sp-table plain hide-caption data-testid="refused" .caption=${t('sc-refused-title')} .columns=${refused} .rows=${v.refused} .keyOf=${(r: RefusedRow) => `${r.topic}:${r.seq}`}></sp-table>`, { status: badge('danger', count(v.refused.length)) })}
      ${section(t('sc-story'), html`<sp-table hide-caption page-size="10" data-testid="sync-story" .caption=${t('sc-story')} .columns=${entries} .rows=${v.entries} .keyOf=${(e: SyncEntry) => String(e.at)}
        .tone=${(e: SyncEntry) => (e.problem === null ? undefined : 'warning')} .empty=${empty(t('sc-story-none'), [], 'exchange-circle')}></sp-table>`)}
      ${section(t('sc-logs'), html`<p class="sp-small">${t('sc-logs-lead')}</p>
        <sp-table plain hide-caption data-testid="logs" .caption=${t('sc-logs')} .columns=${logs} .rows=${v.logs} .keyOf=${(l: LogRow) => l.topic} .empty=${empty(t('sc-logs-none'))}></sp-table>`)}`;
  }

  override render(): unknown {
    const s = this.status;
    const story = this.story;
    return html`${pageHeader({ title: this.heading(), lead: t('sc-lead'), actions: this.actions().filter((a) => a.id === 'sync-now') })}
      ${s.error ? errorPanel(s.error) : s.data === undefined ? loading() : this.standing(s.data)}
      <sp-nuova-identita .status=${s.data}></sp-nuova-identita>
      <sp-chiavetta .status=${s.data} @sp-exchanged=${() => { s.retry(); story.retry(); }}></sp-chiavetta>
      <sp-appoggio .status=${s.data} @sp-exchanged=${() => { s.retry(); story.retry(); }}></sp-appoggio>
      <sp-chiave></sp-chiave>
      ${story.error ? errorPanel(story.error) : story.data === undefined ? nothing : this.told(story.data)}`;
  }
}
