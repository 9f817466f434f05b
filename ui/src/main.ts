// SPDX-License-Identifier: EUPL-1.2
import 'bootstrap-italia/dist/css/bootstrap-italia.min.css';
import './styles/index.css';
import { prepareAnnouncer } from './a11y.ts';
import { isDisplay, openDisplayPage } from './display/page.ts';
import { installIcons } from './parts/icons.ts';
import './parts/fields.ts';
import './parts/progress.ts';
import './parts/table.ts';
import './parts/toasts.ts';
import './screens/index.ts';
import { applySettings } from './settings.ts';
import './shell/app.ts';

applySettings();
installIcons();
prepareAnnouncer();
// The same page in two windows: the desk, and the screen of its waiting room, which never asks for more than the calls.
if (isDisplay()) openDisplayPage();
else document.body.prepend(document.createElement('sp-app'));
