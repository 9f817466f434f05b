// SPDX-License-Identifier: EUPL-1.2
// Pieces of a page without a life of their own: functions that give a template.
import { html, nothing, type TemplateResult } from 'lit';
import { perform, type Action } from '../actions.ts';
import { AppError } from '../bridge.ts';
import { t } from '../i18n.ts';
import { icon, type Icon } from './icons.ts';

export type Content = TemplateResult | string | typeof nothing;

/** How good or bad a thing is. Always beside a word and an icon, never alone. */
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

const TONE_ICON: Record<Tone, Icon> = {
  neutral: 'minus-circle', info: 'info-circle', success: 'check-circle', warning: 'warning-circle', danger: 'error',
};

/** A key as it stands on the keyboard: `kbd('F2')`, `kbd('Ctrl+K')`. */
export function kbd(key: string): TemplateResult {
  const names = key.split('+').map((part) => KEY_NAMES[part] ?? part);
  return html`<kbd class="sp-kbd">${names.join('+')}</kbd>`;
}

const KEY_NAMES: Record<string, string> = {
  Escape: 'Esc', Enter: 'Invio', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→',
  PageUp: 'Pag↑', PageDown: 'Pag↓', Shift: 'Maiusc', Delete: 'Canc',
};

/** The state of a thing: icon and word. `badge('warning', 'In ritardo', 'clock')`. */
export function badge(tone: Tone, text: string, symbol: Icon = TONE_ICON[tone]): TemplateResult {
  return html`<span class="sp-badge sp-badge-${tone}">${icon(symbol)}<span>${text}</span></span>`;
}

const BUTTON_CLASS = { primary: 'btn-primary', secondary: 'btn-outline-primary', danger: 'btn-danger', plain: 'btn-link' } as const;

/** The button of an action, with its key. The same action in `actions()` makes the key work: write it once, use it in both. */
export function button(action: Action, small = false): TemplateResult {
  return html`<button
    type="button"
    class="btn ${BUTTON_CLASS[action.kind ?? 'secondary']} ${small ? 'btn-xs' : 'btn-sm'}"
    ?disabled=${action.disabled === true}
    data-testid=${action.id ?? nothing}
    data-focus-key=${action.focusKey ?? action.id ?? nothing}
    aria-keyshortcuts=${action.key?.replace('Ctrl', 'Control') ?? nothing}
    @click=${() => void perform(action)}
  >${action.icon === undefined ? nothing : icon(action.icon)}<span>${action.label}</span>${action.key === undefined ? nothing : kbd(action.key)}</button>`;
}

export interface PageHeader {
  title: string;
  /** One line under the title. */
  lead?: Content;
  /** Beside the title: the state of the thing. */
  status?: Content;
  /** The screen's `actions()`: the primary one first, at its one place. */
  actions?: Action[];
  /** Where the page belongs: `{ href: href('/oggi'), label: 'Oggi' }`. */
  back?: { href: string; label: string };
}

/** Top of every screen: where it belongs, h1, state, actions. */
export function pageHeader({ title, lead, status, actions = [], back }: PageHeader): TemplateResult {
  const shown = actions.toSorted((a, b) => Number(b.kind === 'primary') - Number(a.kind === 'primary'));
  return html`<header class="sp-page-header">
    <div class="sp-page-title">
      ${back ? html`<a class="sp-back" href=${back.href}>${icon('chevron-left')}${back.label}</a>` : nothing}
      <div class="sp-page-h1"><h1 tabindex="-1">${title}</h1>${status ?? nothing}</div>
      ${lead === undefined ? nothing : html`<p class="sp-lead">${lead}</p>`}
    </div>
    ${shown.length > 0 ? html`<div class="sp-actions">${shown.map((a) => button(a))}</div>` : nothing}
  </header>`;
}

const ALERT_CLASS: Record<Tone, string> = {
  neutral: 'alert-primary', info: 'alert-info', success: 'alert-success', warning: 'alert-warning', danger: 'alert-danger',
};

export interface Alert {
  tone: Tone;
  title?: string;
  body?: Content;
  actions?: Action[];
  /** Read at once when it appears: for what came up by itself. Default: only for danger. */
  live?: boolean;
}

/** A message that stands in the page until its cause is gone. What passes by is a toast. */
export function alert({ tone, title, body, actions = [], live = tone === 'danger' }: Alert): TemplateResult {
  return html`<div class="alert ${ALERT_CLASS[tone]} sp-alert" role=${live ? 'alert' : nothing}>
    ${title === undefined ? nothing : html`<p class="sp-alert-title"><span class="visually-hidden">${t(`tone-${tone}`)}: </span>${title}</p>`}
    ${body === undefined ? nothing : html`<div>${body}</div>`}
    ${actions.length > 0 ? html`<div class="sp-actions">${actions.map((a) => button(a, true))}</div>` : nothing}
  </div>`;
}

/** What happened, what was kept, what to do. `error.message` is a sentence of the core; `kept` says what is safe. */
export function errorPanel(error: AppError, { kept, actions }: { kept?: string; actions?: Action[] } = {}): TemplateResult {
  // The core's sentences say all three themselves; what nobody foresaw does not.
  const unforeseen = error.code === 'unexpected';
  const safe = kept ?? (unforeseen ? t('error-kept-default') : undefined);
  return alert({
    tone: 'danger',
    title: error.message,
    body: html`${safe === undefined ? nothing : html`<p><strong>${t('error-kept')}</strong> ${safe}</p>`}
      ${unforeseen ? html`<p><strong>${t('error-what-to-do')}</strong> ${t('error-advice')}</p>` : nothing}
      <p class="sp-small">${t('error-code', { code: error.code })}</p>`,
    ...(actions === undefined ? {} : { actions }),
  });
}

/** An empty list says what to do next. */
export function empty(text: string, actions: Action[] = [], symbol: Icon = 'inbox'): TemplateResult {
  return html`<div class="sp-empty">${icon(symbol)}<p>${text}</p>${actions.length > 0 ? html`<div class="sp-actions">${actions.map((a) => button(a))}</div>` : nothing}</div>`;
}

/** While the first answer is awaited. */
export function loading(what = t('loading')): TemplateResult {
  return html`<p class="sp-loading" role="status">${what}</p>`;
}

/** Names and values in two columns: `facts([['Telefono', '055 123']])`. What is `undefined` is left out. */
export function facts(rows: readonly (readonly [string, Content | undefined | null])[]): TemplateResult {
  return html`<dl class="sp-facts">${rows.map(([name, value]) =>
    value === undefined || value === null || value === '' ? nothing : html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A figure with its name; a row of them goes into `<div class="sp-figures">`. */
export function figure(value: string, name: string, note?: Content): TemplateResult {
  return html`<div class="sp-figure"><span class="sp-figure-value">${value}</span><span class="sp-figure-name">${name}</span>${note === undefined ? nothing : html`<span class="sp-small">${note}</span>`}</div>`;
}

/** A titled box of the page. */
export function section(title: string, body: Content, { actions = [], status }: { actions?: Action[]; status?: Content } = {}): TemplateResult {
  return html`<section class="sp-section">
    <header><h2>${title}</h2>${status ?? nothing}${actions.length > 0 ? html`<div class="sp-actions">${actions.map((a) => button(a, true))}</div>` : nothing}</header>
    ${body}
  </section>`;
}

export interface Moment {
  when: string;
  title: string;
  body?: Content;
  tone?: Tone;
  icon?: Icon;
  /** Who and where. */
  by?: string;
}

/** What happened, newest first. */
export function timeline(moments: readonly Moment[], label: string): TemplateResult {
  return html`<ol class="sp-timeline" aria-label=${label}>${moments.map((m) => html`<li class="sp-moment sp-moment-${m.tone ?? 'neutral'}">
    <span class="sp-moment-icon">${icon(m.icon ?? TONE_ICON[m.tone ?? 'neutral'])}</span>
    <div><p class="sp-moment-when">${m.when}${m.by === undefined ? nothing : html` · ${m.by}`}</p><p class="sp-moment-title">${m.title}</p>${m.body ?? nothing}</div>
  </li>`)}</ol>`;
}
