import type { Ms } from "#domain/time/ms.ts";
import type { RoomStart } from "./room-start.ts";
import type { Thresholds } from "./thresholds.ts";

/** The settings of a room's register: who set them, and when. */
export interface RoomSettings {
  /** Those that were set; the others have their defaults. */
  thresholds: Partial<Thresholds>;
  /** When its meetings begin; `null` where it was not set. */
  start: RoomStart | null;
  by: string;
  at: Ms;
}
