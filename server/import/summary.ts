import type { MeetingEvent, Ms } from "#domain/event.ts";
import { isAboutParticipant } from "#domain/event.ts";
import { foldName } from "#domain/name.ts";
import { isNoteTakerName } from "#domain/note-taker.ts";
import { partMeetings } from "#domain/room.ts";
import { DEFAULT_EMPTY_GAP_MS, DEFAULT_GRACE_MS, type Rules } from "#domain/rules.ts";
import type { Occurrence } from "#server/providers/provider.ts";

const RULES: Rules = {
  meetings: "by_gap",
  userIdsLast: true,
  emptyGapMs: DEFAULT_EMPTY_GAP_MS,
  graceMs: DEFAULT_GRACE_MS,
  silenceMs: 12 * 3_600_000,
  noteTakers: [],
};

/** A meeting as one file tells it. */
export interface ToldMeeting {
  room: string;
  title: string | null;
  from: Ms;
  to: Ms;
  people: number;
}

/** What the lines of a file come to, gathered one by one. */
export class Summary {
  readonly #rooms = new Map<string, { title: string | null; events: MeetingEvent[] }>();
  readonly #people = new Set<string>();

  add({ room, title, events }: Occurrence): void {
    const known = this.#rooms.get(room) ?? { title: null, events: [] };
    known.title = title ?? known.title;
    known.events.push(...events);
    this.#rooms.set(room, known);
    for (const name of events.flatMap(personIn)) this.#people.add(name);
  }

  /** Distinct people of the file: by address, else by name. */
  get people(): number {
    return this.#people.size;
  }

  /** Earliest first. */
  meetings(now: Ms): ToldMeeting[] {
    const told = [...this.#rooms].flatMap(([room, { title, events }]) =>
      partMeetings(events, RULES, now).map((own) => ({ room, title, ...extentOf(own) })),
    );
    return told.toSorted((a, b) => a.from - b.from);
  }
}

function personIn(event: MeetingEvent): string[] {
  if (!isAboutParticipant(event)) return [];
  const { userId, name, participantId } = event;
  if (isNoteTakerName(name)) return [];
  return [userId ?? foldName(name) ?? participantId];
}

function extentOf(events: readonly MeetingEvent[]): Pick<ToldMeeting, "from" | "to" | "people"> {
  let [from, to] = [Infinity, -Infinity];
  const ofPeople = events.filter((one) => !isAboutParticipant(one) || !isNoteTakerName(one.name));
  for (const { at } of ofPeople.length > 0 ? ofPeople : events)
    [from, to] = [Math.min(from, at), Math.max(to, at)];
  return { from, to, people: new Set(events.flatMap(personIn)).size };
}
