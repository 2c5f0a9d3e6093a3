import type { Ms } from "#domain/time/ms.ts";
import type { UsualWait } from "./usual-wait.ts";

/** How a room stands for those who wait for it. There is nobody's name in it, and nothing of anybody. */
export interface Lobby {
  /** What its guests read that it is called. */
  name: string;
  isOpen: boolean;
  /** When it opens, or closes, where that is within two weeks. */
  changesAt: Ms | null;
  timeZone: string;
  /** How many wait. */
  waiting: number;
  /** How many of them waited before the moment that was asked for; `null` where none was. */
  before: number | null;
  hostIsThere: boolean;
  /** What the desk tells them, and since when. */
  message: { text: string; at: Ms } | null;
  /** `null` where too little is known. */
  usual: UsualWait | null;
  asOf: Ms;
}

export const LONGEST_ROOM_MESSAGE = 200;
/** What the desk says of a day is over with it. */
export const MESSAGE_HOLDS_MS: Ms = 12 * 3_600_000;
