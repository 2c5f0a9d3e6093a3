import type { MeetingEvent } from "#domain/event/event.ts";
import { type MeetingView, projectMeeting } from "#domain/meeting/meeting.ts";
import { attendedMs, type PersonView } from "#domain/meeting/person-view.ts";
import { partMeetings } from "#domain/meeting/room.ts";
import { DEFAULT_EMPTY_GAP_MS, DEFAULT_GRACE_MS, type Rules } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { Parcel } from "#server/demo/simulate/sending/send.ts";
import type { SimulationTruth, TruthMeeting } from "#server/demo/simulate/truth.ts";
import { provider } from "#server/providers/providers.ts";

/** The same meetings, projected by the domain from the deliveries alone. */
export function projectedFrom(deliveries: readonly Parcel[], now: Ms): unknown {
  const rooms = new Map<
    string,
    { provider: string; title: string | null; events: MeetingEvent[] }
  >();
  for (const delivery of deliveries) {
    const reading = provider(delivery.provider)?.read(Buffer.from(delivery.body));
    if (reading?.kind !== "events") continue;
    const { room, title, events } = reading.about;
    const entry = rooms.get(room) ?? { provider: delivery.provider, title, events: [] };
    entry.events.push(...events);
    rooms.set(room, entry);
  }
  const meetings = [...rooms].flatMap(([room, { provider, title, events }]) =>
    partMeetings(events, rulesOf(provider), now)
      .map((part) => projectMeeting(part, rulesOf(provider), now))
      .map((view) => ({ provider, room, title, ...asTruth(view, now) })),
  );
  return unordered({ as_of: toWireTime(now), meetings });
}

function rulesOf(name: string): Rules {
  const source = provider(name);
  return {
    meetings: source?.meetings ?? "by_gap",
    emptyGapMs: DEFAULT_EMPTY_GAP_MS,
    graceMs: DEFAULT_GRACE_MS,
    noteTakers: [],
    roomTitles: [],
    silenceMs: source?.silenceMs ?? null,
    userIdsLast: source?.userIdsLast ?? false,
  };
}

function asTruth(view: MeetingView, now: Ms): Omit<TruthMeeting, "provider" | "room" | "title"> {
  const { people, peak } = view;
  return {
    status: view.status,
    started_at: toWireTime(view.startedAt),
    ended_at: toWireTime(view.endedAt),
    ended_by: view.endedBy,
    people: people.map((person) => ({
      name: person.name,
      user_id: person.userId,
      status: person.status,
      participants: person.participantIds.length,
      attended_ms: attendedMs(person, now),
      first_joined_at: toWireTime(person.firstJoinedAt),
      last_left_at: toWireTime(person.lastLeftAt),
    })),
    waits: people.flatMap((person) => waitsOf(person, now)),
    hosts: people.flatMap(({ name, tenures }) =>
      tenures.map(({ from, to, inferred }) => ({
        name,
        from: toWireTime(from),
        to: toWireTime(to),
        inferred,
      })),
    ),
    present_count: view.presentCount,
    waiting_count: view.waitingCount,
    peak: peak && { count: peak.count, at: toWireTime(peak.at) },
  };
}

function waitsOf({ name, waits }: PersonView, now: Ms): TruthMeeting["waits"] {
  return waits.map(({ startedAt, endedAt, outcome, inferred }) => ({
    name,
    started_at: toWireTime(startedAt),
    ended_at: toWireTime(endedAt),
    duration_ms: (endedAt ?? now) - startedAt,
    outcome,
    inferred,
  }));
}

/** Sorts the lists, because entries of one moment have no order. */
export function unordered({ meetings }: SimulationTruth): unknown {
  return sorted(
    meetings.map((meeting) => ({
      ...meeting,
      people: sorted(meeting.people),
      waits: sorted(meeting.waits),
      hosts: sorted(meeting.hosts),
    })),
  );
}

function sorted<T>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
