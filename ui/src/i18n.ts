// SPDX-License-Identifier: EUPL-1.2
// Every string on the screen comes from locales/{it,en}/*.ftl (Fluent: plural and gender are the library's work).
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { setUnexpectedMessage } from './bridge.ts';
import type { Language } from './types.ts';

const sources = import.meta.glob<string>('../locales/*/*.ftl', { query: '?raw', import: 'default', eager: true });

function build(of: Language): FluentBundle {
  // Isolation marks (U+2068) serve right-to-left text only, and would get into what is copied or read aloud.
  const bundle = new FluentBundle(of, { useIsolating: false });
  for (const [path, source] of Object.entries(sources)) {
    if (path.includes(`/${of}/`)) {
      for (const error of bundle.addResource(new FluentResource(source))) throw error;
    }
  }
  return bundle;
}

const bundles: Record<Language, FluentBundle> = { it: build('it'), en: build('en') };
let current: Language = 'it';
const listeners = new Set<() => void>();

export type Args = Record<string, FluentVariable>;

/** The message `key` (or attribute `key.attribute`) in the language of the moment. A missing key shows itself. */
export function t(key: string, args?: Args): string {
  const [id = key, attribute] = key.split('.');
  const bundle = bundles[current];
  const message = bundle.getMessage(id);
  const pattern = attribute === undefined ? message?.value : message?.attributes[attribute];
  if (pattern === null || pattern === undefined) return key;
  const errors: Error[] = [];
  return bundle.formatPattern(pattern, args, errors);
}

/** For keys made of data that may be newer than these pages: null when there is none. */
export function has(key: string): boolean {
  return bundles[current].hasMessage(key);
}

export function language(): Language {
  return current;
}

export function setLanguage(next: Language): void {
  document.documentElement.lang = next;
  if (next === current) return;
  current = next;
  for (const listener of listeners) listener();
}

/** Calls back on each change of language; returns the function that stops. */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

setUnexpectedMessage(() => t('error-unexpected'));
