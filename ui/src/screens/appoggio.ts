// SPDX-License-Identifier: EUPL-1.2
// The relay of the seat: the desk through which the others exchange while the centre cannot be reached. A part of Sincronizzazione.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce } from '../a11y.ts';
import type { Action } from '../actions.ts';
import { AppError, set_relay } from '../bridge.ts';
import { ago, count, dateTime } from '../format.ts';
import { t } from '../i18n.ts';
import { SpElement } from '../parts/base.ts';
import '../parts/dialog.ts';
import { validate } from '../parts/fields.ts';
import { alert, badge, facts, section } from '../parts/views.ts';
import { useQuery } from '../store.ts';
import type { DeskRow, RelaySettings, RelayView, StatusView } from '../types.ts';

/** What is being entered. */
interface Entered {
  desk: string;
  address: string;
  serves: boolean;
  listen: string;
}

const entered = ({ peer, listen }: RelaySettings): Entered => ({ desk: peer?.desk ?? '', address: peer?.address ?? '', serves: typeof listen === 'string', listen: listen ?? '' });

/** What is set: a desk that serves others uses none itself. */
export const settingsOf = (e: Entered): RelaySettings => ({
  peer: e.serves || e.desk === '' ? null : { desk: e.desk, address: e.address.trim() },
  listen: e.serves ? e.listen.trim() : null,
});

@customElement('sp-appoggio')
export class SpAppoggio extends SpElement {
  @property({ attribute: false }) status: StatusView | undefined;
  private readonly desks = useQuery(this, () => ({ type: 'desks' }) as const);
  @state() private form: Entered | null = null;
  @state() private error: AppError | null = null;

  private set(change: Partial<Entered>): void {
    if (this.form !== null) this.form = { ...this.form, ...change };
  }

  private async save(): Promise<void> {
    const { form } = this;
    const home = this.querySelector('sp-dialog');
    if (form === null || home === null || !validate(home)) return;
    this.error = null;
    try {
      await set_relay(settingsOf(form));
      this.form = null;
      announce(t('ap-saved'));
      this.dispatchEvent(new CustomEvent('sp-exchanged', { bubbles: true }));
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
    }
  }

  private dialog(): TemplateResult {
    const f = this.form;
    const close = (): void => { this.form = null; };
    const here = this.status?.site?.id;
    // Those of the same seat first: that is what a relay is for.
    const others = (this.desks.data?.desks ?? []).filter((d) => !d.revoked && !d.this).toSorted((a, b) => Number(b.site === here) - Number(a.site === here));
    const options = others.map((d: DeskRow) => ({ value: d.id, label: `${d.name} (${d.site_name})` }));
    const actions: Action[] = [
      { label: t('go-back'), key: 'Escape', run: close },
      { id: 'save-relay', label: t('save'), kind: 'primary', key: 'F2', icon: 'check', run: () => this.save() },
    ];
    return html`<sp-dialog .open=${f !== null} .heading=${t('ap-title')} @sp-close=${close}
      .body=${f === null ? nothing : html`<form novalidate @submit=${(e: Event) => e.preventDefault()}>
        ${this.error ? alert({ tone: 'danger', title: this.error.message, live: false }) : nothing}
        <sp-check name="serves" .label=${t('ap-serves')} .hint=${t('ap-serves-hint')} .value=${f.serves}
          @sp-change=${(e: CustomEvent<{ value: boolean }>) => this.set({ serves: e.detail.value })}></sp-check>
        ${f.serves
          ? html`<sp-text required name="listen" .label=${t('ap-listen')} .hint=${t('ap-listen-hint')} .value=${f.listen} @sp-input=${(e: CustomEvent<{ value: string }>) => this.set({ listen: e.detail.value })}></sp-text>`
          : html`<sp-select name="relay" .label=${t('ap-desk')} .none=${t('ap-nobody')} .value=${f.desk} .options=${options} @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.set({ desk: e.detail.value ?? '' })}></sp-select>
            ${f.desk === '' ? nothing : html`<sp-text required name="address" .label=${t('ap-address')} .hint=${t('ap-address-hint')} .value=${f.address} @sp-input=${(e: CustomEvent<{ value: string }>) => this.set({ address: e.detail.value })}></sp-text>`}`}
        <p class="sp-small">${t('ap-sealed')}</p>
      </form>`}
      .actions=${f === null ? [] : actions}></sp-dialog>`;
  }

  private standing(r: RelayView, online: boolean): TemplateResult {
    if (r.serving !== null) {
      return html`${r.serving.problem === null ? nothing : alert({ tone: 'warning', title: r.serving.problem.message, live: false })}
        <p data-testid="relay-serving">${r.serving.address === null ? t('ap-not-listening') : t('ap-listening', { address: r.serving.address })}</p>`;
    }
    if (r.desk === null) return html`<p>${t('ap-none')}</p>`;
    return html`
      ${r.problem === null || online ? nothing : alert({ tone: 'info', title: r.problem.message, live: false })}
      <div data-testid="relay">${facts([
        [t('ap-desk'), r.desk.name],
        [t('sc-state'), online ? t('ap-not-needed') : r.online ? badge('success', t('ap-reached'), 'wifi') : badge('neutral', t('ap-not-reached'), 'plug')],
        [t('ap-last'), r.last === null ? t('po-never') : `${ago(r.last)} (${dateTime(r.last)})`],
        [t('ap-handed'), t('ap-handed-value', { n: r.handed, shown: count(r.handed) })],
      ])}</div>`;
  }

  override render(): unknown {
    const s = this.status;
    if (s === undefined) return nothing;
    return html`${section(t('ap-title'), html`<p>${t('ap-lead')}</p>${this.standing(s.relay, s.online)}`, {
      actions: [{ id: 'relay-set', label: t('ap-set'), icon: 'settings', run: () => { this.error = null; this.form = entered(s.relay.settings); } }],
    })}${this.dialog()}`;
  }
}
