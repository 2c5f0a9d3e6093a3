import { haltAdvice, haltWords } from "#domain/live/halt-words.ts";
import {
  mayBeOff,
  type Recording,
  type RefusedSource,
  type StoppedProjection,
  type WebhookOff,
} from "#domain/live/recording.ts";
import { refusalWords } from "#domain/live/refusal-words.ts";
import type { ProviderWords } from "#domain/sources/provider-words.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { ClockFormat } from "./clock-format.ts";
import { counted } from "./count.ts";
import { OFF_WORDS, roomsWords, storedWords } from "./recording-words.ts";
import { unreadableWords } from "./unreadable-words.ts";

/* What is wrong with recording in whole sentences, and what to do: loaded where something is. */

/** A webhook that is switched off at its provider, since when, and what to do. */
export function offSentence(
  { state, since }: WebhookOff,
  now: Ms,
  clockFormat: ClockFormat,
): string {
  const from = clockFormat.on(now).minute(fromWireTime(since));
  return `The webhook is ${OFF_WORDS[state]} at its provider since ${from}. What happens is asked for there meanwhile, later and without who waits.`;
}

/** How many webhooks are stored and not shown yet. */
export function behindSentence(
  { since, count }: NonNullable<Recording["behind"]>,
  now: Ms,
  clockFormat: ClockFormat,
): string {
  const from = clockFormat.on(now).minute(fromWireTime(since));
  return `What you see is behind: ${storedWords(count)} kept and not shown yet, the first since ${from}. Nothing is lost, and it comes by itself.`;
}

/** How many rooms are not brought up to date, because of which event, and what to do. */
export function stoppedSentence(
  stopped: StoppedProjection,
  now: Ms,
  clockFormat: ClockFormat,
): string {
  const { since, event } = stopped;
  const from = clockFormat.on(now).minute(fromWireTime(since));
  const { why, until } = unreadableWords(event);
  return `${roomsWords(stopped)} out of date since ${from}: event ${event.seq} of the meeting ${event.meeting_id} ${why}. What comes for ${stopped.rooms === 1 ? "this room" : "these rooms"} is kept, and is shown by itself once ${until}.`;
}

/** Why nothing is recorded, since when, and what to do. */
export function haltSentence(
  { since, reason }: NonNullable<Recording["halted"]>,
  now: Ms,
  clockFormat: ClockFormat,
): string {
  const from = clockFormat.on(now).minute(fromWireTime(since));
  return `Nothing is recorded since ${from}: ${haltWords(reason)}. Webhooks are answered 503 meanwhile, so that providers send them again; what they do not send again is lost. ${haltAdvice(reason)}`;
}

/** Why a source's webhooks are refused, since when, and what to do. */
export function refusedSentence(
  refused: RefusedSource,
  providers: readonly ProviderWords[],
  now: Ms,
  clockFormat: ClockFormat,
): string {
  const { count, reason, source } = refused;
  const clock = clockFormat.on(now);
  const since = clock.minute(fromWireTime(refused.since));
  const last = clock.minute(fromWireTime(refused.last_at));
  const { why, advice } = refusalWords(reason);
  const were = `${counted(count, "webhook was", "webhooks were")} refused`;
  if (!mayBeOff(refused, now)) {
    const ofLast = count === 1 ? "" : ", the last one because";
    return `${were} since ${since}${ofLast || ":"} ${why}. ${advice}`;
  }
  const own = providers.find(({ name }) => name === source.provider);
  return `${were} in a row since ${since}, the last one because ${why}, and nothing has come since ${last}. ${own?.title ?? "The provider"} may have switched the webhook off, as it does after ${refused.gives_up_after} failures in a row unless it was told otherwise. What happens meanwhile is not sent. ${advice} Then ${own?.switchOn ?? SWITCH_ON}.`;
}

/** Which of a source's webhooks were refused before one was accepted again. */
export function refusedBefore(
  refused: RefusedSource & { over_at: string | null },
  now: Ms,
  clockFormat: ClockFormat,
): string {
  const clock = clockFormat.on(now);
  const [since, last, over] = [refused.since, refused.last_at, refused.over_at ?? refused.last_at]
    .map(fromWireTime)
    .map((at) => clock.minute(at));
  const { count } = refused;
  const when = count === 1 ? `at ${since}` : `between ${since} and ${last}`;
  return `${counted(count, "webhook was", "webhooks were")} refused ${when}: ${refusalWords(refused.reason).why}. Taken again since ${over}.`;
}

const SWITCH_ON = "look at the provider, and switch it on again";
