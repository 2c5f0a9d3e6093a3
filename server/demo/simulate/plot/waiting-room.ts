import type { Ms } from "#domain/time/ms.ts";
import type { Member } from "./cast.ts";
import type { Actor, PlottedKnock, PlottedStay } from "./gathering.ts";
import {
  connectionsOf,
  departureFrom,
  type PresencePiece,
  type PresenceWindow,
  SECOND,
} from "./itinerary.ts";
import type { Random } from "./random.ts";

const MINUTE: Ms = 60 * SECOND;
const LONGEST_WAIT: Ms = 20 * MINUTE;

/** A room with a waiting room. */
export interface WaitingRoomDoor extends PresenceWindow {
  /** From here on a host is in who can admit others. */
  openFrom: Ms;
  /** When open waits end with the meeting; `null` while it goes on. */
  closedAt: Ms | null;
}

/** One guest who knocks: admitted, giving up, leaving at once, coming back, or never heard of again. */
export function guestAt(random: Random, ids: Random, door: WaitingRoomDoor, member: Member): Actor {
  const { name, userId } = member;
  const actor: Actor = { name, userId, stays: [], knocks: [] };
  const at = random.int(door.from, door.to - (door.to - door.from) * 0.45);
  const left = door.to - at;
  const isNamed = name !== null;
  const dice = random.next();
  if (dice < 0.1 && left >= 60 * SECOND) {
    givesUp(actor, ids, at, random.int(15 * SECOND, Math.min(4 * MINUTE, left / 2)), "left");
  } else if (dice < 0.17 && left >= 20 * SECOND) {
    givesUp(actor, ids, at, random.int(2 * SECOND, 8 * SECOND), "short");
  } else if (dice < 0.3 && left >= 5 * MINUTE && isNamed) {
    const waited = random.int(12 * SECOND, 40 * SECOND);
    givesUp(actor, ids, at, waited, "came_back");
    // Later than a reload of the page would be.
    const again = at + waited + random.int(65 * SECOND, 90 * SECOND);
    const inBy = Math.max(again + 20 * SECOND, door.openFrom + 10 * SECOND);
    isLetIn(random, ids, door, actor, again, departureFrom(random, inBy, door));
  } else if (dice < 0.42 && left >= 6 * MINUTE && isNamed) {
    comesTwice(random, ids, door, actor, at);
  } else if (dice < 0.52) {
    waitsToTheEnd(random, ids, door, actor);
  } else {
    const inBy = Math.max(at + left * 0.4, door.openFrom + 8 * SECOND);
    isLetIn(random, ids, door, actor, at, departureFrom(random, inBy, door));
  }
  return actor;
}

/** A guest who came too late to be admitted before the script ends. */
export function lastGuest(
  random: Random,
  ids: Random,
  door: WaitingRoomDoor,
  member: Member,
): Actor {
  const { name, userId } = member;
  const actor: Actor = { name, userId, stays: [], knocks: [] };
  waitsToTheEnd(random, ids, door, actor);
  return actor;
}

/** A guest who knocks at an empty room, and gives up or waits until the script ends. */
export function loneGuest(
  random: Random,
  ids: Random,
  window: PresenceWindow,
  member: Member,
): Actor {
  const { name, userId } = member;
  const actor: Actor = { name, userId, stays: [], knocks: [] };
  const from = Math.max(window.from, window.to - LONGEST_WAIT);
  if (window.live) {
    actor.knocks.push(knock(ids.uuid(), { from, to: null }, null, "waiting"));
    return actor;
  }
  givesUp(actor, ids, from, Math.max(11 * SECOND, random.int(0, (window.to - from) * 0.8)), "left");
  return actor;
}

function givesUp(
  actor: Actor,
  ids: Random,
  at: Ms,
  waited: Ms,
  outcome: PlottedKnock["outcome"],
): void {
  actor.knocks.push(knock(ids.uuid(), { from: at, to: at + waited }, at + waited, outcome));
}

function waitsToTheEnd(random: Random, ids: Random, door: WaitingRoomDoor, actor: Actor): void {
  const from =
    door.to - random.int(4 * SECOND, Math.min((door.to - door.from) * 0.2, LONGEST_WAIT));
  const outcome = door.live ? "waiting" : "unknown";
  const to = door.live ? null : door.closedAt;
  actor.knocks.push(knock(ids.uuid(), { from, to }, null, outcome));
}

/** Admitted, gone for longer than the grace, and knocking again: admitted again, or not. */
function comesTwice(
  random: Random,
  ids: Random,
  door: WaitingRoomDoor,
  actor: Actor,
  at: Ms,
): void {
  const away = Math.max(at, door.openFrom) + MINUTE + random.int(SECOND, MINUTE);
  isLetIn(random, ids, door, actor, at, away);
  const again = away + random.int(35 * SECOND, MINUTE);
  if (random.chance(0.4)) {
    givesUp(actor, ids, again, random.int(15 * SECOND, MINUTE), "left");
  } else {
    isLetIn(random, ids, door, actor, again, departureFrom(random, again + 40 * SECOND, door));
  }
}

function isLetIn(
  random: Random,
  ids: Random,
  door: WaitingRoomDoor,
  actor: Actor,
  at: Ms,
  until: Ms | null,
): void {
  const end = until ?? door.to;
  const deadline = Math.min(
    (end - at) * 0.25,
    actor.knocks.length > 0 ? 15 * SECOND : 150 * SECOND,
  );
  const waited = random.int(Math.min(4 * SECOND, deadline), deadline);
  const letInAt = Math.max(
    at + waited,
    Math.min(door.openFrom + random.int(SECOND, 6 * SECOND), end - SECOND),
  );
  const waiting = ids.uuid();
  // Daily mostly reuses the connection, but does not promise it: so sometimes it is a new one.
  const reusesConnection = actor.name === null || random.chance(0.85);
  const reportedAt = random.chance(0.4) ? Math.max(at, letInAt + random.int(-800, 800)) : null;
  const over = Math.min(letInAt, reportedAt ?? letInAt);
  actor.knocks.push(knock(waiting, { from: at, to: over }, reportedAt, "admitted"));

  const overlapping = actor.userId !== null;
  const pieces = connectionsOf(random, { from: letInAt, to: until }, door.to, {
    possible: actor.name !== null && actor.knocks.length === 1,
    overlapping,
  });
  for (const [index, piece] of pieces.entries()) {
    actor.stays.push(stay(index === 0 && reusesConnection ? waiting : ids.uuid(), piece, false));
  }
}

function knock(
  connection: string,
  { from, to }: PresencePiece,
  reportedAt: Ms | null,
  outcome: PlottedKnock["outcome"],
): PlottedKnock {
  return { connection, from, to, toldAt: reportedAt, outcome };
}

/** A stay of Daily: its end is always reported, and an owner is host from the first to the last moment. */
export function stay(connection: string, { from, to }: PresencePiece, host: boolean): PlottedStay {
  return { connection, from, to, told: to !== null, hostAtFirst: host, hostAtLast: host };
}
