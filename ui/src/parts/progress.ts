// SPDX-License-Identifier: EUPL-1.2
// Long work: what, how many of how many, and a way to stop it without harm. Read aloud at each quarter, not at each row.
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { announce, uid } from '../a11y.ts';
import { count } from '../format.ts';
import { t } from '../i18n.ts';
import { SpElement } from './base.ts';
import { button } from './views.ts';

/** `<sp-progress .label .done .total .cancel=${() => cancel(task)}>`; `total` undefined: not known yet. */
@customElement('sp-progress')
export class SpProgress extends SpElement {
  @property({ attribute: false }) label = '';
  @property({ attribute: false }) done = 0;
  @property({ attribute: false }) total: number | undefined;
  @property({ attribute: false }) cancel?: () => unknown;
  private readonly labelId = uid('progress');
  private told = 0;

  protected override updated(_changed: PropertyValues): void {
    if (this.total === undefined || this.total === 0) return;
    const quarter = Math.floor((4 * this.done) / this.total);
    if (quarter > this.told) announce(`${this.label}: ${this.counts()}`);
    this.told = quarter;
  }

  private counts(): string {
    return this.total === undefined
      ? t('progress-so-far', { n: this.done, done: count(this.done) })
      : t('progress-counts', { n: this.total, done: count(this.done), total: count(this.total) });
  }

  override render(): unknown {
    const { total } = this;
    return html`<div class="sp-progress">
      <p id=${this.labelId}>${this.label}</p>
      <progress aria-labelledby=${this.labelId} value=${total === undefined ? nothing : this.done} max=${total ?? 1}></progress>
      <p class="sp-small">${this.counts()}</p>
      ${this.cancel ? button({ label: t('progress-cancel'), icon: 'close-circle', run: this.cancel }, true) : nothing}
    </div>`;
  }
}
