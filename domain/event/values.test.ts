import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { happeningOf } from "#domain/live/happening.ts";
import { anybodyIn, peakOf, stepsOf } from "#domain/meeting/occupancy.ts";
import { histories, joins, knocks, minutes, rules, stopsWaiting } from "#domain/testing/history.ts";
import { meetingOfLines, person } from "#domain/testing/projected.ts";
import { gaps, type Interval, lengthMs, outside, union } from "#domain/time/interval.ts";
import { formatUtc, parseUtc } from "#domain/time/time.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { toEvent, toEventData } from "./recorded.ts";

const intervals: fc.Arbitrary<Interval[]> = fc.array(
  fc
    .tuple(
      fc.integer({ min: 0, max: 200 }),
      fc.option(fc.integer({ min: 0, max: 50 }), { freq: 8 }),
    )
    .map(([from, length]) => ({ from, to: length === null ? null : from + length })),
  { maxLength: 12 },
);

/** Counts moments one by one: slow, and plainly right. */
function covered(all: readonly Interval[], now: number): number {
  let count = 0;
  for (let at = 0; at < now; at += 1) {
    if (all.some(({ from, to }) => from <= at && at < (to ?? now))) count += 1;
  }
  return count;
}

describe("the union of intervals", () => {
  it("covers exactly the moments that any of them covers", () => {
    fc.assert(
      fc.property(intervals, (all) => {
        const joined = union(all);
        expect(lengthMs(joined, 300)).toBe(covered(all, 300));
        for (const gap of gaps(joined)) expect(gap.to).toBeGreaterThan(gap.from);
      }),
    );
  });

  it("joins the gaps up to the grace and keeps the longer ones", () => {
    fc.assert(
      fc.property(intervals, fc.integer({ min: 0, max: 20 }), (all, grace) => {
        const longGaps = gaps(union(all)).filter((gap) => gap.to - gap.from > grace);
        expect(gaps(union(all, grace))).toEqual(longGaps);
      }),
    );
  });

  it("and what lies outside it make up the whole", () => {
    fc.assert(
      fc.property(intervals, (all) => {
        const whole = { from: 20, to: 180 };
        const free = outside(whole, all);
        const inside = covered(all, 180) - covered(all, 20);
        expect(lengthMs(free, 0) + inside).toBe(160);
      }),
    );
  });
});

describe("people over time", () => {
  it("never step on the spot, and peak at the most there were at any moment", () => {
    fc.assert(
      fc.property(
        fc.array(
          intervals.map((own) => union(own)),
          { maxLength: 6 },
        ),
        (people) => {
          const steps = stepsOf(people);
          for (const [index, step] of steps.entries()) {
            expect(step.count).not.toBe(steps[index - 1]?.count ?? 0);
          }
          const counts = Array.from(
            { length: 300 },
            (_, at) =>
              people.filter((own) => own.some(({ from, to }) => from <= at && at < (to ?? 300)))
                .length,
          );
          expect(peakOf(steps)?.count ?? 0).toBe(Math.max(...counts));
          if (steps.length > 0 && peakOf(steps)) {
            expect(counts.indexOf(Math.max(...counts))).toBe(peakOf(steps)?.at);
          }
        },
      ),
    );
  });
});

describe("when anybody was there", () => {
  it("is the union of everybody's intervals", () => {
    fc.assert(
      fc.property(fc.array(intervals, { maxLength: 6 }), (people) => {
        expect(anybodyIn(people)).toEqual(union(people.flat()));
      }),
    );
  });
});

describe("the wire format", () => {
  it("preserves every moment of ten thousand years", () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_167_219_200_000, max: 253_402_300_799_999 }), (at) => {
        expect(formatUtc(at)).toBe(new Date(at).toISOString());
        expect(parseUtc(formatUtc(at))).toBe(at);
      }),
    );
    expect(parseUtc("2026-11-20T10:02:11Z")).toBeNull();
  });

  it("preserves every event", () => {
    fc.assert(
      fc.property(fc.oneof(histories(), histories({ bot: true })), (events) => {
        for (const event of events) {
          const participant_id = "participantId" in event ? event.participantId : null;
          const at = toWireTime(event.at);
          const record = { type: event.type, at, participant_id, data: toEventData(event) };
          expect(toEvent(JSON.parse(JSON.stringify(record)))).toEqual(event);
        }
      }),
    );
  });
});

describe("a happening", () => {
  const happeningsOf = (...lines: Parameters<typeof minutes>) => {
    const view = person(meetingOfLines(...lines), "Ada");
    return minutes(...lines).map((event) => happeningOf(event, view, rules));
  };

  it("is an admission after a wait, and the end of that wait is not worth a line", () => {
    expect(
      happeningsOf(
        ["10:00", knocks("Ada")],
        ["10:01:11.999", stopsWaiting("Ada")],
        ["10:01:12", joins("Ada")],
      ),
    ).toEqual([{ kind: "waiting" }, null, { kind: "admitted", waited_ms: 72_000 }]);
  });

  it("is leaving before being admitted, shortly or not", () => {
    expect(happeningsOf(["10:00", knocks("Ada")], ["10:04", stopsWaiting("Ada")])[1]).toEqual({
      kind: "left_before_admitted",
      waited_ms: 240_000,
      short: false,
    });
  });
});
