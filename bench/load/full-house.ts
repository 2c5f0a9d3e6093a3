import { randomFrom } from "#bench/parts/statistics.ts";
import type { DailyMoment } from "./daily-body.ts";

/*
 * One meeting with very many people, over the last hour and a half, as Daily would tell it. Some are signed
 * in, some bear the name of a device, some only ever knock, most lose their connection again and again; most
 * are in to the end, and some still wait.
 */

const LENGTH_MS = 90 * 60_000;
const ARRIVALS_MS = 30 * 60_000;

/** What happened until `now`, in that order: ten events for everybody, eleven for who waits. */
export function fullHouse(people: number, room: string, now: number): DailyMoment[] {
  const random = randomFrom(people);
  return Array.from({ length: people }, (_, person) => lifeOf(person, room, now, random))
    .flat()
    .toSorted((a, b) => (a.to ?? a.from) - (b.to ?? b.from));
}

/**
 * What happens as number `turn` after `now`, never the same twice: of five, one comes for the first time, one
 * knocks for the first time, one leaves who had looked in once more, and two come by one more connection.
 */
export function whatHappensNext(
  turn: number,
  people: number,
  room: string,
  now: number,
): DailyMoment {
  const at = now + turn * 10;
  const known = who((turn * 7) % people, room, `next-${turn}`);
  const stranger = { ...known, name: `Late ${turn} to the Assembly`, userId: null, owner: false };
  const arrival = { type: "participant.joined", from: at, to: null } as const;
  if (turn % 5 === 0) return { ...stranger, ...arrival };
  if (turn % 5 === 1) return { ...stranger, ...arrival, type: "waiting-participant.joined" };
  if (turn % 5 === 2) return { ...known, type: "participant.left", from: at - 60_000, to: at };
  return { ...known, ...arrival };
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

function lifeOf(person: number, room: string, now: number, random: () => number): DailyMoment[] {
  const between = (from: number, to: number) => Math.round(from + random() * (to - from));
  const told: DailyMoment[] = [];
  const tell = (type: DailyMoment["type"], connection: string, from: number, to: number | null) =>
    told.push({ ...who(person, room, connection), type, from, to });
  let at = now - LENGTH_MS + between(0, ARRIVALS_MS);
  if (person % 20 === 19) {
    for (let knock = 0; knock < 5; knock += 1) {
      const gaveUp = at + between(5_000, 300_000);
      tell("waiting-participant.joined", `k${knock}`, at, null);
      tell("waiting-participant.left", `k${knock}`, at, gaveUp);
      at = gaveUp + between(60_000, 300_000);
    }
    const since = now - between(5_000, 90_000);
    if (person % 40 === 39) tell("waiting-participant.joined", "k5", since, null);
    return told;
  }
  const hasGone = person % 5 === 0;
  const stays = hasGone ? 4 : 5;
  tell("waiting-participant.joined", "0", at, null);
  const admitted = at + between(2_000, 120_000);
  if (hasGone) tell("waiting-participant.left", "0", at, admitted);
  at = admitted;
  for (let stay = 0; stay < stays; stay += 1) {
    const left = at + between(120_000, 600_000);
    tell("participant.joined", `${stay}`, at, null);
    if (hasGone || stay < stays - 1) tell("participant.left", `${stay}`, at, left);
    at = left + between(2_000, 60_000);
  }
  return told;
}
