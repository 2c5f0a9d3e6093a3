import { setTimeout as pause } from "node:timers/promises";
import type { Ms } from "#domain/time/ms.ts";
import { spanOf } from "#server/demo/world/plot.ts";
import { type SendOutcome, type Server, send } from "./sending/send.ts";
import type { Script, ScriptedDelivery } from "./writing/script.ts";

/** The outcomes of the deliveries; each counts once, also after several tries. */
export interface Answers {
  /** The sum of the others. */
  sent: number;
  recorded: number;
  repeated: number;
  ignored: number;
  unreadable: number;
  refused: number;
  failed: number;
  elapsedMs: Ms;
}

export interface PlayProgress {
  answers: Answers;
  total: number;
  perSecond: number;
  /** How many meetings are going on at this moment of the script. */
  live: number;
  /** How far the script has come, of how much. */
  playedMs: Ms;
  lengthMs: Ms;
}

export interface PlayOptions extends Server {
  /** How much faster than the clock; 0: as fast as the server answers. */
  speed: number;
  /** The clock time at which the script starts. */
  startedAt: Ms;
  now?: () => Ms;
  onSend?: ((delivery: ScriptedDelivery) => void) | undefined;
  onAnswer?: ((delivery: ScriptedDelivery, answer: SendOutcome) => void) | undefined;
  /** After every answer, and twice a second. */
  onProgress?: ((progress: PlayProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** How many deliveries may be under way at once. */
  concurrency?: number;
}

const TICK: Ms = 500;

/**
 * Sends every delivery of a script, in order, when it is due, and stays to the script's end. Aborted, it stops
 * at once and returns what was answered until then. Throws when a source's secret cannot sign.
 */
export async function play(script: Script, options: PlayOptions): Promise<Answers> {
  const { startedAt, speed, now = Date.now, onProgress, signal, concurrency = 8 } = options;
  const { onSend, onAnswer } = options;
  const began = now();
  const answers: Answers = { sent: 0, ...noOutcomes(), elapsedMs: 0 };
  const stop = new AbortController();
  const stopped = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const spans = script.gatherings.map(spanOf);
  let reached = script.start;

  const report = () => {
    answers.elapsedMs = now() - began;
    const at = speed === 0 ? reached : script.start + (now() - startedAt) * speed;
    const scriptAt = Math.max(script.start, Math.min(at, script.end));
    onProgress?.({
      answers: { ...answers },
      total: script.deliveries.length,
      perSecond: (answers.sent * 1000) / Math.max(1, answers.elapsedMs),
      live: spans.filter(({ from, to }) => from <= scriptAt && (to === null || scriptAt < to))
        .length,
      playedMs: scriptAt - script.start,
      lengthMs: script.end - script.start,
    });
  };

  const waiting = script.deliveries.values();
  const sendAll = async () => {
    for (const delivery of waiting) {
      const dueAt = speed === 0 ? began : startedAt + (delivery.sendAt - script.start) / speed;
      if (dueAt > now()) await pause(dueAt - now(), undefined, { signal: stopped });
      stopped.throwIfAborted();
      onSend?.(delivery);
      const answer = await send(options, delivery, now, stopped);
      onAnswer?.(delivery, answer);
      answers.sent += 1;
      answers[answer] += 1;
      reached = Math.max(reached, delivery.sendAt);
      report();
    }
  };

  const ticking = setInterval(report, TICK);
  try {
    await Promise.all(Array.from({ length: concurrency }, sendAll));
    // The script goes on after its last event: people may stay until its end.
    const overAt = speed === 0 ? began : startedAt + (script.end - script.start) / speed;
    if (overAt > now()) await pause(overAt - now(), undefined, { signal: stopped });
  } catch (error) {
    stop.abort();
    if (!signal?.aborted) throw error;
  } finally {
    clearInterval(ticking);
  }
  return { ...answers, elapsedMs: now() - began };
}

function noOutcomes(): Record<SendOutcome, number> {
  return { recorded: 0, repeated: 0, ignored: 0, unreadable: 0, refused: 0, failed: 0 };
}
