// SPDX-License-Identifier: EUPL-1.2
// Identifiers that the pages make: of a command, of a site or a campaign that did not exist before.

/** A random UUID (RFC 9562, version 4), also where `crypto.randomUUID` is kept to secure contexts. */
export function newId(): string {
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = ((b[6] ?? 0) & 0x0f) | 0x40;
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...b].map((x) => x.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** What the desk takes for "no identifier yet: make one". */
export const NO_ID = '00000000-0000-0000-0000-000000000000';
