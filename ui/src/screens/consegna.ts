// SPDX-License-Identifier: EUPL-1.2
// Consegna: who collects and with which document → booklets → summary and confirmation → receipt, vouchers handed over.
// What is entered is kept at each step (`keep_draft`) and found again; a confirmation whose answer was lost is asked again as
// the same act, and done once.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query as element, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { perform } from '../actions.ts';
import { announce, focusOn } from '../a11y.ts';
import { AppError, execute, query } from '../bridge.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { newId } from '../ids.ts';
import { Screen } from '../parts/base.ts';
import { confirm } from '../parts/confirm.ts';
import '../parts/fields.ts';
import { validate } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { toast } from '../parts/toasts.ts';
import { alert, badge, button, errorPanel, facts, loading, pageHeader, type Content } from '../parts/views.ts';
import { focusScreen, go, href } from '../router.ts';
import { countAll, overlaps, runText, serial, subtract, take } from '../serial.ts';
import { run, useQuery } from '../store.ts';
import type { Collector, Command, CounterView, Document, Outcome, Run } from '../types.ts';
import { act, call, printOrOpen } from './common/acts.ts';
import { emptyDraft, isEmpty, readDraft, type Draft, type Step } from './common/draft.ts';
import { sendOnEnter } from './common/focus.ts';
import './common/refuse.ts';
import { FORCEABLE, type Entered, type SpSerials } from './common/serials.ts';
import './common/serials.ts';
import { addressText, applicant, appointmentBadge, documentKinds, documentName, entitlementBadge, identifierText, memberName, slotText } from './common/words.ts';

const STEPS: readonly Step[] = ['who', 'vouchers', 'summary'];
/** How long the typing must rest before it is kept. */
const KEEP_AFTER = 500;
const TAX_CODE = /[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]/i;

interface Done {
  delivery: string;
  runs: readonly Run[];
  amount: number;
  forced: boolean;
  printed: boolean | null;
}

@customElement('sp-consegna')
export class SpConsegna extends Screen {
  private readonly counter = useQuery(this, () => ({ type: 'counter', entitlement: this.params['id'] ?? '' }) as const);
  private readonly board = useQuery(this, () => (this.done === null ? null : ({ type: 'board', site: null, day: null }) as const));
  private readonly status = useQuery(this, () => ({ type: 'status' }) as const, []);
  @state() private draft: Draft = emptyDraft();
  @state() private entered: readonly Entered[] = [];
  @state() private error: AppError | null = null;
  /** The rule that a reason can go over, as the core told it when confirming. */
  @state() private obstacle: AppError | null = null;
  @state() private sending = false;
  @state() private done: Done | null = null;
  @state() private refusing = false;
  @state() private found = false;
  @state() private card: 'member' | 'stranger' | null = null;

  private of: string | undefined;
  @state() private loaded = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private dirty = false;

  @element('sp-serials') private serials!: SpSerials | null;

  override heading(): string {
    const { data } = this.counter;
    return data === undefined ? t('consegna') : t('consegna-title', { name: applicant(data.household) });
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('params') && this.params['id'] !== this.of) {
      if (this.of !== undefined) this.keepNow(this.of);
      this.of = this.params['id'];
      this.draft = emptyDraft();
      this.entered = [];
      this.error = null;
      this.obstacle = null;
      this.done = null;
      this.found = false;
      this.card = null;
      this.loaded = false;
      this.dirty = false;
      if (this.of !== undefined) void this.load(this.of);
    }
  }

  /**
   * The draft is read once, from an answer asked for now (one that is remembered may be older than the draft): afterwards what
   * stands on the screen is what counts.
   */
  private async load(id: string): Promise<void> {
    const data = await query({ type: 'counter', entitlement: id }).catch(() => null);
    if (this.of !== id || this.loaded) return;
    const kept = readDraft(data?.draft);
    if (data !== null && kept !== null) {
      this.draft = kept;
      this.entered = kept.runs.map((r) => ({ run: r, problem: null }));
      this.found = true;
      void this.checkAgain(data, kept.runs);
    }
    this.loaded = true;
    await this.drawn();
    // Whoever came here by keyboard types at once.
    const { activeElement } = document;
    if (activeElement === document.body || activeElement?.tagName === 'H1') focusScreen(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.of !== undefined) this.keepNow(this.of);
  }

  /** Serials of a draft may have been handed over meanwhile. */
  private async checkAgain(data: CounterView, runs: readonly Run[]): Promise<void> {
    const checked: Entered[] = [];
    for (const r of runs) {
      const [first, last] = runText(r).split('–');
      const answer = await query({ type: 'check_serials', campaign: data.entitlement.campaign.id, first: first ?? '', last: last ?? first ?? '' }).catch(() => null);
      checked.push({ run: r, problem: answer?.problem ?? null });
    }
    if (this.entered.length === checked.length) this.entered = checked;
  }

  // ——— the draft

  private set(change: Partial<Draft>): void {
    this.draft = { ...this.draft, ...change };
    this.dirty = true;
    clearTimeout(this.timer);
    const id = this.of;
    this.timer = setTimeout(() => { if (id !== undefined) this.keepNow(id); }, KEEP_AFTER);
  }

  private keepNow(id: string): void {
    clearTimeout(this.timer);
    if (!this.dirty || this.done !== null) return;
    this.dirty = false;
    const draft = isEmpty(this.draft) ? null : this.draft;
    // What cannot be kept (a full disk) must be told; what is typed stays on the screen.
    execute({ type: 'keep_draft', entitlement: id, draft }).catch((thrown: unknown) => {
      toast({ tone: 'warning', text: t('draft-not-kept'), detail: AppError.from(thrown, t('error-unexpected')).message });
    });
  }

  private async startAfresh(): Promise<void> {
    if (!(await confirm({ title: t('draft-drop-title', { name: this.name }), consequence: t('draft-drop-consequence'), confirm: t('draft-drop'), danger: true }))) return;
    clearTimeout(this.timer);
    this.draft = emptyDraft();
    this.entered = [];
    this.found = false;
    this.dirty = false;
    if (this.of !== undefined) await execute({ type: 'keep_draft', entitlement: this.of, draft: null });
  }

  // ——— steps

  private get name(): string {
    return this.counter.data === undefined ? '' : applicant(this.counter.data.household);
  }

  private get appointment(): string | null {
    return this.params['appuntamento'] ?? this.counter.data?.appointment?.id ?? null;
  }

  /** Nothing can be handed over whatever is typed (served, revoked). */
  private get stopped(): boolean {
    const o = this.counter.data?.obstacle;
    return o !== null && o !== undefined && !o.can_be_forced;
  }

  private get amount(): number {
    return countAll(this.runs) * (this.counter.data?.entitlement.campaign.denomination ?? 0);
  }
  private get runs(): Run[] {
    return this.entered.map((e) => e.run);
  }
  private get less(): boolean {
    return this.amount < (this.counter.data?.entitlement.remaining ?? 0);
  }
  private get mustForce(): boolean {
    return this.obstacle !== null || this.counter.data?.obstacle?.can_be_forced === true || this.entered.some((e) => e.problem !== null);
  }

  /** Until the screen and the fields inside it stand. */
  private async drawn(): Promise<void> {
    await this.updateComplete;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }

  private async to(step: Step): Promise<void> {
    this.set({ step });
    await this.drawn();
    if (step === 'vouchers' && this.serials !== null && this.serials.missing > 0) this.serials.begin();
    else focusOn(this.querySelector<HTMLElement>('.sp-step-body h2'));
  }

  private async next(): Promise<void> {
    const body = this.querySelector<HTMLElement>('.sp-step-body');
    switch (this.draft.step) {
      case 'who': {
        if (body !== null && !validate(body)) return;
        if (this.of !== undefined) this.keepNow(this.of);
        // Whether the delegate collected for others is told from what was just kept.
        if (this.draft.kind === 'delegate') setTimeout(() => this.counter.retry(), 50);
        await this.to('vouchers');
        return;
      }
      case 'vouchers': {
        if (this.serials?.pending === true) {
          announce(t('serials-pending'), true);
          toast({ tone: 'warning', text: t('serials-pending') });
          this.serials.querySelector<HTMLElement>('[name=first] input')?.focus();
          return;
        }
        if (this.runs.length === 0) {
          announce(t('serials-none'), true);
          toast({ tone: 'warning', text: t('serials-none') });
          this.serials?.begin();
          return;
        }
        await this.to('summary');
        return;
      }
      default: await this.confirm();
    }
  }

  private async back(): Promise<void> {
    const at = STEPS.indexOf(this.draft.step);
    const before = STEPS[at - 1];
    if (this.done !== null || before === undefined || this.stopped) this.leave();
    else await this.to(before);
  }

  private leave(): void {
    if (this.of !== undefined) this.keepNow(this.of);
    if (this.done === null && !isEmpty(this.draft)) toast({ tone: 'info', text: t('draft-kept', { name: this.name }) });
    go('/oggi');
  }

  private collector(): Collector {
    const { draft } = this;
    const document: Document = { kind: draft.document, number: draft.number.trim() };
    if (draft.kind === 'member') return { kind: 'member', document };
    const code = draft.delegateCode.trim();
    return {
      kind: 'delegate', name: draft.delegate.trim(), ...(code === '' ? {} : { tax_code: code.toUpperCase() }), document,
      delegator_document: { kind: draft.delegatorDocument, number: draft.delegatorNumber.trim() },
    };
  }

  private async confirm(): Promise<void> {
    const { data } = this.counter;
    const body = this.querySelector<HTMLElement>('.sp-step-body');
    if (this.sending || this.done !== null || data === undefined || (body !== null && !validate(body))) return;
    const command: Command = {
      type: 'confirm_delivery', entitlement: data.entitlement.entitlement.id, appointment: this.appointment, collector: this.collector(), runs: this.runs,
      force: this.mustForce ? this.draft.force.trim() || null : null,
      partial: this.less ? this.draft.partial.trim() || null : null,
    };
    // One act, one number: the same content asked again (no answer came, the PC went off) is the same act.
    const of = JSON.stringify(command);
    if (this.draft.act?.of !== of) this.set({ act: { of, id: newId() } });
    const id = this.draft.act?.id ?? newId();
    this.sending = true;
    this.error = null;
    try {
      if (this.of !== undefined) {
        this.dirty = false;
        clearTimeout(this.timer);
        await execute({ type: 'keep_draft', entitlement: this.of, draft: this.draft });
      }
      const outcome = await run(command, id);
      await this.confirmed(outcome, command.runs);
    } catch (thrown) {
      await this.refused(AppError.from(thrown, t('error-unexpected')));
    } finally {
      this.sending = false;
    }
  }

  private async refused(why: AppError): Promise<void> {
    if (FORCEABLE.has(why.code) && !this.mustForce) {
      this.obstacle = why;
      announce(why.message, true);
      await this.drawn();
      this.querySelector<HTMLElement>('[name=force] textarea')?.focus();
      return;
    }
    this.error = why;
    this.counter.retry();
    await this.drawn();
    focusOn(this.querySelector<HTMLElement>('.sp-step-body h2'));
  }

  private async confirmed(outcome: Outcome, runs: readonly Run[]): Promise<void> {
    const entitlement = this.of ?? '';
    this.done = { delivery: outcome.delivery ?? '', runs, amount: this.amount, forced: outcome.forced, printed: null };
    this.dirty = false;
    clearTimeout(this.timer);
    announce(t('consegna-done'));
    await this.updateComplete;
    focusOn(this.querySelector<HTMLElement>('.sp-step-body h2'));
    // The record is on disk; only now anything prints. A draft of a delivery that was made is of no use.
    void execute({ type: 'keep_draft', entitlement, draft: null }).catch(() => undefined);
    await this.receipt(false);
  }

  private async receipt(copy: boolean): Promise<void> {
    const { done } = this;
    if (done === null || done.delivery === '' || this.of === undefined) return;
    const printed = await printOrOpen({ type: 'receipt', entitlement: this.of, delivery: done.delivery, copy });
    if (this.done !== null && this.done.delivery === done.delivery) this.done = { ...this.done, printed };
  }

  private async ask(): Promise<void> {
    const { data } = this.counter;
    if (data === undefined) return;
    await act({ type: 'request_custody', entitlement: data.entitlement.entitlement.id, to: null, reason: '' }, t('custody-asked', { desk: data.entitlement.holder.name }));
  }

  private async callNext(): Promise<void> {
    const next = this.board.data?.waiting[0];
    if (next === undefined) return;
    await call(next);
    if (next.entitlement === null) go('/oggi');
    else go('/consegna/:id', { id: next.entitlement, appuntamento: next.id });
  }

  // ——— keyboard and scanner

  override actions(): Action[] {
    const { data } = this.counter;
    if (data === undefined || !this.loaded) return [];
    if (this.done !== null) {
      const next = this.board.data?.waiting[0];
      return [
        { id: 'handed-over', label: t('handed-over'), key: 'F9', icon: 'check', kind: 'primary', run: () => go('/oggi') },
        ...(next === undefined ? [] : [{ id: 'call-next', label: t('call-next-name', { name: next.name }), key: 'F2', icon: 'horn', run: () => this.callNext() } as const]),
        { id: 'receipt-again', label: t('receipt-again'), key: 'F7', icon: 'print', run: () => this.receipt(true) },
      ];
    }
    const refuse: Action = { id: 'refuse', label: t('refuse'), key: 'F8', icon: 'close-circle', disabled: data.entitlement.status === 'served' || data.entitlement.status === 'revoked', run: () => { this.refusing = true; } };
    const back: Action = { id: 'back', label: t(this.draft.step === 'who' || this.stopped ? 'leave' : 'go-back'), key: 'Escape', icon: 'arrow-left', run: () => this.back() };
    if (this.stopped) return [{ ...back, kind: 'primary' }, ...(data.obstacle?.problem.code === 'already_served' ? [] : [refuse])];
    const suggestion = this.draft.step === 'vouchers' && this.suggested(data).length > 0;
    return [
      this.draft.step === 'summary'
        ? { id: 'confirm-delivery', label: this.sending ? t('consegna-sending') : t('confirm-delivery'), key: 'F9', icon: 'check', kind: 'primary', disabled: this.sending, run: () => this.next() }
        : { id: 'go-on', label: t('go-on'), key: 'F9', icon: 'arrow-right', kind: 'primary', run: () => this.next() },
      ...(suggestion ? [{ label: t('serials-use-next'), key: 'F6', icon: 'check', run: () => this.serials?.useSuggestion() } as const] : []),
      refuse,
      back,
    ];
  }

  override scan(text: string): boolean {
    if (this.done !== null || this.stopped) return false;
    const { step } = this.draft;
    if (step === 'who' && TAX_CODE.test(text)) {
      void perform({ label: 'consegna-card', run: () => this.cardRead(text) });
      return true;
    }
    if (step === 'vouchers' && serial(text) !== null && this.serials !== null) {
      this.serials.scanned(text);
      return true;
    }
    return false;
  }

  /** A tessera at the counter: someone of the household, or a delegate whose code need not be typed. */
  private async cardRead(text: string): Promise<void> {
    const { hits } = await query({ type: 'search', text, limit: 10 });
    const ours = hits.some((h) => h.household === this.counter.data?.household.id);
    this.card = ours ? 'member' : 'stranger';
    if (ours) this.set({ kind: 'member' });
    else this.set({ kind: 'delegate', delegateCode: (TAX_CODE.exec(text)?.[0] ?? '').toUpperCase() });
    announce(t(ours ? 'card-member' : 'card-stranger'), !ours);
    await this.drawn();
    this.querySelector<HTMLElement>(ours ? '[name=number] input' : '[name=delegate] input')?.focus();
  }

  private suggested(data: CounterView): Run[] {
    const missing = data.entitlement.vouchers - countAll(this.runs);
    return take(subtract(data.next_serials, this.runs.filter((r) => data.next_serials.some((s) => overlaps(r, s)))), missing);
  }

  // ——— what is seen

  private progress(): TemplateResult {
    const at = this.done === null ? STEPS.indexOf(this.draft.step) : STEPS.length;
    return html`<ol class="sp-steps" aria-label=${t('steps')}>${[...STEPS, 'receipt' as const].map((s, i) => html`<li class=${i === at ? 'sp-step-now' : ''} aria-current=${i === at ? 'step' : nothing}>
      ${i < at ? icon('check', t('step-done')) : html`<span aria-hidden="true">${i + 1}</span>`} ${t(`consegna-step-${s}`)}</li>`)}</ol>`;
  }

  private text(field: 'number' | 'delegate' | 'delegateCode' | 'delegatorNumber' | 'partial' | 'force') {
    return (e: CustomEvent<{ value: string | null }>): void => this.set({ [field]: e.detail.value ?? '' });
  }

  private documentFields(kindField: 'document' | 'delegatorDocument', numberField: 'number' | 'delegatorNumber', legend: string, focus: boolean): TemplateResult {
    return html`<fieldset class="sp-group"><legend>${legend}</legend><div class="sp-form-row">
      <sp-select name=${kindField} required .label=${t('document-kind')} .value=${this.draft[kindField]} .options=${documentKinds.map((k) => ({ value: k, label: documentName(k) }))}
        @sp-change=${(e: CustomEvent<{ value: Draft['document'] | null }>) => this.set({ [kindField]: e.detail.value ?? 'identity_card' })}></sp-select>
      <sp-text name=${numberField} required mono ?data-autofocus=${focus} .label=${t('document-number')} .value=${this.draft[numberField]} @sp-input=${this.text(numberField)}></sp-text>
    </div></fieldset>`;
  }

  private who(data: CounterView): TemplateResult {
    const { draft } = this;
    const delegate = draft.kind === 'delegate';
    return html`<h2 tabindex="-1">${t('consegna-step-who')}</h2>
      ${this.card === 'member' ? html`<p>${badge('success', t('card-member'))}</p>` : this.card === 'stranger' ? html`<p>${badge('warning', t('card-stranger'))}</p>` : nothing}
      <sp-radios name="kind" required inline .label=${t('who-collects')} .value=${draft.kind}
        .options=${[{ value: 'member', label: t('who-member') }, { value: 'delegate', label: t('who-delegate') }]}
        @sp-change=${(e: CustomEvent<{ value: Draft['kind'] }>) => this.set({ kind: e.detail.value })}></sp-radios>
      ${delegate ? html`<div class="sp-form-row">
          <sp-text name="delegate" required .label=${t('delegate-name')} .hint=${t('delegate-name-hint')} .value=${draft.delegate} @sp-input=${this.text('delegate')}></sp-text>
          <sp-text name="delegateCode" mono .label=${t('delegate-code')} .hint=${t('delegate-code-hint')} .value=${draft.delegateCode} @sp-input=${this.text('delegateCode')}></sp-text>
        </div>` : nothing}
      ${this.documentFields('document', 'number', delegate ? t('delegate-document') : t('member-document'), true)}
      ${delegate ? html`${this.documentFields('delegatorDocument', 'delegatorNumber', t('delegator-document'), false)}
        <p class="sp-small">${t('delega-reminder')} ${button({ label: t('delega-print'), icon: 'print', kind: 'plain', run: () => printOrOpen({ type: 'delega', entitlement: data.entitlement.entitlement.id }) }, true)}</p>` : nothing}
      <p class="sp-small">${t('who-hint')}</p>`;
  }

  private vouchers(data: CounterView): TemplateResult {
    const e = data.entitlement;
    return html`<h2 tabindex="-1">${t('consegna-step-vouchers')}</h2>
      ${data.vouchers_held < e.vouchers ? alert({ tone: 'warning', title: t('stock-short', { held: format.count(data.vouchers_held), wanted: format.count(e.vouchers) }), body: html`<a href=${href('/magazzino')}>${t('stock-go')}</a>`, live: false }) : nothing}
      <sp-serials data-autofocus .entered=${this.entered} .wanted=${e.vouchers} .campaign=${e.campaign.id} .denomination=${e.campaign.denomination} .suggestions=${this.suggested(data)}
        @sp-runs=${(ev: CustomEvent<readonly Entered[]>) => {
          this.entered = ev.detail;
          this.set({ runs: ev.detail.map((x) => x.run) });
          // All is here: the next Enter goes on.
          if (!this.less) void this.updateComplete.then(() => focusOn(this.querySelector<HTMLElement>('[data-testid=go-on]')));
        }}></sp-serials>`;
  }

  private summary(data: CounterView): TemplateResult {
    const e = data.entitlement;
    const c = this.collector();
    const forcedBy = this.obstacle?.message ?? data.obstacle?.problem.message ?? this.entered.find((x) => x.problem !== null)?.problem?.message ?? '';
    return html`<h2 tabindex="-1">${t('consegna-step-summary')}</h2>
      ${this.error === null ? nothing : errorPanel(this.error, { kept: t(this.error.code === 'unexpected' ? 'consegna-kept-unknown' : 'consegna-kept') })}
      ${facts([
        [t('who-collects'), c.kind === 'member' ? t('who-member') : t('who-delegate-name', { name: c.name })],
        [t('document'), html`${documentName(c.document.kind)} <span class="sp-mono">${c.document.number}</span>`],
        [t('delegator-document'), c.kind === 'delegate' ? html`${documentName(c.delegator_document.kind)} <span class="sp-mono">${c.delegator_document.number}</span>` : undefined],
        [t('vouchers'), html`${t('vouchers-n', { n: countAll(this.runs) })}<br><span class="sp-mono">${this.runs.map(runText).join(', ')}</span>`],
        [t('amount'), format.amount(this.amount)],
        [t('left-after'), this.less ? format.amount(e.remaining - this.amount) : undefined],
      ])}
      ${data.delegate_elsewhere > 0 && c.kind === 'delegate' ? alert({ tone: 'warning', title: t('delegate-elsewhere', { n: data.delegate_elsewhere }), live: true }) : nothing}
      ${this.less ? html`<sp-textarea name="partial" required .rows=${2} .label=${t('partial-label')} .hint=${t('partial-hint', { left: format.amount(e.remaining - this.amount) })} .value=${this.draft.partial} @sp-input=${this.text('partial')}></sp-textarea>` : nothing}
      ${this.mustForce ? html`${alert({ tone: 'warning', title: t('force-title'), body: html`<p>${forcedBy}</p><p>${t('force-consequence')}</p>`, live: true })}
        <sp-textarea name="force" required .rows=${2} .label=${t('force-label')} .hint=${t('force-hint')} .value=${this.draft.force} @sp-input=${this.text('force')}></sp-textarea>` : nothing}
      <p class="sp-small">${t('consegna-summary-hint')}</p>`;
  }

  private handedOver(done: Done): TemplateResult {
    const next = this.board.data?.waiting[0];
    return html`<h2 tabindex="-1">${t('consegna-done')}</h2>
      ${alert({ tone: done.forced ? 'warning' : 'success', title: done.forced ? t('consegna-done-forced') : t('consegna-done-safe'), live: false })}
      <p class="sp-hand-over">${t('consegna-hand-over')}</p>
      ${facts([
        [t('vouchers'), html`${t('vouchers-n', { n: countAll(done.runs) })}<br><span class="sp-mono">${done.runs.map(runText).join(', ')}</span>`],
        [t('amount'), format.amount(done.amount)],
        [t('receipt'), done.printed === null ? t('receipt-printing') : done.printed ? t('receipt-ready') : badge('danger', t('receipt-failed'), 'print')],
      ])}
      <p>${next === undefined ? t('next-nobody') : t('next-somebody', { name: next.name, time: format.wallTime(next.start) })}</p>`;
  }

  private obstacleNow(data: CounterView): Content {
    const o = data.obstacle;
    if (o === null || this.done !== null) return nothing;
    const e = data.entitlement;
    const requested = e.requested_by?.id === this.status.data?.desk.id && e.requested_by !== null;
    return alert({
      tone: o.can_be_forced ? 'warning' : 'danger',
      title: o.problem.message,
      body: html`<p>${o.can_be_forced ? t('obstacle-force') : t('obstacle-stop')}${requested ? html` ${t('custody-waiting', { desk: e.holder.name })}` : nothing}</p>`,
      actions: [
        ...(!e.here && !requested && !this.stopped ? [{ id: 'custody-ask', label: t('custody-ask'), icon: 'exchange-circle', run: () => this.ask() } as const] : []),
        { label: t('open-nucleo'), kind: 'plain', icon: 'user', run: () => go('/nucleo/:id', { id: data.household.id }) },
      ],
      live: true,
    });
  }

  private aside(data: CounterView): TemplateResult {
    const e = data.entitlement;
    const { members, address } = data.household.data;
    const a = data.appointment;
    return html`<aside class="sp-card sp-counter-aside" aria-label=${t('consegna-aside')}>
      <header><h2 class="h3">${this.name}</h2>${entitlementBadge(e.status)}</header>
      <p>${addressText(address)}</p>
      <div class="sp-amounts"><p class="sp-amount-left"><span>${t('amount-remaining')}</span><strong data-testid="remaining">${format.amount(e.remaining)}</strong> <span>${t('vouchers-n', { n: e.vouchers })}</span></p>
        ${e.delivered > 0 ? html`<p><span>${t('amount-delivered')}</span><strong>${format.amount(e.delivered)}</strong></p>` : nothing}</div>
      ${facts([
        [t('campaign'), e.campaign.name],
        [t('appointment'), a === null ? t('walk-in') : html`${slotText(a.start)} ${appointmentBadge(a)}`],
        [t('holder'), e.here ? undefined : e.holder.name],
      ])}
      <h3>${t('members', { n: members.length })}</h3>
      <ul class="sp-plain-list">${members.map((m) => html`<li><div><p>${memberName(m)}</p><p class="sp-small">${identifierText(m.identifier)}</p></div></li>`)}</ul>
      <p><a href=${href('/nucleo/:id', { id: data.household.id })}>${t('open-nucleo')}</a></p>
    </aside>`;
  }

  private page(data: CounterView): TemplateResult {
    const { done, draft } = this;
    const body = done !== null ? this.handedOver(done) : draft.step === 'who' ? this.who(data) : draft.step === 'vouchers' ? this.vouchers(data) : this.summary(data);
    const main = this.actions()[0];
    return html`${this.obstacleNow(data)}
      ${this.found && done === null ? alert({ tone: 'info', title: t('draft-found'), actions: [{ label: t('draft-start-afresh'), kind: 'plain', icon: 'delete', run: () => this.startAfresh() }], live: true }) : nothing}
      <div class="sp-counter">
        <div class="sp-counter-main">
          ${this.stopped && done === null ? html`<p>${t('obstacle-nothing')}</p>` : html`${this.progress()}
            <form class="sp-step-body" novalidate @submit=${(e: Event) => e.preventDefault()} @keydown=${draft.step === 'vouchers' || done !== null ? nothing : sendOnEnter(() => perform({ id: 'consegna-next', label: 'consegna-next', run: () => this.next() }))}>${body}
              ${main === undefined ? nothing : html`<div class="sp-actions sp-main-action">${button(main)}</div>`}</form>`}
        </div>
        ${this.aside(data)}
      </div>
      <sp-refuse .open=${this.refusing ? { entitlement: data.entitlement.entitlement.id, appointment: this.appointment, name: this.name } : null}
        @sp-close=${() => { this.refusing = false; }} @sp-refused=${() => this.wasRefused()}></sp-refuse>`;
  }

  private wasRefused(): void {
    clearTimeout(this.timer);
    this.dirty = false;
    this.draft = emptyDraft();
    if (this.of !== undefined) void execute({ type: 'keep_draft', entitlement: this.of, draft: null }).catch(() => undefined);
    go('/oggi');
  }

  override render(): unknown {
    const { data, error } = this.counter;
    return html`${pageHeader({
      title: this.heading(),
      back: { href: href('/oggi'), label: t('oggi') },
      // The main action stands where the step ends.
      actions: this.actions().filter((a) => a.kind !== 'primary' || this.stopped),
    })}
    ${data && this.loaded ? this.page(data) : error && !data ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.counter.retry() }] }) : loading()}`;
  }
}
