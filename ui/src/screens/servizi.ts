// SPDX-License-Identifier: EUPL-1.2
// Servizi: what is given by appointment, where and when.
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import type { Column } from '../parts/table.ts';
import { badge, empty, errorPanel, loading, pageHeader } from '../parts/views.ts';
import { go } from '../router.ts';
import { useQuery } from '../store.ts';
import type { Service } from '../types.ts';
import { Names, REFERENCE_KINDS } from './names.ts';
import { rulesOf } from './servizio-rules.ts';

/** Whether one books, comes, or either. */
function howText(s: Service): string {
  const { reservable, walk_in } = rulesOf(s);
  return reservable ? t(walk_in ? 'se-how-both' : 'se-how-booked') : t('se-how-walk-in');
}

@customElement('sp-servizi')
export class SpServizi extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);

  override heading(): string {
    return t('menu-servizi');
  }

  override actions(): Action[] {
    return [{ id: 'new-service', label: t('se-new'), key: 'F2', icon: 'plus', kind: 'primary', run: () => go('/servizi/:id', { id: 'nuovo' }) }];
  }

  override render(): unknown {
    const { data, error } = this.reference;
    const names = new Names(data);
    const columns: Column<Service>[] = [
      { id: 'name', label: t('se-name'), value: (s) => s.name },
      { id: 'minutes', label: t('se-minutes'), value: (s) => s.minutes, number: true },
      { id: 'sites', label: t('menu-sedi'), value: (s) => s.sites.map((x) => data?.sites.find((y) => y.id === x)?.code ?? '').join(', ') },
      { id: 'campaign', label: t('campaign'), value: (s) => (s.campaign === null ? '' : names.campaign(s.campaign)), cell: (s) => (s.campaign === null ? '—' : names.campaign(s.campaign)) },
      { id: 'how', label: t('se-how'), value: (s) => howText(s) },
      { id: 'active', label: t('op-state'), value: (s) => (s.active ? 0 : 1), cell: (s) => (s.active ? badge('success', t('se-is-active')) : html`${badge('neutral', t('se-is-suspended'), 'ban')}${s.rules?.suspended ? html`<p class="sp-small">${s.rules.suspended}</p>` : nothing}`), export: (s) => (s.active ? t('se-is-active') : [t('se-is-suspended'), s.rules?.suspended].filter(Boolean).join(': ')) },
    ];
    return html`${pageHeader({ title: this.heading(), lead: t('se-lead'), actions: this.actions() })}
      ${error ? errorPanel(error) : data === undefined ? loading() : html`<sp-table hide-caption data-testid="services" .caption=${this.heading()} .columns=${columns} .rows=${data.services} .keyOf=${(s: Service) => s.id}
        .open=${(s: Service) => go('/servizi/:id', { id: s.id })} .empty=${empty(t('se-none'), this.actions(), 'list')}></sp-table>`}`;
  }
}
