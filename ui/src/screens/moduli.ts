// SPDX-License-Identifier: EUPL-1.2
// Modulistica cartacea: kits of numbered forms for when the PC is dead, and typing in what was written on them, one form after the
// other: a scan or the code, who was served, the vouchers, when and by whom.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query as element, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { announce } from '../a11y.ts';
import { AppError, query } from '../bridge.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { newId } from '../ids.ts';
import { Screen } from '../parts/base.ts';
import { confirmWithReason } from '../parts/confirm.ts';
import '../parts/dialog.ts';
import '../parts/fields.ts';
import { validate } from '../parts/fields.ts';
import '../parts/table.ts';
import type { Column } from '../parts/table.ts';
import { alert, badge, button, empty, errorPanel, facts, loading, pageHeader, section } from '../parts/views.ts';
import { countAll, runText } from '../serial.ts';
import { useQuery } from '../store.ts';
import type { Collector, DocumentKind, FormTwiceRow, PaperFormView, PaperKitRow, PaperKitsView } from '../types.ts';
import { act, printOrOpen } from './common/acts.ts';
import type { Entered, SpSerials } from './common/serials.ts';
import './common/serials.ts';
import { documentKinds, documentName } from './common/words.ts';
import { REFERENCE_KINDS } from './names.ts';

/** What is typed of a form. Day, hour and operator stay from one form to the next: a paper morning has many. */
interface Typed {
  entitlement: string; entered: readonly Entered[]; day: string | null; time: string | null; operator: string;
  delegate: string; document: DocumentKind | null; number: string; delegatorDocument: DocumentKind | null; delegatorNumber: string;
  partial: string; force: string;
}
const BLANK: Typed = { entitlement: '', entered: [], day: null, time: null, operator: '', delegate: '', document: null, number: '', delegatorDocument: null, delegatorNumber: '', partial: '', force: '' };
const CAN_BE_FORCED = new Set(['not_holder', 'serial_not_held', 'outside_period', 'appointment_required']);

@customElement('sp-moduli')
export class SpModuli extends Screen {
  private readonly kits = useQuery(this, () => ({ type: 'paper_kits' }) as const, ['paper_kit']);
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  @state() private code = '';
  @state() private codeError = '';
  @state() private form: PaperFormView | null = null;
  @state() private typed: Typed = BLANK;
  @state() private error: AppError | null = null;
  @state() private preparing = false;
  @state() private campaign = '';
  @state() private forms: number | null = 40;
  @state() private day: string | null = null;
  private commandId = newId();
  @element('form[data-form]') private formElement!: HTMLFormElement | null;
  @element('sp-serials') private serials!: SpSerials | null;

  override heading(): string {
    return t('paper');
  }

  override actions(): Action[] {
    if (this.form !== null) {
      return [
        { id: 'save-form', label: t('paper-save'), key: 'F9', icon: 'check', kind: 'primary', disabled: this.form.problem !== null, run: () => this.save() },
        { id: 'leave-form', label: t('paper-leave'), key: 'Escape', run: () => this.leave() },
      ];
    }
    return [{ id: 'prepare', label: t('paper-prepare'), key: 'F4', icon: 'plus', kind: 'primary', run: () => { this.begin(); } }];
  }

  private begin(): void {
    const all = this.reference.data?.campaigns ?? [];
    const today = format.today();
    this.campaign = (all.find((c) => c.from <= today && today <= c.to) ?? all[0])?.id ?? '';
    this.error = null;
    this.commandId = newId();
    this.preparing = true;
  }

  private leave(): void {
    this.form = null;
    this.error = null;
    this.code = '';
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('[name=code] input')?.focus());
  }

  private set(change: Partial<Typed>): void {
    this.typed = { ...this.typed, ...change };
    this.error = null;
  }

  private async find(): Promise<void> {
    this.codeError = '';
    try {
      const form = await query({ type: 'paper_form', code: this.code });
      this.form = form;
      const { day, time, operator } = this.typed;
      this.typed = { ...BLANK, day: day ?? form.kit.kit.day ?? format.today(), time, operator };
      this.commandId = newId();
      await this.updateComplete;
      this.querySelector<HTMLElement>('[name=household] select')?.focus();
    } catch (thrown) {
      this.codeError = AppError.from(thrown, t('error-unexpected')).message;
      announce(this.codeError, true);
    }
  }

  private collector(): Collector | null {
    const { document, number, delegate, delegatorDocument, delegatorNumber } = this.typed;
    if (document === null) return null;
    if (delegate.trim() === '') return { kind: 'member', document: { kind: document, number: number.trim() } };
    if (delegatorDocument === null) return null;
    return { kind: 'delegate', name: delegate.trim(), document: { kind: document, number: number.trim() }, delegator_document: { kind: delegatorDocument, number: delegatorNumber.trim() } };
  }

  private async save(): Promise<void> {
    const { form, typed, formElement } = this;
    if (form === null || formElement === null) return;
    const runs = typed.entered.map((e) => e.run);
    if (this.serials?.pending === true || runs.length === 0) {
      this.error = new AppError({ code: 'serials', message: t(runs.length === 0 && this.serials?.pending !== true ? 'serials-none' : 'serials-pending') });
      this.serials?.begin();
      return;
    }
    if (![...formElement.querySelectorAll('[data-rest]')].every((rest) => validate(rest))) return;
    const collector = this.collector();
    if (collector === null || typed.day === null || typed.time === null) return;
    try {
      await act({
        type: 'enter_paper_form', kit: form.kit.kit.id, number: form.number, force: typed.force.trim() === '' ? null : typed.force.trim(),
        filled: { entitlement: typed.entitlement, appointment: null, collector, runs, at: `${typed.day}T${typed.time}:00`, operator: typed.operator, partial: typed.partial.trim() === '' ? null : typed.partial.trim() },
      }, t('paper-saved', { code: form.code }), 'success', this.commandId);
      this.leave();
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private async prepare(): Promise<void> {
    const home = this.querySelector('sp-dialog form');
    if (home === null || !validate(home) || this.forms === null) return;
    try {
      const outcome = await act({ type: 'prepare_paper_kit', campaign: this.campaign, forms: this.forms, day: this.day }, t('paper-prepared'), 'success', this.commandId);
      this.preparing = false;
      if (outcome.subject !== null) await printOrOpen({ type: 'paper_kit', kit: outcome.subject.id });
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private async giveUp(row: PaperKitRow): Promise<void> {
    const open = row.forms.filter((f) => f.state === 'open').map((f) => f.number);
    const [first] = open;
    if (first === undefined) return;
    let last = first;
    while (open.includes(last + 1)) last += 1;
    const reason = await confirmWithReason({
      title: t('paper-void-title', { first, last }), consequence: t('paper-void-means'), confirm: t('paper-void-do'), danger: true, reason: { label: t('reason') },
    });
    if (reason !== null) await act({ type: 'void_paper_forms', kit: row.kit.id, first, last, reason }, t('paper-voided', { first, last }));
  }

  private entry(f: PaperFormView): TemplateResult {
    const { typed } = this;
    const person = f.people.find((p) => p.entitlement === typed.entitlement);
    const handed = countAll(typed.entered.map((e) => e.run));
    const forceable = this.error !== null && CAN_BE_FORCED.has(this.error.code);
    const documents = documentKinds.map((k) => ({ value: k, label: documentName(k) }));
    return section(t('paper-form', { code: f.code }), html`
      ${f.problem === null ? nothing : alert({ tone: 'danger', title: f.problem.message })}
      ${this.error === null ? nothing : alert({ tone: 'danger', title: this.error.message, live: false })}
      <form data-form novalidate @submit=${(e: Event) => e.preventDefault()}>
        <div data-rest>
          <sp-select name="household" required .label=${t('paper-household')} .value=${typed.entitlement} .none=${t('paper-choose')} .options=${f.people.map((p) => ({ value: p.entitlement, label: t('paper-person', { name: p.name, n: p.vouchers }) }))} @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.set({ entitlement: e.detail.value ?? '' })}></sp-select>
          <div class="sp-form-row">
            <sp-date name="day" required .label=${t('paper-day')} .value=${typed.day} @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.set({ day: e.detail.value })}></sp-date>
            <sp-time name="time" required .label=${t('paper-time')} .value=${typed.time} @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.set({ time: e.detail.value })}></sp-time>
            <sp-select name="operator" required .label=${t('paper-operator')} .value=${typed.operator} .none=${t('paper-choose')} .options=${f.operators.map((o) => ({ value: o.id, label: o.name }))} @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.set({ operator: e.detail.value ?? '' })}></sp-select>
          </div>
          <div class="sp-form-row">
            <sp-select name="document" required .label=${t('paper-document')} .value=${typed.document ?? ''} .none=${t('paper-choose')} .options=${documents} @sp-change=${(e: CustomEvent<{ value: DocumentKind | null }>) => this.set({ document: e.detail.value })}></sp-select>
            <sp-text name="number" required mono .label=${t('paper-document-number')} .value=${typed.number} @sp-input=${(e: CustomEvent<{ value: string }>) => this.set({ number: e.detail.value })}></sp-text>
            <sp-text name="delegate" .label=${t('paper-delegate')} .hint=${t('paper-delegate.hint')} .value=${typed.delegate} @sp-input=${(e: CustomEvent<{ value: string }>) => this.set({ delegate: e.detail.value })}></sp-text>
          </div>
          ${typed.delegate.trim() === '' ? nothing : html`<div class="sp-form-row">
            <sp-select name="delegator-document" required .label=${t('paper-delegator-document')} .value=${typed.delegatorDocument ?? ''} .none=${t('paper-choose')} .options=${documents} @sp-change=${(e: CustomEvent<{ value: DocumentKind | null }>) => this.set({ delegatorDocument: e.detail.value })}></sp-select>
            <sp-text name="delegator-number" required mono .label=${t('paper-document-number')} .value=${typed.delegatorNumber} @sp-input=${(e: CustomEvent<{ value: string }>) => this.set({ delegatorNumber: e.detail.value })}></sp-text>
          </div>`}
        </div>
        <sp-serials .entered=${typed.entered} .wanted=${person?.vouchers ?? null} .campaign=${null} .suggestions=${[]} @sp-runs=${(e: CustomEvent<readonly Entered[]>) => this.set({ entered: e.detail })}></sp-serials>
        <div data-rest>
          ${person === undefined || handed === 0 || handed >= person.vouchers ? nothing : html`<sp-text name="partial" required .label=${t('paper-partial')} .value=${typed.partial} @sp-input=${(e: CustomEvent<{ value: string }>) => this.set({ partial: e.detail.value })}></sp-text>`}
          ${forceable || typed.force !== '' ? html`<sp-text name="force" required .label=${t('paper-force')} .hint=${t('paper-force.hint')} .value=${typed.force} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.typed = { ...this.typed, force: e.detail.value }; }}></sp-text>` : nothing}
        </div>
      </form>
      <p>${this.actions().map((a) => button(a))}</p>`);
  }

  private twice(rows: readonly FormTwiceRow[]): TemplateResult | typeof nothing {
    if (rows.length === 0) return nothing;
    return section(t('paper-twice'), html`<ul data-testid="twice">${rows.map((r) => html`<li><strong class="sp-mono">${r.code}</strong>${r.voided ? html` ${badge('warning', t('paper-state-voided'))}` : nothing}
      <ul>${r.entries.map((e) => html`<li>${t('paper-twice-entry', { name: e.name, at: format.wall(e.at), desk: e.desk.name, by: e.entered_by, when: format.dateTime(e.entered_at) })}</li>`)}</ul></li>`)}</ul>`,
      { status: badge('danger', t('paper-twice-n', { n: rows.length }), 'flag') });
  }

  private list(v: PaperKitsView): TemplateResult {
    const columns: Column<PaperKitRow>[] = [
      { id: 'code', label: t('paper-code'), value: (r) => r.code, cell: (r) => html`<span class="sp-mono">${r.code}</span>`, head: true },
      { id: 'desk', label: t('desk'), value: (r) => r.desk.name },
      { id: 'at', label: t('paper-made'), value: (r) => r.kit.at, cell: (r) => format.dateTime(r.kit.at) },
      { id: 'people', label: t('paper-people'), value: (r) => r.kit.entitlements.length, number: true },
      { id: 'runs', label: t('closing-serials'), value: (r) => r.kit.runs.map(runText).join(', '), cell: (r) => html`<span class="sp-mono">${r.kit.runs.map(runText).join(', ')}</span>` },
      { id: 'forms', label: t('paper-forms'), value: (r) => r.kit.forms, number: true },
      { id: 'open', label: t('paper-open'), value: (r) => r.open, cell: (r) => (r.open === 0 ? badge('success', t('paper-all-accounted')) : format.count(r.open)), number: true },
      { id: 'acts', label: t('paper-acts'), value: () => '', cell: (r) => html`${button({ id: `print-${r.kit.id}`, label: t('paper-print', { code: r.code }), icon: 'print', run: async () => { await printOrOpen({ type: 'paper_kit', kit: r.kit.id }); } }, true)}
        ${r.open === 0 ? nothing : button({ id: `void-${r.kit.id}`, label: t('paper-void', { code: r.code }), icon: 'ban', run: () => this.giveUp(r) }, true)}` },
    ];
    return section(t('paper-kits'), html`<sp-table hide-caption data-testid="kits" page-size="10" .caption=${t('paper-kits')} .columns=${columns} .rows=${v.kits} .keyOf=${(r: PaperKitRow) => r.kit.id} .empty=${empty(t('paper-none'), [{ label: t('paper-prepare'), icon: 'plus', kind: 'primary', run: () => this.begin() }], 'files')}></sp-table>`);
  }

  private dialog(): TemplateResult {
    const close = (): void => { this.preparing = false; };
    const campaigns = this.reference.data?.campaigns ?? [];
    return html`<sp-dialog .open=${this.preparing} .heading=${t('paper-prepare')} @sp-close=${close}
      .body=${!this.preparing ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
        ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
        <p>${t('paper-prepare-means')}</p>
        <sp-select name="campaign" required .label=${t('campaign')} .value=${this.campaign} .options=${campaigns.map((c) => ({ value: c.id, label: c.name }))} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.campaign = e.detail.value ?? ''; }}></sp-select>
        <sp-number name="forms" required data-autofocus min="1" max="500" .label=${t('paper-how-many')} .value=${this.forms} @sp-change=${(e: CustomEvent<{ value: number | null }>) => { this.forms = e.detail.value; }}></sp-number>
        <sp-date name="kit-day" .label=${t('paper-for-day')} .hint=${t('paper-for-day.hint')} .value=${this.day} @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.day = e.detail.value; }}></sp-date>
      </form>`}
      .actions=${this.preparing ? [{ label: t('go-back'), key: 'Escape', run: close }, { id: 'prepare-do', label: t('paper-prepare-do'), kind: 'primary', key: 'F9', icon: 'print', run: () => this.prepare() } satisfies Action] : []}></sp-dialog>`;
  }

  private page(v: PaperKitsView): TemplateResult {
    const { form } = this;
    return html`${form !== null ? html`${this.entry(form)}${facts([[t('paper-kit'), form.kit.code], [t('desk'), form.kit.desk.name], [t('paper-open'), format.count(form.kit.open)]])}`
      : section(t('paper-type-in'), html`<form novalidate @submit=${(e: Event) => { e.preventDefault(); void this.find(); }}>
          <sp-text name="code" mono scan="accept" .label=${t('paper-which')} .hint=${t('paper-which.hint')} .error=${this.codeError} .value=${this.code}
            @sp-input=${(e: CustomEvent<{ value: string }>) => { this.code = e.detail.value; this.codeError = ''; }}></sp-text>
          <button class="btn btn-primary btn-sm" data-testid="find-form">${t('paper-find')}</button>
        </form>`)}
      ${this.twice(v.twice)}${form === null ? this.list(v) : nothing}${this.dialog()}`;
  }

  override render(): unknown {
    const { data, error } = this.kits;
    return html`${pageHeader({ title: this.heading(), lead: t('paper-lead'), actions: this.actions() })}
      ${data ? this.page(data) : error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.kits.retry() }] }) : loading()}`;
  }
}
