// SPDX-License-Identifier: EUPL-1.2
// Addresses of screens: `#/nucleo/0193…?da=oggi`. On each move the focus goes to the screen's h1, and the window's title says where.
import { focusOn } from './a11y.ts';
import { t } from './i18n.ts';

export interface Params {
  /** From the path: `/nucleo/:id` → `id`. */
  readonly [name: string]: string | undefined;
}

export interface Location {
  path: string;
  search: URLSearchParams;
}

export function parseHash(hash: string): Location {
  const bare = hash.replace(/^#/, '') || '/';
  const cut = bare.indexOf('?');
  const path = cut < 0 ? bare : bare.slice(0, cut);
  return { path: path.startsWith('/') ? path : `/${path}`, search: new URLSearchParams(cut < 0 ? '' : bare.slice(cut + 1)) };
}

/** The params of `path` if it fits `pattern` (`/nucleo/:id`), else null. Search params come along under their own names. */
export function match(pattern: string, { path, search }: Location): Params | null {
  const want = pattern.split('/').filter(Boolean);
  const have = path.split('/').filter(Boolean);
  if (want.length !== have.length) return null;
  const params: Record<string, string> = Object.fromEntries(search);
  for (const [i, part] of want.entries()) {
    const value = have[i] ?? '';
    if (part.startsWith(':')) {
      try {
        params[part.slice(1)] = decodeURIComponent(value);
      } catch {
        return null; // a broken %-escape is no address of ours
      }
    } else if (part !== value) return null;
  }
  return params;
}

/** The address of a screen: `href('/nucleo/:id', {id})` → `#/nucleo/0193…`; what the pattern does not name goes after `?`. */
export function href(pattern: string, params: Record<string, string | number | undefined> = {}): string {
  const rest = new URLSearchParams();
  let path = pattern;
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    if (path.split('/').includes(`:${name}`)) path = path.replace(`:${name}`, encodeURIComponent(String(value)));
    else rest.set(name, String(value));
  }
  const search = rest.toString();
  return `#${path}${search === '' ? '' : `?${search}`}`;
}

export const here = (): Location => parseHash(location.hash);

/** Goes to a screen. Same pattern and params as `href`. */
export function go(pattern: string, params?: Record<string, string | number | undefined>): void {
  location.hash = href(pattern, params);
}

/** Changes the address without a new step to go back through (a filter, a day of the agenda). */
export function replace(pattern: string, params?: Record<string, string | number | undefined>): void {
  history.replaceState(history.state, '', href(pattern, params));
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

/** What the window is called; shown by the system's task bar, and read at each move. */
export function setTitle(screen: string): void {
  document.title = t('app-window-title', { screen });
}

/** After a move: the new screen's h1, or its first field when the screen asks for one with `data-autofocus`. */
export function focusScreen(root: ParentNode): void {
  const target = root.querySelector<HTMLElement>('[data-autofocus] input, input[data-autofocus], button[data-autofocus], a[data-autofocus]') ?? root.querySelector<HTMLElement>('h1');
  focusOn(target);
}
