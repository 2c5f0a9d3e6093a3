import type { Ms } from "#domain/time/ms.ts";
import { PHONE, type Someone, someone } from "#server/demo/world/people.ts";
import { type Actor, MINUTE, SECOND } from "#server/demo/world/plot.ts";
import { actorOf, hostsIn, isThere, type Presiding } from "#server/demo/world/presence.ts";
import { clamp, gaussian, longTail, type Random, streamOf } from "#server/demo/world/random.ts";
import { clockAt, DAY, isTerm, isWorkday } from "./calendar.ts";
import { type Diary, inRoom, type SeriesPlace } from "./diary.ts";

/** A student with their habits. */
interface Regular {
  who: Someone;
  /** How often they come, from 0 to 1. */
  faith: number;
  /** How late they mostly are; early below 0. */
  lateness: Ms;
  /** The days from which they come, and from which they no longer come. */
  from: Ms;
  to: Ms;
}

const YEAR: Ms = 365 * DAY;
const TEACHING: Presiding = {
  handsOver: 1,
  part: [0.4, 0.7],
  overlap: [-30, 90],
  stays: 0,
  shaky: 0.06,
};

/** A class once or twice a week in term time: regulars who mostly come, some new every year, some who stop. */
export function openClass({ site, name, random, zone }: SeriesPlace, room: string): Diary {
  const size = random.int(9, 30);
  const weekdays = random.shuffled([1, 2, 3, 4, 5]).slice(0, random.int(1, 2));
  const begins = random.int(16, 36) * 30;
  const length = random.pick([45, 60, 60, 90]) * MINUTE;
  const teacher = someone(`${name} staff`, 0, 1);
  const assistant = someone(`${site} assistants`, random.int(0, 3), 1);
  const years = new Map<number, Regular[]>();
  const regularsOf = (year: number): Regular[] => {
    const existing = years.get(year) ?? regularsIn(name, year, size);
    years.set(year, existing);
    return existing;
  };
  return (day) => {
    if (!isTerm(day) || !isWorkday(day) || !weekdays.includes(day.weekday)) return [];
    const today = streamOf(name, day.utc);
    if (today.chance(0.04)) return [];
    const from = clockAt(day, zone, begins);
    // The year of a school begins in summer.
    const regulars = regularsOf(Math.floor((day.utc + YEAR * 0.42) / YEAR));
    const came = regulars
      .filter(({ from: first, to: last }) => day.utc >= first && day.utc < last)
      .flatMap((regular) => attends(today, regular, from, from + length));
    const guests = today.chance(0.1) ? [guest(today, site, from, from + length)] : [];
    const window = {
      from: from - today.int(30, 420) * SECOND,
      to: from + length + today.int(5, 240) * SECOND,
    };
    const teachers = today.chance(0.12) ? [teacher, assistant] : [teacher];
    const hosts = hostsIn(today, teachers, { ...window, live: false }, TEACHING);
    return [inRoom(today, room, [...hosts, ...came, ...guests], window)];
  };
}

/** Two of three stay for the next year. */
function regularsIn(name: string, year: number, size: number): Regular[] {
  return Array.from({ length: size }, (_, index) => {
    const staysFrom = index % 3 === 0 ? year : 0;
    const group = `${name} students ${staysFrom}`;
    const random = streamOf(group, "habits", index);
    const stops = random.chance(0.08) ? (0.1 + random.next() * 0.6) * YEAR : YEAR;
    const begins = random.chance(0.05) ? random.next() * 0.3 * YEAR : 0;
    const first = (year - 0.42) * YEAR;
    return {
      who: someone(group, index, 0.78),
      faith: 1 - random.next() ** 2 * 0.5,
      lateness: Math.round((gaussian(random) * 3 - 1) * MINUTE),
      from: first + begins,
      to: first + stops,
    };
  });
}

function attends(random: Random, { who, faith, lateness }: Regular, from: Ms, to: Ms): Actor[] {
  if (!random.chance(faith * 0.96)) return [];
  const late = random.chance(0.04) ? longTail(random, 12 * MINUTE) : 0;
  const comes = from + lateness + late + Math.round(gaussian(random) * MINUTE);
  const leavesEarly = random.chance(0.05);
  const last = to + Math.round(gaussian(random) * 40 * SECOND) + 20 * SECOND;
  const goes = leavesEarly ? from + Math.round((to - from) * (0.3 + random.next() * 0.6)) : last;
  const begin = clamp(comes, from - 10 * MINUTE, to - 2 * MINUTE);
  return [isThere(random, actorOf(who), { from: begin, to: goes }, { shaky: 0.14 })];
}

/** A guest who was given the link. */
function guest(random: Random, site: string, from: Ms, to: Ms): Actor {
  const who = random.chance(0.3) ? PHONE : someone(`${site} guests`, random.int(0, 199), 0);
  return isThere(random, actorOf(who), { from: from + random.int(0, 5) * MINUTE, to });
}
