// SPDX-License-Identifier: EUPL-1.2
// The forms of two steps of Consegna: who collects and with which document; the summary with the reasons that it asks for.
import { html, nothing, type TemplateResult } from 'lit';
import type { AppError } from '../../bridge.ts';
import * as format from '../../format.ts';
import { t } from '../../i18n.ts';
import { alert, badge, button, errorPanel, facts } from '../../parts/views.ts';
import { countAll, runText } from '../../serial.ts';
import type { Collector, CounterView, Member, Run } from '../../types.ts';
import { printOrOpen } from './acts.ts';
import type { Draft } from './draft.ts';
import { documentKinds, documentName, memberName } from './words.ts';

type Set = (change: Partial<Draft>) => void;
type TextField = 'number' | 'delegate' | 'delegateCode' | 'delegatorNumber' | 'partial' | 'force';

const text = (field: TextField, set: Set) => (e: CustomEvent<{ value: string | null }>): void => set({ [field]: e.detail.value ?? '' });

interface DocumentOf {
  kind: 'document' | 'delegatorDocument';
  number: 'number' | 'delegatorNumber';
  legend: string;
  focus: boolean;
}

function documentFields(draft: Draft, set: Set, { kind, number, legend, focus }: DocumentOf): TemplateResult {
  return html`<fieldset class="sp-group"><legend>${legend}</legend><div class="sp-form-row">
    <sp-select name=${kind} required .label=${t('document-kind')} .value=${draft[kind]} .options=${documentKinds.map((k) => ({ value: k, label: documentName(k) }))}
      @sp-change=${(e: CustomEvent<{ value: Draft['document'] | null }>) => set({ [kind]: e.detail.value ?? 'identity_card' })}></sp-select>
    <sp-text name=${number} required mono ?data-autofocus=${focus} .label=${t('document-number')} .value=${draft[number]} @sp-input=${text(number, set)}></sp-text>
  </div></fieldset>`;
}

/** The member who collects: whoever was chosen, else the applicant. */
export const whoCollects = (draft: Draft, members: readonly Member[]): Member | undefined => members.find((m) => m.id === draft.member) ?? members[0];

export interface WhoStep {
  draft: Draft;
  /** What the tessera said, if one was read. */
  card: 'member' | 'stranger' | null;
  entitlement: string;
  /** Who is of the household, the applicant first. */
  members: readonly Member[];
  set: Set;
}

export function whoStep({ draft, card, entitlement, members, set }: WhoStep): TemplateResult {
  const delegate = draft.kind === 'delegate';
  return html`<h2 tabindex="-1">${t('consegna-step-who')}</h2>
    ${card === 'member' ? html`<p>${badge('success', t('card-member'))}</p>` : card === 'stranger' ? html`<p>${badge('warning', t('card-stranger'))}</p>` : nothing}
    <sp-radios name="kind" required inline .label=${t('who-collects')} .value=${draft.kind}
      .options=${[{ value: 'member', label: t('who-member') }, { value: 'delegate', label: t('who-delegate') }]}
      @sp-change=${(e: CustomEvent<{ value: Draft['kind'] }>) => set({ kind: e.detail.value })}></sp-radios>
    ${delegate ? html`<div class="sp-form-row">
        <sp-text name="delegate" required .label=${t('delegate-name')} .hint=${t('delegate-name-hint')} .value=${draft.delegate} @sp-input=${text('delegate', set)}></sp-text>
        <sp-text name="delegateCode" mono .label=${t('delegate-code')} .hint=${t('delegate-code-hint')} .value=${draft.delegateCode} @sp-input=${text('delegateCode', set)}></sp-text>
      </div>` : nothing}
    ${delegate || members.length < 2 ? nothing : html`<sp-select name="member" required .label=${t('who-member-name')} .value=${whoCollects(draft, members)?.id ?? null}
        .options=${members.map((m, at) => ({ value: m.id, label: at === 0 ? t('who-applicant', { name: memberName(m) }) : memberName(m) }))}
        @sp-change=${(e: CustomEvent<{ value: string | null }>) => set({ member: e.detail.value })}></sp-select>`}
    ${documentFields(draft, set, { kind: 'document', number: 'number', legend: delegate ? t('delegate-document') : t('member-document'), focus: true })}
    ${delegate ? html`${documentFields(draft, set, { kind: 'delegatorDocument', number: 'delegatorNumber', legend: t('delegator-document'), focus: false })}
      <p class="sp-small">${t('delega-reminder')} ${button({ id: 'delega', label: t('delega-print'), icon: 'print', kind: 'plain', run: () => printOrOpen({ type: 'delega', entitlement }) }, true)}</p>` : nothing}
    <p class="sp-small">${t('who-hint')}</p>`;
}

/** The member by name, as far as it is known. */
function collects(data: CounterView, c: Extract<Collector, { kind: 'member' }>): string {
  const member = data.household.data.members.find((m) => m.id === c.member);
  return member === undefined ? t('who-member') : memberName(member);
}

export interface SummaryStep {
  data: CounterView;
  draft: Draft;
  collector: Collector;
  runs: readonly Run[];
  /** Cents. */
  amount: number;
  /** Why the last confirmation did not go through. */
  error: AppError | null;
  /** The rule to go over, in words; null when there is none. */
  forcedBy: string | null;
  set: Set;
}

export function summaryStep({ data, draft, collector: c, runs, amount, error, forcedBy, set }: SummaryStep): TemplateResult {
  const left = data.entitlement.remaining - amount;
  return html`<h2 tabindex="-1">${t('consegna-step-summary')}</h2>
    ${error === null ? nothing : errorPanel(error, { kept: t(error.code === 'unexpected' ? 'consegna-kept-unknown' : 'consegna-kept') })}
    ${facts([
      [t('who-collects'), c.kind === 'member' ? collects(data, c) : t('who-delegate-name', { name: c.name })],
      [t('document'), html`${documentName(c.document.kind)} <span class="sp-mono">${c.document.number}</span>`],
      [t('delegator-document'), c.kind === 'delegate' ? html`${documentName(c.delegator_document.kind)} <span class="sp-mono">${c.delegator_document.number}</span>` : undefined],
      [t('vouchers'), html`${t('vouchers-n', { n: countAll(runs) })}<br><span class="sp-mono">${runs.map(runText).join(', ')}</span>`],
      [t('amount'), format.amount(amount)],
      [t('left-after'), left > 0 ? format.amount(left) : undefined],
    ])}
    ${data.delegate_elsewhere > 0 && c.kind === 'delegate' ? alert({ tone: 'warning', title: t('delegate-elsewhere', { n: data.delegate_elsewhere }), live: true }) : nothing}
    ${left > 0 ? html`<sp-textarea name="partial" required .rows=${2} .label=${t('partial-label')} .hint=${t('partial-hint', { left: format.amount(left) })} .value=${draft.partial} @sp-input=${text('partial', set)}></sp-textarea>` : nothing}
    ${forcedBy === null ? nothing : html`${alert({ tone: 'warning', title: t('force-title'), body: html`${forcedBy === data.obstacle?.problem.message ? nothing : html`<p>${forcedBy}</p>`}<p>${t('force-consequence')}</p>`, live: true })}
      <sp-textarea name="force" required .rows=${2} .label=${t('force-label')} .hint=${t('force-hint')} .value=${draft.force} @sp-input=${text('force', set)}></sp-textarea>`}
    <p class="sp-small">${t('consegna-summary-hint')}</p>`;
}
