import { type SQL, sql } from "drizzle-orm";
import { seesBodies } from "#db/access/sight/seeing.ts";
import { rooms } from "#db/schema/projected.ts";
import type { MeetingStatus } from "#domain/meeting/meeting.ts";
import type { Ms } from "#domain/time/ms.ts";

/** What a bot's id leads to: a room and its meeting, whose fields are all `null` before its first event. */
export interface BotRow {
  sourceId: string;
  provider: string;
  room: string;
  meetingId: string | null;
  status: MeetingStatus | null;
  startedAt: Ms | null;
  endedAt: Ms | null;
  /**
   * Of which observer its events are: `""` of the one whose room it is, else by the key of its own; `null` of all, where
   * a meeting was asked for.
   */
  observer: string | null;
}

/** As which observer a bot reports, of `rooms`. */
export const OBSERVER: SQL<string> = sql<string>`case when ${rooms.joinedTo} is null then '' else ${rooms.key} end`;

/** No delivery for those who see initials: what a caller of a bot's provider wrote into it may name somebody. */
export function ofBodies(): SQL | undefined {
  return seesBodies() ? undefined : sql`false`;
}
