// SPDX-License-Identifier: EUPL-1.2
// Pieces of Consegna without a life of their own: whom one serves, what stands against it, what is handed over at the end.
import { html, nothing, type TemplateResult } from 'lit';
import type { Action } from '../../actions.ts';
import * as format from '../../format.ts';
import { t } from '../../i18n.ts';
import { alert, badge, facts, type Content } from '../../parts/views.ts';
import { href } from '../../router.ts';
import { countAll, runText } from '../../serial.ts';
import type { AppointmentRow, CounterView, Run } from '../../types.ts';
import { addressText, applicant, appointmentBadge, entitlementBadge, identifierText, memberName, slotText } from './words.ts';

/** A delivery that is on record. */
export interface Done {
  delivery: string;
  runs: readonly Run[];
  amount: number;
  forced: boolean;
  /** Null while the receipt is under way. */
  printed: boolean | null;
}

/** The household beside the flow: to be compared with the person and the document in front. */
export function counterAside(data: CounterView, done: boolean): TemplateResult {
  const e = data.entitlement;
  const { members, address } = data.household.data;
  const a = data.appointment;
  return html`<aside class="sp-card sp-counter-aside" aria-label=${t('consegna-aside')}>
    <header><h2 class="h3">${applicant(data.household)}</h2>${entitlementBadge(e.status)}</header>
    <p>${addressText(address)}</p>
    <div class="sp-amounts"><p class="sp-amount-left"><span>${t('amount-remaining')}</span><strong data-testid="remaining">${format.amount(e.remaining)}</strong> <span>${t('vouchers-n', { n: e.vouchers })}</span></p>
      ${e.delivered > 0 ? html`<p><span>${t('amount-delivered')}</span><strong>${format.amount(e.delivered)}</strong></p>` : nothing}</div>
    ${facts([
      [t('campaign'), e.campaign.name],
      [t('appointment'), done ? undefined : a === null ? t('walk-in') : html`${slotText(a.start)} ${appointmentBadge(a)}`],
      [t('holder'), e.here ? undefined : e.holder.name],
    ])}
    <h3>${t('members', { n: members.length })}</h3>
    <ul class="sp-plain-list">${members.map((m) => html`<li><div><p>${memberName(m)}</p><p class="sp-small">${identifierText(m.identifier)}</p></div></li>`)}</ul>
    <p><a href=${href('/nucleo/:id', { id: data.household.id })}>${t('open-nucleo')}</a></p>
  </aside>`;
}

/** What stands against the delivery before anything is entered; `asked`: this desk waits for the custody already. */
export function counterObstacle(data: CounterView, asked: boolean, actions: Action[]): Content {
  const o = data.obstacle;
  if (o === null) return nothing;
  return alert({
    tone: o.can_be_forced || o.problem.code === 'stock_short' ? 'warning' : 'danger',
    title: o.problem.message,
    body: html`<p>${o.can_be_forced ? t('obstacle-force') : o.problem.code === 'stock_short' ? t('obstacle-stock') : t('obstacle-stop')}${asked ? html` ${t('custody-waiting', { desk: data.entitlement.holder.name })}` : nothing}</p>`,
    actions,
    live: true,
  });
}

/** The end: the receipt to be signed, the vouchers to be given, who is next; `elsewhere`: households that the same delegate collected for. */
export function handedOver(done: Done, next: AppointmentRow | undefined, elsewhere: number): TemplateResult {
  return html`<h2 tabindex="-1">${t('consegna-done')}</h2>
    ${alert({ tone: done.forced ? 'warning' : 'success', title: done.forced ? t('consegna-done-forced') : t('consegna-done-safe'), live: false })}
    <p class="sp-hand-over">${t('consegna-hand-over')}</p>
    ${facts([
      [t('vouchers'), html`${t('vouchers-n', { n: countAll(done.runs) })}<br><span class="sp-mono">${done.runs.map(runText).join(', ')}</span>`],
      [t('amount'), format.amount(done.amount)],
      [t('receipt'), done.printed === null ? t('receipt-printing') : done.printed ? t('receipt-ready') : badge('danger', t('receipt-failed'), 'print')],
    ])}
    ${elsewhere > 0 ? alert({ tone: 'warning', title: t('delegate-elsewhere', { n: elsewhere }), live: true }) : nothing}
    <p>${next === undefined ? t('next-nobody') : t('next-somebody', { name: next.name, time: format.wallTime(next.start) })}</p>`;
}
