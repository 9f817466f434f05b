// SPDX-License-Identifier: EUPL-1.2
// Builds the screens over the invented office, photographs them in Chromium under the window's CSP and asks axe.
// node scripts/look-screens.mjs [folder] [only this screen]; LOOKS=1 only the light theme; what else can be set stands in eye.mjs.
import { join } from 'node:path';
import { openEye, root } from './eye.mjs';

const only = process.argv[3];
const dist = join(root, 'node_modules/.cache/gallery-screens');
const eye = await openEye({
  html: 'schermate.html',
  dist,
  pictures: process.argv[2] ?? join(root, 'node_modules/.cache/screens'),
  options: { mode: 'gallery', build: { outDir: dist, rolldownOptions: { input: 'schermate.html' } } },
});

const LIST = { name: 'elenco_febbraio.csv', mimeType: 'text/csv', buffer: Buffer.from('Cognome;Nome\nRossi;Maria\n') };
const SHEET = { name: 'peg-2021_Z105.txt', mimeType: 'text/plain', buffer: Buffer.from('2021_Z105 Implementazione') };
const click = (selector) => (page) => page.locator(selector).first().click();
/** @type {[string, string, string?, ((page: import('playwright-core').Page) => Promise<void>)?][]} name, address, more of the query, what to do before the picture */
const ALL = [
  ['cruscotto', '/cruscotto'],
  ['cruscotto-vuoto', '/cruscotto?campagna=0193b1a0-0004-7000-8000-000000000002'],
  ['cruscotto-senza-campagna', '/cruscotto', 'caso=bare'],
  ['cruscotto-esporta', '/cruscotto', '', (page) => page.keyboard.press('F6')],
  ['statistiche', '/statistiche?da=2021-03-01&a=2021-03-14'],
  ['statistiche-ora', '/statistiche?da=2021-03-12&a=2021-03-12'],
  ['statistiche-servizio', '/statistiche?da=2021-03-01&a=2021-03-14&per=service'],
  ['statistiche-sede', '/statistiche?da=2021-03-01&a=2021-03-14&per=site'],
  ['statistiche-vuote', '/statistiche', 'caso=bare'],
  ['statistiche-esporta', '/statistiche', '', (page) => page.keyboard.press('F6')],
  ['anomalie', '/anomalie'],
  ['anomalie-vuote', '/anomalie', 'caso=bare'],
  ['anomalie-decise', '/anomalie?quali=decided'],
  ['anomalia', '/anomalie/0193b1a0-0010-7000-8000-000000000001'],
  ['anomalia-affidata', '/anomalie/0193b1a0-0010-7000-8000-000000000002'],
  ['anomalia-firma', '/anomalie/0193b1a0-0010-7000-8000-000000000003'],
  ['anomalia-discorde', '/anomalie/0193b1a0-0010-7000-8000-000000000004'],
  ['anomalia-conta', '/anomalie/0193b1a0-0010-7000-8000-000000000005'],
  ['anomalia-nuclei', '/anomalie/0193b1a0-0010-7000-8000-000000000006'],
  ['anomalia-tardive', '/anomalie/0193b1a0-0010-7000-8000-000000000008'],
  ['anomalia-decisa', '/anomalie/0193b1a0-0010-7000-8000-000000000010'],
  ['anomalia-rimediata', '/anomalie/0193b1a0-0010-7000-8000-000000000011'],
  ['rendiconto', '/rendiconto'],
  ['rendiconto-non-torna', '/rendiconto', 'caso=troubled'],
  ['rendiconto-voce', '/rendiconto/0193b1a0-0004-7000-8000-000000000001/deliveries?giorno=2021-03-12'],
  ['telefonate', '/telefonate/0193b1a0-0004-7000-8000-000000000001'],
  ['telefonate-vuote', '/telefonate/0193b1a0-0004-7000-8000-000000000001', 'caso=bare'],
  ['telefonate-estrai', '/telefonate/0193b1a0-0004-7000-8000-000000000001', '', click('[data-testid=draw-sample]')],
  ['campione', '/campione/0193b1a0-0019-7000-8000-000000000001'],
  ['campione-esito', '/campione/0193b1a0-0019-7000-8000-000000000001', '', click('[data-testid=call-next]')],
  ['piani', '/piano'],
  ['piani-vuoti', '/piano', 'caso=bare'],
  ['piani-letta', '/piano', '', async (page) => { await page.setInputFiles('#plan-file', SHEET); await page.waitForSelector('[data-testid=plan-reading]'); }],
  ['piani-non-letta', '/piano', 'caso=bare', async (page) => { await page.setInputFiles('#plan-file', SHEET); await page.waitForSelector('[data-testid=plan-reading]'); }],
  ['piano', '/piano/0193b1a0-0024-7000-8000-000000000001'],
  ['piano-annota', '/piano/0193b1a0-0024-7000-8000-000000000001', '', click('[data-testid=note-phase-2]')],
  ['piano-fonte', '/piano/0193b1a0-0024-7000-8000-000000000001', '', click('[data-testid=bind-phase-1]')],
  ['importazioni', '/importazioni'],
  ['importazioni-anteprima', '/importazioni', '', (page) => page.setInputFiles('#import-file', LIST)],
  ['importazioni-conferma', '/importazioni', '', async (page) => { await page.setInputFiles('#import-file', LIST); await page.waitForSelector('[data-testid=import-preview]'); await page.keyboard.press('F2'); }],
  ['importazioni-fatta', '/importazioni', '', async (page) => { await page.setInputFiles('#import-file', LIST); await page.waitForSelector('[data-testid=import-preview]'); await page.keyboard.press('F2'); await page.waitForSelector('dialog[open] .btn-primary'); await page.click('dialog[open] .btn-primary'); }],
  ['postazioni', '/postazioni'],
  ['postazioni-subentro', '/postazioni', '', click('[data-testid^=relief-]')],
  ['postazioni-chiave', '/postazioni', '', click('[data-testid=change-key]')],
  ['postazioni-chiave-cambiata', '/postazioni', '', async (page) => { await page.click('[data-testid=change-key]'); await page.click('[data-testid=key-rotate]'); await page.waitForSelector('[data-testid=key-close]'); }],
  ['postazioni-sostituire', '/postazioni', '', click('[data-testid^=replace-]')],
  ['postazioni-codice', '/postazioni', '', async (page) => { await page.locator('[data-testid^=replace-]').first().click(); await page.check('sp-replacement-dialog input[type=checkbox]', { force: true }); await page.click('[data-testid=rep-save]'); await page.waitForSelector('[data-testid=replacement-code]'); }],
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
  ['operatori-frase', '/operatori', '', click('[data-testid=new-passphrase]')],
  ['campagne', '/campagne'],
  ['campagna', '/campagne/0193b1a0-0004-7000-8000-000000000001'],
  ['campagna-nuova', '/campagne/nuova'],
  ['servizi', '/servizi'],
  ['servizio', '/servizi/0193b1a0-0005-7000-8000-000000000001'],
  ['servizio-sospeso', '/servizi/0193b1a0-0005-7000-8000-000000000002'],
  ['servizio-nuovo', '/servizi/nuovo', '', (page) => page.keyboard.press('F2')],
  ['orari', '/orari'],
  ['orari-impatto', '/orari', '', async (page) => { await page.getByTestId('add-closure').click(); const row = page.getByTestId('closure').last(); await row.locator('input').first().fill('16/03/2021'); await row.locator('input').nth(4).fill('Sciopero'); await row.locator('input').nth(1).fill('16/03/2021'); await page.keyboard.press('F2'); await page.getByTestId('impact').waitFor(); }],
  ['orari-mancano', '/orari', 'caso=bare'],
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

for (const [view, address, more = '', prepare] of VIEWS) {
  for (const [theme, text] of LOOKS) {
    const name = `${view}-${theme}-${text}`;
    const page = await eye.open(name, `?tema=${theme}&testo=${text}&${more}#${address}`);
    await page.waitForSelector('html[data-ready]');
    try {
      await prepare?.(page);
    } catch (e) {
      eye.complain(`${name}: ${e.message}`);
    }
    await page.waitForTimeout(250);
    await eye.judge(name, page, true);
  }
}
await eye.end(`${VIEWS.length * LOOKS.length} pages`);
