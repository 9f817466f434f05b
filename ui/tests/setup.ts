// SPDX-License-Identifier: EUPL-1.2
// Each test begins with an empty page, in Italian, with nobody to answer.
import { beforeEach } from 'vitest';
import { setTransport } from '../src/bridge.ts';
import { setLanguage } from '../src/i18n.ts';

beforeEach(() => {
  setLanguage('it');
  document.body.innerHTML = '';
  location.hash = '';
  setTransport({ invoke: (name) => Promise.reject(new Error(`nobody answers ${name}`)), listen: () => Promise.resolve(() => undefined) });
});
