import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { clock, joins, leaves, minutes } from "#domain/testing/history.ts";
import { parseUtc } from "#domain/time/time.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { deliverBodies } from "#server/testing/test-app.ts";
import { readRoomsPage } from "./page.ts";
import { readRegisterPage } from "./register.ts";

const NOW = clock("12:00");

let counter: ApiClient;
let id: string;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  counter = await openApiClient();
  const account = await counter.app.account();
  const met = async (room: string, begin: string, end: string) => {
    const [from, to] = [sinceMidnight(begin), sinceMidnight(end)];
    const ada = { session: begin };
    await deliverBodies(
      counter.app,
      account,
      room,
      minutes([from, joins("Ada", ada)], [to, leaves("Ada", { ...ada, joinedAt: from })]),
    );
  };
  for (const [begin, end] of MEETINGS) await met("class", begin, end);
  await met("once", "2026-11-18T18:29", "2026-11-18T19:30");
  const [room] = await counter.app.database.sql`select id::text from rooms where key = 'class'`;
  id = room?.["id"];
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

/** The starts and ends of the meetings, in UTC. */
const MEETINGS = [
  // Lord Howe moves its clocks by half an hour: on 4 October at two they show half past.
  ["2026-10-03T13:20", "2026-10-03T13:25"],
  ["2026-10-03T13:30", "2026-10-03T14:00"],
  ["2026-10-04T12:50", "2026-10-04T12:55"],
  ["2026-10-04T13:00", "2026-10-04T13:50"],
  // Berlin sets its clocks back on 25 October at three: half past two comes twice.
  ["2026-10-24T22:00", "2026-10-24T22:20"],
  ["2026-10-25T00:30", "2026-10-25T00:50"],
  ["2026-10-25T01:30", "2026-10-25T01:50"],
  ["2026-10-25T22:59", "2026-10-25T23:02"],
  ["2026-10-25T23:10", "2026-10-25T23:20"],
  // In Berlin from half past eleven until after midnight.
  ["2026-11-18T22:30", "2026-11-18T23:30"],
] as const;

/** A moment of UTC as a time on the day of the tests. */
function sinceMidnight(utc: string): string {
  const at = parseUtc(`${utc}:00.000Z`) ?? Number.NaN;
  const minute = (at - clock("0:00")) / 60_000;
  const hour = Math.floor(minute / 60);
  return `${hour}:${String(minute - hour * 60).padStart(2, "0")}`;
}

const begun = async (query: string) => {
  const page = await readRegisterPage(
    id,
    new URLSearchParams(query),
    counter.app.database.orm,
    NOW,
  );
  return page?.register.meetings.map(({ startedAt }) =>
    new Date(startedAt ?? 0).toISOString().slice(0, 16),
  );
};
const on = (day: string, tz: string) => begun(`from=${day}&to=${day}&tz=${tz}`);

describe("the day of a meeting in a register", () => {
  test.each([
    ["2026-10-24", []],
    ["2026-10-25", MEETINGS.slice(4, 8)],
    ["2026-10-26", MEETINGS.slice(8, 9)],
  ])("in Berlin, where %s has the length that clocks there show", async (day, meetings) => {
    expect(await on(day, "Europe/Berlin")).toEqual(meetings.map(([begin]) => begin));
  });

  test.each([
    ["2026-10-03", MEETINGS.slice(0, 1)],
    ["2026-10-04", MEETINGS.slice(1, 3)],
    ["2026-10-05", MEETINGS.slice(3, 4)],
  ])("on Lord Howe, which moves its clocks by half an hour: %s", async (day, meetings) => {
    expect(await on(day, "Australia/Lord_Howe")).toEqual(meetings.map(([begin]) => begin));
  });

  test("is the one on which it began, also when it lasts past midnight", async () => {
    expect(await on("2026-11-18", "Europe/Berlin")).toEqual(["2026-11-18T22:30"]);
    expect(await on("2026-11-19", "Europe/Berlin")).toEqual([]);
    expect(await on("2026-11-18", "Asia/Kolkata")).toEqual([]);
    expect(await on("2026-11-19", "Asia/Kolkata")).toEqual(["2026-11-18T22:30"]);
    expect(await on("2026-11-18", "America/St_Johns")).toEqual(["2026-11-18T22:30"]);
  });

  test.each([
    ["2026-11-18", ["class", "once"], ["once"]],
    ["2026-11-19", [], ["class"]],
  ])("decides which rooms a page has: %s", async (day, inBerlin, inKolkata) => {
    const rooms = async (tz: string) => {
      const query = new URLSearchParams(`from=${day}&to=${day}&tz=${tz}&sort=name`);
      const { rows } = await readRoomsPage(query, counter.app.database.orm, NOW);
      return rows.map(({ key }) => key);
    };
    expect(await rooms("Europe/Berlin")).toEqual(inBerlin);
    expect(await rooms("Asia/Kolkata")).toEqual(inKolkata);
  });

  test("has distinct names in a file where the same hour comes twice", async () => {
    const path = `/api/v1/rooms/${id}/register.csv?from=2026-10-25&to=2026-10-25&tz=Europe/Berlin`;
    const [head] = (await (await counter.ask(path)).text()).split("\r\n");
    expect(head?.split(",").slice(-4)).toEqual([
      "2026-10-25 00:00",
      "2026-10-25 02:30",
      "2026-10-25 02:30 (2)",
      "2026-10-25 23:59",
    ]);
    const matrix = path.replace(".csv", ".json").concat("&layout=matrix");
    expect(await counter.read(matrix)).toMatchObject({
      results: [{ "2026-10-25 02:30": "present", "2026-10-25 02:30 (2)": "present" }],
    });
  });
});
