// SPDX-License-Identifier: EUPL-1.2
// The operator's screens over a desk in memory: `operatore.html?tema=contrast&testo=200&lingua=en#/oggi`. Its own entry: nothing of
// it is in the product.
import 'bootstrap-italia/dist/css/bootstrap-italia.min.css';
import '../styles/index.css';
import { html, render } from 'lit';
import { prepareAnnouncer } from '../a11y.ts';
import { setTransport } from '../bridge.ts';
import { setDeskClock } from '../format.ts';
import { setLanguage } from '../i18n.ts';
import '../parts/fields.ts';
import { installIcons } from '../parts/icons.ts';
import '../parts/progress.ts';
import '../parts/table.ts';
import '../parts/toasts.ts';
import '../screens/index.ts';
import { applySettings, measure } from '../settings.ts';
import '../shell/app.ts';
import { FakeDesk } from './desk.ts';
import { NOW } from './desk-data.ts';

const options = new URLSearchParams(location.search);
applySettings();
document.documentElement.dataset.theme = options.get('tema') ?? 'light';
document.documentElement.dataset.text = options.get('testo') ?? '100';
measure();
setDeskClock(NOW);
const desk = new FakeDesk();
const which = options.get('caso') ?? '';
if (which === 'supervisore') desk.stock.supervises = true;
if (which === 'vuoto') Object.assign(desk.stock, { held: [], movements: [], shipments: [], reserved: [] });
desk.state.language = options.get('lingua') === 'en' ? 'en' : 'it';
setLanguage(desk.state.language);
installIcons();
prepareAnnouncer();
setTransport(desk);
render(html`<sp-app></sp-app>`, document.body);
