import type { Ms } from "#domain/time/ms.ts";
import type { Manner } from "./manner.ts";
import type { Gathering, Plot, PlottedKnock, PlottedStay, SeenActor, Session } from "./plot.ts";
import type { Random } from "./random.ts";

/**
 * A plot as a provider sees it in a room of its own, and as it reports it: it counts meetings, and is silent about
 * some admissions or changes of roles. `random` decides, `ids` only draws ids.
 */
export function hostedBy(
  { provider, habits, countsMeetings, tellsRoles, tellsTitles }: Manner,
  random: Random,
  ids: Random,
  { title, actors }: Plot,
  room: string,
): Gathering {
  const gap = habits.endsAfterMs;
  const sessions = countsMeetings ? sessionsOf(random, ids, actors, gap) : [];
  const closedAt = sessions.at(-1)?.to ?? null;
  const seen = actors.map((actor): SeenActor => {
    const own = { ...actor, connections: [] };
    const knocks = actor.knocks.map((knock) =>
      knock.outcome === "admitted"
        ? admission(random, knock, own, habits)
        : forgotten(knock, closedAt),
    );
    const stays = tellsRoles ? actor.stays : actor.stays.map(withoutChange);
    const connections = Array.from({ length: own.lines }, () => ids.uuid());
    return { ...own, knocks, stays, connections };
  });
  const named = tellsTitles ? title : null;
  return { provider: provider.name, room, title: named, actors: seen, sessions, observer: null };
}

/** Whoever is said to be host when they come is host for as long as they stay. */
function withoutChange(stay: PlottedStay): PlottedStay {
  return { ...stay, hostAtLast: stay.hostAtFirst, changesAt: null };
}

function admission(
  random: Random,
  knock: PlottedKnock,
  actor: { name: string | null; lines: number },
  { silentAdmissions, newConnections }: Manner["habits"],
): PlottedKnock {
  const { from } = knock;
  const letInAt = knock.to ?? from;
  const isSilent = random.chance(silentAdmissions);
  // Whoever reports some of them only reports them about then.
  const about = silentAdmissions > 0 ? Math.max(from, letInAt + random.int(-800, 800)) : letInAt;
  const toldAt = isSilent ? null : about;
  // Without a name nobody could know that the two are one.
  const isNew = actor.name !== null && random.chance(newConnections);
  const line = isNew ? actor.lines++ : knock.line;
  return { ...knock, line, to: Math.min(letInAt, toldAt ?? letInAt), toldAt };
}

/** A wait that nobody reports as over is over when the provider ends the meeting. */
function forgotten(knock: PlottedKnock, closedAt: Ms | null): PlottedKnock {
  return knock.outcome === "unknown" && closedAt !== null
    ? { ...knock, to: Math.max(knock.from, closedAt) }
    : knock;
}

/** The meetings that a provider counts: from the first join until the room was empty for longer than `gap`. */
function sessionsOf(random: Random, ids: Random, actors: Plot["actors"], gap: Ms): Session[] {
  const stays = actors.flatMap((actor) => actor.stays).toSorted((a, b) => a.from - b.from);
  const sessions: Session[] = [];
  for (const { from, to } of stays) {
    const last = sessions.at(-1);
    if (last && (last.to === null || from - last.to <= gap)) {
      last.to = last.to === null || to === null ? null : Math.max(last.to, to);
    } else sessions.push({ id: ids.uuid(), from, to });
  }
  for (const [index, session] of sessions.entries()) {
    const before = sessions[index + 1]?.from ?? Infinity;
    if (session.to !== null) session.to = Math.min(session.to + random.int(0, 400), before);
  }
  return sessions;
}
