// SPDX-License-Identifier: EUPL-1.2
// Sedi: where people are served. What is printed on slips comes from here.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { announce } from '../a11y.ts';
import { AppError } from '../bridge.ts';
import { newId } from '../ids.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import '../parts/dialog.ts';
import { validate } from '../parts/fields.ts';
import type { Column } from '../parts/table.ts';
import { alert, badge, empty, errorPanel, loading, pageHeader } from '../parts/views.ts';
import { useQuery } from '../store.ts';
import type { Site } from '../types.ts';
import { act } from './common/acts.ts';
import { REFERENCE_KINDS } from './names.ts';

/** The Quartieri of Firenze, as options. */
export const quartieri = (): { value: string; label: string }[] => [1, 2, 3, 4, 5].map((n) => ({ value: String(n), label: t('topic-quartiere', { n }) }));

@customElement('sp-sedi')
export class SpSedi extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  @state() private site: Site | null = null;
  @state() private error: AppError | null = null;

  override heading(): string {
    return t('menu-sedi');
  }

  override actions(): Action[] {
    return [{ id: 'new-site', label: t('si-new'), key: 'F2', icon: 'plus', kind: 'primary', focusKey: 'new', run: () => this.open({ id: newId(), code: '', name: '', quartiere: 1, central: false, address: '', phone: '' }) }];
  }

  private open(site: Site): void {
    this.error = null;
    this.site = site;
  }

  private set<K extends keyof Site>(change: Pick<Site, K>): void {
    if (this.site) this.site = { ...this.site, ...change };
  }

  private async save(): Promise<void> {
    const { site } = this;
    const home = this.querySelector('sp-dialog');
    if (site === null || home === null || !validate(home)) return;
    this.error = null;
    try {
      await act({ type: 'define_site', site: { ...site, code: site.code.trim(), name: site.name.trim(), address: site.address.trim(), phone: site.phone.trim() } }, t('si-saved', { name: site.name.trim() }));
      this.site = null;
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private dialog(): TemplateResult {
    const s = this.site;
    const known = this.reference.data?.sites.some((x) => x.id === s?.id) === true;
    const text = (field: 'code' | 'name' | 'address' | 'phone') => (e: CustomEvent<{ value: string }>): void => this.set({ [field]: e.detail.value } as Pick<Site, typeof field>);
    const close = (): void => { this.site = null; };
    return html`<sp-dialog .open=${s !== null} .heading=${known ? t('si-change', { name: s?.name ?? '' }) : t('si-new')} @sp-close=${close}
      .body=${s === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
        ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
        <sp-text required name="name" data-autofocus .label=${t('si-name')} .hint=${t('si-name-hint')} .value=${s.name} @sp-input=${text('name')}></sp-text>
        <div class="sp-form-row">
          <sp-text required name="code" .label=${t('si-code')} .hint=${t('si-code-hint')} .value=${s.code} @sp-input=${text('code')}></sp-text>
          <sp-select required name="quartiere" .label=${t('cr-quartiere')} .value=${String(s.quartiere)} .options=${quartieri()} @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.set({ quartiere: Number(e.detail.value ?? 1) })}></sp-select>
        </div>
        <sp-check name="central" .label=${t('si-central')} .hint=${t('si-central-hint')} .value=${s.central} @sp-change=${(e: CustomEvent<{ value: boolean }>) => this.set({ central: e.detail.value })}></sp-check>
        <sp-text required name="address" .label=${t('si-address')} .hint=${t('si-printed')} .value=${s.address} @sp-input=${text('address')}></sp-text>
        <sp-text name="phone" type="tel" .label=${t('cr-phone')} .hint=${t('si-printed')} .value=${s.phone} @sp-input=${text('phone')}></sp-text>
      </form>`}
      .actions=${s === null ? [] : [{ label: t('go-back'), key: 'Escape', run: close }, { id: 'save-site', label: t('save'), kind: 'primary', key: 'F2', icon: 'check', run: () => this.save() } satisfies Action]}></sp-dialog>`;
  }

  override render(): unknown {
    const { data, error } = this.reference;
    const columns: Column<Site>[] = [
      { id: 'name', label: t('si-name'), value: (s) => s.name },
      { id: 'code', label: t('si-code'), value: (s) => s.code },
      { id: 'quartiere', label: t('cr-quartiere'), value: (s) => s.quartiere, cell: (s) => html`${s.quartiere}${s.central ? html` ${badge('info', t('si-is-central'), 'star-full')}` : nothing}` },
      { id: 'address', label: t('si-address'), value: (s) => s.address },
      { id: 'phone', label: t('cr-phone'), value: (s) => s.phone },
      { id: 'desks', label: t('menu-postazioni'), value: (s) => data?.desks.filter((d) => d.site === s.id && !d.revoked).length ?? 0, number: true },
    ];
    return html`${pageHeader({ title: this.heading(), lead: t('si-lead'), actions: this.actions() })}
      ${error ? errorPanel(error) : data === undefined ? loading() : html`<sp-table hide-caption data-testid="sites" .caption=${this.heading()} .columns=${columns} .rows=${data.sites} .keyOf=${(s: Site) => s.id}
        .open=${(s: Site) => this.open(s)} .empty=${empty(t('si-none'), [], 'map-marker')}></sp-table>`}
      ${this.dialog()}`;
  }
}
