import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import type { Rules } from "#domain/participant/rules.ts";
import {
  botJoins,
  botLeaves,
  botRules,
  clock,
  correctsIdentity,
  ends,
  joins,
  knocks,
  leaves,
  minutes,
  rules,
  stopsWaiting,
  updates,
} from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type MeetingView, projectMeeting } from "./meeting.ts";
import { LATE_MS, type Revision, revise } from "./revision.ts";
import { claimsShownNow } from "./shown-claims.ts";

type Lines = Parameters<typeof minutes>;

/**
 * What a page receives: when, which events (none: only the clock went on), and since when it was not up to
 * date.
 */
interface Received {
  at: Ms;
  events: readonly MeetingEvent[];
  lostAt?: Ms | null;
}

/** A page that stays on its meeting. */
const still = ({ graceMs }: Rules) => ({ isMoved: false, graceMs });

/** All revisions of a page that was opened with `shown` while it receives the rest, each with its time. */
function watch(
  opened: Ms,
  shown: readonly MeetingEvent[],
  received: readonly Received[],
  lens: Rules = rules,
): Revision[] {
  const events = [...shown];
  const viewAt = (at: Ms): MeetingView => projectMeeting(events, lens, at);
  let claims = claimsShownNow(viewAt(opened), opened, null);
  return received.flatMap(({ at, events: newEvents, lostAt = null }) => {
    events.push(...newEvents);
    const circumstances = {
      levelUntil: lostAt ?? at,
      isNews: newEvents.length > 0,
      ...still(lens),
    };
    const next = revise(claims, { view: viewAt(at), at, ...circumstances });
    claims = next.said;
    return next.corrections;
  });
}

/** Opened at ten to eleven, with all events until then; then it receives `late` at eleven. */
function corrected(shown: Lines, late: Lines, lens: Rules = rules): Revision[] {
  return watch(
    clock("10:50"),
    minutes(...shown),
    [{ at: clock("11:00"), events: minutes(...late) }],
    lens,
  );
}

const ada = { participantId: "Ada", name: "Ada" };
const min = (n: number) => n * 60_000;

describe("the revisions of a page when events come late", () => {
  const lost: Lines = [
    ["10:00", joins("Bo")],
    ["10:20", knocks("Ada")],
    ["10:25", stopsWaiting("Ada")],
  ];

  it("a person shown as lost was admitted after all", () => {
    expect(corrected(lost, [["10:25:08", joins("Ada", { session: "Ada" })]])).toEqual([
      { kind: "wait", person: ada, said: "left", now: "admitted", at: clock("10:25:08") },
    ]);
  });

  it("a person shown as lost had come back", () => {
    expect(corrected(lost, [["10:40", joins("Ada")]])).toMatchObject([
      { kind: "wait", said: "left", now: "came_back", at: clock("10:40") },
    ]);
  });

  it("a wait of unknown end was admitted", () => {
    const shown: Lines = [
      ["10:20", knocks("Ada")],
      ["10:30", ends()],
    ];
    expect(corrected(shown, [["10:22", joins("Ada")]])).toMatchObject([
      { kind: "wait", said: "unknown", now: "admitted" },
    ]);
  });

  it("a person shown as not known to be in had stayed", () => {
    const shown: Lines = [
      ["10:00", joins("Ada")],
      ["10:05", joins("Bo")],
      ["10:30", leaves("Bo")],
      ["10:30", ends()],
    ];
    expect(corrected(shown, [["10:12", leaves("Ada", { joinedAt: "10:00" })]])).toEqual([
      {
        kind: "end",
        person: ada,
        said: clock("10:00"),
        wasInferred: true,
        now: clock("10:12"),
        byMs: min(12),
      },
    ]);
  });

  it("a person shown as still there had left", () => {
    const shown: Lines = [
      ["10:00", joins("Ada")],
      ["10:05", joins("Bo")],
    ];
    expect(corrected(shown, [["10:40", leaves("Ada", { joinedAt: "10:00" })]])).toEqual([
      {
        kind: "end",
        person: ada,
        said: null,
        wasInferred: false,
        now: clock("10:40"),
        byMs: -min(20),
      },
    ]);
  });

  it("a visit was missing, of a new person and of one already shown", () => {
    const open = (late: Lines) =>
      watch(clock("10:05"), minutes(["10:00", joins("Bo")], ["10:02", joins("Ada")]), [
        { at: clock("10:03"), events: minutes(["10:03", leaves("Ada")]) },
        { at: clock("11:00"), events: minutes(...late) },
      ]);
    expect(open([["10:40", leaves("Cy", { joinedAt: "10:10" })]])).toMatchObject([
      { kind: "visit", person: { name: "Cy" }, from: clock("10:10"), byMs: min(30) },
    ]);
    const justOpened = { at: clock("10:50:04"), events: minutes(["10:40", joins("Ada")]) };
    expect(watch(clock("10:50"), minutes(["10:00", joins("Bo")]), [justOpened])).toEqual([]);
    expect(open([["10:40", leaves("Ada", { joinedAt: "10:10" })]])).toMatchObject([
      { kind: "visit", person: { name: "Ada" }, to: clock("10:40"), byMs: min(30) },
    ]);
  });

  it("a visit of which only the leave was known had a beginning", () => {
    const shown: Lines = [
      ["10:00", joins("Bo")],
      ["10:30", leaves("Ada")],
    ];
    expect(corrected(shown, [["10:10", joins("Ada")]])).toMatchObject([
      { kind: "start", said: clock("10:30"), now: clock("10:10"), byMs: min(20) },
    ]);
  });

  it("people shown as two were one, and one that were two", () => {
    const two: Lines = [
      ["10:00", joins("Ada", { session: "a" })],
      ["10:10", leaves("Ada", { session: "a" })],
      ["10:20", joins("iPhone", { session: "b" })],
    ];
    expect(corrected(two, [["10:21", updates("Ada", { session: "b" })]])).toEqual([
      { kind: "merged", person: { participantId: "a", name: "Ada" }, count: 2 },
    ]);
    const one: Lines = [
      ["10:00", joins("Ada", { session: "a" })],
      ["10:10", leaves("Ada", { session: "a" })],
      ["10:20", joins("Ada", { session: "b" })],
    ];
    expect(corrected(one, [["10:21", updates("Eve", { session: "b" })]])).toEqual([
      { kind: "split", person: { participantId: "a", name: "Ada" }, count: 2 },
    ]);
  });

  it("the meeting's end moved, or it had ended long ago", () => {
    const shown: Lines = [
      ["10:00", joins("Ada")],
      ["10:30", leaves("Ada")],
    ];
    expect(corrected(shown, [["10:31", ends()]])).toEqual([
      { kind: "meeting_end", said: clock("10:30"), now: clock("10:31") },
    ]);
    expect(corrected([["10:00", joins("Ada")]], [["10:30", ends()]])).toEqual([
      { kind: "meeting_end", said: null, now: clock("10:30") },
    ]);
  });

  it("people who are not in it any more", () => {
    const viewAt = (...lines: Lines) => projectMeeting(minutes(...lines), rules, clock("10:50"));
    const claims = claimsShownNow(
      viewAt(["10:00", joins("Ada")], ["10:20", joins("Bo")]),
      clock("10:50"),
      null,
    );
    const { corrections } = revise(claims, {
      view: viewAt(["10:20", joins("Bo")]),
      at: clock("11:00"),
      levelUntil: clock("11:00"),
      isNews: true,
      isMoved: true,
      graceMs: 30_000,
    });
    expect(corrections).toEqual([{ kind: "gone", people: [ada] }]);
  });

  it("people of what was shown as another meeting of the room, in one revision", () => {
    const viewAt = (...lines: Lines) => projectMeeting(minutes(...lines), rules, clock("10:50"));
    const bo: Lines[number] = ["10:20", joins("Bo")];
    const claims = claimsShownNow(viewAt(bo), clock("10:30"), null);
    const at = clock("11:00");
    const view = viewAt(["10:00", joins("Ada")], bo);
    const circumstances = { view: view, at, levelUntil: at, isNews: true, ...still(rules) };
    expect(revise(claims, { ...circumstances, isMoved: true }).corrections).toEqual([
      { kind: "came", people: [ada] },
    ]);
    expect(revise(claims, circumstances).corrections).toMatchObject([{ kind: "visit" }]);
  });

  it("a silence was none: a person who counted as gone is still there", () => {
    const shown = minutes(["0:00", botJoins], ["0:05", joins("Ada")]);
    const received: Received[] = [
      { at: clock("12:06"), events: [] },
      { at: clock("12:30"), events: minutes(["12:30", joins("Bo")]) },
    ];
    expect(watch(clock("0:06"), shown, received, botRules)).toMatchObject([
      { kind: "end", said: clock("0:05"), wasInferred: true, now: null },
    ]);
  });
});

describe("what is no revision", () => {
  it("an end that is reported a moment before the join", () => {
    const opened = minutes(["10:00", joins("Bo")], ["10:20", knocks("Ada")]);
    const received = (join: string) => [
      { at: clock("10:25:00"), events: minutes(["10:24:59", stopsWaiting("Ada")]) },
      { at: clock(join), events: minutes(["10:25", joins("Ada")]) },
    ];
    expect(watch(clock("10:21"), opened, received("10:25:05"))).toEqual([]);
    expect(watch(clock("10:21"), opened, received("10:25:06"))).toMatchObject([{ kind: "wait" }]);
  });

  it("coming back, however long after giving up", () => {
    const opened = minutes(["10:20", knocks("Ada")], ["10:25", stopsWaiting("Ada")]);
    const back = minutes(["10:59:58", joins("Ada")]);
    expect(watch(clock("10:30"), opened, [{ at: clock("11:00"), events: back }])).toEqual([]);
  });

  it("what the clock alone closes, and another grace", () => {
    const shown = minutes(["0:00", botJoins], ["0:05", joins("Ada")]);
    expect(watch(clock("0:06"), shown, [{ at: clock("12:06"), events: [] }], botRules)).toEqual([]);
    const split = minutes(
      ["10:00", joins("Ada")],
      ["10:10", leaves("Ada")],
      ["10:12", joins("Ada")],
    );
    const claims = claimsShownNow(
      projectMeeting(split, rules, clock("10:30")),
      clock("10:30"),
      null,
    );
    const wide = { ...rules, graceMs: min(5) };
    const view = projectMeeting(split, wide, clock("10:40"));
    const at = clock("10:40");
    const circumstances = { view: view, at, levelUntil: at, isNews: true, ...still(wide) };
    expect(revise(claims, circumstances).corrections).toEqual([]);
  });

  it("what an operator corrects, or undoes", () => {
    const shown: Lines = [
      ["10:00", joins("Ada", { session: "a" })],
      ["10:10", leaves("Ada", { session: "a" })],
      ["10:20", knocks("Eve", { session: "b" })],
      ["10:22", stopsWaiting("Eve", { session: "b" })],
      ["10:30", joins("Eva", { session: "c" })],
    ];
    const same = minutes(["10:55", correctsIdentity("same", ["a", "b", "c"])]);
    const undone = minutes(["10:58", correctsIdentity("undone", ["a", "b", "c"])]);
    const received = [
      { at: clock("10:55"), events: same },
      { at: clock("10:58"), events: undone },
    ];
    expect(watch(clock("10:50"), minutes(...shown), received)).toEqual([]);
  });

  it("what happened while the page had lost the server", () => {
    const shown = minutes(["10:00", joins("Ada")], ["10:05", joins("Bo")]);
    const newEvents = minutes(
      ["10:30", leaves("Ada")],
      ["10:31", joins("Cy")],
      ["10:40", leaves("Cy")],
    );
    const received = [{ at: clock("11:00"), events: newEvents, lostAt: clock("10:20") }];
    expect(watch(clock("10:10"), shown, received)).toEqual([]);
  });

  it("everyone’s leaving, when the meeting's end arrives", () => {
    const shown: Lines = [
      ["9:59", botJoins],
      ["10:00", joins("Ada")],
      ["10:05", joins("Bo")],
    ];
    expect(corrected(shown, [["10:30", botLeaves]], botRules)).toEqual([
      { kind: "meeting_end", said: null, now: clock("10:30") },
    ]);
  });
});

/**
 * A meeting without contradictions: people of different names knock, are let in or give up, come in, drop
 * out and come back, perhaps as another connection; at the end it may be ended.
 */
const truthful: fc.Arbitrary<MeetingEvent[]> = fc
  .record({
    people: fc.array(
      fc.record({
        isSignedIn: fc.boolean(),
        begin: fc.integer({ min: 0, max: 1800 }),
        anchored: fc.boolean(),
        steps: fc.array(
          fc.record({
            knocks: fc.boolean(),
            givesUp: fc.boolean(),
            waitedFor: fc.integer({ min: 1, max: 400 }),
            joinAfter: fc.integer({ min: 0, max: 4 }),
            stayed: fc.integer({ min: 1, max: 1200 }),
            awayFor: fc.integer({ min: 1, max: 400 }),
            isAnother: fc.boolean(),
          }),
          { minLength: 1, maxLength: 4 },
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    isEnded: fc.boolean(),
  })
  .map(({ people, isEnded }) => {
    const events = people.flatMap(({ isSignedIn, begin, anchored, steps }, n) => {
      const name = ["Ada", "Bo", "Cy", "Di"][n] ?? "";
      let at = clock("10:00") + begin * 1000;
      let session = 0;
      return steps.flatMap((step): MeetingEvent[] => {
        if (step.isAnother) session += 1;
        const who = {
          participantId: `${name}${session}`,
          userId: isSignedIn ? name : null,
          name,
          isHost: null,
        };
        const projected: MeetingEvent[] = [];
        if (step.knocks) {
          const startedAt = at;
          projected.push({ type: "knocked", at, ...who });
          at += step.waitedFor * 1000;
          projected.push({
            type: "stopped_waiting",
            at,
            ...who,
            startedAt: anchored ? startedAt : null,
          });
          at += (step.givesUp ? step.awayFor : step.joinAfter) * 1000;
          if (step.givesUp) return projected;
        }
        const joinedAt = at;
        projected.push({ type: "joined", at, ...who });
        at += step.stayed * 1000;
        projected.push({ type: "left", at, ...who, joinedAt: anchored ? joinedAt : null });
        at += step.awayFor * 1000;
        return projected;
      });
    });
    const last = Math.max(...events.map(({ at }) => at));
    const end: MeetingEvent = {
      type: "meeting_ended",
      at: last + 20_000,
      startedAt: null,
      providerMeetingId: null,
    };
    return [...events, ...(isEnded ? [end] : [])].toSorted((a, b) => a.at - b.at);
  });

describe("for any meeting whose events arrive as they happen", () => {
  const delays = fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 40, maxLength: 40 });

  it("nothing is revised, whenever the page was opened", () => {
    const opening = fc.integer({ min: -60, max: 4000 });
    fc.assert(
      fc.property(truthful, delays, opening, (events, lags, after) => {
        const opened = clock("10:00") + after * 1000;
        const shown = events.filter(({ at }) => at <= opened);
        const received = events
          .filter(({ at }) => at > opened)
          .map((event, n) => ({ at: event.at + (lags[n] ?? 0), events: [event] }))
          .toSorted((a, b) => a.at - b.at)
          .flatMap((one) => [one, { at: one.at + 6_000, events: [] }])
          .toSorted((a, b) => a.at - b.at);
        expect(watch(opened, shown, received)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it("nothing is revised when the server comes back after an absence", () => {
    const absence = fc.integer({ min: 0, max: 3000 });
    fc.assert(
      fc.property(truthful, absence, absence, (events, a, b) => {
        const [lost, back] = [
          clock("10:00") + Math.min(a, b) * 1000,
          clock("10:01") + Math.max(a, b) * 1000,
        ];
        const shown = events.filter(({ at }) => at <= lost);
        const missed = events.filter(({ at }) => at > lost && at <= back);
        const later = events.filter(({ at }) => at > back);
        const received = [
          { at: back, events: missed, lostAt: lost },
          ...later.map((event) => ({ at: event.at, events: [event] })),
        ];
        expect(watch(lost, shown, received)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("for any meeting in which one leave is late", () => {
  it("the person who left is revised, by exactly how much too long their stay was shown", () => {
    const late = fc.integer({ min: LATE_MS + 1_000, max: 3_600_000 });
    fc.assert(
      fc.property(truthful, late, fc.nat(), (events, lag, pick) => {
        const leaves = events.filter((event) => event.type === "left");
        const one = leaves[pick % Math.max(1, leaves.length)];
        fc.pre(one !== undefined);
        const projectedCount = at(one) + lag;
        const others = events.filter((event) => event !== one && event.at <= projectedCount);
        // Until then no other event of that connection: its next join would end the stay otherwise.
        fc.pre(!others.some((event) => event.at >= one.at && isOf(event, one.userId, one.name)));
        fc.pre(!others.some(({ type }) => type === "meeting_ended"));
        const first = clock("9:59");
        const received = [
          ...others.map((event) => ({ at: event.at, events: [event] })),
          { at: projectedCount, events: [one] },
        ];
        const of = watch(first, [], received).filter(({ kind }) => kind === "end");
        expect(of).toMatchObject([{ said: null, now: one.at, byMs: -lag }]);
      }),
      { numRuns: 200 },
    );
  });
});

function at(event: MeetingEvent | undefined): Ms {
  return event?.at ?? 0;
}

function isOf(event: MeetingEvent, userId: string | null, name: string | null): boolean {
  return "participantId" in event && event.userId === userId && event.name === name;
}
