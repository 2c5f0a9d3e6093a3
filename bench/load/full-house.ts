import { randomFrom } from "#bench/parts/statistics.ts";
import type { DailyMoment } from "./daily-body.ts";

/*
 * One meeting with very many people, over the last hour and a half, as Daily reports it. Some are signed in, some
 * have the name of a device, some only knock, most lose their connection again and again; most stay to the end,
 * and some still wait.
 */

const LENGTH_MS = 90 * 60_000;
const ARRIVALS_MS = 30 * 60_000;

/** What happened until `now`, in order: ten events for each person, eleven for those who wait. */
export function fullHouse(people: number, room: string, now: number): DailyMoment[] {
  const random = randomFrom(people);
  return Array.from({ length: people }, (_, person) => momentsOf(person, room, now, random))
    .flat()
    .toSorted((a, b) => (a.to ?? a.from) - (b.to ?? b.from));
}

/**
 * Event number `turn` after `now`, each different. Of five, one is a new person's join, one a new person's knock,
 * one a leave from an additional connection, and two are joins with an additional connection.
 */
export function whatHappensNext(
  turn: number,
  people: number,
  room: string,
  now: number,
): DailyMoment {
  const at = now + turn * 10;
  const regular = who((turn * 7) % people, room, `next-${turn}`);
  const newcomer = { ...regular, name: `Late ${turn} to the Assembly`, userId: null, owner: false };
  const arrival = { type: "participant.joined", from: at, to: null } as const;
  if (turn % 5 === 0) return { ...newcomer, ...arrival };
  if (turn % 5 === 1) return { ...newcomer, ...arrival, type: "waiting-participant.joined" };
  if (turn % 5 === 2) return { ...regular, type: "participant.left", from: at - 60_000, to: at };
  return { ...regular, ...arrival };
}

type Who = Omit<DailyMoment, "type" | "from" | "to">;

function who(person: number, room: string, connection: string): Who {
  return {
    room,
    session: `${room}-${person}-${connection}`,
    userId: person % 2 === 0 ? `user-${person}` : null,
    name: person % 25 === 24 ? "iPhone" : `Person ${person} of the Assembly`,
    owner: person % 200 === 0,
  };
}

function momentsOf(person: number, room: string, now: number, random: () => number): DailyMoment[] {
  const between = (from: number, to: number) => Math.round(from + random() * (to - from));
  const moments: DailyMoment[] = [];
  const add = (type: DailyMoment["type"], connection: string, from: number, to: number | null) =>
    moments.push({ ...who(person, room, connection), type, from, to });
  let at = now - LENGTH_MS + between(0, ARRIVALS_MS);
  if (person % 20 === 19) {
    for (let knock = 0; knock < 5; knock += 1) {
      const gaveUp = at + between(5_000, 300_000);
      add("waiting-participant.joined", `k${knock}`, at, null);
      add("waiting-participant.left", `k${knock}`, at, gaveUp);
      at = gaveUp + between(60_000, 300_000);
    }
    const since = now - between(5_000, 90_000);
    if (person % 40 === 39) add("waiting-participant.joined", "k5", since, null);
    return moments;
  }
  const hasGone = person % 5 === 0;
  const stays = hasGone ? 4 : 5;
  add("waiting-participant.joined", "0", at, null);
  const admitted = at + between(2_000, 120_000);
  if (hasGone) add("waiting-participant.left", "0", at, admitted);
  at = admitted;
  for (let stay = 0; stay < stays; stay += 1) {
    const left = at + between(120_000, 600_000);
    add("participant.joined", `${stay}`, at, null);
    if (hasGone || stay < stays - 1) add("participant.left", `${stay}`, at, left);
    at = left + between(2_000, 60_000);
  }
  return moments;
}
