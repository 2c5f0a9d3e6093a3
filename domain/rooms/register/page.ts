import type { RoomNamed } from "#domain/rooms/rooms.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Period } from "#domain/time/period.ts";
import type { RegisterFigures } from "./figures.ts";
import type { PackedRegister } from "./packing.ts";
import type { RoomSettings } from "./settings.ts";
import type { Thresholds } from "./thresholds.ts";

/** A room's page, with what it was asked. */
export interface RegisterPage {
  room: RoomNamed;
  /** The class list of the room, and those it could have. */
  classList: { id: string; name: string | null } | null;
  classLists: { id: string; name: string | null }[];
  register: PackedRegister;
  figures: RegisterFigures;
  /** How many meetings there were; the register has the latest of them. */
  meetings: number;
  asOf: Ms;
  period: Period;
  /** Today in the zone of the period. */
  today: string;
  minDurationMs: Ms | null;
  /** What is kept for the room; `null` where nobody set anything. */
  settings: RoomSettings | null;
  /** What counts in this look: what is kept, but for what the address says. */
  thresholds: Thresholds;
}
