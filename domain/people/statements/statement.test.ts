import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clock } from "#domain/testing/history.ts";
import { type CanonicalJson, canonicalJson } from "./canonical.ts";
import { checkResultOf } from "./check.ts";
import { differences } from "./differences.ts";
import {
  type StatedAttendanceFacts,
  type StatedMeetingFacts,
  statedAsOne,
  stateFacts,
  stateMeeting,
} from "./facts.ts";

const algebra: StatedMeetingFacts = {
  id: "m1",
  provider: "daily",
  source: "School",
  isDemo: false,
  room: "algebra",
  title: null,
  startedAt: clock("10:00"),
  endedAt: clock("11:00"),
  endedBy: "provider",
  graceMs: 30_000,
};

const ada: StatedAttendanceFacts = {
  name: "Ada",
  userId: "ada-1",
  participantIds: ["phone", "laptop"],
  firstJoinedAt: clock("10:05"),
  lastLeftAt: clock("10:35"),
  attendedMs: 1_800_000,
  visits: [
    {
      participantId: "laptop",
      joinedAt: clock("10:05"),
      leftAt: clock("10:35"),
      start: "reported",
      end: "reported",
    },
  ],
  waits: [],
  tenures: [{ from: clock("10:10"), to: clock("10:20"), inferred: false }],
};

const person = { id: null, name: "Ada", userId: "ada-1", isDemo: false };
const stated = stateMeeting(algebra, ada);
const facts = stateFacts(person, [stated], null);
const whole = fc.integer({ min: -1e12, max: 1e12 });
const json = fc.letrec<{ json: CanonicalJson }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: "grapheme" }),
    whole,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie("json"), { maxKeys: 4 }),
  ),
})).json;

describe("the facts of a statement", () => {
  it("are a person's view in the meeting, in UTC and whole milliseconds", () => {
    expect(facts).toMatchObject({
      person: { name: "Ada", user_id: "ada-1" },
      attended_ms: 1_800_000,
      meetings: [
        {
          length_ms: 3_600_000,
          first_joined_at: new Date(clock("10:05")).toISOString(),
          hosted_ms: 600_000,
          participant_ids: ["laptop", "phone"],
          visits: [{ left_at: new Date(clock("10:35")).toISOString(), end: "reported" }],
        },
      ],
    });
  });

  it("are in order of time, in any order of input, and add up", () => {
    const later = stateMeeting({ ...algebra, id: "m0", startedAt: clock("10:30") }, ada);
    const [one, other] = [
      stateFacts(person, [stated, later], null),
      stateFacts(person, [later, stated], null),
    ];
    expect(canonicalJson(one)).toBe(canonicalJson(other));
    expect(one.meetings.map(({ meeting_id }) => meeting_id)).toEqual(["m1", "m0"]);
    expect(one.attended_ms).toBe(3_600_000);
  });
});

describe("several attendances of one person in one meeting", () => {
  it("are one: what they have in common counts once, and short gaps count", () => {
    const visit = (participantId: string, from: string, to: string) => ({
      participantId,
      joinedAt: clock(from),
      leftAt: clock(to),
      start: "reported" as const,
      end: "reported" as const,
    });
    const phone = {
      ...ada,
      participantIds: ["phone"],
      visits: [visit("phone", "10:30", "10:40"), visit("phone", "10:40:20", "10:50")],
    };
    const one = statedAsOne([{ ...ada, participantIds: ["laptop"] }, phone], algebra);
    expect(one.attendedMs).toBe(clock("10:50") - clock("10:05"));
    expect(one).toMatchObject({
      participantIds: ["laptop", "phone"],
      firstJoinedAt: clock("10:05"),
      lastLeftAt: clock("10:50"),
    });
    expect(statedAsOne([ada], algebra)).toEqual(ada);
  });
});

describe("the canonical text", () => {
  it("is the same for any stored order of the names", () => {
    expect(canonicalJson({ b: 1, a: [true, null, "é\n"], "": {} })).toBe(
      '{"":{},"a":[true,null,"é\\n"],"b":1}',
    );
  });

  it("parses to the same value, and is the same for the parsed value", () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("two sets of facts", () => {
  it("that are the same have no differences, also after a database stored them its own way", () => {
    const reordered = JSON.parse(JSON.stringify(facts, Object.keys(facts).toReversed()));
    expect(differences(facts, { ...facts, ...reordered, ...facts })).toEqual([]);
    expect(differences(facts, JSON.parse(canonicalJson(facts)))).toEqual([]);
  });

  it("name every fact that differs, and its meeting", () => {
    const corrected = stateMeeting(algebra, { ...ada, attendedMs: 1_900_000, lastLeftAt: null });
    expect(
      differences(facts, stateFacts({ ...person, name: "Ada L." }, [corrected], null)),
    ).toEqual([
      { meetingId: null, fact: "attended_ms", was: 1_800_000, is: 1_900_000 },
      { meetingId: null, fact: "name", was: "Ada", is: "Ada L." },
      { meetingId: "m1", fact: "attended_ms", was: 1_800_000, is: 1_900_000 },
      { meetingId: "m1", fact: "last_left_at", was: stated.last_left_at, is: null },
    ]);
  });

  it("name a meeting that is no longer there, and one that occurs twice", () => {
    expect(differences(facts, stateFacts(person, [], null))).toContainEqual({
      meetingId: "m1",
      fact: "meeting",
      was: stated,
      is: undefined,
    });
    const twice = { ...facts, meetings: [stated, stated] };
    expect(differences(facts, twice)).toMatchObject([{ meetingId: null, fact: "meetings" }]);
  });

  it("differ in something exactly when their texts differ, whatever is changed", () => {
    const change = fc.constantFrom(
      { ...facts, attended_ms: 1 },
      { ...facts, period: { first_day: "2026-11-01", last_day: "2026-11-02", time_zone: "UTC" } },
      { ...facts, person: { id: null, name: null, user_id: "ada-1" } },
      { ...facts, meetings: [{ ...stated, title: "" }] },
      { ...facts, meetings: [{ ...stated, visits: [] }] },
      { ...facts, meetings: [stated, { ...stated, meeting_id: "m2" }] },
      facts,
    );
    fc.assert(
      fc.property(change, change, (one, other) => {
        const isSame = canonicalJson(one) === canonicalJson(other);
        expect(differences(one, other).length === 0).toBe(isSame);
      }),
    );
  });
});

describe("the verdict on a statement", () => {
  const difference = { meetingId: null, fact: "attended_ms", was: 1, is: 2 };
  it.each([
    ["unaltered", { altered: [], isHashRight: true, corrected: [] }],
    ["corrected", { altered: [], isHashRight: true, corrected: [difference] }],
    ["erased", { altered: [], isHashRight: true, corrected: null }],
    ["altered", { altered: [difference], isHashRight: true, corrected: [] }],
    ["altered", { altered: [], isHashRight: false, corrected: null }],
    ["altered", { altered: [], isHashRight: false, corrected: [difference] }],
  ] as const)("is %s of %j", (verdict, shown) => {
    expect(checkResultOf(shown)).toBe(verdict);
  });
});
