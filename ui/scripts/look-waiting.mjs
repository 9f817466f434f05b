// SPDX-License-Identifier: EUPL-1.2
// Builds the waiting room's screen over the desk in memory, photographs it in Chromium at the sizes of screens and asks axe.
// node scripts/look-waiting.mjs [folder for the pictures]; what else can be set stands in eye.mjs.
import { join } from 'node:path';
import { openEye, root } from './eye.mjs';

const dist = join(root, 'node_modules/.cache/waiting');
const eye = await openEye({
  html: 'attesa.html',
  dist,
  pictures: process.argv[2] ?? join(root, 'node_modules/.cache/pictures-waiting'),
  options: { build: { outDir: dist, emptyOutDir: true, rolldownOptions: { input: join(root, 'attesa.html') } } },
});
const SIZES = [[1366, 768], [1920, 1080], [1080, 1920]];
const CASES = ['', 'chiamata', 'molti', 'nessuno', 'bloccato'];

for (const which of CASES) {
  for (const [width, height] of SIZES) {
    for (const language of width === 1366 ? ['it', 'en'] : ['it']) {
      const name = `attesa${which === '' ? '' : `-${which}`}-${width}x${height}${language === 'en' ? '-en' : ''}`;
      const page = await eye.open(name, `?caso=${which}#/attesa?lingua=${language}`);
      await page.setViewportSize({ width, height });
      await page.waitForSelector('[data-testid=display-clock]');
      // The call comes with the next question of the page.
      await page.waitForTimeout(which === 'chiamata' ? 5800 : 600);
      if (which === 'chiamata' && (await page.locator('.sp-call-new').count()) !== 1) eye.complain(`${name}: the new call is not marked`);
      const cut = await page.evaluate(() => ['.sp-display-now', '.sp-display-before', '.sp-display'].filter((s) => { const e = document.querySelector(s); return e !== null && (e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2); }));
      if (cut.length > 0) eye.complain(`${name}: does not fit: ${cut.join(', ')}`);
      await eye.judge(name, page, false);
    }
  }
}
await eye.end('the waiting room');
