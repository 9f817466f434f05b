// SPDX-License-Identifier: EUPL-1.2
// Builds the gallery, serves it with the strict CSP of the window, photographs it in Chromium and asks axe.
// node scripts/look.mjs [folder for the pictures] [view]; what else can be set stands in eye.mjs.
import { join } from 'node:path';
import { openEye, root } from './eye.mjs';

const eye = await openEye({
  html: 'galleria.html',
  dist: join(root, 'node_modules/.cache/gallery'),
  pictures: process.argv[2] ?? join(root, 'node_modules/.cache/pictures'),
  options: { mode: 'gallery' },
});
const ALL = ['parti', 'login', 'dimenticata', 'recupero', 'frase', 'avvio', 'blocco', 'finestra', 'cerca', 'tasti', 'calendario', 'avviso', 'errore'];
const VIEWS = process.argv[3] === undefined ? ALL : ALL.filter((view) => view === process.argv[3]);
const LOOKS = [['light', 100], ['contrast', 100], ['light', 200], ['contrast', 200]];

for (const view of VIEWS) {
  for (const [theme, text] of LOOKS) {
    const name = `${view}-${theme}-${text}`;
    const page = await eye.open(name, `?vista=${view}&tema=${theme}&testo=${text}`);
    await page.waitForSelector('html[data-ready]');
    await page.waitForTimeout(150);
    await eye.judge(name, page, view === 'parti');
  }
}
await eye.end(`${VIEWS.length * LOOKS.length} pages`);
