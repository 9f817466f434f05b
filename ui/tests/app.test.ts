// SPDX-License-Identifier: EUPL-1.2
import { html } from 'lit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setTransport } from '../src/bridge.ts';
import { Screen } from '../src/parts/base.ts';
import { pageHeader } from '../src/parts/views.ts';
import { addRoutes, EVERYBODY, homeOf, SUPERVISION } from '../src/screens/registry.ts';
import '../src/shell/app.ts';
import { setScanOpener } from '../src/shell/search.ts';
import type { AppState, Role } from '../src/types.ts';

class Page extends Screen {
  override heading(): string {
    return `Pagina ${this.params['n'] ?? 'prova'}`;
  }
  override render(): unknown {
    return html`${pageHeader({ title: this.heading() })}<input id="page-field">`;
  }
}
customElements.define('test-page', Page);
const now = (): Promise<void> => Promise.resolve();
addRoutes(
  { path: '/prova', tag: 'test-page', roles: EVERYBODY, load: now, menu: { label: 'menu-desk', icon: 'calendar', group: 'desk' } },
  { path: '/prova/:n', tag: 'test-page', roles: EVERYBODY, load: now },
  { path: '/riservata', tag: 'test-page', roles: SUPERVISION, load: now, menu: { label: 'menu-supervision', icon: 'flag', group: 'supervision' } },
);

const session = (username: string, role: Role = 'operator') => ({ operator: `id-${username}`, username, name: `Nome ${username}`, role });
const state = (more: Partial<AppState>): AppState => ({
  phase: 'ready', office: 'Comune', site: 'Q1', desk: 'P1', session: session('anna'), language: 'it', version: '1', problem: null, ...more,
});
const status = { type: 'status', online: true, syncing: false, fetching: null, last_sync: null, waiting: 0, on_stick: null, relay: { settings: {}, desk: null, online: false, last: null, handed: 0, problem: null, serving: null }, refused: 0, unprojected: 0, concern: 'none', stopped: null, now: Date.now() };

type Answer = (args: Record<string, unknown>) => unknown;
let calls: [string, Record<string, unknown>][];
function core(app: AppState, answers: Record<string, Answer> = {}): void {
  calls = [];
  setTransport({
    listen: () => Promise.resolve(() => undefined),
    invoke: async (name, args) => {
      calls.push([name, args]);
      const answer = answers[name];
      if (answer) return answer(args);
      return name === 'app_state' ? app : name === 'query' ? status : null;
    },
  });
}
const settle = async (): Promise<void> => {
  for (let i = 0; i < 12; i++) await new Promise((resolve) => setTimeout(resolve, 0));
};
async function open(): Promise<HTMLElement> {
  const app = document.createElement('sp-app');
  document.body.append(app);
  await settle();
  return app;
}
async function press(key: string, init: KeyboardEventInit = {}): Promise<void> {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
  await settle();
}
function find<T extends Element = HTMLElement>(selector: string): T {
  const element = document.querySelector<T>(selector);
  if (element === null) throw new Error(`no ${selector} in ${document.body.textContent?.replaceAll(/\s+/g, ' ')}`);
  return element;
}
function fill(name: string, text: string): void {
  const input = find<HTMLInputElement>(`[name=${name}] input`);
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
async function submit(): Promise<void> {
  find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await settle();
}

beforeEach(() => {
  location.hash = '#/';
});
afterEach(() => {
  document.querySelector('sp-app')?.remove();
  document.documentElement.removeAttribute('data-locked');
});

describe('the first start', () => {
  async function upToOperator(): Promise<void> {
    await open();
    fill('server', 'sportello.example.it');
    fill('code', ' ABC-123 ');
    await submit();
    fill('name', 'Anna Bini');
    fill('username', 'anna');
    fill('passphrase', 'cavallo pila graffetta');
    fill('again', 'cavallo pila graffetta');
  }

  it('sends what was filled in, shows the recovery key, and goes on only when it was noted', async () => {
    core(state({ phase: 'first_start', session: null }), { enrol: () => ({ recovery_key: 'AGE-KEY', office_fingerprint: '5f3a' }) });
    await upToOperator();
    await submit();
    expect(calls.find(([name]) => name === 'enrol')?.[1]).toEqual({
      request: { server: 'https://sportello.example.it', code: 'ABC-123', custom_ca: null, proxy: null, username: 'anna', name: 'Anna Bini', role: 'operator', passphrase: 'cavallo pila graffetta' },
    });
    expect(document.body.textContent).toContain('AGE-KEY');
    const begin = [...document.querySelectorAll<HTMLButtonElement>('.btn-primary')].at(-1);
    expect(begin?.disabled).toBe(true);
    find<HTMLInputElement>('sp-check input').click();
    await settle();
    expect(begin?.disabled).toBe(false);
  });

  it('a refusal of the centre is told, and what was filled in is still there', async () => {
    core(state({ phase: 'first_start', session: null }), { enrol: () => { throw { code: 'code_expired', message: 'Il codice è scaduto.' }; } });
    await upToOperator();
    await submit();
    expect(document.body.textContent).toContain('Il codice è scaduto.');
    expect(document.body.textContent).toContain('nulla è stato scritto');
    expect(find<HTMLInputElement>('[name=server] input').value).toBe('https://sportello.example.it');
  });

  it('passphrases that differ go no further', async () => {
    core(state({ phase: 'first_start', session: null }));
    await upToOperator();
    fill('again', 'cavallo pila');
    await submit();
    expect(document.body.textContent).toContain('sono diverse');
    expect(calls.some(([name]) => name === 'enrol')).toBe(false);
  });

  it('an address in clear to another machine goes no further', async () => {
    core(state({ phase: 'first_start', session: null }));
    await open();
    fill('server', 'http://sportello.example.it');
    fill('code', 'ABC');
    await submit();
    expect(document.body.textContent).toContain('Indirizzo non valido');
  });
});

describe('entering', () => {
  it('a wrong passphrase is told and can be typed again; the right one opens the home of the role', async () => {
    core(state({ phase: 'logged_out', session: null }), {
      login: (args) => {
        if (args['passphrase'] !== 'giusta') throw { code: 'wrong_passphrase', message: 'La frase segreta non è giusta.' };
        return state({});
      },
    });
    await open();
    fill('username', ' anna ');
    fill('passphrase', 'sbagliata');
    await submit();
    expect(document.body.textContent).toContain('non è giusta');
    expect(find<HTMLInputElement>('[name=passphrase] input').value).toBe('');
    fill('passphrase', 'giusta');
    await submit();
    expect(calls.at(-1)?.[0]).toBe('query');
    expect(calls.findLast(([name]) => name === 'login')?.[1]).toEqual({ username: 'anna', passphrase: 'giusta' });
    expect(location.hash).toBe('#/prova');
    expect(document.activeElement?.tagName).toBe('H1');
    expect(document.title).toBe('Pagina prova · Sportello');
  });

  it('whoever has forgotten the passphrase reads both ways, and gets in with the recovery key', async () => {
    core(state({ phase: 'logged_out', session: null }), {
      recover: (args) => {
        if (args['recovery_key'] !== 'AGE-SECRET-KEY-1GIUSTA') throw { code: 'wrong_recovery_key', message: 'Non è la chiave di questa postazione.' };
        return state({});
      },
    });
    await open();
    fill('username', 'anna');
    find('[data-testid=login-forgotten]').click();
    await settle();
    expect(document.activeElement?.textContent).toContain('dimenticata');
    expect(find('sp-forgotten').textContent).toContain('Chiedere a un amministratore');
    expect(find<HTMLInputElement>('[name=username] input').value).toBe('anna');
    const asked = (): unknown[] => calls.filter(([name]) => name === 'recover').map(([, args]) => args);
    fill('key', 'AGE-SECRET-KEY-1ALTRA');
    fill('passphrase', 'corta');
    fill('again', 'corta');
    await submit();
    fill('passphrase', 'quattro parole a caso');
    fill('again', 'quattro parole a casa');
    await submit();
    expect(asked()).toEqual([]);
    fill('again', 'quattro parole a caso');
    await submit();
    expect(document.body.textContent).toContain('Non è la chiave di questa postazione');
    expect(find<HTMLInputElement>('[name=key] input').value).toBe('AGE-SECRET-KEY-1ALTRA');
    fill('key', 'AGE-SECRET-KEY-1GIUSTA');
    await submit();
    expect(asked().at(-1)).toEqual({ username: 'anna', recovery_key: 'AGE-SECRET-KEY-1GIUSTA', passphrase: 'quattro parole a caso' });
    expect(location.hash).toBe('#/prova');
  });

  it('going back from there leads to the form as it was', async () => {
    core(state({ phase: 'logged_out', session: null }));
    await open();
    fill('username', 'anna');
    find('[data-testid=login-forgotten]').click();
    await settle();
    find('[data-testid=forgotten-back]').click();
    await settle();
    expect(find<HTMLInputElement>('[name=username] input').value).toBe('anna');
    expect(document.activeElement).toBe(find('[data-testid=login-forgotten]'));
  });

  it('a file that cannot be used says why, and asks for nothing', async () => {
    core(state({ phase: 'logged_out', session: null, problem: { code: 'damaged', message: 'Il file è danneggiato. È stato messo da parte.' } }));
    await open();
    expect(document.body.textContent).toContain('È stato messo da parte');
  });
});

describe('the window', () => {
  it('shows by role, and an address of another role opens nothing', async () => {
    core(state({}));
    await open();
    expect(find('nav.sp-menu').textContent).not.toContain('Supervisione');
    location.hash = '#/riservata';
    window.dispatchEvent(new HashChangeEvent('hashchange'));
    await settle();
    expect(document.body.textContent).toContain('Pagina non trovata');
    document.querySelector('sp-app')?.remove();
    core(state({ session: session('carla', 'supervisor') }));
    await open();
    expect(find('nav.sp-menu').textContent).toContain('Supervisione');
    expect(document.querySelector('test-page')).not.toBeNull();
  });

  it('Ctrl+K begins with an empty box, whatever was looked for the last time', async () => {
    core(state({}));
    await open();
    const look = async (): Promise<HTMLInputElement> => {
      await press('k', { ctrlKey: true });
      return find<HTMLInputElement>('.sp-palette input');
    };
    const box = await look();
    expect(box.value).toBe('');
    box.value = 'vai a prova';
    box.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    expect(find<HTMLInputElement>('.sp-palette input').value).toBe('vai a prova');
    find('sp-palette sp-dialog').dispatchEvent(new CustomEvent('sp-close'));
    await settle();
    expect(document.querySelector('.sp-palette')).toBeNull();
    expect((await look()).value).toBe('');
  });

  it('the lock hides and keeps the page; the same person finds it as it was, another begins anew', async () => {
    core(state({}), { unlock: () => state({}), login: () => state({ session: session('bruno') }) });
    await open();
    const home = find('test-page');
    location.hash = '#/prova/7';
    window.dispatchEvent(new HashChangeEvent('hashchange'));
    await settle();
    expect(find('test-page')).not.toBe(home);
    const page = find('test-page');
    find<HTMLInputElement>('#page-field').value = 'a metà';
    // Also over an open dialog.
    await press('F1');
    expect(find('sp-keys dialog')).toHaveProperty('open', true);
    await press('l', { ctrlKey: true });
    expect(document.documentElement.hasAttribute('data-locked')).toBe(true);
    expect(find<HTMLDialogElement>('dialog.sp-lock').open).toBe(true);
    await press('k', { ctrlKey: true });
    expect(document.querySelector('.sp-palette')).toBeNull();
    fill('passphrase', 'giusta');
    await submit();
    expect(document.documentElement.hasAttribute('data-locked')).toBe(false);
    expect(document.querySelector('test-page')).toBe(page);
    expect(find<HTMLInputElement>('#page-field').value).toBe('a metà');

    await press('l', { ctrlKey: true });
    [...document.querySelectorAll<HTMLButtonElement>('dialog.sp-lock .btn-outline-primary')].at(-1)?.click();
    await settle();
    fill('username', 'bruno');
    fill('passphrase', 'giusta');
    await submit();
    expect(location.hash).toBe('#/prova');
    expect(find('.sp-top-who').textContent).toContain('Nome bruno');
    expect(document.querySelector('test-page')).not.toBe(page);
    expect(find<HTMLInputElement>('#page-field').value).toBe('');
  });

  it('one changes one\'s own passphrase with the one before; nothing typed outlives the dialog', async () => {
    core(state({}), {
      execute: (args) => {
        const { old } = args['command'] as { old: string };
        if (old !== 'quella di prima') throw { code: 'wrong_passphrase', message: 'La frase segreta non è giusta.' };
        return { command: 'c', subject: null, changed: [], delivery: null, import: null, undo: null, forced: false, repeated: false };
      },
    });
    await open();
    find('[data-testid=own-passphrase]').click();
    await settle();
    expect(document.activeElement).toBe(find('[name=old] input'));
    fill('old', 'sbagliata');
    fill('passphrase', 'quattro parole a caso');
    fill('again', 'quattro parole a casa');
    find('[data-testid=save-passphrase]').click();
    await settle();
    expect(calls.some(([name]) => name === 'execute')).toBe(false);
    fill('again', 'quattro parole a caso');
    find('[data-testid=save-passphrase]').click();
    await settle();
    expect(find('sp-passphrase').textContent).toContain('non è giusta');
    expect(find<HTMLInputElement>('[name=old] input').value).toBe('');
    fill('old', 'quella di prima');
    await press('F2');
    expect(calls.findLast(([name]) => name === 'execute')?.[1]).toMatchObject({ command: { type: 'change_passphrase', old: 'quella di prima', new: 'quattro parole a caso' } });
    expect(find<HTMLDialogElement>('sp-passphrase dialog').open).toBe(false);
    expect(document.body.textContent).toContain('Frase segreta cambiata');
    find('[data-testid=own-passphrase]').click();
    await settle();
    expect(['old', 'passphrase', 'again'].map((name) => find<HTMLInputElement>(`[name=${name}] input`).value)).toEqual(['', '', '']);
    await press('l', { ctrlKey: true });
    expect(document.querySelector('sp-passphrase input')).toBeNull();
  });

  it('a scan that somebody knows is opened, one that nobody knows is shown in the search', async () => {
    core(state({}));
    await open();
    const scans: string[] = [];
    setScanOpener((text) => {
      scans.push(text);
      return Promise.resolve(text === 'NOTO1234');
    });
    const scan = async (text: string, from: number): Promise<void> => {
      for (const [i, key] of [...text.split(''), 'Enter'].entries()) {
        const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
        Object.defineProperty(event, 'timeStamp', { value: from + i * 10 });
        document.body.dispatchEvent(event);
      }
      await settle();
    };
    await scan('NOTO1234', 1000);
    expect(document.querySelector('.sp-palette')).toBeNull();
    await scan('IGNOTO99', 9000);
    expect(scans).toEqual(['NOTO1234', 'IGNOTO99']);
    expect(find<HTMLInputElement>('.sp-palette input').value).toBe('IGNOTO99');
  });
});

describe('where a role begins', () => {
  it('is the counter for an operator, and the figures for whoever supervises', () => {
    expect(homeOf('operator')?.path).toBe('/prova');
    expect(homeOf('supervisor')?.path).toBe('/riservata');
    expect(homeOf('administrator')?.path).toBe('/riservata');
  });
});
