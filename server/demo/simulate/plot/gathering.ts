import type { Ms } from "#domain/time/ms.ts";

/** One stay in a meeting, as one connection. `[from, to)`. */
export interface PlottedStay {
  connection: string;
  from: Ms;
  /** `null`: still in when the script ends. */
  to: Ms | null;
  /** Whether the provider tells the end by itself; an end nobody tells can only be inferred. */
  told: boolean;
  /** Whether host when coming in, and when going out. */
  hostAtFirst: boolean;
  hostAtLast: boolean;
}

/** One stay in the waiting room. */
export interface PlottedKnock {
  connection: string;
  from: Ms;
  /** `null`: still waiting when the script ends. */
  to: Ms | null;
  /** When the provider says that the waiting was over; `null` where it says nothing. */
  toldAt: Ms | null;
  outcome: "waiting" | "admitted" | "left" | "short" | "came_back" | "unknown";
}

/** One human in one meeting. */
export interface Actor {
  name: string | null;
  userId: string | null;
  stays: PlottedStay[];
  knocks: PlottedKnock[];
}

/** A meeting as the provider counts it: Daily ends one when the room was empty for 20 s. */
export interface Session {
  id: string;
  from: Ms;
  /** `null`: not ended when the script ends. */
  to: Ms | null;
}

/** What happens in one room of Daily from its first knock or join until it is empty for good. */
export interface DailyGathering {
  provider: "daily";
  room: string;
  title: null;
  actors: Actor[];
  sessions: Session[];
}

/** How a platform names somebody who comes back. */
export type Platform = "teams" | "meet" | "zoom";

export interface PlottedBot {
  comesAt: Ms;
  /** `null`: still there when the script ends. */
  goesAt: Ms | null;
  /** Why it goes, as Attendee calls it. */
  goes: "left_meeting" | "meeting_ended" | "fatal_error";
  /** When Attendee is done with what it brought, unless it failed. */
  processedAt: Ms | null;
}

/** What a bot of Attendee sees of one meeting. */
export interface AttendeeGathering {
  provider: "attendee";
  /** The bot's id. */
  room: string;
  title: string;
  platform: Platform;
  actors: Actor[];
  bot: PlottedBot;
}

/** One meeting as it really happens: bodies and truth are both told from it, apart from each other. */
export type Gathering = DailyGathering | AttendeeGathering;

/** From the first arrival or knock until it ended; `null` where it goes on when the script ends. */
export function spanOf(gathering: Gathering): { from: Ms; to: Ms | null } {
  const times = gathering.actors.flatMap(({ stays, knocks }) => [...stays, ...knocks]);
  const begun = times.map(({ from }) => from);
  if (gathering.provider === "attendee") {
    const { comesAt, goesAt } = gathering.bot;
    return { from: Math.min(comesAt, ...begun), to: goesAt };
  }
  const from = Math.min(...begun);
  if (times.some(({ to }) => to === null)) return { from, to: null };
  const ended = gathering.sessions.map(({ to }) => to);
  return {
    from,
    to: Math.max(...[...ended, ...times.map(({ to }) => to)].map((to) => to ?? from)),
  };
}
