import type { Ms } from "#domain/time/ms.ts";
import type { Actor, Gathering } from "#server/demo/simulate/plot/gathering.ts";
import type { Random } from "#server/demo/simulate/plot/random.ts";
import { clockAt, type Day, isWorkday, MINUTE, SECOND } from "./calendar.ts";
import { actorOf, givesUp, isForgotten, isLetIn, isThere, sessionsOf } from "./cast.ts";
import { clamp, gaussian, longTail, streamOf } from "./chance.ts";
import type { Diary, SeriesPlace } from "./diary.ts";
import { type Someone, someone } from "./population.ts";

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

function half(
  random: Random,
  { room, slot, patient, deputy }: Practice,
  host: Someone,
  { from, to }: { from: Ms; to: Ms },
  lost: Someone[],
  returning: readonly Someone[] = [],
): Gathering {
  const actors: Actor[] = [];
  const sitsDown = from + Math.round(gaussian(random) * 4 * MINUTE);
  let free = sitsDown + 10 * SECOND;
  const seen = new Set<string>();
  let number = 0;
  for (let at = from; at < to; at += slot, number += 1) {
    const guest = returning[number - 1] ?? (random.chance(0.86) ? patient(random) : null);
    if (guest === null || seen.has(guest.userId ?? guest.name)) continue;
    seen.add(guest.userId ?? guest.name);
    const actor = actorOf(guest);
    actors.push(actor);
    const knocksAt = at + Math.round((gaussian(random) * 3 - 1.5) * MINUTE);
    const dice = random.next();
    if (dice < 0.055) {
      const deadline = clamp(longTail(random, 6 * MINUTE), 20 * SECOND, 40 * MINUTE);
      givesUp(random, actor, knocksAt, deadline, "left");
      lost.push(guest);
    } else if (dice < 0.075) {
      givesUp(random, actor, knocksAt, random.int(2_000, 9_000), "short");
      lost.push(guest);
    } else if (dice < 0.085) {
      isForgotten(random, actor, knocksAt, to);
    } else {
      free = visit(random, actor, knocksAt, Math.max(at, free), slot, dice < 0.12);
    }
  }
  const closes = Math.max(to, free) + random.int(20, 180) * SECOND;
  actors.unshift(...hosts(random, host, deputy, { from: sitsDown, to: closes }));
  return { provider: "daily", room, title: null, actors, sessions: sessionsOf(random, actors) };
}

/** One appointment; returns when the doctor is free again. */
function visit(
  random: Random,
  actor: Actor,
  knocksAt: Ms,
  due: Ms,
  slot: Ms,
  isImpatient: boolean,
): Ms {
  const calledAt = Math.max(due, knocksAt) + random.int(4, 45) * SECOND;
  let from = knocksAt;
  if (isImpatient && calledAt - knocksAt > 150 * SECOND) {
    const waited = random.int(12, 40) * SECOND;
    givesUp(random, actor, knocksAt, waited, "came_back");
    from = knocksAt + waited + random.int(65, 90) * SECOND;
  }
  const connection = isLetIn(random, actor, from, calledAt);
  const leavesAt = calledAt + Math.round(slot * clamp(0.72 + gaussian(random) * 0.22, 0.15, 1.4));
  isThere(random, actor, { from: calledAt, to: leavesAt }, { shaky: 0.07, connection });
  return leavesAt + random.int(10, 60) * SECOND;
}

/** The doctor, and now and then a deputy who takes over in the middle. */
function hosts(
  random: Random,
  first: Someone,
  deputy: Someone,
  { from, to }: { from: Ms; to: Ms },
): Actor[] {
  const one = actorOf(first);
  const options = { host: true, shaky: 0.08 };
  if (first === deputy || !random.chance(0.04)) {
    isThere(random, one, { from, to }, options);
    return [one];
  }
  const at = from + Math.round((to - from) * (0.3 + random.next() * 0.4));
  const other = actorOf(deputy);
  isThere(random, one, { from, to: at }, options);
  isThere(random, other, { from: at - random.int(-20, 60) * SECOND, to }, options);
  return [one, other];
}
