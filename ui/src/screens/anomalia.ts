// SPDX-License-Identifier: EUPL-1.2
// One case: what each side recorded, side by side and only where it differs; what may be decided, with its consequence; all that was done with it, for ever.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { AppError, execute } from '../bridge.ts';
import { amount, count, dateTime } from '../format.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import { confirm, confirmWithReason } from '../parts/confirm.ts';
import { validate } from '../parts/fields.ts';
import { toast } from '../parts/toasts.ts';
import { alert, badge, empty, errorPanel, facts, loading, pageHeader, section, timeline } from '../parts/views.ts';
import { go, href } from '../router.ts';
import { useQuery } from '../store.ts';
import type { CaseDecision, CaseField, CaseRow, CaseSide, CaseView } from '../types.ts';
import { actMoment, decisionDone, SEVERITY, standingBadge, touched, valueCell } from './case-words.ts';
import './cases-dialog.ts';
import { choiceOption, type SpCasesDialog } from './cases-dialog.ts';
import { act } from './common/acts.ts';

/** How long the typing must rest before the draft is kept, milliseconds. */
const REST = 500;

/** Sides that are compared with each other stand in one table. */
const TOGETHER: Partial<Record<CaseSide['name'], CaseSide['name']>> = { counted: 'expected', void: 'form', movements: 'closing' };

function tables(sides: readonly CaseSide[]): CaseSide[][] {
  const groups = new Map<string, CaseSide[]>();
  for (const side of sides) {
    const key = TOGETHER[side.name] ?? side.name;
    groups.set(key, [...(groups.get(key) ?? []), side]);
  }
  return [...groups.values()];
}

@customElement('sp-anomalia')
export class SpAnomalia extends Screen {
  private readonly found = useQuery(this, () => ({ type: 'case', id: this.params['id'] ?? '' }) as const);
  private readonly status = useQuery(this, () => ({ type: 'status' }) as const, ['operator']);
  @state() private all = false;
  @state() private decision: CaseDecision | null = null;
  @state() private reason = '';
  /** The case whose draft stands in the form. */
  private drafted: string | null = null;
  private dirty = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override heading(): string {
    const row = this.found.data?.row;
    return row === undefined ? t('an-one') : t(`case-kind-${row.matter.kind}`);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    void this.keep();
  }

  protected override willUpdate(): void {
    const view = this.found.data;
    if (view === undefined || this.drafted === view.row.id) return;
    this.drafted = view.row.id;
    this.decision = view.draft?.decision ?? null;
    this.reason = view.draft?.reason ?? '';
    this.dirty = false;
    if (view.draft !== null) toast({ tone: 'info', text: t('an-draft-found') });
  }

  private typed(change: { decision?: CaseDecision; reason?: string }): void {
    if (change.decision !== undefined) this.decision = change.decision;
    if (change.reason !== undefined) this.reason = change.reason;
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.keep(), REST);
  }

  /** What is typed is found again when the screen is left: it is kept at this desk, and is no record. */
  private async keep(): Promise<void> {
    clearTimeout(this.timer);
    const { drafted, decision, reason } = this;
    if (drafted === null || !this.dirty) return;
    this.dirty = false;
    const draft = decision === null && reason.trim() === '' ? null : { decision, reason };
    try {
      await execute({ type: 'keep_case_draft', case: drafted, draft });
    } catch (thrown) {
      toast({ tone: 'warning', text: t('draft-not-kept'), detail: AppError.from(thrown, t('error-unexpected')).message });
    }
  }

  private dialog(): SpCasesDialog | null {
    return this.querySelector('sp-cases-dialog');
  }

  override actions(): Action[] {
    const view = this.found.data;
    if (view === undefined) return [];
    const { row } = view;
    const [household] = row.households;
    const me = this.status.data?.operator;
    const elsewhere = row.matter.about.type === 'records';
    return [
      ...(row.choices.length > 0 ? [{ id: 'decide', label: t('an-decide'), key: 'F2', icon: 'check', kind: 'primary', run: () => this.decide(row) } satisfies Action] : []),
      ...(row.signable ? [{ id: 'sign', label: t('an-sign'), key: 'F2', icon: 'pencil', kind: 'primary', run: () => this.sign(row) } satisfies Action] : []),
      ...(elsewhere && row.standing !== 'decided' ? [{ id: 'late', label: t('an-late'), key: 'F2', icon: 'arrow-right', kind: 'primary', run: () => go('/postazioni') } satisfies Action] : []),
      ...(household === undefined ? [] : [{ id: 'open-household', label: t('an-household'), key: 'F4', icon: 'user', run: () => go('/nucleo/:id', { id: household.id }) } satisfies Action]),
      ...(row.standing !== 'decided' && row.assignee?.id !== me?.id ? [{ id: 'take', label: t('an-take'), key: 'F6', icon: 'inbox', run: () => this.take(row) } satisfies Action] : []),
      ...(row.standing === 'decided' ? [] : [{ id: 'assign', label: t('an-assign'), key: 'F7', icon: 'user', kind: 'plain', run: () => this.dialog()?.assign([row], view.assignees) } satisfies Action]),
      { id: 'note', label: t('an-note'), key: 'F8', icon: 'note', kind: 'plain', run: () => this.note(row) },
      // Where two disagree there is nothing else to do.
      ...(row.decisions.length > 0 ? [{ id: 'reopen', label: t('an-reopen'), key: 'F9', icon: 'restore', kind: row.standing === 'contested' ? 'primary' : 'plain', run: () => this.reopen(row) } satisfies Action] : []),
    ];
  }

  private async decide(row: CaseRow): Promise<void> {
    if (!validate(this) || this.decision === null) return;
    await act({ type: 'decide_cases', cases: [row.id], decision: this.decision, reason: this.reason.trim() }, t('an-done'));
    clearTimeout(this.timer);
    this.dirty = false;
    this.decision = null;
    this.reason = '';
  }

  private async take(row: CaseRow): Promise<void> {
    const me = this.status.data?.operator;
    if (me !== undefined) await act({ type: 'assign_cases', cases: [row.id], to: me.id }, t('an-assigned', { n: 1, shown: '1', name: me.name }));
  }

  private async sign(row: CaseRow): Promise<void> {
    const [decision] = row.decisions;
    if (decision === undefined) return;
    const yes = await confirm({ title: t('case-act-decided', { decision: decisionDone(decision) }), consequence: t('an-sign-consequence'), confirm: t('an-sign-do') });
    if (yes) await act({ type: 'countersign_case', case: row.id }, t('an-signed'));
  }

  private async note(row: CaseRow): Promise<void> {
    const text = await confirmWithReason({ title: t('an-note-title'), consequence: `${t(`case-kind-${row.matter.kind}`)}: ${touched(row)}`, confirm: t('an-note'), reason: { label: t('an-note-text') } });
    if (text !== null) await act({ type: 'note_case', case: row.id, text }, t('an-note-done'));
  }

  private async reopen(row: CaseRow): Promise<void> {
    const reason = await confirmWithReason({ title: t('an-reopen-title'), consequence: t('an-reopen-consequence'), confirm: t('an-reopen'), reason: { label: t('reason') } });
    if (reason !== null) await act({ type: 'reopen_case', case: row.id, reason }, t('an-reopened'));
  }

  private comparison(sides: readonly CaseSide[]): TemplateResult {
    const [first] = sides;
    const lines = (first?.fields ?? []).map((_, i) => sides.flatMap((s) => (s.fields[i] === undefined ? [] : [s.fields[i]])));
    const alone = sides.length === 1;
    const shown = lines.filter((line) => alone || this.all || line.some((f) => f.differs));
    const name = (side: CaseSide, i: number): string => {
      const alike = sides.filter((s) => s.name === side.name).length;
      return alike < 2 ? t(`case-side-${side.name}`) : t('an-side', { name: t(`case-side-${side.name}`), n: i + 1 });
    };
    if (shown.length === 0) return html`<p>${t('an-same', { n: lines.length, shown: count(lines.length) })}</p>`;
    const cell = (f: CaseField): TemplateResult => html`<td class=${f.differs ? 'sp-differs' : ''}>${valueCell(f)}${f.differs && this.all ? html` <span class="sp-small">(${t('an-differs')})</span>` : nothing}</td>`;
    return html`<div class="sp-table-scroll"><table class="table table-sm sp-evidence" data-testid="evidence">
      <caption class="visually-hidden">${t('an-evidence')}: ${first === undefined ? '' : t(`case-side-${first.name}`)}</caption>
      <thead><tr><th scope="col"><span class="visually-hidden">${t('an-fact')}</span></th>${sides.map((s, i) => html`<th scope="col">${name(s, i)}${s.concerned ? html` ${badge('warning', t('an-this'))}` : nothing}${
        s.household === null ? nothing : html`<br><a class="sp-small" href=${href('/nucleo/:id', { id: s.household })}>${t('an-household')}</a>`}</th>`)}</tr></thead>
      <tbody>${shown.map((line) => html`<tr><th scope="row">${t(`case-field-${line[0]?.name ?? 'at'}`)}</th>${line.map(cell)}</tr>`)}</tbody>
    </table></div>`;
  }

  private evidence(view: CaseView): TemplateResult {
    const same = view.sides.some((s) => s.fields.some((f) => !f.differs)) && view.sides.length > 1;
    return section(t('an-evidence'), html`
      ${same ? html`<sp-check name="all" .label=${t('an-evidence-all')} .value=${this.all} @sp-change=${(e: CustomEvent<{ value: boolean }>) => { this.all = e.detail.value; }}></sp-check>` : nothing}
      ${view.sides.length === 0 ? empty(t('an-evidence-none')) : tables(view.sides).map((sides) => this.comparison(sides))}`);
  }

  private decisionForm(row: CaseRow): unknown {
    if (row.standing !== 'decided' && row.matter.about.type === 'records') return section(t('an-decision'), html`<p>${t('an-elsewhere')}</p>`);
    if (row.choices.length === 0) return nothing;
    return section(t('an-decision'), html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
      <sp-radios required name="decision" .label=${t('an-decision-what')} .value=${this.decision} .options=${row.choices.map(choiceOption)} @sp-change=${(e: CustomEvent<{ value: CaseDecision }>) => this.typed({ decision: e.detail.value })}></sp-radios>
      <sp-textarea required name="reason" .label=${t('reason')} .hint=${t('an-reason-hint')} .value=${this.reason} @sp-input=${(e: CustomEvent<{ value: string }>) => this.typed({ reason: e.detail.value })}></sp-textarea>
      <p class="sp-small">${t('an-decision-kept')} ${t('an-draft-kept')}</p>
    </form>`);
  }

  /** What has to be known before anything else: that two disagree, that a signature is missing, that it was put right. */
  private stands(row: CaseRow): unknown {
    if (row.standing === 'contested') return alert({ tone: 'danger', title: t('an-contested'), live: false });
    if (row.standing === 'awaiting') return alert({ tone: 'warning', title: t('an-awaiting'), live: false, ...(row.signable ? {} : { body: html`<p>${t('an-awaiting-you')}</p>` }) });
    if (!row.found) return alert({ tone: 'success', title: t('an-put-right'), live: false });
    return nothing;
  }

  override render(): unknown {
    const { data: view, error } = this.found;
    const back = { href: href('/anomalie'), label: t('menu-anomalie') };
    if (view === undefined) {
      return html`${pageHeader({ title: this.heading(), back })}${error ? errorPanel(error, { actions: [{ label: t('menu-anomalie'), run: () => go('/anomalie') }] }) : loading()}`;
    }
    const { row } = view;
    return html`${pageHeader({ title: this.heading(), back, status: standingBadge(row), actions: this.actions() })}
      ${this.stands(row)}
      ${alert({ tone: SEVERITY[row.severity], title: t(`case-kind-${row.matter.kind}.what`), live: false, body: html`<p>${row.desk === null ? dateTime(row.at) : t('an-where', { desk: row.desk.name, when: dateTime(row.at) })}</p>` })}
      ${facts([
        [t('an-severity'), badge(SEVERITY[row.severity], t(`case-severity-${row.severity}`))],
        [t('an-touched'), row.households.length === 0 ? t('an-who-none') : html`${row.households.map((h, i) => html`${i === 0 ? nothing : ', '}<a href=${href('/nucleo/:id', { id: h.id })}>${h.name || h.id.slice(0, 8)}</a>`)}`],
        [t('an-assignee'), row.assignee?.name],
        [t('an-due'), view.due === null ? undefined : amount(view.due)],
        [t('an-delivered'), view.delivered === null ? undefined : amount(view.delivered)],
        [t('an-revoked'), view.revoked],
      ])}
      ${this.evidence(view)}
      ${this.decisionForm(row)}
      ${section(t('an-trace'), view.acts.length === 0 ? empty(t('an-trace-none')) : timeline(view.acts.toReversed().map(actMoment), t('an-trace')))}
      <sp-cases-dialog></sp-cases-dialog>`;
  }
}
