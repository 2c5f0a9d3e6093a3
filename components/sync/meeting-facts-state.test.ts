import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at, factsOf, recorded } from "#components/testing/facts.ts";
import type { Recorded } from "#domain/event/recorded.ts";
import { joins, minutes } from "#domain/testing/history.ts";
import {
  applyEvents,
  applyRoomContext,
  isMissingEvents,
  type MeetingFactsState,
  meetingFactsState,
} from "./meeting-facts-state.ts";

const ALL: Recorded[] = recorded(
  Array.from({ length: 12 }, (_, index) =>
    minutes([`10:${10 + index}`, joins(`Person ${index}`)]),
  ).flat(),
);

const openedAt = (seq: number): MeetingFactsState =>
  meetingFactsState(factsOf([], { seq, events: ALL.slice(0, seq) }));

const receive = (state: MeetingFactsState, events: Recorded[]) =>
  applyEvents(state, events, at("10:43"));

/** Any slices of the events, in any order, overlapping and with holes, as a bad network may bring them. */
const deliveries = fc.array(
  fc
    .tuple(fc.nat(ALL.length), fc.nat(4))
    .map(([from, length]) => ALL.slice(from, from + length + 1)),
  { maxLength: 12 },
);

describe("a browser's state of a meeting", () => {
  it("grows by the next event", () => {
    const state = receive(openedAt(3), ALL.slice(3, 5));
    expect(state.facts.seq).toBe(5);
    expect(state.facts.events).toEqual(ALL.slice(0, 5));
    expect(isMissingEvents(state)).toBe(false);
  });

  it("is the same object where nothing is new", () => {
    const state = openedAt(6);
    expect(receive(state, ALL.slice(2, 6))).toBe(state);
    expect(receive(state, [])).toBe(state);
  });

  it("stores events beyond a hole until the hole is filled", () => {
    const holed = receive(openedAt(3), ALL.slice(5, 8));
    expect(holed.facts.seq).toBe(3);
    expect(isMissingEvents(holed)).toBe(true);
    const filled = receive(holed, ALL.slice(3, 5));
    expect(filled.facts.seq).toBe(8);
    expect(isMissingEvents(filled)).toBe(false);
  });

  it("never shrinks, has no hole and no repeat, whatever arrives", () => {
    fc.assert(
      fc.property(fc.nat(ALL.length), deliveries, (opened, slices) => {
        let state = openedAt(opened);
        for (const slice of slices) {
          const next = receive(state, slice);
          expect(next.facts.seq).toBeGreaterThanOrEqual(state.facts.seq);
          expect(next.facts.events).toEqual(ALL.slice(0, next.facts.seq));
          state = next;
        }
      }),
    );
  });

  it("says that something is missing exactly when it is", () => {
    fc.assert(
      fc.property(fc.nat(ALL.length), deliveries, (opened, slices) => {
        const state = slices.reduce(receive, openedAt(opened));
        const highest = Math.max(opened, ...slices.flat().map(({ seq }) => seq));
        expect(isMissingEvents(state)).toBe(state.facts.seq < highest);
      }),
    );
  });

  it("is whole after one answer that begins at the last event without a hole", () => {
    fc.assert(
      fc.property(fc.nat(ALL.length), deliveries, (opened, slices) => {
        const state = slices.reduce(receive, openedAt(opened));
        const answered = receive(state, ALL.slice(state.facts.seq));
        expect(answered.facts.events).toEqual(ALL);
        expect(isMissingEvents(answered)).toBe(false);
      }),
    );
  });
});

describe("waits that ended in a later meeting of the room", () => {
  const returned = [{ participant_id: "ada", started_at: "2026-11-20T10:00:00.000Z" }];

  it("are applied once, and removed where they no longer did", () => {
    const state = openedAt(ALL.length);
    const learnt = applyRoomContext(state, { returned });
    expect(learnt.facts.returned).toEqual(returned);
    expect(applyRoomContext(learnt, { returned: [...returned] })).toBe(learnt);
    expect(applyRoomContext(learnt, { returned: [] }).facts.returned).toEqual([]);
    expect(applyRoomContext(state, { returned: [], overtaken_at: null })).toBe(state);
    const overtaken_at = "2026-11-20T11:00:00.000Z";
    expect(applyRoomContext(learnt, { overtaken_at }).facts).toMatchObject({
      returned,
      overtaken_at,
    });
  });
});
