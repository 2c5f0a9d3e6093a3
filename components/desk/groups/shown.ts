import type { roomGroup } from "#server/desk/groups/schema.ts";
import type { AnswerOf } from "#server/http/schema.ts";

/** A group as the API has it. */
export type RoomGroupShown = AnswerOf<typeof roomGroup>;

/** A room that a pattern may fit. */
export interface RoomToGroup {
  sourceId: string;
  key: string;
  title: string | null;
}
