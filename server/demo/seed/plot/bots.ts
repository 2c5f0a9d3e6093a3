import type { Ms } from "#domain/time/ms.ts";
import type {
  Actor,
  AttendeeGathering,
  Platform,
  PlottedBot,
  PlottedStay,
} from "#server/demo/simulate/plot/gathering.ts";
import type { Random } from "#server/demo/simulate/plot/random.ts";
import { SECOND } from "./calendar.ts";

/** A meeting on another platform, as it is without a bot. */
export interface PlatformMeeting {
  title: string;
  platform: Platform;
  actors: Actor[];
  from: Ms;
  to: Ms;
}

/**
 * What a bot sees of a meeting: no one before it comes, and no end of people who stay longer. It comes a little
 * late, leaves with the last person, and now and then it fails, with or without a report.
 */
export function seenByBot(
  random: Random,
  { title, platform, actors, from, to }: PlatformMeeting,
): AttendeeGathering {
  const comesAt = from + random.int(-40, 50) * SECOND;
  const bot = botOf(random, comesAt, to);
  const room = `bot_${random.token(16)}`;
  const goneAt = bot.goesAt ?? to;
  return {
    provider: "attendee",
    room,
    title,
    platform,
    bot,
    actors: actors.flatMap((actor) => seen(random, actor, platform, comesAt, goneAt)),
  };
}

function botOf(random: Random, comesAt: Ms, to: Ms): PlottedBot {
  const dice = random.next();
  const early = comesAt + Math.round((to - comesAt) * (0.2 + random.next() * 0.7));
  // It is never heard of again: what it did not report cannot be known.
  if (dice < 0.006) return { comesAt, goesAt: null, goes: "fatal_error", processedAt: null };
  const isFatal = dice < 0.02;
  const goesAt = isFatal ? early : to + random.int(2, 40) * SECOND;
  return {
    comesAt,
    goesAt,
    goes: isFatal ? "fatal_error" : dice < 0.5 ? "meeting_ended" : "left_meeting",
    processedAt: goesAt + random.int(4_000, 15_000),
  };
}

function seen(random: Random, actor: Actor, platform: Platform, comes: Ms, goneAt: Ms): Actor[] {
  const first = connectionOn(platform, random);
  const stays = actor.stays
    .filter(({ from, to }) => from < goneAt && (to ?? goneAt) > comes + SECOND)
    .map((stay, index): PlottedStay => {
      // On Teams a person who comes back is the same participant; elsewhere a new one.
      const connection =
        index === 0 || platform === "teams" ? first : connectionOn(platform, random);
      // People who were there before the bot are on its first list.
      const from = Math.max(stay.from, comes + random.int(200, 900));
      const to = stay.to === null ? goneAt : Math.min(stay.to, goneAt);
      return { ...stay, connection, from, to, told: to < goneAt };
    })
    .filter(({ from, to }) => to !== null && to > from);
  if (stays.length === 0) return [];
  // Only the Zoom SDK gives a user id, and only for one meeting.
  const userId = platform === "zoom" ? random.token(22) : null;
  return [{ name: actor.name, userId, stays, knocks: [] }];
}

function connectionOn(platform: Platform, random: Random): string {
  switch (platform) {
    case "teams":
      return `8:orgid:${random.uuid()}`;
    case "meet":
      return `spaces/${random.token(12)}/devices/${random.int(100, 999)}`;
    case "zoom":
      return String(random.int(16_000_000, 999_999_999));
    default:
      return platform satisfies never;
  }
}
