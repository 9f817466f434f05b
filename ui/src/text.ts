// SPDX-License-Identifier: EUPL-1.2
// Text as it is compared and as it goes into a file.

/** For comparing: no accents, no apostrophes, small letters, single spaces. `D'Andrèa` → `dandrea`. */
export function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/[\u0300-\u036f'’`]/g, '').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value).replace('.', ',');
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** CSV as Italian Excel opens it: `;`, CRLF, BOM. A cell that a spreadsheet would run as a formula is made text. */
export function toCsv(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return `\uFEFF${[headings, ...rows].map((row) => row.map(csvCell).join(';')).join('\r\n')}\r\n`;
}

/** A name for a file: letters, figures and hyphens. `Nuclei da servire, 05/03` → `nuclei-da-servire-05-03`. */
export function slug(text: string): string {
  return fold(text).replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'elenco';
}

/** The core accepts none shorter (characters). */
export const PASSPHRASE_MIN = 10;

/** How strong a passphrase looks, 0–3: enough to advise, the core decides. Length counts most, repeating adds nothing. */
export function passphraseStrength(passphrase: string): 0 | 1 | 2 | 3 {
  const distinct = new Set(passphrase.toLowerCase()).size;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/].filter((k) => k.test(passphrase)).length;
  const { length } = passphrase;
  if (length < 12 || distinct < 6) return length < 8 ? 0 : 1;
  return length >= 20 || (length >= 16 && kinds >= 2) || kinds >= 3 ? 3 : 2;
}
