import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { sources } from "#db/schema/accounts.ts";
import { calendarEvents } from "#db/schema/calendar.ts";
import { catchUpOf } from "#db/sources/catching-up/catch-ups.ts";
import { changeSource } from "#db/sources/sources.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import { clock, joins, leaves, minutes } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { erasePerson } from "#server/privacy/erasure/erase-person.ts";
import { encrypt } from "#server/runtime/encryption.ts";
import { Networks } from "#server/runtime/networks.ts";
import { ADA } from "#server/testing/actor.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { post, SECRET, type TestSource } from "#server/testing/test-app.ts";
import { catchUpSource } from "./catch-up-source.ts";
import { AttendeeStandIn } from "./testing/attendee-stand-in.ts";
import { FAULTLESS, FAULTY } from "./testing/stand-in.ts";

const KEY = "a-key-of-a-project";
const MINUTE: Ms = 60_000;
const PLACE = "meet.google.com/abc-defg-hij";
const EVENTS = "/api/v1/calendar-events";
const SCHEDULED = "/api/v1/scheduled-meetings";
const at = (time: string) => new Date(clock(time)).toISOString();

let client: ApiClient;
let account: TestSource;
let url: string;
let attendee: AttendeeStandIn;
let now: Ms;
const standIns: AttendeeStandIn[] = [];
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("08:00") });
  client = await openApiClient();
});
afterAll(async () => {
  vi.useRealTimers();
  for (const one of standIns) one.http.close();
  await client.app.close();
});
beforeEach(async () => {
  vi.setSystemTime(clock("08:00"));
  now = clock("08:00");
  account = await client.app.account("attendee");
  const { orm } = client.app.database;
  await changeSource(orm, account.id, { sealedApiKey: encrypt(KEY, SECRET), apiKeyAt: now });
  attendee = new AttendeeStandIn(KEY, [], () => now);
  attendee.calendar = [];
  standIns.push(attendee);
  url = await attendee.http.open();
});

/** Attendee is asked so long after the last time. */
async function read(afterMs: Ms = 0): Promise<void> {
  now += afterMs;
  vi.setSystemTime(now);
  const context = {
    ...{ database: client.app.database, projector: client.app.door.intake.projector },
    ...{ secret: SECRET, providerApi: url, now: () => now, chance: () => 0 },
    ...{ sleep: async () => undefined, allowed: Networks.none },
    log: { error: (about: object, message: string) => client.app.log.push({ about, message }) },
  };
  await catchUpSource(context, account.id, new AbortController().signal);
}

interface Told {
  [field: string]: unknown;
}

const event = (id: string, more: Told = {}) => ({
  ...{ id, calendar_id: "cal_1", ical_uid: `${id}@example.org`, name: "Ward round" },
  meeting_url: `https://${PLACE}?authuser=0`,
  ...{ start_time: at("10:00"), end_time: at("10:30"), is_deleted: false, bots: [] },
  attendees: [
    { email: "wu@example.org", name: "Dr Wu" },
    { email: "ada@example.org", name: "Ada" },
    { email: "bo@example.org", name: null },
    { email: "room-4@example.org", name: "Room 4" },
  ],
  raw: {
    attendees: [
      { email: "wu@example.org", organizer: true, responseStatus: "accepted" },
      { email: "bo@example.org", responseStatus: "declined" },
      { email: "room-4@example.org", resource: true },
    ],
  },
  updated_at: at("07:00"),
  ...more,
});

const listed = z.object({
  results: z.array(
    z.looseObject({
      id: z.string(),
      title: z.string().nullable(),
      state: z.string(),
      scheduled_meeting_id: z.string().nullable(),
    }),
  ),
});
const listedPeople = z.object({
  results: z.array(z.looseObject({ id: z.string(), name: z.string().nullable() })),
});
const offers = async (state = "offered") =>
  listed.parse(await client.read(`${EVENTS}?source=${account.id}&state=${state}`)).results;
const taken = z.object({
  taken: z.array(z.object({ scheduled_meeting_id: z.string(), made: z.boolean() })),
});
async function take(ids: readonly string[]) {
  const response = await client.send("POST", `${EVENTS}/take`, { ids, by: "Mia" });
  expect(response.status).toBe(200);
  return taken.parse(await response.json()).taken;
}
async function takeAll(): Promise<string> {
  const took = await take((await offers()).map(({ id }) => id));
  return took[0]?.scheduled_meeting_id ?? "";
}
const scheduled = (id: string) => client.read(`${SCHEDULED}/${id}`);

test("what a calendar has is offered, taken once, and follows it until somebody changes it by hand", async () => {
  attendee.calendar = [event("evt_1"), event("evt_2", { meeting_url: null })];
  await read();
  expect(await offers()).toEqual([
    expect.objectContaining({
      ...{ title: "Ward round", room: PLACE, starts_at: at("10:00"), ends_at: at("10:30") },
      people: [
        { name: "Dr Wu", email: "wu@example.org", role: "host" },
        { name: "Ada", email: "ada@example.org", role: "guest" },
      ],
      ...{ state: "offered", scheduled_meeting_id: null },
    }),
  ]);
  const [first] = await offers();
  const id = await takeAll();
  expect(await offers()).toEqual([]);
  expect(await take([first?.id ?? ""])).toEqual([{ scheduled_meeting_id: id, made: false }]);
  expect(await scheduled(id)).toMatchObject({
    ...{ title: "Ward round", room: PLACE, by: "test", cancelled_at: null, from_calendar: true },
    people: [
      { name: "Dr Wu", role: "host" },
      { name: "Ada", role: "guest" },
    ],
  });

  attendee.calendar = [
    event("evt_1", {
      ...{ start_time: at("11:00"), end_time: at("11:30"), updated_at: at("08:00") },
      attendees: [{ email: "ada@example.org", name: "Ada" }],
    }),
  ];
  await read(MINUTE);
  expect(await scheduled(id)).toMatchObject({
    ...{ starts_at: at("11:00"), by: "the calendar", people: [{ name: "Ada" }] },
  });

  await client.send("PUT", `${SCHEDULED}/${id}/roster`, { roster: "Ada\nCy", by: "Mia" });
  const moved = { start_time: at("12:00"), end_time: at("12:30"), updated_at: at("08:02") };
  attendee.calendar = [event("evt_1", moved)];
  await read(MINUTE);
  expect(await scheduled(id)).toMatchObject({
    ...{ starts_at: at("12:00"), people: [{ name: "Ada" }, { name: "Cy" }] },
  });
  // And as its calendar has it again, where somebody wants that.
  await take([first?.id ?? ""]);
  expect(await scheduled(id)).toMatchObject({ people: [{ name: "Dr Wu" }, { name: "Ada" }] });
});

test("a meeting that is cancelled in every calendar is cancelled, and nobody is absent from it", async () => {
  const copy = (calendar: string, more: Told = {}) =>
    event(`evt_${calendar}`, { ical_uid: "one@example.org", ...more });
  attendee.calendar = [copy("a"), copy("b", { updated_at: at("07:10") })];
  await read();
  expect(await offers()).toHaveLength(1);
  const id = await takeAll();
  const gone = { is_deleted: true, updated_at: at("08:00") };
  attendee.calendar = [copy("a", gone), copy("b", { updated_at: at("07:10") })];
  await read(MINUTE);
  expect(await scheduled(id)).toMatchObject({ cancelled_at: null });
  attendee.calendar = [copy("a", gone), copy("b", { ...gone, updated_at: at("08:01") })];
  await read(MINUTE);
  expect(await scheduled(id)).toMatchObject({ cancelled_at: at("08:02") });
  vi.setSystemTime(clock("12:00"));
  expect(await scheduled(id)).toMatchObject({ counts: { absent: 0 }, verdict: { outcome: null } });
  attendee.calendar = [copy("a", { updated_at: at("08:03") }), copy("b", gone)];
  await read(2 * MINUTE);
  expect(await scheduled(id)).toMatchObject({ cancelled_at: null, starts_at: at("10:00") });
});

test("who came is seen by whatever bot was sent to its address, and without one nobody is absent", async () => {
  attendee.calendar = [event("evt_1")];
  await read();
  const id = await takeAll();
  vi.setSystemTime(clock("10:20"));
  expect(await scheduled(id)).toMatchObject({ counts: { absent: 0, late: 0, expected: 2 } });
  const sent = async (bot: string, ...events: MeetingEvent[]) => {
    const bodies = events.map((one) =>
      JSON.stringify({
        ...z
          .record(z.string(), z.unknown())
          .parse(JSON.parse(bodyOf("attendee", one, bot, bot + one.at))),
        bot_metadata: { meeting_url: `https://${PLACE}` },
      }),
    );
    for (const body of bodies) expect((await post(client.app, account, body)).status).toBe(200);
    await client.app.door.intake.projector.idle();
  };
  await sent("bot_1", ...minutes(["10:01", joins("Ada", { session: "p1" })]));
  await sent(
    "bot_2",
    ...minutes(
      ["10:10", joins("Dr Wu", { session: "p9" })],
      ["10:15", leaves("Dr Wu", { session: "p9" })],
    ),
  );
  expect(await scheduled(id)).toMatchObject({
    counts: { present: 1, left: 1, absent: 0 },
  });

  // Somebody who is erased is gone from the calendar too, and is not read from it again.
  vi.stubEnv("ROLLCALL_SECRET", SECRET);
  now = clock("10:20");
  const { results } = listedPeople.parse(await client.read(`/api/v1/people?source=${account.id}`));
  const ada = results.find(({ name }) => name === "Ada")?.id ?? "";
  const options = { by: ADA, secret: SECRET, now: () => now, onErased: () => undefined };
  expect(await erasePerson(client.app.database, ada, options)).toMatchObject({ meetings: 1 });
  attendee.calendar = [event("evt_1", { name: "Round with Ada", updated_at: at("08:05") })];
  await read(5 * MINUTE);
  await read(60 * MINUTE);
  const rows = await client.app.database.orm
    .select({ name: calendarEvents.name, invited: calendarEvents.invited })
    .from(calendarEvents)
    .where(eq(calendarEvents.sourceId, account.id));
  expect(rows).toMatchObject([{ name: "Ward round", invited: [{ name: "Dr Wu" }] }]);
  expect(JSON.stringify(await scheduled(id))).not.toMatch(/\bAda\b|ada@/);
  const met = z.object({ results: z.array(z.looseObject({ id: z.string() })) });
  for (const one of met.parse(await client.read(`/api/v1/meetings?source=${account.id}`)).results) {
    expect(JSON.stringify(await client.read(`/api/v1/meetings/${one.id}`))).not.toMatch(/\bAda\b/);
  }
  vi.unstubAllEnvs();
});

test("it is read with pages and faults, whole only once an hour, and what is gone from a calendar is offered no more", async () => {
  attendee.http.fault = FAULTY;
  const many = Array.from({ length: 230 }, (_, n) =>
    event(`evt_${n}`, {
      name: `Round ${n}`,
      updated_at: new Date(clock("07:00") + n * 1_000).toISOString(),
    }),
  );
  attendee.calendar = many;
  await read();
  const stored = () =>
    client.app.database.orm.$count(calendarEvents, eq(calendarEvents.sourceId, account.id));
  expect(await stored()).toBe(230);
  attendee.http.fault = FAULTLESS;
  attendee.http.calls.length = 0;
  attendee.calendar = many.slice(0, 100);
  await read(MINUTE);
  expect(attendee.http.calls.filter((one) => one.includes("calendar_events"))).toHaveLength(1);
  expect(await stored()).toBe(230);
  await read(60 * MINUTE);
  expect(await stored()).toBe(100);

  // An Attendee that knows of no calendars, or fails, is caught up with all the same.
  attendee.calendar = null;
  await read(61 * MINUTE);
  const caught = await catchUpOf(client.app.database.orm, account.id);
  expect(caught).toMatchObject({ problem: null, calendarProblem: "refused" });
});

test("a source may take by itself what nobody left out, and what was withdrawn stays so until it is taken again", async () => {
  attendee.calendar = [event("evt_1"), event("evt_2", { name: "Lunch" })];
  await read();
  const lunch = (await offers()).find(({ title }) => title === "Lunch")?.id ?? "";
  const out = await client.send("POST", `${EVENTS}/leave-out`, { ids: [lunch], by: "Mia" });
  expect(await out.json()).toEqual({ changed: 1 });
  await client.send("PATCH", `/api/v1/sources/${account.id}`, { takes_calendar: true });
  await read(MINUTE);
  const [own] = await offers("taken");
  const id = own?.scheduled_meeting_id ?? "";
  expect(await scheduled(id)).toMatchObject({ title: "Ward round", by: "the calendar" });
  await client.send("DELETE", `${SCHEDULED}/${id}`, { by: "Mia" });
  attendee.calendar = [event("evt_1", { name: "Round", updated_at: at("08:01") })];
  await read(MINUTE);
  expect(await offers("taken")).toEqual([]);
  expect((await offers("left_out")).map(({ title }) => title).toSorted()).toEqual([
    "Lunch",
    "Round",
  ]);
  expect(await take([own?.id ?? ""])).toEqual([{ scheduled_meeting_id: id, made: true }]);
  expect(await scheduled(id)).toMatchObject({
    title: "Round",
    people: [{ name: "Dr Wu" }, { name: "Ada" }],
  });
  expect(
    await client.app.database.orm
      .select({ is: sources.takesCalendar })
      .from(sources)
      .where(eq(sources.id, account.id)),
  ).toEqual([{ is: true }]);
});
