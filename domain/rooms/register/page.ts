import type { HouseRules } from "#domain/desk/groups/house-rules.ts";
import type { RoomNamed } from "#domain/rooms/rooms.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Period } from "#domain/time/period.ts";
import type { RegisterFigures } from "./figures.ts";
import type { PackedRegister } from "./packing.ts";
import type { RoomSettings } from "./settings.ts";
import type { Thresholds } from "./thresholds.ts";

/** A room's page, with its filters. */
export interface RegisterPage {
  room: RoomNamed;
  /** The class list of the room, and those it could use. */
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
  /** The room's stored settings; `null` where none were set. */
  settings: RoomSettings | null;
  /** The thresholds in use: the stored ones, replaced by those of the address. */
  thresholds: Thresholds;
  /** Its groups, opening hours and limits; `null` where the house says nothing of it. */
  house: HouseRules | null;
}
