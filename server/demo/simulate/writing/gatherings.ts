import type { Ms } from "#domain/time/ms.ts";
import {
  type Door,
  fateOf,
  givesUp,
  knocks,
  type Odds,
  waitsToTheEnd,
} from "#server/demo/world/door.ts";
import { hostedBy } from "#server/demo/world/hosted.ts";
import { admitting, hosting, observing } from "#server/demo/world/manner.ts";
import { observedBy, platforms } from "#server/demo/world/observed.ts";
import { distinctNames, PHONE, type Someone } from "#server/demo/world/people.ts";
import {
  type Actor,
  type Gathering,
  MINUTE,
  type Platform,
  type PlotWindow,
  SECOND,
} from "#server/demo/world/plot.ts";
import {
  actorOf,
  departureFrom,
  hostsIn,
  isThere,
  type PresencePiece,
  type Presiding,
  presenceIn,
} from "#server/demo/world/presence.ts";
import type { Random, Some } from "#server/demo/world/random.ts";
import type { Outline, OutlineKind } from "./outline.ts";

const titles: Record<OutlineKind, Some<string>> = {
  sales: [
    "Northwind renewal – final terms",
    "Demo: Café Łódź 🧁",
    "Discovery call, 株式会社みらい",
  ],
  townhall: ["Town hall: the year ahead", "All hands / اجتماع عام", "Engineering town hall 🚀"],
  clinic: ["Open consultation", "Dr Ngata’s clinic"],
  class: ["Algebra II", "Español para principiantes"],
  interview: ["Interviews: nursing", "Entretiens 🇫🇷"],
};

/** A room in which meetings follow each other. */
export interface Place {
  room: string;
  title: string;
}

/** What happens in one meeting, and its provider sees. `random` decides, `ids` only draws ids. */
export function gatheringOf(
  random: Random,
  ids: Random,
  outline: Outline,
  meeting: number,
  places: Map<number, Place>,
): Gathering {
  const { kind, place, turn, ...window } = outline;
  const { room, title } = places.get(place) ?? {
    room: `${kind}-${ids.uuid().slice(0, 6)}`,
    title: random.pick(titles[kind]),
  };
  places.set(place, { room, title });
  const plot = { ...window, title };
  switch (kind) {
    case "sales":
    case "townhall": {
      const platform = random.pick(platforms);
      const actors = called(random, ids, outline, meeting, platform);
      const observing = { comesAt: outline.from, fails: 0.25, failsFrom: 1, vanishes: 0 };
      const manner = inTurn(observers, turn);
      return observedBy(manner, random, ids, { ...plot, actors }, platform, observing);
    }
    case "class": {
      const actors = taught(random, ids, outline, meeting);
      return hostedBy(inTurn(hosting, turn), random, ids, { ...plot, actors }, room);
    }
    case "clinic":
    case "interview": {
      const actors = received(random, ids, outline, meeting);
      return hostedBy(inTurn(admitting, turn), random, ids, { ...plot, actors }, room);
    }
    default:
      return kind satisfies never;
  }
}

const observers = observing;

function inTurn<T>(list: Some<T>, turn: number): T {
  return list[turn % list.length] ?? list[0];
}

/** The people of one meeting. */
interface Company {
  hosts: Someone[];
  guests: Someone[];
  /** Two phones with one name, present at once: they must stay two people. */
  twins: Someone[];
}

interface Casting {
  hosts: number;
  twins: boolean;
  /** The share of guests with a user id, from 0 to 1; hosts have one where it is not 0. */
  known: number;
}

/** As many people as an outline says, one guest of them without a name where there are enough. */
function castIn(
  random: Random,
  ids: Random,
  { people }: Outline,
  meeting: number,
  casting: Casting,
): Company {
  const all = distinctNames(random, people, meeting).map((name, index): Someone => {
    const isHost = index < casting.hosts;
    if (!isHost && people >= 5 && index === people - 3) return { name: null, userId: null };
    const isKnown = casting.known > 0 && (isHost || random.chance(casting.known));
    return { name, userId: isKnown ? `user-${ids.token(10)}` : null };
  });
  const withTwins = casting.twins && people >= 6 && casting.hosts <= people - 2;
  const guests = all.slice(casting.hosts, withTwins ? -2 : undefined);
  return { hosts: all.slice(0, casting.hosts), guests, twins: withTwins ? [PHONE, PHONE] : [] };
}

const HANDING_OVER: Presiding = { handsOver: 1, part: [0.35, 0.6], overlap: [5, 40], stays: 0.4 };
const FATES: Odds = { left: 0.1, short: 0.07, came_back: 0.13, twice: 0.12, forgotten: 0.1 };
const LONGEST_WAIT: Ms = 20 * MINUTE;

/** A clinic or an interview: hosts inside, all others through the waiting room. */
function received(random: Random, ids: Random, outline: Outline, meeting: number): Actor[] {
  const { kind, people, from, to, live, opens } = outline;
  const hosts = kind === "interview" ? Math.ceil(people / 2) : hostsOf(random, people);
  const company = castIn(random, ids, outline, meeting, { hosts, twins: false, known: 0.3 });
  const openFrom = from + (opens ? 0 : Math.floor(Math.min(MINUTE, (to - from) * 0.08)));
  const window: PlotWindow = { from, to, live };
  if (kind === "interview" && people === 1) {
    return company.hosts.map((lonely) => knocksAtEmptyRoom(random, actorOf(lonely), window));
  }
  const door: Door = {
    ...window,
    calls: (at) => {
      const longest = Math.min((to - at) * 0.2, 150 * SECOND);
      const waited = random.int(Math.min(4 * SECOND, longest), longest);
      return Math.max(at + waited, openFrom + random.int(SECOND, 6 * SECOND));
    },
    leaves: (at) => departureFrom(random, at, window),
    patience: (at) => random.int(15 * SECOND, Math.min(4 * MINUTE, (to - at) / 2)),
    shaky: 1,
  };
  const guests = company.guests.map((guest, index) => {
    const actor = actorOf(guest);
    // When the script is over, the waiting room should not be empty.
    const isLast = live && index > 1 && index === company.guests.length - 1;
    const fate = isLast ? "forgotten" : fateOf(random, FATES);
    const late = Math.min((to - from) * 0.2, LONGEST_WAIT);
    const at =
      fate === "forgotten"
        ? to - random.int(4 * SECOND, late)
        : random.int(from, to - (to - from) * 0.45);
    knocks(random, actor, at, fate, door);
    return actor;
  });
  return [...hostsIn(random, company.hosts, { from: openFrom, to, live }, HANDING_OVER), ...guests];
}

function hostsOf(random: Random, people: number): number {
  return people >= 5 && random.chance(0.6) ? 2 : 1;
}

/** A guest who gives up, or waits until the script ends. */
function knocksAtEmptyRoom(random: Random, actor: Actor, window: PlotWindow): Actor {
  const from = Math.max(window.from, window.to - LONGEST_WAIT);
  const waited = Math.max(11 * SECOND, random.int(0, (window.to - from) * 0.8));
  if (window.live) waitsToTheEnd(actor, from, window);
  else givesUp(actor, from, waited, "left");
  return actor;
}

/** A class: without a waiting room, many come, and one student stays from the first moment to the last. */
function taught(random: Random, ids: Random, outline: Outline, meeting: number): Actor[] {
  const { people, from, to, live } = outline;
  // In a recess the room is empty for a while: its provider counts two meetings, we count one.
  const hasRecess = people > 1 && to - from >= 6 * MINUTE && random.chance(0.4);
  // Over a recess it could not be known which phone is which.
  const casting = { hosts: hostsOf(random, people), twins: !hasRecess, known: 0.6 };
  const { hosts, guests, twins } = castIn(random, ids, outline, meeting, casting);
  if (hasRecess) return withRecess(random, outline, hosts, guests);
  const window: PlotWindow = { from, to, live };
  const whole: PresencePiece = { from, to: live ? null : to };
  const [anchor, ...students] = guests;
  const inside = anchor ? { ...window, from: from + 2 * SECOND } : window;
  return [
    ...(anchor ? [isThere(random, actorOf(anchor), whole)] : []),
    ...hostsIn(random, hosts, inside, {
      ...HANDING_OVER,
      overlap: [-50, -10],
      absent: anchor ? 0.5 : 0,
    }),
    ...students.map((student) =>
      isThere(random, actorOf(student), presenceIn(random, window), { shaky: 1, end: to }),
    ),
    ...twins.map((twin) => isThere(random, actorOf(twin), throughTheMiddle(random, window))),
  ];
}

/** Long enough to overlap every other presence of this kind in the middle. */
function throughTheMiddle(random: Random, { from, to, live }: PlotWindow): PresencePiece {
  const quarter = (to - from) / 4;
  const begin = from + random.int(0, quarter);
  return { from: begin, to: live ? null : to - random.int(0, quarter) };
}

/** All people leave, and most come back before the room was empty for two minutes. */
function withRecess(
  random: Random,
  { from, to, live }: PlotWindow,
  hosts: readonly Someone[],
  guests: readonly Someone[],
): Actor[] {
  const breakAt = from + random.int((to - from) * 0.4, (to - from) * 0.5);
  const before: PlotWindow = { from, to: breakAt, live: false };
  const after: PlotWindow = { from: breakAt + random.int(45 * SECOND, 90 * SECOND), to, live };
  return [...hosts, ...guests].map((who, index) => {
    const actor = actorOf(who);
    const options = { host: index < hosts.length };
    if (index === 0) {
      isThere(random, actor, before, options);
      return isThere(random, actor, { from: after.from, to: live ? null : to }, options);
    }
    isThere(random, actor, presenceIn(random, before), options);
    if (who.name === null || random.chance(0.2)) return actor;
    return isThere(random, actor, presenceIn(random, after), options);
  });
}

/** A call or a town hall, which is watched: some are there before the observer, and some when it leaves. */
function called(
  random: Random,
  ids: Random,
  outline: Outline,
  meeting: number,
  platform: Platform,
): Actor[] {
  const { kind, people, from, to, live } = outline;
  const { hosts, guests, twins } = castIn(random, ids, outline, meeting, {
    hosts: people >= 4 ? 2 : 1,
    twins: kind === "townhall" && platform === "meet",
    known: platform === "zoom" ? 1 : 0,
  });
  const inside: PlotWindow = { from: from + SECOND, to: live ? to : to - SECOND, live };
  return [
    ...hostsIn(random, hosts, inside, { ...HANDING_OVER, stays: 0.6, absent: 0.5, shaky: 0.5 }),
    ...guests.map((guest) => {
      const presence = presenceIn(random, inside);
      const wasThere = random.chance(0.4);
      const outstays = !live && random.chance(0.45);
      const whole = { from: wasThere ? from : presence.from, to: outstays ? to : presence.to };
      return isThere(random, actorOf(guest), whole, { shaky: 1, end: to });
    }),
    ...twins.map((twin) => isThere(random, actorOf(twin), { from, to: live ? null : to })),
  ];
}
