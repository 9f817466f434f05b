// SPDX-License-Identifier: EUPL-1.2
// Verification calls: the samples of a campaign, and drawing another one.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import type { Action } from '../actions.ts';
import { AppError } from '../bridge.ts';
import { saveSeen } from '../documents.ts';
import { count, dateTime } from '../format.ts';
import { t } from '../i18n.ts';
import { newId } from '../ids.ts';
import { Screen } from '../parts/base.ts';
import '../parts/dialog.ts';
import '../parts/fields.ts';
import { validate } from '../parts/fields.ts';
import '../parts/table.ts';
import type { Column } from '../parts/table.ts';
import { alert, empty, errorPanel, loading, pageHeader } from '../parts/views.ts';
import { go, href } from '../router.ts';
import { useQuery } from '../store.ts';
import type { SampleRow, SamplesView } from '../types.ts';
import { act } from './common/acts.ts';

/** What one supervisor calls in a morning. */
const USUAL = 30;
const LARGEST = 500;

@customElement('sp-telefonate')
export class SpTelefonate extends Screen {
  private readonly samples = useQuery(this, () => ({ type: 'samples', campaign: this.params['campagna'] ?? '' }) as const, ['campaign_sample', 'entitlement']);
  @state() private drawing = false;
  @state() private size: number | null = USUAL;
  @state() private error: AppError | null = null;
  private commandId = newId();

  override heading(): string {
    return t('menu-telefonate');
  }

  override actions(): Action[] {
    return [{ id: 'draw-sample', label: t('sample-draw'), key: 'F2', icon: 'plus-circle', kind: 'primary', focusKey: 'main', disabled: (this.samples.data?.frame ?? 0) === 0, run: () => { this.error = null; this.commandId = newId(); this.drawing = true; } }];
  }

  private async draw(): Promise<void> {
    const home = this.querySelector('sp-dialog');
    const campaign = this.params['campagna'];
    if (home === null || !validate(home) || this.size === null || campaign === undefined) return;
    try {
      const outcome = await act({ type: 'draw_sample', campaign, size: this.size }, t('sample-drawn', { n: this.size }), 'success', this.commandId);
      this.drawing = false;
      if (outcome.subject !== null) go('/campione/:id', { id: outcome.subject.id });
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private dialog(view: SamplesView): TemplateResult {
    return html`<sp-dialog .open=${this.drawing} .heading=${t('sample-draw')}
      .body=${this.drawing ? html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
        ${this.error === null ? nothing : alert({ tone: 'danger', title: this.error.message, live: false })}
        <p>${t('sample-draw-lead', { n: count(view.frame) })}</p>
        <sp-number name="size" required data-autofocus .label=${t('sample-size')} .min=${1} .max=${LARGEST} .value=${this.size} @sp-change=${(e: CustomEvent<{ value: number | null }>) => { this.size = e.detail.value; }}></sp-number>
      </form>` : nothing}
      .actions=${[{ label: t('go-back'), key: 'Escape', run: () => { this.drawing = false; } }, { id: 'sample-draw-do', label: t('sample-draw-do'), kind: 'primary' as const, key: 'F9', run: () => this.draw() }]}
      @sp-close=${() => { this.drawing = false; }}></sp-dialog>`;
  }

  private table(view: SamplesView): TemplateResult {
    const columns: Column<SampleRow>[] = [
      { id: 'at', label: t('sample-at'), value: (r) => r.at, cell: (r) => html`<a href=${href('/campione/:id', { id: r.id })}>${dateTime(r.at)}</a>`, export: (r) => dateTime(r.at), head: true },
      { id: 'by', label: t('operator'), value: (r) => r.operator },
      { id: 'drawn', label: t('sample-drawn-of'), value: (r) => r.drawn, cell: (r) => t('sample-of', { n: count(r.drawn), of: count(r.frame) }), number: true },
      { id: 'called', label: t('sample-called'), value: (r) => r.called, number: true },
      { id: 'disputed', label: t('sample-disputed'), value: (r) => r.disputed, number: true },
    ];
    return html`<sp-table hide-caption data-testid="samples" .caption=${t('menu-telefonate')} .columns=${columns} .rows=${view.rows} .keyOf=${(r: SampleRow) => r.id} .tone=${(r: SampleRow) => (r.disputed > 0 ? 'warning' as const : undefined)}
      .empty=${empty(view.frame === 0 ? t('sample-nothing') : t('sample-none'), [], 'telephone')} .save=${saveSeen}></sp-table>${this.dialog(view)}`;
  }

  override render(): unknown {
    const { data, error } = this.samples;
    return html`${pageHeader({ title: this.heading(), lead: t('sample-lead'), actions: this.actions(), back: { href: href('/rendiconto', { campagna: this.params['campagna'] }), label: t('menu-rendiconto') } })}
      ${data ? this.table(data) : error ? errorPanel(error) : loading()}`;
  }
}
