import type { Ms } from "#domain/time/ms.ts";
import type { OffsetAt } from "#domain/time/period.ts";
import { fromWireTime, toWireTime, type WireTime } from "#domain/time/wire-time.ts";
import {
  urgencyOf,
  usualLimits,
  type WaitLimits,
  type WaitUrgency,
} from "#domain/waits/wait-limits.ts";
import type { ActLink } from "./act-link.ts";
import { hoursChangeAfter, hoursChangedBefore, isOpen } from "./opening-hours.ts";
import type { RoomRules } from "./room-group.ts";

/** What the house says of a room, as it stands at a moment. */
export interface HouseRules {
  /** The names of its groups, the most exact first. */
  groups: string[];
  /** `null` where it is always open. */
  hours: {
    is_open: boolean;
    /** Since when, and until when, where that is within two weeks. */
    since: WireTime | null;
    until: WireTime | null;
  } | null;
  /** `null`: by the target of whoever looks. */
  limits: { amber_ms: Ms; red_ms: Ms; urgent_ms: Ms } | null;
  /** What those who wait for it are told, and by whom. */
  message: { text: string; by: string; at: WireTime } | null;
  /** Where its rows lead, with names to be filled in: `domain/desk/groups/act-link.ts`. */
  links: ActLink[];
}

/** What the house says of a room at a moment; `null` where that is nothing. */
export function houseRulesOf(
  { groups, hours, limits, links }: RoomRules,
  message: { text: string; by: string; at: Ms } | null,
  now: Ms,
  offsetIn: (timeZone: string) => OffsetAt,
): HouseRules | null {
  if (groups.length === 0 && message === null) return null;
  return {
    groups: groups.map(({ name }) => name),
    hours: hours && {
      is_open: isOpen(hours, now, offsetIn(hours.timeZone)),
      since: toWireTime(hoursChangedBefore(hours, now, offsetIn(hours.timeZone))),
      until: toWireTime(hoursChangeAfter(hours, now, offsetIn(hours.timeZone))),
    },
    limits: limits && {
      amber_ms: limits.amberMs,
      red_ms: limits.redMs,
      urgent_ms: limits.urgentMs,
    },
    message: message && { text: message.text, by: message.by, at: toWireTime(message.at) },
    links: [...links],
  };
}

/** Whether a room is open, also a little after its hours were looked up: since when, where that is known. */
export function openness(house: HouseRules | null, now: Ms): { isOpen: boolean; since: Ms | null } {
  const hours = house?.hours ?? null;
  if (hours === null) return { isOpen: true, since: null };
  const until = hours.until === null ? null : fromWireTime(hours.until);
  if (until !== null && until <= now) return { isOpen: !hours.is_open, since: until };
  return { isOpen: hours.is_open, since: hours.since === null ? null : fromWireTime(hours.since) };
}

export function limitsIn(house: HouseRules | null, targetMs: Ms): WaitLimits {
  const limits = house?.limits ?? null;
  if (limits === null) return usualLimits(targetMs);
  return { amberMs: limits.amber_ms, redMs: limits.red_ms, urgentMs: limits.urgent_ms };
}

/** How urgent a wait is in a room: of what was waited before it opened nothing counts. */
export function urgencyIn(
  house: HouseRules | null,
  startedAt: Ms,
  now: Ms,
  targetMs: Ms,
): WaitUrgency {
  const { isOpen: open, since } = openness(house, now);
  if (!open) return "closed";
  return urgencyOf(now - Math.max(startedAt, since ?? startedAt), limitsIn(house, targetMs));
}
