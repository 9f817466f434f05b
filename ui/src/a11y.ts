// SPDX-License-Identifier: EUPL-1.2
// What a screen reader is told, and where the focus goes when the page changes under it.

let polite: HTMLElement | undefined;
let assertive: HTMLElement | undefined;

function region(politeness: 'polite' | 'assertive'): HTMLElement {
  const element = document.createElement('div');
  element.className = 'visually-hidden';
  element.setAttribute('role', politeness === 'polite' ? 'status' : 'alert');
  element.setAttribute('aria-live', politeness);
  topLayer().append(element);
  return element;
}

/** What lies outside an open modal dialog is inert: messages must stand inside the topmost one to be seen and read. */
export function topLayer(): HTMLElement {
  return [...document.querySelectorAll<HTMLElement>('dialog[open]')].at(-1) ?? document.body;
}

/** A dialog opened or closed: whoever speaks from the top layer moves there. */
export function layerChanged(): void {
  const top = topLayer();
  for (const element of [polite, assertive]) if (element && element.parentElement !== top) top.append(element);
  document.dispatchEvent(new Event('sp-layer'));
}

/** The two regions must stand in the page before the first message, or it is not read. */
export function prepareAnnouncer(): void {
  if (polite?.isConnected !== true) polite = region('polite');
  if (assertive?.isConnected !== true) assertive = region('assertive');
}

/** Empties both regions: at the lock nothing that was said may stand behind. */
export function quiet(): void {
  for (const element of [polite, assertive]) if (element) element.textContent = '';
}

/** Reads `text` aloud. The same text twice is read twice. */
export function announce(text: string, urgent = false): void {
  prepareAnnouncer();
  const target = urgent ? assertive : polite;
  if (target === undefined) return;
  target.textContent = '';
  requestAnimationFrame(() => {
    target.textContent = text;
  });
}

let counter = 0;
/** An id for linking label, hint and error. */
export const uid = (prefix = 'sp'): string => `${prefix}-${++counter}`;

/**
 * Runs an update after which the focused element may be gone; then the focus goes to the same id or `data-focus-key`, else to
 * the nearest place in `home` that can take it. Never to nowhere.
 */
export async function keepFocus(home: HTMLElement, update: () => void | Promise<unknown>): Promise<void> {
  const before = document.activeElement as HTMLElement | null;
  const inside = before !== null && home.contains(before);
  const key = before?.dataset?.focusKey;
  const id = before?.id;
  await update();
  if (!inside || (before.isConnected && document.activeElement === before)) return;
  const again =
    (key !== undefined ? home.querySelector<HTMLElement>(`[data-focus-key="${CSS.escape(key)}"]`) : null) ??
    (id ? document.getElementById(id) : null) ??
    home.querySelector<HTMLElement>('[data-focus-home]') ??
    document.querySelector<HTMLElement>('h1');
  focusOn(again);
}

/** Focuses, also what is not in the tab order (a title). */
export function focusOn(element: HTMLElement | null | undefined): void {
  if (element === null || element === undefined) return;
  if (!element.hasAttribute('tabindex') && !element.matches('a[href],button,input,select,textarea,summary')) element.tabIndex = -1;
  element.focus();
}
