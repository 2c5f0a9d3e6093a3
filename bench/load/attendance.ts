import { randomFrom } from "#bench/parts/statistics.ts";
import { type DailyMoment, dailyBody } from "./daily-body.ts";

/*
 * The webhooks of Daily for the last hour: parallel meetings, each in a room of its own. Some people knock, some
 * give up, some lose their connection and come back; almost all stay to the end. When all are sent, the same hour
 * begins again in other rooms.
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

interface SentBody {
  at: number;
  body: string;
}

/**
 * The bodies of wave after wave of meetings, each wave in order of time until `now`. Another `seed` gives other
 * rooms, people and ids.
 */
export function* attendance(seed: number, now: number, crowd: Crowd): Generator<string> {
  const random = randomFrom(seed * 7_919 + 1);
  for (let wave = 0; ; wave += 1) {
    const moments: SentBody[] = [];
    for (let number = 0; number < crowd.rooms; number += 1) {
      const room = `room-${seed}-${wave}-${number}`;
      for (let person = 0; person < crowd.people; person += 1) {
        moments.push(...oneStay(random, room, person, now - BEGAN_MS));
      }
    }
    for (const { body } of moments.toSorted((a, b) => a.at - b.at)) yield body;
  }
}

function oneStay(random: () => number, room: string, person: number, start: number): SentBody[] {
  const name = `${FIRST[person % FIRST.length]} ${LAST[person % LAST.length]} ${person}`;
  const userId = person % 5 < 3 ? `u-${room}-${person}` : null;
  const owner = person === 0;
  const between = (from: number, to: number) => Math.round(from + random() * (to - from));
  let connections = 0;
  const moments: SentBody[] = [];
  const add = (type: DailyMoment["type"], from: number, to: number | null) => {
    const session = `${room}-${person}-${connections}`;
    const body = dailyBody({ type, room, session, userId, name, owner, from, to });
    moments.push({ at: to ?? from, body });
  };

  let at = start + between(0, ARRIVALS_MS);
  if (!owner && random() < 0.3) {
    add("waiting-participant.joined", at, null);
    const waited = between(5_000, 120_000);
    if (random() < 0.1) {
      add("waiting-participant.left", at, at + waited);
      return moments;
    }
    // An admission has no event of its own: the same connection joins.
    at += waited;
  }
  const end = start + MEETING_MS + between(-120_000, 20_000);
  if (random() < 0.1) {
    const lost = between(at + 60_000, end - 60_000);
    add("participant.joined", at, null);
    add("participant.left", at, lost);
    at = lost + between(2_000, 20_000);
    connections += 1;
  }
  add("participant.joined", at, null);
  add("participant.left", at, end);
  return moments;
}
