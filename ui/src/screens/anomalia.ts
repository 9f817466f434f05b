// SPDX-License-Identifier: EUPL-1.2
// One anomaly: what each side recorded, side by side, and the decision with its reason. Deciding deletes nothing.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { amount, count, dateTime } from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import { validate } from '../parts/fields.ts';
import { alert, badge, empty, errorPanel, facts, loading, pageHeader, section, type Content } from '../parts/views.ts';
import { go, href } from '../router.ts';
import { countAll, runText } from '../serial.ts';
import { useQuery } from '../store.ts';
import type { Decision, Delivery, ExceptionRow } from '../types.ts';
import { ANOMALY, resolutionBadge } from './anomalie.ts';
import { act } from './common/acts.ts';
import { documentName, refusalName } from './common/words.ts';
import { Names, REFERENCE_KINDS } from './names.ts';

const collector = ({ collector: c }: Delivery): Content => (c.kind === 'member' ? t('an-collector-member')
  : html`${t('an-collector-delegate', { name: c.name })}${c.tax_code ? html`<br><span class="sp-mono">${c.tax_code}</span>` : nothing}`);

@customElement('sp-anomalia')
export class SpAnomalia extends Screen {
  private readonly list = useQuery(this, () => ({ type: 'exceptions', all: true }) as const, ['entitlement']);
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  @state() private decision: Decision | null = null;
  @state() private reason = '';

  private get row(): ExceptionRow | undefined {
    return this.list.data?.rows.find((r) => r.anomaly.id === this.params['id']);
  }

  override heading(): string {
    const { row } = this;
    return row === undefined ? t('an-one') : `${t(`fact-anomaly-${row.anomaly.kind}`)}: ${row.name}`;
  }

  override actions(): Action[] {
    const { row } = this;
    if (row === undefined) return [];
    const open = row.anomaly.resolution === null;
    return [
      ...(open ? [{ id: 'decide', label: t('an-decide'), key: 'F2', icon: 'check' as const, kind: 'primary' as const, run: () => this.decide(row) }] : []),
      { id: 'open-household', label: t('an-household'), key: 'F4', icon: 'user', run: () => go('/nucleo/:id', { id: row.household }) },
    ];
  }

  private async decide(row: ExceptionRow): Promise<void> {
    if (!validate(this) || this.decision === null) return;
    await act({ type: 'resolve_exception', entitlement: row.entitlement, exception: row.anomaly.id, decision: this.decision, reason: this.reason.trim() }, t('an-done', { name: row.name }));
    this.decision = null;
    this.reason = '';
    go('/anomalie');
  }

  private evidence(row: ExceptionRow, names: Names): TemplateResult {
    const { deliveries } = row;
    const lines: [string, (d: Delivery) => Content][] = [
      [t('an-at'), (d) => dateTime(d.at)],
      [t('an-desk'), (d) => names.desk(d.desk)],
      [t('an-by'), (d) => names.operator(d.by)],
      [t('an-collector'), collector],
      [t('an-document'), (d) => `${documentName(d.collector.document.kind)} ${d.collector.document.number}`],
      [t('an-runs'), (d) => html`${d.runs.map((r) => html`<span class="sp-mono">${runText(r)}</span><br>`)}<span class="sp-small">${t('an-vouchers', { n: countAll(d.runs), shown: count(countAll(d.runs)) })}</span>`],
      [t('an-amount'), (d) => amount(d.amount)],
      [t('an-appointment'), (d) => t(d.appointment === null ? 'an-appointment-no' : 'an-appointment-yes')],
      [t('an-forced'), (d) => d.forced ?? t('no')],
      [t('an-partial'), (d) => d.partial ?? t('no')],
      [t('an-reversal'), (d) => (d.reversal === null ? t('no') : html`${dateTime(d.reversal.at)}, ${names.operator(d.reversal.by)}: ${d.reversal.reason}<br>${t(d.reversal.returned ? 'an-returned' : 'an-not-returned')}`)],
    ];
    return html`<div class="sp-table-scroll"><table class="table table-sm sp-evidence" data-testid="evidence">
      <caption class="visually-hidden">${t('an-evidence')}</caption>
      <thead><tr><th scope="col"><span class="visually-hidden">${t('an-fact')}</span></th>${deliveries.map((d, i) => html`<th scope="col">${t('an-delivery', { n: i + 1 })}${d.id === row.anomaly.delivery ? html` ${badge('warning', t('an-this'))}` : nothing}</th>`)}</tr></thead>
      <tbody>${lines.map(([name, show]) => html`<tr><th scope="row">${name}</th>${deliveries.map((d) => html`<td>${show(d)}</td>`)}</tr>`)}</tbody>
    </table></div>`;
  }

  /** Who else's delivery bears the same serials. */
  private clashes(row: ExceptionRow, names: Names): unknown {
    if (row.clashes.length === 0) return nothing;
    return section(t('an-clashes'), html`<ul class="sp-tight" data-testid="clashes">${row.clashes.map((c) => html`<li>
      ${c.runs.map((r) => html`<span class="sp-mono">${runText(r)}</span> `)}${t('an-clash', { desk: names.desk(c.delivery.desk), when: dateTime(c.delivery.at) })}
      <a href=${href('/nucleo/:id', { id: c.household })}>${c.name}</a>${c.delivery.reversal === null ? nothing : html` (${t('an-not-returned')})`}</li>`)}</ul>`);
  }

  /** From whom a supervisor took the right. */
  private reliefs(row: ExceptionRow, names: Names): unknown {
    if (row.reliefs.length === 0) return nothing;
    return section(t('an-reliefs'), html`<ul class="sp-tight" data-testid="reliefs">${row.reliefs.map((r) => html`<li>${t('an-relief', { when: dateTime(r.at), from: names.desk(r.from), to: names.desk(r.to) })} ${names.operator(r.by)}: «${r.reason}»</li>`)}</ul>`);
  }

  private decisionForm(row: ExceptionRow, names: Names): unknown {
    const { resolution } = row.anomaly;
    if (resolution !== null) {
      return section(t('an-decision'), facts([
        [t('an-decision'), resolutionBadge(row)], [t('reason'), resolution.reason], [t('an-at'), dateTime(resolution.at)], [t('an-decided-by'), names.operator(resolution.by)],
      ]));
    }
    return section(t('an-decision'), html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
      <sp-radios required name="decision" .label=${t('an-decision-what')} .value=${this.decision} .options=${row.decisions.map((d) => ({ value: d, label: t(`an-choose-${d}`), hint: t(`an-choose-${d}.hint`) }))}
        @sp-change=${(e: CustomEvent<{ value: Decision }>) => { this.decision = e.detail.value; }}></sp-radios>
      <sp-textarea required name="reason" .label=${t('reason')} .hint=${t('an-reason-hint')} .value=${this.reason} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.reason = e.detail.value; }}></sp-textarea>
      <p class="sp-small">${t('an-decision-kept')}</p>
    </form>`);
  }

  override render(): unknown {
    const { row } = this;
    const { data, error } = this.list;
    const names = new Names(this.reference.data);
    const back = { href: href('/anomalie'), label: t('menu-anomalie') };
    if (row === undefined) {
      return html`${pageHeader({ title: this.heading(), back })}${error ? errorPanel(error) : data === undefined ? loading() : empty(t('an-gone'), [{ label: t('menu-anomalie'), run: () => go('/anomalie') }])}`;
    }
    const { anomaly } = row;
    return html`${pageHeader({ title: this.heading(), back, status: resolutionBadge(row), actions: this.actions() })}
      ${alert({ tone: ANOMALY[anomaly.kind].tone, title: t(`fact-anomaly-${anomaly.kind}.what`), live: false,
        body: html`<p>${t('an-where', { desk: row.desk.name, when: dateTime(anomaly.at) })}</p>${anomaly.reason === '' ? nothing : html`<p>${t('an-said')}: «${anomaly.reason}»</p>`}` })}
      ${section(t('an-evidence'), row.deliveries.length === 0 ? empty(t('an-no-deliveries')) : this.evidence(row, names))}
      ${row.refusals.length === 0 ? nothing : section(t('an-refusals'), html`<ul class="sp-tight">${row.refusals.map((r) => html`<li>${dateTime(r.at)}, ${names.desk(r.desk)}: ${refusalName(r.reason)}${r.note === '' ? nothing : html` («${r.note}»)`}</li>`)}</ul>`)}
      ${this.clashes(row, names)}${this.reliefs(row, names)}
      ${this.decisionForm(row, names)}`;
  }
}
