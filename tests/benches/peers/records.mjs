// SPDX-License-Identifier: EUPL-1.2
// Records like a delivery, of about 300 bytes, the same for every peer; and counting what crosses the wire.
let state = 0x12345678;

/** From 0 to 1, the same on every machine. */
function chance() {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 4_294_967_296;
}

const below = (n) => Math.floor(chance() * n);
const digits = (n, base) => Array.from({ length: n }, () => below(base).toString(base)).join('');
const letter = () => String.fromCodePoint(65 + below(26));

/** So many records. */
export function records(many) {
  return Array.from({ length: many }, (_, i) => ({
    id: `${digits(8, 16)}-${digits(4, 16)}-4${digits(3, 16)}-a${digits(3, 16)}-${digits(12, 16)}`,
    kind: 'voucher.delivered', desk: 'desk-07', seq: i + 1, at: new Date(Date.UTC(2025, 2, 1) + i * 37_000).toISOString(),
    household: `HH${String(below(200_000)).padStart(7, '0')}`, tax_code: Array.from({ length: 6 }, letter).join('') + digits(2, 10) + letter() + digits(2, 10) + letter() + digits(3, 10) + letter(),
    name: `${letter()}${digits(9, 16)} ${letter()}${digits(7, 16)}`, voucher: `V-2025-${String(i).padStart(8, '0')}`, amount_cents: 2500 + below(50) * 100, operator: `op${below(9)}`, note: `ritirato, doc. ${digits(9, 16)}`,
  }));
}

/** Seconds that something took, and what it gave. */
export async function timed(work) {
  const began = performance.now();
  const given = await work();
  return [(performance.now() - began) / 1000, given];
}

/** The one line that is read by whoever started this. */
export function tell(figures) {
  console.log(JSON.stringify(figures));
}
