import type { Ms } from "#domain/time/ms.ts";
import { type Door, fateOf, knocks, type Odds } from "#server/demo/world/door.ts";
import { type Someone, someone } from "#server/demo/world/people.ts";
import { type Actor, type Gathering, MINUTE, SECOND } from "#server/demo/world/plot.ts";
import { actorOf, hostsIn, type Presiding } from "#server/demo/world/presence.ts";
import { clamp, gaussian, longTail, type Random, streamOf } from "#server/demo/world/random.ts";
import { clockAt, type Day, isWorkday } from "./calendar.ts";
import { type Diary, inRoom, type SeriesPlace } from "./diary.ts";

/** How one doctor works. */
interface Practice {
  room: string;
  doctor: Someone;
  deputy: Someone;
  /** Minutes after midnight, and how long; the second half of the day is shorter. */
  opens: number;
  slot: Ms;
  morning: Ms;
  afternoon: Ms;
  closedOn: number;
  /** The month in which the doctor is away. */
  holiday: number;
  patient: (random: Random) => Someone;
}

/** A doctor's waiting room: patients by appointment, one after the other, on four or five days a week. */
export function openClinic({ site, name, random, zone }: SeriesPlace, room: string): Diary {
  const panel = random.int(500, 1_200);
  const practice: Practice = {
    room,
    doctor: someone(`${name} staff`, 0, 1),
    deputy: someone(`${site} deputies`, random.int(0, 5), 1),
    opens: random.int(15, 19) * 30,
    slot: random.pick([15, 20, 20, 30]) * MINUTE,
    morning: random.int(7, 8) * 30 * MINUTE,
    afternoon: random.int(5, 7) * 30 * MINUTE,
    closedOn: random.int(1, 8),
    holiday: random.int(6, 9),
    // Some patients come to any doctor of the site.
    patient: (draw) =>
      draw.chance(0.06)
        ? someone(`${site} patients`, draw.int(0, 1_999), 0.5)
        : someone(`${name} patients`, Math.floor(panel * draw.next() ** 1.6), 0.45),
  };
  return (day) => {
    if (!isWorkday(day) || day.weekday === practice.closedOn) return [];
    const today = streamOf(name, day.utc);
    const isAway = day.month === practice.holiday && day.nth <= 2;
    if (isAway && today.chance(0.4)) return [];
    const host = isAway || today.chance(0.03) ? practice.deputy : practice.doctor;
    return session(today, practice, host, day, (minutes) => clockAt(day, zone, minutes));
  };
}

/** The morning and the afternoon; a patient who gave up in the morning may try again in the afternoon. */
function session(
  random: Random,
  practice: Practice,
  host: Someone,
  day: Day,
  clock: (minutes: number) => Ms,
): Gathering[] {
  const opens = clock(practice.opens);
  const again = opens + practice.morning + random.int(45, 75) * MINUTE;
  const lost: Someone[] = [];
  const morning = half(random, practice, host, { from: opens, to: opens + practice.morning }, lost);
  const returning = lost.filter(() => random.chance(0.35));
  const isShort = day.weekday === 5 && random.chance(0.7);
  if (isShort) return [morning];
  const window = { from: again, to: again + practice.afternoon };
  return [morning, half(random, practice, host, window, [], returning)];
}

const FATES: Odds = { left: 0.055, short: 0.02, forgotten: 0.01, came_back: 0.035, twice: 0.005 };

function half(
  random: Random,
  { room, slot, patient, deputy }: Practice,
  host: Someone,
  { from, to }: { from: Ms; to: Ms },
  lost: Someone[],
  returning: readonly Someone[] = [],
): Gathering {
  const patients: Actor[] = [];
  const sitsDown = from + Math.round(gaussian(random) * 4 * MINUTE);
  let free = sitsDown + 10 * SECOND;
  let due = from;
  const door: Door = {
    ...{ from, to, live: false, shaky: 0.07 },
    calls: (at) => Math.max(due, free, at) + random.int(4, 45) * SECOND,
    leaves: (at) => {
      const goesAt = at + Math.round(slot * clamp(0.72 + gaussian(random) * 0.22, 0.15, 1.4));
      free = goesAt + random.int(10, 60) * SECOND;
      return goesAt;
    },
    patience: () => clamp(longTail(random, 6 * MINUTE), 20 * SECOND, 40 * MINUTE),
  };
  const seen = new Set<string | null>();
  for (let number = 0; due < to; due += slot, number += 1) {
    const guest = returning[number - 1] ?? (random.chance(0.86) ? patient(random) : null);
    if (guest === null || seen.has(guest.userId ?? guest.name)) continue;
    seen.add(guest.userId ?? guest.name);
    const actor = actorOf(guest);
    patients.push(actor);
    const knocksAt = due + Math.round((gaussian(random) * 3 - 1.5) * MINUTE);
    const fate = knocks(random, actor, knocksAt, fateOf(random, FATES), door);
    if (fate === "left" || fate === "short") lost.push(guest);
  }
  const window = { from: sitsDown, to: Math.max(to, free) + random.int(20, 180) * SECOND };
  const hosts = host === deputy ? [host] : [host, deputy];
  const sharing = random.chance(0.04) ? hosts : hosts.slice(0, 1);
  const staff = hostsIn(random, sharing, { ...window, live: false }, TAKING_OVER);
  return inRoom(random, room, [...staff, ...patients], window);
}

/** Now and then a deputy takes over in the middle. */
const TAKING_OVER: Presiding = {
  handsOver: 1,
  part: [0.3, 0.7],
  overlap: [-20, 60],
  stays: 0,
  shaky: 0.08,
};
