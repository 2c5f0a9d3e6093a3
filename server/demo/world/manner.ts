import type { MeetingEvent } from "#domain/event/event.ts";
import type { Habits, Provider } from "#server/providers/contract/contract.ts";
import { connectable } from "#server/providers/providers.ts";
import type { Some } from "./random.ts";

/** What a provider reports, as far as a plot depends on it: found out by asking it to speak. */
export interface Manner {
  provider: Provider;
  habits: Habits;
  hasWaitingRoom: boolean;
  countsMeetings: boolean;
  /** Whether it reports a changed role when it changes; else it shows with the leave, or never. */
  tellsRoles: boolean;
  /** Whether its bodies say what a room is called. */
  tellsTitles: boolean;
}

const WHO = { participantId: "1", userId: null, name: null, isHost: true };
const NOW = Date.UTC(2026, 0, 1);

function mannerOf(own: Provider, habits: Habits): Manner {
  const speaks = (event: MeetingEvent) => own.speak(event, "room", "1") !== null;
  const joined = own.speak({ type: "joined", at: NOW, ...WHO }, "room", "1", { title: "Title" });
  const reading = own.read(Buffer.from(joined ?? ""));
  return {
    provider: own,
    habits,
    hasWaitingRoom: speaks({ type: "knocked", at: NOW, ...WHO }),
    countsMeetings: speaks({ type: "meeting_started", at: NOW, providerMeetingId: "1" }),
    tellsRoles: habits.observer === null && speaks({ type: "updated", at: NOW, ...WHO }),
    tellsTitles: reading.kind === "events" && reading.about.title !== null,
  };
}

/** Every provider for which meetings can be invented, in the order of the registry. */
const manners: readonly Manner[] = connectable.flatMap((own) =>
  own.habits === null ? [] : [mannerOf(own, own.habits)],
);

const byName = new Map(manners.map((one) => [one.provider.name, one]));

/** Those who see everybody themselves; those of them with waiting rooms; those who send an observer to a meeting. */
export const hosting = some(manners.filter(({ habits }) => habits.observer === null));
export const admitting = some(hosting.filter(({ hasWaitingRoom }) => hasWaitingRoom));
export const observing = some(manners.filter(({ habits }) => habits.observer !== null));

/** The first that asks whether somebody listens, and how; `null` for none. */
export const asking: { named: string; ping: string } | null =
  manners.flatMap(({ provider: { name: named }, habits: { ping } }) =>
    ping === null ? [] : [{ named, ping }],
  )[0] ?? null;

/** The names of all of them. */
export const played: readonly string[] = manners.map((one) => one.provider.name);

function some<T>([first, ...rest]: readonly T[]): Some<T> {
  if (first === undefined) throw new Error("no provider reports such meetings");
  return [first, ...rest];
}

/** Throws for a provider that is not played. */
export function mannerNamed(name: string): Manner {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`no meetings are invented for ${name}`);
  return found;
}
