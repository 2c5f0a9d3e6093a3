import { describe, expect, it } from "vitest";
import { toEvent, toEventData } from "#domain/event/recorded.ts";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import { attendedMs } from "#domain/meeting/person-view.ts";
import {
  botJoins,
  botLeaves,
  botRules,
  clock,
  ends,
  joins,
  knocks,
  leaves,
  leavesByLength,
  minutes,
  rules,
  starts,
  stopsWaiting,
} from "#domain/testing/history.ts";
import { meetingOfLines, person, span } from "#domain/testing/projected.ts";
import { toWireTime } from "#domain/time/wire-time.ts";

const now = clock("13:00");
const visits = (view: ReturnType<typeof meetingOfLines>, name: string) =>
  person(view, name).visits.map(
    ({ joinedAt, leftAt, leftBy, end }) =>
      `${span(joinedAt, leftAt)} ${end}${leftBy === undefined ? "" : `, by ${at(leftBy)}`}`,
  );
const at = (moment: number) => span(moment, null).slice(0, -1);

describe("two ends of one beginning", () => {
  it("are one visit and one wait, to the later end", () => {
    const view = meetingOfLines(
      ["10:30", stopsWaiting("Ada", { since: "10:00" })],
      ["10:01", knocks("Ada")],
      ["10:00:30", stopsWaiting("Ada", { since: "09:59:59.996" })],
      ["10:00", knocks("Ada")],
    );
    const begun = person(view, "Ada").waits.map(({ startedAt }) => startedAt);
    expect(new Set(begun).size).toBe(begun.length);
  });
});

describe("a leave that was computed from a length of time", () => {
  const guess = leavesByLength("Ada", { joinedAt: "10:00" });

  it("ends a visit, whose end is then inferred", () => {
    const view = meetingOfLines(["10:00", joins("Ada")], ["10:40", guess]);
    expect(visits(view, "Ada")).toEqual(["10:00:00–10:40:00 inferred"]);
  });

  it("gives way to one that was seen, at the same moment or later, in any order of arrival", () => {
    const seen = leaves("Ada", { joinedAt: "10:00" });
    for (const at of ["10:40", "10:50"]) {
      expect(visits(meetingOfLines(["10:40", guess], [at, seen]), "Ada")).toEqual([
        `10:00:00–${at}:00 reported`,
      ]);
      expect(visits(meetingOfLines([at, seen], ["10:40", guess]), "Ada")).toEqual([
        `10:00:00–${at}:00 reported`,
      ]);
    }
  });

  it("is the same on the wire", () => {
    const events = minutes(["10:40", guess]);
    for (const event of events) {
      const { type, at } = event;
      const participant_id = "participantId" in event ? event.participantId : null;
      const record = { type, at: toWireTime(at), participant_id, data: toEventData(event) };
      expect(toEvent(record)).toEqual(event);
    }
  });
});

describe("a visit", () => {
  it("is given by its leave alone, where that names the join", () => {
    const view = meetingOfLines(["10:30", leaves("Ada", { joinedAt: "10:00" })]);
    expect(visits(view, "Ada")).toEqual(["10:00:00–10:30:00 reported"]);
  });

  it("is not reopened by a join that comes late, some ms off", () => {
    const view = meetingOfLines(
      ["10:00:00.004", joins("Ada")],
      ["10:30", leaves("Ada", { joinedAt: "10:00" })],
    );
    expect(visits(view, "Ada")).toHaveLength(1);
    expect(person(view, "Ada").status).toBe("left");
  });

  it("of no length is not reopened by its own join", () => {
    const view = meetingOfLines(
      ["10:00", leaves("Ada", { joinedAt: "10:00" })],
      ["10:00:00.900", joins("Ada")],
    );
    expect(visits(view, "Ada")).toEqual(["10:00:00–10:00:00 reported"]);
  });

  it("is opened once by two joins of one moment", () => {
    const view = meetingOfLines(
      ["10:00", joins("Ada")],
      ["10:00:01.500", joins("Ada")],
      ["10:10", leaves("Ada")],
    );
    expect(visits(view, "Ada")).toEqual(["10:00:00–10:10:00 reported"]);
  });

  it("was over when the same connection joins again, since an unknown time", () => {
    const view = meetingOfLines(
      ["10:00", joins("Ada")],
      ["10:05", joins("Ada")],
      ["10:10", leaves("Ada")],
    );
    expect(visits(view, "Ada")).toEqual([
      "10:00:00–10:00:00 inferred, by 10:05:00",
      "10:05:00–10:10:00 reported",
    ]);
    expect(attendedMs(person(view, "Ada"), now)).toBe(5 * 60_000);
  });

  it("is whole where its own leave comes late, despite joins in between", () => {
    const view = meetingOfLines(
      ["10:00", joins("Ada")],
      ["10:05", joins("Ada")],
      ["10:10", leaves("Ada", { joinedAt: "10:00" })],
    );
    expect(visits(view, "Ada")).toEqual(["10:00:00–10:10:00 reported"]);
  });

  it("follows another of the same connection", () => {
    const view = meetingOfLines(
      ["10:00", joins("Ada")],
      ["10:10", leaves("Ada")],
      ["10:20", joins("Ada")],
      ["10:30", leaves("Ada")],
    );
    expect(visits(view, "Ada")).toHaveLength(2);
    expect(attendedMs(person(view, "Ada"), now)).toBe(20 * 60_000);
  });

  it("is the same when everything comes in reverse", () => {
    const view = meetingOfLines(
      ["10:30", leaves("Ada")],
      ["10:20", joins("Ada")],
      ["10:10", leaves("Ada")],
      ["10:00", joins("Ada")],
    );
    expect(visits(view, "Ada")).toEqual([
      "10:00:00–10:10:00 reported",
      "10:20:00–10:30:00 reported",
    ]);
  });

  it("that began in the moment the meeting ended has no length", () => {
    const view = meetingOfLines(["10:00", joins("Bo")], ["10:40", joins("Ada")], ["10:40", ends()]);
    expect(visits(view, "Ada")).toEqual(["10:40:00–10:40:00 inferred, by 10:40:00"]);
  });

  it("has no length where only the leave was reported", () => {
    const view = meetingOfLines(["10:00", joins("Bo")], ["10:30", leaves("Ada")]);
    const [visit] = person(view, "Ada").visits;
    expect(visit).toMatchObject({ start: "inferred", joinedAt: visit?.leftAt });
    expect(attendedMs(person(view, "Ada"), now)).toBe(0);
  });

  it("is over with the meeting where its end was not reported, and counts as far as it is known", () => {
    const view = meetingOfLines(["10:00", starts()], ["10:00", joins("Ada")], ["10:40", ends()]);
    expect(visits(view, "Ada")).toEqual(["10:00:00–10:00:00 inferred, by 10:40:00"]);
    expect(person(view, "Ada")).toMatchObject({ status: "not_known" });
    expect(view).toMatchObject({ status: "ended", endedBy: "provider", presentCount: 0 });
  });

  it("ends where the bot left, whatever came after", () => {
    const view = projectMeeting(
      minutes(
        ["10:00", botJoins],
        ["10:00", joins("Ada")],
        ["10:30", botLeaves],
        ["10:31", botLeaves],
        ["10:32", joins("Bo")],
      ),
      botRules,
      now,
    );
    expect(visits(view, "Ada")).toEqual(["10:00:00–10:30:00 inferred"]);
    expect(visits(view, "Bo")).toEqual(["10:32:00–10:32:00 inferred"]);
    expect(view.presentCount).toBe(0);
  });

  it("ends with the last event of a bot that fell silent for 12 hours", () => {
    const events = minutes(["00:10", botJoins], ["00:10", joins("Ada")], ["00:40", joins("Bo")]);
    const before = projectMeeting(events, botRules, clock("12:40"));
    expect(before).toMatchObject({ status: "live", presentCount: 2, staleAt: clock("12:40") });
    const after = projectMeeting(events, botRules, clock("12:40:00.001"));
    expect(visits(after, "Ada")).toEqual(["00:10:00–00:40:00 inferred"]);
    expect(after).toMatchObject({ status: "ended", presentCount: 0 });
  });
});

describe("attended time", () => {
  it("joins gaps up to the grace, and no longer ones", () => {
    const view = meetingOfLines(
      ["10:00", joins("Ada", { session: "1", user: "u" })],
      ["10:10", leaves("Ada", { session: "1", user: "u" })],
      ["10:10:30", joins("Ada", { session: "2", user: "u" })],
      ["10:20", leaves("Ada", { session: "2", user: "u" })],
      ["10:20:31", joins("Ada", { session: "3", user: "u" })],
      ["10:30", leaves("Ada", { session: "3", user: "u" })],
    );
    const { attended } = person(view, "Ada");
    expect(attended.map(({ from, to }) => span(from, to))).toEqual([
      "10:00:00–10:20:00",
      "10:20:31–10:30:00",
    ]);
  });

  it("counts two devices at once, and an old leave after the new join, once", () => {
    const view = meetingOfLines(
      ["10:00", joins("Ada", { session: "1", user: "u" })],
      ["10:10", joins("Ada", { session: "2", user: "u" })],
      ["10:10:20", leaves("Ada", { session: "1", user: "u", joinedAt: "10:00" })],
      ["10:30", leaves("Ada", { session: "2", user: "u" })],
    );
    expect(attendedMs(person(view, "Ada"), now)).toBe(30 * 60_000);
    expect(view.peak).toEqual({ count: 1, at: clock("10:00") });
  });
});

describe("the bounds of a meeting", () => {
  it("are the provider's, exact, whatever was cut to a second in its end", () => {
    const view = meetingOfLines(
      ["10:00:00.672", starts()],
      ["10:00:01", joins("Ada")],
      ["10:20", leaves("Ada")],
      ["10:20:00.300", ends("m1", "10:00")],
    );
    expect(view).toMatchObject({
      startedAt: clock("10:00:00.672"),
      endedAt: clock("10:20:00.300"),
      endedBy: "provider",
    });
  });

  it("start exactly on a second when the provider says so", () => {
    const view = meetingOfLines(["10:00", starts()], ["10:00:00.700", joins("Ada")]);
    expect(view.startedAt).toBe(clock("10:00"));
  });

  it("take the first join within the second that only the end repeats", () => {
    const view = meetingOfLines(
      ["10:00:00.700", joins("Ada")],
      ["10:20", leaves("Ada")],
      ["10:20", ends("m1", "10:00")],
    );
    expect(view.startedAt).toBe(clock("10:00:00.700"));
  });

  it("exist without any participant", () => {
    const begun = minutes(["10:00", starts()]);
    expect(projectMeeting(begun, rules, clock("10:01"))).toMatchObject({
      status: "live",
      people: [],
      staleAt: clock("10:02"),
    });
    expect(projectMeeting(begun, rules, clock("10:02"))).toMatchObject({
      status: "ended",
      endedAt: clock("10:00"),
      endedBy: "inferred",
      staleAt: null,
    });
    expect(meetingOfLines(["10:00", starts()], ["10:10", ends()])).toMatchObject({
      status: "ended",
      startedAt: clock("10:00"),
      endedAt: clock("10:10"),
    });
  });

  it("end inferred with the last leave, where no end was reported", () => {
    expect(meetingOfLines(["10:00", joins("Ada")], ["10:20", leaves("Ada")])).toMatchObject({
      status: "ended",
      endedAt: clock("10:20"),
      endedBy: "inferred",
    });
  });
});

describe("the bounds of several provider sessions in one meeting", () => {
  it("begin with the earliest, also where only its end was reported", () => {
    const view = meetingOfLines(
      ["10:00", ends("m1", "09:00")],
      ["10:00:03", starts("m2")],
      ["10:00:03", joins("Ada")],
    );
    expect(view).toMatchObject({ startedAt: clock("09:00"), status: "live", endedAt: null });
  });

  it("do not end with the first, where the second has no reported end", () => {
    const view = meetingOfLines(
      ["10:00", ends("m1", "09:00")],
      ["10:00:03", starts("m2")],
      ["10:10", leaves("Ada", { joinedAt: "10:00:03" })],
    );
    expect(view).toMatchObject({ endedAt: clock("10:10"), endedBy: "inferred" });
  });

  it("do not end where the same began again without a reported end", () => {
    const view = meetingOfLines(
      ["09:00", joins("Ada")],
      ["10:00", leaves("Ada")],
      ["10:00", ends("m1", "09:00")],
      ["10:00:03", starts("m1")],
    );
    expect(view).toMatchObject({ frame: { endedAt: null }, endedBy: "inferred" });
  });

  it("are never the wrong way round", () => {
    const view = meetingOfLines(
      ["10:00:20", stopsWaiting("Ada", { since: "10:00" })],
      ["10:01", starts()],
    );
    expect(view).toMatchObject({ startedAt: clock("10:01"), endedAt: clock("10:01") });
  });
});

describe("a person who is there when the bot comes", () => {
  const starts = (...lines: Parameters<typeof minutes>) =>
    projectMeeting(minutes(...lines), botRules, now).people.map(
      ({ name, visits }) => `${name} ${visits.map(({ start }) => start).join(" ")}`,
    );

  it("counts from when the bot saw them, and a later one from when they came", () => {
    expect(
      starts(
        ["10:00", botJoins],
        ["10:00:03", joins("Ada")],
        ["10:00:11", joins("Bo")],
        ["10:20", leaves("Ada")],
        ["10:21", joins("Ada")],
      ),
    ).toEqual(["Ada first_seen reported", "Bo reported"]);
  });

  it("is uncertain where the bot's join was not reported", () => {
    expect(starts(["10:00:03", joins("Ada")])).toEqual(["Ada reported"]);
  });
});
