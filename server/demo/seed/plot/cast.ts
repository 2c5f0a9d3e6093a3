import type { Ms } from "#domain/time/ms.ts";
import type {
  Actor,
  PlottedKnock,
  PlottedStay,
  Session,
} from "#server/demo/simulate/plot/gathering.ts";
import { connectionsOf } from "#server/demo/simulate/plot/itinerary.ts";
import type { Random } from "#server/demo/simulate/plot/random.ts";
import { SECOND } from "./calendar.ts";
import type { Someone } from "./population.ts";

/** Daily counts a new meeting after the room was empty for longer. */
const DAILY_GAP: Ms = 20 * SECOND;

export function actorOf({ name, userId }: Someone): Actor {
  return { name, userId, stays: [], knocks: [] };
}

/**
 * Adds a presence of an actor, with one connection or, with a chance of `shaky`, with several. The first has
 * the id `connection`.
 */
export function isThere(
  random: Random,
  actor: Actor,
  { from, to }: { from: Ms; to: Ms },
  { host = false, shaky = 0, connection = random.uuid() } = {},
): void {
  if (to <= from) return;
  const whole = { from, to };
  const isShaky = random.chance(shaky);
  const pieces = isShaky
    ? connectionsOf(random, whole, to, { possible: true, overlapping: actor.userId !== null })
    : [whole];
  for (const [index, piece] of pieces.entries()) {
    actor.stays.push({
      connection: index === 0 ? connection : random.uuid(),
      ...piece,
      told: true,
      hostAtFirst: host,
      hostAtLast: host,
    });
  }
}

/** Adds a knock that is admitted. Returns the connection that comes in, nearly always the same. */
export function isLetIn(random: Random, actor: Actor, from: Ms, at: Ms): string {
  const connection = random.uuid();
  const reportedAt = random.chance(0.4) ? Math.max(from, at + random.int(-600, 600)) : null;
  const to = Math.min(at, reportedAt ?? at);
  actor.knocks.push({ connection, from, to, toldAt: reportedAt, outcome: "admitted" });
  return random.chance(0.92) ? connection : random.uuid();
}

/** Adds a knock that ends without an admission. */
export function givesUp(
  random: Random,
  actor: Actor,
  from: Ms,
  waited: Ms,
  outcome: Extract<PlottedKnock["outcome"], "left" | "short" | "came_back">,
): void {
  const to = from + waited;
  actor.knocks.push({ connection: random.uuid(), from, to, toldAt: to, outcome });
}

/** Adds a knock whose end is never reported. */
export function isForgotten(random: Random, actor: Actor, from: Ms, closedAt: Ms): void {
  const to = Math.max(from, closedAt);
  actor.knocks.push({
    connection: random.uuid(),
    from,
    to,
    toldAt: null,
    outcome: "unknown",
  });
}

/** The meetings as Daily counts them: from the first join until the room is empty. */
export function sessionsOf(random: Random, actors: readonly Actor[]): Session[] {
  const stays = actors.flatMap((actor) => actor.stays).toSorted((a, b) => a.from - b.from);
  const sessions: (Session & { to: Ms })[] = [];
  for (const { from, to } of stays) {
    const end = endOf(from, to);
    const last = sessions.at(-1);
    if (last && from - last.to <= DAILY_GAP) last.to = Math.max(last.to, end);
    else sessions.push({ id: random.uuid(), from, to: end });
  }
  return sessions;
}

function endOf(from: Ms, to: PlottedStay["to"]): Ms {
  return to ?? from;
}
