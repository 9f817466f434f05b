// SPDX-License-Identifier: EUPL-1.2
// What happy-dom does not draw: modal dialogs and media queries.
import { beforeEach } from 'vitest';
import { setTransport } from '../src/bridge.ts';
import { setLanguage } from '../src/i18n.ts';

HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true;
};

beforeEach(() => {
  setLanguage('it');
  document.body.innerHTML = '';
  location.hash = '';
  setTransport({ invoke: (name) => Promise.reject(new Error(`nobody answers ${name}`)), listen: () => Promise.resolve(() => undefined) });
});
