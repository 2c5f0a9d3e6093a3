import type { Ms } from "#domain/time/ms.ts";
import type { Gathering } from "#server/demo/simulate/plot/gathering.ts";
import type { Random } from "#server/demo/simulate/plot/random.ts";
import { clockAt, isWorkday, MINUTE, SECOND } from "./calendar.ts";
import { actorOf, givesUp, isLetIn, isThere, sessionsOf } from "./cast.ts";
import { clamp, gaussian, longTail, streamOf } from "./chance.ts";
import type { Diary, SeriesPlace } from "./diary.ts";
import { someone } from "./population.ts";

/** Interviews in one room: one to three interviewers, and a candidate in the waiting room, most only once. */
export function openInterviews({ site, name, random, zone }: SeriesPlace, room: string): Diary {
  const perDay = random.pick([1, 1, 2, 2, 3]);
  return (day) => {
    if (!isWorkday(day)) return [];
    const today = streamOf(name, day.utc);
    const gatherings: Gathering[] = [];
    let minutes = today.int(18, 20) * 30;
    for (let number = 0; number < perDay; number += 1) {
      if (today.chance(0.6)) gatherings.push(interview(today, clockAt(day, zone, minutes)));
      minutes += today.int(3, 5) * 30;
    }
    return gatherings;
  };

  function interview(draw: Random, at: Ms): Gathering {
    const length = draw.pick([30, 45, 45, 60]) * MINUTE;
    const asks = Array.from({ length: draw.int(1, 3) }, () => draw.int(0, 11));
    const hosts = [...new Set(asks)].map((index) =>
      actorOf(someone(`${site} recruiters`, index, 1)),
    );
    const opens = at - draw.int(20, 150) * SECOND;
    const ends = at + Math.round(length * clamp(0.9 + gaussian(draw) * 0.12, 0.4, 1.2));
    for (const [index, host] of hosts.entries()) {
      const comes = index === 0 ? opens : at + Math.round(gaussian(draw) * MINUTE);
      const goes = ends + draw.int(5, 300) * SECOND;
      isThere(draw, host, { from: comes, to: goes }, { host: index === 0, shaky: 0.05 });
    }
    const candidate = actorOf(someone(`${name} candidates`, draw.int(0, 1_500), 0.1));
    const knocksAt = at + Math.round((gaussian(draw) * 2 - 2) * MINUTE);
    if (draw.chance(0.06)) {
      givesUp(
        draw,
        candidate,
        knocksAt,
        clamp(longTail(draw, 5 * MINUTE), 11_000, 900_000),
        "left",
      );
    } else {
      const letInAt = Math.max(knocksAt, opens) + draw.int(3, 90) * SECOND;
      const connection = isLetIn(draw, candidate, knocksAt, letInAt);
      isThere(draw, candidate, { from: letInAt, to: ends }, { shaky: 0.06, connection });
    }
    const actors = [...hosts, candidate];
    return { provider: "daily", room, title: null, actors, sessions: sessionsOf(draw, actors) };
  }
}
