import { describe, expect, it } from "vitest";
import { NO_ROOM_CONTEXT, waitKey } from "#domain/participant/room-context.ts";
import {
  clock,
  ends,
  joins,
  knocks,
  leaves,
  minutes,
  rules,
  starts,
  stopsWaiting,
} from "#domain/testing/history.ts";
import { meetingOfLines, person, span } from "#domain/testing/projected.ts";
import { projectMeeting } from "./meeting.ts";
import { partMeetings } from "./room.ts";

const waits = (view: ReturnType<typeof meetingOfLines>, name: string) =>
  person(view, name).waits.map(
    ({ startedAt, endedAt, outcome }) => `${span(startedAt, endedAt)} ${outcome}`,
  );

describe("a wait", () => {
  it("goes on until the next report", () => {
    const view = projectMeeting(minutes(["10:00", knocks("Ada")]), rules, clock("10:05"));
    expect(view).toMatchObject({ status: "waiting", waitingCount: 1, startedAt: null });
    expect(waits(view, "Ada")).toEqual(["10:00:00– waiting"]);
  });

  it("ends with the admission: the same connection comes in", () => {
    const view = meetingOfLines(["10:00", knocks("Ada")], ["10:03", joins("Ada")]);
    expect(waits(view, "Ada")).toEqual(["10:00:00–10:03:00 admitted"]);
  });

  it("of no length was an admission", () => {
    const view = meetingOfLines(["10:00", knocks("Ada")], ["10:00", joins("Ada")]);
    expect(waits(view, "Ada")).toEqual(["10:00:00–10:00:00 admitted"]);
  });

  it("ends with the admission under another connection of that name", () => {
    const view = meetingOfLines(
      ["10:00", knocks("Ada", { session: "lobby" })],
      ["10:03", joins("Ada", { session: "room" })],
    );
    expect(waits(view, "Ada")).toEqual(["10:00:00–10:03:00 admitted"]);
    expect(view.people).toHaveLength(1);
  });

  it("ends with the admission of a guest who turns out to be signed in", () => {
    const view = meetingOfLines(
      ["10:00", knocks("Ada", { session: "lobby" })],
      ["10:03", joins("ADA", { session: "room", user: "u1" })],
    );
    expect(view.people).toMatchObject([{ id: "u:u1", waits: [{ outcome: "admitted" }] }]);
  });

  it.each([
    ["before the join", "10:02:55"],
    ["after the join", "10:03:05"],
  ])("was an admission when its end is reported shortly %s", (_, stopped) => {
    const view = meetingOfLines(
      ["10:00", knocks("Ada")],
      [stopped, stopsWaiting("Ada", { since: "10:00" })],
      ["10:03", joins("Ada")],
    );
    expect(person(view, "Ada").waits).toMatchObject([{ outcome: "admitted", inferred: false }]);
  });

  it("was left when no one came in, and left shortly within 10 seconds", () => {
    const view = meetingOfLines(
      ["10:00", knocks("Kofi")],
      ["10:04:26", stopsWaiting("Kofi")],
      ["10:05", knocks("Bo")],
      ["10:05:10", stopsWaiting("Bo")],
    );
    expect(waits(view, "Kofi")).toEqual(["10:00:00–10:04:26 left"]);
    expect(waits(view, "Bo")).toEqual(["10:05:00–10:05:10 short"]);
    expect(person(view, "Kofi").status).toBe("not_admitted");
  });

  it("was left, but they came back and were admitted", () => {
    const view = meetingOfLines(
      ["10:00", knocks("Tom")],
      ["10:02", stopsWaiting("Tom")],
      ["10:05", knocks("Tom", { session: "again" })],
      ["10:06", joins("Tom", { session: "again" })],
    );
    expect(waits(view, "Tom")).toEqual([
      "10:00:00–10:02:00 came_back",
      "10:05:00–10:06:00 admitted",
    ]);
  });

  it("is unknown when the meeting ended without a report", () => {
    const view = meetingOfLines(
      ["10:00", starts()],
      ["10:00", joins("Doc")],
      ["10:04", knocks("Pat")],
      ["10:10", leaves("Doc")],
      ["10:10", ends()],
    );
    expect(person(view, "Pat").waits).toMatchObject([
      {
        outcome: "unknown",
        inferred: true,
        endedAt: clock("10:04"),
        overBy: clock("10:10"),
      },
    ]);
  });

  it("outlasts the provider's meeting when its admission arrives later", () => {
    const view = meetingOfLines(
      ["10:00", starts("a")],
      ["10:00", joins("Doc", { session: "d1" })],
      ["10:04", knocks("Pat")],
      ["10:05", leaves("Doc", { session: "d1" })],
      ["10:05", ends("a")],
      ["10:06", joins("Doc", { session: "d2" })],
      ["10:06:10", joins("Pat")],
    );
    expect(waits(view, "Pat")).toEqual(["10:04:00–10:06:10 admitted"]);
  });

  it("is unknown after four hours, and not before", () => {
    const events = minutes(["08:00", knocks("Ada")]);
    const at = (time: string) => projectMeeting(events, rules, clock(time));
    expect(at("11:59:59.999")).toMatchObject({ status: "waiting", staleAt: clock("12:00") });
    expect(waits(at("12:00"), "Ada")).toEqual(["08:00:00–08:00:00 unknown"]);
    expect(at("12:00")).toMatchObject({ status: "ended", endedAt: clock("08:00") });
    expect(person(at("12:00"), "Ada").waits).toMatchObject([{ overBy: clock("12:00") }]);
  });

  it("leaves two guests of one name who wait at once apart", () => {
    const view = projectMeeting(
      minutes(
        ["10:00", joins("Doc")],
        ["10:01", knocks("iPhone", { session: "a" })],
        ["10:02", knocks("iPhone", { session: "b" })],
        ["10:04", joins("iPhone", { session: "b" })],
      ),
      rules,
      clock("10:05"),
    );
    expect(view).toMatchObject({ waitingCount: 1, presentCount: 2 });
  });
});

describe("one join", () => {
  const outcomes = (view: ReturnType<typeof meetingOfLines>, name: string) =>
    person(view, name).waits.map(
      ({ startedAt, endedAt, outcome, inferred }) =>
        `${span(startedAt, endedAt)} ${outcome}${inferred ? ", inferred" : ""}`,
    );

  it("admits a person who only loaded the waiting page again, from the first knock", () => {
    const view = meetingOfLines(
      ["10:00", knocks("Ada", { session: "1" })],
      ["10:05", stopsWaiting("Ada", { session: "1" })],
      ["10:05:02", knocks("Ada", { session: "2" })],
      ["10:05:08", joins("Ada", { session: "2" })],
    );
    expect(outcomes(view, "Ada")).toEqual(["10:00:00–10:05:08 admitted"]);
  });

  it("admits a person who knocked again because the first knock was never ended, from the first", () => {
    const view = meetingOfLines(
      ["10:00", knocks("Ada", { session: "1" })],
      ["10:05", knocks("Ada", { session: "2", user: "ada" })],
      ["10:06", joins("Ada", { session: "2", user: "ada" })],
    );
    expect(outcomes(view, "Ada")).toEqual(["10:00:00–10:06:00 admitted, inferred"]);
  });

  it("admits its own connection’s wait, whichever is newer", () => {
    const view = meetingOfLines(
      ["10:00", knocks("Ada", { session: "1", user: "ada" })],
      ["10:01", knocks("Ada", { session: "2", user: "ada" })],
      ["10:02", joins("Ada", { session: "1", user: "ada" })],
      ["10:03", joins("Ada", { session: "2", user: "ada" })],
    );
    expect(outcomes(view, "Ada")).toEqual([
      "10:00:00–10:02:00 admitted",
      "10:01:00–10:03:00 admitted",
    ]);
  });

  it("and another admit two waits, under any connections", () => {
    const view = meetingOfLines(
      ["10:00", knocks("Ada", { session: "1", user: "ada" })],
      ["10:01", knocks("Ada", { session: "2", user: "ada" })],
      ["10:02", joins("Ada", { session: "3", user: "ada" })],
      ["10:03", joins("Ada", { session: "4", user: "ada" })],
    );
    expect(outcomes(view, "Ada")).toEqual([
      "10:00:00–10:03:00 admitted",
      "10:01:00–10:02:00 admitted",
    ]);
  });

  it("leaves a new wait where the same connection knocks again after it was in", () => {
    const view = meetingOfLines(
      ["10:00", knocks("Ada")],
      ["10:01", joins("Ada")],
      ["10:05", leaves("Ada", { joinedAt: "10:01" })],
      ["10:06", knocks("Ada")],
    );
    expect(outcomes(view, "Ada")).toEqual(["10:00:00–10:01:00 admitted", "10:06:00– waiting"]);
    expect(person(view, "Ada").status).toBe("waiting");
  });
});

describe("a wait over which the provider ended the meeting", () => {
  const silent = minutes(
    ["10:00", starts("m1")],
    ["10:04", leaves("Host", { session: "host", joinedAt: "10:00" })],
    ["10:02", knocks("iPhone", { session: "1" })],
    ["10:05", ends("m1")],
  );
  const waitsOf = (...more: Parameters<typeof minutes>) =>
    partMeetings([...silent, ...minutes(...more)], rules, clock("18:00")).map((part) =>
      projectMeeting(part, rules, clock("18:00"))
        .people.flatMap((one) => one.waits)
        .map(({ startedAt, endedAt, outcome }) => `${span(startedAt, endedAt)} ${outcome}`),
    );

  it("is not ended by a namesake who comes hours later", () => {
    expect(
      waitsOf(
        ["12:00", starts("m2")],
        ["12:01", joins("iPhone", { session: "2" })],
        ["12:10", leaves("iPhone", { session: "2", joinedAt: "12:01" })],
      ),
    ).toEqual([["10:02:00–10:02:00 unknown"], []]);
  });

  it("goes on to the next where the same connection is let in", () => {
    expect(
      waitsOf(
        ["10:20", starts("m2")],
        ["10:20", joins("iPhone", { session: "1" })],
        ["10:40", leaves("iPhone", { session: "1", joinedAt: "10:20" })],
      ),
    ).toEqual([["10:02:00–10:20:00 admitted"]]);
  });
});

describe("a person who came in to a later meeting of the room that day", () => {
  const gaveUp = minutes(
    ["10:00", knocks("Ada", { session: "1" })],
    ["10:05", stopsWaiting("Ada", { session: "1" })],
  );

  it("came back, although this meeting never saw them in", () => {
    const returned = new Set([waitKey("1", clock("10:00"))]);
    const { people } = projectMeeting(gaveUp, rules, clock("13:00"), {
      ...NO_ROOM_CONTEXT,
      returned,
    });
    expect(people[0]?.waits).toMatchObject([{ outcome: "came_back", endedAt: clock("10:05") }]);
    expect(people[0]?.status).toBe("not_admitted");
  });

  it("left, where the return is of another wait", () => {
    const returned = new Set([waitKey("1", clock("10:01"))]);
    const { people } = projectMeeting(gaveUp, rules, clock("13:00"), {
      ...NO_ROOM_CONTEXT,
      returned,
    });
    expect(people[0]?.waits).toMatchObject([{ outcome: "left" }]);
  });
});
