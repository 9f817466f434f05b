// SPDX-License-Identifier: EUPL-1.2
// What was found or scanned is opened: a slip leads to its appointment, a tax code to the household, a serial to who got it.
import { query } from '../../bridge.ts';
import { t } from '../../i18n.ts';
import { confirm } from '../../parts/confirm.ts';
import type { Hit } from '../../parts/palette.ts';
import { go } from '../../router.ts';
import { serial } from '../../serial.ts';
import type { SearchHit } from '../../types.ts';
import { act } from './acts.ts';
import { entitlementBadge } from './words.ts';
import { html } from 'lit';

/** Opens a hit where its next step is offered. */
export async function openHit(hit: Pick<SearchHit, 'household' | 'appointment'>, text = ''): Promise<void> {
  // Vouchers that nobody has got yet: they lie in a stock, and have a history.
  if (hit.household === null && hit.appointment === null) go('/magazzino', serial(text) === null ? {} : { buono: text.trim() });
  if (hit.household !== null) go('/nucleo/:id', { id: hit.household, appuntamento: hit.appointment ?? undefined });
  else if (hit.appointment !== null) {
    // Somebody in no list: the appointment stands in the agenda of its day.
    const a = await query({ type: 'appointment', id: hit.appointment });
    go('/agenda', { giorno: a.start.slice(0, 10), sede: a.site, appuntamento: a.id });
  }
}

/** What Ctrl+K asks. */
export async function search(text: string): Promise<Hit[]> {
  const { understood, hits, more } = await query({ type: 'search', text, limit: 12 });
  const found = hits.map((hit, i): Hit => ({
    id: `hit-${hit.household ?? hit.appointment ?? i}`,
    title: hit.title,
    detail: html`${hit.detail} ${hit.status === null ? '' : entitlementBadge(hit.status)}`,
    icon: hit.appointment !== null ? 'calendar' : hit.household === null ? 'box' : 'user',
    run: () => openHit(hit, text),
  }));
  if (understood === 'serial') found.push({ id: 'serial-history', title: t('search-serial-history', { serial: text.trim().toUpperCase() }), icon: 'clock', run: () => go('/magazzino', { buono: text.trim() }) });
  if (hits.length > 0) found.push({ id: 'all-results', title: t(more ? 'search-all-results-more' : 'search-all-results'), icon: 'list', run: () => go('/ricerca', { q: text }) });
  return found;
}

/** Opens what exactly one thing was scanned; false when nobody knows it. */
export async function openScan(text: string): Promise<boolean> {
  // A hand-over slip names its entitlement, and serves where the household is not known yet.
  if (/^sportello:c:/iu.test(text.trim())) {
    if (await confirm({ title: t('slip-take-title'), consequence: t('slip-take-consequence'), confirm: t('slip-take-do') })) {
      const { subject } = await act({ type: 'accept_slip', entitlement: null, code: text }, t('slip-taken'));
      if (subject !== null) go('/consegna/:id', { id: subject.id });
    }
    return true;
  }
  // The paper of a shipment of vouchers.
  if (/^sportello:b:/iu.test(text.trim())) {
    go('/magazzino', { bolla: text.trim() });
    return true;
  }
  const { understood, hits } = await query({ type: 'search', text, limit: 2 });
  const [first] = hits;
  if (understood === 'text' || first === undefined) return false;
  const slip = understood === 'slip' ? hits.find((h) => h.appointment !== null) : undefined;
  // A tax code may stand in two households (one person in two lists): a person chooses.
  if (slip === undefined && hits.length > 1) go('/ricerca', { q: text });
  else await openHit(slip ?? first, text);
  return true;
}
