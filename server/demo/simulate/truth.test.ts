import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { projectedFrom, unordered } from "./testing/projected-from.ts";
import { type TruthMeeting, truthOf } from "./truth.ts";
import { type Script, writeScript } from "./writing/script.ts";

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

  test("is what the domain projects from the providers' events, in any order and with any repetition", () => {
    fc.assert(
      fc.property(scripts, fc.infiniteStream(fc.nat()), (script, order) => {
        const shuffled = script.deliveries
          .map((delivery) => ({ delivery, position: order.next().value }))
          .toSorted((a, b) => a.position - b.position)
          .map(({ delivery }) => delivery);
        expect(projectedFrom(shuffled, script.end)).toEqual(unordered(truthOf(script)));
      }),
      { numRuns: 200 },
    );
  });

  test("has every way of waiting, of coming back and of hosting", () => {
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
    expect(all.some((meeting) => meeting.people.some((one) => changesRole(one, meeting)))).toBe(
      true,
    );
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

/** Whether somebody is host from or until a moment at which they neither came nor left. */
function changesRole({ name, ...person }: TruthMeeting["people"][number], { hosts }: TruthMeeting) {
  const moments = [person.first_joined_at, person.last_left_at, null];
  return hosts.some(
    (host) =>
      host.name === name &&
      !host.inferred &&
      person.participants === 1 &&
      !(moments.includes(host.from) && moments.includes(host.to)),
  );
}
