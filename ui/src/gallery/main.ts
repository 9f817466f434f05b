// SPDX-License-Identifier: EUPL-1.2
// The gallery: every component with its states, alone. Its own entry: nothing of it is in the product.
// `galleria.html?vista=parti|app|login|dimenticata|recupero|frase|avvio|blocco|finestra|cerca|tasti|errore&lingua=en&tema=contrast&testo=200`
import 'bootstrap-italia/dist/css/bootstrap-italia.min.css';
import '../styles/index.css';
import { html, render } from 'lit';
import { prepareAnnouncer } from '../a11y.ts';
import { AppError, setTransport } from '../bridge.ts';
import { setDeskClock } from '../format.ts';
import { setLanguage } from '../i18n.ts';
import '../parts/chart.ts';
import '../parts/confirm.ts';
import { confirm } from '../parts/confirm.ts';
import '../parts/fields.ts';
import { installIcons } from '../parts/icons.ts';
import '../parts/progress.ts';
import '../parts/table.ts';
import type { Column } from '../parts/table.ts';
import { toast } from '../parts/toasts.ts';
import { alert, badge, button, empty, errorPanel, facts, figure, loading, pageHeader, section, timeline } from '../parts/views.ts';
import { addRoutes, EVERYBODY, SUPERVISION } from '../screens/registry.ts';
import { applySettings, measure } from '../settings.ts';
import '../shell/app.ts';
import { Screen } from '../parts/base.ts';
import { fake, READY } from './fake.ts';

interface Row {
  id: number;
  name: string;
  code: string;
  size: number;
  amount: number;
  state: 'waiting' | 'late' | 'served';
}
const NAMES = ['Rossi Maria', "D'Angelo Niccolò", 'Bianchi Àgata', 'Verdi Giovanni Battista', 'Esposito Anna', 'El Amrani Fatima', 'Hu Xiaoming', 'Della Corte Pier Paolo'];
const STATES = ['waiting', 'late', 'served'] as const;
const rows: Row[] = Array.from({ length: 61 }, (_, i) => ({
  id: i, name: NAMES[i % NAMES.length] ?? '', code: 'CCCFBA85D03L219P', size: 1 + (i % 6), amount: 15_000 + (i % 8) * 5000, state: STATES[i % 3] ?? 'waiting',
}));
const stateBadge = (s: Row['state']) => (s === 'waiting' ? badge('info', 'In attesa', 'clock') : s === 'late' ? badge('warning', 'In ritardo') : badge('success', 'Servito'));
const columns: Column<Row>[] = [
  { id: 'name', label: 'Intestatario', value: (r) => r.name },
  { id: 'code', label: 'Codice fiscale', value: (r) => r.code, cell: (r) => html`<span class="sp-mono">${r.code}</span>` },
  { id: 'size', label: 'Componenti', value: (r) => r.size, number: true },
  { id: 'amount', label: 'Importo', value: (r) => r.amount, cell: (r) => `${r.amount / 100},00 €`, export: (r) => r.amount / 100, number: true },
  { id: 'state', label: 'Stato', value: (r) => r.state, cell: (r) => stateBadge(r.state) },
];

class GalleryScreen extends Screen {
  override heading(): string {
    return 'Galleria dei componenti';
  }

  override actions() {
    return [
      { label: 'Chiama il prossimo', key: 'F2', icon: 'horn' as const, kind: 'primary' as const, run: () => toast({ text: 'Chiamata Rossi Maria.', undo: () => undefined }) },
      { label: 'Nuovo appuntamento', key: 'F4', icon: 'calendar' as const, run: () => undefined },
      { label: 'Non disponibile', disabled: true, run: () => undefined },
    ];
  }

  override render() {
    return html`
      ${pageHeader({ title: this.heading(), lead: 'Ogni componente con i suoi stati.', status: badge('info', 'Prova'), actions: this.actions(), back: { href: '#/galleria', label: 'Oggi' } })}
      <div class="sp-figures">${figure('7.000', 'Nuclei con diritto')}${figure('83,4 %', 'Serviti su presentati', badge('warning', 'Provvisorio'))}${figure('1.250,00 €', 'Consegnati oggi')}</div>
      ${section('Avvisi', html`
        ${alert({ tone: 'info', title: 'La lista è del 12/02/2021.', body: 'È già stata importata.' })}
        ${alert({ tone: 'success', title: 'Consegna registrata.', actions: [{ label: 'Ristampa la ricevuta', icon: 'print', run: () => undefined }] })}
        ${alert({ tone: 'warning', title: 'Il diritto è custodito da un\'altra postazione.', body: 'Chiedere la custodia, oppure inviare il nucleo al Quartiere 4.' })}
        ${errorPanel(new AppError({ code: 'unexpected', message: 'Il file non si può leggere.' }), { actions: [{ label: 'Riprova', icon: 'refresh', run: () => undefined }] })}
        <p>${badge('neutral', 'Non presentato')} ${badge('info', 'In attesa', 'clock')} ${badge('success', 'Servito')} ${badge('warning', 'In ritardo')} ${badge('danger', 'Rifiutato')}</p>
        ${loading()}`, { status: badge('neutral', '5'), actions: [{ label: 'Segna letti', icon: 'check', run: () => undefined }] })}
      <div class="sp-columns">
        ${section('Campi', html`<form novalidate>
          <sp-text .label=${'Nome e cognome'} .hint=${'Come sul documento'} required .value=${'Rossi Maria'}></sp-text>
          <sp-text .label=${'Codice fiscale'} mono required .value=${'CCCFBA85D03L219B'} .error=${'L\'ultimo carattere non corrisponde: controllare il codice sul documento.'}></sp-text>
          <sp-text type="password" .label=${'Frase segreta'} .value=${'segreta'} required></sp-text>
          <div class="sp-form-row"><sp-date .label=${'Data'} .value=${'2021-03-15'} required></sp-date><sp-time .label=${'Ora'} .value=${'09:30'} required></sp-time><sp-amount .label=${'Importo'} .value=${125_000}></sp-amount><sp-number .label=${'Buoni'} .value=${15} required></sp-number></div>
          <sp-select .label=${'Documento'} .options=${[{ value: 'ci', label: "Carta d'identità" }, { value: 'pa', label: 'Passaporto' }]} required></sp-select>
          <sp-radios .label=${'Chi ritira'} .options=${[{ value: 'i', label: 'Intestatario' }, { value: 'd', label: 'Delegato', hint: 'Con delega e i due documenti' }, { value: 'x', label: 'Non ammesso', disabled: true }]} .value=${'i'} required></sp-radios>
          <sp-textarea .label=${'Note'}></sp-textarea>
          <sp-check .label=${'La delega è stata consegnata'} required></sp-check>
          <sp-text .label=${'Disattivato'} disabled .value=${'Quartiere 2'} required></sp-text>
        </form>`)}
        ${section('Storia del nucleo', html`
          ${facts([['Intestatario', 'Rossi Maria'], ['Telefono', '055 123456'], ['Indirizzo', 'Via del Ponte 12/r'], ['Diritto', badge('info', 'Da servire')]])}
          ${timeline([
            { when: '15/03/2021 10:02', title: 'Consegna registrata: 300,00 €', by: 'Maria Rossi, Quartiere 2', tone: 'success' },
            { when: '15/03/2021 09:41', title: 'Presentata allo sportello', tone: 'info', icon: 'user' },
            { when: '02/03/2021 11:10', title: 'Mancata consegna: documento scaduto', tone: 'warning', body: html`<p class="sp-small">Torna il 15/03/2021 alle 09:30.</p>` },
            { when: '12/02/2021', title: 'Inserita dalla lista dei Servizi Sociali' }], 'Storia')}
          <sp-progress .label=${'Importazione in corso'} .done=${3512} .total=${7000} .cancel=${() => undefined}></sp-progress>
          <sp-progress .label=${'Prima sincronizzazione'} .done=${812}></sp-progress>
          ${empty('Nessun appuntamento per oggi.', [{ label: 'Prenota un appuntamento', icon: 'calendar', run: () => undefined }], 'calendar')}`)}
      </div>
      ${section('Elenco', html`<sp-table .caption=${'Nuclei di oggi'} .columns=${columns} .rows=${rows} .keyOf=${(r: Row) => String(r.id)} .open=${() => undefined} .save=${() => undefined} page-size="10"
        .order=${{ column: 'name', down: false }} .tone=${(r: Row) => (r.state === 'late' ? 'warning' : undefined)} .actions=${(r: Row) => button({ label: `Chiama ${r.name}`, icon: 'horn', kind: 'plain', run: () => undefined }, true)}></sp-table>`)}
      <sp-chart kind="bar" .caption=${'Consegne per settimana'} .labelName=${'Settimana'} .labels=${['1', '2', '3', '4', '5', '6']} .series=${[{ name: 'Serviti', values: [310, 420, 510, 480, 390, 120] }, { name: 'Presentati', values: [330, 450, 520, 500, 400, 160] }]}></sp-chart>
      <sp-chart kind="line" .caption=${'Serviti su presentati'} .labelName=${'Mese'} .labels=${['gen', 'feb', 'mar', 'apr']} .show=${(v: number) => `${v} %`} .target=${{ value: 100, name: 'Atteso 100 %' }} .series=${[{ name: 'Quartiere 1', values: [80, 88, 95, 99] }, { name: 'Quartiere 2', values: [70, null, 91, 97] }]}></sp-chart>`;
  }
}
customElements.define('sp-gallery', GalleryScreen);

const options = new URLSearchParams(location.search);
const view = options.get('vista') ?? 'parti';
/** Views in which nobody is in yet. */
const OUTSIDE = new Set(['login', 'dimenticata', 'recupero']);
const nowhere = (): Promise<void> => Promise.resolve();
addRoutes(
  { path: '/galleria', tag: 'sp-gallery', roles: EVERYBODY, load: nowhere, menu: { label: 'menu-desk', icon: 'calendar', group: 'desk' } },
  { path: '/altra', tag: 'sp-gallery', roles: SUPERVISION, load: nowhere, menu: { label: 'menu-supervision', icon: 'chart-line', group: 'supervision' } },
);

applySettings();
document.documentElement.dataset.theme = options.get('tema') ?? 'light';
document.documentElement.dataset.text = options.get('testo') ?? '100';
measure();
const language = options.get('lingua') === 'en' ? 'en' : 'it';
setLanguage(language);
setDeskClock(Date.parse('2021-03-15T09:00:00Z'));
installIcons();
prepareAnnouncer();
const old = { last_sync: Date.parse('2021-03-11T09:00:00Z'), online: false, waiting: 1234, concern: 'error' };
setTransport(
  view === 'avvio' ? fake({ ...READY, phase: 'first_start', office: null, site: null, desk: null, session: null, language })
    : OUTSIDE.has(view) ? fake({ ...READY, phase: 'logged_out', language, session: null })
    : fake({ ...READY, language }, view === 'errore' ? old : {}),
);
if (view !== 'avvio' && !OUTSIDE.has(view)) location.hash = '#/galleria';
render(html`<sp-app></sp-app>`, document.body);

/** A recovery key of another desk: what is then told. */
async function tryTheKey(): Promise<void> {
  const typed: [string, string][] = [['username', 'm.rossi'], ['key', 'AGE-SECRET-KEY-1QQPQY9QSZ0V3H4J5K6L7M8NPRSTUV'], ['passphrase', 'quattro parole a caso'], ['again', 'quattro parole a caso']];
  for (const [name, text] of typed) {
    const input = document.querySelector<HTMLInputElement>(`sp-forgotten [name=${name}] input`);
    if (input === null) continue;
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await Promise.resolve();
  }
  document.querySelector('sp-forgotten form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
}

const key = (name: string, init: KeyboardEventInit = {}): unknown => window.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...init }));
setTimeout(() => {
  if (view === 'blocco') key('l', { ctrlKey: true });
  if (view === 'cerca') key('k', { ctrlKey: true });
  if (view === 'tasti') key('F1');
  if (view === 'finestra') void confirm({ title: "Annullare l'appuntamento?", consequence: 'La fascia delle 09:30 torna libera. Il nucleo dovrà prenotare di nuovo.', confirm: 'Annulla appuntamento', danger: true, reason: { label: 'Motivo' } });
  if (view === 'frase') document.querySelector<HTMLButtonElement>('[data-testid=own-passphrase]')?.click();
  if (view === 'dimenticata' || view === 'recupero') document.querySelector<HTMLButtonElement>('[data-testid=login-forgotten]')?.click();
  if (view === 'recupero') setTimeout(() => void tryTheKey(), 50);
  if (view === 'calendario') document.querySelector<HTMLButtonElement>('sp-date .sp-icon-button')?.click();
  if (view === 'avviso') {
    toast({ text: 'Chiamata Rossi Maria.', undo: () => undefined });
    toast({ tone: 'danger', text: 'La ricevuta non si è stampata. La consegna è registrata.', detail: 'Controllare la stampante e premere Ristampa.' });
  }
  document.documentElement.dataset.ready = 'true';
}, 400);
