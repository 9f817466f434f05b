// SPDX-License-Identifier: EUPL-1.2
import { LitElement } from 'lit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { perform, setErrorReporter } from '../src/actions.ts';
import { AppError, execute, http, query, setTransport } from '../src/bridge.ts';
import { has, setLanguage, t } from '../src/i18n.ts';
import { href, match, parseHash } from '../src/router.ts';
import { concerns, invalidate, listenToChanges, run, useQuery } from '../src/store.ts';
import { fold, passphraseStrength, slug, toCsv } from '../src/text.ts';

const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('addresses', () => {
  it('match, with params and search', () => {
    expect(match('/nucleo/:id', parseHash('#/nucleo/a%20b?da=oggi'))).toEqual({ id: 'a b', da: 'oggi' });
    expect(match('/nucleo/:id', parseHash('#/nucleo'))).toBeNull();
    expect(match('/nucleo/:id', parseHash('#/nucleo/%E0%A4%A'))).toBeNull();
    expect(match('/', parseHash(''))).toEqual({});
  });
  it('are made of a pattern and its params', () => {
    expect(href('/nucleo/:id', { id: 'a/b', da: 'oggi', no: undefined })).toBe('#/nucleo/a%2Fb?da=oggi');
  });
});

describe('messages', () => {
  it('have plural and attributes in both languages', () => {
    expect(t('sync-waiting', { n: 1, shown: '1' })).toBe('1 registrazione da inviare');
    expect(t('sync-waiting', { n: 0, shown: '0' })).toBe('Nulla da inviare');
    expect(t('sync-waiting', { n: 7000, shown: '7.000' })).toBe('7.000 registrazioni da inviare');
    expect(t('enrol-server.hint')).toContain('https://');
    setLanguage('en');
    expect(t('sync-waiting', { n: 1, shown: '1' })).toBe('1 record to send');
    expect(document.documentElement.lang).toBe('en');
  });
  it('that are missing show their key', () => {
    expect(t('no-such-key')).toBe('no-such-key');
    expect(has('no-such-key')).toBe(false);
  });
});

describe('the bridge', () => {
  it('turns what comes back into an AppError with a sentence', async () => {
    setTransport({ invoke: () => Promise.reject({ code: 'wrong_passphrase', message: 'La frase segreta non è giusta.', params: { left: 2 } }), listen: () => Promise.resolve(() => undefined) });
    await expect(query({ type: 'status' })).rejects.toMatchObject({ code: 'wrong_passphrase', message: 'La frase segreta non è giusta.', params: { left: 2 } });
    setTransport({ invoke: () => Promise.reject('boom'), listen: () => Promise.resolve(() => undefined) });
    await expect(query({ type: 'status' })).rejects.toMatchObject({ code: 'unexpected', message: 'Qualcosa non ha funzionato.' });
  });
  it('posts to the test server', async () => {
    const fetched = vi.fn((_url: string, _init: RequestInit) => Promise.resolve(new Response('{"changed":[]}')));
    vi.stubGlobal('fetch', fetched);
    setTransport(http('http://127.0.0.1:9'));
    await execute({ type: 'sync' } as never);
    expect(fetched.mock.calls[0]?.[0]).toBe('http://127.0.0.1:9/ipc/execute');
    expect(JSON.parse(fetched.mock.calls[0]?.[1]?.body as string)).toEqual({ command_id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, command: { type: 'sync' } });
    fetched.mockImplementation(() => Promise.resolve(new Response('<html>', { status: 502 })));
    await expect(execute({ type: 'sync' } as never)).rejects.toMatchObject({ code: 'unexpected' });
    vi.unstubAllGlobals();
  });
});

describe('the store', () => {
  class Host extends LitElement {
    wanted = 'a';
    answer = useQuery(this, () => ({ type: 'household', id: this.wanted }) as never, () => ['entitlement', `household:${this.wanted}`]);
  }
  customElements.define('test-host', Host);
  afterEach(() => invalidate([{ kind: 'entitlement', id: 'all' }] as never));

  it('asks again only for what a change concerns', async () => {
    const asked: unknown[] = [];
    setTransport({
      invoke: (name, args) => {
        asked.push(name === 'query' ? args['query'] : name);
        return Promise.resolve(name === 'execute' ? { changed: [{ kind: 'household', id: 'a' }] } : { type: 'household', n: asked.length });
      },
      listen: () => Promise.resolve(() => undefined),
    });
    const host = new Host();
    document.body.append(host);
    await host.updateComplete;
    expect(host.answer.loading).toBe(true);
    await tick();
    expect(host.answer.data).toMatchObject({ n: 1 });
    invalidate([{ kind: 'household', id: 'b' }, { kind: 'site', id: 'a' }] as never);
    await tick();
    expect(asked).toHaveLength(1);
    await run({ type: 'anything' } as never);
    await tick();
    expect(asked).toHaveLength(3);
    expect(host.answer.data).toMatchObject({ n: 3 });
    // Another question: the first answer is not shown for it.
    host.wanted = 'b';
    host.requestUpdate();
    await host.updateComplete;
    await tick();
    expect(asked).toHaveLength(4);
    host.remove();
    invalidate([{ kind: 'household', id: 'b' }] as never);
    await tick();
    expect(asked).toHaveLength(4);
  });

  it('counts only the answer to the last question', async () => {
    const answers: ((v: unknown) => void)[] = [];
    setTransport({ invoke: () => new Promise((resolve) => answers.push(resolve)), listen: () => Promise.resolve(() => undefined) });
    const host = new Host();
    host.wanted = 'race';
    document.body.append(host);
    await host.updateComplete;
    host.answer.retry();
    answers[1]?.({ type: 'household', v: 'new' });
    await tick();
    answers[0]?.({ type: 'household', v: 'old' });
    await tick();
    expect(host.answer.data).toMatchObject({ v: 'new' });
    host.remove();
  });

  it('asks for everything again when too much happened to be told', async () => {
    let tell: (payload: unknown) => void = () => undefined;
    let asked = 0;
    setTransport({
      invoke: () => { asked += 1; return Promise.resolve({ type: 'household' }); },
      listen: (_event, callback) => { tell = callback; return Promise.resolve(() => undefined); },
    });
    const stop = listenToChanges();
    const host = new Host();
    host.wanted = 'flood';
    document.body.append(host);
    await host.updateComplete;
    await tick();
    expect(asked).toBe(1);
    tell({ changed: [] });
    await tick();
    expect(asked).toBe(2);
    host.remove();
    stop();
  });

  it('knows kinds and single things', () => {
    expect(concerns({ kind: 'household', id: '1' } as never, 'household')).toBe(true);
    expect(concerns({ kind: 'household', id: '1' } as never, 'household:1')).toBe(true);
    expect(concerns({ kind: 'household', id: '1' } as never, 'household:2')).toBe(false);
  });
});

describe('actions', () => {
  it('run once at a time, and tell what went wrong', async () => {
    let finish: () => void = () => undefined;
    const started = vi.fn(() => new Promise<void>((resolve) => { finish = resolve; }));
    const first = perform({ label: 'confirm', run: started });
    await perform({ label: 'confirm', run: started });
    finish();
    await first;
    expect(started).toHaveBeenCalledTimes(1);
    const told: unknown[] = [];
    setErrorReporter((thrown) => told.push(thrown));
    const error = new AppError({ code: 'x', message: 'no' });
    await perform({ label: 'fails', run: () => Promise.reject(error) });
    await perform({ label: 'throws', run: () => { throw error; } });
    expect(told).toEqual([error, error]);
  });
});

describe('text', () => {
  it('folds accents and apostrophes', () => {
    expect(fold("D’Andrèa  Niccolò")).toBe('dandrea niccolo');
  });
  it('makes CSV that a spreadsheet reads as text', () => {
    expect(toCsv(['Nome', 'Euro'], [['=HYPERLINK("x")', 12.5], ['Rossi; "Mario"', 1]])).toBe('\uFEFFNome;Euro\r\n"\'=HYPERLINK(""x"")";12,5\r\n"Rossi; ""Mario""";1\r\n');
  });
  it('names files', () => {
    expect(slug('Nuclei da servire, 05/03')).toBe('nuclei-da-servire-05-03');
  });
  it.each([['', 0], ['breve', 0], ['aaaaaaaaaaaaaaaaaaaaaa', 1], ['password123', 1], ['cavallo pila', 2], ['cavallo pila graffetta corretto', 3]] as const)('“%s” is worth %i', (passphrase, worth) => {
    expect(passphraseStrength(passphrase)).toBe(worth);
  });
});
