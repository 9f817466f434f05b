// SPDX-License-Identifier: EUPL-1.2
// Builds the gallery, serves it with the strict CSP of the window, photographs it in Chromium and asks axe.
// node scripts/look.mjs [folder for the pictures] [view]; CHROMIUM names another browser.
import { createReadStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const root = new URL('..', import.meta.url).pathname;
const pictures = process.argv[2] ?? join(root, 'node_modules/.cache/pictures');
mkdirSync(pictures, { recursive: true });
await build({ root, mode: 'gallery', logLevel: 'warn' });

const CSP = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };
const dist = join(root, 'node_modules/.cache/gallery');
const server = createServer((request, response) => {
  const file = join(dist, normalize(new URL(request.url, 'http://x').pathname));
  if (!file.startsWith(dist) || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': CSP });
  return createReadStream(file).pipe(response);
});
await new Promise((resolve) => server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', resolve));
const base = `http://127.0.0.1:${server.address().port}/galleria.html`;
if (process.env.SERVE) {
  process.stdout.write(`${base}\n`);
  await new Promise(() => {});
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const ALL = ['parti', 'login', 'dimenticata', 'recupero', 'frase', 'avvio', 'blocco', 'finestra', 'cerca', 'tasti', 'calendario', 'avviso', 'errore'];
const VIEWS = process.argv[3] === undefined ? ALL : ALL.filter((view) => view === process.argv[3]);
const LOOKS = [['light', 100], ['contrast', 100], ['light', 200], ['contrast', 200]];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
let bad = 0;
const complain = (text) => {
  bad += 1;
  process.stdout.write(`${text}\n`);
};
for (const view of VIEWS) {
  for (const [theme, text] of LOOKS) {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    const name = `${view}-${theme}-${text}`;
    page.on('pageerror', (e) => complain(`${name}: ${e.message}`));
    page.on('console', (m) => { if (m.type() === 'error') complain(`${name}: ${m.text()}`); });
    await page.goto(`${base}?vista=${view}&tema=${theme}&testo=${text}`);
    await page.waitForSelector('html[data-ready]');
    await page.waitForTimeout(150);
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    if (view === 'parti') {
      // The whole page, for the eye: the part that scrolls is made as tall as it is.
      const height = await page.evaluate(() => Math.max(document.querySelector('.sp-main').scrollHeight + 140, document.documentElement.scrollHeight));
      await page.setViewportSize({ width: 1366, height: Math.min(height, 9000) });
      await page.screenshot({ path: join(pictures, `${name}-whole.png`) });
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) complain(`${name}: the page scrolls sideways by ${wide} px`);
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
