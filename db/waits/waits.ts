import { IN_ROOM } from "#db/meetings/meeting.ts";
import { waits } from "#db/schema/projected.ts";
import { SOURCE } from "#db/sources/source-json.ts";
import { type SourceRow, type WireSource, wireSource } from "#domain/event/recorded.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Handling } from "#domain/waits/handling.ts";
import { HANDLINGS } from "./handling.ts";
import { OUTCOME } from "./wait-outcome.ts";

/** Where a wait stands in a list. */
export interface WaitPlace {
  startedAt: Ms;
  meetingId: string;
  participantId: string;
}

/** A wait with its room; of `waits`, `rooms` and `sources`. */
export const WAIT = {
  waitId: waits.id,
  meetingId: waits.meetingId,
  roomId: waits.roomId,
  ...IN_ROOM,
  personId: waits.personId,
  participantId: waits.participantId,
  name: waits.name,
  startedAt: waits.startedAt,
  endedAt: waits.endedAt,
  outcome: OUTCOME,
  inferred: waits.inferred,
  endEntered: waits.endEntered,
  /** What the desk entered of it. */
  handlings: HANDLINGS,
  source: SOURCE,
};

/** A wait as it is read, with an empty list where nothing was entered. */
export function waitOf<Row extends { source: SourceRow; handlings: Handling[] | null }>(
  row: Row,
): Omit<Row, "source" | "handlings"> & { source: WireSource; handlings: Handling[] } {
  return { ...row, source: wireSource(row.source), handlings: row.handlings ?? [] };
}
