// SPDX-License-Identifier: EUPL-1.2
// Moves a thing by the pointer: what has `data-drag` is taken along, and put down on what has `data-drop`. Only a quicker way for
// those who like it: the same can always be done by a button. Esc gives up; a finger scrolls, as anywhere.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { focusOn } from '../../a11y.ts';

/** Pixels until a press becomes a drag. */
const SLACK = 6;
/** Pixels from the edge of the page within which it scrolls along. */
const EDGE = 48;

const swallow = (e: Event): void => {
  e.stopPropagation();
  e.preventDefault();
};

export class PointerDrag implements ReactiveController {
  private source: HTMLElement | null = null;
  private target: HTMLElement | null = null;
  private ghost: HTMLElement | null = null;
  private from = { x: 0, y: 0 };

  constructor(private readonly host: ReactiveControllerHost & HTMLElement, private readonly drop: (source: HTMLElement, target: HTMLElement) => unknown) {
    host.addController(this);
  }

  hostConnected(): void {
    this.host.addEventListener('pointerdown', this.down);
    // The browser's own dragging of links would take the pointer away.
    this.host.addEventListener('dragstart', this.prevent);
  }
  hostDisconnected(): void {
    this.host.removeEventListener('pointerdown', this.down);
    this.host.removeEventListener('dragstart', this.prevent);
    this.end();
  }

  private readonly prevent = (e: Event): void => {
    if (e.target instanceof Element && e.target.closest('[data-drag]') !== null) e.preventDefault();
  };

  private readonly down = (e: PointerEvent): void => {
    if (e.button !== 0 || e.pointerType === 'touch' || !(e.target instanceof Element) || e.target.closest('button:not([data-drag]),input,select,textarea') !== null) return;
    this.source = e.target.closest<HTMLElement>('[data-drag]');
    if (this.source === null) return;
    this.from = { x: e.clientX, y: e.clientY };
    document.addEventListener('pointermove', this.move);
    document.addEventListener('pointerup', this.up);
    document.addEventListener('pointercancel', this.cancel);
    document.addEventListener('keydown', this.key, true);
  };

  private readonly move = (e: PointerEvent): void => {
    if (this.source === null) return;
    if (this.ghost === null) {
      if (Math.hypot(e.clientX - this.from.x, e.clientY - this.from.y) < SLACK) return;
      this.begin(this.source);
    }
    const { ghost } = this;
    if (ghost !== null) ghost.style.transform = `translate(${e.clientX + 12}px, ${e.clientY + 12}px)`;
    this.over(document.elementFromPoint(e.clientX, e.clientY)?.closest<HTMLElement>('[data-drop]') ?? null);
    const main = this.host.closest<HTMLElement>('.sp-main');
    if (main === null) return;
    const { top, bottom } = main.getBoundingClientRect();
    if (e.clientY < top + EDGE) main.scrollBy(0, -16);
    else if (e.clientY > bottom - EDGE) main.scrollBy(0, 16);
  };

  private begin(source: HTMLElement): void {
    document.getSelection()?.removeAllRanges();
    // Where it goes, the focus goes.
    focusOn(source);
    document.documentElement.toggleAttribute('data-dragging', true);
    this.ghost = document.createElement('div');
    this.ghost.className = 'sp-ghost';
    this.ghost.setAttribute('aria-hidden', 'true');
    this.ghost.textContent = source.dataset['dragName'] ?? source.textContent;
    document.body.append(this.ghost);
  }

  private over(target: HTMLElement | null): void {
    if (target === this.target) return;
    this.target?.classList.remove('sp-drop-here');
    target?.classList.add('sp-drop-here');
    this.target = target;
  }

  private readonly up = (): void => {
    const { source, target, ghost } = this;
    this.end();
    if (ghost === null || source === null) return;
    // The release is no click on what lies under the pointer.
    document.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => document.removeEventListener('click', swallow, true), 0);
    if (target !== null) this.drop(source, target);
  };

  private readonly cancel = (): void => this.end();

  private readonly key = (e: KeyboardEvent): void => {
    if (e.key !== 'Escape' || this.ghost === null) return;
    e.preventDefault();
    e.stopPropagation();
    this.end();
  };

  private end(): void {
    document.removeEventListener('pointermove', this.move);
    document.removeEventListener('pointerup', this.up);
    document.removeEventListener('pointercancel', this.cancel);
    document.removeEventListener('keydown', this.key, true);
    document.documentElement.removeAttribute('data-dragging');
    this.ghost?.remove();
    this.over(null);
    this.ghost = null;
    this.source = null;
  }
}
