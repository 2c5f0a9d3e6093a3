import type { Ms } from "#domain/event.ts";
import { type Answers, type Progress, play } from "./play.ts";
import { countScript, type ScriptCounts, writeScript } from "./script.ts";
import type { Server } from "./send.ts";
import { type Truth, truthOf } from "./truth.ts";

export interface SimulateOptions extends Server {
  /** From 1 to 200. */
  meetings?: number | undefined;
  /** Over all meetings, at least one each; at most 10,000. */
  people?: number | undefined;
  /** How much faster than the clock, from 0.1; 0: as fast as the server answers. */
  speed?: number | undefined;
  /** The same seed tells the same story; without one, every run tells another. */
  seed?: number | undefined;
  /** How long the story is, from 1 to 480. */
  minutes?: number | undefined;
  onProgress?: ((progress: Progress) => void) | undefined;
  signal?: AbortSignal | undefined;
  now?: (() => Ms) | undefined;
}

export interface Simulation {
  seed: number;
  script: ScriptCounts;
  answers: Answers;
  /** What a server that took everything must tell now. */
  truth: Truth;
}

/** A timer cannot wait for the end of a long story told more slowly. */
const SLOWEST = 0.1;

/** Nobody takes webhooks there. The message says where, and what to do. */
export class Unreachable extends Error {
  override name = "Unreachable";
}

/**
 * Plays a story of several meetings, of both providers, to a running server, and tells what happened in it.
 * Throws a `RangeError` for sizes that cannot be told, and `Unreachable` before anything was sent.
 */
export async function simulate(options: SimulateOptions): Promise<Simulation> {
  const { meetings = 6, people = 40, speed = 1, minutes = 30, now = Date.now } = options;
  if (!(speed === 0 || (speed >= SLOWEST && speed < Number.POSITIVE_INFINITY))) {
    throw new RangeError(`speed must be 0, or from ${SLOWEST}, not ${speed}`);
  }
  const startedAt = now();
  const seed = options.seed ?? startedAt % 1_000_000_007;
  const start = scriptStart(startedAt, minutes, speed);
  const script = writeScript({ seed, meetings, people, minutes, start });
  await reach(options);
  const { baseUrl, sources, onProgress, signal } = options;
  const answers = await play(script, {
    baseUrl,
    sources,
    speed,
    startedAt,
    now,
    onProgress,
    signal,
  });
  return { seed, script: countScript(script), answers, truth: truthOf(script) };
}

/**
 * When a script has to start so that nothing in it is told before it happened by the clock, and its end
 * is told just when the clock gets there: at speed 1 it starts now, as fast as possible it ends now.
 */
export function scriptStart(startedAt: Ms, minutes: number, speed: number): Ms {
  const ahead = speed === 0 ? 1 : Math.max(0, 1 - 1 / speed);
  return Math.round(startedAt - minutes * 60_000 * ahead);
}

/** Knocks as Daily does when a webhook is made: answered unsigned, and nothing is stored. */
async function reach({
  baseUrl,
  sources,
  signal,
}: Server & { signal?: AbortSignal | undefined }): Promise<void> {
  const url = new URL(sources.daily.path, baseUrl);
  let status: number;
  try {
    const init = { method: "POST", body: '{"test":"test"}', signal: signal ?? null };
    const response = await fetch(url, init);
    await response.body?.cancel();
    status = response.status;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new Unreachable(`no server answers at ${baseUrl}: start it with npm start`, { cause });
  }
  if (status === 404) throw new Unreachable(`${baseUrl} has no source at ${sources.daily.path}`);
}
