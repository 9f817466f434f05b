// SPDX-License-Identifier: EUPL-1.2
// The appointments that new hours touch, with where each could go: one chooses which to move before the hours are saved.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import '../parts/dialog.ts';
import type { Touched, TouchedRow } from '../types.ts';
import { closedText } from './agenda-words.ts';
import { phoneText, slotText } from './common/words.ts';

export function touchedText(why: Touched): string {
  switch (why.why) {
    case 'closed': return closedText(why.closed);
    case 'no_slot': return t('or-touched-no-slot');
    default: return t('or-touched-no-room');
  }
}

/** `<sp-orari-impact .rows=${TouchedRow[] | null}>`; fires `sp-decide` with the rows to move, `sp-close` when the person gave up. */
@customElement('sp-orari-impact')
export class SpOrariImpact extends SpElement {
  @property({ attribute: false }) rows: readonly TouchedRow[] | null = null;
  @state() private stay = new Set<string>();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('rows')) this.stay = new Set();
  }

  private get chosen(): TouchedRow[] {
    return (this.rows ?? []).filter((r) => r.offer !== null && !this.stay.has(r.appointment.id));
  }

  private row(r: TouchedRow): TemplateResult {
    const { id, name, phone, start } = r.appointment;
    const toggle = (e: Event): void => {
      const stay = new Set(this.stay);
      if ((e.target as HTMLInputElement).checked) stay.delete(id);
      else stay.add(id);
      this.stay = stay;
    };
    return html`<tr data-testid="touched"><th scope="row">${name}<p class="sp-small">${phoneText(phone)}</p></th><td>${slotText(start)}</td><td>${touchedText(r.touched)}</td>
      <td>${r.offer === null ? html`<span class="sp-small">${t('or-no-offer')}</span>` : html`<label class="sp-choice"><input type="checkbox" aria-label=${t('or-move-to', { name, when: slotText(r.offer) })} .checked=${!this.stay.has(id)} @change=${toggle}><span>${slotText(r.offer)}</span></label>`}</td></tr>`;
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent('sp-close'));
  }

  override render(): unknown {
    const { rows, chosen } = this;
    const left = (rows?.length ?? 0) - chosen.length;
    const actions: Action[] = rows === null ? [] : [
      { label: t('go-back'), key: 'Escape', run: () => this.close() },
      { id: 'impact-do', label: t(chosen.length === 0 ? 'or-impact-only' : 'or-impact-do', { n: chosen.length }), kind: 'primary', key: 'F2', icon: 'check', run: () => { this.dispatchEvent(new CustomEvent('sp-decide', { detail: chosen })); } },
    ];
    return html`<sp-dialog .size=${'large'} .open=${rows !== null} .heading=${rows === null ? '' : t('or-impact-title', { n: rows.length })} .actions=${actions} @sp-close=${() => this.close()}
      .body=${rows === null ? nothing : html`<p>${t('or-impact-lead')}</p>
        <div class="sp-table-scroll sp-impact" tabindex="0" role="region" aria-label=${t('or-impact-title', { n: rows.length })}><table class="table table-sm" data-testid="impact"><caption class="visually-hidden">${t('or-impact-title', { n: rows.length })}</caption>
          <thead><tr><th scope="col">${t('agenda-who')}</th><th scope="col">${t('booking-was')}</th><th scope="col">${t('or-why')}</th><th scope="col">${t('or-offer')}</th></tr></thead>
          <tbody>${rows.map((r) => this.row(r))}</tbody></table></div>
        ${left === 0 ? nothing : html`<p role="status">${t('or-impact-left', { n: left })}</p>`}`}></sp-dialog>`;
  }
}
