import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import { type MeetingView, projectMeeting } from "#domain/meeting/meeting.ts";
import { observersIn } from "#domain/meeting/observer.ts";
import {
  botJoins,
  botLeaves,
  botRules,
  clock,
  joins,
  leaves,
  minutes,
  seenBy,
} from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";

const now = clock("13:00");
const SEED = 20_261_130;
const RUNS = Number(process.env["HISTORIES"] ?? 400);

interface Stay {
  from: Ms;
  to: Ms;
}

/** Who was really there, and when; some names are those of several. */
interface Human {
  id: string;
  name: string;
  stays: Stay[];
}

interface Bot extends Stay {
  key: string;
  /** It notices everything so much later. */
  lateMs: Ms;
  /** The ids of connections are its own. */
  isOwnIds: boolean;
}

/** What a bot reports: who is there as it comes in, and all who come and go until it leaves. */
function reports(humans: readonly Human[], bot: Bot): MeetingEvent[] {
  const { key, from, to, lateMs, isOwnIds } = bot;
  const events = [botJoins(from), botLeaves(to)];
  for (const { id, name, stays } of humans) {
    const who = { session: isOwnIds ? `${key}/${id}` : id };
    for (const stay of stays) {
      const [cameAt, wentAt] = [stay.from + lateMs, stay.to + lateMs];
      if (wentAt <= from || cameAt >= to) continue;
      events.push(joins(name, who)(Math.max(cameAt, from)));
      if (wentAt < to) events.push(leaves(name, who)(wentAt));
    }
  }
  return events.map((event) => seenBy(key, event));
}

const second = 1000;
const start = clock("10:00");

/** Stays of one after another, each and every pause longer than what bots may differ by. */
function stays(leastMs: Ms): fc.Arbitrary<Stay[]> {
  const step = fc.integer({ min: leastMs, max: 900 * second });
  return fc.array(fc.tuple(step, step), { minLength: 1, maxLength: 4 }).map((steps) => {
    let at = start - 300 * second;
    return steps.map(([before, length]) => {
      const from = at + before;
      at = from + length;
      return { from, to: at };
    });
  });
}

function humans(leastMs: Ms, names: readonly string[]): fc.Arbitrary<Human[]> {
  return fc
    .array(stays(leastMs), { minLength: 1, maxLength: names.length })
    .map((all) => all.map((own, n) => ({ id: `c${n}`, name: names[n] ?? "", stays: own })));
}

/** Two bots of which the second comes in while the first is there; the first may leave before or after it. */
const watches = fc
  .record({
    secondAfter: fc.integer({ min: 1, max: 1800 }),
    firstFor: fc.integer({ min: 1801, max: 5400 }),
    secondFor: fc.integer({ min: 60, max: 5400 }),
    isOwnFirst: fc.boolean(),
  })
  .map(({ secondAfter, firstFor, secondFor, isOwnFirst }) => {
    const first = { from: start, to: start + firstFor * second };
    const from = start + secondAfter * second;
    const other = { from, to: from + secondFor * second };
    const [one, two] = isOwnFirst ? ["", "bot_2"] : ["bot_2", ""];
    return [
      { key: one, ...first },
      { key: two, ...other },
    ] as const;
  });

function shown({ people, presentCount, status, startedAt, endedAt, peak }: MeetingView) {
  return {
    ...{ presentCount, status, startedAt, endedAt, peak },
    people: people.map(({ name, participantIds, visits, attended, status }) => {
      return { name, participantIds, visits, attended, status };
    }),
  };
}

describe("two bots in one meeting", () => {
  test("see what one would have seen, in any order of arrival", () => {
    const world = fc
      .tuple(humans(1, ["Ada", "Bo", "Ada", "iPhone", "Grace"]), watches)
      .chain(([all, [one, two]]) => {
        const seen = [one, two].flatMap((bot) =>
          reports(all, { ...bot, lateMs: 0, isOwnIds: false }),
        );
        const whole = { key: "", from: one.from, to: Math.max(one.to, two.to) };
        return fc.record({
          events: fc.shuffledSubarray(seen, { minLength: seen.length }),
          alone: fc.constant(reports(all, { ...whole, lateMs: 0, isOwnIds: false })),
        });
      });
    fc.assert(
      fc.property(world, ({ events, alone }) => {
        const both = shown(projectMeeting(events, botRules, now));
        expect(both).toEqual(shown(projectMeeting(alone, botRules, now)));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test("that give connections other ids, and notice a little apart, count everybody once", () => {
    const apartMs = 900;
    const world = fc
      .tuple(humans(40 * second, ["Ada", "Bo", "iPhone", "Grace"]), watches)
      .map(([all, [one, two]]) => {
        const seen = [
          ...reports(all, { ...one, lateMs: 0, isOwnIds: false }),
          ...reports(all, { ...two, lateMs: apartMs, isOwnIds: true }),
        ];
        const whole = { key: "", from: one.from, to: Math.max(one.to, two.to) };
        return { seen, alone: reports(all, { ...whole, lateMs: 0, isOwnIds: false }) };
      });
    fc.assert(
      fc.property(world, ({ seen, alone }) => {
        const both = projectMeeting(seen, botRules, now);
        const one = projectMeeting(alone, botRules, now);
        const names = ({ people }: MeetingView) => people.map(({ name }) => name).toSorted();
        expect(names(both)).toEqual(names(one));
        for (const { name, attended } of one.people) {
          const other = both.people.find((person) => person.name === name);
          expect(other?.attended.length).toBe(attended.length);
          for (const [index, { from, to }] of attended.entries()) {
            const alike = other?.attended[index];
            expect(Math.abs((alike?.from ?? 0) - from)).toBeLessThanOrEqual(apartMs);
            expect(Math.abs((alike?.to ?? 0) - (to ?? 0))).toBeLessThanOrEqual(apartMs);
          }
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  const other = (eventAt: (at: Ms) => MeetingEvent) => (at: Ms) => seenBy("bot_2", eventAt(at));

  test("a leave that one of them lost was reported by the other", () => {
    const [ada] = projectMeeting(
      minutes(
        ["10:00", botJoins],
        ["10:01", joins("Ada")],
        ["10:05", other(botJoins)],
        ["10:05", other(joins("Ada"))],
        ["10:20", other(leaves("Ada"))],
        ["11:00", botLeaves],
        ["11:00", other(botLeaves)],
      ),
      botRules,
      now,
    ).people;
    expect(ada?.visits).toMatchObject([
      { joinedAt: clock("10:01"), leftAt: clock("10:20"), start: "reported", end: "reported" },
    ]);
  });

  test("the meeting goes on until the last of them is gone", () => {
    const events = minutes(
      ["10:00", botJoins],
      ["10:01", joins("Ada")],
      ["10:05", other(botJoins)],
      ["10:05", other(joins("Ada"))],
      ["10:30", botLeaves],
    );
    expect(projectMeeting(events, botRules, now)).toMatchObject({
      ...{ status: "live", presentCount: 1 },
      people: [{ status: "present" }],
    });
    const over = [...events, ...minutes(["10:50", other(botLeaves)])];
    expect(projectMeeting(over, botRules, now)).toMatchObject({
      ...{ status: "ended", endedAt: clock("10:50"), presentCount: 0 },
      people: [{ visits: [{ joinedAt: clock("10:01"), leftAt: clock("10:50"), end: "inferred" }] }],
    });
    expect(observersIn(over)).toMatchObject([
      { key: null, state: "left", from: clock("10:00"), to: clock("10:30") },
      { key: "bot_2", state: "left", from: clock("10:05"), to: clock("10:50") },
    ]);
  });

  test("one that was not let in ends nothing", () => {
    const events = minutes(
      ["10:00", botJoins],
      ["10:01", joins("Ada")],
      ["10:10", other((at) => ({ type: "observer_left", at, reason: "no", outside: true }))],
    );
    expect(projectMeeting(events, botRules, now)).toMatchObject({
      status: "live",
      presentCount: 1,
    });
  });
});
