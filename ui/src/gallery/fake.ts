// SPDX-License-Identifier: EUPL-1.2
// An answering machine for the gallery: names and figures invented, so that every piece can be looked at without a core.
import type { Transport } from '../bridge.ts';
import type { AppState } from '../shell-types.ts';

export const READY: AppState = {
  phase: 'ready', office: 'Comune di Esempio', site: 'Quartiere 2', desk: 'Sportello 3', language: 'it', version: '0.1.0',
  session: { operator: { username: 'm.rossi', name: 'Maria Rossi' }, role: 'supervisor' },
};
export const OPERATORS: NonNullable<AppState['operators']> = [
  { username: 'm.rossi', name: 'Maria Rossi', role: 'supervisor' },
  { username: 'n.dangelo', name: "Niccolò D'Angelo", role: 'operator' },
];

const NOW = Date.parse('2021-03-15T09:00:00Z');

export function fake(state: AppState, status: Record<string, unknown> = {}): Transport {
  return {
    listen: () => Promise.resolve(() => undefined),
    invoke: (name, args) => {
      if (name === 'app_state') return Promise.resolve(state);
      if (name === 'login') {
        return args['passphrase'] === 'giusta'
          ? Promise.resolve({ ...state, phase: 'ready', session: READY.session })
          : Promise.reject({ code: 'wrong_passphrase', message: 'La frase segreta non è giusta. Nulla è andato perso: controllare le maiuscole e riprovare.' });
      }
      if (name === 'enrol') {
        return Promise.resolve({ office: 'Comune di Esempio', site: 'Quartiere 2', desk: 'Sportello 3',
          recovery_words: ['ancora', 'bosco', 'carta', 'dado', 'erba', 'fiume', 'grano', 'isola', 'lago', 'mare', 'nave', 'orto'] });
      }
      if (name === 'query') {
        return Promise.resolve({ type: 'status', online: true, syncing: false, last_sync: NOW - 180_000, waiting: 0, refused: 0, concern: 'none', stopped: null, now: NOW, ...status });
      }
      return Promise.resolve(null);
    },
  };
}
