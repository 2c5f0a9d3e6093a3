import type { Ms } from "#domain/time/ms.ts";
import type { Actor, Gathering } from "#server/demo/simulate/plot/gathering.ts";
import type { Random } from "#server/demo/simulate/plot/random.ts";
import { seenByBot } from "./bots.ts";
import { clockAt, isWorkday, MINUTE, SECOND } from "./calendar.ts";
import { actorOf, isThere, sessionsOf } from "./cast.ts";
import { clamp, gaussian, longTail, streamOf } from "./chance.ts";
import type { Diary, SeriesPlace } from "./diary.ts";
import { type Someone, someone } from "./population.ts";

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
    const actors = [...speakers(today, name, from, to), ...audience];
    return [gatheringOf(today, actors, from, to)];
  };

  function gatheringOf(today: Random, actors: Actor[], from: Ms, to: Ms): Gathering {
    if (isWatched) {
      const title = `Webinar ${room.split("-").at(-1)}`;
      return seenByBot(today, { title, platform: "zoom", actors, from: from - 4 * MINUTE, to });
    }
    const sessions = sessionsOf(today, actors);
    return { provider: "daily", room, title: null, actors, sessions };
  }
}

/** The distinct listeners of one talk; a third of them nearly always come. */
function listeners(random: Random, name: string, site: string, size: number): Someone[] {
  const chosen = new Map<string, Someone>();
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
  isThere(random, actor, { from: comes, to: goes }, { shaky: 0.12 });
  return actor;
}

function speakers(random: Random, name: string, from: Ms, to: Ms): Actor[] {
  const [first, second] = [0, 1].map((index) => actorOf(someone(`${name} speakers`, index, 1)));
  if (!first || !second) return [];
  const handsOver = from + Math.round((to - from) * (0.4 + random.next() * 0.2));
  isThere(random, first, { from: from - 5 * MINUTE, to: handsOver }, { host: true });
  const takesOver = handsOver - random.int(10, 300) * SECOND;
  isThere(
    random,
    second,
    { from: takesOver, to: to + random.int(20, 200) * SECOND },
    { host: true },
  );
  return [first, second];
}
