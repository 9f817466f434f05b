// SPDX-License-Identifier: EUPL-1.2
// The whole window: which phase we are in, which screen is shown, and what works everywhere (search, keys, scan, lock).
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { html as staticHtml, unsafeStatic } from 'lit/static-html.js';
import { perform, type Action } from '../actions.ts';
import { announce, focusOn, quiet } from '../a11y.ts';
import { AppError, app_state, lock, logout, on, open_display } from '../bridge.ts';
import { setLanguage, t } from '../i18n.ts';
import { installKeyboard, liveActions, pushScope, setScanHandler } from '../keys.ts';
import { Screen, SpElement } from '../parts/base.ts';
import '../parts/confirm.ts';
import '../parts/palette.ts';
import type { Hit } from '../parts/palette.ts';
import { clearToasts, undoLast } from '../parts/toasts.ts';
import { button, errorPanel, loading } from '../parts/views.ts';
import { focusScreen, go, here, href, match, setTitle, type Params } from '../router.ts';
import { allRoutes, homeOf, menuFor, type Route } from '../screens/registry.ts';
import type { AppState } from '../types.ts';
import { askAgain, forgetAll, listenToChanges } from '../store.ts';
import './first-start.ts';
import './footbar.ts';
import { gate } from './gate.ts';
import './keys-dialog.ts';
import './lock.ts';
import './login.ts';
import './menu.ts';
import './passphrase-dialog.ts';
import { openScanned, searchEverything } from './search.ts';
import './topbar.ts';

/** Without a key or a click for so long (milliseconds), the screen locks: a citizen sits in front of it. */
const LOCK_AFTER = 15 * 60_000;

@customElement('sp-app')
export class SpApp extends SpElement {
  @state() private app: AppState | null = null;
  @state() private failed: AppError | null = null;
  @state() private locked = false;
  @state() private route: Route | null = null;
  /** The address leads to no screen. */
  @state() private lost = false;
  @state() private params: Params = {};
  @state() private palette: { text: string } | null = null;
  @state() private keys: Action[] | null = null;
  /** One's own passphrase is being changed. */
  @state() private rekeying = false;
  private path = '';
  /** Another address or another person: another screen, with nothing left in it of the one before. */
  private screenKey = '';
  private idle: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.until(installKeyboard());
    this.until(pushScope({ actions: () => this.globalActions(), always: () => (this.working ? [this.lockAction()] : []) }));
    this.until(listenToChanges());
    this.until(on('locked', () => this.showLock()));
    setScanHandler((text) => void this.scanned(text));
    const moved = (): void => this.follow();
    window.addEventListener('hashchange', moved);
    this.until(() => window.removeEventListener('hashchange', moved));
    const alive = (): void => this.restartIdle();
    for (const event of ['keydown', 'pointerdown'] as const) {
      window.addEventListener(event, alive, { passive: true });
      this.until(() => window.removeEventListener(event, alive));
    }
    this.until(() => clearTimeout(this.idle));
    void this.ask();
  }

  private get working(): boolean {
    return this.app?.phase === 'ready' && !this.locked;
  }

  private async ask(): Promise<void> {
    this.failed = null;
    try {
      this.enter(await app_state());
    } catch (thrown) {
      this.failed = AppError.from(thrown, t('error-unexpected'));
    }
  }

  private enter(app: AppState): void {
    const before = this.app?.session?.operator;
    setLanguage(app.language);
    // Started anew on a locked desk there is no page to keep: login. Locked while working: the lock screen over the page.
    this.locked = app.phase === 'locked' && this.app?.phase === 'ready';
    if (this.locked) return;
    const somebodyElse = before !== undefined && app.session !== null && before !== app.session.operator;
    this.app = app;
    if (app.phase !== 'ready') {
      setTitle(t(app.phase === 'first_start' ? 'enrol-title' : app.phase === 'locked' ? 'lock-title' : 'login-title'));
      void this.focusTitle();
      return;
    }
    if (somebodyElse) {
      this.palette = null;
      this.keys = null;
      this.rekeying = false;
      forgetAll();
      go('/');
    }
    this.restartIdle();
    this.follow(true);
  }

  private async focusTitle(): Promise<void> {
    await this.updateComplete;
    if (document.activeElement === document.body) focusOn(this.querySelector('h1'));
  }

  /** Shows the screen of the address. Focus moves only when the screen is another: a filter in the address moves nothing. */
  private follow(force = false): void {
    const role = this.app?.session?.role;
    if (this.app?.phase !== 'ready' || role === undefined) return;
    const at = here();
    const allowed = allRoutes().filter((r) => r.roles.includes(role));
    if (at.path === '/') {
      const home = homeOf(role);
      if (home !== undefined && home.path !== '/') {
        location.replace(href(home.path));
        return;
      }
    }
    let found: { route: Route; params: Params } | null = null;
    for (const route of allowed) {
      const params = match(route.path, at);
      if (params !== null) {
        found = { route, params };
        break;
      }
    }
    const moved = force || at.path !== this.path;
    this.path = at.path;
    void this.show(found, moved);
  }

  private async show(found: { route: Route; params: Params } | null, moved: boolean): Promise<void> {
    const wanted = this.path;
    try {
      await found?.route.load();
    } catch (thrown) {
      this.failed = AppError.from(thrown, t('error-unexpected'));
      return;
    }
    if (wanted !== this.path) return;
    this.failed = null;
    this.screenKey = `${this.app?.session?.operator ?? ''} ${wanted}`;
    this.route = found?.route ?? null;
    this.lost = found === null;
    this.params = found?.params ?? {};
    if (!moved) return;
    await this.updateComplete;
    const screen = this.querySelector<HTMLElement>('.sp-main > *');
    if (screen instanceof Screen) await screen.updateComplete;
    this.querySelector('.sp-main')?.scrollTo?.(0, 0);
    if (found === null) setTitle(t('not-found-title'));
    focusScreen(this.querySelector('.sp-main') ?? this);
  }

  private globalActions(): Action[] {
    if (!this.working) return [];
    return [
      { label: t('search-all'), key: 'Ctrl+K', icon: 'search', run: () => { this.palette = { text: '' }; } },
      { label: t('keys-title'), key: '?', icon: 'help-circle', run: () => this.openKeys() },
      { label: t('keys-title'), key: 'F1', icon: 'help-circle', run: () => this.openKeys() },
      this.lockAction(),
      { id: 'open-display', label: t('display-open'), icon: 'presentation', run: () => open_display() },
      { label: t('own-passphrase'), icon: 'key', run: () => { this.rekeying = true; } },
      { label: t('undo'), key: 'Ctrl+Z', icon: 'restore', run: () => this.undo() },
      { label: t('go-back'), key: 'Escape', icon: 'arrow-left', run: () => this.back() },
    ];
  }

  private lockAction(): Action {
    return { label: t('lock'), key: 'Ctrl+L', icon: 'lock', run: () => this.lockNow() };
  }

  private openKeys(): void {
    this.keys = liveActions();
  }

  private undo(): void {
    const focused = document.activeElement;
    // While typing, Ctrl+Z takes back what was typed.
    if (focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement) document.execCommand('undo');
    else if (!undoLast()) announce(t('undo-nothing'));
  }

  /** Esc: first out of the field (what was typed stays), then back to where one came from. */
  private back(): void {
    const focused = document.activeElement;
    if (focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement || focused instanceof HTMLSelectElement) {
      focusOn(this.querySelector('h1'));
      return;
    }
    const link = this.querySelector<HTMLAnchorElement>('.sp-main .sp-back');
    if (link) link.click();
    else history.back();
  }

  private async scanned(text: string): Promise<void> {
    if (!this.working) return;
    announce(t('scan-read'));
    const known = await openScanned(text).catch(() => false);
    // What nobody knows is shown in the search, where it can be corrected.
    if (!known) this.palette = { text };
  }

  private commands(): Hit[] {
    const role = this.app?.session?.role;
    if (role === undefined) return [];
    const screens = menuFor(role).flatMap((r): Hit[] => r.menu ? [{ id: `go${r.path}`, title: t('palette-go', { screen: t(r.menu.label) }), icon: r.menu.icon, run: () => go(r.path) }] : []);
    const seen = new Set<string>();
    const actions = liveActions()
      .filter((a) => a.disabled !== true && a.key !== 'Ctrl+K' && a.key !== 'Escape' && !seen.has(a.label) && seen.add(a.label))
      .map((a): Hit => ({ id: `do-${a.label}`, title: a.label, icon: a.icon ?? 'arrow-right', key: a.key, run: () => perform(a) }));
    return [...actions, ...screens];
  }

  private lockNow(): void {
    this.showLock();
    // Hidden at once, whatever the core says; a core that does not answer cannot unlock either.
    void perform({ label: 'lock', run: lock });
  }

  private showLock(): void {
    if (this.app?.phase !== 'ready' || this.locked) return;
    clearToasts();
    quiet();
    clearTimeout(this.idle);
    // No passphrase that was being typed waits beneath.
    this.rekeying = false;
    this.locked = true;
    setTitle(t('lock-title'));
  }

  private async logoutNow(): Promise<void> {
    await logout();
    clearToasts();
    this.rekeying = false;
    this.app = null;
    location.hash = '#/';
    this.path = '';
    this.route = null;
    forgetAll();
    await this.ask();
  }

  private entered(app: AppState): void {
    const beneath = this.app;
    this.locked = false;
    if (beneath?.phase === 'ready' && beneath.session?.operator === app.session?.operator) {
      this.app = app;
      this.restartIdle();
      // A locked desk answers nothing: what changed meanwhile could not be asked.
      askAgain();
      const screen = this.querySelector<HTMLElement>('.sp-main > *');
      if (screen instanceof Screen) setTitle(screen.heading());
      return;
    }
    this.enter(app);
  }

  private restartIdle(): void {
    clearTimeout(this.idle);
    if (this.working) this.idle = setTimeout(() => this.lockNow(), LOCK_AFTER);
  }

  protected override updated(_changed: PropertyValues): void {
    document.documentElement.toggleAttribute('data-locked', this.locked);
  }

  private screen(): TemplateResult {
    if (this.failed) return html`<div>${errorPanel(this.failed, { actions: [{ label: t('try-again'), icon: 'refresh', kind: 'primary', run: () => this.follow(true) }] })}</div>`;
    // Until the first screen's code is here nothing is missing yet.
    if (this.route === null && !this.lost) return loading();
    if (this.route === null) {
      return html`<div><h1 tabindex="-1">${t('not-found-title')}</h1><p>${t('not-found')}</p>${button({ label: t('not-found-home'), kind: 'primary', run: () => go('/') })}</div>`;
    }
    // The tag is one of our own registry, never data.
    const tag = unsafeStatic(this.route.tag);
    return html`${keyed(this.screenKey, staticHtml`<${tag} .params=${this.params}></${tag}>`)}`;
  }

  override render(): unknown {
    const { app } = this;
    if (app === null) {
      return gate(null, t('product'), this.failed
        ? errorPanel(this.failed, { actions: [{ label: t('try-again'), icon: 'refresh', kind: 'primary', run: () => this.ask() }] })
        : loading(t('starting')));
    }
    const problem = app.problem === null ? nothing : errorPanel(new AppError(app.problem));
    if (app.phase === 'first_start' && app.problem !== null) return gate(app, t('product'), html`${problem}${button({ label: t('try-again'), icon: 'refresh', run: () => this.ask() })}`);
    if (app.phase === 'first_start') return html`<sp-first-start .app=${app} @sp-enrolled=${() => void this.ask()}></sp-first-start><sp-toasts></sp-toasts>`;
    if (app.phase === 'locked' || app.phase === 'logged_out') {
      const locked = app.phase === 'locked';
      return html`${gate(app, t(locked ? 'lock-title' : 'login-title'), html`${problem}<sp-login .app=${app} .unlocking=${locked} @sp-entered=${(e: CustomEvent<AppState>) => this.entered(e.detail)}></sp-login>`)}<sp-toasts></sp-toasts>`;
    }
    return html`
      <div class="sp-app">
        <sp-topbar .app=${app} @sp-skip=${() => focusOn(this.querySelector('h1'))} @sp-search=${() => { this.palette = { text: '' }; }} @sp-passphrase=${() => { this.rekeying = true; }} @sp-lock=${() => this.lockNow()} @sp-logout=${() => void perform({ label: 'logout', run: () => this.logoutNow() })}></sp-topbar>
        <sp-menu .roleOf=${app.session?.role ?? 'operator'} .current=${this.route?.path ?? ''}></sp-menu>
        <main class="sp-main">${this.screen()}</main>
        <sp-footbar></sp-footbar>
        <sp-palette .open=${this.palette !== null} .text=${this.palette?.text ?? ''} .commands=${this.palette ? this.commands() : []} .search=${searchEverything} @sp-close=${() => { this.palette = null; }}></sp-palette>
        <sp-keys .open=${this.keys !== null} .actions=${this.keys ?? []} @sp-close=${() => { this.keys = null; }}></sp-keys>
        <sp-passphrase .open=${this.rekeying} @sp-close=${() => { this.rekeying = false; }}></sp-passphrase>
        ${keyed(app.session?.operator, html`<sp-confirm></sp-confirm>`)}
        <sp-toasts></sp-toasts>
      </div>
      <sp-lock ?locked=${this.locked} .app=${app} @sp-entered=${(e: CustomEvent<AppState>) => this.entered(e.detail)}></sp-lock>`;
  }
}
