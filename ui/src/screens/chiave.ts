// SPDX-License-Identifier: EUPL-1.2
// The key of this desk: which one it is, since when, and another one in its place. A section of Sincronizzazione and of Postazioni.
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { dateTime } from '../format.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import { button, facts, section } from '../parts/views.ts';
import { useQuery } from '../store.ts';
import './rotation-dialog.ts';
import type { SpRotationDialog } from './rotation-dialog.ts';

@customElement('sp-chiave')
export class SpChiave extends SpElement {
  private readonly list = useQuery(this, () => ({ type: 'desks' }) as const, ['site', 'entitlement']);
  private readonly status = useQuery(this, () => ({ type: 'status' }) as const);

  override render(): unknown {
    const here = this.list.data?.desks.find((d) => d.this);
    const status = this.status.data;
    if (here === undefined || status === undefined || status.stopped !== null) return nothing;
    // Administrators change it where they sit. At the other desks there are none, and it harms nobody.
    const may = !here.supervises || status.operator.role === 'administrator';
    return section(t('key-section'), html`<div data-testid="desk-key">
      ${facts([[t('key-now'), t('key-number', { n: here.key_number, since: dateTime(here.key_since) })]])}
      ${may ? button({ id: 'change-key', label: t('key-change'), icon: 'key', kind: 'secondary', focusKey: 'change-key', run: () => this.querySelector<SpRotationDialog>('sp-rotation-dialog')?.ask(here) }) : html`<p class="sp-small">${t('key-administrators')}</p>`}
      <sp-rotation-dialog></sp-rotation-dialog></div>`);
  }
}
