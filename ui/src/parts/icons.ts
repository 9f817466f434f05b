// SPDX-License-Identifier: EUPL-1.2
// bootstrap-italia's own icons. Its sprite is bundled as text and stands once in the page: `<use href="#it-…">` then needs no file.
import { html, svg, type TemplateResult } from 'lit';
import sprite from 'bootstrap-italia/dist/svg/sprites.svg?raw';

export type Icon =
  | 'arrow-left' | 'arrow-right' | 'arrow-up-triangle' | 'arrow-down-triangle' | 'ban' | 'box' | 'burger' | 'calendar' | 'card'
  | 'chart-line' | 'check' | 'check-circle' | 'chevron-left' | 'chevron-right' | 'clock' | 'close' | 'close-circle' | 'copy' | 'delete'
  | 'download' | 'error' | 'exchange-circle' | 'expand' | 'collapse' | 'external-link' | 'file' | 'file-csv' | 'file-pdf' | 'file-sheet'
  | 'files' | 'flag' | 'folder' | 'funnel' | 'help-circle' | 'horn' | 'inbox' | 'info-circle' | 'key' | 'list' | 'lock' | 'logout'
  | 'map-marker' | 'minus-circle' | 'more-items' | 'note' | 'pencil' | 'plug' | 'plus' | 'plus-circle' | 'presentation' | 'print'
  | 'refresh' | 'restore' | 'search' | 'settings' | 'software' | 'star-full' | 'star-outline' | 'telephone' | 'tool' | 'unlocked'
  | 'upload' | 'user' | 'warning' | 'warning-circle' | 'wifi' | 'zoom-in' | 'zoom-out'
  | 'password-visible' | 'password-invisible';

/** Puts the sprite into the page, once. */
export function installIcons(): void {
  if (document.getElementById('sp-icons') !== null) return;
  const holder = document.createElement('div');
  holder.id = 'sp-icons';
  holder.hidden = true;
  holder.innerHTML = sprite; // a file of our own build, not data
  document.body.prepend(holder);
}

/** An icon is decoration beside a word. Alone it needs a name: `icon('print', t('print'))`. */
export function icon(name: Icon, label?: string): TemplateResult {
  const use = svg`<use href=${`#it-${name}`}></use>`;
  return label === undefined
    ? html`<svg class="icon icon-sm" aria-hidden="true">${use}</svg>`
    : html`<svg class="icon icon-sm" role="img" aria-label=${label}>${use}</svg>`;
}
