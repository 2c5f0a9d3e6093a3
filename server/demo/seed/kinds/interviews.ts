import type { Ms } from "#domain/time/ms.ts";
import { type Door, knocks } from "#server/demo/world/door.ts";
import { someone } from "#server/demo/world/people.ts";
import { type Gathering, MINUTE, SECOND } from "#server/demo/world/plot.ts";
import { actorOf, isThere } from "#server/demo/world/presence.ts";
import { clamp, gaussian, longTail, type Random, streamOf } from "#server/demo/world/random.ts";
import { clockAt, isWorkday } from "./calendar.ts";
import { type Diary, inRoom, type SeriesPlace } from "./diary.ts";

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
    const opens = at - draw.int(20, 150) * SECOND;
    const ends = at + Math.round(length * clamp(0.9 + gaussian(draw) * 0.12, 0.4, 1.2));
    const hosts = [...new Set(asks)].map((index, number) => {
      const from = number === 0 ? opens : at + Math.round(gaussian(draw) * MINUTE);
      const stay = { from, to: ends + draw.int(5, 300) * SECOND };
      const host = actorOf(someone(`${site} recruiters`, index, 1));
      return isThere(draw, host, stay, { host: number === 0, shaky: 0.05 });
    });
    const door: Door = {
      ...{ from: opens, to: ends, live: false, shaky: 0.06 },
      calls: (knocksAt) => Math.max(knocksAt, opens) + draw.int(3, 90) * SECOND,
      leaves: () => ends,
      patience: () => clamp(longTail(draw, 5 * MINUTE), 11_000, 900_000),
    };
    const candidate = actorOf(someone(`${name} candidates`, draw.int(0, 1_500), 0.1));
    const knocksAt = at + Math.round((gaussian(draw) * 2 - 2) * MINUTE);
    knocks(draw, candidate, knocksAt, draw.chance(0.06) ? "left" : "admitted", door);
    return inRoom(draw, room, [...hosts, candidate], { from: opens, to: ends });
  }
}
