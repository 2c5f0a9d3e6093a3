import type { StoppingEvent } from "#domain/event/recorded.ts";
import {
  mayBeOff,
  type Recording,
  type RefusedSource,
  type StoppedProjection,
  type Trouble,
  type WebhookOff,
} from "#domain/live/recording.ts";
import { haltAdvice, haltWords, refusalWords } from "#domain/live/refusal-words.ts";
import type { ProviderWords } from "#domain/sources/provider-words.ts";
import type { Ms } from "#domain/time/ms.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import type { ClockFormat } from "./clock-format.ts";
import { counted } from "./count.ts";

/** A badge's text: `short` is always shown, `rest` where there is room. */
export interface TroubleWords {
  short: string;
  rest: string;
}

/** What is wrong with recording, in a few words; `null` where nothing is wrong. */
export function troubleWords(
  { halted, behind, stopped, off, refused, more }: Trouble & Pick<Recording, "more">,
  now: Ms,
  clockFormat: ClockFormat,
): TroubleWords | null {
  const clock = clockFormat.on(now);
  if (halted !== null) {
    const since = clock.minute(fromWireTime(halted.since));
    return { short: "Not recording", rest: ` since ${since}: ${haltWords(halted.reason)}` };
  }
  if (behind !== null) {
    const since = clock.minute(fromWireTime(behind.since));
    return { short: "Behind", rest: ` since ${since}: ${storedWords(behind.count)} not shown yet` };
  }
  if (stopped !== null) {
    const since = clock.minute(fromWireTime(stopped.since));
    return { short: `${roomsWords(stopped)} out of date`, rest: ` since ${since}` };
  }
  const [lost] = off;
  if (lost !== undefined) {
    const since = clock.minute(fromWireTime(lost.since));
    return {
      short: `${lost.source.name}: webhook ${OFF_WORDS[lost.state]}`,
      rest: ` since ${since}`,
    };
  }
  const [first, ...others] = refused;
  if (first === undefined) return null;
  const since = clock.minute(fromWireTime(first.since));
  if (others.length + more > 0) {
    const count = refused.reduce((sum, one) => sum + one.count, 0);
    const sources = counted(refused.length + more, "source", "sources");
    return { short: `${sources}: ${refusedWords(count)}`, rest: ` since ${since}` };
  }
  const { name } = first.source;
  if (mayBeOff(first, now)) {
    const last = clock.minute(fromWireTime(first.last_at));
    return { short: `${name} may be switched off`, rest: `: silent since ${last}` };
  }
  return { short: `${name}: ${refusedWords(first.count)}`, rest: ` since ${since}` };
}

const OFF_WORDS = { off: "switched off", missing: "gone" } as const;

/** A webhook that is switched off at its provider, since when, and what to do. */
export function offSentence(
  { state, since }: WebhookOff,
  now: Ms,
  clockFormat: ClockFormat,
): string {
  const from = clockFormat.on(now).minute(fromWireTime(since));
  return `The webhook is ${OFF_WORDS[state]} at its provider since ${from}. What happens is asked for there meanwhile, later and without who waits.`;
}

function refusedWords(count: number): string {
  return `${counted(count, "webhook", "webhooks")} refused`;
}

function storedWords(count: number): string {
  return counted(count, "webhook is", "webhooks are");
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

function roomsWords({ rooms }: StoppedProjection): string {
  return counted(rooms, "room is", "rooms are");
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

/** Why an event cannot be read, and until when: to be put after what names it, and after “once”. */
export function unreadableWords({ type, field }: Pick<StoppingEvent, "type" | "field">): {
  why: string;
  until: string;
} {
  return field === "type"
    ? {
        why: `has the unknown type “${type}”, written by a later version`,
        until: "that version runs again",
      }
    : { why: `(“${type}”) has a broken “${field}”`, until: "it is restored from a backup" };
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
