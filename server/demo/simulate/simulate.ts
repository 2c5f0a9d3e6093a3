import type { Ms } from "#domain/time/ms.ts";
import { asking } from "#server/demo/world/manner.ts";
import { carryOut, type EndingProgress, type Open, openOf } from "./ending/carry-out.ts";
import { cutScript, sentAtEnd } from "./ending/cut.ts";
import { endingsOf, type Taken } from "./ending/endings.ts";
import { type Answers, type PlayProgress, play } from "./play.ts";
import { deliverAll, isTaken } from "./sending/deliver.ts";
import { type Server, targetIn } from "./sending/send.ts";
import { type SimulationTruth, truthOf } from "./truth.ts";
import {
  countScript,
  type ScriptCounts,
  type ScriptedDelivery,
  writeScript,
} from "./writing/script.ts";

export interface SimulateOptions extends Server {
  /** From 1 to 200. */
  meetings?: number | undefined;
  /** Over all meetings, at least one each; at most 10,000. */
  people?: number | undefined;
  /** How much faster than the clock, from 0.1; 0: as fast as the server answers. */
  speed?: number | undefined;
  /** The same seed plays the same script; without one, every run plays another. */
  seed?: number | undefined;
  /** How long the script is, from 1 to 480. */
  minutes?: number | undefined;
  /** Leaves meetings open that go on when the script is over. */
  leaveOpen?: boolean | undefined;
  /** The deliveries of interrupted earlier runs whose meetings still go on. Called once the first join is taken. */
  earlier?: (() => Promise<readonly Taken[]>) | undefined;
  onProgress?: ((progress: PlayProgress) => void) | undefined;
  onEnding?: ((progress: EndingProgress) => void) | undefined;
  /** Ends the script early: all people leave, and the meetings end. */
  signal?: AbortSignal | undefined;
  /** Ends at once: what is open by then stays open. */
  hurry?: AbortSignal | undefined;
  now?: (() => Ms) | undefined;
}

export interface Simulation {
  seed: number;
  script: ScriptCounts;
  answers: Answers;
  /** What was ended with the script, and what still goes on. */
  ended: Open;
  open: Open;
  /** What was ended of earlier runs. */
  tidied: Open;
  /** What a server that took everything must answer now. */
  truth: SimulationTruth;
}

/** At a lower speed, a timer cannot wait for the end of a long script. */
const SLOWEST = 0.1;
/** After this many refusals in a row nothing more is sent: the server would refuse the rest too. */
const REFUSED_IN_ROW = 3;
/** How long ending may take, of a script that is over and of one that was interrupted. */
const ENDING_MS: Ms = 60_000;
const BROKEN_OFF_MS: Ms = 10_000;

/** No server takes the webhooks. The message says where, and what to do. */
export class Unreachable extends Error {
  override name = "Unreachable";
}

/**
 * Plays a script of several meetings, of several providers, to a running server; ends what goes on when it is over
 * or interrupted; and returns what happened in it. Throws a `RangeError` for sizes that cannot be played, and
 * `Unreachable` where no server takes it, or no longer does.
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
  const { baseUrl, sources, onProgress, onEnding, signal, hurry } = options;
  const server = { baseUrl, sources, now };

  const over = new AbortController();
  const atOnce = hurry ? AbortSignal.any([hurry, over.signal]) : over.signal;
  const taken = new Set<ScriptedDelivery>();
  let sentUntil = script.start;
  let tidying: Promise<Open> | null = null;
  const rejected = new AbortController();
  let refusedInRow = 0;
  const answers = await play(script, {
    ...{ baseUrl, sources, speed, startedAt, now, onProgress },
    signal: AbortSignal.any([
      rejected.signal,
      ...(signal ? [signal] : []),
      ...(hurry ? [hurry] : []),
    ]),
    onSend: ({ sendAt }) => {
      sentUntil = Math.max(sentUntil, sendAt);
    },
    onAnswer: (delivery, answer) => {
      refusedInRow = answer === "refused" ? refusedInRow + 1 : 0;
      if (refusedInRow >= REFUSED_IN_ROW) rejected.abort();
      if (!isTaken(answer)) return;
      taken.add(delivery);
      tidying ??= tidyUp(options, { ...server, signal: atOnce });
    },
  });

  if (rejected.signal.aborted) {
    throw new Unreachable(
      `${baseUrl} refuses everything now: the simulation’s sources were removed, or take another secret`,
    );
  }

  const isBrokenOff = signal?.aborted === true;
  const tick = setTimeout(() => over.abort(), isBrokenOff ? BROKEN_OFF_MS : ENDING_MS);
  try {
    const scriptAt = speed === 0 ? sentUntil : start + (now() - startedAt) * speed;
    // Everything that was sent happened before its end.
    const endAt = isBrokenOff
      ? Math.min(script.end, Math.ceil(Math.max(scriptAt, sentUntil)) + 1)
      : script.end;
    const played = options.leaveOpen === true && !isBrokenOff ? script : cutScript(script, endAt);
    const late = taken.size === 0 ? [] : sentAtEnd(played, taken);
    const ending = { ...server, signal: atOnce, onProgress: onEnding };
    await deliverAll(late, ending, (delivery, answer) => {
      answers.sent += 1;
      answers[answer] += 1;
      if (isTaken(answer)) taken.add(delivery);
    });
    const endings = endingsOf([...taken], endAt);
    const done =
      played === script
        ? { ended: NOTHING, open: openOf(endings) }
        : await carryOut(endings, ending);
    const tidied = (await tidying) ?? NOTHING;
    return {
      seed,
      script: countScript(script),
      answers,
      ...done,
      tidied,
      truth: truthOf(played),
    };
  } finally {
    clearTimeout(tick);
  }
}

const NOTHING: Open = { meetings: 0, people: 0 };

/** Ends what earlier runs left open, as of now. */
function tidyUp(
  { earlier }: Pick<SimulateOptions, "earlier">,
  options: Parameters<typeof carryOut>[1],
): Promise<Open> {
  const tidied = (async () => {
    const earlierTaken = (await earlier?.()) ?? [];
    return (await carryOut(endingsOf(earlierTaken, options.now()), options)).ended;
  })();
  // It is awaited when the script is over.
  tidied.catch(() => undefined);
  return tidied;
}

/**
 * When a script has to start so that nothing in it is sent before it happened by the clock, and its end is
 * sent just when the clock reaches it: at speed 1 it starts now, as fast as possible it ends now.
 */
export function scriptStart(startedAt: Ms, minutes: number, speed: number): Ms {
  const ahead = speed === 0 ? 1 : Math.max(0, 1 - 1 / speed);
  return Math.round(startedAt - minutes * 60_000 * ahead);
}

/** Asks as a provider does that asks whether somebody listens: answered unsigned, and nothing is stored. */
async function reach({
  baseUrl,
  sources,
  hurry,
}: Server & { hurry?: AbortSignal | undefined }): Promise<void> {
  if (asking === null) return;
  const { path } = targetIn(sources, asking.named);
  let status: number;
  try {
    const init = { method: "POST", body: asking.ping, signal: hurry ?? null };
    const response = await fetch(new URL(path, baseUrl), init);
    await response.body?.cancel();
    status = response.status;
  } catch (cause) {
    if (hurry?.aborted) throw cause;
    throw new Unreachable(`no server answers at ${baseUrl}: start it with npm start`, { cause });
  }
  if (status === 404) throw new Unreachable(`${baseUrl} has no source at ${path}`);
}
