// SPDX-License-Identifier: EUPL-1.2
// What came late from revoked desks, and other branches of logs: a supervisor reads what was done and decides, with a reason.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import type { Action } from '../actions.ts';
import { AppError, on } from '../bridge.ts';
import { amount, count, dateTime } from '../format.ts';
import { has, t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import '../parts/dialog.ts';
import { validate } from '../parts/fields.ts';
import type { Icon } from '../parts/icons.ts';
import type { Column } from '../parts/table.ts';
import { alert, badge, button, errorPanel, facts, section, type Tone } from '../parts/views.ts';
import { href } from '../router.ts';
import { useQuery } from '../store.ts';
import type { LateAct, LateRow } from '../types.ts';
import { act } from './common/acts.ts';
import { Names, REFERENCE_KINDS, topicName } from './names.ts';

const STATE: Record<LateRow['state'], { tone: Tone; icon: Icon }> = {
  open: { tone: 'warning', icon: 'warning-circle' }, accepted: { tone: 'success', icon: 'check' }, kept_out: { tone: 'neutral', icon: 'ban' },
  counted: { tone: 'success', icon: 'check' }, unverified: { tone: 'danger', icon: 'error' },
};

/** What was done, in words; a kind that these pages do not know is told by its name. */
const kindName = (kind: string): string => {
  const name = kind.replace('.', '-');
  return has(`late-kind-${name}`) ? t(`late-kind-${name}`) : kind;
};

@customElement('sp-tardive')
export class SpTardive extends SpElement {
  private readonly list = useQuery(this, () => ({ type: 'late' }) as const);
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  @state() private of: { row: LateRow; accept: boolean } | null = null;
  @state() private reason = '';
  @state() private error: AppError | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.until(on('sync', () => this.list.retry()));
  }

  private ask(row: LateRow, accept: boolean): void {
    this.of = { row, accept };
    this.reason = '';
    this.error = null;
  }

  private async decide(): Promise<void> {
    const { of } = this;
    const home = this.querySelector('sp-dialog');
    if (of === null || home === null || !validate(home)) return;
    this.error = null;
    try {
      await act({ type: 'review_late', late: of.row.id, accept: of.accept, reason: this.reason.trim() }, t(of.accept ? 'late-accepted' : 'late-kept-out', { desk: of.row.desk.name }));
      this.of = null;
      this.list.retry();
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private row(row: LateRow, names: Names): TemplateResult {
    const { tone, icon } = STATE[row.state];
    const records = row.last + 1 - row.first;
    const columns: Column<LateAct>[] = [
      { id: 'at', label: t('late-at'), value: (a) => a.at, cell: (a) => dateTime(a.at), head: true },
      { id: 'kind', label: t('late-what'), value: (a) => kindName(a.kind), cell: (a) => html`${kindName(a.kind)}${a.served_otherwise ? html` ${badge('danger', t('late-twice'), 'warning-circle')}` : nothing}` },
      { id: 'who', label: t('late-who'), value: (a) => a.name, cell: (a) => (a.household === null ? a.name : html`<a href=${href('/nucleo/:id', { id: a.household })}>${a.name === '' ? t('late-household') : a.name}</a>`) },
      { id: 'amount', label: t('late-amount'), value: (a) => a.amount, cell: (a) => (a.amount === null ? '' : amount(a.amount)), number: true },
      { id: 'by', label: t('late-by'), value: (a) => a.by },
    ];
    const actions: Action[] = row.state !== 'open' ? [] : [
      { id: `accept-${row.id}`, label: t('late-accept'), icon: 'check', kind: 'primary', focusKey: `accept-${row.id}`, run: () => this.ask(row, true) },
      { id: `keep-out-${row.id}`, label: t('late-keep-out'), icon: 'ban', focusKey: `keep-out-${row.id}`, run: () => this.ask(row, false) },
    ];
    return section(t(row.branch ? 'late-branch' : 'late-after', { desk: row.desk.name }), html`
      <p>${t(row.state === 'unverified' ? 'late-unverified' : row.branch ? 'late-branch-lead' : 'late-after-lead', { n: records, shown: count(records), topic: topicName(row.topic) })}</p>
      ${row.acts.length === 0 ? nothing : html`<sp-table plain hide-caption page-size="10" .caption=${t('late-acts')} .columns=${columns} .rows=${row.acts} .keyOf=${(a: LateAct) => `${a.at}:${a.kind}:${a.household ?? ''}`}></sp-table>`}
      ${row.decision === null ? nothing : facts([[t('reason'), row.decision.reason], [t('late-decided'), `${dateTime(row.decision.at)}, ${names.operator(row.decision.by)}`]])}
      ${actions.map((a) => button(a))}`, { status: badge(tone, t(`late-state-${row.state}`), icon) });
  }

  override render(): unknown {
    const { data, error } = this.list;
    const { of } = this;
    if (error) return errorPanel(error);
    if (data === undefined || data.rows.length === 0) return nothing;
    const names = new Names(this.reference.data);
    const close = (): void => { this.of = null; };
    return html`<div data-testid="late"><h2>${t('late-title')}</h2><p>${t('late-lead')}</p>${data.rows.map((r) => this.row(r, names))}</div>
      <sp-dialog data-testid="late-dialog" .open=${of !== null} .heading=${of === null ? '' : t(of.accept ? 'late-accept' : 'late-keep-out')} @sp-close=${close}
        .body=${of === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
          ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
          <p>${t(of.accept ? 'late-accept-means' : 'late-keep-out-means')}</p>
          <sp-textarea required data-autofocus name="reason" .label=${t('reason')} .value=${this.reason} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.reason = e.detail.value; }}></sp-textarea>
        </form>`}
        .actions=${of === null ? [] : [{ label: t('go-back'), key: 'Escape', run: close }, { id: 'save-late', label: t(of.accept ? 'late-accept' : 'late-keep-out'), kind: 'primary', key: 'F2', icon: 'check', run: () => this.decide() } satisfies Action]}></sp-dialog>`;
  }
}
