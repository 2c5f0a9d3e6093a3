import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { urgencyIn } from "#domain/desk/groups/house-rules.ts";
import type { Counts } from "#domain/scheduled/attendance.ts";
import { clock } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { WaitingNow } from "#domain/waits/handling-wire.ts";
import { wireClaim } from "#domain/waits/handling-wire.ts";
import { urgencyOf, usualLimits } from "#domain/waits/wait-limits.ts";
import { inNeed, isLookedAfter, NEEDS, needOf, runsLateBy } from "./desk-attention.ts";
import { type Appointment, boardOf } from "./desk-board.ts";
import { changed, changeOf } from "./desk-change.ts";
import type { DeskDay, DeskLine, DeskSnapshot } from "./desk-wire.ts";
import type { LiveMeeting } from "./wire.ts";

const TARGET = 120_000;
const source = { id: "clinic", provider: "daily", name: "Clinic" };
const NOBODY: Counts = {
  ...{ present: 0, waiting: 0, late: 0, expected: 2, left: 0, not_admitted: 0, absent: 0 },
  ...{ people: 2, cameLate: 0, unmatched: 0 },
};

function appointment(id: string, from: string, to: string, room = "wolf"): Appointment {
  return {
    scheduled: {
      ...{ id, source, room, roomTitle: "Dr Wolf", title: null },
      ...{ startsAt: clock(from), endsAt: clock(to) },
      ...{ lateAfterMs: 300_000, verdictAfterMs: 300_000 },
    },
    ...{ counts: NOBODY, outcome: null, hosts: ["Dr Wolf"], house: null },
  };
}

function waits(name: string, since: string, owner: string | null = null): WaitingNow {
  const claim = owner === null ? {} : { claimed_by: owner, claim_lapses_at: at("11:00") };
  return {
    ...{ id: name, person_id: name, name, started_at: at(since), returned: 0 },
    ...wireClaim([], { endedAt: null }, 0),
    ...claim,
  };
}

function at(time: string): string {
  return toWireTime(clock(time));
}

function meeting(id: string, more: Partial<LiveMeeting> = {}): LiveMeeting {
  const waiting = more.waiting ?? [];
  return {
    ...{ id, source, room: "wolf", title: "Dr Wolf", status: "live", started_at: at("10:00") },
    ...{ ended_at: null, seq: 1, present_count: 1, people_count: 1 + waiting.length },
    ...{ waiting_count: waiting.length, note_taker_count: 0, hosts: [], hostless_since: null },
    ...{ not_heard_of: [], observer: null, house: null },
    ...more,
    waiting,
  };
}

describe("the board", () => {
  it("has the people of a room on the appointment that goes on, and others as they come", () => {
    const morning = [
      appointment("first", "10:00", "10:20"),
      appointment("second", "10:20", "10:40"),
      appointment("elsewhere", "10:00", "10:20", "osei"),
    ];
    const room = meeting("m1", { waiting: [waits("Ada", "10:22")] });
    const board = (time: string) =>
      boardOf(morning, [room, meeting("m2", { room: "walk-in", title: null })], clock(time)).map(
        ({ id, waiting, title }) => [id, title, waiting.length],
      );
    expect(board("10:23")).toEqual([
      ["first", "Dr Wolf", 0],
      ["second", "Dr Wolf", 1],
      ["elsewhere", "Dr Wolf", 0],
      ["m2", "walk-in", 0],
    ]);
    expect(board("10:45")[1]).toEqual(["second", "Dr Wolf", 1]);
    expect(board("9:46")[0]).toEqual(["first", "Dr Wolf", 1]);
  });

  it("says how late it runs: until it begins, and past its end", () => {
    const only = appointment("only", "10:00", "10:20");
    const line = (held: LiveMeeting[], time: string) => {
      const [first] = boardOf([only], held, clock(time));
      if (first === undefined) throw new Error("there is one");
      return first;
    };
    expect(runsLateBy(line([], "9:59"), clock("9:59"))).toBeNull();
    expect(runsLateBy(line([], "10:12"), clock("10:12"))).toBe(720_000);
    expect(needOf(line([], "10:04"), clock("10:04"), TARGET)).toBe("coming");
    expect(needOf(line([], "10:06"), clock("10:06"), TARGET)).toBe("late");
    const hosted = meeting("m1", { hosts: [{ person_id: "w", name: "Dr Wolf" }] });
    expect(runsLateBy(line([hosted], "10:12"), clock("10:12"))).toBeNull();
    expect(runsLateBy(line([hosted], "10:25"), clock("10:25"))).toBe(300_000);
    expect(needOf(line([], "10:25"), clock("10:25"), TARGET)).toBe("over");
  });
});

describe("what needs somebody", () => {
  it("is first whom nobody looks after, past the target, then others who wait", () => {
    const lines = boardOf(
      [],
      [
        meeting("going", { room: "a", hosts: [{ person_id: "w", name: "W" }] }),
        meeting("hostless", { room: "b", hostless_since: at("10:01") }),
        meeting("claimed", { room: "c", waiting: [waits("Bo", "10:00", "Grace")] }),
        meeting("fresh", { room: "d", waiting: [waits("Cy", "10:09")] }),
        meeting("unseen", { room: "e", waiting: [waits("Di", "10:05")] }),
      ],
      clock("10:10"),
    );
    const order = (time: string) => inNeed(lines, clock(time), TARGET).map(({ id }) => id);
    expect(order("10:10")).toEqual(["unseen", "fresh", "hostless", "claimed", "going"]);
    // The claim lapsed: Bo has waited longest, and nobody looks after him.
    expect(order("11:00")).toEqual(["claimed", "unseen", "fresh", "hostless", "going"]);
  });

  it("is amber past the target, red two and a half times past it, and urgent five times", () => {
    const urgencies = [0, 119_999, 120_000, 300_000, 599_999, 600_000].map((ms) =>
      urgencyOf(ms, usualLimits(TARGET)),
    );
    expect(urgencies).toEqual(["fresh", "fresh", "amber", "red", "red", "urgent"]);
  });

  it("is nobody outside the opening hours, and what was waited before they began does not count", () => {
    const house = {
      ...{ groups: ["Dr Wolf"], limits: null, message: null, links: [] },
      hours: { is_open: false, since: at("9:00"), until: at("10:10") },
    };
    const early = meeting("early", { house, waiting: [waits("Ada", "10:00")] });
    const late = meeting("late", { waiting: [waits("Bo", "10:09")], hostless_since: at("10:01") });
    const lines = boardOf([], [early, late], clock("10:09"));
    const needs = (time: string) =>
      inNeed(lines, clock(time), TARGET).map((line) => [
        line.id,
        needOf(line, clock(time), TARGET),
      ]);
    expect(needs("10:09")).toEqual([
      ["late", "waiting"],
      ["early", "closed"],
    ]);
    expect(needs("10:10")).toEqual([
      ["early", "waiting"],
      ["late", "waiting"],
    ]);
    expect(urgencyIn(house, clock("10:00"), clock("10:12"), TARGET)).toBe("amber");
    const strict = { ...house, limits: { amber_ms: 1_000, red_ms: 60_000, urgent_ms: 120_000 } };
    expect(urgencyIn(strict, clock("10:00"), clock("10:12"), TARGET)).toBe("urgent");
  });
});

const minute = fc.integer({ min: 0, max: 59 });
const time = minute.map((n) => toWireTime(clock("10:00") + n * 60_000));
const someMeeting = fc.record({
  room: fc.constantFrom("wolf", "osei", "walk-in"),
  status: fc.constantFrom("live", "waiting", "ended" as const),
  started: time,
  since: fc.array(time, { maxLength: 3 }),
  owner: fc.constantFrom(null, "Grace"),
});
const someAppointment = fc.record({
  room: fc.constantFrom("wolf", "osei"),
  from: minute,
  length: fc.integer({ min: 5, max: 60 }),
});
const world = fc
  .record({
    meetings: fc.array(someMeeting, { maxLength: 6 }),
    appointments: fc.array(someAppointment, { maxLength: 6 }),
    now: minute,
  })
  .map(({ meetings, appointments, now }) => {
    const all = meetings.map(({ room, status, started, since, owner }, index) =>
      meeting(`m${index}`, {
        ...{ room, status: status as LiveMeeting["status"], started_at: started },
        waiting:
          status === "ended" ? [] : since.map((from, n) => waitingAt(`${index} ${n}`, from, owner)),
      }),
    );
    const planned = appointments.map(({ room, from, length }, index) => {
      const one = appointment(`a${index}`, "10:00", "10:20", room);
      const startsAt = clock("10:00") + from * 60_000;
      return {
        ...one,
        scheduled: { ...one.scheduled, startsAt, endsAt: startsAt + length * 60_000 },
      };
    });
    return { meetings: all, appointments: planned, now: clock("10:00") + now * 60_000 };
  });

function waitingAt(name: string, from: string, owner: string | null): WaitingNow {
  return { ...waits(name, "10:00", owner), started_at: from };
}

function lineWaits(lines: readonly DeskLine[]): string[] {
  return lines.flatMap(({ waiting }) => waiting.map(({ id }) => id)).toSorted();
}

describe("laws", () => {
  it("everybody who waits stands on one line, and so does every appointment", () => {
    fc.assert(
      fc.property(world, ({ meetings, appointments, now }) => {
        const lines = boardOf(appointments, meetings, now);
        const waiting = meetings.flatMap((one) => one.waiting.map(({ id }) => id)).toSorted();
        expect(lineWaits(lines)).toEqual(waiting);
        expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
        for (const { scheduled } of appointments) {
          expect(lines.filter(({ id }) => id === scheduled.id)).toHaveLength(1);
        }
      }),
    );
  });

  it("no line with somebody waiting alone stands below one without", () => {
    fc.assert(
      fc.property(world, ({ meetings, appointments, now }) => {
        const lines = inNeed(boardOf(appointments, meetings, now), now, TARGET);
        const isAlone = lines.map(({ waiting }) => waiting.some((one) => !isLookedAfter(one, now)));
        expect(isAlone.toSorted((a, b) => Number(b) - Number(a))).toEqual(isAlone);
        const ranks = lines.map((line) => NEEDS.indexOf(needOf(line, now, TARGET)));
        expect(ranks.toSorted((a, b) => a - b)).toEqual(ranks);
      }),
    );
  });

  it("a snapshot is what changes made of another", () => {
    const day: DeskDay = {
      ...{ since: at("0:00"), time_zone: "UTC", seen: 0, waits: 0, admitted: 0, really_lost: 0 },
      ...{ no_shows: 0, longest_ms: null, service_level: null, target_ms: TARGET },
      outside_hours: 0,
    };
    const desk = world.map(({ meetings, appointments, now }): DeskSnapshot => {
      const lines = boardOf(appointments, meetings, now);
      return { as_of: toWireTime(now as Ms), lines, lost: [], day };
    });
    const sorted = ({ lines, ...rest }: DeskSnapshot) => ({
      ...rest,
      lines: lines.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    });
    fc.assert(
      fc.property(desk, desk, (before, after) => {
        expect(sorted(changed(before, changeOf(before, after)))).toEqual(sorted(after));
        expect(changeOf(after, after)).toMatchObject({ lines: [], lost: [], gone: [] });
        expect(changeOf(null, after).lines).toEqual(after.lines);
      }),
    );
  });
});
