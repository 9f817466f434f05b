// SPDX-License-Identifier: EUPL-1.2
// Lists change under the hand that works in them: what had the focus moves to another list, or goes. The focus follows the same
// row (`data-row`), else the same control (`data-focus-key`), else stays at the title: never nowhere.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { focusOn } from '../../a11y.ts';

export class FollowFocus implements ReactiveController {
  private element: HTMLElement | null = null;
  private key: string | undefined;
  private row: string | undefined;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  /** The row of the list where the focus is. */
  get current(): string | null {
    const { activeElement } = document;
    return activeElement instanceof HTMLElement && this.host.contains(activeElement) ? (activeElement.closest<HTMLElement>('[data-row]')?.dataset.row ?? null) : null;
  }

  hostUpdate(): void {
    const { activeElement } = document;
    this.element = null;
    if (!(activeElement instanceof HTMLElement) || !this.host.contains(activeElement)) return;
    this.element = activeElement;
    this.key = activeElement.dataset.focusKey;
    this.row = activeElement.closest<HTMLElement>('[data-row]')?.dataset.row;
  }

  hostUpdated(): void {
    const { element } = this;
    if (element === null || element.isConnected || (document.activeElement !== document.body && document.activeElement !== null)) return;
    const find = (selector: string): HTMLElement | null => this.host.querySelector<HTMLElement>(selector);
    const same = this.key === undefined ? null : find(`[data-focus-key="${CSS.escape(this.key)}"]:not(:disabled)`);
    const row = this.row === undefined ? null : find(`[data-row="${CSS.escape(this.row)}"] :is(a[href],button:not(:disabled))`);
    focusOn(same ?? row ?? find('h1'));
  }
}

/** Enter in a field sends the form, from selects too (which browsers leave out); in a text area it makes a new line. */
export function sendOnEnter(send: () => unknown) {
  return (e: KeyboardEvent): void => {
    const { target } = e;
    if (e.key !== 'Enter' || e.defaultPrevented || e.isComposing || e.repeat) return;
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
    e.preventDefault();
    void send();
  };
}
