import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { addScheduled } from "#db/scheduled/scheduled.ts";
import { toEvent } from "#domain/event/recorded.ts";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import { asItHappens } from "#domain/scheduled/as-it-happens.ts";
import { expectedAttendanceOf } from "#domain/scheduled/attendance.ts";
import { clock, joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import { fromWireTime } from "#domain/time/wire-time.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { readMeeting } from "#server/live/meeting.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";
import { readExpectedPage, readScheduledOfMeeting } from "./pages.ts";
import { readScheduled } from "./read.ts";
import { NO_READING_OPTIONS } from "./reading/lines.ts";
import { personShape } from "./reading/roster-line.ts";
import { rosterText } from "./roster-as-text.ts";
import { readRoster } from "./roster-text.ts";

let counter: ApiClient;
let account: TestSource;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("09:00") });
  counter = await openApiClient();
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});
beforeEach(async () => {
  account = await counter.app.account();
});

const schedule = (title: string, from: string, to: string) =>
  addScheduled(
    counter.app.database,
    {
      sourceId: account.id,
      room: "algebra",
      title,
      startsAt: clock(from),
      endsAt: clock(to),
      timeZone: "UTC",
      lateAfterMs: 300_000,
      verdictAfterMs: 300_000,
    },
    [{ name: "Ada", userId: null, email: null, role: "guest" }],
    "Mia",
    clock("09:00"),
  );
const listed = async (query: string, now: string) => {
  const params = new URLSearchParams(`source=${account.id}&${query}`);
  return readExpectedPage(params, counter.app.database.orm, clock(now));
};
const titles = async (query: string, now: string) =>
  (await listed(query, now)).rows.map(({ scheduled }) => scheduled.title);

test("lists those from today on by start, and past ones latest first, by the days of a zone", async () => {
  await schedule("yesterday", "-20:00", "-19:00");
  await schedule("over midnight", "-1:00", "00:30");
  await schedule("morning", "08:00", "09:00");
  await schedule("noon", "12:00", "13:00");
  await schedule("next week", "170:00", "171:00");
  expect(await titles("", "12:30")).toEqual(["over midnight", "morning", "noon", "next week"]);
  expect(await titles("show=past", "12:30")).toEqual(["morning", "over midnight", "yesterday"]);
  expect(await titles("show=past&from=2026-11-20&to=2026-11-20", "12:30")).toEqual(["morning"]);
  // That evening in UTC is this morning in Tokyo.
  expect(await titles("show=past&from=2026-11-20&to=2026-11-20&tz=Asia/Tokyo", "12:30")).toEqual([
    "morning",
    "over midnight",
  ]);
  expect(await titles("show=past&cursor=nonsense&tz=Mars", "12:30")).toHaveLength(3);
});

test("a row has its counts, the last event they include, and when the clock changes them", async () => {
  await schedule("lesson", "10:00", "11:00");
  expect((await listed("", "09:00")).turnsAt).toBe(clock("09:45"));
  await deliverBodies(
    counter.app,
    account,
    "algebra",
    minutes(["10:01", joins("Ada", { host: true })]),
  );
  const page = await listed("", "10:06");
  expect(page.rows).toMatchObject([{ counts: { people: 1, present: 1 }, outcome: "only_host" }]);
  expect(Object.values(page.heard)).toEqual([1]);
  expect(page.turnsAt).toBe(clock("11:00"));
});

test("a meeting has the scheduled meetings it was held for", async () => {
  await schedule("before", "08:00", "09:00");
  await schedule("lesson", "10:00", "11:00");
  await schedule("next", "11:00", "12:00");
  await schedule("later", "13:00", "14:00");
  await deliverBodies(
    counter.app,
    account,
    "algebra",
    minutes(["09:58", joins("Ada")], ["11:10", leaves("Ada", { joinedAt: "09:58" })]),
  );
  const [meetingId = ""] = Object.keys((await listed("", "11:30")).heard);
  const cards = await readScheduledOfMeeting(meetingId, clock("11:30"));
  expect(cards.map(({ scheduled, facts }) => [scheduled.title, facts.seen])).toEqual([
    ["lesson", []],
    ["next", []],
  ]);
});

test("the page of a meeting and the page of its scheduled meeting show the same attendance", async () => {
  const id = await schedule("lesson", "10:00", "11:00");
  vi.setSystemTime(clock("10:20"));
  await deliverBodies(
    counter.app,
    account,
    "algebra",
    minutes(
      ["09:40", joins("Bo")],
      ["09:58", knocks("ada")],
      ["10:07", joins("Cy", { host: true })],
      ["10:09", leaves("Bo", { joinedAt: "09:40" })],
    ),
  );
  const opened = await readScheduled(id);
  const [meetingId = ""] = Object.keys(opened?.eventsSeen ?? {});
  const meeting = await readMeeting(meetingId);
  if (opened === null || meeting.kind !== "found") throw new Error("nothing there");
  const { events, rules, as_of } = meeting.facts;
  const { people } = projectMeeting(events.map(toEvent), rules, fromWireTime(as_of));
  const [card] = await readScheduledOfMeeting(meetingId);
  if (card === undefined) throw new Error("not held");
  for (const at of ["09:50", "10:04", "10:05", "10:20", "11:30"]) {
    const live = expectedAttendanceOf(asItHappens(card.facts, meetingId, people), clock(at));
    expect(live).toEqual(expectedAttendanceOf(opened.facts, clock(at)));
  }
  expect(expectedAttendanceOf(opened.facts, clock("10:20")).counts).toMatchObject({
    waiting: 1,
    unmatched: 2,
  });
});

test("a roster as text reads back as the same roster", () => {
  const word = fc.constantFrom("Ada", "name", "Lovelace, Ada", 'The "Countess"', "Bo;", "a@b.org");
  const person = fc.record({
    name: fc.option(word),
    user_id: fc.option(fc.constantFrom("u1", "17,5", "host")),
    email: fc.option(fc.constantFrom("a@b.org", "c@d.org")),
    role: fc.constantFrom("host", "guest"),
  });
  fc.assert(
    fc.property(fc.array(person, { maxLength: 6 }), (given) => {
      const people = given.flatMap((one) => personShape.safeParse(one).data ?? []);
      const { text, commas } = rosterText(people);
      expect(readRoster(text, { ...NO_READING_OPTIONS, commas }).people).toEqual(people);
    }),
  );
});
