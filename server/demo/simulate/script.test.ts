import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { played } from "#server/demo/world/manner.ts";
import { spanOf } from "#server/demo/world/plot.ts";
import { provider } from "#server/providers/providers.ts";
import { truthOf } from "./truth.ts";
import { countScript, type Script, type ScriptOptions, writeScript } from "./writing/script.ts";

const START = Date.UTC(2026, 10, 20, 9, 0, 0);
const DEFAULTS: ScriptOptions = { seed: 7, meetings: 6, people: 40, minutes: 30, start: START };

const options = fc.record({
  seed: fc.nat(),
  meetings: fc.integer({ min: 1, max: 20 }),
  people: fc.integer({ min: 1, max: 200 }),
  minutes: fc.constantFrom(1, 3, 30, 480),
  start: fc.constant(START),
});

describe("a script", () => {
  test("is the same for the same seed, and another for another", () => {
    expect(writeScript(DEFAULTS)).toEqual(writeScript(DEFAULTS));
    expect(writeScript({ ...DEFAULTS, seed: 8 })).not.toEqual(writeScript(DEFAULTS));
  });

  test("has the same events at another time, in other rooms", () => {
    const later = writeScript({ ...DEFAULTS, start: START + 3_600_000 });
    expect(factsOf(later)).toEqual(factsOf(writeScript(DEFAULTS)));
    const rooms = new Set(writeScript(DEFAULTS).gatherings.map(({ room }) => room));
    expect(later.gatherings.every(({ room }) => !rooms.has(room))).toBe(true);
  });

  test("has the wanted number of meetings and people", () => {
    fc.assert(
      fc.property(options, (asked) => {
        const { meetings, people } = countScript(writeScript(asked));
        expect(meetings).toBe(asked.meetings);
        expect(people).toBe(Math.max(asked.people, asked.meetings));
      }),
      { numRuns: 50 },
    );
  });

  test("begins with a join, with any options", () => {
    fc.assert(
      fc.property(options, (asked) => {
        const [first] = writeScript(asked).deliveries;
        expect(first).toMatchObject({ at: START, sendAt: START, repeat: false, late: false });
        expect(JSON.parse(first?.body ?? "")).toMatchObject({ type: "participant.joined" });
      }),
      { numRuns: 50 },
    );
  });

  test("has begun most meetings within a minute, at any length", () => {
    const { gatherings, start } = writeScript({ ...DEFAULTS, minutes: 480 });
    const begun = gatherings.map((gathering) => spanOf(gathering).from - start);
    expect(begun.filter((after) => after < 60_000).length).toBeGreaterThanOrEqual(4);
  });

  test("delivers nothing before it happened, nothing after its end, and a repeat after the first", () => {
    fc.assert(
      fc.property(options, (asked) => {
        const { deliveries, end } = writeScript(asked);
        const seen = new Set<string>();
        let before = START;
        for (const delivery of deliveries) {
          expect(delivery.at).toBeLessThanOrEqual(delivery.sendAt);
          expect(delivery.sendAt).toBeGreaterThanOrEqual(before);
          expect(delivery.sendAt).toBeLessThanOrEqual(end);
          const { body } = delivery;
          expect(seen.has(body)).toBe(delivery.repeat);
          seen.add(body);
          before = delivery.sendAt;
        }
      }),
      { numRuns: 50 },
    );
  });

  test("has bodies that its providers sign, verify and read", () => {
    const { deliveries, end } = writeScript({ ...DEFAULTS, meetings: 12, people: 150 });
    const kinds = new Set<string>();
    for (const delivery of deliveries) {
      const source = provider(delivery.provider);
      const raw = Buffer.from(delivery.body);
      const headers = new Map(Object.entries(source?.sign(raw.toString(), SECRET, end) ?? {}));
      const header = (name: string) => headers.get(name) ?? null;
      expect(
        source?.verify({
          raw,
          header,
          query: () => null,
          path: "",
          secrets: [SECRET],
          now: end,
          toleranceMs: 1000,
        }),
      ).toEqual({ ok: true });
      kinds.add(`${delivery.provider} ${source?.read(raw).kind}`);
    }
    expect([...kinds].toSorted()).toEqual([
      "attendee events",
      "attendee ignored",
      "daily events",
      "daily ignored",
      "generic events",
    ]);
  });

  test("is of every provider for which meetings are invented, in one that is played as usual", () => {
    const { gatherings } = writeScript(DEFAULTS);
    expect(new Set(gatherings.map((gathering) => gathering.provider))).toEqual(new Set(played));
  });

  test("has in the format of our own who was admitted, who was refused, and changed roles", () => {
    const said = Array.from({ length: 10 }, (_, seed) => writeScript({ ...DEFAULTS, seed }))
      .flatMap(({ deliveries }) => deliveries)
      .filter((delivery) => delivery.provider === "generic")
      .map(({ body }): { type: string; room: object } => JSON.parse(body));
    expect([...new Set(said.map(({ type }) => type))].toSorted()).toEqual([
      "meeting.ended",
      "meeting.started",
      "participant.admitted",
      "participant.joined",
      "participant.left",
      "participant.refused",
      "participant.role_changed",
      "participant.waiting",
    ]);
    expect(said.every(({ room }) => "title" in room)).toBe(true);
  });

  test("has repeats, late ones, and a room with two meetings", () => {
    const counts = countScript(writeScript(DEFAULTS));
    expect(counts.repeats).toBeGreaterThan(0);
    expect(counts.late).toBeGreaterThan(0);
    expect(counts.rooms).toBe(counts.meetings - 1);
  });

  test.each([
    { meetings: 0 },
    { meetings: 2.5 },
    { people: 0 },
    { people: 10_001 },
    { minutes: 0.5 },
    { minutes: Number.NaN },
  ])("cannot be of %o", (wrong) => {
    expect(() => writeScript({ ...DEFAULTS, ...wrong })).toThrow(RangeError);
  });
});

const SECRET = Buffer.alloc(32, 7).toString("base64");

/** The people and waits of a script without ids and absolute times. */
function factsOf(script: Script): unknown {
  return truthOf(script).meetings.map(({ people, waits, status }) => ({
    status,
    waits: waits.map(({ name, duration_ms, outcome }) => ({ name, duration_ms, outcome })),
    people: people.map(({ name, attended_ms, participants }) => ({
      name,
      attended_ms,
      participants,
    })),
  }));
}
