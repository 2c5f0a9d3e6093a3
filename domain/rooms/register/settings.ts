import type { Ms } from "#domain/time/ms.ts";
import type { RoomStart } from "./room-start.ts";
import type { Thresholds } from "./thresholds.ts";

/** What somebody set for the register of a room: who, and when. */
export interface RoomSettings {
  /** Those that were set; of the others the usual ones count. */
  thresholds: Partial<Thresholds>;
  /** When its meetings begin; `null` where nobody said. */
  start: RoomStart | null;
  by: string;
  at: Ms;
}
