// SPDX-License-Identifier: EUPL-1.2
// An answering machine for the gallery: names and figures invented, so that every piece can be looked at without a core.
import type { Transport } from '../bridge.ts';
import type { AppState } from '../types.ts';

export const READY: AppState = {
  phase: 'ready', office: 'Comune di Esempio', site: 'Quartiere 2', desk: 'Sportello 3', language: 'it', version: '0.1.0', problem: null,
  session: { operator: '0193b1a0-0000-7000-8000-000000000001', username: 'm.rossi', name: 'Maria Rossi', role: 'supervisor' },
};

const NOW = Date.parse('2021-03-15T09:00:00Z');

export function fake(state: AppState, status: Record<string, unknown> = {}): Transport {
  return {
    listen: () => Promise.resolve(() => undefined),
    invoke: (name, args) => {
      if (name === 'app_state') return Promise.resolve(state);
      if (name === 'login' || name === 'unlock') {
        return args['passphrase'] === 'giusta'
          ? Promise.resolve({ ...state, phase: 'ready', session: READY.session })
          : Promise.reject({ code: 'wrong_passphrase', message: 'La frase segreta non è giusta. Nulla è andato perso: controllare le maiuscole e riprovare.' });
      }
      if (name === 'recover') return Promise.reject({ code: 'wrong_recovery_key', message: 'Questa è una chiave di recupero, ma non di questa postazione. I dati sono rimasti chiusi: ogni postazione ha la sua, cercare il foglio che porta il nome di questa.' });
      if (name === 'enrol') {
        return Promise.resolve({ recovery_key: 'AGE-SECRET-KEY-1QQPQY-9QSZ0V-3H4J5K-6L7M8N-PRSTUV', office_fingerprint: '7f3a 91c2 04be d815' });
      }
      if (name === 'query') {
        return Promise.resolve({ type: 'status', online: true, syncing: false, fetching: null, last_sync: NOW - 180_000, waiting: 0, on_stick: null, relay: { settings: {}, desk: null, online: false, last: null, handed: 0, problem: null, serving: null }, refused: 0, unprojected: 0, concern: 'none', stopped: null, now: NOW, ...status });
      }
      return Promise.resolve(null);
    },
  };
}
