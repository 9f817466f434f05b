// SPDX-License-Identifier: EUPL-1.2
// What is known of a household, entered by hand or corrected. `<sp-household-form .household=${…}>`: without a household it adds
// one, with its entitlement (supervisors); with one it corrects it. Its `save()` fires `sp-saved` with the Outcome.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { announce, focusOn } from '../a11y.ts';
import { AppError } from '../bridge.ts';
import { amount, count } from '../format.ts';
import { t } from '../i18n.ts';
import { NO_ID } from '../ids.ts';
import { SpElement } from '../parts/base.ts';
import { validate } from '../parts/fields.ts';
import { icon } from '../parts/icons.ts';
import { alert, button, errorPanel, section } from '../parts/views.ts';
import { useQuery } from '../store.ts';
import type { Campaign, Household, HouseholdData, Member, Outcome } from '../types.ts';
import { amountFor } from './common/amounts.ts';
import { changed } from './changed.ts';
import { act } from './common/acts.ts';
import { numberText, parseNumber } from './common/words.ts';
import { currentCampaign } from './cruscotto.ts';
import { isOmocodic, parseIdentifier } from './identifier.ts';
import { REFERENCE_KINDS } from './names.ts';
import { quartieri } from './sedi.ts';

interface MemberForm {
  id: string;
  surname: string;
  name: string;
  identifier: string;
  birth_date: string | null;
}

interface Form {
  members: MemberForm[];
  size: number;
  minors: number;
  disabled: number;
  resident: boolean;
  quartiere: number | null;
  street: string;
  number: string;
  phone: string;
  email: string;
  list_ref: string;
  grant: boolean;
  campaign: string | null;
  /** Null: what the campaign's table says. */
  amount: number | null;
  reason: string;
}

const nobody = (): MemberForm => ({ id: NO_ID, surname: '', name: '', identifier: '', birth_date: null });

function memberForm(m: Member): MemberForm {
  return { id: m.id, surname: m.surname, name: m.name, identifier: m.identifier.kind === 'none' ? '' : m.identifier.value, birth_date: m.birth_date ?? null };
}

function formOf(household: Household | null): Form {
  const d = household?.data;
  return {
    members: d === undefined ? [nobody()] : d.members.map(memberForm),
    size: d?.size ?? 1, minors: d?.minors ?? 0, disabled: d?.disabled ?? 0, resident: d?.resident ?? true, quartiere: d?.quartiere ?? null,
    street: d?.address.street ?? '', number: d === undefined ? '' : numberText(d.address), phone: d?.phone ?? '', email: d?.email ?? '', list_ref: d?.list_ref ?? '',
    grant: true, campaign: null, amount: null, reason: '',
  };
}

@customElement('sp-household-form')
export class SpHouseholdForm extends SpElement {
  /** Null: somebody new. */
  @property({ attribute: false }) household: Household | null = null;
  private readonly reference = useQuery(this, () => ({ type: 'reference' }) as const, REFERENCE_KINDS);
  @state() private form: Form = formOf(null);
  @state() private problems: Record<number, string> = {};
  @state() private sizeProblem = '';
  @state() private error: AppError | null = null;
  private shown: string | null = null;

  protected override willUpdate(): void {
    // The same household told again (something else of it changed) does not undo what is being written.
    const id = this.household?.id ?? null;
    if (id !== this.shown) {
      this.shown = id;
      this.form = formOf(this.household);
    }
  }

  private get campaigns(): readonly Campaign[] {
    return this.reference.data?.campaigns ?? [];
  }
  private get campaign(): Campaign | undefined {
    return this.campaigns.find((c) => c.id === this.form.campaign) ?? currentCampaign(this.campaigns);
  }
  private get due(): number | null {
    const f = this.form;
    return this.campaign === undefined ? null : amountFor(this.campaign, { members: Math.max(f.size, f.members.length), minors: f.minors, disabled: f.disabled, resident: f.resident });
  }

  private set(change: Partial<Form>): void {
    this.form = { ...this.form, ...change };
  }
  private setMember(i: number, change: Partial<MemberForm>): void {
    this.set({ members: changed(this.form.members, i, change) });
    if ('identifier' in change) this.problems = Object.fromEntries(Object.entries(this.problems).filter(([k]) => k !== String(i)));
  }

  private data(): HouseholdData | null {
    const f = this.form;
    const problems: Record<number, string> = {};
    const members = f.members.filter((m, i) => i === 0 || m.surname.trim() !== '' || m.name.trim() !== '' || m.identifier.trim() !== '').map((m, i): Member => {
      const identifier = parseIdentifier(m.identifier);
      if (!identifier.ok) problems[i] = identifier.why;
      return { id: m.id, surname: m.surname.trim(), name: m.name.trim(), identifier: identifier.ok ? identifier.value : { kind: 'none' }, birth_date: m.birth_date };
    });
    this.problems = problems;
    const size = Math.max(f.size, members.length);
    this.sizeProblem = f.minors > size || f.disabled > size ? t('hf-size-problem', { n: size }) : '';
    const first = Object.entries(problems)[0];
    if (first !== undefined) {
      announce(first[1], true);
      void this.updateComplete.then(() => focusOn(this.querySelectorAll<HTMLElement>('sp-text[name=identifier] input')[Number(first[0])]));
      return null;
    }
    if (this.sizeProblem !== '') {
      announce(this.sizeProblem, true);
      focusOn(this.querySelector<HTMLElement>('sp-number[name=minors] input'));
      return null;
    }
    if (f.quartiere === null) return null;
    return {
      members, size, minors: f.minors, disabled: f.disabled, resident: f.resident, quartiere: f.quartiere,
      address: { street: f.street.trim(), ...parseNumber(f.number) },
      phone: f.phone.trim(), email: f.email.trim(), list_ref: f.list_ref.trim(),
    };
  }

  /** Checks, sends, fires `sp-saved`. Null when something is still to be put right. */
  async save(): Promise<Outcome | null> {
    this.error = null;
    if (!validate(this)) return null;
    const data = this.data();
    if (data === null) return null;
    const f = this.form;
    const { household, campaign } = this;
    const name = `${data.members[0]?.surname ?? ''} ${data.members[0]?.name ?? ''}`.trim();
    try {
      const outcome = household === null
        ? await act({ type: 'add_household', data, grant: f.grant && campaign !== undefined ? { campaign: campaign.id, amount: f.amount, reason: f.reason.trim() } : null }, t('hf-added', { name }))
        : await act({ type: 'correct_household', household: household.id, data }, t('hf-corrected', { name }));
      this.dispatchEvent(new CustomEvent('sp-saved', { detail: outcome }));
      return outcome;
    } catch (thrown) {
      this.error = AppError.from(thrown, t('error-unexpected'));
      announce(this.error.message, true);
      return null;
    }
  }

  private async addMember(): Promise<void> {
    this.set({ members: [...this.form.members, nobody()], size: Math.max(this.form.size, this.form.members.length + 1) });
    await this.updateComplete;
    focusOn(this.querySelector<HTMLElement>(`[data-member="${this.form.members.length - 1}"] input`));
  }

  private member(m: MemberForm, i: number): TemplateResult {
    const text = (field: 'surname' | 'name' | 'identifier') => (e: CustomEvent<{ value: string }>): void => this.setMember(i, { [field]: e.detail.value });
    const parsed = parseIdentifier(m.identifier);
    const omocodic = parsed.ok && parsed.value.kind === 'tax_code' && isOmocodic(parsed.value.value);
    return html`<fieldset class="sp-box" data-member=${i}><legend>${i === 0 ? t('hf-applicant') : t('hf-member', { n: i + 1 })}</legend>
      <div class="sp-form-row">
        <sp-text name="surname" ?required=${i === 0} .label=${t('hf-surname')} .value=${m.surname} @sp-input=${text('surname')}></sp-text>
        <sp-text name="name" ?required=${i === 0} .label=${t('hf-name')} .value=${m.name} @sp-input=${text('name')}></sp-text>
        <sp-text name="identifier" mono scan="accept" .label=${t('hf-identifier')} .hint=${omocodic ? t('id-omocodic') : ''} .error=${this.problems[i] ?? ''} .value=${m.identifier} @sp-input=${text('identifier')}></sp-text>
        <sp-date name="birth" .label=${t('hf-birth')} .value=${m.birth_date} @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.setMember(i, { birth_date: e.detail.value })}></sp-date>
      </div>
      ${i === 0 ? nothing : html`<button type="button" class="btn btn-link btn-xs" @click=${() => this.set({ members: this.form.members.filter((_, k) => k !== i) })}>${icon('delete')}<span>${t('hf-remove', { n: i + 1 })}</span></button>`}
    </fieldset>`;
  }

  private grant(): unknown {
    if (this.household !== null) return nothing;
    const f = this.form;
    const { campaign, due } = this;
    if (campaign === undefined) return alert({ tone: 'warning', title: t('cr-no-campaign'), live: false });
    return section(t('hf-grant'), html`
      <sp-check name="grant" .label=${t('hf-grant-do')} .value=${f.grant} @sp-change=${(e: CustomEvent<{ value: boolean }>) => this.set({ grant: e.detail.value })}></sp-check>
      ${f.grant ? html`
        <div class="sp-form-row">
          <sp-select name="campaign" required .label=${t('campaign')} .value=${campaign.id} .options=${this.campaigns.map((c) => ({ value: c.id, label: c.name }))} @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.set({ campaign: e.detail.value })}></sp-select>
          <sp-amount name="amount" ?required=${due === null} .label=${t('imp-amount')} .hint=${due === null ? t('hf-amount-no-table') : t('hf-amount-table', { amount: amount(due), n: count(due / Math.max(1, campaign.denomination)) })} .value=${f.amount}
            @sp-change=${(e: CustomEvent<{ value: number | null }>) => this.set({ amount: e.detail.value })}></sp-amount>
        </div>
        <sp-textarea name="reason" required .label=${t('hf-reason')} .hint=${t('hf-reason-hint')} .value=${f.reason} @sp-input=${(e: CustomEvent<{ value: string }>) => this.set({ reason: e.detail.value })}></sp-textarea>` : nothing}`);
  }

  override render(): unknown {
    const f = this.form;
    const text = (field: 'street' | 'number' | 'phone' | 'email' | 'list_ref') => (e: CustomEvent<{ value: string }>): void => this.set({ [field]: e.detail.value });
    const number = (field: 'size' | 'minors' | 'disabled') => (e: CustomEvent<{ value: number | null }>): void => {
      this.sizeProblem = '';
      if (e.detail.value !== null) this.set({ [field]: e.detail.value });
    };
    return html`<form novalidate data-testid="household-form" @submit=${(e: Event) => e.preventDefault()}>
      ${this.error ? errorPanel(this.error) : nothing}
      ${section(t('hf-members'), html`${f.members.map((m, i) => this.member(m, i))}${button({ label: t('hf-add-member'), icon: 'plus', run: () => this.addMember() }, true)}`)}
      <div class="sp-columns">
        ${section(t('hf-composition'), html`
          <div class="sp-form-row">
            <sp-number name="size" required min="1" max="30" .label=${t('hf-size')} .value=${Math.max(f.size, f.members.length)} @sp-change=${number('size')}></sp-number>
            <sp-number name="minors" required max="30" .label=${t('hf-minors')} .error=${this.sizeProblem} .value=${f.minors} @sp-change=${number('minors')}></sp-number>
            <sp-number name="disabled" required max="30" .label=${t('hf-disabled')} .value=${f.disabled} @sp-change=${number('disabled')}></sp-number>
          </div>
          <sp-check name="resident" .label=${t('hf-resident')} .value=${f.resident} @sp-change=${(e: CustomEvent<{ value: boolean }>) => this.set({ resident: e.detail.value })}></sp-check>
          <sp-text name="list_ref" .label=${t('hf-list-ref')} .value=${f.list_ref} @sp-input=${text('list_ref')}></sp-text>`)}
        ${section(t('hf-where'), html`
          <div class="sp-form-row">
            <sp-text name="street" required .label=${t('hf-street')} .value=${f.street} @sp-input=${text('street')}></sp-text>
            <sp-text name="number" .label=${t('hf-number')} .hint=${t('hf-number-hint')} .value=${f.number} @sp-input=${text('number')}></sp-text>
          </div>
          <sp-select name="quartiere" required .label=${t('cr-quartiere')} .hint=${this.household === null ? '' : t('hf-quartiere-hint')} .value=${f.quartiere === null ? null : String(f.quartiere)} .options=${quartieri()}
            @sp-change=${(e: CustomEvent<{ value: string | null }>) => this.set({ quartiere: e.detail.value === null ? null : Number(e.detail.value) })}></sp-select>
          <div class="sp-form-row">
            <sp-text name="phone" type="tel" .label=${t('cr-phone')} .value=${f.phone} @sp-input=${text('phone')}></sp-text>
            <sp-text name="email" type="email" .label=${t('hf-email')} .value=${f.email} @sp-input=${text('email')}></sp-text>
          </div>`)}
      </div>
      ${this.grant()}
    </form>`;
  }
}
