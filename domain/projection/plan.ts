import type { Ms } from "#domain/time/ms.ts";
import { applyToRoom } from "./apply-to-room.ts";
import type { Changes } from "./changes.ts";
import type { RoomInput } from "./news.ts";
import { type RoomBefore, rebuildRoom } from "./rebuild-room.ts";
import type { Ids, RecordedEvent } from "./state.ts";

/** What is loaded of a room before its new events are projected. */
export type Loaded =
  /** All events of the people in its latest meeting whom the new events touch (`touchedBy`). */
  | { reach: "touched"; events: readonly RecordedEvent[] }
  /** All rows of the meetings that the new events may affect (`extentAround`). */
  | { reach: "around"; before: RoomBefore };

/**
 * The changes that new events make to the stored rows. A function of what is loaded, of the new events, and
 * of the clock: it reads nothing and writes nothing. `null` where the touched people are not enough, and
 * the meetings around have to be loaded; both ways give the same.
 */
export function plan(own: RoomInput, loaded: Loaded, now: Ms, ids: Ids): Changes | null {
  switch (loaded.reach) {
    case "touched":
      return applyToRoom(own, loaded.events, now, ids);
    case "around":
      return rebuildRoom(own, loaded.before, now, ids);
    default:
      return loaded satisfies never;
  }
}
