// SPDX-License-Identifier: EUPL-1.2
// A household entered by hand (supervisors), and the correction of what is known of one (everybody).
import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { t } from '../i18n.ts';
import { Screen } from '../parts/base.ts';
import { errorPanel, loading, pageHeader } from '../parts/views.ts';
import { go, href } from '../router.ts';
import { useQuery } from '../store.ts';
import type { Outcome } from '../types.ts';
import './household-form.ts';
import type { SpHouseholdForm } from './household-form.ts';

const form = (screen: Screen): SpHouseholdForm | null => screen.querySelector<SpHouseholdForm>('sp-household-form');

@customElement('sp-nuovo-nucleo')
export class SpNuovoNucleo extends Screen {
  override heading(): string {
    return t('menu-nuovo-nucleo');
  }

  override actions(): Action[] {
    return [{ id: 'add-household', label: t('hf-add'), key: 'F2', icon: 'check', kind: 'primary', run: () => form(this)?.save() }];
  }

  override render(): unknown {
    return html`${pageHeader({ title: this.heading(), lead: t('hf-lead'), actions: this.actions() })}
      <sp-household-form @sp-saved=${(e: CustomEvent<Outcome>) => { if (e.detail.subject) go('/nucleo/:id', { id: e.detail.subject.id }); }}></sp-household-form>`;
  }
}

@customElement('sp-correggi-nucleo')
export class SpCorreggiNucleo extends Screen {
  private readonly view = useQuery(this, () => (this.params['id'] === undefined ? null : ({ type: 'household', id: this.params['id'] }) as const), () => [`household:${this.params['id'] ?? ''}`]);

  override heading(): string {
    return t('hf-correct');
  }

  private back(): void {
    go('/nucleo/:id', { id: this.params['id'] });
  }

  override actions(): Action[] {
    return this.view.data === undefined ? [] : [{ id: 'save-household', label: t('save'), key: 'F2', icon: 'check', kind: 'primary', run: () => form(this)?.save() }];
  }

  override render(): unknown {
    const { data, error } = this.view;
    const first = data?.household.data.members[0];
    return html`${pageHeader({ title: this.heading(), lead: t('hf-correct-lead'), actions: this.actions(), back: { href: href('/nucleo/:id', { id: this.params['id'] }), label: first === undefined ? t('go-back') : `${first.surname} ${first.name}` } })}
      ${error ? errorPanel(error) : data === undefined ? loading() : html`<sp-household-form .household=${data.household} @sp-saved=${() => this.back()}></sp-household-form>`}`;
  }
}
