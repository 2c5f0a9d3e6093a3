/** How somebody is called: that somebody waits, by an alert, or by an urgent one. */
export type Call = "waiting" | "alert" | "urgent";

/** The notes of each in Hz, a fifth of a second each, and after how many seconds they come again. */
const CALLS: Readonly<Record<Call, { notes: readonly number[]; everySeconds: number }>> = {
  waiting: { notes: [660], everySeconds: 20 },
  alert: { notes: [660, 880], everySeconds: 8 },
  urgent: { notes: [880, 660, 880], everySeconds: 4 },
};
const NOTE_SECONDS = 0.2;
const LOUDNESS = 0.2;

/**
 * Calls again and again until it is told to be quiet. A round of notes and silence is played in a loop by the browser's
 * audio clock, which goes on in a background tab, where timers hardly do.
 */
export class Alarm {
  readonly #context = new AudioContext();
  #playing: { call: Call; node: AudioBufferSourceNode } | null = null;

  /** Browsers play nothing before somebody clicked or pressed a key on the page. */
  get isSilenced(): boolean {
    return this.#context.state !== "running";
  }

  /** Asks to be heard. Resolves when it is, which is after somebody did something on the page. */
  async wake(): Promise<void> {
    await this.#context.resume();
  }

  /** Calls so from now on; `null` for silence. */
  call(call: Call | null): void {
    if (call === (this.#playing?.call ?? null)) return;
    this.#playing?.node.stop();
    this.#playing = null;
    if (call === null) return;
    const node = this.#context.createBufferSource();
    node.buffer = this.#round(call);
    node.loop = true;
    node.connect(this.#context.destination);
    node.start();
    this.#playing = { call, node };
  }

  async close(): Promise<void> {
    this.call(null);
    await this.#context.close();
  }

  #round(call: Call): AudioBuffer {
    const { notes, everySeconds } = CALLS[call];
    const { sampleRate } = this.#context;
    const buffer = this.#context.createBuffer(1, everySeconds * sampleRate, sampleRate);
    const samples = buffer.getChannelData(0);
    const length = NOTE_SECONDS * sampleRate;
    for (const [index, hertz] of notes.entries()) {
      for (let n = 0; n < length; n += 1) {
        // It swells and fades, so that it does not click.
        const swell = Math.sin((Math.PI * n) / length);
        samples[Math.floor(index * length) + n] =
          LOUDNESS * swell * Math.sin((2 * Math.PI * hertz * n) / sampleRate);
      }
    }
    return buffer;
  }
}
