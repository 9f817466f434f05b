// SPDX-License-Identifier: EUPL-1.2
// A barcode scanner is a keyboard that types faster than any person: ≤ 50 ms between characters, Enter or Tab at the end.
// The same keys typed by a person are never taken away from the field they were meant for.

/** Milliseconds between two characters of one scan. */
export const SCAN_GAP = 50;
/** Shorter than any code we print or read (slip codes, booklet serials, tax codes). */
export const SCAN_MIN = 6;

export interface KeyStroke {
  key: string;
  /** Milliseconds, any origin. */
  time: number;
  /** The system's own repetition of a held key (about 33 ms apart) is no scanner. */
  repeat?: boolean;
  /** Ctrl, Alt or Meta held: a command, not text. AltGr types text. */
  command?: boolean;
}

const SILENT = new Set(['Shift', 'CapsLock', 'AltGraph', 'NumLock']);

export class ScanDetector {
  private text = '';
  private last = Number.NEGATIVE_INFINITY;

  /** Characters that came fast enough so far. */
  get length(): number {
    return this.text.length;
  }

  /** `start`: first character of what may become a scan. `scan`: it was one, and this key ends it. */
  feed({ key, time, repeat = false, command = false }: KeyStroke): { start: boolean; scan: string | null } {
    if (SILENT.has(key)) return { start: false, scan: null };
    const fast = time - this.last <= SCAN_GAP;
    if ((key === 'Enter' || key === 'Tab') && !repeat && !command) {
      const text = this.text;
      this.reset();
      return { start: false, scan: fast && text.length >= SCAN_MIN ? text : null };
    }
    if (key.length !== 1 || repeat || command) {
      this.reset();
      return { start: false, scan: null };
    }
    const start = !fast || this.text === '';
    this.text = start ? key : this.text + key;
    this.last = time;
    return { start, scan: null };
  }

  reset(): void {
    this.text = '';
    this.last = Number.NEGATIVE_INFINITY;
  }
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What a field held before a burst of keys, to put it back when the burst was a scan. */
export class FieldMemory {
  private field: Field | null = null;
  private value = '';
  private selection: [number, number] | null = null;

  remember(target: EventTarget | null): void {
    this.field = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement ? target : null;
    if (this.field === null) return;
    this.value = this.field.value;
    this.selection = null;
    if (!(this.field instanceof HTMLSelectElement)) {
      try {
        const { selectionStart, selectionEnd } = this.field;
        if (selectionStart !== null && selectionEnd !== null) this.selection = [selectionStart, selectionEnd];
      } catch {
        // some input types have no selection
      }
    }
  }

  restore(): void {
    const field = this.field;
    this.field = null;
    if (field === null || field.value === this.value) return;
    field.value = this.value;
    if (this.selection !== null && !(field instanceof HTMLSelectElement)) field.setSelectionRange(...this.selection);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

/** Fields that want the scan as text (`data-scan="accept"`), and passphrases, which go nowhere else. */
export function keepsItsKeys(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.closest('[data-scan="accept"]') !== null || (target instanceof HTMLInputElement && target.type === 'password'));
}
