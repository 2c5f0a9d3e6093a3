import type { Ms } from "#domain/time/ms.ts";
import { applyToRoom } from "./apply-to-room.ts";
import type { Changes } from "./changes.ts";
import type { RoomNews } from "./news.ts";
import { type RoomBefore, rebuildRoom } from "./rebuild-room.ts";
import type { Ids, RecordedEvent } from "./state.ts";

/** What is loaded of a room before its news is told. */
export type Loaded =
  /** All events of those people of its latest meeting whom the news touches (`touchedBy`). */
  | { reach: "touched"; events: readonly RecordedEvent[] }
  /** All that is kept of the meetings which the news may touch (`stretchOf`). */
  | { reach: "around"; before: RoomBefore };

/**
 * What the news of a room changes of what is kept. A function of what is loaded, of the news, and of the clock: it
 * reads nothing and writes nothing. `null` where the touched alone do not tell it, and what is around has to be
 * loaded; both ways tell the same.
 */
export function plan(own: RoomNews, loaded: Loaded, now: Ms, ids: Ids): Changes | null {
  switch (loaded.reach) {
    case "touched":
      return applyToRoom(own, loaded.events, now, ids);
    case "around":
      return rebuildRoom(own, loaded.before, now, ids);
    default:
      return loaded satisfies never;
  }
}
