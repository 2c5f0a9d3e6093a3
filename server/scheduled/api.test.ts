import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { clock, joins, knocks, leaves, minutes } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";

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
  vi.setSystemTime(clock("09:00"));
  account = await counter.app.account();
});

const HOME = "/api/v1/scheduled-meetings";
const at = (time: string) => new Date(clock(time)).toISOString();
const lesson = (more: object = {}) => ({
  source: account.id,
  room: "algebra",
  starts_at: at("10:00"),
  ends_at: at("11:00"),
  tz: "Europe/Berlin",
  roster: "Dr Wu, host\nAda\nBo <bo@example.org>",
  ...more,
});

const made = z.object({ id: z.string() });
async function schedule(more: object = {}): Promise<string> {
  const response = await counter.send("POST", HOME, lesson(more));
  expect(response.status).toBe(201);
  return made.parse(await response.json()).id;
}

const failed = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.array(
      z.object({ field: z.string(), line: z.number().optional(), message: z.string() }),
    ),
  }),
});
async function refusal(body: unknown, method = "POST", path = HOME, type?: string) {
  const response = await counter.send(method, path, body, type);
  const { error } = failed.parse(await response.json());
  const lines = error.details.map(({ field, line, message }) =>
    line === undefined ? `${field}: ${message}` : `${field} ${line}: ${message}`,
  );
  return [response.status, error.code, ...lines];
}

test("a lesson is scheduled before its room exists, and its attendance then follows the events", async () => {
  const id = await schedule({ title: "Algebra" });
  expect(await counter.read(`${HOME}/${id}`)).toMatchObject({
    id,
    source: { id: account.id, provider: "daily", name: "Clinic" },
    room: "algebra",
    title: "Algebra",
    starts_at: at("10:00"),
    ends_at: at("11:00"),
    tz: "Europe/Berlin",
    late_after_ms: 300_000,
    verdict_after_ms: 300_000,
    by: "test",
    counts: { people: 3, expected: 3, present: 0, unmatched: 0 },
    verdict: { at: at("10:05"), outcome: null },
    meeting_ids: [],
    people: [
      { position: 1, name: "Dr Wu", role: "host", status: "expected" },
      { position: 2, name: "Ada", role: "guest", status: "expected" },
      { position: 3, name: "Bo", email: "bo@example.org", status: "expected" },
    ],
    unmatched: [],
  });

  await deliverBodies(
    counter.app,
    account,
    "algebra",
    minutes(
      ["09:58", knocks("ada")],
      ["10:01", joins("Dr Wu", { host: true })],
      ["10:02", joins("iPhone")],
    ),
  );
  vi.setSystemTime(clock("10:06"));
  expect(await counter.read(`${HOME}/${id}`)).toMatchObject({
    counts: { people: 3, present: 1, waiting: 1, late: 1, expected: 0, unmatched: 1 },
    verdict: {
      outcome: "both",
      hosts: [{ name: "Dr Wu", position: 1 }],
      guests: [{ name: "iPhone", position: null }],
      waiting: [{ name: "Ada", position: 2 }],
    },
    people: [
      { status: "present", matched_by: "name", first_joined_at: at("10:01"), late_by_ms: null },
      { status: "waiting", seen_as: "ada", first_seen_at: at("09:58"), first_joined_at: null },
      { status: "late", meeting_id: null },
    ],
    unmatched: [{ status: "present", seen_as: "iPhone" }],
  });

  // This event arrives late: the guest had left again before the verdict.
  await deliverBodies(
    counter.app,
    account,
    "algebra",
    minutes(["10:04", leaves("iPhone", { joinedAt: "10:02" })]),
  );
  vi.setSystemTime(clock("12:00"));
  expect(await counter.read(`${HOME}/${id}`)).toMatchObject({
    counts: { absent: 1 },
    verdict: { at: at("10:05"), outcome: "someone_waiting" },
  });
});

test("a meeting that began earlier is part of it, with those who stayed", async () => {
  const id = await schedule({ roster: "Ada\nZoe" });
  await deliverBodies(
    counter.app,
    account,
    "algebra",
    minutes(["08:00", joins("Ada")], ["08:00", joins("Zoe")], ["09:59", leaves("Zoe")]),
  );
  vi.setSystemTime(clock("10:01"));
  expect(await counter.read(`${HOME}/${id}`)).toMatchObject({
    people: [{ status: "present" }, { status: "expected" }],
    unmatched: [],
  });
});

test("another source's room of the same name is another room", async () => {
  const other = await counter.app.account();
  const id = await schedule();
  await deliverBodies(counter.app, other, "algebra", minutes(["10:00", joins("Ada")]));
  vi.setSystemTime(clock("10:01"));
  expect(await counter.read(`${HOME}/${id}`)).toMatchObject({ counts: { present: 0 } });
});

describe("a request", () => {
  test("may be a roster of JSON, or local time in a zone", async () => {
    const id = await schedule({
      starts_at: "2026-11-20T11:00",
      ends_at: "2026-11-20T12:00",
      roster: [
        { name: "Ada", user_id: "u1" },
        { email: "bo@example.org", role: "host" },
      ],
    });
    expect(await counter.read(`${HOME}/${id}`)).toMatchObject({
      starts_at: at("10:00"),
      people: [
        { name: "Ada", user_id: "u1", role: "guest" },
        { name: null, email: "bo@example.org", role: "host" },
      ],
    });
  });

  test("is refused with all faults at once, by field and line", async () => {
    expect(
      await refusal({
        source: "nobody",
        room: " ",
        starts_at: "10:00",
        ends_at: at("11:00"),
        tz: "Mars/Olympus",
        late_after_ms: -1,
        roster: "Ada\nBo <bo>",
      }),
    ).toEqual([
      400,
      "bad_schedule",
      "room: is missing",
      "late_after_ms: must not be negative",
      "roster 2: that is no e-mail address",
    ]);
    expect(
      await refusal(lesson({ source: "nobody", tz: "Mars/Olympus", starts_at: "10:00" })),
    ).toEqual([
      400,
      "bad_schedule",
      "tz: must be the name of a time zone such as Europe/Berlin",
      "starts_at: must be a time such as 2026-11-20T10:00:00+01:00, or 2026-11-20T10:00 in tz",
      "source: is no source",
    ]);
    expect(await refusal(lesson({ ends_at: at("10:00") }))).toContain(
      "ends_at: must be after the start",
    );
    expect(await refusal(lesson({ ends_at: at("34:00:01") }))).toContain(
      "ends_at: must be within a day of the start",
    );
    expect(await refusal(lesson({ roster: [{ name: "Ada" }, { role: "host" }, 7] }))).toEqual([
      400,
      "bad_schedule",
      "roster 2: there is neither a name nor an address nor a user id",
      "roster 3: that is no person",
    ]);
    expect(await refusal("{")).toEqual([400, "bad_schedule", "body: is not JSON"]);
  });

  test("must name the offset where a local time comes twice, and is refused where it never comes", async () => {
    const twice = { starts_at: "2026-10-25T02:30", ends_at: "2026-10-25T04:00" };
    expect(await refusal(lesson(twice))).toContain(
      "starts_at: comes twice that night in Europe/Berlin, where clocks are set back: write +02:00 or +01:00 behind it",
    );
    await schedule({ ...twice, starts_at: "2026-10-25T02:30+01:00" });
    expect(
      await refusal(lesson({ starts_at: "2026-03-29T02:30", ends_at: "2026-03-29T04:00" })),
    ).toContain(
      "starts_at: does not exist in Europe/Berlin: clocks go from 02:00 to 03:00 that day",
    );
  });
});

describe("a scheduled meeting", () => {
  test("is replaced as a whole, but its roster stays where none is given", async () => {
    const id = await schedule();
    const { roster: _, ...later } = lesson({ starts_at: at("10:30"), title: "Later" });
    const response = await counter.send("PUT", `${HOME}/${id}`, later);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      id,
      title: "Later",
      starts_at: at("10:30"),
      counts: { people: 3 },
    });
    await counter.send("PUT", `${HOME}/${id}`, lesson({ roster: "" }));
    expect(await counter.read(`${HOME}/${id}`)).toMatchObject({ title: null, people: [] });
  });

  test("takes its roster as CSV", async () => {
    const id = await schedule();
    const csv = "role,name\nhost,Mia\n";
    const response = await counter.send("PUT", `${HOME}/${id}/roster`, csv, "text/csv");
    expect(await response.json()).toMatchObject({ people: [{ name: "Mia", role: "host" }] });
    expect(
      await refusal("role,name\nboss,Mia\n", "PUT", `${HOME}/${id}/roster`, "text/csv"),
    ).toEqual([400, "bad_schedule", "roster 2: the role must be host or guest"]);
    expect(await counter.read(`${HOME}/${id}`)).toMatchObject({ people: [{ name: "Mia" }] });
    await counter.send("PUT", `${HOME}/${id}/roster`, [{ name: "Zoe" }]);
    expect(await counter.read(`${HOME}/${id}`)).toMatchObject({ people: [{ name: "Zoe" }] });
  });

  test("can be withdrawn, and its names are deleted", async () => {
    const id = await schedule({ roster: "Somebody Unheard-of" });
    expect((await counter.send("DELETE", `${HOME}/${id}`)).status).toBe(200);
    for (const method of ["DELETE", "PUT"]) {
      expect((await counter.send(method, `${HOME}/${id}`, lesson())).status).toBe(404);
    }
    expect((await counter.ask(`${HOME}/${id}`)).status).toBe(404);
    expect((await counter.ask(`${HOME}/nothing`)).status).toBe(404);
    expect(await counter.read(`${HOME}?source=${account.id}`)).toMatchObject({ results: [] });
  });

  test("is the same after a replay", async () => {
    const id = await schedule();
    await deliverBodies(counter.app, account, "algebra", minutes(["10:00", joins("Ada")]));
    const before = await counter.read(`${HOME}/${id}`);
    await replay(counter.app.database, null, () => undefined);
    expect(await counter.read(`${HOME}/${id}`)).toEqual(before);
  });
});

test("the list can be filtered and reversed, a page at a time", async () => {
  for (let n = 0; n < 5; n += 1) {
    await schedule({
      room: n === 4 ? "biology" : "algebra",
      title: `Lesson ${n}`,
      starts_at: at(`1${n}:00`),
      ends_at: at(`1${n}:45`),
      roster: n === 2 ? "Ada\nĐặng Thị" : "Bo",
    });
  }
  const listed = z.object({
    next: z.string().nullable(),
    previous: z.string().nullable(),
    results: z.array(z.object({ title: z.string() })),
  });
  const own = `source=${account.id}`;
  const titles = async (query: string) => {
    const page = listed.parse(await counter.read(`${HOME}?${query}`));
    return { ...page, titles: page.results.map(({ title }) => title.slice(-1)).join("") };
  };
  expect((await titles(own)).titles).toBe("43210");
  expect((await titles(`${own}&order=asc&room=algebra`)).titles).toBe("0123");
  expect((await titles(`${own}&q=ĐẶNG`)).titles).toBe("2");
  expect((await titles(`${own}&q=lesson 3`)).titles).toBe("3");
  expect((await titles(`${own}&from=${at("11:00")}&to=${at("13:00")}`)).titles).toBe("21");
  const first = await titles(`${own}&limit=2`);
  expect([first.titles, first.previous]).toEqual(["43", null]);
  const query = (href: string | null) => new URL(href ?? "").search.slice(1);
  const second = await titles(query(first.next));
  expect(second.titles).toBe("21");
  expect((await titles(query(second.next))).titles).toBe("0");
  expect((await titles(query(second.previous))).titles).toBe("43");
});

test("the attendance is exported as a file", async () => {
  const id = await schedule({ title: "Algebra" });
  await deliverBodies(
    counter.app,
    account,
    "algebra",
    minutes(["10:00", joins("Ada")], ["10:10", joins("=cmd")], ["10:30", leaves("Ada")]),
  );
  vi.setSystemTime(clock("12:00"));
  const response = await counter.ask(`${HOME}/${id}/attendance.csv?tz=Europe/Berlin`);
  expect(response.headers.get("content-disposition")).toContain("expected-Algebra-2026-11-20.csv");
  const [head, ...rows] = (await response.text()).trim().split("\r\n");
  expect(head).toMatch(
    /^position,unmatched,name,email,user_id,role,status,late_by,late_by_ms,seen_as,/,
  );
  expect(rows.map((row) => row.split(",").slice(0, 7).join(","))).toEqual([
    "1,false,Dr Wu,,,host,absent",
    "2,false,Ada,,,guest,left",
    "3,false,Bo,bo@example.org,,guest,absent",
    ",true,,,,,present",
  ]);
  expect(rows[1]).toContain("0:30:00,1800000,exact,exact,exact,0.5");
  expect(rows[3]).toContain("'=cmd");
  expect(await counter.read(`${HOME}/${id}/attendance.json`)).toMatchObject({
    verdict: "only_guest",
  });
});

test("the reading of a roster is shown before it is stored, and again with the stored meeting", async () => {
  const roster = "Klasse 7b\nNachname;Vorname;E-Mail\nMüller;Anna;anna@x.de";
  const response = await counter.send("POST", "/api/v1/rosters/read", { roster });
  expect(response.status).toBe(200);
  const lines = [
    { line: 1, kind: "left_out", notes: ["stands above the heading"] },
    { line: 2, kind: "heading" },
    { line: 3, kind: "person", people: [{ name: "Anna Müller", email: "anna@x.de" }] },
  ];
  const columns = [{ as: "last_name" }, { as: "first_name" }, { as: "email" }];
  expect(await response.json()).toMatchObject({ lines, columns, people_count: 1, faults: [] });

  const several = { roster: "Anna, Ben, Cleo" };
  const asked = await counter.send("POST", "/api/v1/rosters/read", several);
  expect(await asked.json()).toMatchObject({
    lines: [{ kind: "not_understood" }],
    questions: [{ field: "commas" }],
  });
  expect((await refusal(lesson(several)))[0]).toBe(400);
  const stored = await counter.send(
    "POST",
    HOME,
    lesson({ ...several, reading: { commas: "people" } }),
  );
  expect(stored.status).toBe(201);
  expect(await stored.json()).toMatchObject({
    people: [{ name: "Anna" }, { name: "Ben" }, { name: "Cleo" }],
    roster_read: { commas: "people", people_count: 3 },
  });
  expect(await refusal({ roster: ["Ada"] }, "POST", "/api/v1/rosters/read")).toEqual([
    400,
    "bad_schedule",
    "roster: must be text, to be read",
  ]);
  expect(await refusal(lesson({ reading: { commas: "maybe" } }))).toEqual([
    400,
    "bad_schedule",
    "reading.commas: must be one of last_first, people, part_of_name",
  ]);
});

test("weekly meetings are made when a list is read, and can be withdrawn and changed one by one", async () => {
  const lessons = z.object({
    results: z.array(z.object({ id: z.string(), starts_at: z.string() })),
  });
  const listed = async () => {
    const path = `${HOME}?source=${account.id}&order=asc&limit=200`;
    return lessons.parse(await counter.read(path)).results;
  };
  const repeat = { weekdays: [1, 5], until: null };
  const id = await schedule({ title: "Algebra", repeat });
  const first = await listed();
  // Fridays and Mondays of twelve weeks and some days, at ten o'clock in Berlin.
  expect(first.length).toBeGreaterThan(20);
  expect(new Set(first.map(({ starts_at: at }) => at)).size).toBe(first.length);
  expect(await counter.read(`${HOME}/${id}`)).toMatchObject({
    class_list: { name: "Algebra" },
    repeats: { weekdays: [1, 5], until: null, changed_alone: false },
    people: [{ name: "Dr Wu" }, { name: "Ada" }, { name: "Bo" }],
  });
  // Several read the list at once, months later: no occurrence is there twice, and the past ones were made.
  vi.setSystemTime(clock("09:00") + 100 * 86_400_000);
  await Promise.all([listed(), listed(), listed()]);
  const later = await listed();
  expect(later.length).toBeGreaterThan(first.length);
  expect(new Set(later.map(({ starts_at: at }) => at)).size).toBe(later.length);
  // One is withdrawn, and stays withdrawn when those before it are changed.
  const [, second, third] = later;
  const leaveOut = async (one: string | undefined) => {
    const answer = await counter.send("DELETE", `${HOME}/${one}`, {});
    return answer.json();
  };
  // That can be undone, and then it is like the others again.
  const asItWas = await counter.read(`${HOME}/${third?.id}`);
  expect(await leaveOut(third?.id)).toMatchObject({ withdrawn: true, undoable: true });
  const withdrawal = `${HOME}/${third?.id}/withdrawal`;
  const back = await counter.send("DELETE", withdrawal, {});
  expect(await back.json()).toMatchObject({ id: third?.id, title: "Algebra", by: "test" });
  expect(await listed()).toEqual(later);
  expect(await counter.read(`${HOME}/${third?.id}`)).toEqual({
    ...z.looseObject({}).parse(asItWas),
    changed_at: expect.any(String),
  });
  expect((await counter.send("DELETE", withdrawal, {})).status).toBe(404);
  expect(await leaveOut(third?.id)).toMatchObject({ undoable: true });
  const again = lesson({ title: "Algebra", roster: null, repeat: { weekdays: [1, 5] } });
  const moved = { starts_at: second?.starts_at, ends_at: endOf(second?.starts_at) };
  const changed = await counter.send("PUT", `${HOME}/${second?.id}`, { ...again, ...moved });
  expect(changed.status, await changed.clone().text()).toBe(200);
  const after = await listed();
  expect(after.map(({ starts_at: at }) => at)).toEqual(
    later.map(({ starts_at: at }) => at).filter((at) => at !== third?.starts_at),
  );
  // Not in a repetition that was set anew since, and not for an occurrence that was changed alone.
  expect((await counter.send("DELETE", withdrawal, {})).status).toBe(404);
  const alone = after.at(-1);
  const other = { title: "Exam", starts_at: alone?.starts_at, ends_at: endOf(alone?.starts_at) };
  await counter.send("PUT", `${HOME}/${alone?.id}`, lesson(other));
  expect(await leaveOut(alone?.id)).toMatchObject({ undoable: false });
  expect((await counter.send("DELETE", `${HOME}/${alone?.id}/withdrawal`, {})).status).toBe(404);
  // The following ones are withdrawn with it.
  await counter.send("DELETE", `${HOME}/${second?.id}`, { following: true });
  expect((await listed()).map((one) => one.id)).toEqual([id]);
  expect(await refusal(lesson({ repeat: { weekdays: [2] } }))).toEqual([
    400,
    "bad_schedule",
    "repeat.weekdays: must have the day of the first meeting, 5",
  ]);
});

function endOf(startsAt: string | undefined): string {
  return new Date(Date.parse(startsAt ?? "") + 3_600_000).toISOString();
}
