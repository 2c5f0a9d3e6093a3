import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { clock, joins, leaves, minutes } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { deliverBodies } from "#server/testing/test-app.ts";

/*
 * Three lessons of an hour. Ada comes under her user id, under another name without one, and in the second
 * lesson with both: from 9:00 to 9:40 with the one, from 9:30 to 10:00 with the other. Bo comes to all.
 *
 *                 1st      2nd                   3rd        attended     minutes
 *   Ada           60       40                    –          2            100
 *   Ada's iPad    –        30, E no, L yes       L 50       2            80
 *   both          60       60                    L 50       3            170
 */

let counter: ApiClient;
let room: string;
let scheduled: string;
const HOUR = 3_600_000;
const lesson = (weeksAgo: number) => (time: string) => {
  const [hour = "0", rest = "00"] = time.split(":");
  return `${Number(hour) - 24 * 7 * weeksAgo}:${rest}`;
};

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("12:00") });
  counter = await openApiClient();
  const account = await counter.app.account();
  let sessions = 0;
  const was = (at: (time: string) => string, name: string, from: string, to: string) => {
    sessions += 1;
    const who = { session: `s${sessions}`, ...(name === "Ada" ? { user: "7" } : {}) };
    return minutes(
      [at(from), joins(name, who)],
      [at(to), leaves(name, { ...who, joinedAt: at(from) })],
    );
  };
  await deliverBodies(counter.app, account, "algebra", [
    ...[2, 1, 0].flatMap((ago) => was(lesson(ago), "Bo", "9:00", "10:00")),
    ...was(lesson(2), "Ada", "9:00", "10:00"),
    ...was(lesson(1), "Ada", "9:00", "9:40"),
    ...was(lesson(1), "Ada's iPad", "9:30", "10:00"),
    ...was(lesson(0), "Ada's iPad", "9:10", "10:00"),
  ]);
  const [row] = await counter.app.database.sql`select id::text from rooms where key = 'algebra'`;
  room = row?.["id"];
  const response = await counter.send("POST", "/api/v1/scheduled-meetings", {
    source: account.id,
    room: "algebra",
    starts_at: new Date(clock("9:00")).toISOString(),
    ends_at: new Date(clock("10:00")).toISOString(),
    roster: [{ name: "Ada", user_id: "7" }, { name: "Bo" }],
  });
  scheduled = z.object({ id: z.string() }).parse(await response.json()).id;
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

const ASKED = "from=2026-10-20&to=2026-11-20&tz=UTC&share=50";
const register = () => counter.read(`/api/v1/rooms/${room}/register?${ASKED}`);
const expected = () => counter.read(`/api/v1/scheduled-meetings/${scheduled}`);

const listed = z.object({ results: z.array(z.object({ id: z.string(), name: z.string() })) });
async function idOf(name: string): Promise<string> {
  const { results } = listed.parse(await counter.read("/api/v1/people"));
  return results.find((one) => one.name === name)?.id ?? "";
}

async function csv(path: string): Promise<string[]> {
  const text = await (await counter.ask(path)).text();
  return text.split("\r\n").filter((line) => line !== "");
}

test("joined people are one in a register, its files, a roster, a record and a statement", async () => {
  const before = await register();
  const rosterBefore = await expected();
  expect(before).toMatchObject({
    people: [
      { key: "u:7", attended_count: 2, attended_ms: 100 * 60_000, late_count: 0 },
      { key: "n:ada's ipad", attended_count: 2, attended_ms: 80 * 60_000, late_count: 2 },
      { key: "n:bo", attended_count: 3 },
    ],
    summary: { unique_count: 3, attendances_count: 7, regulars_count: 1 },
  });
  expect(rosterBefore).toMatchObject({
    people: [{ status: "absent" }, { status: "left" }],
    unmatched: [{ seen_as: "Ada's iPad" }],
  });

  const people = await Promise.all([idOf("Ada"), idOf("Ada's iPad")]);
  const joined = await counter.send("POST", "/api/v1/people/links", { people });
  expect(joined.status).toBe(201);
  const { link } = z.object({ link: z.string() }).parse(await joined.json());

  expect(await register()).toMatchObject({
    meetings: [{ attended_count: 2 }, { attended_count: 2 }, { attended_count: 2 }],
    people: [
      {
        name: "Ada's iPad",
        aliases: ["Ada"],
        user_id: "7",
        identified_by: "operator",
        ambiguous: false,
        attended_count: 3,
        attended_ms: 170 * 60_000,
        share: 0.9444,
        late_count: 1,
        left_early_count: 0,
        regular: true,
        cells: [
          { state: "present", attended_ms: HOUR },
          { state: "present", attended_ms: HOUR, share: 1 },
          { state: "late", attended_ms: 50 * 60_000 },
        ],
      },
      { key: "n:bo", attended_count: 3 },
    ],
    summary: { unique_count: 2, attendances_count: 6, regulars_count: 2, late_count: 1 },
  });

  const file = `/api/v1/rooms/${room}/register`;
  expect((await csv(`${file}.csv?${ASKED}`)).slice(1)).toEqual([
    "Ada's iPad,7,operator,false,3,3,0,2:50:00,10200000,0.9444,0,1,0,true,,false,,present,present,late",
    "Bo,,name,false,3,3,0,3:00:00,10800000,1,0,0,0,true,,false,,present,present,present",
  ]);
  expect(await csv(`${file}.csv?${ASKED}&layout=list`)).toHaveLength(1 + 2 * 3);
  const workbook = await counter.ask(`${file}.xlsx?${ASKED}`);
  const { sheets } = await readXlsx(new Uint8Array(await workbook.arrayBuffer()));
  expect(sheets[0]?.rows.map((row) => row[0])).toEqual(["Person", "Ada's iPad", "Bo"]);
  expect(await counter.read(`${file}.json?${ASKED}`)).toMatchObject({
    results: [{ person: "Ada's iPad" }, { attended_ms: HOUR }, {}, {}, {}, {}],
  });

  expect(await expected()).toMatchObject({
    counts: { people: 2, left: 2, absent: 0, unmatched: 0 },
    people: [
      { status: "left", matched_by: "joined", seen_as: "Ada's iPad", late_by_ms: 10 * 60_000 },
      { status: "left", matched_by: "name" },
    ],
    unmatched: [],
  });
  const sheet = await csv(`/api/v1/scheduled-meetings/${scheduled}/attendance.csv`);
  expect(sheet.filter((line) => line.includes("joined"))).toHaveLength(2);

  // Both ids lead to the joined person.
  for (const id of people) {
    expect(await counter.read(`/api/v1/people/${id}/meetings`)).toMatchObject({
      results: [{ attended_ms: 50 * 60_000 }, { attended_ms: HOUR }, { attended_ms: HOUR }],
    });
    const record = await csv(`/api/v1/people/${id}/record.csv`);
    expect(record).toHaveLength(1 + 3);
    const stated = await counter.send("POST", "/api/v1/statements", {
      person_id: id,
      from: "2026-10-20",
      to: "2026-11-20",
      tz: "UTC",
    });
    expect(await stated.json()).toMatchObject({ facts: { attended_ms: 170 * 60_000 } });
  }

  const parted = await counter.ask(
    `/api/v1/people/links/${link}`,
    { authorization: `Bearer ${counter.key}` },
    "DELETE",
  );
  expect(parted.ok).toBe(true);
  expect(await register()).toEqual(before);
  expect(await expected()).toEqual(rosterBefore);
});
