// SPDX-License-Identifier: EUPL-1.2
// Who offers a service, and how it is booked: part of the screen of one service.
import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../i18n.ts';
import type { DeskRow, Service, ServiceRules } from '../types.ts';

/** What holds where a service has no rules of its own: as the core's `ServiceRules::default`. */
export const USUAL_RULES: ServiceRules = { desks: [], walk_in: true, reservable: true, notice_minutes: 0, ahead_days: null, suspended: null };

export const rulesOf = (s: Service): ServiceRules => s.rules ?? USUAL_RULES;

/** The service as it is said to the desk: desks only of its sites, a reason only while it is suspended, no rules where they say nothing. */
export function withTidyRules(s: Service, desks: readonly DeskRow[]): Service {
  const { rules: _old, ...rest } = s;
  const rules = rulesOf(s);
  const tidy: ServiceRules = {
    ...rules,
    desks: rules.desks.filter((id) => desks.some((d) => d.id === id && s.sites.includes(d.site))),
    suspended: s.active ? null : (rules.suspended?.trim() ?? '') || null,
  };
  return JSON.stringify(tidy) === JSON.stringify(USUAL_RULES) ? rest : { ...rest, rules: tidy };
}

/** What of the rules does not hold, one sentence each. */
export function rulesProblems(s: Service): string[] {
  const rules = rulesOf(s);
  return [
    ...(rules.walk_in || rules.reservable ? [] : [t('se-problem-nobody')]),
    ...(s.active || (rules.suspended ?? '').trim() !== '' ? [] : [t('se-problem-suspended')]),
  ];
}

interface Of {
  service: Service;
  /** Desks that work at the service's sites. */
  desks: readonly DeskRow[];
  set: (change: Partial<ServiceRules>) => void;
}

/** The reason, while the service is suspended. */
export function suspendedField({ service, set }: Pick<Of, 'service' | 'set'>): TemplateResult | typeof nothing {
  return service.active ? nothing : html`<sp-text required name="suspended" .label=${t('se-suspended-why')} .hint=${t('se-suspended-why-hint')} .value=${rulesOf(service).suspended}
    @sp-input=${(e: CustomEvent<{ value: string | null }>) => set({ suspended: e.detail.value })}></sp-text>`;
}

export function rulesFields({ service, desks, set }: Of): TemplateResult {
  const rules = rulesOf(service);
  const toggle = (id: string, on: boolean): void => set({ desks: on ? [...rules.desks.filter((x) => x !== id), id] : rules.desks.filter((x) => x !== id) });
  return html`<div class="sp-columns">
    <div>
      <sp-check name="reservable" .label=${t('se-reservable')} .hint=${t('se-reservable-hint')} .value=${rules.reservable} @sp-change=${(e: CustomEvent<{ value: boolean }>) => set({ reservable: e.detail.value })}></sp-check>
      <sp-check name="walk-in" .label=${t('se-walk-in')} .hint=${t('se-walk-in-hint')} .value=${rules.walk_in} @sp-change=${(e: CustomEvent<{ value: boolean }>) => set({ walk_in: e.detail.value })}></sp-check>
      ${rules.reservable ? html`<div class="sp-form-row">
        <sp-number required name="notice" min="0" max="10080" .label=${t('se-notice')} .hint=${t('se-notice-hint')} .value=${rules.notice_minutes} @sp-change=${(e: CustomEvent<{ value: number | null }>) => { if (e.detail.value !== null) set({ notice_minutes: e.detail.value }); }}></sp-number>
        <sp-number name="ahead" min="1" max="400" .label=${t('se-ahead')} .hint=${t('se-ahead-hint')} .value=${rules.ahead_days} @sp-change=${(e: CustomEvent<{ value: number | null }>) => set({ ahead_days: e.detail.value })}></sp-number>
      </div>` : nothing}
    </div>
    <fieldset class="sp-field" data-testid="service-desks"><legend class="form-label">${t('se-desks')}</legend>
      ${desks.length === 0 ? html`<p class="sp-small">${t('se-desks-none')}</p>` : html`<div class="sp-choices">${desks.map((d) => html`<label class="sp-choice">
        <input type="checkbox" .checked=${rules.desks.includes(d.id)} @change=${(e: Event) => toggle(d.id, (e.target as HTMLInputElement).checked)}><span>${d.name} <span class="sp-small">${d.site_name}</span></span></label>`)}</div>`}
    </fieldset>
  </div>`;
}
