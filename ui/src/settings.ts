// SPDX-License-Identifier: EUPL-1.2
// How this PC likes its screen: theme and text size. Nothing personal; kept in the window's own storage.

export const THEMES = ['light', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];
/** Per cent of the normal size. */
export const TEXT_SIZES = [100, 115, 130, 150, 175, 200] as const;

function read(key: string): string | null {
  try {
    return localStorage.getItem(`sportello.${key}`);
  } catch {
    return null; // storage switched off: the defaults serve
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(`sportello.${key}`, value);
  } catch {
    // nothing is lost but the habit
  }
}

export const theme = (): Theme => (document.documentElement.dataset.theme === 'contrast' ? 'contrast' : 'light');
export const textSize = (): number => Number(document.documentElement.dataset.text ?? 100);

export function setTheme(next: Theme): void {
  document.documentElement.dataset.theme = next;
  write('theme', next);
}

export function setTextSize(next: number): void {
  document.documentElement.dataset.text = String(next);
  write('text', String(next));
  measure();
}

/** The layout folds when fewer than 64 letters-wide remain: by window, by zoom or by text size alike. */
export function measure(): void {
  const root = document.documentElement;
  const rem = Number.parseFloat(getComputedStyle(root).fontSize) || 16;
  root.toggleAttribute('data-narrow', window.innerWidth / rem < 64);
}

export function applySettings(): void {
  const kept = read('theme');
  document.documentElement.dataset.theme = kept === 'contrast' || (kept === null && window.matchMedia('(prefers-contrast: more)').matches) ? 'contrast' : 'light';
  const size = Number(read('text') ?? 100);
  document.documentElement.dataset.text = String(TEXT_SIZES.some((s) => s === size) ? size : 100);
  window.addEventListener('resize', measure);
  measure();
}
