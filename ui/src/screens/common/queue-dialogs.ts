// SPDX-License-Identifier: EUPL-1.2
// What is asked before somebody who came waits for another desk or service, goes before others, or asks for one more service.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query as element, state } from 'lit/decorators.js';
import { perform } from '../../actions.ts';
import { AppError } from '../../bridge.ts';
import { t } from '../../i18n.ts';
import { SpElement } from '../../parts/base.ts';
import '../../parts/dialog.ts';
import '../../parts/fields.ts';
import { validate } from '../../parts/fields.ts';
import { alert, loading } from '../../parts/views.ts';
import { useQuery } from '../../store.ts';
import type { AppointmentRow, Priority, ReferenceView, Service } from '../../types.ts';
import { REFERENCE_KINDS } from '../names.ts';
import { act } from './acts.ts';
import { sendOnEnter } from './focus.ts';
import { numberedName, PRIORITIES, priorityName } from './queue-words.ts';
import { serviceName } from './words.ts';

/** Services that are given at a site now. */
export const offeredAt = (reference: ReferenceView | undefined, site: string): Service[] =>
  (reference?.services ?? []).filter((s) => s.active && s.sites.includes(site));

/** A dialog about one appointment: `.open=${AppointmentRow | null} @sp-close`. */
abstract class AboutOne extends SpElement {
  @property({ attribute: false }) open: AppointmentRow | null = null;
  @state() protected error: AppError | null = null;
  @element('form') private form!: HTMLFormElement | null;
  // Known before the dialog opens, so that the focus finds its field at once.
  protected readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);

  protected abstract begin(row: AppointmentRow): void;
  protected abstract question(name: string): string;
  protected abstract fields(row: AppointmentRow): TemplateResult;
  protected abstract verb(): string;
  /** Does it; false: something is still missing, and the dialog says what. */
  protected abstract act(row: AppointmentRow): Promise<unknown>;
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') || this.open === null) return;
    this.error = null;
    this.begin(this.open);
  }

  private async send(): Promise<void> {
    const { open } = this;
    if (open === null || this.form === null || !validate(this.form)) return;
    this.error = null;
    try {
      if ((await this.act(open)) === false) return;
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      return;
    }
    this.close();
  }

  protected close(): void {
    this.dispatchEvent(new CustomEvent('sp-close'));
  }

  override render(): unknown {
    const { open } = this;
    const send = { id: 'queue-do', label: open === null ? '' : this.verb(), kind: 'primary' as const, key: 'F9', run: () => this.send() };
    const body = open === null ? nothing : this.reference.data === undefined ? loading() : html`<form novalidate @submit=${(e: Event) => e.preventDefault()} @keydown=${sendOnEnter(() => perform(send))}>
      ${this.error === null ? nothing : alert({ tone: 'danger', title: this.error.message })}${this.fields(open)}</form>`;
    return html`<sp-dialog .open=${open !== null} .heading=${open === null ? '' : this.question(numberedName(open))} .body=${body}
      .actions=${open === null ? [] : [{ label: t('go-back'), key: 'Escape', run: () => this.close() }, send]} @sp-close=${() => this.close()}></sp-dialog>`;
  }
}

const chosen = (set: (value: string) => void) => (e: CustomEvent<{ value: string | null }>): void => set(e.detail.value ?? '');

/** To another desk, or to another service. */
@customElement('sp-transfer')
export class SpTransfer extends AboutOne {
  @state() private desk = '';
  @state() private service = '';
  @state() private reason = '';
  @state() private nothingChosen = '';

  protected override begin(row: AppointmentRow): void {
    this.desk = '';
    this.service = row.service;
    this.reason = '';
    this.nothingChosen = '';
  }

  protected override question(name: string): string {
    return t('transfer-title', { name });
  }
  protected override verb(): string {
    return t('transfer-do');
  }

  protected override fields(row: AppointmentRow): TemplateResult {
    const desks = (this.reference.data?.desks ?? []).filter((d) => d.site === row.site && !d.revoked && !d.this);
    const here = (this.reference.data?.desks ?? []).filter((d) => d.this && d.site === row.site);
    return html`<p>${t('transfer-consequence')}</p>
      <div class="sp-form-row">
        <sp-select name="desk" data-autofocus .label=${t('transfer-desk')} .none=${t('transfer-any')} .value=${this.desk} .error=${this.nothingChosen}
          .options=${[...desks, ...here].map((d) => ({ value: d.id, label: d.this ? t('transfer-this', { desk: d.name }) : d.name }))}
          @sp-change=${chosen((v) => { this.desk = v; this.nothingChosen = ''; })}></sp-select>
        <sp-select name="service" required .label=${t('service')} .value=${this.service} .options=${offeredAt(this.reference.data, row.site).map((s) => ({ value: s.id, label: serviceName(s) }))}
          @sp-change=${chosen((v) => { this.service = v; this.nothingChosen = ''; })}></sp-select>
      </div>
      <sp-textarea name="reason" .label=${t('reason')} .hint=${t('transfer-reason-hint')} .rows=${2} .value=${this.reason} @sp-input=${chosen((v) => { this.reason = v; })}></sp-textarea>`;
  }

  protected override act(row: AppointmentRow): Promise<unknown> {
    const service = this.service === row.service ? null : this.service;
    const desk = this.desk === '' ? null : this.desk;
    if (desk === null && service === null && row.for_desk === null) {
      this.nothingChosen = t('transfer-nothing');
      return Promise.resolve(false);
    }
    return act({ type: 'transfer_appointment', appointment: row.id, desk, service, reason: this.reason.trim() }, t('act-transferred', { name: numberedName(row) }));
  }
}

/** Before others, and why. */
@customElement('sp-priority')
export class SpPriority extends AboutOne {
  @state() private priority: Priority | null = null;
  @state() private reason = '';

  protected override begin(row: AppointmentRow): void {
    this.priority = row.priority?.priority ?? null;
    this.reason = row.priority?.reason ?? '';
  }

  protected override question(name: string): string {
    return t('priority-title', { name });
  }
  protected override verb(): string {
    return t('priority-do');
  }

  protected override fields(): TemplateResult {
    return html`<p>${t('priority-consequence')}</p>
      <sp-radios name="priority" data-autofocus required .label=${t('priority-why')} .value=${this.priority} .options=${PRIORITIES.map((p) => ({ value: p, label: priorityName(p) }))}
        @sp-change=${(e: CustomEvent<{ value: Priority }>) => { this.priority = e.detail.value; }}></sp-radios>
      <sp-textarea name="reason" ?required=${this.priority === 'other'} .label=${t('priority-reason')} .hint=${t('priority-reason-hint')} .rows=${2} .value=${this.reason} @sp-input=${chosen((v) => { this.reason = v; })}></sp-textarea>`;
  }

  protected override act(row: AppointmentRow): Promise<unknown> {
    return act({ type: 'prioritise_appointment', appointment: row.id, priority: this.priority, reason: this.reason.trim() }, t('act-priority', { name: numberedName(row) }));
  }
}

/** One more service in the same visit. */
@customElement('sp-add-service')
export class SpAddService extends AboutOne {
  @state() private service = '';

  protected override begin(): void {
    this.service = '';
  }

  protected override question(name: string): string {
    return t('add-service-title', { name });
  }
  protected override verb(): string {
    return t('add-service-do');
  }

  protected override fields(row: AppointmentRow): TemplateResult {
    const others = offeredAt(this.reference.data, row.site).filter((s) => s.id !== row.service);
    return html`<p>${t('add-service-consequence')}</p>
      <sp-select name="service" data-autofocus required .label=${t('service')} .value=${this.service} .options=${others.map((s) => ({ value: s.id, label: serviceName(s) }))}
        .hint=${others.length === 0 ? t('add-service-none') : ''} @sp-change=${chosen((v) => { this.service = v; })}></sp-select>`;
  }

  protected override act(row: AppointmentRow): Promise<unknown> {
    return act({ type: 'add_service', appointment: row.id, service: this.service }, t('act-service-added', { name: numberedName(row) }));
  }
}
