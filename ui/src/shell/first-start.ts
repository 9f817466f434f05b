// SPDX-License-Identifier: EUPL-1.2
// The first start: this PC becomes a desk of the office. Where the office is, who works here, then the key that opens the
// file if every passphrase is lost. Each step can be gone back to; nothing is written before the last one.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import { AppError, enrol, on } from '../bridge.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import { validate } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import '../parts/new-passphrase.ts';
import { NOT_CHOSEN, type Chosen, type SpNewPassphrase } from '../parts/new-passphrase.ts';
import { alert, button, errorPanel } from '../parts/views.ts';
import type { AppState, EnrolView, Role } from '../types.ts';
import '../parts/progress.ts';
import { useQuery } from '../store.ts';
import { gate } from './gate.ts';

type Step = 'office' | 'operator' | 'working' | 'recovery';
const STEPS: readonly Step[] = ['office', 'operator', 'recovery'];
const ROLES: readonly Role[] = ['operator', 'supervisor', 'administrator'];
/** The error's code says which step can mend it; what is not about the operator is about the office. */
const OPERATOR_CODES = /^(username|passphrase|operator|name|role)/;

/** `https://…` anywhere; `http://` only to this same PC, where nobody listens in between. Null when it is no address. */
export function serverAddress(text: string): string | null {
  const typed = text.trim();
  const full = /^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`;
  let url: URL;
  try {
    url = new URL(full);
  } catch {
    return null;
  }
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.hostname === '' || (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback))) return null;
  return url.href.replace(/\/$/, '');
}

/** Fires `sp-enrolled` when the person has taken note of the recovery key. */
@customElement('sp-first-start')
export class SpFirstStart extends SpElement {
  @property({ attribute: false }) app: AppState | null = null;
  @state() private step: Step = 'office';
  @state() private form = { server: '', code: '', proxy: '', username: '', name: '' };
  @state() private chosen: Chosen = NOT_CHOSEN;
  @state() private firstRole: Role = 'operator';
  @state() private ca: { name: string; text: string } | null = null;
  @state() private caProblem = '';
  @state() private advanced = false;
  @state() private serverProblem = '';
  @state() private error: AppError | null = null;
  @state() private result: EnrolView | null = null;
  @state() private noted = false;

  /** Once the desk exists it fetches what others wrote: it may take a while, and is told in counts. */
  private readonly status = useQuery(this, () => (this.step === 'recovery' ? ({ type: 'status' } as const) : null));

  override connectedCallback(): void {
    super.connectedCallback();
    this.until(on('sync', () => this.status.retry()));
  }

  private fetching(): TemplateResult | typeof nothing {
    const now = this.status.data?.fetching ?? null;
    return now === null ? nothing : html`<sp-progress .label=${t('enrol-fetching')} .done=${now.done} .total=${now.total}></sp-progress>`;
  }

  private set(field: keyof typeof this.form) {
    return (e: CustomEvent<{ value: string | null }>): void => {
      this.form = { ...this.form, [field]: e.detail.value ?? '' };
      if (field === 'server') this.serverProblem = '';
    };
  }

  private async go(step: Step): Promise<void> {
    this.step = step;
    await this.updateComplete;
    this.querySelector<HTMLElement>('h2')?.focus();
  }

  private async chooseCa(e: Event): Promise<void> {
    const file = (e.target as HTMLInputElement).files?.[0];
    this.caProblem = '';
    this.ca = null;
    if (file === undefined) return;
    const text = await file.text();
    if (text.includes('-----BEGIN CERTIFICATE-----')) this.ca = { name: file.name, text };
    else {
      this.caProblem = t('enrol-ca-bad', { file: file.name });
      announce(this.caProblem, true);
    }
  }

  private officeDone(e: Event): void {
    e.preventDefault();
    if (!validate(this)) return;
    const server = serverAddress(this.form.server);
    if (server === null) {
      this.serverProblem = t('enrol-server-bad');
      announce(this.serverProblem, true);
      this.querySelector<HTMLInputElement>('[name=server] input')?.focus();
      return;
    }
    if (this.caProblem !== '') return;
    this.form = { ...this.form, server };
    void this.go('operator');
  }

  private async operatorDone(e: Event): Promise<void> {
    e.preventDefault();
    if (!validate(this) || this.querySelector<SpNewPassphrase>('sp-new-passphrase')?.sound() !== true) return;
    const f = this.form;
    this.error = null;
    await this.go('working');
    try {
      this.result = await enrol({
        server: f.server, code: f.code.trim(), custom_ca: this.ca?.text ?? null, proxy: f.proxy.trim() || null,
        username: f.username.trim(), name: f.name.trim(), role: this.firstRole, passphrase: this.chosen.passphrase,
      });
      this.chosen = NOT_CHOSEN;
      await this.go('recovery');
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      await this.go(OPERATOR_CODES.test(this.error.code) ? 'operator' : 'office');
    }
  }

  private progress(): TemplateResult {
    const at = STEPS.indexOf(this.step === 'working' ? 'operator' : this.step);
    return html`<ol class="sp-steps" aria-label=${t('steps')}>${STEPS.map((s, i) => html`<li class=${i === at ? 'sp-step-now' : ''} aria-current=${i === at ? 'step' : nothing}>
      ${i < at ? icon('check', t('step-done')) : html`<span aria-hidden="true">${i + 1}</span>`} ${t(`enrol-step-${s}`)}</li>`)}</ol>`;
  }

  private office(): TemplateResult {
    const f = this.form;
    return html`<form novalidate @submit=${(e: Event) => this.officeDone(e)}>
      <h2 tabindex="-1">${t('enrol-step-office')}</h2>
      <p>${t('enrol-office-lead')}</p>
      <sp-text name="server" required type="url" data-autofocus .label=${t('enrol-server')} .hint=${t('enrol-server.hint')} .value=${f.server} .error=${this.serverProblem} @sp-input=${this.set('server')}></sp-text>
      <sp-text name="code" required mono scan="accept" .label=${t('enrol-code')} .hint=${t('enrol-code.hint')} .value=${f.code} @sp-input=${this.set('code')}></sp-text>
      <details class="sp-details" ?open=${this.advanced} @toggle=${(e: Event) => { this.advanced = (e.target as HTMLDetailsElement).open; }}>
        <summary>${t('enrol-advanced')}</summary>
        <div class="sp-field">
          <label class="form-label" for="enrol-ca">${t('enrol-ca')} <span class="sp-optional">${t('field-optional')}</span></label>
          <input class="form-control" id="enrol-ca" type="file" accept=".pem,.crt,.cer" aria-describedby="enrol-ca-hint" aria-invalid=${this.caProblem === '' ? nothing : 'true'} @change=${(e: Event) => void this.chooseCa(e)}>
          <p class="form-text" id="enrol-ca-hint">${this.caProblem || (this.ca ? t('enrol-ca-chosen', { file: this.ca.name }) : t('enrol-ca-hint'))}</p>
        </div>
        <sp-text name="proxy" .label=${t('enrol-proxy')} .hint=${t('enrol-proxy.hint')} .value=${f.proxy} @sp-input=${this.set('proxy')}></sp-text>
      </details>
      <div class="sp-actions"><button type="submit" class="btn btn-primary btn-sm"><span>${t('go-on')}</span>${icon('arrow-right')}</button></div>
    </form>`;
  }

  private operator(): TemplateResult {
    const f = this.form;
    return html`<form novalidate @submit=${(e: Event) => void this.operatorDone(e)}>
      <h2 tabindex="-1">${t('enrol-step-operator')}</h2>
      <p>${t('enrol-operator-lead')}</p>
      <sp-text name="name" required autocomplete="name" .label=${t('enrol-name')} .value=${f.name} @sp-input=${this.set('name')}></sp-text>
      <sp-text name="username" required autocomplete="username" .label=${t('login-username')} .hint=${t('enrol-username-hint')} .value=${f.username} @sp-input=${this.set('username')}></sp-text>
      <sp-radios name="role" required inline .label=${t('enrol-role')} .hint=${t('enrol-role-hint')} .value=${this.firstRole} @sp-change=${(e: CustomEvent<{ value: Role }>) => { this.firstRole = e.detail.value; }}
        .options=${ROLES.map((r) => ({ value: r, label: t(`role-${r}`) }))}></sp-radios>
      <sp-new-passphrase .label=${t('login-passphrase')} .hint=${t('passphrase-hint')} .value=${this.chosen} @sp-chosen=${(e: CustomEvent<Chosen>) => { this.chosen = e.detail; }}></sp-new-passphrase>
      <div class="sp-actions">
        <button type="submit" class="btn btn-primary btn-sm"><span>${t('enrol-do')}</span>${icon('arrow-right')}</button>
        ${button({ label: t('go-back'), icon: 'arrow-left', run: () => this.go('office') })}
      </div>
    </form>`;
  }

  private recovery(result: EnrolView): TemplateResult {
    return html`<h2 tabindex="-1">${t('enrol-step-recovery')}</h2>
      ${alert({ tone: 'success', title: t('enrol-done'), live: false })}
      ${this.fetching()}
      <p>${t('recovery-lead')}</p>
      <p class="sp-secret sp-mono" data-testid="recovery-key">${result.recovery_key}</p>
      <p><strong>${t('recovery-warning')}</strong></p>
      ${button({ label: t('recovery-print'), icon: 'print', kind: 'secondary', run: () => window.print() })}
      <p>${t('recovery-fingerprint')} <strong class="sp-mono">${result.office_fingerprint}</strong></p>
      <sp-check name="noted" .label=${t('recovery-noted')} .value=${this.noted} @sp-change=${(e: CustomEvent<{ value: boolean }>) => { this.noted = e.detail.value; }}></sp-check>
      <div class="sp-actions">${button({ label: t('enrol-begin'), kind: 'primary', icon: 'arrow-right', disabled: !this.noted, run: () => this.dispatchEvent(new CustomEvent('sp-enrolled')) })}</div>`;
  }

  override render(): unknown {
    const body = this.step === 'office' ? this.office()
      : this.step === 'operator' ? this.operator()
      : this.step === 'recovery' && this.result ? this.recovery(this.result)
      : html`<h2 tabindex="-1">${t('enrol-working')}</h2><div class="sp-progress"><progress aria-label=${t('enrol-working')}></progress><p class="sp-small">${t('enrol-working-note')}</p></div>`;
    return gate(this.app, t('enrol-title'), html`${this.progress()}
      ${this.error && this.step !== 'working' ? errorPanel(this.error, { kept: t('enrol-kept') }) : nothing}${body}`);
  }
}
