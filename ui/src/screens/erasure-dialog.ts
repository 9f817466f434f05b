// SPDX-License-Identifier: EUPL-1.2
// Erasing what is known of a household, or of all those of a campaign that is over: first what it would do, in figures, then the ground, the reason, a statement.
// `<sp-erasure-dialog>` stands once on the page; `erase(scope, name)` opens it.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import type { Action } from '../actions.ts';
import { AppError } from '../bridge.ts';
import { count } from '../format.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import '../parts/dialog.ts';
import { validate } from '../parts/fields.ts';
import { alert, facts, loading } from '../parts/views.ts';
import { useQuery } from '../store.ts';
import type { ErasureGround, ErasurePreviewView, ErasureScope } from '../types.ts';
import { act } from './common/acts.ts';

const TITLES = { household: 'er-title', campaign: 'er-title-campaign', looks: 'er-title-looks' } as const;
export const GROUNDS: readonly ErasureGround[] = ['retention_ended', 'request', 'authority', 'unlawful'];

/** A figure that is worth a line. */
const some = (n: number): string | undefined => (n > 0 ? count(n) : undefined);

@customElement('sp-erasure-dialog')
export class SpErasureDialog extends SpElement {
  @state() private of: { scope: ErasureScope; name: string } | null = null;
  @state() private ground: ErasureGround | null = null;
  @state() private reason = '';
  @state() private sure = false;
  @state() private error: AppError | null = null;
  private readonly preview = useQuery(this, () => (this.of === null ? null : ({ type: 'erasure_preview', scope: this.of.scope }) as const));

  erase(scope: ErasureScope, name: string): void {
    this.of = { scope, name };
    this.ground = scope.type === 'household' ? null : 'retention_ended';
    this.reason = '';
    this.sure = false;
    this.error = null;
  }

  private async save(): Promise<void> {
    const { of, ground } = this;
    const found = this.preview.data;
    const home = this.querySelector('sp-dialog');
    if (of === null || home === null || !validate(home) || ground === null || found === undefined) return;
    this.error = null;
    try {
      await act({ type: 'order_erasure', scope: of.scope, ground, reason: this.reason.trim(), digest: found.digest }, t('er-done', { n: found.records, shown: count(found.records) }));
      this.of = null;
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
      this.preview.retry();
    }
  }

  private figures(of: { scope: ErasureScope }, found: ErasurePreviewView): TemplateResult {
    return facts([
      [t('er-households'), of.scope.type === 'looks' ? undefined : count(found.households)], [t('er-records'), count(found.records)],
      [t('er-still-due'), some(found.still_due)], [t('er-awaited'), some(found.awaited)], [t('er-undecided'), some(found.undecided)],
      [t('er-backups'), some(found.backups)],
    ]);
  }

  override render(): unknown {
    const { of } = this;
    const { data, error } = this.preview;
    const close = (): void => { this.of = null; };
    const empty = data !== undefined && data.records === 0 && data.households === 0;
    return html`<sp-dialog data-testid="erasure-dialog" .open=${of !== null} .heading=${of === null ? '' : t(TITLES[of.scope.type], { name: of.name })} @sp-close=${close}
      .body=${of === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
        ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
        ${error ? alert({ tone: 'warning', title: error.message, live: true }) : data === undefined ? loading() : html`${this.figures(of, data)}
          ${of.scope.type === 'looks' ? nothing : html`<p>${t('er-what-goes')}</p><p>${t('er-what-stays')}</p>`}
          <sp-select required data-autofocus name="ground" .label=${t('er-ground')} .value=${this.ground} .options=${GROUNDS.map((g) => ({ value: g, label: t(`er-ground-${g}`) }))} @sp-change=${(e: CustomEvent<{ value: ErasureGround | null }>) => { this.ground = e.detail.value; }}></sp-select>
          <sp-textarea required name="reason" .label=${t('er-reason')} .hint=${t('er-reason-hint')} .value=${this.reason} @sp-input=${(e: CustomEvent<{ value: string }>) => { this.reason = e.detail.value; }}></sp-textarea>
          <sp-check required name="sure" .label=${t('er-sure')} .value=${this.sure} @sp-change=${(e: CustomEvent<{ value: boolean }>) => { this.sure = e.detail.value; }}></sp-check>`}
      </form>`}
      .actions=${of === null ? [] : [{ label: t('go-back'), key: 'Escape', run: close },
        { id: 'save-erasure', label: t('er-do'), kind: 'danger', key: 'F2', icon: 'delete', disabled: data === undefined || empty || error !== undefined, run: () => this.save() } satisfies Action]}></sp-dialog>`;
  }
}
