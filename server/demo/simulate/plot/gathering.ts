import type { Ms } from "#domain/time/ms.ts";

/** One stay in a meeting, as one connection. `[from, to)`. */
export interface PlottedStay {
  connection: string;
  from: Ms;
  /** `null`: still in when the script ends. */
  to: Ms | null;
  /** Whether the provider reports the end; an end that is not reported can only be inferred. */
  told: boolean;
  /** Whether they are host when they join, and when they leave. */
  hostAtFirst: boolean;
  hostAtLast: boolean;
}

/** One stay in the waiting room. */
export interface PlottedKnock {
  connection: string;
  from: Ms;
  /** `null`: still waiting when the script ends. */
  to: Ms | null;
  /** When the provider reports the end of the wait; `null` where it does not. */
  toldAt: Ms | null;
  outcome: "waiting" | "admitted" | "left" | "short" | "came_back" | "unknown";
}

/** One person in one meeting. */
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

/** The platform, which decides how a person who comes back is named. */
export type Platform = "teams" | "meet" | "zoom";

export interface PlottedBot {
  comesAt: Ms;
  /** `null`: still there when the script ends. */
  goesAt: Ms | null;
  /** Why it leaves, in Attendee's words. */
  goes: "left_meeting" | "meeting_ended" | "fatal_error";
  /** When Attendee has finished post-processing, unless the bot failed. */
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

/** One meeting as it really happens: bodies and truth are each derived from it, independently. */
export type Gathering = DailyGathering | AttendeeGathering;

/** The providers whose webhooks the simulation plays. */
export const SIMULATED = ["daily", "attendee"] as const satisfies Gathering["provider"][];
export type SimulatedProvider = (typeof SIMULATED)[number];

/** What `make` gives for each of them, one after the other. */
export async function ofEachSimulated<T>(
  make: (named: SimulatedProvider) => Promise<T>,
): Promise<Record<SimulatedProvider, T>> {
  return { daily: await make("daily"), attendee: await make("attendee") };
}

/** From the first join or knock until the end; `to` is `null` where it goes on when the script ends. */
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
