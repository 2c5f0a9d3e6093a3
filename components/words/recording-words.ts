import { haltWords } from "#domain/live/halt-words.ts";
import {
  mayBeOff,
  type Recording,
  type StoppedProjection,
  type Trouble,
} from "#domain/live/recording.ts";
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

export const OFF_WORDS = { off: "switched off", missing: "gone" } as const;

function refusedWords(count: number): string {
  return `${counted(count, "webhook", "webhooks")} refused`;
}

export function storedWords(count: number): string {
  return counted(count, "webhook is", "webhooks are");
}

export function roomsWords({ rooms }: StoppedProjection): string {
  return counted(rooms, "room is", "rooms are");
}
