// SPDX-License-Identifier: EUPL-1.2
// Every element of ours: light DOM (labels and ids must meet), rendered again when the language changes.
import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Action } from '../actions.ts';
import { onLanguage } from '../i18n.ts';
import { pushScope } from '../keys.ts';
import { setTitle, type Params } from '../router.ts';

export class SpElement extends LitElement {
  private cleanups: (() => void)[] = [];

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Runs `stop` when the element leaves the page. */
  protected until(stop: () => void): void {
    this.cleanups.push(stop);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.until(onLanguage(() => this.requestUpdate()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.cleanups.splice(0)) stop();
  }
}

/** A page of the application. Give it a `heading`, its `actions`, and a `render` that begins with `pageHeader`. */
export abstract class Screen extends SpElement {
  @property({ attribute: false }) params: Params = {};

  /** The h1, and the window's title. */
  abstract heading(): string;

  /** What can be done here; the first with `kind: 'primary'` is the screen's one main action. */
  actions(): Action[] {
    return [];
  }

  /** Offered every scan while the screen is up; true when the screen took it. */
  scan(_text: string): boolean {
    return false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.until(pushScope({ actions: () => this.actions(), scan: (text) => this.scan(text) }));
  }

  protected override updated(): void {
    setTitle(this.heading());
  }
}
