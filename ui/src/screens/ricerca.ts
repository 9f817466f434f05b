// SPDX-License-Identifier: EUPL-1.2
// Ricerca: the same search as Ctrl+K, with all that was found.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { perform } from '../actions.ts';
import { announce } from '../a11y.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import '../parts/table.ts';
import type { Column } from '../parts/table.ts';
import { badge, button, empty, errorPanel, loading, pageHeader } from '../parts/views.ts';
import { go, replace } from '../router.ts';
import { useQuery } from '../store.ts';
import type { SearchHit, SearchView } from '../types.ts';
import { openHit } from './common/open.ts';
import { entitlementBadge } from './common/words.ts';

const PAUSE = 120;

@customElement('sp-ricerca')
export class SpRicerca extends Screen {
  @state() private text: string | null = null;
  private readonly found = useQuery(this, () => (this.asked.length < 2 ? null : ({ type: 'search', text: this.asked, limit: 100 }) as const), ['household', 'entitlement', 'appointment']);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private told: SearchView | undefined;
  /** Kept while the next answer is awaited: the list must not blink at each letter. */
  private last: SearchView | undefined;

  override heading(): string {
    return t('ricerca');
  }

  private get asked(): string {
    return (this.params['q'] ?? '').trim();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.until(() => clearTimeout(this.timer));
  }

  private type(text: string): void {
    this.text = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => replace('/ricerca', { q: text.trim() || undefined }), PAUSE);
  }

  override scan(text: string): boolean {
    this.text = text;
    replace('/ricerca', { q: text });
    return true;
  }

  protected override updated(): void {
    super.updated();
    const { data } = this.found;
    if (data === undefined || data === this.told) return;
    this.told = data;
    announce(t('palette-found', { n: data.hits.length }));
  }

  private readonly columns: Column<SearchHit>[] = [
    { id: 'title', label: '', value: (h) => h.title },
    { id: 'detail', label: '', value: (h) => h.detail },
    { id: 'status', label: '', value: (h) => h.status, cell: (h) => html`${h.status === null ? '' : entitlementBadge(h.status)} ${h.entitlement !== null && !h.here ? badge('warning', t('not-here'), 'exchange-circle') : ''}` },
  ];

  private table(view: SearchView): unknown {
    const columns = this.columns.map((c) => ({ ...c, label: t(`ricerca-${c.id}`) }));
    return html`<p class="sp-small" role="status">${t(`understood-${view.understood}`)} ${view.more ? t('ricerca-more') : ''}</p>
      <sp-table data-testid="results" .caption=${t('ricerca-results')} hide-caption .columns=${columns} .rows=${view.hits} .open=${(h: SearchHit) => void perform({ label: 'open', run: () => openHit(h) })}
        .keyOf=${(h: SearchHit, i: number) => `${h.household ?? ''}${h.appointment ?? ''}${i}`}
        .actions=${(h: SearchHit) => html`${h.entitlement !== null && h.here ? button({ label: t('serve'), icon: 'box', run: () => go('/consegna/:id', { id: h.entitlement ?? '', appuntamento: h.appointment ?? undefined }) }, true) : nothing}`}
        .empty=${empty(t('ricerca-nothing', { text: this.asked }), [], 'search')}></sp-table>`;
  }

  override render(): unknown {
    const { data, error } = this.found;
    this.last = this.asked.length < 2 ? undefined : (data ?? this.last);
    return html`${pageHeader({ title: this.heading() })}
      <sp-text data-autofocus id="ricerca-text" data-testid="ricerca-text" type="search" scan="accept" required .label=${t('ricerca-label')} .hint=${t('ricerca-hint')} .value=${this.text ?? this.asked}
        @sp-input=${(e: CustomEvent<{ value: string }>) => this.type(e.detail.value)}
        @keydown=${(e: KeyboardEvent) => {
          const [first] = this.found.data?.hits ?? [];
          if (e.key === 'Enter' && first !== undefined && this.text === null) void perform({ label: 'open', run: () => openHit(first) });
          else if (e.key === 'Enter') { clearTimeout(this.timer); replace('/ricerca', { q: (this.text ?? '').trim() || undefined }); this.text = null; }
          else if (e.key === 'ArrowDown') this.querySelector<HTMLElement>('[data-row-open]')?.focus();
        }}></sp-text>
      ${this.asked.length < 2 ? empty(t('ricerca-begin'), [], 'search') : this.last ? this.table(this.last) : error ? errorPanel(error) : loading()}`;
  }
}
