// SPDX-License-Identifier: EUPL-1.2
// Builds the operator's screens over the desk in memory, walks through them with the keyboard, photographs each scene in Chromium
// and asks axe. node scripts/look-desk.mjs [folder for the pictures] [scenes, comma separated]; SERVE=1 only serves.
import { createReadStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const root = new URL('..', import.meta.url).pathname;
const pictures = process.argv[2] ?? join(root, 'node_modules/.cache/pictures-desk');
const only = process.argv[3]?.split(',');
mkdirSync(pictures, { recursive: true });
// Served and walked at once, the two do not take the ground from under each other.
const dist = join(root, 'node_modules/.cache', process.env.SERVE ? 'desk-served' : 'desk');
await build({ root, logLevel: 'warn', build: { outDir: dist, emptyOutDir: true, rolldownOptions: { input: join(root, 'operatore.html') } } });

const CSP = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };
const server = createServer((request, response) => {
  const file = join(dist, normalize(new URL(request.url, 'http://x').pathname));
  if (!file.startsWith(dist) || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': CSP });
  return createReadStream(file).pipe(response);
});
await new Promise((resolve) => server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}/operatore.html`;
if (process.env.SERVE) {
  process.stdout.write(`${base}\n`);
  await new Promise(() => {});
}

const id = (n) => `0193b1a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
/** A person's pace: a scanner types faster. */
const type = async (page, text) => page.keyboard.type(text, { delay: 70 });
const press = async (page, ...keys) => {
  for (const key of keys) {
    await page.waitForTimeout(120);
    await page.keyboard.press(key);
  }
  await page.waitForTimeout(150);
};
const toVouchers = async (page) => {
  await type(page, 'CA55443BB');
  await press(page, 'Enter');
};
const toSummary = async (page) => {
  await toVouchers(page);
  await press(page, 'F6', 'F9');
};

/** Name, address, and what is done there.
 * @type {[string, string, ((page: import('playwright-core').Page) => Promise<void>)?][]} */
const SCENES = [
  ['oggi', '/oggi'],
  ['oggi-cerca', '/oggi', async (page) => { await page.locator('#oggi-who').focus(); await type(page, 'gjo'); }],
  ['oggi-chiama', '/oggi', async (page) => press(page, 'F2')],
  ['oggi-sospeso', '/oggi', async (page) => { await press(page, 'F2'); await press(page, 'F6'); }],
  ['palette', '/oggi', async (page) => { await press(page, 'Control+k'); await type(page, 'ros'); await page.waitForTimeout(300); }],
  ['ricerca', '/ricerca?q=via'],
  ['ricerca-vuota', '/ricerca'],
  ['nucleo', `/nucleo/${id(104)}`],
  ['nucleo-servito', `/nucleo/${id(101)}`],
  ['nucleo-altrove', `/nucleo/${id(110)}`],
  ['nucleo-promemoria', `/nucleo/${id(106)}?appuntamento=${id(307)}`],
  ['nucleo-prenota', `/nucleo/${id(113)}`, async (page) => press(page, 'F4')],
  ['nucleo-sposta', `/nucleo/${id(106)}`, async (page) => { await page.getByTestId('move').first().click(); await page.waitForTimeout(200); }],
  ['nucleo-recapiti', `/nucleo/${id(103)}`, async (page) => press(page, 'F7')],
  ['nucleo-storno', `/nucleo/${id(104)}`, async (page) => { await page.getByTestId('reverse').first().click(); await page.waitForTimeout(200); }],
  ['nucleo-affida', `/nucleo/${id(104)}`, async (page) => { await page.getByTestId('slip-hand').first().click(); await page.waitForTimeout(200); }],
  ['nucleo-tagliando', `/nucleo/${id(105)}`, async (page) => { await page.getByTestId('slip-hand').first().click(); await page.locator('dialog[open] select').selectOption({ index: 1 }); await press(page, 'F2'); await page.getByTestId('slip-code').waitFor(); }],
  ['nucleo-ricevi', `/nucleo/${id(110)}`, async (page) => { await page.getByTestId('slip-take').first().click(); await page.waitForTimeout(200); }],
  ['nucleo-ricevi-errato', `/nucleo/${id(110)}`, async (page) => { await page.getByTestId('slip-take').first().click(); await type(page, '15VQW'); await press(page, 'Enter'); await page.waitForTimeout(200); }],
  ['consegna-chi', `/consegna/${id(200)}`],
  ['consegna-delega', `/consegna/${id(200)}`, async (page) => { await page.getByText('Una persona con delega').click(); await page.waitForTimeout(150); }],
  ['consegna-manca', `/consegna/${id(200)}`, async (page) => press(page, 'F9')],
  ['consegna-buoni', `/consegna/${id(200)}`, async (page) => { await toVouchers(page); await type(page, 'AB1001026'); await page.waitForTimeout(60); await press(page, 'Enter'); await type(page, '10'); await press(page, 'Enter'); }],
  ['consegna-riepilogo', `/consegna/${id(200)}`, toSummary],
  ['consegna-parziale', `/consegna/${id(200)}`, async (page) => { await toVouchers(page); await type(page, 'AB1001026'); await page.waitForTimeout(60); await press(page, 'Enter'); await type(page, '10'); await press(page, 'Enter', 'F9', 'F9'); }],
  ['consegna-forzata', `/consegna/${id(210)}`, toSummary],
  ['consegna-fatta', `/consegna/${id(200)}`, async (page) => { await toSummary(page); await press(page, 'F9'); await page.waitForTimeout(300); }],
  ['consegna-mancata', `/consegna/${id(200)}`, async (page) => press(page, 'F8')],
  ['consegna-servito', `/consegna/${id(201)}`],
  ['consegna-ripresa', `/consegna/${id(207)}`],
  ['agenda', '/agenda'],
  ['agenda-settimana', '/agenda?vista=settimana'],
  ['agenda-prenota', '/agenda?giorno=2021-03-16', async (page) => { await press(page, 'F4'); await type(page, 'berti'); await page.waitForTimeout(300); }],
  ['agenda-prenotato', `/nucleo/${id(113)}`, async (page) => { await press(page, 'F4'); await press(page, 'Enter'); await page.waitForTimeout(300); }],
  ['magazzino', '/magazzino'],
  ['magazzino-ricevi', '/magazzino', async (page) => { await press(page, 'F4'); await type(page, 'AB2000001'); await page.waitForTimeout(60); await press(page, 'Enter'); await type(page, 'AB2000050'); await page.waitForTimeout(60); await press(page, 'Enter'); }],
  ['magazzino-togli', '/magazzino', async (page) => press(page, 'F8')],
];
const LOOKS = process.env.LOOKS === 'one' ? [['light', 100, 'it']] : [['light', 100, 'it'], ['contrast', 100, 'it'], ['light', 200, 'it'], ['contrast', 200, 'it'], ['light', 100, 'en']];

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
let bad = 0;
const complain = (text) => {
  bad += 1;
  process.stdout.write(`${text}\n`);
};
const scenes = SCENES.filter(([name]) => only === undefined || only.some((o) => name.startsWith(o)));
for (const [scene, path, act] of scenes) {
  for (const [theme, text, language] of LOOKS) {
    if (language === 'en' && act !== undefined && scene.includes('delega')) continue; // this scene points at Italian words
    const name = `${scene}-${theme}-${text}${language === 'en' ? '-en' : ''}`;
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    page.setDefaultTimeout(5000);
    page.on('pageerror', (e) => complain(`${name}: ${e.message}`));
    page.on('console', (m) => { if (m.type() === 'error') complain(`${name}: ${m.text()}`); });
    await page.goto(`${base}?tema=${theme}&testo=${text}&lingua=${language}#${path}`);
    await page.waitForSelector('.sp-main h1');
    await page.waitForTimeout(350);
    try {
      await act?.(page);
    } catch (thrown) {
      complain(`${name}: ${String(thrown).split('\n')[0]}`);
    }
    await page.waitForTimeout(150);
    if (await page.evaluate(() => document.activeElement === document.body)) complain(`${name}: the focus is nowhere`);
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) complain(`${name}: the page scrolls sideways by ${wide} px`);
    if (text === 100 && theme === 'light' && language === 'it') {
      const height = await page.evaluate(() => (document.querySelector('.sp-main')?.scrollHeight ?? 0) + 140);
      if (height > 780) {
        await page.setViewportSize({ width: 1366, height: Math.min(height, 4000) });
        await page.screenshot({ path: join(pictures, `${name}-whole.png`) });
      }
    }
    await page.evaluate(axe);
    const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), TAGS);
    for (const v of violations) complain(`${name}: ${v.id} (${v.impact}): ${v.help}\n${v.nodes.slice(0, 3).map((n) => `    ${n.html.slice(0, 200)}\n    ${n.failureSummary?.split('\n').slice(1, 2).join('') ?? ''}`).join('\n')}`);
    await page.close();
  }
}
await browser.close();
server.close();
process.stdout.write(bad === 0 ? `axe and the eye: ${scenes.length} scenes, nothing found; pictures in ${pictures}\n` : `${bad} problems\n`);
process.exit(bad === 0 ? 0 : 1);
