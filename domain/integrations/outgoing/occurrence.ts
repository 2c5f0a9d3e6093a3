import type { WireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { Trigger } from "./endpoint.ts";

/** A message by which an occurrence is told: its name, when it was made, and the one that it corrects. */
export interface MessageName {
  id: string;
  madeAt: Ms;
  corrects: string | null;
}

/** Something that other systems are told of. */
export interface Occurrence {
  trigger: Trigger;
  /** Names it: the same however often, and from whatever filing, it is found again. */
  key: string;
  /** Names what it tells: another occurrence with the same corrects the earlier. */
  about: string;
  at: Ms;
  /** The meeting in which its messages keep their order; `null` where it is in none. */
  meetingId: string | null;
  /** What is sent. */
  body: (message: MessageName) => object;
}

/** A meeting as other systems are told of it. */
export interface ToldMeeting {
  id: string;
  source: WireSource;
  roomId: string;
  room: string;
  title: string | null;
  /** The ids by which its provider knows it. */
  providerIds: readonly string[];
  /** A room of its provider has this meeting and no other: the room's key is an id of the meeting. */
  isOnePerRoom: boolean;
  startedAt: Ms | null;
  endedAt: Ms | null;
}

/** What our own payloads say of a meeting. */
export function meetingFacts({ id, source, room, title, startedAt, endedAt }: ToldMeeting) {
  return {
    ...{ id, source, room, title },
    started_at: toWireTime(startedAt),
    ended_at: toWireTime(endedAt),
  };
}

/** A body of our own, as Standard Webhooks recommends it. */
export function ownBody(trigger: string, at: Ms, { id, corrects }: MessageName, data: object) {
  return { type: trigger, timestamp: toWireTime(at), id, corrects, data };
}

/** One text of several parts, which cannot be that of others. */
export function keyOf(...parts: readonly (string | number | null)[]): string {
  return JSON.stringify(parts);
}
