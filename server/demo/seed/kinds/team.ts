import type { Ms } from "#domain/time/ms.ts";
import { platforms } from "#server/demo/world/observed.ts";
import { someone } from "#server/demo/world/people.ts";
import { type Actor, MINUTE, SECOND } from "#server/demo/world/plot.ts";
import { actorOf, isThere } from "#server/demo/world/presence.ts";
import { clamp, gaussian, type Random, type Some, streamOf } from "#server/demo/world/random.ts";
import { clockAt, isWorkday } from "./calendar.ts";
import { type Diary, type SeriesPlace, watched } from "./diary.ts";

const subjects: Some<string> = ["weekly", "planning", "demo", "retrospective", "sales call"];

/** Calls of one team that a bot attends: mostly the same people, sometimes guests. */
export function openTeam({ site, name, random, zone }: SeriesPlace, title: string): Diary {
  const size = random.int(4, 12);
  const platform = random.pick(platforms);
  const weekdays = random.shuffled([1, 2, 3, 4, 5]).slice(0, random.int(2, 5));
  const begins = random.int(18, 32) * 30;
  const length = random.pick([15, 30, 30, 60]) * MINUTE;
  return (day) => {
    if (!isWorkday(day) || !weekdays.includes(day.weekday)) return [];
    const today = streamOf(name, day.utc);
    const from = clockAt(day, zone, begins);
    const to = from + Math.round(length * clamp(0.9 + gaussian(today) * 0.15, 0.5, 1.4));
    const members = Array.from({ length: size }, (_, index) => index)
      .filter(() => today.chance(0.84))
      .map((index) => attends(today, actorOf(someone(name, index, 0)), from, to, index === 0));
    const guests = Array.from({ length: today.chance(0.3) ? today.int(1, 4) : 0 }, () =>
      attends(today, actorOf(someone(`${site} clients`, today.int(0, 399), 0)), from, to, false),
    );
    const subject = `${title}: ${today.pick(subjects)}`;
    return [watched(today, subject, platform, [...members, ...guests], { from, to })];
  };
}

function attends(random: Random, actor: Actor, from: Ms, to: Ms, host: boolean): Actor {
  const comes = from + Math.round((gaussian(random) + 0.3) * 90 * SECOND);
  const isShort = random.chance(0.08);
  const goes = isShort ? from + Math.round((to - from) * (0.3 + 0.5 * random.next())) : to + 20_000;
  const last = goes - random.int(0, 30) * SECOND;
  return isThere(random, actor, { from: comes, to: last }, { host, shaky: 0.1 });
}
