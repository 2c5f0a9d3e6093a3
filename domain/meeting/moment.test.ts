import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leftCountsOf } from "#domain/meetings/left-counts.ts";
import {
  clock,
  histories,
  joins,
  knocks,
  leaves,
  rules,
  stopsWaiting,
} from "#domain/testing/history.ts";
import { meetingOfLines, person, span } from "#domain/testing/projected.ts";
import { union } from "#domain/time/interval.ts";
import { countWaits } from "#domain/waits/wait-count.ts";
import { projectMeeting } from "./meeting.ts";
import { attendees, hostCover, longestWaitSince, waitsOf } from "./metrics.ts";
import { changesOf, meetingAsOf, presenceAt, statusAt } from "./moment.ts";
import { countAt } from "./occupancy.ts";

const NOW = clock("13:00");

const algebra = meetingOfLines(
  ["10:00", joins("Singh", { host: true })],
  ["10:01:37", knocks("Lena")],
  ["10:02:11", stopsWaiting("Lena")],
  ["10:02:11.500", joins("Lena")],
  ["10:21", knocks("Kofi")],
  ["10:21:40", leaves("Lena")],
  ["10:21:49", joins("Lena", { session: "again" })],
  ["10:25:26", stopsWaiting("Kofi")],
  ["10:30", leaves("Singh")],
  ["10:31", joins("Kofi", { session: "in" })],
);
const names = (people: readonly { name: string | null }[]) => people.map(({ name }) => name);

describe("a moment of a meeting", () => {
  it.each([
    ["09:59:59", [], [], []],
    ["10:00", ["Singh"], [], ["Singh"]],
    ["10:02", ["Singh"], ["Lena"], ["Singh"]],
    ["10:21:40", ["Singh"], ["Kofi"], ["Singh"]],
    ["10:21:49", ["Singh", "Lena"], ["Kofi"], ["Singh"]],
    ["10:30", ["Lena"], [], []],
    ["12:00", ["Lena", "Kofi"], [], []],
  ])("at %s", (time, present, waiting, hosts) => {
    const moment = presenceAt(algebra, clock(time), rules.graceMs);
    expect(names(moment.present)).toEqual(present);
    expect(names(moment.waiting)).toEqual(waiting);
    expect(names(moment.hosts)).toEqual(hosts);
  });

  it("shows who had left, who had given up, who was on the way in and who was still to come", () => {
    const then = (name: string, time: string) => statusAt(person(algebra, name), clock(time));
    expect(then("Lena", "10:01")).toBe("not_yet");
    expect(then("Lena", "10:02:11.200")).toBe("not_yet");
    expect(then("Lena", "10:21:45")).toBe("left");
    expect(then("Kofi", "10:28")).toBe("not_admitted");
    expect(then("Singh", "10:30")).toBe("left");
  });

  it("has the numbers the meeting had then, when it was unknown who would come back", () => {
    const view = meetingAsOf(algebra, clock("10:26"));
    expect(names(view.people)).toEqual(["Singh", "Lena", "Kofi"]);
    expect([view.presentCount, view.waitingCount, view.endedAt]).toEqual([2, 0, null]);
    expect(view.peak).toEqual({ at: clock("10:02:11.500"), count: 2 });
    const then = countWaits(waitsOf(view), 120_000);
    expect(then).toMatchObject({ lost: 1, short: 0, cameBack: 0, longestMs: 266_000 });
    expect(leftCountsOf(view.people)).toMatchObject({ peopleLeftCount: 1, peopleLostCount: 1 });
    expect(countWaits(waitsOf(algebra), 120_000)).toMatchObject({ lost: 0, cameBack: 1 });
    expect(leftCountsOf(algebra.people)).toMatchObject({ peopleLeftCount: 1, peopleLostCount: 0 });
    expect(hostCover(view.people, rules.graceMs)?.hostless).toEqual([]);
    expect(longestWaitSince(meetingAsOf(algebra, clock("10:22")))).toBe(clock("10:21"));
    const lena = view.people[1];
    expect(lena?.attended.map(({ from, to }) => span(from, to))).toEqual(["10:02:11.5–"]);
    expect(lena?.visits.map(({ leftAt, end }) => [leftAt, end])).toEqual([
      [clock("10:21:40"), "reported"],
      [null, null],
    ]);
  });

  it("changes at the first full second that shows it", () => {
    expect(changesOf(algebra).map((at) => span(at, null))).toEqual([
      "10:00:00–",
      "10:01:37–",
      "10:02:11–",
      "10:02:12–",
      "10:21:00–",
      "10:21:40–",
      "10:21:49–",
      "10:25:26–",
      "10:30:00–",
      "10:31:00–",
    ]);
  });

  const moments = fc.integer({ min: clock("09:55"), max: clock("12:20") });

  it("counts as the raw visits, waits and tenures do, at any moment of any history", () => {
    fc.assert(
      fc.property(histories(), moments, (events, at) => {
        const view = projectMeeting(events, rules, NOW);
        const moment = presenceAt(view, at, rules.graceMs);
        const inNow = view.people.filter(({ visits }) =>
          visits.some(({ joinedAt, leftAt }) => joinedAt <= at && at < (leftAt ?? Infinity)),
        );
        const waits = view.people.filter((one) =>
          one.waits.some(({ startedAt, endedAt }) => startedAt <= at && at < (endedAt ?? Infinity)),
        );
        expect(moment.present).toEqual(inNow);
        expect(moment.waiting).toEqual(waits);
        expect(moment.present).toHaveLength(countAt(view.steps, at));
        const hosts = view.people.filter(({ tenures }) =>
          union(tenures, rules.graceMs).some(({ from, to }) => from <= at && at < (to ?? Infinity)),
        );
        expect(moment.hosts).toEqual(hosts);
      }),
    );
  });

  it("equals the view once everything has happened", () => {
    fc.assert(
      fc.property(histories(), (events) => {
        const view = projectMeeting(events, rules, NOW);
        for (const one of view.people) expect(statusAt(one, NOW)).toBe(one.status);
        const asOf = meetingAsOf(view, NOW);
        const { presentCount, waitingCount, steps, peak, startedAt, endedAt } = view;
        expect(asOf).toMatchObject({
          presentCount,
          waitingCount,
          steps,
          peak,
          startedAt,
          endedAt,
        });
        expect(asOf.people).toHaveLength(view.people.length);
        expect(countWaits(waitsOf(asOf), 120_000)).toEqual(countWaits(waitsOf(view), 120_000));
        expect(leftCountsOf(asOf.people)).toEqual(leftCountsOf(view.people));
        expect(attendees(asOf)).toHaveLength(attendees(view).length);
      }),
    );
  });

  it("never has more than what came later adds to", () => {
    fc.assert(
      fc.property(
        histories(),
        moments,
        fc.integer({ min: 0, max: 3_600_000 }),
        (events, at, more) => {
          const view = projectMeeting(events, rules, NOW);
          const [then, later] = [meetingAsOf(view, at), meetingAsOf(view, at + more)];
          expect(attendees(then).length).toBeLessThanOrEqual(attendees(later).length);
          expect(then.peak?.count ?? 0).toBeLessThanOrEqual(later.peak?.count ?? 0);
          expect(then.presentCount).toBe(countAt(view.steps, at));
          for (const one of then.people) {
            for (const { from } of one.presence) expect(from).toBeLessThanOrEqual(at);
            for (const wait of one.waits) {
              expect(wait.endedAt === null).toBe(wait.outcome === "waiting");
            }
          }
        },
      ),
    );
  });
});
