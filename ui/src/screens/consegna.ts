// SPDX-License-Identifier: EUPL-1.2
// Consegna: who collects and with which document → booklets → summary and confirmation → receipt, vouchers handed over.
// What is entered is kept at each step (`keep_draft`) and found again; a confirmation whose answer was lost is asked again as
// the same act, and done once.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, query as element, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { perform } from '../actions.ts';
import { announce, focusOn } from '../a11y.ts';
import { AppError, query } from '../bridge.ts';
import { t } from '../i18n.ts';
import { newId } from '../ids.ts';
import { Screen } from '../parts/base.ts';
import { confirm } from '../parts/confirm.ts';
import '../parts/fields.ts';
import { validate } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { toast } from '../parts/toasts.ts';
import { alert, button, errorPanel, loading, pageHeader, type Content } from '../parts/views.ts';
import { focusScreen, go, href } from '../router.ts';
import { countAll, firstSerial, lastSerial, overlaps, serial, subtract, take } from '../serial.ts';
import { run, useQuery } from '../store.ts';
import type { Collector, Command, CounterView, Document, Outcome, Run } from '../types.ts';
import { act, printOrOpen } from './common/acts.ts';
import { callNext } from './common/queue-acts.ts';
import { nextOf, numberedName } from './common/queue-words.ts';
import { counterAside, counterObstacle, handedOver, type Done } from './common/counter.ts';
import { emptyDraft, readDraft, type Draft, type Step } from './common/draft.ts';
import { sendOnEnter } from './common/focus.ts';
import { DraftKeeper } from './common/keeper.ts';
import './common/refuse.ts';
import { summaryStep, whoCollects, whoStep } from './common/counter-steps.ts';
import { FORCEABLE, type Entered, type SpSerials } from './common/serials.ts';
import './common/serials.ts';
import { applicant } from './common/words.ts';

const STEPS: readonly Step[] = ['who', 'vouchers', 'summary'];
/** The obstacle of a desk that holds fewer vouchers than are due. */
const STOCK_SHORT = 'stock_short';
const TAX_CODE = /[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]/i;

@customElement('sp-consegna')
export class SpConsegna extends Screen {
  private readonly counter = useQuery(this, () => ({ type: 'counter', entitlement: this.params['id'] ?? '' }) as const);
  private readonly board = useQuery(this, () => (this.done === null ? null : ({ type: 'board', site: null, day: null }) as const));
  private readonly status = useQuery(this, () => ({ type: 'status' }) as const);
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
  private readonly keeper = new DraftKeeper();

  @element('sp-serials') private serials!: SpSerials | null;

  override heading(): string {
    const { data } = this.counter;
    return data === undefined ? t('consegna') : t('consegna-title', { name: applicant(data.household) });
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('params') && this.params['id'] !== this.of) {
      this.keeper.leave();
      this.of = this.params['id'];
      this.draft = emptyDraft();
      this.entered = [];
      this.error = null;
      this.obstacle = null;
      this.done = null;
      this.found = false;
      this.card = null;
      this.loaded = false;
      if (this.of !== undefined) void this.load(this.of);
    }
  }

  /**
   * The draft is read once, from an answer asked for now (one that is remembered may be older than the draft): afterwards what
   * stands on the screen is what counts.
   */
  private async load(id: string): Promise<void> {
    this.error = null;
    let data: CounterView;
    try {
      data = await query({ type: 'counter', entitlement: id });
    } catch (thrown) {
      if (this.of === id) this.error = AppError.from(thrown, t('error-unexpected'));
      return;
    }
    if (this.of !== id || this.loaded) return;
    const kept = readDraft(data.draft);
    if (kept !== null) {
      this.draft = kept;
      this.entered = kept.runs.map((r) => ({ run: r, problem: null }));
      this.found = true;
      if (data.obstacle?.problem.code === 'already_served') await this.wasDone(kept, data);
      else void this.checkAgain(data, kept.runs);
    } else if (data.entitlement.here && data.obstacle === null) this.keeper.begin(id);
    this.loaded = true;
    await this.drawn();
    // Whoever came here by keyboard types at once.
    const { activeElement } = document;
    if (activeElement === document.body || activeElement?.tagName === 'H1') focusScreen(this);
  }

  /** The PC went off after the delivery was recorded and before its receipt was out: the same act asked again tells so. */
  private async wasDone(kept: Draft, data: CounterView): Promise<void> {
    if (kept.act === null) return;
    try {
      const outcome = await run(JSON.parse(kept.act.of) as Command, kept.act.id);
      const amount = countAll(kept.runs) * data.entitlement.campaign.denomination;
      if (outcome.delivery !== null) this.done = { delivery: outcome.delivery, runs: kept.runs, amount, forced: outcome.forced, printed: false };
    } catch {
      // Somebody else served the household: the obstacle says so.
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.keeper.leave();
  }

  /** Serials of a draft may have been handed over meanwhile. */
  private async checkAgain(data: CounterView, runs: readonly Run[]): Promise<void> {
    const checked: Entered[] = [];
    for (const r of runs) {
      const answer = await query({ type: 'check_serials', campaign: data.entitlement.campaign.id, first: firstSerial(r), last: lastSerial(r) }).catch(() => null);
      checked.push({ run: r, problem: answer?.problem ?? null });
    }
    if (this.entered.length === checked.length) this.entered = checked;
  }

  // ——— the draft

  private set(change: Partial<Draft>): void {
    this.draft = { ...this.draft, ...change };
    if (this.of !== undefined && this.done === null) this.keeper.soon(this.of, this.draft);
  }

  private async startAfresh(): Promise<void> {
    if (!(await confirm({ title: t('draft-drop-title', { name: this.name }), consequence: t('draft-drop-consequence'), confirm: t('draft-drop'), danger: true }))) return;
    this.draft = emptyDraft();
    this.entered = [];
    this.found = false;
    if (this.of !== undefined) this.keeper.begin(this.of);
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
    // An act without an answer can be asked again, although the desk may say by now that all was delivered.
    if (this.sending || (this.error?.code === 'unexpected' && this.draft.act !== null)) return false;
    const o = this.counter.data?.obstacle;
    // Too few vouchers do not stop a delivery of those that are there.
    return o !== null && o !== undefined && !o.can_be_forced && o.problem.code !== STOCK_SHORT;
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
        await this.to('vouchers');
        await this.keeper.now();
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
    if (this.keeper.leave()) toast({ tone: 'info', text: t('draft-kept', { name: this.name }) });
    go('/oggi');
  }

  private collector(): Collector {
    const { draft } = this;
    const document: Document = { kind: draft.document, number: draft.number.trim() };
    if (draft.kind === 'member') {
      const member = whoCollects(draft, this.counter.data?.household.data.members ?? []);
      return { kind: 'member', ...(member === undefined ? {} : { member: member.id }), document };
    }
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
      await this.keeper.now();
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
    // Where no answer came the act may have been done: what is seen stays, so that it can be asked again.
    if (why.code !== 'unexpected') this.counter.retry();
    await this.drawn();
    focusOn(this.querySelector<HTMLElement>('.sp-step-body h2'));
  }

  private async confirmed(outcome: Outcome, runs: readonly Run[]): Promise<void> {
    const entitlement = this.of ?? '';
    this.done = { delivery: outcome.delivery ?? '', runs, amount: this.amount, forced: outcome.forced, printed: null };
    announce(t('consegna-done'));
    await this.updateComplete;
    focusOn(this.querySelector<HTMLElement>('.sp-step-body h2'));
    // The record is on disk; only now anything prints. A draft of a delivery that was made is of no use.
    void this.keeper.drop(entitlement);
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
    const next = await callNext();
    if (next === null) return;
    if (next.entitlement === null) go('/oggi');
    else go('/consegna/:id', { id: next.entitlement, appuntamento: next.id });
  }

  // ——— keyboard and scanner

  override actions(): Action[] {
    const { data } = this.counter;
    if (data === undefined || !this.loaded) return [];
    if (this.done !== null) {
      const next = this.board.data && nextOf(this.board.data);
      return [
        { id: 'handed-over', label: t('handed-over'), key: 'F9', icon: 'check', kind: 'primary', run: () => go('/oggi') },
        ...(next === undefined ? [] : [{ id: 'call-next', label: t('call-next-name', { name: numberedName(next) }), key: 'F2', icon: 'horn', run: () => this.callNext() } as const]),
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
      ...(suggestion ? [{ id: 'serials-use-next', label: t('serials-use-next'), key: 'F6', icon: 'check', run: () => this.serials?.useSuggestion() } as const] : []),
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
    if (ours) this.set({ kind: 'member', member: this.holder(text) ?? this.draft.member });
    else this.set({ kind: 'delegate', delegateCode: (TAX_CODE.exec(text)?.[0] ?? '').toUpperCase() });
    announce(t(ours ? 'card-member' : 'card-stranger'), !ours);
    await this.drawn();
    this.querySelector<HTMLElement>(ours ? '[name=number] input' : '[name=delegate] input')?.focus();
  }

  /** Whose tessera it is, of the household. */
  private holder(text: string): string | null {
    const code = TAX_CODE.exec(text)?.[0]?.toUpperCase();
    const members = this.counter.data?.household.data.members ?? [];
    return members.find((m) => m.identifier.kind !== 'none' && m.identifier.value.toUpperCase() === code)?.id ?? null;
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

  private vouchers(data: CounterView): TemplateResult {
    const e = data.entitlement;
    return html`<h2 tabindex="-1">${t('consegna-step-vouchers')}</h2>
      <sp-serials data-autofocus .entered=${this.entered} .wanted=${e.vouchers} .campaign=${e.campaign.id} .denomination=${e.campaign.denomination} .suggestions=${this.suggested(data)}
        @sp-runs=${(ev: CustomEvent<readonly Entered[]>) => {
          this.entered = ev.detail;
          this.set({ runs: ev.detail.map((x) => x.run) });
          // All is here: the next Enter goes on.
          if (!this.less) void this.updateComplete.then(() => focusOn(this.querySelector<HTMLElement>('[data-testid=go-on]')));
        }}></sp-serials>`;
  }

  private summary(data: CounterView): TemplateResult {
    return summaryStep({
      data, draft: this.draft, collector: this.collector(), runs: this.runs, amount: this.amount, error: this.error,
      forcedBy: this.mustForce ? (this.obstacle?.message ?? data.obstacle?.problem.message ?? this.entered.find((x) => x.problem !== null)?.problem?.message ?? '') : null,
      set: (change) => this.set(change),
    });
  }

  private obstacleNow(data: CounterView): Content {
    if (data.obstacle === null || this.done !== null) return nothing;
    const e = data.entitlement;
    const asked = e.requested_by !== null && e.requested_by.id === this.status.data?.desk.id;
    return counterObstacle(data, asked, [
      ...(!e.here && !asked && !this.stopped ? [{ id: 'custody-ask', label: t('custody-ask'), icon: 'exchange-circle', run: () => this.ask() } as const] : []),
      ...(data.obstacle.problem.code === STOCK_SHORT ? [{ id: 'open-stock', label: t('stock-go'), icon: 'box', run: () => go('/magazzino') } as const] : []),
      { id: 'open-nucleo', label: t('open-nucleo'), kind: 'plain', icon: 'user', run: () => go('/nucleo/:id', { id: data.household.id }) },
    ]);
  }

  private page(data: CounterView): TemplateResult {
    const { done, draft } = this;
    const body = done !== null ? handedOver(done, this.board.data && nextOf(this.board.data), this.draft.kind === 'delegate' ? data.delegate_elsewhere : 0) : draft.step === 'who' ? whoStep({ draft, card: this.card, entitlement: data.entitlement.entitlement.id, members: data.household.data.members, set: (change) => this.set(change) }) : draft.step === 'vouchers' ? this.vouchers(data) : this.summary(data);
    const main = this.actions()[0];
    return html`${this.obstacleNow(data)}
      ${this.found && done === null ? alert({ tone: 'info', title: t('draft-found'), actions: [{ label: t('draft-start-afresh'), kind: 'plain', icon: 'delete', run: () => this.startAfresh() }], live: true }) : nothing}
      <div class="sp-counter">
        <div class="sp-counter-main">
          ${this.stopped && done === null ? html`<p>${t('obstacle-nothing')}</p>` : html`${this.progress()}
            <form class="sp-step-body" novalidate @submit=${(e: Event) => e.preventDefault()} @keydown=${draft.step === 'vouchers' || done !== null ? nothing : sendOnEnter(() => perform({ id: 'consegna-next', label: 'consegna-next', run: () => this.next() }))}>${body}
              ${main === undefined ? nothing : html`<div class="sp-actions sp-main-action">${button(main)}</div>`}</form>`}
        </div>
        ${counterAside(data, done !== null)}
      </div>
      <sp-refuse .open=${this.refusing ? { entitlement: data.entitlement.entitlement.id, appointment: this.appointment, name: this.name } : null}
        @sp-close=${() => { this.refusing = false; }} @sp-refused=${() => this.wasRefused()}></sp-refuse>`;
  }

  private again(): void {
    this.counter.retry();
    if (this.of !== undefined && !this.loaded) void this.load(this.of);
  }

  private wasRefused(): void {
    this.draft = emptyDraft();
    if (this.of !== undefined) void this.keeper.drop(this.of);
    go('/oggi');
  }

  override render(): unknown {
    const { data } = this.counter;
    const error = this.loaded ? this.counter.error : (this.error ?? this.counter.error);
    return html`${pageHeader({
      title: this.heading(),
      back: { href: href('/oggi'), label: t('oggi') },
      // The main action stands where the step ends.
      actions: this.actions().filter((a) => a.id !== 'serials-use-next' && (a.kind !== 'primary' || (this.stopped && this.done === null))),
    })}
    ${data && this.loaded ? this.page(data) : error ? errorPanel(error, { actions: [{ label: t('try-again'), icon: 'refresh', run: () => this.again() }] }) : loading()}`;
  }
}
