import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import { surenessOf } from "#domain/meeting/certainty.ts";
import { type MeetingView, projectMeeting } from "#domain/meeting/meeting.ts";
import { hostless } from "#domain/meeting/metrics.ts";
import { isAnythingOpen, openStaysOf } from "#domain/meeting/open-now.ts";
import { attendedMs, unknownMs } from "#domain/meeting/person-view.ts";
import { partMeetings } from "#domain/meeting/room.ts";
import {
  botJoins,
  botRules,
  clock,
  ends,
  histories,
  joins,
  knocks,
  leaves,
  minutes,
  putsAway,
  rules,
  starts,
  stopsWaiting,
  updates,
} from "#domain/testing/history.ts";
import { meetingOfLines, person, span } from "#domain/testing/projected.ts";
import type { Ms } from "#domain/time/ms.ts";

type Lines = Parameters<typeof minutes>;

function roomAt(time: string, ...lines: Lines): MeetingView[] {
  const parts: MeetingEvent[][] = partMeetings(minutes(...lines), rules, clock(time));
  return parts.map((part) => projectMeeting(part, rules, clock(time)));
}

const stays = (view: MeetingView, name: string) =>
  person(view, name).visits.map(({ joinedAt, leftAt, leftBy, end }) => {
    const by = leftBy === undefined ? "" : ` by ${span(leftBy, null)}`;
    return `${span(joinedAt, leftAt)}${by} ${end}`;
  });

const waits = (view: MeetingView, name: string) =>
  person(view, name).waits.map(({ startedAt, endedAt, overBy, outcome }) => {
    const by = overBy === undefined ? "" : ` by ${span(overBy, null)}`;
    return `${span(startedAt, endedAt)}${by} ${outcome}`;
  });

describe("a person who is put away", () => {
  const ada: Lines = [
    ["10:00", joins("Ada", { host: true })],
    ["10:05", updates("Ada", { host: true })],
  ];

  it("left by then: their time counts up to their last event", () => {
    const view = meetingOfLines(...ada, ["11:00", putsAway("Ada", { from: "10:00" })]);
    expect(stays(view, "Ada")).toEqual(["10:00:00–10:05:00 by 11:00:00– operator"]);
    expect(view).toMatchObject({ status: "ended", presentCount: 0, endedAt: clock("10:05") });
    const one = person(view, "Ada");
    expect(one.status).toBe("left");
    expect(attendedMs(one, clock("13:00"))).toBe(5 * 60_000);
    expect(unknownMs(one, rules.graceMs)).toBe(55 * 60_000);
    expect(surenessOf(one.visits)).toMatchObject({ left: "at_least", attended: "at_least" });
    expect(one.tenures).toMatchObject([{ to: clock("10:05"), inferred: true }]);
    expect(hostless(view.people, rules.graceMs)).toEqual([]);
  });

  it("left at the moment that the operator entered: it counts until then", () => {
    const view = meetingOfLines(...ada, [
      "11:00",
      putsAway("Ada", { from: "10:00", since: "10:41" }),
    ]);
    expect(stays(view, "Ada")).toEqual(["10:00:00–10:41:00 operator"]);
    const one = person(view, "Ada");
    expect([one.status, attendedMs(one, clock("13:00"))]).toEqual(["left", 41 * 60_000]);
    expect(surenessOf(one.visits)).toMatchObject({ left: "exact", attended: "exact" });
    expect(one.tenures).toMatchObject([{ to: clock("10:41"), inferred: false }]);
  });

  it("is there again once that is undone, in any order of arrival", () => {
    const undoneFirst: Lines = [
      ["11:05", putsAway("Ada", { from: "10:00", undone: true })],
      ["11:00", putsAway("Ada", { from: "10:00" })],
    ];
    expect(meetingOfLines(...undoneFirst, ...ada)).toMatchObject({
      presentCount: 1,
      people: [{ status: "present" }],
    });
  });

  it("is what a provider reports, earlier or later than what the operator entered", () => {
    const correction = ["11:00", putsAway("Ada", { from: "10:00", since: "10:41" })] as const;
    for (const left of ["10:30", "11:30"]) {
      const view = meetingOfLines(...ada, correction, [left, leaves("Ada", { joinedAt: "10:00" })]);
      expect(stays(view, "Ada")).toEqual([`10:00:00–${left}:00 reported`]);
    }
    const updated = meetingOfLines(...ada, correction, ["11:10", updates("Ada", { host: false })]);
    expect(stays(updated, "Ada")).toEqual(["10:00:00– null"]);
    const back = meetingOfLines(...ada, correction, ["11:10", joins("Ada")]);
    expect(stays(back, "Ada")).toEqual(["10:00:00–10:41:00 operator", "11:10:00– null"]);
    expect(back.presentCount).toBe(1);
  });

  it("is no longer of unknown presence, and was gone by the first sign of it", () => {
    const lines: Lines = [
      ["10:00", starts()],
      ["10:00", joins("Ada", { session: "1", user: "a" })],
      ["10:20", joins("Ada", { session: "2", user: "a" })],
      ["10:40", leaves("Ada", { session: "2", user: "a", joinedAt: "10:20" })],
    ];
    expect(person(meetingOfLines(...lines), "Ada").status).toBe("not_known");
    const away = ["11:00", putsAway("1", { from: "10:00" })] as const;
    const view = meetingOfLines(...lines, away);
    expect(person(view, "Ada").status).toBe("left");
    expect(stays(view, "Ada")[0]).toBe("10:00:00–10:00:00 by 10:20:00– operator");
    const ended = meetingOfLines(...lines, away, ["10:10", ends()]);
    expect(stays(ended, "Ada")[0]).toBe("10:00:00–10:00:00 by 10:10:00– operator");
  });

  it("by two operators follows the later one", () => {
    const view = meetingOfLines(
      ...ada,
      ["11:02", putsAway("Ada", { id: "h2", from: "10:00", since: "10:50" })],
      ["11:00", putsAway("Ada", { id: "h1", from: "10:00" })],
    );
    expect(stays(view, "Ada")).toEqual(["10:00:00–10:50:00 operator"]);
  });

  it("keeps no two meetings together, and is no person without any other event", () => {
    const lines: Lines = [
      ["09:00", joins("Ghost")],
      ["09:00", joins("Bo")],
      ["09:30", leaves("Bo", { joinedAt: "09:00" })],
      ["12:00", joins("Bo", { session: "bo2" })],
    ];
    expect(roomAt("12:30", ...lines)).toHaveLength(1);
    const away = ["12:20", putsAway("Ghost", { from: "09:00" })] as const;
    expect(roomAt("12:30", ...lines, away).map(({ presentCount }) => presentCount)).toEqual([0, 1]);
    expect(roomAt("12:30", away)).toMatchObject([{ people: [], status: "ended" }]);
  });
});

describe("a waiting person who is put away", () => {
  const bo: Lines = [["10:00", knocks("Bo")]];

  it("left before they were admitted, where the operator knows when", () => {
    const correction = ["10:45", putsAway("Bo", { from: "10:00", since: "10:41" })] as const;
    const view = meetingOfLines(...bo, correction);
    expect(waits(view, "Bo")).toEqual(["10:00:00–10:41:00 left"]);
    expect(view).toMatchObject({ waitingCount: 0, status: "ended" });
    const back = meetingOfLines(...bo, correction, ["11:00", joins("Bo", { session: "bo2" })]);
    expect(waits(back, "Bo")).toEqual(["10:00:00–10:41:00 came_back"]);
  });

  it("waited for an unknown time, where the operator does not know when", () => {
    const view = meetingOfLines(...bo, ["10:45", putsAway("Bo", { from: "10:00" })]);
    expect(waits(view, "Bo")).toEqual(["10:00:00–10:00:00 by 10:45:00– unknown"]);
    expect(person(view, "Bo").status).toBe("not_admitted");
  });

  it("waits until a provider reports otherwise", () => {
    const correction = ["10:45", putsAway("Bo", { from: "10:00" })] as const;
    expect(waits(meetingOfLines(...bo, correction, ["10:30", stopsWaiting("Bo")]), "Bo")).toEqual([
      "10:00:00–10:30:00 left",
    ]);
    expect(waits(meetingOfLines(...bo, correction, ["11:00", joins("Bo")]), "Bo")).toEqual([
      "10:00:00–11:00:00 admitted",
    ]);
    const again = meetingOfLines(...bo, correction, ["11:00", knocks("Bo")]);
    expect(waits(again, "Bo")).toEqual([
      "10:00:00–10:00:00 by 10:45:00– unknown",
      "11:00:00– waiting",
    ]);
  });

  it("waited from the first knock to the last, in one meeting", () => {
    const view = roomAt(
      "11:30",
      ["10:00", knocks("Bo")],
      ["10:30", knocks("Bo")],
      ["11:00", putsAway("Bo", { from: "10:00" })],
    );
    expect(view).toHaveLength(1);
    expect(view[0] && waits(view[0], "Bo")).toEqual(["10:00:00–10:30:00 by 11:00:00– unknown"]);
  });
});

describe("a bot that is put away", () => {
  const seen = minutes(["10:00", botJoins], ["10:01", joins("Ada")]);
  const correction: MeetingEvent = {
    type: "observer_ruled",
    at: clock("10:01"),
    ruling: "h1",
    verdict: "not_here",
    since: clock("11:00"),
    by: "Mia",
    ruledAt: clock("11:00"),
  };
  const away = minutes(["11:00", putsAway("Ada", { from: "10:01" })]);
  const views = (...events: MeetingEvent[]) => projectMeeting(events, botRules, clock("11:30"));

  it("lets the meeting be over, until its next event", () => {
    expect(views(...seen, ...away)).toMatchObject({ status: "live", presentCount: 0 });
    expect(views(...seen, ...away, correction)).toMatchObject({
      status: "ended",
      endedAt: clock("10:01"),
      people: [{ visits: [{ end: "operator" }] }],
    });
    const [later] = minutes(["11:10", joins("Bo")]);
    if (!later) throw new Error("no event");
    expect(views(...seen, ...away, correction, later)).toMatchObject({
      status: "live",
      presentCount: 1,
    });
    const undone: MeetingEvent = { ...correction, verdict: "undone" };
    expect(views(...seen, ...away, undone, correction)).toMatchObject({ status: "live" });
  });
});

describe("for any history", () => {
  /**
   * Corrections of everything that is open, as they are recorded; with `exact` at the latest possible
   * moment.
   */
  const everything = (
    view: MeetingView,
    exact: boolean,
    enteredAt: Ms,
    ruling: string,
  ): MeetingEvent[] => {
    const stays = [...view.people, ...view.noteTakers].flatMap(openStaysOf);
    const correction = { ruling, verdict: "not_here", by: "Mia", ruledAt: enteredAt } as const;
    return [
      ...stays.map(({ participantId, from: at, overBy }): MeetingEvent => {
        const about = { participantId, userId: null, name: null, isHost: null };
        const isExact = exact && enteredAt <= (overBy ?? enteredAt);
        return {
          type: "presence_ruled",
          at,
          ...about,
          ...correction,
          since: enteredAt,
          exact: isExact,
        };
      }),
      ...(view.frame.observed
        ? [
            {
              type: "observer_ruled" as const,
              at: view.tipAt ?? enteredAt,
              ...correction,
              since: enteredAt,
            },
          ]
        : []),
    ];
  };

  it.each([
    { name: "in a room parted by gaps", rules, bot: false },
    { name: "in a bot's meeting", rules: botRules, bot: true },
  ])(
    "no one is there once everything was put away, and all is as before once that is undone, $name",
    ({ rules, bot }) => {
      const now = clock("13:00");
      let put = 0;
      fc.assert(
        fc.property(
          histories({ bot, noteTakers: true, byHand: true }),
          fc.boolean(),
          (events, exact) => {
            const views = (all: readonly MeetingEvent[]) =>
              partMeetings(all, rules, now).map((part) => projectMeeting(part, rules, now));
            const before = views(events);
            const corrections: MeetingEvent[] = [];
            let after = before;
            // Parting a meeting shows people who counted as in only because others were.
            for (let round = 0; round < 3 && after.some(isAnythingOpen); round += 1) {
              corrections.push(
                ...after.flatMap((view) => everything(view, exact, now, `all ${round}`)),
              );
              after = views([...events, ...corrections]);
            }
            put += corrections.length;
            for (const view of after) {
              expect(isAnythingOpen(view)).toBe(false);
              expect(view).toMatchObject({ presentCount: 0, waitingCount: 0, status: "ended" });
            }
            const undone = corrections.map((event): MeetingEvent => {
              return "ruling" in event ? { ...event, verdict: "undone" as const } : event;
            });
            expect(views([...undone, ...events, ...corrections])).toEqual(before);
          },
        ),
        { seed: 20_261_128, numRuns: 400 },
      );
      expect(put).toBeGreaterThan(100);
    },
  );
});
