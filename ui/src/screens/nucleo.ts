// SPDX-License-Identifier: EUPL-1.2
// Nucleo: everything about one household on one page, and what can be done for it.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import { confirm, confirmWithReason } from '../parts/confirm.ts';
import { alert, badge, button, empty, errorPanel, facts, loading, pageHeader, section, timeline, type Content, type Moment } from '../parts/views.ts';
import { go, href } from '../router.ts';
import { useQuery } from '../store.ts';
import type { AppointmentRow, CaseRow, Delivery, EntitlementView, HouseholdView, Refusal, TimelineItem } from '../types.ts';
import { isAbout, isOpen, standingBadge } from './case-words.ts';
import { act, call, cancelAppointment, checkIn, printOrOpen, printSlip, serve, stepBack } from './common/acts.ts';
import './common/booking.ts';
import type { Booking } from './common/booking.ts';
import './common/contacts.ts';
import { FollowFocus } from './common/focus.ts';
import './common/reverse.ts';
import './entitlement-dialogs.ts';
import './erasure-dialog.ts';
import type { SpErasureDialog } from './erasure-dialog.ts';
import './relief-dialog.ts';
import './slip-dialogs.ts';
import type { SpSlipDialogs } from './slip-dialogs.ts';
import type { SpReliefDialog } from './relief-dialog.ts';
import type { SpEntitlementDialogs } from './entitlement-dialogs.ts';
import { runText } from '../serial.ts';
import {
  addressText, applicant, appointmentBadge, deskName, documentName, entitlementBadge, eventName, identifierText, memberName, operatorName, refusalName, siteName, slotText,
} from './common/words.ts';
import { REFERENCE_KINDS } from './names.ts';

const EVENT_TONE: Record<string, Moment['tone']> = {
  'delivery.confirmed': 'success', 'delivery.refused': 'warning', 'delivery.reversed': 'danger', 'entitlement.revoked': 'danger', 'appointment.missed': 'warning',
  'case.decided': 'info', 'case.reopened': 'warning', 'custody.requested': 'info', 'custody.released': 'info',
  'custody.slip_issued': 'info', 'custody.accepted': 'info', 'custody.relieved': 'warning',
};

@customElement('sp-nucleo')
export class SpNucleo extends Screen {
  private readonly household = useQuery(this, () => ({ type: 'household', id: this.params['id'] ?? '' }) as const);
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  private readonly status = useQuery(this, () => ({ type: 'status' }) as const);
  @state() private booking: Booking | null = null;
  @state() private contacts = false;
  @state() private reversing: { entitlement: string; delivery: Delivery } | null = null;

  constructor() {
    super();
    void new FollowFocus(this);
  }

  override heading(): string {
    const { data } = this.household;
    return data === undefined ? t('nucleo') : applicant(data.household);
  }

  /** The entitlement that can still be served; the newest campaign first. */
  private get due(): EntitlementView | undefined {
    return this.household.data?.entitlements.find((e) => e.status === 'due' || e.status === 'partial');
  }

  /** The appointment that was scanned, or else that of today which is not over. */
  private get today(): AppointmentRow | undefined {
    const rows = this.household.data?.appointments ?? [];
    return rows.find((a) => a.id === this.params['appuntamento']) ?? rows.find((a) => a.start.slice(0, 10) === format.today() && a.status !== 'cancelled' && a.status !== 'finished');
  }

  override actions(): Action[] {
    const { data } = this.household;
    if (data === undefined) return [];
    const due = this.due;
    const a = this.today;
    const arrives = a !== undefined && (a.status === 'booked' || a.status === 'missed');
    return [
      ...(due === undefined ? [] : [{ id: 'serve', label: t(due.here ? 'serve' : 'serve-anyway'), key: 'F9', icon: 'box', kind: 'primary', run: () => this.toCounter(due) } as const]),
      ...(arrives ? [{ id: 'present', label: t('present'), key: 'F3', icon: 'check', run: () => checkIn(a) } as const] : []),
      { id: 'book', label: t('book-new'), key: 'F4', icon: 'calendar', run: () => this.book() },
      { id: 'note', label: t('note-add'), key: 'F6', icon: 'note', run: () => this.note() },
      { id: 'contacts', label: t('contacts-edit'), key: 'F7', icon: 'pencil', run: () => { this.contacts = true; } },
      ...(this.status.data !== undefined && this.status.data.operator.role !== 'operator' ? [{ id: 'looks', label: t('ac-of-household'), icon: 'password-visible', kind: 'plain', run: () => go('/accessi', { nucleo: data.household.id }) } as const] : []),
      ...(this.status.data?.supervises === true && this.status.data.operator.role !== 'operator' ? [{ id: 'erase', label: t('er-erase'), icon: 'delete', kind: 'plain', run: () => this.querySelector<SpErasureDialog>('sp-erasure-dialog')?.erase({ type: 'household', household: data.household.id }, applicant(data.household)) } as const] : []),
    ];
  }

  private toCounter(e: EntitlementView): void {
    const a = this.today;
    go('/consegna/:id', { id: e.entitlement.id, appuntamento: a !== undefined && a.entitlement === e.entitlement.id && a.status !== 'finished' && a.status !== 'cancelled' ? a.id : undefined });
  }

  private book(): void {
    const { data } = this.household;
    if (data === undefined) return;
    this.booking = { who: { household: data.household.id, name: applicant(data.household), detail: addressText(data.household.data.address) }, ...(this.due ? { campaign: this.due.campaign.id } : {}) };
  }

  private async note(): Promise<void> {
    const text = await confirmWithReason({ title: t('note-title'), consequence: t('note-consequence'), confirm: t('note-save'), reason: { label: t('note') } });
    if (text !== null) await act({ type: 'add_note', household: this.params['id'] ?? '', text }, t('note-saved'));
  }

  private async ask(e: EntitlementView): Promise<void> {
    const reason = await confirmWithReason({
      title: t('custody-ask-title', { desk: e.holder.name }), consequence: t('custody-ask-consequence', { desk: e.holder.name }), confirm: t('custody-ask'),
      reason: { label: t('reason'), required: false },
    });
    if (reason !== null) await act({ type: 'request_custody', entitlement: e.entitlement.id, to: null, reason }, t('custody-asked', { desk: e.holder.name }));
  }

  private async give(e: EntitlementView): Promise<void> {
    const to = e.requested_by;
    if (to === null) return;
    if (await confirm({ title: t('custody-give-title', { desk: to.name }), consequence: t('custody-give-consequence', { desk: to.name }), confirm: t('custody-give') })) {
      await act({ type: 'release_custody', entitlement: e.entitlement.id, to: to.id }, t('custody-given', { desk: to.name }));
    }
  }

  /** By paper, when nothing else reaches the other desk. */
  private slips(): SpSlipDialogs | null {
    return this.querySelector('sp-slip-dialogs');
  }

  /** What only supervisors may do to a right. */
  private supervision(e: EntitlementView): Action[] {
    const role = this.status.data?.operator.role;
    if (role !== 'supervisor' && role !== 'administrator') return [];
    const dialogs = (): SpEntitlementDialogs | null => this.querySelector('sp-entitlement-dialogs');
    const key = (what: string): string => `${what}-${e.entitlement.id}`;
    const open = e.status === 'due' || e.status === 'partial';
    return [
      { id: 'revise', label: t(e.status === 'revoked' ? 'ed-grant-again' : 'ed-revise'), icon: 'pencil', kind: 'plain', focusKey: key('revise'), run: () => dialogs()?.revise(e) },
      ...(open ? [{ id: 'move-custody', label: t('ed-move'), icon: 'exchange-circle', kind: 'plain', focusKey: key('move-custody'), run: () => dialogs()?.move(e) } as const] : []),
      ...(open && !e.here ? [{ id: 'relieve', label: t('relief'), icon: 'warning-circle', kind: 'plain', focusKey: key('relieve'), run: () => this.querySelector<SpReliefDialog>('sp-relief-dialog')?.relieve(e.holder, e.entitlement.id) } as const] : []),
      ...(e.status === 'revoked' ? [] : [{ id: 'revoke', label: t('ed-revoke'), icon: 'ban', kind: 'plain', focusKey: key('revoke'), run: () => dialogs()?.revoke(e) } as const]),
    ];
  }

  /** A right in a campaign that no list gave one in: by a supervisor's hand. */
  private granting(view: HouseholdView): Action[] {
    const role = this.status.data?.operator.role;
    const without = (this.reference.data?.campaigns ?? []).filter((c) => view.entitlements.every((e) => e.campaign.id !== c.id));
    if ((role !== 'supervisor' && role !== 'administrator') || without.length === 0) return [];
    return [{ id: 'grant', label: t('ed-grant'), icon: 'plus-circle', kind: 'plain', run: () => this.querySelector<SpEntitlementDialogs>('sp-entitlement-dialogs')?.grant(view.household, without) }];
  }

  private provenance(e: EntitlementView): Content {
    if (e.import === null) return e.entitlement.revisions.at(-1)?.source.reason || t('provenance-hand');
    return t('provenance', { file: e.import.file_name, date: format.date(e.import.issued), row: e.row ?? 0 });
  }

  private entitlement(e: EntitlementView): TemplateResult {
    const open = e.status === 'due' || e.status === 'partial';
    const first = e.entitlement.revisions[0];
    const anomalies = (this.household.data?.cases ?? []).filter((c) => isOpen(c) && isAbout(c, e.entitlement.id)).length;
    const actions: Action[] = [
      ...(open && e !== this.due ? [{ label: e.here ? t('serve') : t('serve-anyway'), icon: 'box', focusKey: `serve-${e.entitlement.id}`, run: () => this.toCounter(e) } as const] : []),
      ...(open && !e.here && e.requested_by?.id !== this.status.data?.desk.id ? [{ id: 'custody-ask', label: t('custody-ask'), icon: 'exchange-circle', kind: 'secondary', run: () => this.ask(e) } as const] : []),
      ...(open && e.here ? [{ id: 'slip-hand', label: t('slip-hand'), icon: 'print', kind: 'plain', focusKey: `slip-hand-${e.entitlement.id}`, run: () => this.slips()?.handOver(e) } as const] : []),
      ...(open && e.slip?.mine === true ? [{ id: 'slip-again', label: t('slip-again', { desk: e.slip.to.name }), icon: 'print', focusKey: `slip-again-${e.entitlement.id}`, run: () => this.slips()?.paper(e) } as const] : []),
      ...(open && !e.here && e.slip?.mine !== true ? [{ id: 'slip-take', label: t('slip-take'), icon: 'exchange-circle', kind: 'plain', focusKey: `slip-take-${e.entitlement.id}`, run: () => this.slips()?.take(e) } as const] : []),
      ...(open && e.here && e.requested_by !== null ? [{ label: t('custody-give-to', { desk: e.requested_by.name }), icon: 'exchange-circle', run: () => this.give(e) } as const] : []),
      ...(open ? [{ label: t('delega-print'), icon: 'print', kind: 'plain', run: () => printOrOpen({ type: 'delega', entitlement: e.entitlement.id }) } as const] : []),
      ...this.supervision(e),
    ];
    return html`<article class="sp-card" data-testid="entitlement" aria-label=${e.campaign.name}>
      <header><h3>${e.campaign.name}</h3>${entitlementBadge(e.status)}
        ${e.here ? nothing : badge('warning', t('not-here'), 'exchange-circle')}
        ${anomalies > 0 ? badge('danger', t('anomalies-open', { n: anomalies }), 'flag') : nothing}</header>
      <div class="sp-amounts">
        <p><span>${t('amount-due')}</span><strong>${format.amount(e.amount)}</strong></p>
        <p><span>${t('amount-delivered')}</span><strong>${format.amount(e.delivered)}</strong></p>
        <p class="sp-amount-left"><span>${t('amount-remaining')}</span><strong data-testid="remaining">${format.amount(e.remaining)}</strong>${e.vouchers > 0 ? html` <span>${t('vouchers-n', { n: e.vouchers })}</span>` : nothing}</p>
      </div>
      ${e.status === 'revoked' && e.entitlement.revoked ? alert({ tone: 'danger', title: t('revoked-why', { reason: e.entitlement.revoked }), live: false }) : nothing}
      ${facts([
        [t('holder'), e.here ? t('holder-here', { desk: e.holder.name }) : e.holder.name],
        [t('requested-by'), e.requested_by === null ? undefined : e.requested_by.name],
        [t('provenance-label'), this.provenance(e)],
        [t('period'), t('period-from-to', { from: format.date(e.campaign.from), to: format.date(e.campaign.to) })],
        [t('first-amount'), first !== undefined && first.amount !== e.amount ? format.amount(first.amount) : undefined],
      ])}
      ${actions.length > 0 ? html`<div class="sp-actions">${actions.map((a) => button(a, true))}</div>` : nothing}
      ${this.deliveries(e)}${this.refusals(e)}
    </article>`;
  }

  private deliveries(e: EntitlementView): Content {
    const rows = e.entitlement.deliveries.toReversed();
    if (rows.length === 0) return nothing;
    return html`<h4 class="h3">${t('deliveries')}</h4><ul class="sp-plain-list">${rows.map((d) => html`<li data-testid="delivery" class=${d.reversal === null ? '' : 'sp-reversed'}>
      <div><p><strong>${format.dateTime(d.at)}</strong> · ${format.amount(d.amount)} · ${deskName(this.reference.data, d.desk)}${operatorName(this.reference.data?.operators, d.by) === '' ? nothing : ` · ${operatorName(this.reference.data?.operators, d.by)}`}</p>
        <p class="sp-small">${d.collector.kind === 'delegate' ? t('collected-delegate', { name: d.collector.name }) : this.collectedBy(d.collector.member)}, ${documentName(d.collector.document.kind)} ${d.collector.document.number}</p>
        <p class="sp-small sp-mono">${d.runs.map(runText).join(', ')}</p>
        ${d.partial === null ? nothing : html`<p class="sp-small">${t('partial-why', { reason: d.partial })}</p>`}
        ${d.forced === null ? nothing : html`<p>${badge('warning', t('forced-why', { reason: d.forced }), 'flag')}</p>`}
        ${d.reversal === null ? nothing : html`<p>${badge('danger', t('reversed-why', { when: format.dateTime(d.reversal.at), reason: d.reversal.reason }), 'restore')} ${d.reversal.returned ? nothing : t('reversed-not-returned')}</p>`}</div>
      <div class="sp-actions">
        ${button({ id: 'receipt', label: t('receipt-again'), icon: 'print', focusKey: `receipt-${d.id}`, run: () => printOrOpen({ type: 'receipt', entitlement: e.entitlement.id, delivery: d.id, copy: true }) }, true)}
        ${d.reversal === null ? button({ id: 'reverse', label: t('reverse'), icon: 'restore', kind: 'plain', focusKey: `reverse-${d.id}`, run: () => { this.reversing = { entitlement: e.entitlement.id, delivery: d }; } }, true) : nothing}
      </div></li>`)}</ul>`;
  }

  private collectedBy(id: string | null | undefined): string {
    const member = this.household.data?.household.data.members.find((m) => m.id === id);
    return member === undefined ? t('collected-member') : t('collected-member-name', { name: memberName(member) });
  }

  private refusals(e: EntitlementView): Content {
    const rows: Refusal[] = e.entitlement.refusals.toReversed();
    if (rows.length === 0) return nothing;
    return html`<h4 class="h3">${t('refusals')}</h4><ul class="sp-plain-list">${rows.map((r, i) => html`<li><div><p><strong>${format.dateTime(r.at)}</strong> · ${refusalName(r.reason)}</p>
      ${r.note === '' ? nothing : html`<p class="sp-small">${r.note}</p>`}<p class="sp-small">${deskName(this.reference.data, r.desk)}</p></div>
      ${i === 0 ? html`<div class="sp-actions">${button({ label: t('refusal-print'), icon: 'print', run: () => printOrOpen({ type: 'refusal_note', entitlement: e.entitlement.id }) }, true)}</div>` : nothing}</li>`)}</ul>`;
  }

  private appointments(rows: readonly AppointmentRow[]): TemplateResult {
    if (rows.length === 0) return empty(t('nucleo-no-appointments'), [], 'calendar');
    return html`<ul class="sp-plain-list">${rows.map((a) => html`<li data-row=${a.id} data-testid="appointment" class=${a.id === this.params['appuntamento'] ? 'sp-marked' : ''}>
      <div><p><strong>${slotText(a.start)}</strong> · ${siteName(this.reference.data, a.site)} ${appointmentBadge(a)}</p>
        <p class="sp-small">${a.service_name} · <span class="sp-mono">${a.code}</span>${a.reason === '' ? nothing : html` · ${a.reason}`}</p></div>
      <div class="sp-actions">${this.appointmentActions(a).map((x) => button(x, true))}</div></li>`)}</ul>`;
  }

  private appointmentActions(a: AppointmentRow): Action[] {
    const key = (what: string): string => `${what}-${a.id}`;
    const open = a.status === 'booked' || a.status === 'missed';
    const there = a.status === 'presented' || a.status === 'parked' || a.status === 'called';
    return [
      ...(open && a.start.slice(0, 10) === format.today() ? [{ label: t('present'), icon: 'check', focusKey: key('present'), run: () => checkIn(a) } as const] : []),
      ...(there && a.status !== 'called' ? [{ label: t('call'), icon: 'horn', focusKey: key('call'), run: () => call(a) } as const] : []),
      ...(a.status === 'called' && a.entitlement !== null ? [{ label: t('serve'), icon: 'box', focusKey: key('serve'), run: () => serve(a) } as const] : []),
      ...(open ? [
        { id: 'move', label: t('move'), icon: 'calendar', kind: 'plain', focusKey: key('move'), run: () => { this.booking = { move: a }; } } as const,
        { id: 'cancel', label: t('cancel-short'), kind: 'plain', focusKey: key('cancel'), run: () => cancelAppointment(a) } as const,
        { id: 'slip', label: t('slip'), icon: 'print', kind: 'plain', focusKey: key('slip'), run: () => printSlip(a.id) } as const,
      ] : []),
      ...(a.undoable ? [{ label: t('step-back'), icon: 'restore', kind: 'plain', focusKey: key('undo'), run: () => stepBack(a) } as const] : []),
    ];
  }

  /** What a supervisor must look at, or has decided: who decides can go there. */
  private cases(rows: readonly CaseRow[]): TemplateResult {
    const role = this.status.data?.operator.role;
    const decides = role === 'supervisor' || role === 'administrator';
    return html`<ul class="sp-plain-list" data-testid="household-cases">${rows.map((c) => html`<li><div>
      <p><strong>${decides ? html`<a href=${href('/anomalie/:id', { id: c.id })}>${t(`case-kind-${c.matter.kind}`)}</a>` : t(`case-kind-${c.matter.kind}`)}</strong> ${standingBadge(c)}</p>
      <p class="sp-small">${[format.dateTime(c.at), c.desk?.name ?? ''].filter(Boolean).join(' · ')}</p></div></li>`)}</ul>`;
  }

  private arrival(): Content {
    const a = this.today;
    if (a === undefined || a.id !== this.params['appuntamento'] || (a.status !== 'booked' && a.status !== 'missed')) return nothing;
    const here = a.start.slice(0, 10) === format.today();
    const otherSite = this.status.data?.site !== undefined && this.status.data.site !== null && this.status.data.site.id !== a.site;
    return alert({
      tone: here && !otherSite ? 'info' : 'warning',
      title: here ? t('slip-today', { time: format.wallTime(a.start) }) : t('slip-other-day', { when: slotText(a.start) }),
      body: otherSite ? t('slip-other-site', { site: siteName(this.reference.data, a.site) }) : nothing,
      actions: [
        ...(here ? [{ id: 'slip-present', label: t('present'), icon: 'check', kind: 'secondary', run: () => checkIn(a) } as const] : []),
        { label: t('move'), icon: 'calendar', kind: 'plain', run: () => { this.booking = { move: a }; } },
      ],
      live: true,
    });
  }

  private moment(item: TimelineItem): Moment {
    return {
      when: format.dateTime(item.at),
      title: eventName(item.kind),
      by: [item.operator, item.desk.name].filter(Boolean).join(', '),
      tone: EVENT_TONE[item.kind] ?? 'neutral',
      body: html`${item.detail === '' ? nothing : html`<p>${item.detail}</p>`}${item.waiting ? html`<p class="sp-small">${t('timeline-waiting')}</p>` : nothing}`,
    };
  }

  private page(view: HouseholdView): TemplateResult {
    const { data, notes } = view.household;
    return html`${this.arrival()}<div class="sp-nucleo">
      <div>
        ${section(t('entitlements'), view.entitlements.length === 0 ? empty(t('nucleo-no-entitlements'), [], 'box') : html`${view.entitlements.map((e) => this.entitlement(e))}`, { actions: this.granting(view) })}
        ${view.cases.length === 0 ? nothing : section(t('nucleo-cases'), this.cases(view.cases), { status: badge(view.cases.some(isOpen) ? 'warning' : 'success', format.count(view.cases.length), 'flag') })}
        ${section(t('appointments'), this.appointments(view.appointments))}
      </div>
      <div>
        ${section(t('members', { n: data.members.length }), html`<ul class="sp-plain-list sp-members">${data.members.map((m, i) => html`<li><div><p><strong>${memberName(m)}</strong> ${i === 0 ? badge('neutral', t('applicant'), 'user') : nothing}</p>
            <p class="sp-small">${identifierText(m.identifier)}${m.birth_date ? html` · ${t('born', { date: format.date(m.birth_date) })}` : nothing}</p></div></li>`)}</ul>
          ${facts([[t('size'), String(data.size)], [t('minors'), data.minors > 0 ? String(data.minors) : undefined], [t('disabled'), data.disabled > 0 ? String(data.disabled) : undefined]])}`,
          { actions: [{ id: 'correct', label: t('members-correct'), icon: 'pencil', kind: 'plain', run: () => go('/correggi/:id', { id: view.household.id }) }] })}
        ${section(t('contacts'), facts([
          [t('address'), addressText(data.address) || t('unknown')], [t('quartiere'), t('quartiere-n', { n: data.quartiere })], [t('resident'), t(data.resident ? 'yes' : 'no')],
          [t('phone'), data.phone || t('unknown-phone')], [t('email'), data.email || undefined], [t('list-ref'), data.list_ref || undefined],
        ]))}
        ${section(t('notes'), notes.length === 0 ? html`<p class="sp-small">${t('notes-none')}</p>` : html`<ul class="sp-plain-list">${notes.toReversed().map((n) => html`<li data-testid="household-note"><div><p>${n.text}</p>
          <p class="sp-small">${format.dateTime(n.at)} · ${operatorName(this.reference.data?.operators, n.by)}</p></div></li>`)}</ul>`)}
        ${section(t('timeline'), view.timeline.length === 0 ? empty(t('timeline-none')) : html`<details class="sp-details" ?open=${view.timeline.length <= 6}><summary>${t('timeline-show', { n: view.timeline.length })}</summary>${timeline(view.timeline.map((i) => this.moment(i)), t('timeline'))}</details>`)}
      </div>
    </div>
    <sp-booking .open=${this.booking} @sp-close=${() => { this.booking = null; }}></sp-booking>
    <sp-contacts .open=${this.contacts ? view.household : null} @sp-close=${() => { this.contacts = false; }}></sp-contacts>
    <sp-reverse .open=${this.reversing} @sp-close=${() => { this.reversing = null; }}></sp-reverse>`;
  }

  override render(): unknown {
    const { data, error } = this.household;
    const d = data?.household.data;
    return html`${pageHeader({
      title: this.heading(),
      back: { href: href('/oggi'), label: t('oggi') },
      ...(d ? { lead: [addressText(d.address), t('quartiere-n', { n: d.quartiere }), d.phone].filter(Boolean).join(' · '), status: html`${this.due ? entitlementBadge(this.due.status) : nothing}` } : {}),
      actions: this.actions(),
    })}
    <sp-relief-dialog></sp-relief-dialog><sp-slip-dialogs></sp-slip-dialogs><sp-entitlement-dialogs></sp-entitlement-dialogs><sp-erasure-dialog></sp-erasure-dialog>
    ${data ? this.page(data) : error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.household.retry() }] }) : loading()}`;
  }
}
