import type { RoomSeen, Sight } from "#domain/access/sight.ts";
import { seesRoom } from "#domain/access/sight.ts";
import { foldName } from "#domain/identity/name.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { OffsetAt } from "#domain/time/period.ts";

/** Of what a rule raises an alert, in the order in which it is offered. */
export const RULE_KINDS = [
  "waiting",
  "waiting_without_host",
  "without_host",
  "capacity",
  "person",
  "not_begun",
  "source_silent",
  "source_refused",
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** What a named person does, where a rule is about that. */
export const PERSON_DEEDS = ["waits", "joined", "left"] as const;
export type PersonDeed = (typeof PERSON_DEEDS)[number];

/** Hours of every day in which nobody is alarmed, as minutes after midnight; over midnight where they end earlier. */
export interface QuietHours {
  from: number;
  to: number;
}

/** When somebody is to be alarmed. */
export interface AlertRule extends Pick<Sight, "sources" | "rooms"> {
  /** Ids of groups of rooms; `null` for rooms in any or none. */
  groups: readonly string[] | null;
  id: string;
  name: string;
  kind: RuleKind;
  isOn: boolean;
  /** For how long it has to be so; of what is silent `null` for longer than it usually is. */
  afterMs: Ms | null;
  /** How many people fill a room. */
  capacity: number | null;
  /** The name or the user id of a person, and what they do. */
  person: string | null;
  deed: PersonDeed | null;
  /** How often it is repeated until somebody acknowledges it; `null` for never. */
  repeatMs: Ms | null;
  /** After how long without anybody acknowledging it becomes urgent; `null` for never. */
  urgentMs: Ms | null;
  quiet: QuietHours | null;
  /** Since when the rule is as it is. What was over by then is no alert of it. */
  since: Ms;
}

/** Whether a rule is about what happens in a room. */
export function isInScope(
  rule: Pick<AlertRule, "sources" | "rooms" | "groups">,
  room: RoomSeen & { groups: readonly string[] },
): boolean {
  const { groups } = rule;
  return seesRoom(rule, room) && (groups === null || room.groups.some((id) => groups.includes(id)));
}

/** Whether a rule names this person, by their id or their name. */
export function isNamed(
  person: string,
  { userId, nameKey }: { userId: string | null; nameKey: string | null },
): boolean {
  return userId === person || (nameKey !== null && nameKey === foldName(person));
}

const MINUTE_MS: Ms = 60_000;
const DAY_MINUTES = 1_440;

/** The first moment from `at` on that is in no quiet hours. */
export function awakeFrom(at: Ms, quiet: QuietHours | null, offsetAt: OffsetAt): Ms {
  if (quiet === null) return at;
  let moment = at;
  // Twice, because clocks may be changed in the quiet hours.
  for (let tries = 0; tries < 2; tries += 1) {
    const local = moment + offsetAt(moment);
    const minute = Math.floor(local / MINUTE_MS) % DAY_MINUTES;
    if (!isIn(minute, quiet)) return moment;
    const left = (quiet.to - minute + DAY_MINUTES) % DAY_MINUTES;
    moment += left * MINUTE_MS - (((local % MINUTE_MS) + MINUTE_MS) % MINUTE_MS);
  }
  return moment;
}

function isIn(minute: number, { from, to }: QuietHours): boolean {
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
