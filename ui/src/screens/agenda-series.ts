// SPDX-License-Identifier: EUPL-1.2
// A series of appointments from a file: looked at first, row by row, then taken in. Nothing is written before that.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { announce, focusOn } from '../a11y.ts';
import { AppError, query } from '../bridge.ts';
import { fileInput } from '../documents.ts';
import * as format from '../format.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import '../parts/dialog.ts';
import type { Icon } from '../parts/icons.ts';
import '../parts/table.ts';
import type { Column } from '../parts/table.ts';
import { alert, badge, empty, loading, type Tone } from '../parts/views.ts';
import { useQuery } from '../store.ts';
import type { FileInput, SeriesPreviewView, SeriesRow, SeriesVerdict } from '../types.ts';
import { act } from './common/acts.ts';
import { serviceName } from './common/words.ts';
import { REFERENCE_KINDS } from './names.ts';

/** Those to look at first. */
const VERDICT: Record<SeriesVerdict, { tone: Tone; icon: Icon }> = {
  refused: { tone: 'danger', icon: 'close-circle' },
  known: { tone: 'neutral', icon: 'minus-circle' },
  new: { tone: 'success', icon: 'plus-circle' },
};
const ORDER = Object.keys(VERDICT);
/** A file this big (bytes) is no list of appointments. */
const FILE_MAX = 20 * 1024 * 1024;

/** `<sp-series .open=${boolean} .site .service @sp-close>`. */
@customElement('sp-series')
export class SpSeries extends SpElement {
  @property({ type: Boolean }) open = false;
  /** What the rows that name none are taken for, to begin with. */
  @property({ attribute: false }) site = '';
  @property({ attribute: false }) service = '';
  @state() private chosenSite = '';
  @state() private chosenService = '';
  @state() private file: FileInput | null = null;
  @state() private preview: SeriesPreviewView | null = null;
  @state() private reading = false;
  @state() private problem = '';
  private asked = 0;
  private readonly reference = useQuery(this, () => (this.open ? ({ type: 'reference' }) as const : null), REFERENCE_KINDS);

  private close(): void {
    this.asked += 1;
    this.file = null;
    this.preview = null;
    this.problem = '';
    this.reading = false;
    this.chosenSite = '';
    this.chosenService = '';
    this.dispatchEvent(new CustomEvent('sp-close'));
  }

  private get siteId(): string {
    return this.chosenSite || this.site;
  }
  private get serviceId(): string {
    const all = (this.reference.data?.services ?? []).filter((s) => s.active);
    return this.chosenService || this.service || (all.find((s) => s.sites.includes(this.siteId)) ?? all[0])?.id || '';
  }

  private async choose(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    this.preview = null;
    this.file = null;
    this.problem = '';
    if (!/\.(xlsx|ods|csv|txt|ics)$/i.test(file.name)) this.problem = t('series-kind', { file: file.name });
    else if (file.size === 0 || file.size > FILE_MAX) this.problem = t(file.size === 0 ? 'imp-file-empty' : 'imp-file-big', { file: file.name });
    if (this.problem !== '') {
      announce(this.problem, true);
      return;
    }
    this.file = await fileInput(file);
    await this.look();
  }

  /** Asks what the file would do. */
  private async look(): Promise<void> {
    const { file } = this;
    if (file === null || this.serviceId === '') return;
    const mine = ++this.asked;
    this.reading = true;
    try {
      const preview = await query({ type: 'series_preview', file, service: this.serviceId, site: this.siteId });
      if (mine !== this.asked) return;
      this.preview = preview;
      this.problem = preview.problem?.message ?? '';
      announce(preview.problem?.message ?? t('series-bookable', { n: preview.bookable }));
    } catch (thrown) {
      if (mine !== this.asked) return;
      this.problem = AppError.from(thrown, t('error-unexpected')).message;
      announce(this.problem, true);
    } finally {
      if (mine === this.asked) this.reading = false;
    }
    await this.updateComplete;
    focusOn(this.querySelector<HTMLElement>('[data-series]'));
  }

  private async take(): Promise<void> {
    const { file, preview } = this;
    if (file === null || preview === null) return;
    try {
      await act({ type: 'import_appointments', file, service: this.serviceId, site: this.siteId, digest: preview.digest }, t('series-done', { n: preview.bookable }));
    } catch (thrown) {
      // The agenda changed since it was looked at: what the file would do now is asked anew.
      this.problem = AppError.from(thrown, t('error-unexpected')).message;
      announce(this.problem, true);
      return;
    }
    this.close();
  }

  private table(p: SeriesPreviewView): TemplateResult {
    const { data } = this.reference;
    const service = (r: SeriesRow): string => { const s = data?.services.find((x) => x.id === r.service); return s === undefined ? '' : serviceName(s); };
    const columns: Column<SeriesRow>[] = [
      { id: 'row', label: t('series-row'), value: (r) => r.row, number: true },
      { id: 'verdict', label: t('series-verdict'), value: (r) => ORDER.indexOf(r.verdict), cell: (r) => html`${badge(VERDICT[r.verdict].tone, t(`series-${r.verdict}`), VERDICT[r.verdict].icon)}${r.problem === null ? nothing : html`<p class="sp-small">${r.problem.message}</p>`}`, export: (r) => [t(`series-${r.verdict}`), r.problem?.message].filter(Boolean).join(': ') },
      { id: 'name', label: t('agenda-who'), value: (r) => r.name },
      { id: 'start', label: t('booking-when'), value: (r) => r.start, cell: (r) => (r.start === null ? '—' : format.wall(r.start)), export: (r) => (r.start === null ? '' : format.wall(r.start)) },
      { id: 'service', label: t('service'), value: service },
    ];
    return html`<sp-table data-testid="series-rows" page-size="8" .caption=${t('series-caption', { n: p.rows.length, bookable: p.bookable })} .columns=${columns} .rows=${p.rows} .keyOf=${(r: SeriesRow) => String(r.row)}
      .order=${{ column: 'verdict', down: false }} .empty=${empty(t('series-empty'), [], 'file')}></sp-table>`;
  }

  private body(): TemplateResult {
    const { data } = this.reference;
    if (data === undefined) return loading();
    const { preview } = this;
    const site = (e: CustomEvent<{ value: string | null }>): void => { this.chosenSite = e.detail.value ?? ''; void this.look(); };
    const service = (e: CustomEvent<{ value: string | null }>): void => { this.chosenService = e.detail.value ?? ''; void this.look(); };
    return html`<p>${t('series-lead')}</p>
      <div class="sp-form-row">
        <div class="sp-field"><label class="form-label" for="series-file">${t('series-file')}</label><input class="form-control" type="file" id="series-file" data-autofocus accept=".xlsx,.ods,.csv,.txt,.ics" @change=${(e: Event) => void this.choose((e.target as HTMLInputElement).files?.[0])}></div>
        <sp-select name="series-service" required .label=${t('series-service')} .value=${this.serviceId} .options=${data.services.filter((s) => s.active).map((s) => ({ value: s.id, label: serviceName(s) }))} @sp-change=${service}></sp-select>
        <sp-select name="series-site" required .label=${t('series-site')} .value=${this.siteId} .options=${data.sites.map((s) => ({ value: s.id, label: s.name }))} @sp-change=${site}></sp-select>
      </div>
      ${this.problem === '' ? nothing : alert({ tone: 'danger', title: this.problem, live: false })}
      ${this.reading ? loading(t('series-reading')) : preview === null || preview.problem !== null ? nothing : html`<div data-series tabindex="-1">${this.table(preview)}</div>`}`;
  }

  private actions(): Action[] {
    const { preview } = this;
    const n = preview?.bookable ?? 0;
    return [
      { label: t('go-back'), key: 'Escape', run: () => this.close() },
      { id: 'series-do', label: t('series-do', { n }), kind: 'primary', key: 'F9', icon: 'upload', disabled: preview === null || n === 0 || this.reading || this.problem !== '', run: () => this.take() },
    ];
  }

  override render(): unknown {
    return html`<sp-dialog .size=${'large'} .open=${this.open} .heading=${t('series-title')} .body=${this.open ? this.body() : nothing} .actions=${this.open ? this.actions() : []} @sp-close=${() => this.close()}></sp-dialog>`;
  }
}
