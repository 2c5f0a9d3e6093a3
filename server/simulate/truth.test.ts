import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MeetingEvent, Ms } from "#domain/event.ts";
import { type MeetingStory, tellMeeting } from "#domain/meeting.ts";
import { partMeetings } from "#domain/room.ts";
import { DEFAULT_EMPTY_GAP_MS, DEFAULT_GRACE_MS, type Rules } from "#domain/rules.ts";
import { attendedMs, type PersonStory } from "#domain/story.ts";
import { fromWireTime, toWireTime } from "#domain/wire.ts";
import type { WebhookProvider } from "#server/providers/provider.ts";
import { provider } from "#server/providers/providers.ts";
import { type Delivery, type Script, writeScript } from "./script.ts";
import { wireForm } from "./send.ts";
import { type Truth, type TruthMeeting, truthOf } from "./truth.ts";

const START = Date.UTC(2026, 10, 20, 9, 0, 0);

const scripts = fc
  .record({
    seed: fc.integer({ min: 0, max: 1_000_000 }),
    meetings: fc.integer({ min: 1, max: 13 }),
    people: fc.integer({ min: 1, max: 90 }),
    minutes: fc.constantFrom(1, 2, 5, 12, 30, 90, 480),
  })
  .map((options) => writeScript({ ...options, start: START }));

describe("the truth of a script", () => {
  test("is possible", () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const truth = truthOf(script);
        for (const meeting of truth.meetings) isPossible(meeting, script);
        expect(truth.meetings).toHaveLength(script.gatherings.length);
        expect(JSON.parse(JSON.stringify(truth))).toEqual(truth);
      }),
      { numRuns: 100 },
    );
  });

  test("is what the providers' events tell, in whatever order they come and however often", () => {
    fc.assert(
      fc.property(scripts, fc.infiniteStream(fc.nat()), (script, order) => {
        const shuffled = script.deliveries
          .map((delivery) => ({ delivery, place: order.next().value }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ delivery }) => delivery);
        expect(toldBy(shuffled, script.end)).toEqual(unordered(truthOf(script)));
      }),
      { numRuns: 200 },
    );
  });

  test("knows every way of waiting, of coming back and of hosting", () => {
    const all = Array.from({ length: 20 }, (_, seed) => seed)
      .map((seed) => ({ seed, people: seed % 2 === 0 ? 120 : 12 }))
      .map((size) => writeScript({ ...size, meetings: 12, minutes: 30, start: START }))
      .flatMap((script) => truthOf(script).meetings);
    const outcomes = new Set(all.flatMap(({ waits }) => waits.map(({ outcome }) => outcome)));
    expect([...outcomes].toSorted()).toEqual([
      "admitted",
      "came_back",
      "left",
      "short",
      "unknown",
      "waiting",
    ]);
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set(["live", "ended", "waiting"]));
    expect(all.some(({ hosts }) => new Set(hosts.map(({ name }) => name)).size > 1)).toBe(true);
    expect(all.flatMap(({ hosts }) => hosts).some(({ inferred }) => inferred)).toBe(true);
    expect(all.flatMap(({ people }) => people).some(({ participants }) => participants > 2)).toBe(
      true,
    );
    expect(
      all.some(({ people }) => people.filter(({ name }) => name === "iPhone").length === 2),
    ).toBe(true);
  });
});

function isPossible(meeting: TruthMeeting, script: Script): void {
  const { people, waits, hosts, status } = meeting;
  const begin = fromWireTime(meeting.started_at ?? waits[0]?.started_at ?? "");
  const end = meeting.ended_at === null ? script.end : fromWireTime(meeting.ended_at);
  expect(begin).toBeGreaterThanOrEqual(script.start);
  expect(end).toBeLessThanOrEqual(script.end);
  for (const person of people) {
    expect(person.attended_ms).toBeGreaterThanOrEqual(0);
    expect(person.attended_ms).toBeLessThanOrEqual(end - begin);
    expect(person.attended_ms > 0).toBe(person.first_joined_at !== null);
    expect(person.last_left_at !== null).toBe(
      person.first_joined_at !== null && person.status !== "present",
    );
  }
  for (const wait of waits) {
    expect(wait.duration_ms).toBeGreaterThanOrEqual(0);
    expect(wait.ended_at === null).toBe(wait.outcome === "waiting");
    expect(wait.inferred).toBe(wait.outcome === "unknown");
  }
  for (const { name, from, to } of hosts) {
    expect(people.some((person) => person.name === name)).toBe(true);
    if (to !== null) expect(to >= from).toBe(true);
  }
  const count = (wanted: string) => people.filter((person) => person.status === wanted).length;
  expect(meeting.present_count).toBe(count("present"));
  expect(meeting.waiting_count).toBe(count("waiting"));
  expect(meeting.peak?.count ?? 0).toBeGreaterThanOrEqual(meeting.present_count);
  if (status === "ended") expect(meeting.present_count + meeting.waiting_count).toBe(0);
  if (status === "waiting") expect(meeting.waiting_count).toBeGreaterThan(0);
}

/** The same meetings as the domain tells them from the deliveries alone. */
function toldBy(deliveries: readonly Delivery[], now: Ms): unknown {
  const rooms = new Map<
    string,
    { provider: WebhookProvider; title: string | null; events: MeetingEvent[] }
  >();
  for (const delivery of deliveries) {
    const reading = provider(delivery.provider)?.read(Buffer.from(wireForm(delivery)));
    if (reading?.kind !== "events") continue;
    const { room, title, events } = reading.about;
    const known = rooms.get(room) ?? { provider: delivery.provider, title, events: [] };
    known.events.push(...events);
    rooms.set(room, known);
  }
  const meetings = [...rooms].flatMap(([room, { provider, title, events }]) =>
    partMeetings(events, rulesOf(provider), now)
      .map((part) => tellMeeting(part, rulesOf(provider), now))
      .map((story) => ({ provider, room, title, ...asTruth(story, now) })),
  );
  return unordered({ as_of: toWireTime(now), meetings });
}

function rulesOf(name: WebhookProvider): Rules {
  const source = provider(name);
  return {
    meetings: source?.meetings ?? "by_gap",
    emptyGapMs: DEFAULT_EMPTY_GAP_MS,
    graceMs: DEFAULT_GRACE_MS,
    noteTakers: [],
    silenceMs: source?.silenceMs ?? null,
    userIdsLast: source?.userIdsLast ?? false,
  };
}

function asTruth(story: MeetingStory, now: Ms): Omit<TruthMeeting, "provider" | "room" | "title"> {
  const { people, peak } = story;
  return {
    status: story.status,
    started_at: toWireTime(story.startedAt),
    ended_at: toWireTime(story.endedAt),
    ended_by: story.endedBy,
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
    present_count: story.presentCount,
    waiting_count: story.waitingCount,
    peak: peak && { count: peak.count, at: toWireTime(peak.at) },
  };
}

function waitsOf({ name, waits }: PersonStory, now: Ms): TruthMeeting["waits"] {
  return waits.map(({ startedAt, endedAt, outcome, inferred }) => ({
    name,
    started_at: toWireTime(startedAt),
    ended_at: toWireTime(endedAt),
    duration_ms: (endedAt ?? now) - startedAt,
    outcome,
    inferred,
  }));
}

/** What comes at one moment has no order of its own. */
function unordered({ meetings }: Truth): unknown {
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
