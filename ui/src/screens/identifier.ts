// SPDX-License-Identifier: EUPL-1.2
// What a person types or scans as tax code, STP or ENI, checked before it is sent: the desk takes none whose check character is
// wrong. Rules: D.M. 12/3/1974 (odd and even tables), D.M. 345/1976 for omocodia; provisional codes have 11 digits and the check
// digit of a VAT number (Luhn). The desk's own reading (domain, tax_code) is the one that counts.
import { t } from '../i18n.ts';
import type { PersonIdentifier } from '../types.ts';

/** Values of the characters at odd places (the first is place 1), for `0`–`9` and then `A`–`Z`; digits count as `A`–`J`. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const SHAPE = /^[A-Z]{6}[\dLMNPQRSTUV]{2}[ABCDEHLMPRST][\dLMNPQRSTUV]{2}[A-Z][\dLMNPQRSTUV]{3}[A-Z]$/;
const OMOCODIA = 'LMNPQRSTUV';

const rank = (c: string): number => (c >= '0' && c <= '9' ? Number(c) : (c.codePointAt(0) ?? 65) - 65);

/** The check character of the first 15. */
export function checkCharacter(first: string): string {
  let sum = 0;
  for (let i = 0; i < first.length; i++) sum += i % 2 === 0 ? (ODD[rank(first.charAt(i))] ?? 0) : rank(first.charAt(i));
  return String.fromCodePoint(65 + (sum % 26));
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const d = Number(digits.charAt(i)) * (i % 2 === 1 ? 2 : 1);
    sum += d > 9 ? d - 9 : d;
  }
  return sum % 10 === 0;
}

/** Some digit was replaced by a letter because another person had the same code: right, and worth a second look. */
export function isOmocodic(code: string): boolean {
  return SHAPE.test(code) && [6, 7, 9, 10, 12, 13, 14].some((i) => OMOCODIA.includes(code[i] ?? ' '));
}

export type Identified = { ok: true; value: PersonIdentifier } | { ok: false; why: string };

const good = (value: PersonIdentifier): Identified => ({ ok: true, value });
const bad = (why: string): Identified => ({ ok: false, why });

/** Empty is "none". */
export function parseIdentifier(text: string): Identified {
  const code = text.replaceAll(/[\s*.-]/g, '').toUpperCase();
  if (code === '') return good({ kind: 'none' });
  if (/^(STP|ENI)/.test(code)) {
    if (!/^(STP|ENI)\d{13}$/.test(code)) return bad(t('id-stp-bad'));
    return good({ kind: code.startsWith('STP') ? 'stp' : 'eni', value: code });
  }
  if (/^\d+$/.test(code)) {
    if (code.length !== 11) return bad(t('id-provisional-length', { n: code.length }));
    return luhn(code) ? good({ kind: 'tax_code', value: code }) : bad(t('id-provisional-check'));
  }
  if (code.length !== 16) return bad(t('id-length', { n: code.length }));
  if (!SHAPE.test(code)) return bad(t('id-shape'));
  const day = Number(code.slice(9, 11).replaceAll(/[A-Z]/g, (c) => String(OMOCODIA.indexOf(c))));
  if (!((day >= 1 && day <= 31) || (day >= 41 && day <= 71))) return bad(t('id-day'));
  if (checkCharacter(code.slice(0, 15)) !== code[15]) return bad(t('id-check'));
  return good({ kind: 'tax_code', value: code });
}
