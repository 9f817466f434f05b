// SPDX-License-Identifier: EUPL-1.2
// What screens there are: address, element, who may open it, where it stands in the menu.
import type { Icon } from '../parts/icons.ts';
import type { Role } from '../types.ts';

export interface Route {
  /** `/nucleo/:id` */
  path: string;
  /** Tag of an element that extends Screen. */
  tag: string;
  roles: readonly Role[];
  /** Brings the element's code; called once. */
  load: () => Promise<unknown>;
  /** Absent: reached from other screens only. `label` is a key of the catalogue. */
  menu?: { label: string; icon: Icon; group: 'desk' | 'supervision' };
}

export const EVERYBODY: readonly Role[] = ['operator', 'supervisor', 'administrator'];
export const SUPERVISION: readonly Role[] = ['supervisor', 'administrator'];

const routes: Route[] = [];

/** Adds screens, in the order of the menu. */
export function addRoutes(...more: Route[]): void {
  routes.push(...more);
}

export const allRoutes = (): readonly Route[] => routes;

/** What a role sees in the menu. */
export const menuFor = (role: Role): Route[] => routes.filter((r) => r.menu !== undefined && r.roles.includes(role));

/** Where a role begins: an operator at the counter, whoever supervises with the figures. */
export function homeOf(role: Role): Route | undefined {
  const group = role === 'operator' ? 'desk' : 'supervision';
  const menu = menuFor(role);
  return menu.find((r) => r.menu?.group === group) ?? menu[0] ?? routes.find((r) => r.roles.includes(role));
}
