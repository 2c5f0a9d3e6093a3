import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at, liveSnapshotOf, summaryOf } from "#components/testing/facts.ts";
import {
  compareLivePositions,
  LIVE_START,
  livePositionOf,
  liveTotalsOf,
} from "#domain/live/live-position.ts";
import type { Happening, LiveMeeting, LiveSnapshot } from "#domain/live/wire.ts";
import { wireClaim } from "#domain/waits/handling-wire.ts";
import {
  applyMerge,
  applyPush,
  applySnapshot,
  type LivePush,
  liveStateOf,
  shownMeetings,
  totalsNow,
} from "./live-state.ts";

const UNCLAIMED = wireClaim([], { endedAt: null }, 0);

const pushOf = (given: Partial<LivePush>): LivePush => ({
  summaries: [],
  happened: [],
  today: null,
  as_of: at("10:42:12"),
  ...given,
});

const happening = (seq: number, time: string, meeting = "m1"): Happening => ({
  id: `${meeting}:${seq}`,
  meeting_id: meeting,
  meeting: "Algebra II, group B",
  at: at(time),
  person_id: "c:ada",
  name: "Ada",
  what: { kind: "joined" },
});

describe("a push", () => {
  it("brings the newer summary and ignores an older one", () => {
    const state = liveStateOf(
      liveSnapshotOf({ meetings: [summaryOf({ seq: 5, present_count: 3 })] }),
    );
    const older = applyPush(
      state,
      pushOf({ summaries: [summaryOf({ seq: 4, present_count: 2 })] }),
    );
    expect(older.meetings).toEqual(state.meetings);
    const newer = applyPush(
      state,
      pushOf({ summaries: [summaryOf({ seq: 6, present_count: 4 })] }),
    );
    expect(newer.meetings[0]?.present_count).toBe(4);
  });

  it("brings the time of the last received event itself: an imported file or a correction does not count", () => {
    const state = liveStateOf(
      liveSnapshotOf({ meetings: [summaryOf({ seq: 5, waiting_count: 1 })] }),
    );
    const expired = applyPush(state, pushOf({ summaries: [summaryOf({ seq: 5 })] }));
    expect(expired.meetings[0]?.waiting_count).toBe(0);
    expect(expired.last_event_at).toBe(state.last_event_at);
    const imported = pushOf({ summaries: [summaryOf({ seq: 6 })] });
    expect(applyPush(state, imported).last_event_at).toBe(state.last_event_at);
    const received = { ...imported, last_event_at: at("10:42:11") };
    expect(applyPush(state, received).last_event_at).toBe(at("10:42:11"));
    const late = { ...received, as_of: at("10:42:09"), last_event_at: at("10:42:05") };
    expect(applyPush(state, late).last_event_at).toBe(state.last_event_at);
  });

  it("leaves the rows of other meetings the same objects", () => {
    const other = summaryOf({ id: "m2" });
    const state = liveStateOf(liveSnapshotOf({ meetings: [summaryOf(), other] }));
    const next = applyPush(state, pushOf({ summaries: [summaryOf({ seq: 2 })] }));
    expect(next.meetings[1]).toBe(other);
  });

  it("adds a step where the number of people changed, and only there", () => {
    const state = liveStateOf(
      liveSnapshotOf({ meetings: [summaryOf()], steps: { m1: [{ at: at("10:40"), count: 1 }] } }),
    );
    const same = applyPush(state, pushOf({ summaries: [summaryOf({ seq: 2, present_count: 1 })] }));
    expect(same.steps["m1"]).toEqual(state.steps["m1"]);
    const more = applyPush(state, pushOf({ summaries: [summaryOf({ seq: 2, present_count: 2 })] }));
    expect(more.steps["m1"]).toEqual([
      { at: at("10:40"), count: 1 },
      { at: at("10:42:12"), count: 2 },
    ]);
  });

  it("lists each happening once, newest first, the latest fifty", () => {
    const lines = Array.from({ length: 60 }, (_, index) =>
      happening(index, `10:${10 + (index % 50)}`),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(lines), fc.nat(60), (some, cut) => {
        let state = liveStateOf(liveSnapshotOf({ happened: some.slice(0, cut) }));
        state = applyPush(state, pushOf({ happened: some.slice(cut) }));
        state = applyPush(state, pushOf({ happened: some }));
        const times = state.happened.map((line) => line.at);
        expect(times).toEqual(times.toSorted().toReversed());
        expect(new Set(state.happened.map(({ id }) => id)).size).toBe(state.happened.length);
        expect(state.happened.length).toBe(Math.min(50, some.length));
      }),
    );
  });
});

describe("a person who waits", () => {
  const waited = (what: Happening["what"], seq: number, time: string): Happening => ({
    ...happening(seq, time),
    what,
  });
  const left = waited(
    { kind: "left_before_admitted", waited_ms: 72_000, short: false },
    1,
    "10:41:12",
  );
  const kinds = (happened: Happening[], ...pushes: Happening[]) => {
    const state = liveStateOf(liveSnapshotOf({ happened }));
    const next = pushes.reduce(
      (live, line) => applyPush(live, pushOf({ happened: [line] })),
      state,
    );
    return next.happened.map(({ what }) => what.kind);
  };

  it("did not leave where the end of the wait turns out to be the admission", () => {
    const admitted = waited({ kind: "admitted", waited_ms: 73_000 }, 2, "10:41:13");
    expect(kinds([], left, admitted)).toEqual(["admitted"]);
    expect(kinds([left], admitted)).toEqual(["admitted"]);
    expect(kinds([], admitted, left)).toEqual(["admitted"]);
  });

  it("did leave where another wait, or another person, was admitted", () => {
    const later = waited({ kind: "admitted", waited_ms: 20_000 }, 2, "10:42:00");
    expect(kinds([], left, later)).toEqual(["admitted", "left_before_admitted"]);
    const other = { ...later, person_id: "c:bo", what: { kind: "admitted", waited_ms: 120_000 } };
    expect(kinds([], left, other as Happening)).toEqual(["admitted", "left_before_admitted"]);
  });
});

describe("a whole snapshot", () => {
  it("replaces what was in the state before it was read", () => {
    const state = liveStateOf(liveSnapshotOf({ meetings: [summaryOf({ id: "gone" })] }));
    const fresh = liveSnapshotOf({ as_of: at("10:50"), meetings: [summaryOf({ id: "m2" })] });
    expect(applySnapshot(state, fresh).meetings.map(({ id }) => id)).toEqual(["m2"]);
  });

  it("that was read before the last push undoes nothing of that push", () => {
    const opened = liveStateOf(liveSnapshotOf({ meetings: [summaryOf({ seq: 5 })] }));
    const pushed = applyPush(
      opened,
      pushOf({ summaries: [summaryOf({ seq: 6, present_count: 9 }), summaryOf({ id: "new" })] }),
    );
    const next = applySnapshot(pushed, liveSnapshotOf({ meetings: [summaryOf({ seq: 5 })] }));
    expect(next.meetings.map(({ id, seq }) => [id, seq])).toEqual([
      ["m1", 6],
      ["new", 1],
    ]);
    expect(next.as_of).toBe(at("10:42:12"));
  });

  it("that is equal leaves everything the same objects, so that nothing is rendered again", () => {
    const snapshotParts = () => ({
      meetings: [summaryOf({ seq: 5 }), summaryOf({ id: "m2", seq: 2 })],
      steps: { m1: [{ at: at("10:40"), count: 2 }], m2: [] },
      happened: [happening(1, "10:40")],
    });
    const state = liveStateOf(liveSnapshotOf(snapshotParts()));
    const changed = { ...snapshotParts(), as_of: at("10:50") };
    changed.meetings[1] = summaryOf({ id: "m2", seq: 3, present_count: 9 });
    const next = applySnapshot(state, liveSnapshotOf(changed));
    expect(next.meetings[0]).toBe(state.meetings[0]);
    expect(next.meetings[1]?.present_count).toBe(9);
    expect(next.steps["m1"]).toBe(state.steps["m1"]);
    expect(next.happened).toBe(state.happened);
  });

  it("leaves a line the same object where only its window begins later", () => {
    const line = (...steps: [string, number][]) => ({
      m1: steps.map(([time, count]) => ({ at: at(time), count })),
    });
    const meetings = [summaryOf()];
    const read = (...steps: [string, number][]) =>
      liveSnapshotOf({ meetings, steps: line(...steps) });
    const state = liveStateOf(read(["10:12", 1], ["10:20", 3]));
    expect(applySnapshot(state, read(["10:13", 1], ["10:20", 3])).steps["m1"]).toBe(
      state.steps["m1"],
    );
    for (const other of [
      read(["10:13", 2], ["10:20", 3]),
      read(["10:21", 3]),
      read(["10:13", 1], ["10:20", 3], ["10:30", 2]),
      read(["10:11", 1], ["10:20", 3]),
    ]) {
      expect(applySnapshot(state, other).steps).toEqual(other.steps);
    }
  });

  it("never replaces a summary by an older one, in any order of snapshots and pushes", () => {
    const seqs = fc.array(
      fc.record({
        seq: fc.integer({ min: 1, max: 20 }),
        second: fc.integer({ min: 0, max: 59 }),
        whole: fc.boolean(),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(seqs, (updates) => {
        let state = liveStateOf(liveSnapshotOf({ meetings: [summaryOf({ seq: 1 })] }));
        for (const { seq, second, whole } of updates) {
          const as_of = at(`10:43:${String(second).padStart(2, "0")}`);
          const summaries = [summaryOf({ seq })];
          const next = whole
            ? applySnapshot(state, liveSnapshotOf({ as_of, meetings: summaries }))
            : applyPush(state, pushOf({ as_of, summaries }));
          expect(next.meetings[0]?.seq).toBe(Math.max(seq, state.meetings[0]?.seq ?? 0));
          expect(next.as_of >= state.as_of).toBe(true);
          state = next;
        }
      }),
    );
  });
});

describe("a live state with only the first meetings", () => {
  const ids = Array.from({ length: 9 }, (_, index) => `m${index}`);
  /** One of ten different states of a meeting, by number. */
  const meetingOfKind = (id: string, kind: number, seq: number): LiveMeeting =>
    summaryOf({
      id,
      seq,
      status: kind === 0 ? "ended" : "live",
      started_at: at(`10:0${kind}`),
      present_count: kind,
      waiting_count: kind > 5 ? 1 : 0,
      waiting:
        kind > 5
          ? [
              {
                ...UNCLAIMED,
                id,
                person_id: id,
                name: id,
                started_at: at(`10:1${kind}`),
                returned: 0,
              },
            ]
          : [],
      hostless_since: kind % 2 === 1 ? at("10:05") : null,
    });
  const read = (truth: Map<string, LiveMeeting>, first: number, second: number): LiveSnapshot => {
    const inOrder = [...truth.values()].toSorted((a, b) =>
      compareLivePositions(livePositionOf(a), livePositionOf(b)),
    );
    const meetings = inOrder.slice(0, first);
    const last = meetings.at(-1);
    return liveSnapshotOf({
      as_of: at(`10:43:${String(second).padStart(2, "0")}`),
      meetings,
      totals: liveTotalsOf(inOrder),
      frontier: inOrder.length <= first || last === undefined ? null : livePositionOf(last),
    });
  };

  it("shows every meeting up to its frontier, and counts all, whatever is pushed", () => {
    const kinds = fc.array(fc.nat(9), { minLength: 9, maxLength: 9 });
    const updates = fc.array(fc.tuple(fc.constantFrom(...ids, "new"), fc.nat(9)), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(
        kinds,
        fc.integer({ min: 1, max: 10 }),
        updates,
        fc.nat(20),
        (begin, first, pushes, again) => {
          const truth = new Map(ids.map((id, n) => [id, meetingOfKind(id, begin[n] ?? 0, 1)]));
          let state = liveStateOf(read(truth, first, 0));
          for (const [index, [id, kind]] of pushes.entries()) {
            const summary = meetingOfKind(id, kind, index + 2);
            truth.set(id, summary);
            const totals = liveTotalsOf([...truth.values()]);
            const as_of = at(`10:43:${String(index + 1).padStart(2, "0")}`);
            state = applyPush(state, pushOf({ summaries: [summary], totals, as_of }));
            if (index === again) state = applySnapshot(state, read(truth, first, index + 1));
            const all = [...truth.values()].toSorted((a, b) =>
              compareLivePositions(livePositionOf(a), livePositionOf(b)),
            );
            const { frontier } = state;
            expect(shownMeetings(state)).toEqual(
              all.filter(
                (one) =>
                  frontier === null || compareLivePositions(livePositionOf(one), frontier) <= 0,
              ),
            );
            expect(totalsNow(state)).toEqual(totals);
          }
        },
      ),
    );
  });

  it("keeps its meetings when a page brings only totals", () => {
    const state = liveStateOf(liveSnapshotOf({ meetings: [summaryOf()] }));
    const totals = { ...liveTotalsOf([]), meetings: 7 };
    const frame = liveSnapshotOf({ as_of: at("10:50"), frontier: LIVE_START, totals });
    expect(applySnapshot(state, frame)).toMatchObject({ meetings: state.meetings, totals });
    expect(shownMeetings(frame)).toEqual([]);
    expect(totalsNow(frame).meetings).toBe(7);
  });

  it("counts a gap whenever it is read again without all meetings, whose changes may have been missed", () => {
    const frame = liveStateOf(liveSnapshotOf({ frontier: LIVE_START }));
    const some = liveSnapshotOf({ meetings: [summaryOf()], frontier: livePositionOf(summaryOf()) });
    const first = applySnapshot(frame, some);
    expect(first.gaps).toBe(0);
    expect(applySnapshot(first, some).gaps).toBe(1);
    expect(applySnapshot(first, liveSnapshotOf()).gaps).toBe(0);
  });
});

describe("a merged meeting", () => {
  const state = liveStateOf(
    liveSnapshotOf({
      meetings: [summaryOf(), summaryOf({ id: "m2" })],
      steps: { m1: [], m2: [] },
      happened: [happening(1, "10:30", "m2")],
    }),
  );

  it("leaves the live state, and its happenings belong to the survivor", () => {
    const next = applyMerge(state, "m2", "m1");
    expect(next.meetings.map(({ id }) => id)).toEqual(["m1"]);
    expect(Object.keys(next.steps)).toEqual(["m1"]);
    expect(next.happened[0]?.meeting_id).toBe("m1");
  });

  it("does not come back with a late summary", () => {
    const next = applyMerge(state, "m2", "m1");
    const late = summaryOf({ id: "m2", seq: 99 });
    expect(applyPush(next, pushOf({ summaries: [late] })).meetings.map(({ id }) => id)).toEqual([
      "m1",
    ]);
    const live = liveSnapshotOf({ meetings: [summaryOf(), late] });
    expect(applySnapshot(next, live).meetings.map(({ id }) => id)).toEqual(["m1"]);
  });
});
