// SPDX-License-Identifier: EUPL-1.2
// The operator's screens, in the order of the menu, and what Ctrl+K and a scan find.
import { setScanOpener, setSearch } from '../shell/search.ts';
import { openScan, search } from './common/open.ts';
import { EVERYBODY, type Route } from './registry.ts';

/** In the order of the menu. */
export const OPERATOR_ROUTES: readonly Route[] = [
  { path: '/oggi', tag: 'sp-oggi', roles: EVERYBODY, load: () => import('./oggi.ts'), menu: { label: 'menu-oggi', icon: 'inbox', group: 'desk' } },
  { path: '/ricerca', tag: 'sp-ricerca', roles: EVERYBODY, load: () => import('./ricerca.ts'), menu: { label: 'menu-ricerca', icon: 'search', group: 'desk' } },
  { path: '/agenda', tag: 'sp-agenda', roles: EVERYBODY, load: () => import('./agenda.ts'), menu: { label: 'menu-agenda', icon: 'calendar', group: 'desk' } },
  { path: '/magazzino', tag: 'sp-magazzino', roles: EVERYBODY, load: () => import('./magazzino.ts'), menu: { label: 'menu-magazzino', icon: 'box', group: 'desk' } },
  { path: '/chiusura', tag: 'sp-chiusura', roles: EVERYBODY, load: () => import('./chiusura.ts'), menu: { label: 'menu-chiusura', icon: 'check-circle', group: 'desk' } },
  { path: '/chiusure', tag: 'sp-chiusure', roles: EVERYBODY, load: () => import('./chiusure.ts'), menu: { label: 'menu-chiusure', icon: 'list', group: 'desk' } },
  { path: '/moduli', tag: 'sp-moduli', roles: EVERYBODY, load: () => import('./moduli.ts'), menu: { label: 'menu-moduli', icon: 'files', group: 'desk' } },
  { path: '/nucleo/:id', tag: 'sp-nucleo', roles: EVERYBODY, load: () => import('./nucleo.ts') },
  { path: '/consegna/:id', tag: 'sp-consegna', roles: EVERYBODY, load: () => import('./consegna.ts') },
];

setSearch(search);
setScanOpener(openScan);
