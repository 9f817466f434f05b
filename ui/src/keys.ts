// SPDX-License-Identifier: EUPL-1.2
// The keyboard of the whole window: each screen and each dialog brings its actions; the keys of the topmost scope count.
import { perform, type Action } from './actions.ts';
import { FieldMemory, ScanDetector, SCAN_GAP, keepsItsKeys } from './scan.ts';

export interface Scope {
  actions(): Action[];
  /** Keys that work whatever stands on top (the lock). */
  always?(): Action[];
  /** What lies beneath gets no key (a dialog, the lock screen). */
  modal?: boolean;
  /** First to be offered a scan; true: taken. Not asked: a modal scope without it lets no scan through. */
  scan?(text: string): boolean;
}

const scopes: Scope[] = [];
let onScan: (text: string) => void = () => undefined;

/** Adds a scope on top; returns the function that takes it away. */
export function pushScope(scope: Scope): () => void {
  scopes.push(scope);
  return () => {
    const i = scopes.lastIndexOf(scope);
    if (i >= 0) scopes.splice(i, 1);
  };
}

/** Who opens what was scanned when no screen wanted it. */
export function setScanHandler(handler: (text: string) => void): void {
  onScan = handler;
}

/** Scopes that count now, topmost first. */
function live(): Scope[] {
  const result: Scope[] = [];
  for (const scope of scopes.toReversed()) {
    result.push(scope);
    if (scope.modal === true) break;
  }
  return result;
}

/** What the keys do now, topmost first; the first of a key wins. */
export function liveActions(): Action[] {
  const seen = new Set<string>();
  return live().flatMap((s) => s.actions()).filter((a) => {
    if (a.key === undefined) return true;
    if (seen.has(a.key)) return false;
    seen.add(a.key);
    return true;
  });
}

/** `Ctrl+Shift+K`, `F2`, `?`, `Escape`: Shift is named only where it does not already change the character. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>): string {
  const { key } = event;
  const letter = key.length === 1;
  return [
    event.ctrlKey || event.metaKey ? 'Ctrl+' : '',
    event.altKey ? 'Alt+' : '',
    event.shiftKey && !letter ? 'Shift+' : '',
    letter ? key.toUpperCase() : key,
  ].join('');
}

const typesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type=checkbox],[type=radio],[type=button]),textarea,select,[contenteditable]');
const hasOwnEnter = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('a[href],button,summary,input,textarea,select,[role=option],[role=gridcell]');

function dispatchScan(text: string): void {
  for (const scope of live()) {
    if (scope.scan?.(text) === true) return;
    if (scope.modal === true) return;
  }
  onScan(text);
}

/** Starts listening; returns the function that stops. */
export function installKeyboard(root: Window = window): () => void {
  const detector = new ScanDetector();
  const memory = new FieldMemory();

  const keydown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const { target } = event;
    if (keepsItsKeys(target)) detector.reset();
    else {
      const { start, scan } = detector.feed({
        key: event.key,
        time: event.timeStamp,
        repeat: event.repeat,
        command: (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph'),
      });
      if (start) memory.remember(target);
      if (scan !== null) {
        event.preventDefault();
        event.stopPropagation();
        memory.restore();
        dispatchScan(scan);
        return;
      }
    }
    const name = keyName(event);
    const text = name.length === 1;
    if (text && typesText(target)) return;
    if (name === 'Enter' && hasOwnEnter(target)) return;
    // A key held down does its action once: nothing is confirmed by leaning on Enter.
    if (event.defaultPrevented || (event.repeat && !name.includes('Arrow'))) return;
    const action = liveActions().find((a) => a.key === name) ?? scopes.flatMap((s) => s.always?.() ?? []).find((a) => a.key === name);
    if (action === undefined) return;
    if (text) {
      // A `?` may be the first character of a magnetic track: wait and see whether more comes at a scanner's pace.
      const then = event.timeStamp;
      setTimeout(() => {
        if (detector.length <= 1 && then === lastText) void perform(action);
      }, SCAN_GAP + 10);
      lastText = then;
      return;
    }
    event.preventDefault();
    void perform(action);
  };
  let lastText = 0;
  root.addEventListener('keydown', keydown, true);
  return () => root.removeEventListener('keydown', keydown, true);
}
