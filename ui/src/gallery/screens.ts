// SPDX-License-Identifier: EUPL-1.2
// The real screens over the invented office, for looking at them and for axe. Its own entry: nothing of it is in the product.
// `schermate.html?ruolo=administrator&tema=contrast&testo=200&lingua=en&caso=troubled#/cruscotto`
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
import type { Query, Role } from '../types.ts';
import { CAMPAIGN, KEY, NOW, OPERATORS, REPLACEMENT, TAKEN, TAKEN_PARTLY, WRITTEN, answer } from './office.ts';

const options = new URLSearchParams(location.search);
const role = (options.get('ruolo') ?? 'administrator') as Role;
const which = options.get('caso') ?? '';
const language = options.get('lingua') === 'en' ? 'en' : 'it';

setTransport({
  listen: () => Promise.resolve(() => undefined),
  invoke: (name, args) => {
    if (name === 'app_state') {
      return Promise.resolve({ phase: 'ready', office: 'Comune di Firenze', site: 'Villa Arrivabene', desk: 'Campo di Marte 1', language, version: '0.1.0', problem: null,
        session: { operator: OPERATORS[0]?.id, username: 'm.rossi', name: 'Maria Rossi', role } });
    }
    if (name === 'query') {
      const view = answer(args['query'] as Query, { troubled: which === 'troubled', bare: which === 'bare' });
      return view === undefined ? Promise.reject({ code: 'not_in_gallery', message: 'Questa domanda non ha risposta nella galleria.' }) : Promise.resolve(view);
    }
    if (name === 'execute') {
      return Promise.resolve({ command: '', subject: { kind: 'household', id: CAMPAIGN.id }, changed: [], delivery: null, import: null, undo: null, forced: false, repeated: false });
    }
    if (name === 'replace_desk') return Promise.resolve(REPLACEMENT);
    if (name === 'rotate_key') return Promise.resolve(KEY);
    if (name === 'write_bundle') return Promise.resolve(WRITTEN);
    if (name === 'read_bundle') return Promise.resolve(which === 'troubled' ? TAKEN_PARTLY : TAKEN);
    return Promise.resolve(null);
  },
});

applySettings();
document.documentElement.dataset.theme = options.get('tema') ?? 'light';
document.documentElement.dataset.text = options.get('testo') ?? '100';
measure();
setLanguage(language);
setDeskClock(NOW);
installIcons();
prepareAnnouncer();
render(html`<sp-app></sp-app>`, document.body);
setTimeout(() => { document.documentElement.dataset.ready = 'true'; }, 500);
