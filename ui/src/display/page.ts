// SPDX-License-Identifier: EUPL-1.2
// Which window this is: `#/attesa?lingua=it` is the screen of the waiting room, everything else the desk.
import { setLanguage } from '../i18n.ts';
import { here } from '../router.ts';
import './display.ts';

export const isDisplay = (): boolean => here().path === '/attesa';

/** Shows the waiting room's screen, in the language that the address names. */
export function openDisplayPage(): void {
  setLanguage(here().search.get('lingua') === 'en' ? 'en' : 'it');
  document.documentElement.toggleAttribute('data-display', true);
  document.body.prepend(document.createElement('sp-display'));
}
