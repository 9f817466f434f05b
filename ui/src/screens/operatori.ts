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
import type { Column } from '../parts/table.ts';
import { alert, badge, empty, errorPanel, loading, pageHeader, type Tone } from '../parts/views.ts';
import { useQuery } from '../store.ts';
import { PASSPHRASE_MIN, passphraseStrength } from '../text.ts';
import type { Operator, Role } from '../types.ts';
import { act } from './common/acts.ts';
import { REFERENCE_KINDS } from './names.ts';

const ROLES: readonly Role[] = ['operator', 'supervisor', 'administrator'];
const STRENGTH_TONE: readonly Tone[] = ['danger', 'warning', 'info', 'success'];

interface Form {
  /** Null: somebody new. */
  operator: Operator | null;
  username: string;
  name: string;
  role: Role;
  active: boolean;
  passphrase: string;
  again: string;
}

@customElement('sp-operatori')
export class SpOperatori extends Screen {
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  @state() private form: Form | null = null;
  @state() private error: AppError | null = null;
  @state() private problems: { passphrase?: string; again?: string } = {};

  override heading(): string {
    return t('menu-operatori');
  }

  override actions(): Action[] {
    return [{ id: 'new-operator', label: t('op-new'), key: 'F2', icon: 'plus', kind: 'primary', focusKey: 'new', run: () => this.open(null) }];
  }

  private open(operator: Operator | null): void {
    this.error = null;
    this.problems = {};
    this.form = {
      operator, username: operator?.username ?? '', name: operator?.name ?? '', role: operator?.role ?? 'operator', active: operator?.active ?? true,
      passphrase: '', again: '',
    };
  }

  private close(): void {
    this.form = null;
  }

  private set<K extends keyof Form>(field: K): (e: CustomEvent<{ value: Form[K] | null }>) => void {
    return (e) => {
      if (this.form === null) return;
      this.form = { ...this.form, [field]: e.detail.value ?? '' };
      this.problems = {};
    };
  }

  private async save(): Promise<void> {
    const f = this.form;
    const home = this.querySelector('sp-dialog');
    if (f === null || home === null || !validate(home)) return;
    if (f.operator === null) {
      if (f.passphrase.length < PASSPHRASE_MIN) this.problems = { passphrase: t('passphrase-too-short', { n: PASSPHRASE_MIN }) };
      else if (f.passphrase !== f.again) this.problems = { again: t('passphrase-differs') };
      const problem = this.problems.passphrase ?? this.problems.again;
      if (problem !== undefined) {
        announce(problem, true);
        return;
      }
    }
    this.error = null;
    try {
      if (f.operator === null) {
        await act({ type: 'add_operator', username: f.username.trim().toLowerCase(), name: f.name.trim(), role: f.role, passphrase: f.passphrase }, t('op-added', { name: f.name.trim() }));
      } else {
        await act({ type: 'change_operator', operator: f.operator.id, name: f.name.trim(), role: f.role, active: f.active }, t('op-changed', { name: f.name.trim() }));
      }
      this.close();
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private dialog(): TemplateResult {
    const f = this.form;
    const fresh = f?.operator === null;
    const strength = passphraseStrength(f?.passphrase ?? '');
    const body = f === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
      ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
      <sp-text required name="name" autocomplete="name" data-autofocus .label=${t('op-name')} .value=${f.name} @sp-input=${this.set('name')}></sp-text>
      <sp-text required name="username" .label=${t('login-username')} .hint=${t(fresh ? 'op-username-hint' : 'op-username-fixed')} ?disabled=${!fresh} .value=${f.username} @sp-input=${this.set('username')}></sp-text>
      <sp-radios required name="role" .label=${t('op-role')} .value=${f.role} .options=${ROLES.map((r) => ({ value: r, label: t(`role-${r}`), hint: t(`op-role-${r}`) }))} @sp-change=${this.set('role')}></sp-radios>
      ${fresh ? html`
        <sp-text required name="passphrase" type="password" autocomplete="new-password" .label=${t('op-passphrase')} .hint=${t('op-passphrase-hint', { n: PASSPHRASE_MIN })} .error=${this.problems.passphrase ?? ''} .value=${f.passphrase} @sp-input=${this.set('passphrase')}></sp-text>
        <p class="sp-strength" role="status">${f.passphrase === '' ? nothing : badge(STRENGTH_TONE[strength] ?? 'danger', t(`passphrase-strength-${strength}`))}</p>
        <sp-text required name="again" type="password" autocomplete="new-password" .label=${t('enrol-again')} .error=${this.problems.again ?? ''} .value=${f.again} @sp-input=${this.set('again')}></sp-text>
        <p class="sp-small">${t('op-here')}</p>`
      : html`<sp-check name="active" .label=${t('op-active')} .hint=${t('op-active-hint')} .value=${f.active} @sp-change=${(e: CustomEvent<{ value: boolean }>) => { if (this.form) this.form = { ...this.form, active: e.detail.value }; }}></sp-check>`}
    </form>`;
    return html`<sp-dialog .open=${f !== null} .heading=${fresh ? t('op-new') : t('op-change', { name: f?.operator?.name ?? '' })} .body=${body} @sp-close=${() => this.close()}
      .actions=${f === null ? [] : [
        { label: t('go-back'), key: 'Escape', run: () => this.close() },
        { id: 'save-operator', label: t(fresh ? 'op-add' : 'save'), kind: 'primary', key: 'F2', icon: 'check', run: () => this.save() } satisfies Action,
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
        .keyOf=${(o: Operator) => o.id} .open=${(o: Operator) => this.open(o)} .save=${saveSeen} .empty=${empty(t('op-none'), [], 'user')}></sp-table>`}
      ${this.dialog()}`;
  }
}
