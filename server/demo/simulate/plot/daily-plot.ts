import type { Ms } from "#domain/time/ms.ts";
import { castMeeting, type Member } from "./cast.ts";
import type { Actor, DailyGathering, PlottedStay, Session } from "./gathering.ts";
import {
  connectionsOf,
  departureFrom,
  type PresencePiece,
  type PresenceWindow,
  presenceIn,
  SECOND,
} from "./itinerary.ts";
import type { Outline } from "./outline.ts";
import type { Random } from "./random.ts";
import { guestAt, lastGuest, loneGuest, stay, type WaitingRoomDoor } from "./waiting-room.ts";

const MINUTE: Ms = 60 * SECOND;

/** What happens in one room of Daily. `random` decides what happens, `ids` only draws ids. */
export function plotDaily(
  random: Random,
  ids: Random,
  outline: Outline,
  meeting: number,
  room: string,
): DailyGathering {
  const knocking = outline.kind !== "class";
  const recess = canHaveRecess(outline) && random.chance(0.4);
  const members = castMeeting(random, outline, meeting, {
    hosts: hostsOf(random, outline),
    // Over a recess it could not be known which phone is which.
    twins: !knocking && !recess,
    known: knocking ? 0.3 : 0.6,
    userId: () => `user-${ids.token(10)}`,
  });
  const base = { provider: "daily", room, title: null } as const;
  if (outline.kind === "interview" && outline.people === 1) {
    const actors = members.map((member) => loneGuest(random, ids, outline, member));
    return { ...base, actors, sessions: [] };
  }
  if (recess) return { ...base, ...withRecess(random, ids, outline, members) };
  const closedAt = outline.live ? null : outline.to + random.int(0, 400);
  const actors = knocking
    ? behindDoor(random, ids, outline, members, closedAt)
    : openToAll(random, ids, outline, members);
  return {
    ...base,
    actors,
    sessions: [
      sessionOf(
        ids,
        actors.flatMap(({ stays }) => stays),
        closedAt,
      ),
    ],
  };
}

function hostsOf(random: Random, { kind, people }: Outline): number {
  if (kind === "interview") return Math.ceil(people / 2);
  return people >= 5 && random.chance(0.6) ? 2 : 1;
}

/** In a recess the room is empty for a while: Daily counts two meetings, we count one. */
function canHaveRecess({ kind, from, to, people }: Outline): boolean {
  return kind === "class" && people > 1 && to - from >= 6 * MINUTE;
}

/** A clinic or an interview: hosts inside, all others through the waiting room. */
function behindDoor(
  random: Random,
  ids: Random,
  outline: Outline,
  members: readonly Member[],
  closedAt: Ms | null,
): Actor[] {
  const { from, to, live, opens } = outline;
  const hostComesAfter = opens ? 0 : Math.floor(Math.min(MINUTE, (to - from) * 0.08));
  const openFrom = from + hostComesAfter;
  const door: WaitingRoomDoor = { from, to, live, openFrom, closedAt };
  const inside: PresenceWindow = { from: openFrom, to, live };
  const hosts = members.filter(({ host }) => host);
  const actors = hostsIn(random, ids, inside, hosts);
  const guests = members.filter(({ host }) => !host);
  for (const [index, guest] of guests.entries()) {
    // When the script is over, the waiting room should not be empty.
    const stillWaits = live && index > 1 && index === guests.length - 1;
    actors.push(
      stillWaits ? lastGuest(random, ids, door, guest) : guestAt(random, ids, door, guest),
    );
  }
  return actors;
}

/** The first host opens the room; where there is a second, the first leaves and the second takes over. */
function hostsIn(
  random: Random,
  ids: Random,
  window: PresenceWindow,
  hosts: readonly Member[],
): Actor[] {
  const { from, to, live } = window;
  const whole: PresencePiece = { from, to: live ? null : to };
  const handsOver = hosts.length > 1 && to - from >= 3 * MINUTE;
  const goesAt = handsOver ? from + random.int((to - from) * 0.35, (to - from) * 0.6) : null;
  return hosts.map((host, index) => {
    if (index === 0) return actorOf(ids, host, [{ from, to: goesAt ?? whole.to }]);
    if (index > 1 || goesAt === null) return actorOf(ids, host, [presenceIn(random, window)]);
    return actorOf(ids, host, [
      { from: goesAt - random.int(5 * SECOND, 40 * SECOND), to: whole.to },
    ]);
  });
}

/** A class: without a waiting room, many come, and one student stays from the first moment to the last. */
function openToAll(
  random: Random,
  ids: Random,
  window: PresenceWindow,
  members: readonly Member[],
): Actor[] {
  const { from, to, live } = window;
  const students = members.filter(({ host }) => !host);
  const anchor = students[0] ?? members[0];
  const [first, second] = members.filter(({ host }) => host);
  const leaves = second && to - from >= 3 * MINUTE;
  const handsOverAt = from + random.int((to - from) * 0.35, (to - from) * 0.6);
  return members.map((member) => {
    const { userId, name, host, twin } = member;
    if (member === anchor) return actorOf(ids, member, [{ from, to: live ? null : to }]);
    if (member === first && leaves) {
      return actorOf(ids, member, [{ from: from + 2 * SECOND, to: handsOverAt }]);
    }
    if (member === second && leaves) {
      const takesOver = handsOverAt + random.int(10 * SECOND, 50 * SECOND);
      return actorOf(ids, member, [
        { from: takesOver, to: departureFrom(random, takesOver, window) },
      ]);
    }
    if (twin) return actorOf(ids, member, [throughTheMiddle(random, window)]);
    const whole = presenceIn(random, window);
    const possible = !host && name !== null;
    return actorOf(
      ids,
      member,
      connectionsOf(random, whole, to, { possible, overlapping: userId !== null }),
    );
  });
}

/** Long enough to overlap every other presence of this kind in the middle. */
function throughTheMiddle(random: Random, { from, to, live }: PresenceWindow): PresencePiece {
  const quarter = (to - from) / 4;
  const begin = from + random.int(0, quarter);
  return { from: begin, to: live ? null : to - random.int(0, quarter) };
}

/** All people leave, and most come back before the room was empty for two minutes. */
function withRecess(
  random: Random,
  ids: Random,
  outline: Outline,
  members: readonly Member[],
): Pick<DailyGathering, "actors" | "sessions"> {
  const { from, to, live } = outline;
  const breakAt = from + random.int((to - from) * 0.4, (to - from) * 0.5);
  const before: PresenceWindow = { from, to: breakAt, live: false };
  const after: PresenceWindow = { from: breakAt + random.int(45 * SECOND, 90 * SECOND), to, live };
  const actors = members.map((member, index) => {
    if (index === 0) {
      const last: PresencePiece = { from: after.from, to: live ? null : to };
      return actorOf(ids, member, [{ from, to: breakAt }, last]);
    }
    const pieces = [presenceIn(random, before)];
    if (member.name !== null && random.chance(0.8)) pieces.push(presenceIn(random, after));
    return actorOf(ids, member, pieces);
  });
  const stays = actors.flatMap((actor) => actor.stays);
  const early = stays.filter((one) => one.from < after.from);
  const late = stays.filter((one) => one.from >= after.from);
  return {
    actors,
    sessions: [
      sessionOf(ids, early, breakAt + random.int(0, 400)),
      sessionOf(ids, late, live ? null : to + random.int(0, 400)),
    ],
  };
}

/** Daily begins a meeting when the first one comes in. */
function sessionOf(ids: Random, stays: readonly PlottedStay[], to: Ms | null): Session {
  return { id: ids.uuid(), from: Math.min(...stays.map(({ from }) => from)), to };
}

function actorOf(
  ids: Random,
  { name, userId, host }: Member,
  pieces: readonly PresencePiece[],
): Actor {
  return {
    name,
    userId,
    stays: pieces.map((piece) => stay(ids.uuid(), piece, host)),
    knocks: [],
  };
}
