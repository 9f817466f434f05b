// SPDX-License-Identifier: EUPL-1.2
// What just happened, with "Annulla" while that is allowed. Errors stay until they are closed; the rest passes, but never
// while the pointer or the focus is on it.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { perform, setErrorReporter } from '../actions.ts';
import { AppError } from '../bridge.ts';
import { announce, topLayer } from '../a11y.ts';
import { whenDone } from '../store.ts';
import type { Changed } from '../types.ts';
import { t } from '../i18n.ts';
import { SpElement } from './base.ts';
import { icon } from './icons.ts';
import { button, type Tone } from './views.ts';

export interface Toast {
  tone?: Tone;
  text: string;
  /** What was kept and what to do, for errors. */
  detail?: string;
  /** Takes the act back. */
  undo?: () => unknown;
  /** What the act changed: the next act on any of it ends the offer to take this one back. */
  about?: Changed;
  /** Seconds; default 8, with undo 20, errors stay. */
  seconds?: number;
}

interface Shown extends Toast {
  id: number;
  left: number;
  /** Over what it was said: the page, or a dialog. */
  layer: HTMLElement | null;
}

let host: SpToasts | undefined;
const setHost = (element: SpToasts): void => {
  host = element;
};
let next = 0;

@customElement('sp-toasts')
export class SpToasts extends SpElement {
  @state() private shown: Shown[] = [];
  private held = false;
  /** Where it stands when no dialog is open. */
  private home: HTMLElement | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    setHost(this);
    this.timer = setInterval(() => this.tick(), 1000);
    this.until(() => clearInterval(this.timer));
    this.until(whenDone((changed) => this.surpass(changed)));
    this.home ??= this.parentElement;
    const move = (): void => {
      const top = topLayer();
      const home = top === document.body ? (this.home ?? top) : top;
      if (this.parentElement !== home) home.append(this);
      // What was said in a dialog that is closed stands over what was beneath.
      for (const s of this.shown) if (s.layer instanceof HTMLDialogElement && !(s.layer.isConnected && s.layer.open)) s.layer = home;
      this.requestUpdate();
    };
    document.addEventListener('sp-layer', move);
    this.until(() => document.removeEventListener('sp-layer', move));
  }

  add(toast: Toast): () => void {
    const id = ++next;
    const usual = toast.tone === 'danger' ? Number.POSITIVE_INFINITY : toast.undo ? 20 : 8;
    // Three at most: the oldest that is no error gives way.
    const kept = this.shown.length < 3 ? this.shown : this.shown.filter((s, i) => s.tone === 'danger' || i > 0);
    this.shown = [...kept, { ...toast, id, left: toast.seconds ?? usual, layer: this.parentElement }];
    announce([toast.text, toast.detail, toast.undo ? t('toast-undo-hint') : ''].filter(Boolean).join(' '), toast.tone === 'danger');
    return () => this.drop(id);
  }

  undoLast(): boolean {
    const last = this.shown.findLast((s) => s.undo !== undefined);
    if (!last?.undo) return false;
    this.undo(last);
    return true;
  }

  clear(): void {
    this.shown = [];
  }

  private undo(toast: Shown): void {
    const { undo } = toast;
    this.drop(toast.id);
    if (undo) void perform({ label: `undo-${toast.id}`, run: undo });
  }

  private drop(id: number): void {
    const inside = this.contains(document.activeElement);
    this.shown = this.shown.filter((s) => s.id !== id);
    if (inside) document.querySelector<HTMLElement>('h1')?.focus();
  }

  /** What happened since to the same things cannot be jumped over backwards. */
  private surpass(changed: Changed): void {
    for (const { id, undo, about } of this.shown) {
      if (undo !== undefined && about?.some((a) => changed.some((c) => c.kind === a.kind && c.id === a.id)) === true) this.drop(id);
    }
  }

  /** What can be seen now. A dialog that opens later asks something and is not to be covered: what was said before waits, but for errors. */
  private visible(): Shown[] {
    return this.shown.filter((s) => s.tone === 'danger' || s.layer === this.parentElement);
  }

  private tick(): void {
    if (this.held || this.contains(document.activeElement) || this.shown.length === 0) return;
    for (const s of this.visible()) s.left -= 1;
    if (this.shown.some((s) => s.left <= 0)) this.shown = this.shown.filter((s) => s.left > 0);
  }

  override render(): unknown {
    return html`<section class="sp-toasts" aria-label=${t('toasts')} @pointerenter=${() => { this.held = true; }} @pointerleave=${() => { this.held = false; }}>
      ${repeat(this.visible(), (s) => s.id, (s) => html`<div class="sp-toast sp-toast-${s.tone ?? 'success'}">
        ${icon(s.tone === 'danger' ? 'error' : s.tone === 'warning' ? 'warning-circle' : s.tone === 'info' || s.tone === 'neutral' ? 'info-circle' : 'check-circle')}
        <div><p>${s.text}</p>${s.detail === undefined ? nothing : html`<p class="sp-small">${s.detail}</p>`}</div>
        ${s.undo === undefined ? nothing : button({ label: t('undo'), icon: 'restore', key: 'Ctrl+Z', run: () => this.undo(s) }, true)}
        <button type="button" class="btn sp-icon-button" aria-label=${t('toast-close', { text: s.text })} @click=${() => this.drop(s.id)}>${icon('close')}</button>
      </div>`)}
    </section>`;
  }
}

function theHost(): SpToasts {
  if (host?.isConnected !== true) {
    host = new SpToasts();
    document.body.append(host);
  }
  return host;
}

/** Shows a toast; returns the function that takes it away. */
export const toast = (message: Toast): (() => void) => theHost().add(message);

/** Takes back the last act that still can be (Ctrl+Z). False when there is none. */
export const undoLast = (): boolean => theHost().undoLast();

/** At logout and lock nothing of the one before may stand. */
export const clearToasts = (): void => theHost().clear();

/** Shows whatever was thrown: what happened, what was kept, what to do. */
export function showError(thrown: unknown): void {
  const error = AppError.from(thrown, t('error-unexpected'));
  toast({ tone: 'danger', text: error.message, ...(error.code === 'unexpected' ? { detail: t('error-advice') } : {}) });
}

setErrorReporter(showError);
