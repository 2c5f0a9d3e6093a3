import type { Ms } from "#domain/time/ms.ts";
import { type Someone, someone } from "#server/demo/world/people.ts";
import { type Actor, MINUTE, SECOND } from "#server/demo/world/plot.ts";
import { actorOf, hostsIn, isThere, type Presiding } from "#server/demo/world/presence.ts";
import { clamp, gaussian, longTail, type Random, streamOf } from "#server/demo/world/random.ts";
import { clockAt, isWorkday } from "./calendar.ts";
import { type Diary, inRoom, type SeriesPlace, watched } from "./diary.ts";

/** A monthly talk for many: two hosts in turn, and an audience of which a part comes every time. */
export function openWebinar({ site, name, random, zone }: SeriesPlace, room: string): Diary {
  const weekday = random.int(2, 4);
  const nth = random.int(1, 4);
  const typical = random.int(60, 260);
  const begins = random.int(20, 36) * 30;
  const length = random.pick([45, 60, 90]) * MINUTE;
  const isWatched = random.chance(0.5);
  return (day) => {
    if (!isWorkday(day) || day.weekday !== weekday || day.nth !== nth) return [];
    const today = streamOf(name, day.utc);
    const from = clockAt(day, zone, begins);
    const to = from + length;
    const size = Math.round(typical * clamp(1 + gaussian(today) * 0.2, 0.5, 1.6));
    const audience = listeners(today, name, site, size).map((who) =>
      listens(today, actorOf(who), from, to),
    );
    const window = { from: from - 5 * MINUTE, to: to + today.int(20, 200) * SECOND };
    const speakers = [0, 1].map((index) => someone(`${name} speakers`, index, 1));
    const hosts = hostsIn(today, speakers, { ...window, live: false }, SPEAKING);
    const actors = [...hosts, ...audience];
    if (!isWatched) return [inRoom(today, room, actors, window)];
    const title = `Webinar ${room.split("-").at(-1)}`;
    return [watched(today, title, "zoom", actors, { from: from - 4 * MINUTE, to })];
  };
}

const SPEAKING: Presiding = { handsOver: 1, part: [0.4, 0.6], overlap: [10, 300], stays: 0 };

/** The distinct listeners of one talk; a third of them nearly always come. */
function listeners(random: Random, name: string, site: string, size: number): Someone[] {
  const chosen = new Map<string | null, Someone>();
  for (let seat = 0; seat < size; seat += 1) {
    const isFaithful = seat < size / 3;
    const who = isFaithful
      ? someone(`${name} audience`, seat, 0.2)
      : someone(`${site} audience`, random.int(0, 2_999), 0.2);
    if (!isFaithful || random.chance(0.8)) chosen.set(who.userId ?? who.name, who);
  }
  return [...chosen.values()];
}

function listens(random: Random, actor: Actor, from: Ms, to: Ms): Actor {
  const late = random.chance(0.3) ? longTail(random, 4 * MINUTE) : random.int(-300, 0) * SECOND;
  const comes = clamp(from + late, from - 5 * MINUTE, to - MINUTE);
  const stays = random.chance(0.3) ? random.next() : 1;
  const goes = comes + Math.round((to - comes) * stays) + random.int(5, 90) * SECOND;
  return isThere(random, actor, { from: comes, to: goes }, { shaky: 0.12 });
}
