// SPDX-License-Identifier: EUPL-1.2
// The sound of a call: two notes made by the machine itself, so that no file and no network is needed.

/** Notes of a call, in hertz and seconds: high, then low, as station bells do. */
const NOTES: readonly { hertz: number; at: number; lasts: number }[] = [
  { hertz: 880, at: 0, lasts: 0.7 },
  { hertz: 659.25, at: 0.35, lasts: 1.1 },
];
/** Loudness of a note at its beginning, of 1. */
const LOUD = 0.35;

export class Bell {
  private context: AudioContext | undefined;

  /** False while the window keeps sounds back: a key or a click in it allows them. */
  get ready(): boolean {
    return this.context === undefined || this.context.state === 'running';
  }

  /** Wakes the sound; to be called on a key or a click too. Where there is no sound at all the screen goes on without. */
  async wake(): Promise<void> {
    if (typeof AudioContext === 'undefined') return;
    this.context ??= new AudioContext();
    if (this.context.state !== 'running') await this.context.resume();
  }

  /** Rings once. */
  ring(): void {
    const { context } = this;
    if (context?.state !== 'running') return;
    for (const { hertz, at, lasts } of NOTES) {
      const start = context.currentTime + at;
      const tone = context.createOscillator();
      const gain = context.createGain();
      tone.type = 'sine';
      tone.frequency.value = hertz;
      gain.gain.setValueAtTime(0.0001, start);
      gain.gain.exponentialRampToValueAtTime(LOUD, start + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.0001, start + lasts);
      tone.connect(gain).connect(context.destination);
      tone.start(start);
      tone.stop(start + lasts);
    }
  }

  /** Lets go of the sound. */
  close(): void {
    void this.context?.close();
    this.context = undefined;
  }
}
