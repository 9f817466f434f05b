// SPDX-License-Identifier: EUPL-1.2
// Fields with label, hint and error linked by ids. bootstrap-italia's controls with the label above: its floating labels
// cover what they name at 200 % text, and vanish for who comes back after an interruption.
//
// Each field: `.label .hint .error .value ?required ?disabled name`; `sp-input` while typing, `sp-change` when settled, both
// with `detail.value`. `value` is what the field means (cents, `aaaa-mm-gg`), null when empty or not understood.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { announce, focusOn, uid } from '../a11y.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { SpElement } from './base.ts';
import { icon } from './icons.ts';
import './calendar.ts';

export interface Option {
  value: string;
  label: string;
  hint?: string;
  disabled?: boolean;
}

export abstract class Field<T> extends SpElement {
  @property({ attribute: false }) label = '';
  @property({ attribute: false }) hint = '';
  /** Set by the screen: a refusal of the core that concerns this field. */
  @property({ attribute: false }) error = '';
  @property({ attribute: false }) value: T | null = null;
  @property({ type: Boolean }) required = false;
  @property({ type: Boolean }) disabled = false;
  @property() name = '';
  /** Keeps the label for screen readers only, where the place already says it (a cell of a table). */
  @property({ type: Boolean, attribute: 'hide-label' }) hideLabel = false;

  /** What the field itself has against what was typed. */
  @state() protected problem = '';
  protected readonly fieldId = uid('field');

  /** The control inside, to focus. */
  get control(): HTMLElement | null {
    return this.querySelector<HTMLElement>('input,select,textarea');
  }

  /** Checks, shows what is wrong, and says whether all is well. Called by `validate` before a form goes on. */
  check(): boolean {
    const missing = t('field-required', { label: this.label });
    if (this.required && this.isEmpty()) this.problem ||= missing;
    // Another choice made it needless meanwhile.
    else if (this.problem === missing) this.problem = '';
    return this.problem === '';
  }

  get message(): string {
    return this.error || this.problem;
  }

  protected isEmpty(): boolean {
    return this.value === null || (typeof this.value === 'string' && this.value.trim() === '');
  }

  protected settle(value: T | null, event: 'sp-input' | 'sp-change'): void {
    this.value = value;
    this.problem = '';
    this.dispatchEvent(new CustomEvent(event, { detail: { value }, bubbles: true }));
  }

  protected get describedBy(): string | undefined {
    const ids = [this.hint ? `${this.fieldId}-hint` : '', this.message ? `${this.fieldId}-error` : ''].filter(Boolean).join(' ');
    return ids === '' ? undefined : ids;
  }

  protected get invalid(): 'true' | undefined {
    return this.message === '' ? undefined : 'true';
  }

  protected labelText(): TemplateResult {
    return html`${this.label}${this.required ? nothing : html` <span class="sp-optional">${t('field-optional')}</span>`}`;
  }

  protected below(): TemplateResult {
    return html`
      ${this.hint ? html`<p class="form-text" id="${this.fieldId}-hint">${this.hint}</p>` : nothing}
      ${this.message ? html`<p class="sp-field-error" id="${this.fieldId}-error">${icon('error')}<span>${this.message}</span></p>` : nothing}`;
  }

  protected wrap(control: TemplateResult): TemplateResult {
    return html`<div class="sp-field">
      <label class="form-label ${this.hideLabel ? 'visually-hidden' : ''}" for=${this.fieldId}>${this.labelText()}</label>
      ${control}${this.below()}
    </div>`;
  }
}

type Autofill = 'off' | 'username' | 'current-password' | 'new-password' | 'name' | 'tel' | 'url';

/** One line of text; `type="password"` gets a button to show it, `search` none. */
@customElement('sp-text')
export class SpText extends Field<string> {
  @property() type: 'text' | 'password' | 'search' | 'tel' | 'email' | 'url' = 'text';
  @property() autocomplete: Autofill = 'off';
  @property({ attribute: false }) placeholder = '';
  @property({ type: Number }) maxlength = 0;
  @property() inputmode = '';
  /** Codes and serials: even letters, capitals as typed. */
  @property({ type: Boolean }) mono = false;
  /** `accept`: scans are typed into this field instead of being opened. */
  @property() scan = '';
  @state() private visible = false;

  override render(): unknown {
    const secret = this.type === 'password';
    const control = html`<input
      class="form-control ${this.mono ? 'sp-mono' : ''} ${this.invalid ? 'is-invalid' : ''}"
      id=${this.fieldId} name=${ifDefined(this.name || undefined)} type=${secret && this.visible ? 'text' : this.type}
      autocomplete=${this.autocomplete} spellcheck="false" autocapitalize="off"
      placeholder=${ifDefined(this.placeholder || undefined)} maxlength=${ifDefined(this.maxlength || undefined)}
      inputmode=${ifDefined((this.inputmode || undefined) as 'numeric' | undefined)} data-scan=${ifDefined(this.scan || (secret ? 'accept' : undefined))}
      .value=${live(this.value ?? '')} ?required=${this.required} ?disabled=${this.disabled}
      aria-invalid=${ifDefined(this.invalid)} aria-describedby=${ifDefined(this.describedBy)}
      @input=${(e: Event) => this.settle((e.target as HTMLInputElement).value, 'sp-input')}
      @change=${(e: Event) => this.settle((e.target as HTMLInputElement).value, 'sp-change')}
    >`;
    return this.wrap(secret
      ? html`<div class="sp-with-button">${control}<button type="button" class="btn sp-icon-button" aria-pressed=${this.visible ? 'true' : 'false'}
          aria-label=${t('field-show-passphrase')} @click=${() => { this.visible = !this.visible; }}>${icon(this.visible ? 'password-invisible' : 'password-visible')}</button></div>`
      : control);
  }
}

@customElement('sp-textarea')
export class SpTextarea extends Field<string> {
  @property({ type: Number }) rows = 3;
  @property({ type: Number }) maxlength = 0;

  override render(): unknown {
    return this.wrap(html`<textarea class="form-control ${this.invalid ? 'is-invalid' : ''}" id=${this.fieldId} name=${ifDefined(this.name || undefined)} rows=${this.rows}
      maxlength=${ifDefined(this.maxlength || undefined)} .value=${live(this.value ?? '')} ?required=${this.required} ?disabled=${this.disabled}
      aria-invalid=${ifDefined(this.invalid)} aria-describedby=${ifDefined(this.describedBy)}
      @input=${(e: Event) => this.settle((e.target as HTMLTextAreaElement).value, 'sp-input')}
      @change=${(e: Event) => this.settle((e.target as HTMLTextAreaElement).value, 'sp-change')}></textarea>`);
  }
}

@customElement('sp-select')
export class SpSelect extends Field<string> {
  @property({ attribute: false }) options: readonly Option[] = [];
  /** The line for "nothing chosen"; empty: there is always a choice. */
  @property({ attribute: false }) none = '';

  override render(): unknown {
    const none = this.none || (this.value === null || this.value === '' ? t('field-choose') : '');
    return this.wrap(html`<select class="form-select ${this.invalid ? 'is-invalid' : ''}" id=${this.fieldId} name=${ifDefined(this.name || undefined)}
      ?required=${this.required} ?disabled=${this.disabled} aria-invalid=${ifDefined(this.invalid)} aria-describedby=${ifDefined(this.describedBy)}
      @change=${(e: Event) => this.settle((e.target as HTMLSelectElement).value || null, 'sp-change')}>
      ${none === '' ? nothing : html`<option value="" ?selected=${this.value === null || this.value === ''}>${none}</option>`}
      ${this.options.map((o) => html`<option value=${o.value} ?selected=${o.value === this.value} ?disabled=${o.disabled === true}>${o.label}</option>`)}
    </select>`);
  }

  protected override updated(): void {
    // `selected` attributes only speak at first: afterwards the property rules.
    const select = this.querySelector('select');
    if (select && select.value !== (this.value ?? '')) select.value = this.value ?? '';
  }
}

/** Few choices, all in sight. */
@customElement('sp-radios')
export class SpRadios extends Field<string> {
  @property({ attribute: false }) options: readonly Option[] = [];
  @property({ type: Boolean }) inline = false;

  override render(): unknown {
    return html`<fieldset class="sp-field" aria-describedby=${ifDefined(this.describedBy)} ?disabled=${this.disabled}>
      <legend class="form-label ${this.hideLabel ? 'visually-hidden' : ''}">${this.labelText()}</legend>
      <div class=${this.inline ? 'sp-choices sp-choices-inline' : 'sp-choices'}>${this.options.map((o, i) => html`<label class="sp-choice">
        <input type="radio" id="${this.fieldId}${i === 0 ? '' : `-${i}`}" name=${this.fieldId} value=${o.value} .checked=${live(o.value === this.value)}
          ?required=${this.required} ?disabled=${o.disabled === true} aria-invalid=${ifDefined(this.invalid)} @change=${() => this.settle(o.value, 'sp-change')}>
        <span>${o.label}${o.hint === undefined ? nothing : html`<span class="form-text">${o.hint}</span>`}</span>
      </label>`)}</div>
      ${this.below()}
    </fieldset>`;
  }
}

@customElement('sp-check')
export class SpCheck extends Field<boolean> {
  protected override isEmpty(): boolean {
    return this.value !== true;
  }

  override render(): unknown {
    return html`<div class="sp-field"><label class="sp-choice">
      <input type="checkbox" id=${this.fieldId} name=${ifDefined(this.name || undefined)} .checked=${live(this.value === true)} ?required=${this.required} ?disabled=${this.disabled}
        aria-invalid=${ifDefined(this.invalid)} aria-describedby=${ifDefined(this.describedBy)}
        @change=${(e: Event) => this.settle((e.target as HTMLInputElement).checked, 'sp-change')}>
      <span>${this.label}</span></label>${this.below()}</div>`;
  }
}

/** What is typed is kept as typed until it is left; then it is understood, and shown in full. */
abstract class ParsedField<T> extends Field<T> {
  @state() protected typed: string | null = null;

  protected abstract parse(text: string): format.Parsed<T>;
  protected abstract show(value: T): string;

  protected get shown(): string {
    return this.typed ?? (this.value === null ? '' : this.show(this.value));
  }

  protected override willUpdate(changed: PropertyValues): void {
    // The screen set another value: what was typed before is over, unless a hand is still at it.
    if (changed.has('value') && this.value !== null && !this.contains(document.activeElement)) this.typed = null;
  }

  private input(text: string): void {
    this.problem = '';
    this.typed = text;
    const parsed = text.trim() === '' ? null : this.parse(text);
    this.dispatchEvent(new CustomEvent('sp-input', { detail: { value: parsed?.ok === true ? parsed.value : null, text }, bubbles: true }));
  }

  protected commit(): boolean {
    if (this.typed === null) return this.problem === '';
    if (this.typed.trim() === '') {
      this.typed = null;
      this.settle(null, 'sp-change');
      return true;
    }
    const parsed = this.parse(this.typed);
    if (parsed.ok) {
      this.typed = null;
      this.settle(parsed.value, 'sp-change');
      return true;
    }
    const kept = this.typed;
    this.settle(null, 'sp-change');
    this.typed = kept;
    this.problem = parsed.why;
    return false;
  }

  override check(): boolean {
    return this.commit() && super.check();
  }

  protected inputElement(inputmode: 'text' | 'numeric' | 'decimal', cls: string): TemplateResult {
    return html`<input class="form-control ${cls} ${this.invalid ? 'is-invalid' : ''}" id=${this.fieldId} name=${ifDefined(this.name || undefined)} type="text" inputmode=${inputmode}
      autocomplete="off" .value=${live(this.shown)} ?required=${this.required} ?disabled=${this.disabled}
      aria-invalid=${ifDefined(this.invalid)} aria-describedby=${ifDefined(this.describedBy)}
      @input=${(e: Event) => this.input((e.target as HTMLInputElement).value)}
      @change=${() => this.commit()}
      @keydown=${(e: KeyboardEvent) => { if (e.key === 'Enter') this.commit(); }}>`;
  }
}

/** A day: typed `gg/mm/aaaa`, `oggi`, `+7`…, or picked. `value` is `aaaa-mm-gg`. */
@customElement('sp-date')
export class SpDate extends ParsedField<string> {
  @property() min = '';
  @property() max = '';
  /** Days that cannot be chosen (closures). */
  @property({ attribute: false }) closed: (day: string) => boolean = () => false;
  @state() private picking = false;

  protected override parse(text: string): format.Parsed<string> {
    const parsed = format.parseDate(text);
    if (!parsed.ok) return parsed;
    if (this.min !== '' && parsed.value < this.min) return { ok: false, why: t('date-too-early', { date: format.date(this.min) }) };
    if (this.max !== '' && parsed.value > this.max) return { ok: false, why: t('date-too-late', { date: format.date(this.max) }) };
    return parsed;
  }
  protected override show(value: string): string {
    return format.date(value);
  }

  override render(): unknown {
    return html`${this.wrap(html`<div class="sp-with-button">
      ${this.inputElement('text', 'sp-short')}
      <button type="button" class="btn sp-icon-button" ?disabled=${this.disabled} aria-haspopup="dialog" aria-label=${t('date-pick', { label: this.label })}
        @click=${() => { this.picking = true; }}>${icon('calendar')}</button>
    </div>`)}
    <sp-calendar .open=${this.picking} .value=${this.value} .min=${this.min} .max=${this.max} .closed=${this.closed} .heading=${this.label}
      @sp-pick=${(e: CustomEvent<{ value: string | null }>) => {
        this.picking = false;
        if (e.detail.value === null) return;
        this.typed = null;
        this.settle(e.detail.value, 'sp-change');
      }}></sp-calendar>`;
  }
}

/** An hour, `HH:MM`. */
@customElement('sp-time')
export class SpTime extends ParsedField<string> {
  protected override parse(text: string): format.Parsed<string> {
    return format.parseTime(text);
  }
  protected override show(value: string): string {
    return format.time(value);
  }
  override render(): unknown {
    return this.wrap(this.inputElement('text', 'sp-shorter'));
  }
}

/** An amount in euro; `value` is whole cents. */
@customElement('sp-amount')
export class SpAmount extends ParsedField<number> {
  protected override parse(text: string): format.Parsed<number> {
    return format.parseAmount(text);
  }
  protected override show(value: number): string {
    return format.amount(value).replace(/\u00a0€$/, '');
  }
  override render(): unknown {
    return this.wrap(html`<div class="sp-with-unit">${this.inputElement('decimal', 'sp-short sp-number')}<span aria-hidden="true">€</span></div>`);
  }
}

/** Whole numbers within limits. */
@customElement('sp-number')
export class SpNumber extends ParsedField<number> {
  @property({ type: Number }) min = 0;
  @property({ type: Number }) max = 999_999;

  protected override parse(text: string): format.Parsed<number> {
    const digits = text.trim().replaceAll(/(?<=\d)\.(?=\d{3}(\D|$))/g, '');
    const n = /^-?\d{1,9}$/.test(digits) ? Number(digits) : Number.NaN;
    if (Number.isNaN(n)) return { ok: false, why: t('number-not-understood') };
    if (n < this.min || n > this.max) return { ok: false, why: t('number-out-of-range', { min: this.min, max: this.max }) };
    return { ok: true, value: n };
  }
  protected override show(value: number): string {
    return String(value);
  }
  override render(): unknown {
    return this.wrap(this.inputElement('numeric', 'sp-shorter sp-number'));
  }
}

/** Checks every field inside `root`; the first wrong one gets the focus and is read. True when the form may go on. */
export function validate(root: ParentNode): boolean {
  const fields = [...root.querySelectorAll<HTMLElement>('sp-text,sp-textarea,sp-select,sp-radios,sp-check,sp-date,sp-time,sp-amount,sp-number')]
    .filter((f): f is HTMLElement & Field<unknown> => f instanceof Field && !f.disabled);
  const wrong = fields.filter((f) => !f.check());
  const first = wrong[0];
  if (first === undefined) return true;
  focusOn(first.control);
  announce(wrong.length === 1 ? first.message : t('form-problems', { n: wrong.length, first: first.message }), true);
  return false;
}
