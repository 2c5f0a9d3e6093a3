import type { Ms } from "#domain/time/ms.ts";
import type { Someone } from "./people.ts";
import { type Actor, MINUTE, type PlotWindow, SECOND } from "./plot.ts";
import type { Random } from "./random.ts";

/** `[from, to)`; `to` is `null` where it lasts beyond the plot. */
export interface PresencePiece {
  from: Ms;
  to: Ms | null;
}

export function actorOf({ name, userId }: Someone): Actor {
  return { name, userId, stays: [], knocks: [], lines: 0 };
}

/** Another connection of an actor. */
export function newLine(actor: Actor): number {
  actor.lines += 1;
  return actor.lines - 1;
}

/** The presence of a person: most come early and stay nearly to the end. */
export function presenceIn(random: Random, window: PlotWindow): PresencePiece {
  const { from, to } = window;
  const begin = from + random.int(0, (to - from) * 0.5 * random.next());
  return { from: begin, to: departureFrom(random, begin, window) };
}

/** When a person who came at `begin` leaves; `null` where they stay. */
export function departureFrom(random: Random, begin: Ms, { to, live }: PlotWindow): Ms | null {
  if (live && random.chance(0.7)) return null;
  const last = live ? to - 2 * SECOND : to;
  const soonest = begin + Math.max(3 * SECOND, (last - begin) * 0.1);
  return random.int(random.chance(0.25) ? soonest : last - (last - soonest) * 0.12, last);
}

interface Being {
  host?: boolean;
  /** The chance that it is not one connection from beginning to end. */
  shaky?: number;
  /** The connection, where it was there before. */
  line?: number;
  /** When the role changes, if it does. */
  changesAt?: Ms | null;
  /** When the plot ends; only where `to` may be `null`. */
  end?: Ms;
}

/** Adds a presence of an actor, with one connection or with several. Returns the actor. */
export function isThere(
  random: Random,
  actor: Actor,
  { from, to }: PresencePiece,
  {
    host = false,
    shaky = 0,
    line = newLine(actor),
    changesAt = null,
    end = to ?? from,
  }: Being = {},
): Actor {
  if (to !== null && to <= from) return actor;
  const isShaky = shaky > 0 && actor.name !== null && random.chance(shaky);
  const whole = { from, to };
  const pieces = isShaky ? connectionsOf(random, whole, end, actor.userId !== null) : [whole];
  for (const [index, piece] of pieces.entries()) {
    actor.stays.push({
      line: index === 0 ? line : newLine(actor),
      ...piece,
      told: piece.to !== null,
      hostAtFirst: host,
      hostAtLast: changesAt === null ? host : !host,
      changesAt,
    });
  }
  return actor;
}

/**
 * Splits a presence into connections: lost and back within seconds, sometimes overlapping, or a short leave.
 * The gaps are clearly shorter or longer than the 30 s of grace, so that no attended time depends on a second.
 * Connections of one name without a user id must never overlap.
 */
function connectionsOf(
  random: Random,
  whole: PresencePiece,
  end: Ms,
  overlapping: boolean,
): PresencePiece[] {
  const cut = cutIn(random, whole, end, overlapping);
  if (cut === null) return [whole];
  const rest = { from: cut.back, to: whole.to };
  const again = random.chance(0.3) ? connectionsOf(random, rest, end, overlapping) : [rest];
  return [{ from: whole.from, to: cut.away }, ...again];
}

function cutIn(
  random: Random,
  { from, to }: PresencePiece,
  end: Ms,
  overlapping: boolean,
): { away: Ms; back: Ms } | null {
  const length = (to ?? end) - from;
  const dice = random.next();
  if (dice < 0.2 && length >= 4 * MINUTE) {
    const gap = random.int(35 * SECOND, Math.min(3 * MINUTE, length / 4));
    const away = from + random.int(15 * SECOND, length - gap - 30 * SECOND);
    return { away, back: away + gap };
  }
  if (dice < 0.32 && length >= 45 * SECOND) {
    const away = from + random.int(15 * SECOND, length - 30 * SECOND);
    return { away, back: away + random.int(3 * SECOND, 25 * SECOND) };
  }
  if (dice >= 0.32 && dice < 0.45 && overlapping && length >= 90 * SECOND) {
    const back = from + random.int(15 * SECOND, length - 35 * SECOND);
    return { away: back + random.int(4 * SECOND, 25 * SECOND), back };
  }
  return null;
}

/** How several hosts share a meeting. */
export interface Presiding {
  /** The chance that the second takes over from the first, who leaves or stays as a guest. */
  handsOver: number;
  /** Where they hand over: in which part of the meeting, in shares of 1. */
  part: readonly [from: number, to: number];
  /** For how many seconds both are there; below 0 neither is. */
  overlap: readonly [from: number, to: number];
  /** Of the first who hand over: how many stay, and only their role changes. */
  stays: number;
  /** The chance that one who is alone is not there all along. */
  absent?: number;
  /** The chance that one who does not hand over loses the connection. */
  shaky?: number;
}

const TOO_SHORT: Ms = 3 * MINUTE;

/** The hosts of a meeting. The first opens it and closes it, unless the second takes over. */
export function hostsIn(
  random: Random,
  hosts: readonly Someone[],
  window: PlotWindow,
  { handsOver, part, overlap, stays, absent = 0, shaky = 0 }: Presiding,
): Actor[] {
  const { from, to, live } = window;
  const until = live ? null : to;
  const length = to - from;
  const [first, second, ...others] = hosts.map(actorOf);
  if (first === undefined) return [];
  const options = { host: true, shaky, end: to };
  const more = others.map((one) => isThere(random, one, presenceIn(random, window), options));
  if (second === undefined || length < TOO_SHORT || !random.chance(handsOver)) {
    const isAbsent = second === undefined && random.chance(absent);
    const whole = isAbsent ? presenceIn(random, window) : { from, to: until };
    isThere(random, first, whole, options);
    if (second) isThere(random, second, presenceIn(random, window), options);
  } else {
    const at = from + random.int(length * part[0], length * part[1]);
    const comesAt = Math.max(from, at - random.int(overlap[0], overlap[1]) * SECOND);
    const remains = random.chance(stays);
    const [whole, later] = [
      { from, to: remains ? until : at },
      { from: comesAt, to: until },
    ];
    isThere(random, first, whole, { host: true, changesAt: remains ? at : null });
    // Of two who swap their roles one was a guest before.
    const changesAt = remains && comesAt < at ? at : null;
    isThere(random, second, later, { host: changesAt === null, changesAt });
  }
  return [first, second, ...more].filter((one) => one !== undefined);
}
