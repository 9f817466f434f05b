// SPDX-License-Identifier: EUPL-1.2
// The waiting room's screen over the desk in memory: `attesa.html?caso=molti#/attesa?lingua=en`. Its own entry: nothing of it is in
// the product.
import 'bootstrap-italia/dist/css/bootstrap-italia.min.css';
import '../styles/index.css';
import { setTransport } from '../bridge.ts';
import { openDisplayPage } from '../display/page.ts';
import { setDeskClock } from '../format.ts';
import { FakeDesk } from './desk.ts';
import { DESK, NOW, OTHER_DESK } from './desk-data.ts';

const which = new URLSearchParams(location.search).get('caso') ?? '';
setDeskClock(NOW);
const desk = new FakeDesk();
const next = (): Promise<unknown> => desk.invoke('execute', { command_id: crypto.randomUUID(), command: { type: 'call_next', service: null } });
if (which === 'nessuno') desk.appointments = [];
if (which === 'molti') {
  for (const [i, a] of desk.appointments.filter((x) => x.status === 'presented').entries()) {
    a.status = 'called';
    a.calls = 1;
    a.desk = i % 2 === 0 ? DESK : OTHER_DESK;
    a.called_at = NOW - i * 40_000;
  }
}
// Locked after the first answer: the desk says nothing more.
if (which === 'bloccato') {
  let asked = 0;
  setTransport({
    listen: () => Promise.resolve(() => undefined),
    invoke: (name, args) => {
      asked += 1;
      return asked > 1 ? Promise.reject({ code: 'session_locked', message: '' }) : desk.invoke(name, args);
    },
  });
} else setTransport(desk);
openDisplayPage();
// Somebody is called while the room looks on.
if (which === 'chiamata') setTimeout(() => void next(), 300);
