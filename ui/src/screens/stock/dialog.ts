// SPDX-License-Identifier: EUPL-1.2
// What every dialog about vouchers has: the serials, some fields of its own, and one command.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query as element, state } from 'lit/decorators.js';
import { AppError } from '../../bridge.ts';
import { t } from '../../i18n.ts';
import { newId } from '../../ids.ts';
import { SpElement } from '../../parts/base.ts';
import '../../parts/dialog.ts';
import '../../parts/fields.ts';
import { validate } from '../../parts/fields.ts';
import { alert } from '../../parts/views.ts';
import { countAll } from '../../serial.ts';
import type { Run, StockView } from '../../types.ts';
import type { Entered, SpSerials } from '../common/serials.ts';
import '../common/serials.ts';

/** Fires `sp-close` when it is done with. */
export abstract class StockDialog extends SpElement {
  @property({ type: Boolean }) open = false;
  @property({ attribute: false }) view: StockView | null = null;
  /** The serials to begin with. */
  @property({ attribute: false }) initial: readonly Run[] = [];
  @state() protected entered: readonly Entered[] = [];
  @state() protected error: AppError | null = null;
  protected commandId = newId();
  @element('form') private form!: HTMLFormElement | null;
  @element('sp-serials') private serials!: SpSerials | null;

  /** The end of the keys of its words: `stock-lead-<what>`, `stock-do-<what>`, `stock-done-<what>`. */
  protected abstract readonly what: string;
  protected readonly danger: boolean = false;
  /** Whether the serials must be at hand here. */
  protected readonly fromStock: boolean = true;

  /** Puts its own fields back to the beginning. */
  protected abstract begin(): void;
  protected abstract fields(): TemplateResult | typeof nothing;
  protected abstract send(runs: Run[], campaign: string, done: string): Promise<void>;

  protected abstract heading(): string;

  protected get runs(): Run[] {
    return this.entered.map((e) => e.run);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open') || !this.open) return;
    this.entered = this.initial.map((run) => ({ run, problem: null }));
    this.error = null;
    this.commandId = newId();
    this.begin();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('open') && this.open) void this.updateComplete.then(() => this.serials?.begin());
  }

  private async do(): Promise<void> {
    const { view, runs } = this;
    if (view === null || this.form === null) return;
    if (this.serials?.pending === true || runs.length === 0) {
      this.error = new AppError({ code: 'serials', message: t(this.serials?.pending === true ? 'serials-pending' : 'serials-none') });
      this.serials?.begin();
      return;
    }
    // The serials' own fields are empty by now; only the rest is to be checked.
    const rest = this.form.querySelector('[data-rest]');
    if (rest !== null && !validate(rest)) return;
    this.error = null;
    try {
      await this.send(runs, view.campaign.id, t(`stock-done-${this.what}`, { n: countAll(runs) }));
      this.close();
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
    }
  }

  protected close(): void {
    this.dispatchEvent(new CustomEvent('sp-close'));
  }

  /** Told under the serials, while they are typed. */
  protected seen(): unknown {
    return nothing;
  }

  protected changed(): void {
    this.error = null;
  }

  override render(): unknown {
    const { open, view } = this;
    const body = !open || view === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
      ${this.error === null ? nothing : alert({ tone: 'danger', title: this.error.message })}
      <p>${t(`stock-lead-${this.what}`)}</p>
      <sp-serials .entered=${this.entered} .denomination=${view.campaign.denomination} .campaign=${this.fromStock ? view.campaign.id : null}
        @sp-runs=${(e: CustomEvent<readonly Entered[]>) => { this.entered = e.detail; this.changed(); }}></sp-serials>
      ${this.seen()}
      <div data-rest>${this.fields()}</div>
    </form>`;
    return html`<sp-dialog .open=${open} .size=${'large'} .heading=${open ? this.heading() : ''} .body=${body} .scan=${(text: string) => { this.serials?.scanned(text); return true; }}
      .actions=${[{ label: t('go-back'), key: 'Escape', run: () => this.close() },
        { id: 'stock-do', label: t(`stock-do-${this.what}`, { n: countAll(this.runs) }), kind: this.danger ? 'danger' as const : 'primary' as const, key: 'F9', run: () => this.do() }]}
      @sp-close=${() => this.close()}></sp-dialog>`;
  }
}
