import type { ListName } from "#domain/lists/lists.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { LevelMode, ShortLeaves } from "#domain/waits/waiting.ts";
import type { Role } from "./role.ts";
import type { Sight } from "./sight.ts";

/** The columns that somebody chose, by list. A list that is missing or `null` shows all of them. */
type ListColumns = Readonly<Partial<Record<ListName, readonly string[] | null>>>;

/** What a member chose for all their devices; `null` for what their browser says. */
export interface MemberSettings {
  /** IANA name, or `browser` for the zone of each browser; `null` for the installation's. */
  timeZone: string | null;
  hourCycle: "h12" | "h23" | null;
  /** ISO 8601: 1 is Monday, 7 Sunday. */
  firstDay: number | null;
  theme: "light" | "dark" | null;
  /** The page that opens first, by its path. */
  start: string | null;
  columns: ListColumns;
  /** How the waiting room is measured: the target, how many should meet it in percent, and who counts. */
  waitTargetMs: Ms | null;
  waitGoal: number | null;
  waitLevel: LevelMode | null;
  waitShort: ShortLeaves | null;
}

/** For somebody who chose nothing. */
export const NO_SETTINGS: MemberSettings = {
  timeZone: null,
  hourCycle: null,
  firstDay: null,
  theme: null,
  start: null,
  columns: {},
  waitTargetMs: null,
  waitGoal: null,
  waitLevel: null,
  waitShort: null,
};

/** Somebody who may sign in. */
export interface Member {
  id: string;
  name: string;
  /** In lower case. */
  email: string;
  role: Role;
  sight: Sight;
  settings: MemberSettings;
  hasSecondFactor: boolean;
  /** They were invited, and have not signed in yet. */
  isInvited: boolean;
  createdAt: Ms;
  /** When anything of them was last changed: what they chose, their name, what they may. */
  changedAt: Ms;
  /** When one of their sessions was last used, to the hour; `null` where there is none. */
  lastSeenAt: Ms | null;
}
