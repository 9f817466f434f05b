// SPDX-License-Identifier: EUPL-1.2
// The screens of supervisors and administrators, and the story of the exchange, which is everybody's.
import type { Role } from '../types.ts';
import { EVERYBODY, SUPERVISION, type Route } from './registry.ts';

const ADMINISTRATION: readonly Role[] = ['administrator'];

/** In the order of the menu. */
export const SUPERVISION_ROUTES: readonly Route[] = [
  { path: '/scambi', tag: 'sp-scambi', roles: EVERYBODY, load: () => import('./scambi.ts'), menu: { label: 'menu-scambi', icon: 'exchange-circle', group: 'desk' } },
  { path: '/correggi/:id', tag: 'sp-correggi-nucleo', roles: EVERYBODY, load: () => import('./nuovo-nucleo.ts') },
  { path: '/cruscotto', tag: 'sp-cruscotto', roles: SUPERVISION, load: () => import('./cruscotto.ts'), menu: { label: 'menu-cruscotto', icon: 'chart-line', group: 'supervision' } },
  { path: '/statistiche', tag: 'sp-statistiche', roles: SUPERVISION, load: () => import('./statistiche.ts'), menu: { label: 'menu-statistiche', icon: 'presentation', group: 'supervision' } },
  { path: '/rendiconto', tag: 'sp-rendiconto', roles: SUPERVISION, load: () => import('./rendiconto.ts'), menu: { label: 'menu-rendiconto', icon: 'files', group: 'supervision' } },
  { path: '/rendiconto/:campagna/:voce', tag: 'sp-rendiconto-voce', roles: SUPERVISION, load: () => import('./rendiconto-voce.ts') },
  { path: '/telefonate/:campagna', tag: 'sp-telefonate', roles: SUPERVISION, load: () => import('./telefonate.ts') },
  { path: '/campione/:id', tag: 'sp-campione', roles: SUPERVISION, load: () => import('./campione.ts') },
  { path: '/anomalie', tag: 'sp-anomalie', roles: SUPERVISION, load: () => import('./anomalie.ts'), menu: { label: 'menu-anomalie', icon: 'flag', group: 'supervision' } },
  { path: '/anomalie/:id', tag: 'sp-anomalia', roles: SUPERVISION, load: () => import('./anomalia.ts') },
  { path: '/piano', tag: 'sp-piani', roles: SUPERVISION, load: () => import('./piani.ts'), menu: { label: 'menu-piano', icon: 'calendar', group: 'supervision' } },
  { path: '/piano/:id', tag: 'sp-piano', roles: SUPERVISION, load: () => import('./piano.ts') },
  { path: '/importazioni', tag: 'sp-importazioni', roles: SUPERVISION, load: () => import('./importazioni.ts'), menu: { label: 'menu-importazioni', icon: 'upload', group: 'supervision' } },
  { path: '/nuovo-nucleo', tag: 'sp-nuovo-nucleo', roles: SUPERVISION, load: () => import('./nuovo-nucleo.ts'), menu: { label: 'menu-nuovo-nucleo', icon: 'plus-circle', group: 'supervision' } },
  { path: '/postazioni', tag: 'sp-postazioni', roles: SUPERVISION, load: () => import('./postazioni.ts'), menu: { label: 'menu-postazioni', icon: 'software', group: 'supervision' } },
  { path: '/accessi', tag: 'sp-accessi', roles: SUPERVISION, load: () => import('./accessi.ts'), menu: { label: 'menu-accessi', icon: 'password-visible', group: 'supervision' } },
  { path: '/cancellazioni', tag: 'sp-cancellazioni', roles: SUPERVISION, load: () => import('./cancellazioni.ts'), menu: { label: 'menu-cancellazioni', icon: 'delete', group: 'supervision' } },
  { path: '/orari', tag: 'sp-orari', roles: SUPERVISION, load: () => import('./orari.ts'), menu: { label: 'menu-orari', icon: 'clock', group: 'supervision' } },
  { path: '/operatori', tag: 'sp-operatori', roles: ADMINISTRATION, load: () => import('./operatori.ts'), menu: { label: 'menu-operatori', icon: 'user', group: 'supervision' } },
  { path: '/campagne', tag: 'sp-campagne', roles: ADMINISTRATION, load: () => import('./campagne.ts'), menu: { label: 'menu-campagne', icon: 'card', group: 'supervision' } },
  { path: '/campagne/:id', tag: 'sp-campagna', roles: ADMINISTRATION, load: () => import('./campagna.ts') },
  { path: '/servizi', tag: 'sp-servizi', roles: ADMINISTRATION, load: () => import('./servizi.ts'), menu: { label: 'menu-servizi', icon: 'list', group: 'supervision' } },
  { path: '/servizi/:id', tag: 'sp-servizio', roles: ADMINISTRATION, load: () => import('./servizio.ts') },
  { path: '/sedi', tag: 'sp-sedi', roles: ADMINISTRATION, load: () => import('./sedi.ts'), menu: { label: 'menu-sedi', icon: 'map-marker', group: 'supervision' } },
];
