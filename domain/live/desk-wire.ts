import type { HouseRules } from "#domain/desk/groups/house-rules.ts";
import type { WireSource } from "#domain/event/recorded.ts";
import type { MeetingStatus } from "#domain/meeting/meeting.ts";
import type { Outcome } from "#domain/meeting/wait.ts";
import type { StartOutcome } from "#domain/scheduled/start-verdict.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { WireTime } from "#domain/time/wire-time.ts";
import type { WaitingNow, WireHandling } from "#domain/waits/handling-wire.ts";

/* What travels of the board of today, as the rest of the wire does (`domain/live/wire.ts`). */

/** A line of the board: an appointment, or an open room that no appointment is for. */
export interface DeskLine {
  /** Of the scheduled meeting, or else of the meeting. */
  id: string;
  source: WireSource;
  room: string;
  title: string;
  appointment: WireAppointment | null;
  /** Where it takes place; `null` as long as nobody came. */
  meeting: { id: string; status: MeetingStatus; started_at: WireTime | null } | null;
  /** Of those expected, how many were not seen yet; `null` where nobody is named. */
  expected: number | null;
  waiting: WaitingNow[];
  present: number;
  gone: number;
  /** Came without being expected; `null` without an appointment. */
  walk_ins: number | null;
  hosts: { person_id: string; name: string | null }[];
  hostless_since: WireTime | null;
  /** Its groups, opening hours and limits; `null` where the house says nothing of its room. */
  house: HouseRules | null;
}

interface WireAppointment {
  starts_at: WireTime;
  ends_at: WireTime;
  late_after_ms: Ms;
  /** How it stood some minutes after its start; `null` until then. */
  outcome: StartOutcome | null;
  /** Who is expected to host. */
  hosts: { name: string | null }[];
}

/** Somebody who left before they were admitted, to be followed up. */
export interface LostWait extends WireHandling {
  id: string;
  meeting_id: string;
  person_id: string;
  name: string | null;
  source: WireSource;
  room: string;
  title: string | null;
  started_at: WireTime;
  ended_at: WireTime | null;
  outcome: Outcome;
  house: HouseRules | null;
}

/** The day in one line. */
export interface DeskDay {
  since: WireTime;
  time_zone: string;
  /** Guests who were in. */
  seen: number;
  waits: number;
  admitted: number;
  really_lost: number;
  /** Expected at an appointment that is over, and never seen. */
  no_shows: number;
  longest_ms: Ms | null;
  service_level: number | null;
  target_ms: Ms;
  /** Waits that began outside the opening hours: they are in none of these numbers. */
  outside_hours: number;
}

/** The desk as a page opens with it, and as it is watched. */
export interface DeskSnapshot {
  as_of: WireTime;
  lines: DeskLine[];
  /** Who was lost today, and before that who nobody followed up; the latest first. */
  lost: LostWait[];
  day: DeskDay;
}

/** What changed of it: lines and lost waits that are new or otherwise, and the ids of those that are gone. */
export interface DeskChange {
  as_of: WireTime;
  lines: DeskLine[];
  lost: LostWait[];
  gone: string[];
  day: DeskDay;
}
