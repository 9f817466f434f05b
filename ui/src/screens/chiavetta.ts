// SPDX-License-Identifier: EUPL-1.2
// The stick, for days without a network: what waits is written to a file, what a file brings is taken in. A part of Sincronizzazione.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import type { Action } from '../actions.ts';
import { AppError, read_bundle, write_bundle } from '../bridge.ts';
import { ago, count, dateTime } from '../format.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import '../parts/dialog.ts';
import '../parts/fields.ts';
import { alert, errorPanel, facts, loading, section } from '../parts/views.ts';
import { useQuery } from '../store.ts';
import type { BundleTaken, BundleWritten, DeskRow, StatusView } from '../types.ts';
import { topicName } from './names.ts';

type Came = { written: BundleWritten } | { taken: BundleTaken } | { error: AppError };

/** Whether a file was taken in with nothing left to do about it. */
export function allWell(v: BundleTaken): boolean {
  return v.whole && v.troubles.length === 0 && v.refused.length === 0 && v.stopped === null;
}

@customElement('sp-chiavetta')
export class SpChiavetta extends SpElement {
  @property({ attribute: false }) status: StatusView | undefined;
  private readonly desks = useQuery(this, () => ({ type: 'desks' }) as const);
  @state() private choosing = false;
  @state() private chosen: readonly string[] = [];
  @state() private whole = false;
  @state() private busy: 'writing' | 'reading' | null = null;
  @state() private came: Came | null = null;

  /** Tells what came of it in the page, and aloud. Null: the person gave up. */
  private async work(what: 'writing' | 'reading', ask: () => Promise<Came | null>): Promise<void> {
    if (this.busy !== null) return;
    this.busy = what;
    this.came = null;
    try {
      this.came = await ask();
    } catch (thrown) {
      this.came = { error: AppError.from(thrown, t('error-unexpected')) };
    } finally {
      this.busy = null;
    }
    if (this.came === null) return;
    if ('written' in this.came) announce(t('us-written'));
    if ('taken' in this.came) announce(t(allWell(this.came.taken) ? 'us-taken' : 'us-taken-partly'));
    this.dispatchEvent(new CustomEvent('sp-exchanged', { bubbles: true }));
  }

  private write(): Promise<void> {
    const request = { desks: [...this.chosen], whole: this.whole };
    this.choosing = false;
    return this.work('writing', async () => {
      const written = await write_bundle(request);
      return written === null ? null : { written };
    });
  }

  private read(): Promise<void> {
    return this.work('reading', async () => {
      const taken = await read_bundle();
      return taken === null ? null : { taken };
    });
  }

  private choose(desk: DeskRow, on: boolean): void {
    this.chosen = on ? [...this.chosen, desk.id] : this.chosen.filter((id) => id !== desk.id);
  }

  private dialog(): TemplateResult {
    const close = (): void => { this.choosing = false; };
    const here = this.status?.site?.id;
    // Those of the same seat first: a stick goes from one to the next.
    const others = (this.desks.data?.desks ?? []).filter((d) => !d.revoked && !d.this).toSorted((a, b) => Number(b.site === here) - Number(a.site === here));
    const body = html`<p>${t('us-for-centre')}</p>
      ${this.desks.error ? errorPanel(this.desks.error) : this.desks.data === undefined ? loading() : others.length === 0 ? html`<p>${t('us-no-others')}</p>` : html`
        <fieldset class="sp-field" data-testid="bundle-desks"><legend class="form-label">${t('us-for-desks')}</legend>
          ${others.map((d) => html`<sp-check name=${`desk-${d.id}`} .label=${`${d.name} (${d.site_name})`} .value=${this.chosen.includes(d.id)}
            @sp-change=${(e: CustomEvent<{ value: boolean }>) => this.choose(d, e.detail.value)}></sp-check>`)}
        </fieldset>`}
      <sp-check name="whole" .label=${t('us-whole')} .hint=${t('us-whole-hint')} .value=${this.whole}
        @sp-change=${(e: CustomEvent<{ value: boolean }>) => { this.whole = e.detail.value; }}></sp-check>
      <p class="sp-small">${t('us-sealed')}</p>`;
    const actions: Action[] = [
      { label: t('go-back'), key: 'Escape', run: close },
      { id: 'bundle-save', label: t('us-choose-place'), kind: 'primary', key: 'Enter', icon: 'download', run: () => this.write() },
    ];
    return html`<sp-dialog .open=${this.choosing} .heading=${t('us-write-title')} @sp-close=${close}
      .body=${this.choosing ? body : nothing} .actions=${this.choosing ? actions : []}></sp-dialog>`;
  }

  private written(v: BundleWritten): TemplateResult {
    return alert({
      tone: 'success', title: t('us-written'),
      body: html`<div data-testid="bundle-written">${facts([
        [t('us-file'), html`<span class="sp-mono">${v.file}</span>`],
        [t('us-records'), count(v.records)],
        [t('us-own'), count(v.own)],
        [t('us-readers'), [t('us-centre'), ...v.desks.map((d) => d.name)].join(', ')],
      ])}<p>${t('us-still-waiting')}</p></div>`,
    });
  }

  private taken(v: BundleTaken): TemplateResult {
    const well = allWell(v);
    return alert({
      tone: v.stopped === null ? (well ? 'success' : 'warning') : 'danger', title: t(well ? 'us-taken' : 'us-taken-partly'),
      body: html`<div data-testid="bundle-taken">
        ${v.stopped === null ? nothing : html`<p><strong>${v.stopped.message}</strong></p>`}
        ${facts([
          [t('us-from'), v.from === null ? t('us-centre') : v.from.name],
          [t('us-made'), dateTime(v.made_at)],
          [t('us-received'), count(v.received)],
          [t('us-acknowledged'), count(v.acknowledged)],
          [t('us-waiting'), count(v.waiting)],
          ...(v.given > 0 ? [[t('us-given'), count(v.given)] as const] : []),
        ])}
        ${v.received === 0 && v.acknowledged === 0 && well ? html`<p>${t('us-nothing-new')}</p>` : nothing}
        ${v.given > 0 ? html`<p>${t('us-given-note')}</p>` : nothing}
        ${v.whole ? nothing : html`<p>${t('us-not-whole')}</p>`}
        ${v.troubles.length === 0 && v.refused.length === 0 ? nothing : html`<ul class="sp-tight">
          ${v.troubles.map((x) => html`<li><strong>${x.desk.name}, ${topicName(x.topic)}:</strong> ${x.problem.message}</li>`)}
          ${v.refused.map((x) => html`<li><strong>${topicName(x.topic)}, ${x.seq}:</strong> ${x.problem.message}</li>`)}
        </ul>`}
        ${v.others > 0 ? html`<p class="sp-small">${t('us-others')}</p>` : nothing}
      </div>`,
    });
  }

  private outcome(): TemplateResult | typeof nothing {
    const { came, busy } = this;
    if (busy !== null) return loading(t(`us-busy-${busy}`));
    if (came === null) return nothing;
    if ('error' in came) return errorPanel(came.error);
    return 'written' in came ? this.written(came.written) : this.taken(came.taken);
  }

  override render(): unknown {
    const stick = this.status?.on_stick ?? null;
    const disabled = this.busy !== null;
    return html`${section(t('us-title'), html`
      <p>${t('us-lead')}</p>
      ${stick === null ? nothing : html`<p data-testid="on-stick"><strong>${t('us-on-stick', { n: stick.records, shown: count(stick.records), when: dateTime(stick.since), ago: ago(stick.since) })}</strong></p>`}
      ${this.outcome()}`, {
      actions: [
        { id: 'bundle-write', label: t('us-write'), icon: 'download', disabled, run: () => { this.choosing = true; } },
        { id: 'bundle-read', label: t('us-read'), icon: 'upload', disabled, run: () => this.read() },
      ],
    })}${this.dialog()}`;
  }
}
