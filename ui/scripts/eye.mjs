// SPDX-License-Identifier: EUPL-1.2
// What the scripts that look at pages share: the pages are built, served under the window's strict CSP, opened in Chromium,
// photographed, and axe is asked. CHROMIUM names another browser, PORT a port to serve at; with SERVE=1 they are only served.
import { createReadStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';

/** Where the pages' own files are. */
export const root = new URL('..', import.meta.url).pathname;

const CSP = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Builds `html` with these options of Vite into `dist`, serves it and opens a browser. `open` shows an address of it, `judge` takes
 * the picture and says what the eye and axe find, `end` closes everything and the program.
 */
export async function openEye({ html, dist, pictures, options }) {
  mkdirSync(pictures, { recursive: true });
  await build({ root, logLevel: 'warn', ...options });
  const server = createServer((request, response) => {
    const file = join(dist, normalize(new URL(request.url, 'http://x').pathname));
    if (!file.startsWith(dist) || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': CSP });
    return createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${server.address().port}/${html}`;
  if (process.env.SERVE) {
    process.stdout.write(`${base}\n`);
    await new Promise(() => {});
  }
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  let bad = 0;
  const complain = (text) => {
    bad += 1;
    process.stdout.write(`${text}\n`);
  };

  async function open(name, address) {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    page.on('pageerror', (e) => complain(`${name}: ${e.message}`));
    page.on('console', (m) => { if (m.type() === 'error') complain(`${name}: ${m.text()}`); });
    await page.goto(`${base}${address}`);
    return page;
  }

  /** `whole`: a second picture, of all of a page that scrolls. */
  async function judge(name, page, whole) {
    await page.screenshot({ path: join(pictures, `${name}.png`) });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) complain(`${name}: the page scrolls sideways by ${wide} px`);
    // For the eye: the part that scrolls is made as tall as it is.
    const height = await page.evaluate(() => Math.max((document.querySelector('.sp-main')?.scrollHeight ?? 0) + 140, document.documentElement.scrollHeight));
    if (whole && height > 780) {
      await page.setViewportSize({ width: 1366, height: Math.min(height, 9000) });
      await page.screenshot({ path: join(pictures, `${name}-whole.png`) });
    }
    await page.evaluate(axe);
    const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), TAGS);
    for (const v of violations) complain(`${name}: ${v.id} (${v.impact}): ${v.help}\n${v.nodes.slice(0, 4).map((n) => `    ${n.html.slice(0, 200)}\n    ${n.failureSummary?.split('\n').slice(1, 2).join('') ?? ''}`).join('\n')}`);
    await page.close();
  }

  async function end(what) {
    await browser.close();
    server.close();
    process.stdout.write(bad === 0 ? `axe and the eye: ${what}, nothing found; pictures in ${pictures}\n` : `${bad} problems\n`);
    process.exit(bad === 0 ? 0 : 1);
  }

  return { complain, open, judge, end };
}
