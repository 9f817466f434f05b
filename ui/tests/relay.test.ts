// SPDX-License-Identifier: EUPL-1.2
// The relay of the seat: what is said of what it has, how it is set, and that nothing is said to be where it is not.
import { describe, expect, it } from 'vitest';
import { setTransport } from '../src/bridge.ts';
import { setDeskClock } from '../src/format.ts';
import { answer, DESKS, NOW, STATUS, TROUBLED } from '../src/gallery/office.ts';
import '../src/parts/table.ts';
import { settingsOf } from '../src/screens/appoggio.ts';
import { SpScambi } from '../src/screens/scambi.ts';
import { syncWords } from '../src/shell/sync-words.ts';
import { forgetAll } from '../src/store.ts';
import type { Query, RelaySettings, StatusView } from '../src/types.ts';

const settle = async (): Promise<void> => {
  for (let i = 0; i < 12; i++) await new Promise((resolve) => setTimeout(resolve, 0));
};
function find<T extends Element = HTMLElement>(selector: string): T {
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`no ${selector}`);
  return element as T;
}
const press = (id: string): void => find<HTMLButtonElement>(`button[data-testid="${id}"]`).click();
const text = (): string => (document.body.textContent ?? '').replaceAll(/\s+/gu, ' ');

async function screen(status: Partial<StatusView>, refuse = false): Promise<RelaySettings[]> {
  const set: RelaySettings[] = [];
  setDeskClock(NOW);
  setTransport({
    listen: () => Promise.resolve(() => undefined),
    invoke: (name, args) => {
      if (name === 'set_relay') {
        if (refuse) return Promise.reject({ code: 'relay_address', message: "L'indirizzo non è scritto come deve." });
        set.push(args['settings'] as RelaySettings);
        return Promise.resolve(null);
      }
      if (name !== 'query') return Promise.resolve(null);
      const query = args['query'] as Query;
      return Promise.resolve(query.type === 'status' ? { type: 'status', ...STATUS, ...status } : answer(query));
    },
  });
  forgetAll();
  document.body.append(new SpScambi());
  await settle();
  return set;
}

describe('the relay of the seat', () => {
  it('has what waits, and it waits all the same', () => {
    const words = syncWords({ ...STATUS, ...TROUBLED }, new Date(NOW));
    expect(words.waiting).toContain('1.230 consegnate alla postazione di appoggio, non ancora al Comune');
    expect(words.waiting).toContain('1.234');
    expect(syncWords(STATUS, new Date(NOW)).waiting).not.toContain('appoggio');
  });

  it('is told with its name, whether it is reached, and what it has', async () => {
    await screen(TROUBLED);
    const told = find('[data-testid=relay]').textContent ?? '';
    for (const words of ['Centro 1', 'Raggiunta', 'non ancora al Comune']) expect(told).toContain(words);
  });

  it('is set to another desk of the office, never to this one or a revoked one', async () => {
    const set = await screen({});
    press('relay-set');
    await settle();
    const options = [...find('sp-select[name=relay] select').querySelectorAll('option')].map((o) => o.textContent ?? '');
    expect(options).toHaveLength(1 + DESKS.filter((d) => !d.revoked && !d.this).length);
    expect(options.join()).not.toMatch(/vecchia|Campo di Marte 1/u);
    press('save-relay');
    await settle();
    expect(set).toEqual([{ peer: null, listen: null }]);
  });

  it('says in the dialog why a setting is refused', async () => {
    await screen({}, true);
    press('relay-set');
    await settle();
    press('save-relay');
    await settle();
    expect(text()).toContain("L'indirizzo non è scritto come deve.");
  });

  it('serves others and uses none itself', () => {
    const entered = { desk: 'x', address: ' 10.0.0.1:7481 ', serves: true, listen: ' 10.0.0.2:7481 ' };
    expect(settingsOf(entered)).toEqual({ peer: null, listen: '10.0.0.2:7481' });
    expect(settingsOf({ ...entered, serves: false })).toEqual({ peer: { desk: 'x', address: '10.0.0.1:7481' }, listen: null });
  });

  it('says where it listens, or that it cannot', async () => {
    const relay = { ...STATUS.relay, settings: { listen: '10.0.0.2:7481' } };
    await screen({ relay: { ...relay, serving: { address: '10.0.0.2:7481', problem: null } } });
    expect(find('[data-testid=relay-serving]').textContent).toContain('10.0.0.2:7481');
    document.body.replaceChildren();
    await screen({ relay: { ...relay, serving: { address: null, problem: { code: 'relay_cannot_listen', message: 'La porta è occupata.' } } } });
    expect(text()).toContain('La porta è occupata.');
  });
});
