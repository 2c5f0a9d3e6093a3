import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MeetingCorrected, MeetingEvent } from "#domain/event/event.ts";
import {
  clock,
  histories,
  joins,
  leaves,
  minutes,
  rules,
  updates,
} from "#domain/testing/history.ts";
import { lengthMs } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { projectMeeting } from "./meeting.ts";
import { partMeetings } from "./room.ts";
import { meetingTallyOf } from "./tally.ts";

const now = clock("13:00");
const SEED = 20_261_128;

function correction(
  verdict: MeetingCorrected["verdict"],
  from: Ms,
  at: Ms,
  defaults: { ruling?: string; ruledAt?: Ms } = {},
): MeetingCorrected {
  const { ruling = "w1", ruledAt = now } = defaults;
  return { type: "meeting_ruled", verdict, from, at, ruling, by: "Mia", ruledAt };
}

/** A lesson that was interrupted for three minutes; Emma came after that. */
const LESSON = minutes(
  ["10:00", joins("Ms Vik", { session: "a1", user: "vik" })],
  ["10:20", leaves("Ms Vik", { session: "a1", user: "vik", joinedAt: "10:00" })],
  ["10:23", joins("Ms Vik", { session: "a2", user: "vik" })],
  ["10:25", joins("Emma", { session: "e", user: "emma" })],
  ["10:45", leaves("Emma", { session: "e", user: "emma", joinedAt: "10:25" })],
  ["10:45:30", leaves("Ms Vik", { session: "a2", user: "vik", joinedAt: "10:23" })],
);
const JOINED = correction("joined", clock("10:20"), clock("10:23"));

function projected(events: readonly MeetingEvent[], lens = rules) {
  return partMeetings(events, lens, now).map((part) => {
    const { startedAt, endedAt, people } = projectMeeting(part, lens, now);
    const names = people.map(({ name, attended }) => `${name} ${lengthMs(attended, now) / 60_000}`);
    return [startedAt, endedAt, ...names];
  });
}

const TWO = [
  [clock("10:00"), clock("10:20"), "Ms Vik 20"],
  [clock("10:23"), clock("10:45:30"), "Ms Vik 22.5", "Emma 20"],
];
const ONE = [[clock("10:00"), clock("10:45:30"), "Ms Vik 42.5", "Emma 20"]];

describe("two meetings of a room", () => {
  it("are one by a longer gap of the source, without any attendance over it", () => {
    expect(projected(LESSON)).toEqual(TWO);
    expect(projected(LESSON, { ...rules, emptyGapMs: 180_000 })).toEqual(ONE);
  });

  it("are one by an operator’s correction, projected as if they had been one", () => {
    expect(projected([...LESSON, JOINED])).toEqual(ONE);
    expect(projected([...LESSON, JOINED, { ...JOINED, verdict: "undone" }])).toEqual(TWO);
  });

  it("are parted again where the later correction parts them, and joined where a still later one joins them", () => {
    const at = clock("10:23");
    const parted = correction("parted", at, at, { ruling: "w2", ruledAt: now + 1 });
    expect(projected([...LESSON, JOINED, parted])).toEqual(TWO);
    const again = { ...JOINED, ruling: "w3", ruledAt: now + 2 };
    expect(projected([...LESSON, JOINED, parted, again])).toEqual(ONE);
    expect(projected([...LESSON, parted, { ...parted, verdict: "undone" }, JOINED])).toEqual(ONE);
  });
});

describe("one meeting", () => {
  const SHORT_BREAK = minutes(
    ["10:00", joins("Ada", { session: "1" })],
    ["10:20", leaves("Ada", { session: "1", joinedAt: "10:00" })],
    ["10:21", joins("Bo", { session: "2" })],
    ["10:40", leaves("Bo", { session: "2", joinedAt: "10:21" })],
  );
  const at = clock("10:21");
  const PARTED = correction("parted", at, at);

  it("is two where an operator parts it while no one is in", () => {
    expect(projected(SHORT_BREAK)).toHaveLength(1);
    expect(projected([...SHORT_BREAK, PARTED])).toEqual([
      [clock("10:00"), clock("10:20"), "Ada 20"],
      [at, clock("10:40"), "Bo 19"],
    ]);
  });

  it("stays one where it turns out that a person was in", () => {
    const late = minutes(["10:30", leaves("Cy", { session: "3", joinedAt: "10:10" })]);
    expect(projected([...SHORT_BREAK, PARTED, ...late])).toHaveLength(1);
  });

  it("is parted across a note-taker that stayed, which belongs to the first alone", () => {
    const stays = minutes(
      ["09:59", joins("Otter.ai", { session: "o" })],
      ["10:30", updates("Otter.ai", { session: "o" })],
      ["10:41", leaves("Otter.ai", { session: "o", joinedAt: "09:59" })],
    );
    const parts = partMeetings([...SHORT_BREAK, ...stays, PARTED], rules, now);
    expect(parts.map((part) => projectMeeting(part, rules, now).noteTakers.length)).toEqual([1, 0]);
    expect(parts.map((part) => meetingTallyOf(part, rules, now).tally.noteTakers.inCount)).toEqual([
      0, 0,
    ]);
  });
});

describe("any corrections of the meetings of a room", () => {
  const some = fc.array(
    fc
      .record({
        ruling: fc.constantFrom("w1", "w2", "w3"),
        verdict: fc.constantFrom("joined", "parted", "undone"),
        from: fc.integer({ min: 0, max: 480 }),
        gap: fc.integer({ min: 0, max: 60 }),
        ruledAt: fc.integer({ min: 0, max: 5 }),
      })
      .map(({ ruling, verdict, from, gap, ruledAt }): MeetingCorrected => {
        const start = clock("10:00") + from * 15_000;
        const at = verdict === "parted" ? start : start + gap * 15_000;
        return correction(verdict, start, at, { ruling, ruledAt: now + ruledAt });
      }),
    { maxLength: 4 },
  );
  // One correction is never entered in two versions.
  const oncePerId = some.map((all) =>
    all.map((each, index) =>
      each.verdict === "undone" ? each : { ...each, ruling: `w${index + 1}` },
    ),
  );

  it("does not depend on order or repetition, and leaves every event in one meeting", () => {
    fc.assert(
      fc.property(
        fc
          .tuple(histories({ noteTakers: true }), oncePerId)
          .map(([events, corrections]) => (events.length === 0 ? [] : [...events, ...corrections]))
          .chain((events) =>
            fc.tuple(
              fc.constant(events),
              fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
            ),
          ),
        ([events, shuffled]) => {
          const parts = partMeetings(events, rules, now);
          expect(new Set(parts.flat())).toEqual(new Set(events));
          const again = partMeetings(shuffled, rules, now);
          const viewsOf = (some: MeetingEvent[][]) =>
            some.map((part) => projectMeeting(part, rules, now));
          expect(viewsOf(again)).toEqual(viewsOf(parts));
        },
      ),
      { seed: SEED, numRuns: 400 },
    );
  });
});
