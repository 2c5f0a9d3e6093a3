import { castMeeting, type Member } from "./cast.ts";
import type { Actor, AttendeeGathering, Platform, PlottedBot, PlottedStay } from "./gathering.ts";
import {
  connectionsOf,
  departureFrom,
  type PresencePiece,
  type PresenceWindow,
  presenceIn,
  SECOND,
} from "./itinerary.ts";
import type { Outline, OutlineKind } from "./outline.ts";
import type { Random, Some } from "./random.ts";

const titles: Record<OutlineKind, Some<string>> = {
  sales: [
    "Northwind renewal – final terms",
    "Demo: Café Łódź 🧁",
    "Discovery call, 株式会社みらい",
  ],
  townhall: ["Town hall: the year ahead", "All hands / اجتماع عام", "Engineering town hall 🚀"],
  clinic: ["Clinic"],
  class: ["Class"],
  interview: ["Interview"],
};

const platforms: Some<Platform> = ["teams", "meet", "zoom"];

/** What a bot sees of one meeting. `random` decides what happens, `ids` only draws ids. */
export function plotAttendee(
  random: Random,
  ids: Random,
  outline: Outline,
  meeting: number,
): AttendeeGathering {
  const { kind, people, from, to, live } = outline;
  const platform = random.pick(platforms);
  const bot: PlottedBot = {
    comesAt: from,
    goesAt: live ? null : to,
    goes: random.pick(["left_meeting", "meeting_ended", "left_meeting", "fatal_error"]),
    processedAt: live ? null : to + ids.int(4 * SECOND, 15 * SECOND),
  };
  const members = castMeeting(random, outline, meeting, {
    hosts: people >= 4 ? 2 : 1,
    twins: kind === "townhall" && platform === "meet",
    known: platform === "zoom" ? 1 : 0,
    userId: () => (platform === "zoom" ? ids.token(22) : ""),
  });
  return {
    provider: "attendee",
    room: `bot_${ids.token(16)}`,
    title: random.pick(titles[kind]),
    platform,
    bot,
    actors: members.map((member, index) => {
      // Only the Zoom SDK gives a user id; the pages of Teams and Meet never do.
      const identified = platform === "zoom" ? member : { ...member, userId: null };
      return actorIn(random, ids, bot, platform, outline, identified, index);
    }),
  };
}

function actorIn(
  random: Random,
  ids: Random,
  bot: PlottedBot,
  platform: Platform,
  { from, to, live }: PresenceWindow,
  member: Member,
  index: number,
): Actor {
  const { name, userId, host, twin } = member;
  const inside: PresenceWindow = { from: from + SECOND, to: live ? to : to - SECOND, live };
  const changesHands = index === 1 && host;
  const whole = wholeOf(random, inside, bot, member, changesHands);
  const pieces = connectionsOf(random, whole, to, {
    possible: !twin && !changesHands && (name !== null || platform === "teams"),
    overlapping: userId !== null,
  });
  const first = connectionOn(platform, ids);
  const stays = pieces.map((piece, n): PlottedStay => {
    // On Teams a person who comes back is the same participant; elsewhere a new one.
    const connection = n === 0 || platform === "teams" ? first : connectionOn(platform, ids);
    const isReported = piece.to !== null && piece.to !== bot.goesAt;
    return { connection, ...piece, told: isReported, hostAtFirst: host, hostAtLast: host };
  });
  const losesIt = index === 0 && random.chance(0.3);
  return { name, userId, stays: roleChanges(stays, changesHands, losesIt), knocks: [] };
}

/** Some people are there before the bot, and some are still there when it leaves. */
function wholeOf(
  random: Random,
  inside: PresenceWindow,
  bot: PlottedBot,
  { twin }: Member,
  leavesFirst: boolean,
): PresencePiece {
  const stayed = presenceIn(random, inside);
  const wasThere = twin || random.chance(0.4);
  const from = wasThere ? bot.comesAt + random.int(200, 900) : stayed.from;
  if (leavesFirst) {
    return { from, to: departureFrom(random, from, { ...inside, live: false }) };
  }
  const outstays = bot.goesAt !== null && (twin || random.chance(0.45));
  return { from, to: outstays ? bot.goesAt : stayed.to };
}

/**
 * Came as a guest and left as the host, or the other way round: Attendee reports it only with the leave, so it
 * is only known that the role changed somewhere in between.
 */
function roleChanges(
  stays: readonly PlottedStay[],
  takesOver: boolean,
  losesIt: boolean,
): PlottedStay[] {
  return stays.map((stay, n) => {
    if (!stay.told || !(takesOver || (losesIt && n === stays.length - 1))) return stay;
    return { ...stay, hostAtFirst: losesIt, hostAtLast: takesOver };
  });
}

function connectionOn(platform: Platform, ids: Random): string {
  switch (platform) {
    case "teams":
      return `8:orgid:${ids.uuid()}`;
    case "meet":
      return `spaces/${ids.token(12)}/devices/${ids.int(100, 999)}`;
    case "zoom":
      return String(ids.int(16_000_000, 999_999_999));
    default:
      return platform satisfies never;
  }
}
