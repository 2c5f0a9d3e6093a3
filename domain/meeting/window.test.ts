import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clock,
  histories,
  joins,
  knocks,
  leaves,
  rules,
  stopsWaiting,
} from "#domain/testing/history.ts";
import { meetingOfLines, person } from "#domain/testing/projected.ts";
import { projectMeeting } from "./meeting.ts";
import { type TimeWindow, timeWithin } from "./window.ts";

const NOW = clock("12:15");

describe("a person's time in a window", () => {
  const view = meetingOfLines(
    ["10:00", joins("Ada")],
    ["10:12", leaves("Ada")],
    ["10:12:20", joins("Ada", { session: "again" })],
    ["10:05", knocks("Kofi")],
    ["10:11", stopsWaiting("Kofi")],
    ["10:15", leaves("Bo")],
    ["10:30", joins("Chen")],
  );
  const within = (name: string, from: string, to: string) =>
    timeWithin(person(view, name), { from: clock(from), to: clock(to) });

  it("is present with the gaps that the grace closed, and waiting apart", () => {
    expect(within("Ada", "10:10", "10:20")).toEqual({
      wasIn: true,
      attendedMs: 600_000,
      waitedMs: 0,
    });
    expect(within("Kofi", "10:10", "10:20")).toEqual({
      wasIn: false,
      attendedMs: 0,
      waitedMs: 60_000,
    });
    expect(within("Chen", "10:10", "10:20")).toBeNull();
    expect(within("Chen", "10:10", "10:30")).toBeNull();
    expect(within("Ada", "10:12:05", "10:12:10"), "away, if only for the grace").toBeNull();
  });

  it("counts a visit of no length as being there, for no time", () => {
    const moment = { wasIn: true, attendedMs: 0, waitedMs: 0 };
    expect(within("Bo", "10:10", "10:20")).toEqual(moment);
    expect(within("Bo", "10:15", "10:20")).toEqual(moment);
    expect(within("Bo", "10:10", "10:15")).toBeNull();
  });

  it("equals a count of its seconds, for any history", () => {
    const second = fc.integer({ min: 0, max: 8000 }).map((n) => clock("10:00") + n * 1000);
    const windows = fc
      .tuple(second, fc.integer({ min: 1, max: 400 }))
      .map(([from, length]): TimeWindow => ({ from, to: Math.min(from + length * 1000, NOW) }))
      .filter(({ from, to }) => from < to);
    fc.assert(
      fc.property(histories(), windows, (events, window) => {
        for (const one of projectMeeting(events, rules, NOW).people) {
          const within = timeWithin(one, window);
          let [there, attended, waited] = [0, 0, 0];
          for (let at = window.from; at < window.to; at += 1000) {
            const holds = ({ from, to }: { from: number; to: number | null }) =>
              from <= at && at < (to ?? Infinity);
            if (one.presence.some(holds)) there += 1000;
            if (one.attended.some(holds)) attended += 1000;
            const inRoom = one.waits.some(({ startedAt, endedAt }) =>
              holds({ from: startedAt, to: endedAt }),
            );
            if (inRoom) waited += 1000;
          }
          const forNoTime = one.presence.some(
            ({ from, to }) => from === to && window.from <= from && from < window.to,
          );
          expect(within?.wasIn ?? false).toBe(there > 0 || forNoTime);
          if (within?.wasIn) expect(within.attendedMs).toBe(attended);
          expect(within?.waitedMs ?? 0).toBe(waited);
        }
      }),
    );
  });

  it("adds up: two halves of a window hold what the whole does", () => {
    fc.assert(
      fc.property(histories(), (events) => {
        const [from, middle, to] = [clock("10:00"), clock("10:37:11"), clock("11:50")];
        for (const one of projectMeeting(events, rules, NOW).people) {
          const halves = [
            timeWithin(one, { from, to: middle }),
            timeWithin(one, { from: middle, to }),
          ];
          const whole = timeWithin(one, { from, to });
          const waited = halves.reduce((sum, half) => sum + (half?.waitedMs ?? 0), 0);
          expect(waited).toBe(whole?.waitedMs ?? 0);
          expect(halves.some((half) => half?.wasIn)).toBe(whole?.wasIn ?? false);
        }
      }),
    );
  });
});
