// SPDX-License-Identifier: EUPL-1.2
// Slots that were given to more people than there is room for, because two desks could not reach each other: with an offer to move
// whoever was booked last. Nothing moves by itself.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { focusOn } from '../a11y.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import { alert, button } from '../parts/views.ts';
import { href } from '../router.ts';
import { useQuery } from '../store.ts';
import type { AgendaConflictRow, AppointmentRow } from '../types.ts';
import { moveTo } from './common/overbook.ts';
import { nameLink, phoneText, slotText } from './common/words.ts';

/** Those booked last, beyond the places: they are the ones to move. Whoever was booked knowing it has no claim to a place and no blame. */
export function beyond(row: AgendaConflictRow): AppointmentRow[] {
  return row.appointments.filter((a) => a.overbooked === null).slice(row.capacity);
}

/** `<sp-agenda-conflicts .site>`; fires `sp-move` with an appointment, for the dialog. */
@customElement('sp-agenda-conflicts')
export class SpAgendaConflicts extends SpElement {
  @property({ attribute: false }) site: string | null = null;
  private readonly conflicts = useQuery(this, () => ({ type: 'agenda_conflicts', site: this.site }) as const, ['appointment', 'service', 'site_hours']);

  private held = false;

  protected override willUpdate(): void {
    this.held = this.contains(document.activeElement);
  }

  /** What was pressed goes once it is done: the focus stays near, never nowhere. */
  protected override updated(): void {
    if (this.held && !this.contains(document.activeElement)) focusOn(this.querySelector<HTMLElement>('a[href],button') ?? document.querySelector('h1'));
  }

  private one(row: AgendaConflictRow): TemplateResult {
    const { offer } = row;
    const other = (a: AppointmentRow): void => { this.dispatchEvent(new CustomEvent('sp-move', { detail: a })); };
    return html`<li data-testid="conflict"><p><a href=${href('/agenda', { giorno: row.start.slice(0, 10), sede: row.site })}>${slotText(row.start)}</a>, ${row.service_name}: ${t('conflict-room', { booked: row.appointments.length, capacity: row.capacity })}</p>
      ${beyond(row).map((a) => html`<div class="sp-conflict" data-conflict=${a.id}><span>${nameLink(a, `conflict-${a.id}`)} ${phoneText(a.phone)} <span class="sp-small">${t('conflict-last')}</span></span>
        ${offer === null ? nothing : button({ id: 'conflict-move', label: t('conflict-offer', { when: slotText(offer) }), icon: 'calendar', focusKey: `conflict-offer-${a.id}`, run: () => moveTo(a, row.site, offer) }, true)}
        ${button({ label: t('conflict-other'), kind: 'plain', focusKey: `conflict-other-${a.id}`, run: () => other(a) }, true)}</div>`)}</li>`;
  }

  override render(): unknown {
    const rows = this.conflicts.data?.rows ?? [];
    if (rows.length === 0) return nothing;
    return alert({ tone: 'warning', title: t('conflict-title', { n: rows.length }), body: html`<ul class="sp-conflicts" data-testid="conflicts">${rows.map((r) => this.one(r))}</ul><p class="sp-small">${t('conflict-why')}</p>` });
  }
}
