// SPDX-License-Identifier: EUPL-1.2
// Importazioni: Servizi Sociali's list is looked at first (nothing is written), then taken in; the rows that were refused can
// be sent back as a file; the lists taken in so far.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { announce, focusOn } from '../a11y.ts';
import { AppError, on, query, save_file } from '../bridge.ts';
import { fileInput, saveSeen } from '../documents.ts';
import { amount, count, date, dateTime } from '../format.ts';
import { has, t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import { confirm } from '../parts/confirm.ts';
import { icon, type Icon } from '../parts/icons.ts';
import '../parts/progress.ts';
import type { Column } from '../parts/table.ts';
import { toast } from '../parts/toasts.ts';
import { alert, badge, button, empty, errorPanel, loading, pageHeader, section, type Tone } from '../parts/views.ts';
import { go } from '../router.ts';
import { run, useQuery, whenForgotten } from '../store.ts';
import type { FileInput, ImportCounts, ImportListRow, ImportPreviewView, ImportRow, Progress, RowFate, TableFormat } from '../types.ts';
import { currentCampaign } from './cruscotto.ts';
import { REFERENCE_KINDS } from './names.ts';

/** Those to look at first. */
const FATE: Record<RowFate, { tone: Tone; icon: Icon }> = {
  refused: { tone: 'danger', icon: 'close-circle' },
  doubtful: { tone: 'warning', icon: 'help-circle' },
  duplicate: { tone: 'neutral', icon: 'copy' },
  changed: { tone: 'info', icon: 'pencil' },
  new: { tone: 'success', icon: 'plus-circle' },
  unchanged: { tone: 'neutral', icon: 'minus-circle' },
};
const FATES = Object.keys(FATE) as RowFate[];
/** A list of 10,000 rows is some 2 MB; a file this big (bytes) is something else, and would only fill the memory. */
const FILE_MAX = 50 * 1024 * 1024;

/** What was being done when somebody called: found again when one comes back. */
interface Work {
  file: FileInput | null;
  campaign: string | null;
  issued: string | null;
  preview: ImportPreviewView | null;
}
const NOTHING: Work = { file: null, campaign: null, issued: null, preview: null };
let kept = NOTHING;
whenForgotten(() => { kept = NOTHING; });

const rowsOf = (c: ImportCounts): number => FATES.reduce((sum, f) => sum + c[f], 0);

@customElement('sp-importazioni')
export class SpImportazioni extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  private readonly imports = useQuery(this, () => ({ type: 'imports' }) as const, ['import', 'campaign']);
  @state() private work: Work = kept;
  @state() private fate: RowFate | null = null;
  @state() private reading = false;
  @state() private applying = false;
  @state() private error: AppError | null = null;
  @state() private fileProblem = '';
  @state() private progress: Progress | null = null;
  @state() private done: { counts: ImportCounts; file: string; repeated: boolean; refused: { file: FileInput; campaign: string; issued: string | null } | null } | null = null;
  @state() private over = false;
  private asked = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.until(on('progress', (p) => { if (this.reading || this.applying) this.progress = p; }));
  }

  override heading(): string {
    return t('menu-importazioni');
  }

  private get campaignId(): string | null {
    return this.work.campaign ?? currentCampaign(this.reference.data?.campaigns ?? [])?.id ?? null;
  }

  override actions(): Action[] {
    const { preview, file } = this.work;
    const busy = this.reading || this.applying;
    return [
      preview === null
        ? { id: 'choose-file', label: t('imp-choose'), key: 'F2', icon: 'folder', kind: 'primary', focusKey: 'main', disabled: busy, run: () => this.querySelector<HTMLInputElement>('#import-file')?.click() }
        : { id: 'apply-import', label: t('imp-apply'), key: 'F2', icon: 'upload', kind: 'primary', focusKey: 'main', disabled: busy || !preview.applicable || this.issued === null, run: () => this.apply(preview) },
      // Reading can be given up: nothing was written, and the answer finds nobody who waits for it.
      ...(file === null ? [] : [{ id: 'drop-file', label: t(this.reading ? 'imp-stop' : 'imp-drop-file'), key: 'F8', icon: 'close' as const, disabled: this.applying, run: () => this.clear() }]),
    ];
  }

  private get issued(): string | null {
    return this.work.issued ?? this.work.preview?.issued ?? null;
  }

  private keep(change: Partial<Work>): void {
    this.work = { ...this.work, ...change };
    kept = this.work;
  }

  private clear(): void {
    this.asked += 1;
    this.keep({ file: null, issued: null, preview: null });
    this.error = null;
    this.fate = null;
    this.reading = false;
    this.progress = null;
    focusOn(this.querySelector('h1'));
  }

  private async choose(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    this.fileProblem = '';
    this.done = null;
    if (!/\.(xlsx|ods|csv|txt|tsv)$/i.test(file.name)) this.fileProblem = t('imp-file-kind', { file: file.name });
    else if (file.size === 0) this.fileProblem = t('imp-file-empty', { file: file.name });
    else if (file.size > FILE_MAX) this.fileProblem = t('imp-file-big', { file: file.name });
    if (this.fileProblem !== '') {
      announce(this.fileProblem, true);
      return;
    }
    try {
      this.keep({ file: await fileInput(file), issued: null, preview: null });
    } catch (thrown) {
      this.error = AppError.from(thrown, t('imp-file-unreadable', { file: file.name }));
      return;
    }
    await this.look();
  }

  /** Asks what taking the list in would do. Nothing is written. */
  private async look(): Promise<void> {
    const { file } = this.work;
    const campaign = this.campaignId;
    if (file === null || campaign === null) return;
    const mine = ++this.asked;
    this.reading = true;
    this.error = null;
    this.progress = null;
    try {
      const preview = await query({ type: 'import_preview', campaign, file, issued: this.work.issued });
      if (mine !== this.asked) return;
      this.keep({ preview });
      this.fate = null;
      announce(t('imp-looked', { n: rowsOf(preview.counts), shown: count(rowsOf(preview.counts)), refused: count(preview.counts.refused) }));
      await this.updateComplete;
      // Whoever went on to the date or the campaign meanwhile is not called away.
      if (!this.contains(document.activeElement) || document.activeElement?.matches('#import-file, button, h1') === true) focusOn(this.querySelector<HTMLElement>('#import-preview h2'));
    } catch (thrown) {
      if (mine !== this.asked) return;
      this.keep({ preview: null });
      this.error = AppError.from(thrown, t('error-unexpected'));
    } finally {
      if (mine === this.asked) {
        this.reading = false;
        this.progress = null;
      }
    }
  }

  private async apply(preview: ImportPreviewView): Promise<void> {
    const { file } = this.work;
    const campaign = this.campaignId;
    const { issued } = this;
    if (file === null || campaign === null || issued === null) return;
    const c = preview.counts;
    const name = this.reference.data?.campaigns.find((x) => x.id === campaign)?.name ?? '';
    const left = c.refused;
    const yes = await confirm({
      title: t('imp-confirm'),
      consequence: html`<ul class="sp-tight">
          <li>${t('imp-confirm-new', { n: c.new, shown: count(c.new), campaign: name })}</li>
          ${c.changed > 0 ? html`<li>${t('imp-confirm-changed', { n: c.changed, shown: count(c.changed) })}</li>` : nothing}
          ${c.doubtful > 0 ? html`<li>${t('imp-confirm-doubtful', { n: c.doubtful, shown: count(c.doubtful) })}</li>` : nothing}
          ${left > 0 ? html`<li>${t('imp-confirm-refused', { n: left, shown: count(left) })}</li>` : nothing}
          <li>${t('imp-confirm-total', { total: amount(preview.total) })}</li>
        </ul><p>${t('imp-confirm-undo')}</p>`,
      confirm: t('imp-apply'),
    });
    if (!yes) return;
    this.applying = true;
    this.error = null;
    this.progress = null;
    try {
      const outcome = await run({ type: 'apply_import', campaign, file, issued, digest: preview.digest });
      const counts = outcome.import ?? c;
      this.done = { counts, file: file.name, repeated: outcome.repeated, refused: counts.refused > 0 ? { file, campaign, issued } : null };
      this.keep({ file: null, issued: null, preview: null });
      announce(t(outcome.repeated ? 'imp-repeated' : 'imp-done', { file: file.name }));
      await this.updateComplete;
      focusOn(this.querySelector('h1'));
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    } finally {
      this.applying = false;
      this.progress = null;
    }
  }

  private async saveRefused(what: { file: FileInput; campaign: string; issued: string | null }, format: TableFormat): Promise<void> {
    const path = await save_file(await query({ type: 'import_refused', ...what, format }));
    if (path !== null) toast({ text: t('imp-refused-saved', { path }) });
  }

  private refusedButtons(what: { file: FileInput; campaign: string; issued: string | null }): TemplateResult {
    return html`<div class="sp-actions">${(['xlsx', 'csv'] as const).map((f) => button({ label: t('imp-save-refused', { format: t(`format-${f}`) }), icon: 'download', run: () => this.saveRefused(what, f) }, true))}</div>`;
  }

  private drop(e: DragEvent): void {
    e.preventDefault();
    this.over = false;
    if (!this.reading && !this.applying) void this.choose(e.dataTransfer?.files[0]);
  }

  private chooser(): TemplateResult {
    const campaigns = this.reference.data?.campaigns ?? [];
    const { file } = this.work;
    const busy = this.reading || this.applying;
    return html`<div class="sp-drop ${this.over ? 'sp-drop-over' : ''}" @dragover=${(e: DragEvent) => { e.preventDefault(); this.over = true; }} @dragleave=${() => { this.over = false; }} @drop=${(e: DragEvent) => this.drop(e)}>
      <div class="sp-form-row">
        <div class="sp-field">
          <p class="form-label" id="import-file-name">${t('imp-file')}</p>
          <input class="visually-hidden sp-file" id="import-file" data-testid="import-file" type="file" aria-labelledby="import-file-name import-file-label" accept=".xlsx,.ods,.csv,.txt,.tsv" ?disabled=${busy} aria-describedby="import-file-hint" aria-invalid=${this.fileProblem === '' ? nothing : 'true'}
            @change=${(e: Event) => { const input = e.target as HTMLInputElement; void this.choose(input.files?.[0]).then(() => { input.value = ''; }); }}>
          <label class="btn btn-outline-primary btn-sm" for="import-file" id="import-file-label">${icon('folder')}<span>${t(file === null ? 'imp-choose' : 'imp-choose-other')}</span></label>
          <p class="form-text" id="import-file-hint">${file === null ? t('imp-file-hint') : html`${icon('file-sheet')} ${t('imp-file-chosen', { file: file.name })}`}</p>
          ${this.fileProblem === '' ? nothing : html`<p class="sp-field-error" role="alert">${icon('error')}<span>${this.fileProblem}</span></p>`}
        </div>
        <sp-select name="campaign" required .label=${t('campaign')} .value=${this.campaignId} ?disabled=${this.applying} .options=${campaigns.map((c) => ({ value: c.id, label: c.name }))}
          @sp-change=${(e: CustomEvent<{ value: string | null }>) => { this.keep({ campaign: e.detail.value }); void this.look(); }}></sp-select>
        <sp-date name="issued" required .label=${t('imp-issued')} .hint=${t('imp-issued-hint')} .value=${this.issued} ?disabled=${this.applying}
          @sp-change=${(e: CustomEvent<{ value: string | null }>) => { if (e.detail.value !== this.issued) { this.keep({ issued: e.detail.value }); void this.look(); } }}></sp-date>
      </div>
    </div>`;
  }

  private fateTile(f: RowFate, n: number): TemplateResult {
    const pressed = this.fate === f;
    return html`<button type="button" class="sp-tile sp-tile-${FATE[f].tone}" data-testid="fate-${f}" data-focus-key="fate-${f}" aria-pressed=${pressed ? 'true' : 'false'} ?disabled=${n === 0}
      @click=${() => { this.fate = pressed ? null : f; }}><span class="sp-tile-value">${count(n)}</span><span>${icon(FATE[f].icon)} ${t(`imp-fate-${f}`)}</span></button>`;
  }

  private preview(p: ImportPreviewView): TemplateResult {
    const rows = this.fate === null ? p.rows : p.rows.filter((r) => r.fate === this.fate);
    const columns: Column<ImportRow>[] = [
      { id: 'row', label: t('imp-row'), value: (r) => r.row, number: true, head: true },
      { id: 'fate', label: t('imp-fate'), value: (r) => FATES.indexOf(r.fate), cell: (r) => badge(FATE[r.fate].tone, t(`imp-fate-one-${r.fate}`), FATE[r.fate].icon), export: (r) => t(`imp-fate-one-${r.fate}`) },
      { id: 'name', label: t('cr-name'), value: (r) => r.name, cell: (r) => (r.household === null ? r.name || '—' : html`<button type="button" class="sp-row-open" @click=${() => { if (r.household !== null) go('/nucleo/:id', { id: r.household }); }}>${r.name}</button>`) },
      { id: 'identifier', label: t('imp-identifier'), value: (r) => r.identifier, cell: (r) => html`<span class="sp-mono">${r.identifier || '—'}</span>` },
      { id: 'amount', label: t('imp-amount'), value: (r) => r.amount, cell: (r) => (r.amount === null ? '—' : html`<span class="sp-nowrap">${amount(r.amount)}</span>`), export: (r) => (r.amount === null ? '' : r.amount / 100), number: true },
      { id: 'reasons', label: t('imp-reasons'), value: (r) => r.reasons.join(' '), cell: (r) => (r.reasons.length === 0 ? '—' : r.reasons.length === 1 ? r.reasons[0] : html`<ul class="sp-tight">${r.reasons.map((x) => html`<li>${x}</li>`)}</ul>`) },
    ];
    const passed = p.columns.filter((c) => c.field === null);
    const { file } = this.work;
    const campaign = this.campaignId;
    return html`<div id="import-preview" data-testid="import-preview">
      ${section(t('imp-preview'), html`
        ${p.notices.map((n) => alert({ tone: p.applicable ? 'warning' : 'danger', title: n.message, live: false }))}
        ${p.applicable ? nothing : p.notices.length > 0 ? nothing : alert({ tone: 'danger', title: t('imp-not-applicable'), live: false })}
        ${this.issued === null ? alert({ tone: 'warning', title: t('imp-issued-missing'), live: false }) : nothing}
        <div class="sp-tiles" role="group" aria-label=${t('imp-fates')}>${FATES.map((f) => this.fateTile(f, p.counts[f]))}
          <div class="sp-tile sp-tile-total"><span class="sp-tile-value">${amount(p.total)}</span><span>${t('imp-total')}</span></div></div>
        <details class="sp-details"><summary>${t('imp-columns', { n: p.columns.length - passed.length, all: p.columns.length })}${passed.length > 0 ? ` ${t('imp-columns-passed', { names: passed.map((c) => c.heading || t('imp-no-heading')).join(', ') })}` : nothing}</summary>
          <div class="sp-table-scroll"><table class="table table-sm"><caption class="visually-hidden">${t('imp-columns-caption')}</caption><thead><tr><th scope="col">${t('imp-heading')}</th><th scope="col">${t('imp-understood')}</th></tr></thead>
          <tbody>${p.columns.map((c) => html`<tr><th scope="row">${c.heading || t('imp-no-heading')}</th><td>${c.field === null ? badge('neutral', t('imp-passed-over')) : has(`imp-field-${c.field}`) ? t(`imp-field-${c.field}`) : c.field}</td></tr>`)}</tbody></table></div></details>
        ${p.counts.refused > 0 && file !== null && campaign !== null ? this.refusedButtons({ file, campaign, issued: this.issued }) : nothing}
        <sp-table data-testid="import-rows" .caption=${this.fate === null ? t('imp-rows') : t('imp-rows-of', { fate: t(`imp-fate-${this.fate}`) })} .columns=${columns} .rows=${rows} .keyOf=${(r: ImportRow) => String(r.row)} .save=${saveSeen}
          .tone=${(r: ImportRow) => (r.fate === 'refused' ? 'danger' : r.fate === 'doubtful' ? 'warning' : undefined)} .empty=${empty(t('imp-rows-none'), this.fate === null ? [] : [{ label: t('imp-rows-all'), run: () => { this.fate = null; } }])}></sp-table>
        ${p.more ? html`<p class="sp-small">${t('imp-more', { n: count(p.rows.length) })}</p>` : nothing}`, {
        status: badge('info', t('imp-nothing-written')),
        ...(this.fate === null ? {} : { actions: [{ label: t('imp-rows-all'), icon: 'funnel' as const, run: () => { this.fate = null; } }] }),
      })}</div>`;
  }

  private story(): unknown {
    const { data, error } = this.imports;
    if (error) return errorPanel(error);
    if (data === undefined) return loading();
    const columns: Column<ImportListRow>[] = [
      { id: 'at', label: t('imp-at'), value: (r) => r.import.at, cell: (r) => dateTime(r.import.at), export: (r) => dateTime(r.import.at), head: true },
      { id: 'file', label: t('imp-file'), value: (r) => r.import.file_name },
      { id: 'issued', label: t('imp-issued'), value: (r) => r.import.issued, cell: (r) => date(r.import.issued), export: (r) => date(r.import.issued) },
      { id: 'campaign', label: t('campaign'), value: (r) => r.campaign },
      { id: 'by', label: t('imp-by'), value: (r) => r.operator },
      ...FATES.toReversed().map((f): Column<ImportListRow> => ({ id: f, label: t(`imp-fate-${f}`), value: (r) => r.import.counts[f], cell: (r) => count(r.import.counts[f]), number: true })),
    ];
    return html`<sp-table hide-caption data-testid="imports" .caption=${t('imp-story')} .columns=${columns} .rows=${data.imports} .keyOf=${(r: ImportListRow) => r.import.id} .empty=${empty(t('imp-story-none'), [], 'inbox')}></sp-table>`;
  }

  private working(): unknown {
    if (!this.reading && !this.applying) return nothing;
    const p = this.progress;
    return html`<sp-progress .label=${t(this.applying ? 'imp-applying' : 'imp-reading')} .done=${p?.done ?? 0} .total=${p === null || p.total === 0 ? undefined : p.total}></sp-progress>`;
  }

  private result(): unknown {
    const { done } = this;
    if (done === null) return nothing;
    const c = done.counts;
    return alert({
      tone: done.repeated ? 'info' : 'success', title: t(done.repeated ? 'imp-repeated' : 'imp-done', { file: done.file }), live: false,
      body: html`<p>${FATES.toReversed().filter((f) => c[f] > 0).map((f) => `${t(`imp-fate-${f}`)}: ${count(c[f])}`).join(' · ')}</p>${done.refused === null ? nothing : html`<p>${t('imp-done-refused')}</p>${this.refusedButtons(done.refused)}`}`,
    });
  }

  override render(): unknown {
    const { data, error } = this.reference;
    const { preview } = this.work;
    return html`${pageHeader({ title: this.heading(), lead: t('imp-lead'), actions: this.actions() })}
      ${this.result()}
      ${error ? errorPanel(error) : data !== undefined && data.campaigns.length === 0 ? empty(t('cr-no-campaign'), [], 'card') : this.chooser()}
      ${this.error ? errorPanel(this.error, { ...(this.error.code === 'unexpected' ? { kept: t('imp-kept') } : {}), actions: this.work.file === null ? [] : [{ label: t('try-again'), icon: 'refresh', run: () => this.look() }] }) : nothing}
      ${this.working()}
      ${preview === null || this.applying ? nothing : this.preview(preview)}
      ${section(t('imp-story'), html`${this.story()}`)}`;
  }
}
