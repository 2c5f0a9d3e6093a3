import { randomFrom } from "#bench/parts/statistics.ts";
import { type DailyMoment, dailyBody } from "./daily-body.ts";

/*
 * What Daily would send for the last hour: meetings side by side, each in a room of its own. Some people
 * knock, some give up, some lose their connection and come back; almost all stay to the end. When all of
 * it was sent there were more meetings than we thought: the same hour goes on in other rooms.
 */

export interface Crowd {
  rooms: number;
  people: number;
}

const BEGAN_MS = 3_000_000;
const MEETING_MS = 2_700_000;
const ARRIVALS_MS = 300_000;

const FIRST = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Frances", "John", "Hedy"];
const LAST = ["Lovelace", "Hopper", "Turing", "Dijkstra", "Liskov", "Knuth", "Allen", "Lamarr"];

interface Told {
  at: number;
  body: string;
}

/**
 * The bodies of wave after wave of meetings, each wave in the order in which things happened until `now`.
 * Another `seed` gives other rooms, people and ids.
 */
export function* attendance(seed: number, now: number, crowd: Crowd): Generator<string> {
  const random = randomFrom(seed * 7_919 + 1);
  for (let wave = 0; ; wave += 1) {
    const told: Told[] = [];
    for (let number = 0; number < crowd.rooms; number += 1) {
      const room = `room-${seed}-${wave}-${number}`;
      for (let person = 0; person < crowd.people; person += 1) {
        told.push(...oneStay(random, room, person, now - BEGAN_MS));
      }
    }
    for (const { body } of told.toSorted((a, b) => a.at - b.at)) yield body;
  }
}

function oneStay(random: () => number, room: string, person: number, start: number): Told[] {
  const name = `${FIRST[person % FIRST.length]} ${LAST[person % LAST.length]} ${person}`;
  const userId = person % 5 < 3 ? `u-${room}-${person}` : null;
  const owner = person === 0;
  const between = (from: number, to: number) => Math.round(from + random() * (to - from));
  let connections = 0;
  const told: Told[] = [];
  const tell = (type: DailyMoment["type"], from: number, to: number | null) => {
    const session = `${room}-${person}-${connections}`;
    const body = dailyBody({ type, room, session, userId, name, owner, from, to });
    told.push({ at: to ?? from, body });
  };

  let at = start + between(0, ARRIVALS_MS);
  if (!owner && random() < 0.3) {
    tell("waiting-participant.joined", at, null);
    const waited = between(5_000, 120_000);
    if (random() < 0.1) {
      tell("waiting-participant.left", at, at + waited);
      return told;
    }
    // An admission has no event of its own: the same connection joins.
    at += waited;
  }
  const end = start + MEETING_MS + between(-120_000, 20_000);
  if (random() < 0.1) {
    const lost = between(at + 60_000, end - 60_000);
    tell("participant.joined", at, null);
    tell("participant.left", at, lost);
    at = lost + between(2_000, 20_000);
    connections += 1;
  }
  tell("participant.joined", at, null);
  tell("participant.left", at, end);
  return told;
}
