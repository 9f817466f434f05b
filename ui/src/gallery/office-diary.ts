// SPDX-License-Identifier: EUPL-1.2
// A month of the invented office's agenda: who came, who did not, how long it took. The same at each start.
import type { AppointmentRow, AppointmentStatus, Service, Site } from '../types.ts';
import { weekOf, type FakeDiary } from './diary.ts';
import { addDay, serviceDay } from './diary-rules.ts';

/** Numbers that look like chance, from a seed (Park and Miller's). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
const NAMES = ['Rossi Maria', "D'Angelo Niccolò", 'Bianchi Àgata', 'El Amrani Fatima', 'Hu Xiaoming', 'Della Corte Pier Paolo', 'Esposito Anna', 'Gjoka Arben', 'Nwosu Blessing'];

export function withHours(diary: FakeDiary, sites: readonly Site[]): FakeDiary {
  for (const site of sites) {
    diary.hours.set(site.id, {
      site: site.id, weeks: [weekOf(3, [2, 4]), { ...weekOf(2), valid_from: '2021-06-21', valid_to: '2021-08-31' }], open_on_holidays: false,
      closures: [{ from: '2021-03-26', to: '2021-03-26', from_time: null, to_time: null, reason: 'Disinfestazione dei locali' }, { from: '2021-03-30', to: '2021-03-30', from_time: '11:30:00', to_time: null, reason: 'Assemblea del personale' }],
      extra: [{ day: '2021-03-27', from: '09:00:00', to: '12:00:00', staff: 2, reason: 'Recupero del 26 marzo' }],
    });
  }
  return diary;
}

/** Appointments of the first four weeks of March at all sites; those before `now` are over. */
export function visits(sites: readonly Site[], service: Service, now: number): AppointmentRow[] {
  const rows: AppointmentRow[] = [];
  const random = chance(20_210_315);
  const between = (a: number, b: number): number => Math.floor(a + (b - a) * random());
  for (let day = '2021-03-01'; day <= '2021-03-31'; day = addDay(day, 1)) {
    for (const [s, site] of sites.entries()) {
      const { slots } = serviceDay(service, undefined, site.id, day);
      for (const slot of slots) {
        const hour = Number(slot.start.slice(11, 13));
        const load = hour === 10 ? 0.95 : hour === 9 ? 0.85 : hour >= 14 ? 0.4 : 0.7;
        for (let place = 0; place < slot.capacity; place++) {
          if (random() > load) continue;
          const at = Date.parse(`${slot.start}+01:00`);
          const past = at < now;
          const luck = random();
          const status: AppointmentStatus = past ? (luck < 0.06 ? 'missed' : luck < 0.09 ? 'cancelled' : 'finished') : luck < 0.03 ? 'cancelled' : 'booked';
          const came = status === 'finished';
          const walkIn = past && came && random() < 0.08;
          const n = rows.length;
          const waited = came ? between(60, 420) + Math.floor(load * between(120, 900)) : 0;
          rows.push({
            id: `0193b1a0-0020-7000-8000-${String(n).padStart(12, '0')}`, code: 'ZZZZ-9QXT-C', start: slot.start, site: site.id, service: service.id, service_name: service.name, name: NAMES[n % NAMES.length] ?? '', phone: `055 2${String(n % 100_000).padStart(5, '0')}`,
            household: null, person: null, entitlement: null, remaining: null, entitlement_status: null, here: true, status, late: false,
            presented_at: came ? at - between(0, 600_000) : null, called_at: came ? at + 300_000 : null, desk: null, reason: came && random() < 0.03 ? 'Documento scaduto' : '', undoable: false,
            walk_in: walkIn, ticket: came ? `${'ABCDEF'.charAt(s)}${String((n % 40) + 1).padStart(2, '0')}` : null, priority: null, for_desk: null, calls: came ? 1 : 0, visit: null, waited, served: came ? between(240, 900) : 0,
            booked_at: at - between(86_400_000, 9 * 86_400_000), overbooked: null,
          });
        }
      }
    }
  }
  return rows;
}
