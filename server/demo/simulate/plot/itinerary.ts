import type { Ms } from "#domain/time/ms.ts";
import type { Random } from "./random.ts";

export const SECOND: Ms = 1000;
const MINUTE: Ms = 60 * SECOND;

/** A time in which a person may come and go. */
export interface PresenceWindow {
  from: Ms;
  to: Ms;
  /** Presences that are open at `to` may stay open. */
  live: boolean;
}

/** `[from, to)`; `to` is `null` where it lasts beyond the window. */
export interface PresencePiece {
  from: Ms;
  to: Ms | null;
}

/** The presence of a person: most come early and stay nearly to the end. */
export function presenceIn(random: Random, { from, to, live }: PresenceWindow): PresencePiece {
  const begin = from + random.int(0, (to - from) * 0.5 * random.next());
  return { from: begin, to: departureFrom(random, begin, { from, to, live }) };
}

/** When a person who came at `begin` leaves; `null` where they stay. */
export function departureFrom(random: Random, begin: Ms, { to, live }: PresenceWindow): Ms | null {
  if (live && random.chance(0.7)) return null;
  const last = live ? to - 2 * SECOND : to;
  const soonest = begin + Math.max(3 * SECOND, (last - begin) * 0.1);
  return random.int(random.chance(0.25) ? soonest : last - (last - soonest) * 0.12, last);
}

/** How a person may come back: connections of one name without a user id must never overlap. */
export interface Comebacks {
  possible: boolean;
  overlapping: boolean;
}

/**
 * Splits a presence into connections: lost and back within seconds, sometimes overlapping, or a short leave.
 * The gaps are clearly shorter or longer than the 30 s of grace, so that no attended time depends on a second.
 */
export function connectionsOf(
  random: Random,
  whole: PresencePiece,
  end: Ms,
  comebacks: Comebacks,
): PresencePiece[] {
  const cut = comebacks.possible ? cutIn(random, whole, end, comebacks.overlapping) : null;
  if (cut === null) return [whole];
  const rest = { from: cut.back, to: whole.to };
  const again = random.chance(0.3) ? connectionsOf(random, rest, end, comebacks) : [rest];
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
