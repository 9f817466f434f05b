// SPDX-License-Identifier: EUPL-1.2
// Campagne: the voucher rounds.
import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { amount, date, today } from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import type { Column } from '../parts/table.ts';
import { badge, empty, errorPanel, loading, pageHeader } from '../parts/views.ts';
import { go } from '../router.ts';
import { useQuery } from '../store.ts';
import type { Campaign } from '../types.ts';
import { REFERENCE_KINDS } from './names.ts';

@customElement('sp-campagne')
export class SpCampagne extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);

  override heading(): string {
    return t('menu-campagne');
  }

  override actions(): Action[] {
    return [{ id: 'new-campaign', label: t('ca-new'), key: 'F2', icon: 'plus', kind: 'primary', run: () => go('/campagne/:id', { id: 'nuova' }) }];
  }

  override render(): unknown {
    const { data, error } = this.reference;
    const day = today();
    const columns: Column<Campaign>[] = [
      { id: 'name', label: t('ca-name'), value: (c) => c.name },
      { id: 'from', label: t('ca-period'), value: (c) => c.from, cell: (c) => t('period-from-to', { from: date(c.from), to: date(c.to) }) },
      { id: 'state', label: t('ca-state'), value: (c) => c.from, cell: (c) => (day < c.from ? badge('info', t('ca-to-come'), 'clock') : day > c.to ? badge('neutral', t('ca-over')) : badge('success', t('ca-under-way'))) },
      { id: 'denomination', label: t('ca-denomination'), value: (c) => c.denomination, cell: (c) => amount(c.denomination), number: true },
      { id: 'maximum', label: t('ca-maximum'), value: (c) => c.maximum, cell: (c) => amount(c.maximum), number: true },
      { id: 'walk_in', label: t('ca-walk-in-short'), value: (c) => c.walk_in },
    ];
    return html`${pageHeader({ title: this.heading(), lead: t('ca-lead'), actions: this.actions() })}
      ${error ? errorPanel(error) : data === undefined ? loading() : html`<sp-table hide-caption data-testid="campaigns" .caption=${this.heading()} .columns=${columns} .rows=${data.campaigns} .keyOf=${(c: Campaign) => c.id}
        .open=${(c: Campaign) => go('/campagne/:id', { id: c.id })} .empty=${empty(t('ca-none'), this.actions(), 'card')}></sp-table>`}`;
  }
}
