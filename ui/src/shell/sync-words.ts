// SPDX-License-Identifier: EUPL-1.2
// The truth about the exchange in words. Offline is a normal state; how much to worry is decided by the desk.
import { ago, count } from '../format.ts';
import { t } from '../i18n.ts';
import type { Icon } from '../parts/icons.ts';
import type { Tone } from '../parts/views.ts';
import { SKEW, skewWords } from '../screens/names.ts';
import type { StatusView } from '../types.ts';

/** What the answer to `status` says of the exchange. */
export type Exchange = Pick<StatusView, 'online' | 'syncing' | 'last_sync' | 'waiting' | 'fetching' | 'on_stick' | 'relay' | 'refused' | 'unprojected' | 'concern' | 'stopped'>
  & Partial<Pick<StatusView, 'clock_skew' | 'clock_back' | 'clock_peer' | 'handed_in'>>;

export interface SyncWords {
  tone: Tone;
  icon: Icon;
  state: string;
  last: string;
  waiting: string;
  /** What else is to be known: records that the centre does not accept, a desk that may not write. */
  more: string[];
}

/** What is known to be wrong with clocks: this one by the centre's; or by what was written here; or a neighbour's. */
export function clockWords(status: Exchange): string[] {
  const { clock_skew: skew, clock_back: back, clock_peer: peer } = status;
  if (skew !== null && skew !== undefined && Math.abs(skew) >= SKEW) return [t('sync-clock', { far: skewWords(skew) })];
  if (back !== null && back !== undefined) return [t('sync-clock-back', { far: skewWords(-back) })];
  if (peer !== null && peer !== undefined && status.concern !== 'none') return [t('sync-clock-peer', { desk: peer.desk.name, far: skewWords(peer.ahead) })];
  return [];
}

export function syncTone(status: Exchange): Tone {
  if (status.stopped !== null || status.concern === 'error') return 'danger';
  if (status.concern === 'warning') return 'warning';
  return status.online ? 'success' : 'neutral';
}

export function syncWords(status: Exchange, now?: Date): SyncWords {
  const tone = syncTone(status);
  const more: string[] = [];
  if (status.fetching !== null) more.push(t('sync-fetching', { done: count(status.fetching.done), total: count(status.fetching.total) }));
  if (status.refused > 0) more.push(t('sync-refused', { n: status.refused, shown: count(status.refused) }));
  if (status.unprojected > 0) more.push(t('sync-unprojected', { n: status.unprojected, shown: count(status.unprojected) }));
  if (status.stopped !== null) more.push(t('sync-stopped'));
  if ((status.handed_in ?? 0) > 0) more.push(t('sync-handed-in', { n: status.handed_in ?? 0, shown: count(status.handed_in ?? 0) }));
  more.push(...clockWords(status));
  return {
    tone,
    icon: tone === 'danger' ? 'error' : tone === 'warning' ? 'warning-circle' : status.online ? 'wifi' : 'plug',
    state: status.syncing ? t('sync-exchanging') : status.online ? t('sync-connected') : t('sync-offline'),
    last: status.last_sync === null ? t('sync-never') : t('sync-last', { when: ago(status.last_sync, now) }),
    // On the stick, or at the relay, is not at the centre: it is said beside what waits, and takes nothing off it.
    waiting: [t('sync-waiting', { n: status.waiting, shown: count(status.waiting) }), status.on_stick === null ? '' : t('sync-on-stick', { n: status.on_stick.records, shown: count(status.on_stick.records), when: ago(status.on_stick.since, now) }), status.relay.handed === 0 ? '' : t('sync-at-relay', { n: status.relay.handed, shown: count(status.relay.handed) })].filter(Boolean).join(', '),
    more,
  };
}
