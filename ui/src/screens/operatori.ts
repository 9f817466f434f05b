// SPDX-License-Identifier: EUPL-1.2
// Operatori: who may enter, with which role. Barring keeps the name: what somebody did stays theirs.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { AppError } from '../bridge.ts';
import { announce } from '../a11y.ts';
import { saveSeen } from '../documents.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import '../parts/dialog.ts';
import { validate } from '../parts/fields.ts';
import '../parts/new-passphrase.ts';
import { NOT_CHOSEN, type Chosen, type SpNewPassphrase } from '../parts/new-passphrase.ts';
import type { Column } from '../parts/table.ts';
import { alert, badge, button, empty, errorPanel, loading, pageHeader } from '../parts/views.ts';
import { useQuery } from '../store.ts';
import { PASSPHRASE_MIN } from '../text.ts';
import type { Command, Operator, Role } from '../types.ts';
import { act } from './common/acts.ts';
import { REFERENCE_KINDS } from './names.ts';

const ROLES: readonly Role[] = ['operator', 'supervisor', 'administrator'];

interface Form {
  /** Null: somebody new. */
  operator: Operator | null;
  username: string;
  name: string;
  role: Role;
  active: boolean;
}

@customElement('sp-operatori')
export class SpOperatori extends Screen {
  private readonly status = useQuery(this, () => ({ type: 'status' }) as const, ['operator']);
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  @state() private form: Form | null = null;
  @state() private error: AppError | null = null;
  @state() private chosen: Chosen = NOT_CHOSEN;
  /** Who is to get another passphrase. */
  @state() private renewed: Operator | null = null;

  override heading(): string {
    return t('menu-operatori');
  }

  override actions(): Action[] {
    return [{ id: 'new-operator', label: t('op-new'), key: 'F2', icon: 'plus', kind: 'primary', focusKey: 'new', run: () => this.open(null) }];
  }

  private open(operator: Operator | null): void {
    this.error = null;
    this.chosen = NOT_CHOSEN;
    this.form = { operator, username: operator?.username ?? '', name: operator?.name ?? '', role: operator?.role ?? 'operator', active: operator?.active ?? true };
  }

  private renew(operator: Operator): void {
    this.error = null;
    this.chosen = NOT_CHOSEN;
    this.renewed = operator;
  }

  private close(): void {
    this.form = null;
    this.renewed = null;
    this.chosen = NOT_CHOSEN;
  }

  private set<K extends keyof Form>(field: K): (e: CustomEvent<{ value: Form[K] | null }>) => void {
    return (e) => {
      if (this.form === null) return;
      this.form = { ...this.form, [field]: e.detail.value ?? '' };
    };
  }

  /** Whether the fields of the open dialog may go on. */
  private ready(): boolean {
    const home = this.querySelector('sp-dialog dialog[open]');
    return home !== null && validate(home) && home.querySelector<SpNewPassphrase>('sp-new-passphrase')?.sound() !== false;
  }

  private async save(command: Command, told: string): Promise<void> {
    this.error = null;
    try {
      await act(command, told);
      this.close();
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private async saveForm(f: Form): Promise<void> {
    if (!this.ready()) return;
    const name = f.name.trim();
    if (f.operator === null) await this.save({ type: 'add_operator', username: f.username.trim().toLowerCase(), name, role: f.role, passphrase: this.chosen.passphrase }, t('op-added', { name }));
    else await this.save({ type: 'change_operator', operator: f.operator.id, name, role: f.role, active: f.active }, t('op-changed', { name }));
  }

  private async savePassphrase({ id, name }: Operator): Promise<void> {
    if (this.ready()) await this.save({ type: 'set_passphrase', operator: id, passphrase: this.chosen.passphrase }, t('op-passphrase-set', { name }));
  }

  private passphrase(label: string, hint: string): TemplateResult {
    return html`<sp-new-passphrase ?data-autofocus=${this.renewed !== null} .label=${label} .hint=${hint} .value=${this.chosen} @sp-chosen=${(e: CustomEvent<Chosen>) => { this.chosen = e.detail; }}></sp-new-passphrase>`;
  }

  private complaint(): TemplateResult | typeof nothing {
    return this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing;
  }

  private passphraseDialog(): TemplateResult {
    const o = this.renewed;
    const body = o === null ? nothing : html`<form novalidate @submit=${(e: Event) => { e.preventDefault(); void this.savePassphrase(o); }}>
      ${this.complaint()}
      <p>${t('op-passphrase-lead', { name: o.name })}</p>
      ${this.passphrase(t('passphrase-new'), t('passphrase-hint'))}
    </form>`;
    return html`<sp-dialog .open=${o !== null} .heading=${t('op-passphrase-of', { name: o?.name ?? '' })} .body=${body} @sp-close=${() => this.close()}
      .actions=${o === null ? [] : [
        { label: t('go-back'), key: 'Escape', run: () => this.close() },
        { id: 'save-operator-passphrase', label: t('op-passphrase-do'), kind: 'primary', key: 'F2', icon: 'key', run: () => this.savePassphrase(o) } satisfies Action,
      ]}></sp-dialog>`;
  }

  /** Not oneself (the bar above has it, and asks for the one before), nor whoever may not enter. */
  private rowActions(o: Operator): TemplateResult {
    if (!o.active || o.id === this.status.data?.operator.id) return html``;
    return button({ id: 'new-passphrase', focusKey: `passphrase-${o.id}`, label: t('op-passphrase-new'), icon: 'key', kind: 'plain', run: () => this.renew(o) }, true);
  }

  private dialog(): TemplateResult {
    const f = this.form;
    const fresh = f?.operator === null;
    const body = f === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
      ${this.complaint()}
      <sp-text required name="name" autocomplete="name" data-autofocus .label=${t('op-name')} .value=${f.name} @sp-input=${this.set('name')}></sp-text>
      <sp-text required name="username" .label=${t('login-username')} .hint=${t(fresh ? 'op-username-hint' : 'op-username-fixed')} ?disabled=${!fresh} .value=${f.username} @sp-input=${this.set('username')}></sp-text>
      <sp-radios required name="role" .label=${t('op-role')} .value=${f.role} .options=${ROLES.map((r) => ({ value: r, label: t(`role-${r}`), hint: t(`op-role-${r}`) }))} @sp-change=${this.set('role')}></sp-radios>
      ${fresh ? html`
        ${this.passphrase(t('op-passphrase'), t('op-passphrase-hint', { n: PASSPHRASE_MIN }))}
        <p class="sp-small">${t('op-here')}</p>`
      : html`<sp-check name="active" .label=${t('op-active')} .hint=${t('op-active-hint')} .value=${f.active} @sp-change=${(e: CustomEvent<{ value: boolean }>) => { if (this.form) this.form = { ...this.form, active: e.detail.value }; }}></sp-check>`}
    </form>`;
    return html`<sp-dialog .open=${f !== null} .heading=${fresh ? t('op-new') : t('op-change', { name: f?.operator?.name ?? '' })} .body=${body} @sp-close=${() => this.close()}
      .actions=${f === null ? [] : [
        { label: t('go-back'), key: 'Escape', run: () => this.close() },
        { id: 'save-operator', label: t(fresh ? 'op-add' : 'save'), kind: 'primary', key: 'F2', icon: 'check', run: () => this.saveForm(f) } satisfies Action,
      ]}></sp-dialog>`;
  }

  override render(): unknown {
    const { data, error } = this.reference;
    const columns: Column<Operator>[] = [
      { id: 'name', label: t('op-name'), value: (o) => o.name },
      { id: 'username', label: t('login-username'), value: (o) => o.username, cell: (o) => html`<span class="sp-mono">${o.username}</span>` },
      { id: 'role', label: t('op-role'), value: (o) => t(`role-${o.role}`) },
      { id: 'active', label: t('op-state'), value: (o) => (o.active ? 0 : 1), cell: (o) => (o.active ? badge('success', t('op-is-active')) : badge('neutral', t('op-is-barred'), 'ban')), export: (o) => t(o.active ? 'op-is-active' : 'op-is-barred') },
    ];
    return html`${pageHeader({ title: this.heading(), lead: t('op-lead'), actions: this.actions() })}
      ${error ? errorPanel(error) : data === undefined ? loading() : html`<sp-table hide-caption data-testid="operators" .caption=${this.heading()} .columns=${columns} .rows=${data.operators}
        .keyOf=${(o: Operator) => o.id} .open=${(o: Operator) => this.open(o)} .save=${saveSeen} .empty=${empty(t('op-none'), [], 'user')}
        .actions=${(o: Operator) => this.rowActions(o)}></sp-table>`}
      ${this.dialog()}${this.passphraseDialog()}`;
  }
}
