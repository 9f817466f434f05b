// SPDX-License-Identifier: EUPL-1.2
// An action is one thing a person can do on a screen: its button, its key and its line in the list of keys come from here.
import type { Icon } from './parts/icons.ts';

export interface Action {
  label: string;
  run: () => unknown;
  /** `F2`, `Enter`, `Ctrl+K`, `Alt+ArrowDown`. Shown on the button. */
  key?: string;
  icon?: Icon;
  /** One `primary` per screen. */
  kind?: 'primary' | 'secondary' | 'danger' | 'plain';
  disabled?: boolean;
  /** For the tests in the real window: becomes `data-testid`. */
  id?: string;
  /** Where the focus returns when the button was replaced by an update. */
  focusKey?: string;
}

let report: (thrown: unknown) => void = (thrown) => {
  throw thrown;
};
/** Who shows what went wrong (the toasts). */
export function setErrorReporter(next: (thrown: unknown) => void): void {
  report = next;
}

const running = new Set<string>();
let busyTimer: ReturnType<typeof setTimeout> | undefined;

/** Runs once at a time (a double click does nothing more), shows that something goes on, shows what went wrong. */
export async function perform(action: Action): Promise<void> {
  const name = action.id ?? action.label;
  if (action.disabled === true || running.has(name)) return;
  try {
    const result = action.run();
    if (!(result instanceof Promise)) return;
    running.add(name);
    busyTimer ??= setTimeout(() => document.documentElement.toggleAttribute('data-busy', true), 300);
    await result;
  } catch (thrown) {
    report(thrown);
  } finally {
    running.delete(name);
    if (running.size === 0) {
      clearTimeout(busyTimer);
      busyTimer = undefined;
      document.documentElement.removeAttribute('data-busy');
    }
  }
}
