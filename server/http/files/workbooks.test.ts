import { type CellValue, readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";

const NOW = clock("12:00");

let counter: ApiClient;
let account: TestSource;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  counter = await openApiClient();
  account = await counter.app.account();
  await deliverBodies(
    counter.app,
    account,
    "desk",
    minutes(
      // At ten =Mia hosts. Bo waits two minutes and is let in for half an hour, Cy gives up after three.
      ["10:00", joins("=Mia", { user: "mia", host: true })],
      ["10:05", knocks("Bo")],
      ["10:07", stopsWaiting("Bo", { since: "10:05" })],
      ["10:07", joins("Bo")],
      ["10:20", knocks("Cy")],
      ["10:23", stopsWaiting("Cy", { since: "10:20" })],
      ["10:37", leaves("Bo", { joinedAt: "10:07" })],
      ["11:00", leaves("=Mia", { user: "mia", joinedAt: "10:00", host: true })],
    ),
  );
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

/** The rows of a workbook by the headings of their columns, and the file's name. */
async function workbook(path: string): Promise<{
  name: string;
  about: Record<string, CellValue>;
  rows: Record<string, CellValue>[];
}> {
  const response = await counter.ask(path);
  expect(response.status).toBe(200);
  const { sheets } = await readXlsx(new Uint8Array(await response.arrayBuffer()));
  const [heads = [], ...rows] = sheets[0]?.rows ?? [];
  return {
    name: response.headers.get("content-disposition") ?? "",
    about: Object.fromEntries(sheets.at(-1)?.rows.map(([label, text]) => [label, text]) ?? []),
    rows: rows.map((row) =>
      Object.fromEntries(heads.map((head, at) => [String(head), row[at] ?? null])),
    ),
  };
}

const asked = () => `source=${account.id}&tz=Asia/Kolkata`;
const shown = (time: string) => new Date(`2026-11-20T${time}Z`);

describe("as XLSX", () => {
  test("people are as in their list, and names are no formulas", async () => {
    const { name, about, rows } = await workbook(
      `/api/v1/people.xlsx?${asked()}&sort=name&order=asc&from=2026-11-01&to=2026-11-20`,
    );
    expect(about).toMatchObject({
      "What this is": "People",
      Days: "2026-11-01 to 2026-11-20",
      "As of": "2026-11-20 17:30:00",
      "Time zone of all dates and times": "Asia/Kolkata",
    });
    expect(name).toContain("people-2026-11-20.xlsx");
    expect(rows.map((row) => row["Name"])).toEqual(["=Mia", "Bo", "Cy"]);
    expect(rows[1]).toMatchObject({
      Guest: "yes",
      Meetings: 1,
      "Attended (min)": 30,
      "Average wait until admitted (min)": 2,
      "First met (Asia/Kolkata)": shown("15:35:00"),
    });
  });

  test("a person's record has a row for each meeting", async () => {
    const people = await counter.read(`/api/v1/people.json?${asked()}&q=Bo`);
    const { results } = z
      .object({ results: z.array(z.object({ person_id: z.string() })) })
      .parse(people);
    const id = results[0]?.person_id;
    const { name, rows } = await workbook(`/api/v1/people/${id}/record.xlsx?tz=Asia/Kolkata`);
    expect(name).toContain("record-Bo-2026-11-20.xlsx");
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      Room: "desk",
      "First in (Asia/Kolkata)": shown("15:37:00"),
      "Attended (min)": 30,
      "Share of the meeting": 0.5,
      "Waited (min)": 2,
      "How the last wait ended": "admitted",
    });
  });

  test("waits have their length and their outcome", async () => {
    const { name, rows } = await workbook(`/api/v1/waits.xlsx?${asked()}`);
    expect(name).toContain("waits-2026-11-20.xlsx");
    expect(rows.map((row) => [row["Name"], row["How it ended"], row["Waited (min)"]])).toEqual([
      ["Cy", "left before admitted", 3],
      ["Bo", "admitted", 2],
    ]);
  });

  test("a register names the start from which late counts", async () => {
    const { results } = z
      .object({ results: z.array(z.object({ id: z.string() })) })
      .parse(await counter.read(`/api/v1/rooms?${asked()}`));
    const path = `/api/v1/rooms/${results[0]?.id}/register.xlsx?tz=Asia/Kolkata`;
    const { rows } = await workbook(`${path}&layout=list`);
    expect(rows.find((row) => row["Person"] === "Bo")).toMatchObject({
      Attendance: "late and left early",
      "Late counts from (Asia/Kolkata)": shown("15:30:00"),
      "What late counts from": "when the first host came in",
      "May be two of one name": "no",
    });
    const { rows: matrix, about } = await workbook(path);
    expect(Object.keys(matrix[0] ?? {})).toEqual(
      expect.arrayContaining(["Not seen lately", "Meetings too short to count"]),
    );
    expect(Object.keys(about)).toContain("Not seen lately");
  });

  test("a register has its meetings next to the names, and as numbers on sheets of their own", async () => {
    const { results } = z
      .object({ results: z.array(z.object({ id: z.string() })) })
      .parse(await counter.read(`/api/v1/rooms?${asked()}`));
    const path = `/api/v1/rooms/${results[0]?.id}/register.xlsx?tz=Asia/Kolkata`;
    const file = await (await counter.ask(path)).arrayBuffer();
    const { sheets } = await readXlsx(new Uint8Array(file), { readStyles: true });
    expect(sheets.map(({ name }) => name)).toEqual([
      "Register of desk",
      "Minutes attended",
      "Share attended",
      "About",
    ]);
    const [states, minuteSheet, shares] = sheets;
    expect(states?.rows[0]?.slice(0, 6)).toEqual([
      "Person",
      "Meetings attended",
      "Share of all meeting time",
      "Times late",
      "2026-11-20 15:30",
      "User id or e-mail",
    ]);
    const lastColumnOf = (sheet: typeof states) =>
      sheet?.rows.slice(1).map((row) => [row[0], row.at(-1) ?? null]);
    expect(minuteSheet?.rows[0]).toEqual(["Person", "Attended (min)", "2026-11-20 15:30 (min)"]);
    expect(lastColumnOf(minuteSheet)).toEqual([
      ["Bo", 30],
      ["Cy", 0],
      ["=Mia", 60],
    ]);
    expect(lastColumnOf(shares)).toEqual([
      ["Bo", 0.5],
      ["Cy", 0],
      ["=Mia", 1],
    ]);
    const formats = (sheet: typeof states) =>
      new Set([...(sheet?.cells?.values() ?? [])].map(({ style }) => style?.numFmt));
    expect(formats(minuteSheet)).toContain("#,##0.0");
    expect(formats(shares)).toContain("0.0%");
  });

  test("the file of lost people has only them", async () => {
    const { name, rows } = await workbook(`/api/v1/waiting/lost.xlsx?${asked()}`);
    expect(name).toContain("waits-lost-2026-11-20.xlsx");
    expect(rows.map((row) => [row["Name"], row["Wait ended (Asia/Kolkata)"]])).toEqual([
      ["Cy", shown("15:53:00")],
    ]);
  });
});
