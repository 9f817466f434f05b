// SPDX-License-Identifier: EUPL-1.2
// Builds the screens over the invented office, photographs them in Chromium under the window's CSP and asks axe.
// node scripts/look-screens.mjs [folder] [only this screen]; CHROMIUM names another browser; LOOKS=1 only the light theme.
import { createReadStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const root = new URL('..', import.meta.url).pathname;
const pictures = process.argv[2] ?? join(root, 'node_modules/.cache/screens');
const only = process.argv[3];
mkdirSync(pictures, { recursive: true });
const dist = join(root, 'node_modules/.cache/gallery-screens');
await build({ root, mode: 'gallery', logLevel: 'warn', build: { outDir: dist, rolldownOptions: { input: 'schermate.html' } } });

const CSP = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };
const server = createServer((request, response) => {
  const file = join(dist, normalize(new URL(request.url, 'http://x').pathname));
  if (!file.startsWith(dist) || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': CSP });
  return createReadStream(file).pipe(response);
});
await new Promise((resolve) => server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}/schermate.html`;

const LIST = { name: 'elenco_febbraio.csv', mimeType: 'text/csv', buffer: Buffer.from('Cognome;Nome\nRossi;Maria\n') };
const click = (selector) => (page) => page.locator(selector).first().click();
/** @type {[string, string, string?, ((page: import('playwright-core').Page) => Promise<void>)?][]} name, address, more of the query, what to do before the picture */
const ALL = [
  ['cruscotto', '/cruscotto'],
  ['cruscotto-vuoto', '/cruscotto?campagna=0193b1a0-0004-7000-8000-000000000002'],
  ['cruscotto-senza-campagna', '/cruscotto', 'caso=bare'],
  ['cruscotto-esporta', '/cruscotto', '', (page) => page.keyboard.press('F6')],
  ['anomalie', '/anomalie'],
  ['anomalie-vuote', '/anomalie', 'caso=bare'],
  ['anomalia', '/anomalie/0193b1a0-0010-7000-8000-000000000001'],
  ['anomalia-buoni', '/anomalie/0193b1a0-0010-7000-8000-000000000005'],
  ['anomalia-subentro', '/anomalie/0193b1a0-0010-7000-8000-000000000006'],
  ['anomalia-decisa', '/anomalie/0193b1a0-0010-7000-8000-000000000004'],
  ['importazioni', '/importazioni'],
  ['importazioni-anteprima', '/importazioni', '', (page) => page.setInputFiles('#import-file', LIST)],
  ['importazioni-conferma', '/importazioni', '', async (page) => { await page.setInputFiles('#import-file', LIST); await page.waitForSelector('[data-testid=import-preview]'); await page.keyboard.press('F2'); }],
  ['importazioni-fatta', '/importazioni', '', async (page) => { await page.setInputFiles('#import-file', LIST); await page.waitForSelector('[data-testid=import-preview]'); await page.keyboard.press('F2'); await page.waitForSelector('dialog[open] .btn-primary'); await page.click('dialog[open] .btn-primary'); }],
  ['postazioni', '/postazioni'],
  ['postazioni-subentro', '/postazioni', '', click('[data-testid^=relief-]')],
  ['scambi', '/scambi'],
  ['scambi-guai', '/scambi', 'caso=troubled'],
  ['scambi-vuoti', '/scambi', 'caso=bare'],
  ['scambi-scrivere', '/scambi', '', click('[data-testid=bundle-write]')],
  ['scambi-scritta', '/scambi', '', async (page) => { await page.click('[data-testid=bundle-write]'); await page.click('[data-testid=bundle-save]'); await page.waitForSelector('[data-testid=bundle-written]'); }],
  ['scambi-letta', '/scambi', '', async (page) => { await page.click('[data-testid=bundle-read]'); await page.waitForSelector('[data-testid=bundle-taken]'); }],
  ['scambi-letta-in-parte', '/scambi', 'caso=troubled', async (page) => { await page.click('[data-testid=bundle-read]'); await page.waitForSelector('[data-testid=bundle-taken]'); }],
  ['operatori', '/operatori'],
  ['operatori-nuovo', '/operatori', '', (page) => page.keyboard.press('F2')],
  ['operatori-modifica', '/operatori', '', click('tbody .sp-row-open')],
  ['campagne', '/campagne'],
  ['campagna', '/campagne/0193b1a0-0004-7000-8000-000000000001'],
  ['campagna-nuova', '/campagne/nuova'],
  ['servizi', '/servizi'],
  ['servizio', '/servizi/0193b1a0-0005-7000-8000-000000000001'],
  ['servizio-nuovo', '/servizi/nuovo', '', (page) => page.keyboard.press('F2')],
  ['sedi', '/sedi'],
  ['sedi-modifica', '/sedi', '', click('tbody .sp-row-open')],
  ['nuovo-nucleo', '/nuovo-nucleo', '', (page) => page.keyboard.press('F2')],
  ['nucleo', '/nucleo/0193b1a0-0006-7000-8000-000000000001'],
  ['nucleo-importo', '/nucleo/0193b1a0-0006-7000-8000-000000000001', '', click('[data-testid=revise]')],
  ['nucleo-altrove', '/nucleo/0193b1a0-0006-7000-8000-000000000001', '', click('[data-testid=move-custody]')],
  ['nucleo-revoca', '/nucleo/0193b1a0-0006-7000-8000-000000000001', '', click('[data-testid=revoke]')],
  ['nucleo-subentro', '/nucleo/0193b1a0-0006-7000-8000-000000000002', '', click('[data-testid=relieve]')],
  ['correggi', '/correggi/0193b1a0-0006-7000-8000-000000000001'],
];
const VIEWS = ALL.filter(([name]) => only === undefined || name.startsWith(only));
const LOOKS = process.env.LOOKS === '1' ? [['light', 100]] : [['light', 100], ['contrast', 100], ['light', 200]];

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
let bad = 0;
const complain = (text) => {
  bad += 1;
  process.stdout.write(`${text}\n`);
};
for (const [view, address, more = '', prepare] of VIEWS) {
  for (const [theme, text] of LOOKS) {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    const name = `${view}-${theme}-${text}`;
    page.on('pageerror', (e) => complain(`${name}: ${e.message}`));
    page.on('console', (m) => { if (m.type() === 'error') complain(`${name}: ${m.text()}`); });
    await page.goto(`${base}?tema=${theme}&testo=${text}&${more}#${address}`);
    await page.waitForSelector('html[data-ready]');
    try {
      await prepare?.(page);
    } catch (e) {
      complain(`${name}: ${e.message}`);
    }
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) complain(`${name}: the page scrolls sideways by ${wide} px`);
    // The whole page, for the eye: the part that scrolls is made as tall as it is.
    const height = await page.evaluate(() => Math.max((document.querySelector('.sp-main')?.scrollHeight ?? 0) + 140, document.documentElement.scrollHeight));
    if (height > 780) {
      await page.setViewportSize({ width: 1366, height: Math.min(height, 6000) });
      await page.screenshot({ path: join(pictures, `${name}-whole.png`) });
    }
    await page.evaluate(axe);
    const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), TAGS);
    for (const v of violations) complain(`${name}: ${v.id} (${v.impact}): ${v.help}\n${v.nodes.slice(0, 4).map((n) => `    ${n.html.slice(0, 160)}\n    ${n.failureSummary?.split('\n').slice(1, 2).join('') ?? ''}`).join('\n')}`);
    await page.close();
  }
}
await browser.close();
server.close();
process.stdout.write(bad === 0 ? `axe and the eye: ${VIEWS.length * LOOKS.length} pages, nothing found; pictures in ${pictures}\n` : `${bad} problems\n`);
process.exit(bad === 0 ? 0 : 1);
