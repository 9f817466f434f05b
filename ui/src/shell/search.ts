// SPDX-License-Identifier: EUPL-1.2
// What Ctrl+K and a scan ask the core. Set by the screens that know the answers; until then only commands are found.
import type { Hit } from '../parts/palette.ts';

type Search = (text: string) => Promise<readonly Hit[]>;

let search: Search = () => Promise.resolve([]);
let openScan: ((text: string) => Promise<boolean>) | undefined;

export function setSearch(next: Search): void {
  search = next;
}

/** Opens what exactly one thing was scanned; false: nobody knows it. */
export function setScanOpener(next: (text: string) => Promise<boolean>): void {
  openScan = next;
}

export const searchEverything: Search = (text) => search(text);
export const openScanned = (text: string): Promise<boolean> => openScan?.(text) ?? Promise.resolve(false);
