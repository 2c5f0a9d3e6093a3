import { readXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { operationsIn } from "#server/http/openapi/testing/document.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { routes } from "#server/http/testing/routes.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";

const NOW = clock("12:00");
const LESSON = minutes(
  ["10:00", joins("Mia", { user: "mia", host: true })],
  ["10:05", knocks("Bo")],
  ["10:08", stopsWaiting("Bo", { since: "10:05" })],
  ["10:30", leaves("Mia", { user: "mia", joinedAt: "10:00", host: true })],
);

let counter: ApiClient;
let real: TestSource;
let invented: TestSource;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  counter = await openApiClient();
  [real, invented] = [await counter.app.account(), await counter.app.account()];
  await counter.app.database.sql`update sources set is_demo = true where id = ${invented.id}`;
  await deliverBodies(counter.app, real, "algebra", LESSON);
  await deliverBodies(counter.app, invented, "clinic", LESSON);
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

const idsIn = z.object({ results: z.array(z.object({ id: z.string() })) });

/** The files of a source, by their subject. */
async function filesOf({ id }: TestSource): Promise<[of: string, path: string, query: string][]> {
  const first = async (list: string) =>
    idsIn.parse(await counter.read(`/api/v1/${list}?source=${id}`)).results[0]?.id;
  const [meeting, room, person] = [
    await first("meetings"),
    await first("rooms"),
    await first("people"),
  ];
  return [
    ["a meeting", `meetings/${meeting}/attendance`, ""],
    ["a register", `rooms/${room}/register`, ""],
    ["a register's list", `rooms/${room}/register`, "layout=list"],
    ["a record", `people/${person}/record`, ""],
    ...OF_SOURCES.map((path): [string, string, string] => [path, path, `source=${id}`]),
  ];
}

/** The files of what can be narrowed to a source, found by listing them. */
const OF_SOURCES = operationsIn(routes).flatMap(({ file, path, takes }) =>
  file !== undefined && "source" in takes && !path.includes("{id}")
    ? [path.replace("/api/v1/", "").replace(".{format}", "")]
    : [],
);

const KINDS = [...OF_SOURCES, "a meeting", "a register", "a register's list", "a record"];

test("there are files of sources", () => {
  expect(OF_SOURCES).toEqual(expect.arrayContaining(["meetings", "waits", "waiting/lost"]));
});

const OF_ONE_SOURCE = new Set(["a meeting", "a register", "a register's list"]);

describe.each(KINDS)("a file of %s", (of) => {
  async function fileOf(account: TestSource, ending: string, more = "") {
    const [, path, query] = (await filesOf(account)).find(([kind]) => kind === of) ?? [];
    return counter.ask(`/api/v1/${path}.${ending}?${query}&${more}`);
  }

  async function lastColumn(account: TestSource): Promise<string[]> {
    const text = await (await fileOf(account, "csv")).text();
    return text
      .trimEnd()
      .split("\r\n")
      .map((line) => line.split(",").at(-1) ?? "");
  }

  test("marks rows of a demonstration in its last column, and has no such column where all is real", async () => {
    const [name, ...all] = await lastColumn(invented);
    expect([name, new Set(all)]).toEqual(["demo", new Set(["true"])]);
    const [other, ...those] = await lastColumn(real);
    if (OF_ONE_SOURCE.has(of)) expect(other).not.toBe("demo");
    else expect([other, new Set(those)]).toEqual(["demo", new Set(["false"])]);
  });

  test("shows that to people among the leading columns, and on the sheet about the file", async () => {
    const file = await fileOf(invented, "xlsx");
    const { sheets } = await readXlsx(new Uint8Array(await file.arrayBuffer()));
    const [heads = [], ...rows] = sheets[0]?.rows ?? [];
    const at = heads.indexOf("Demonstration");
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(3);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row[at]).toBe("yes");
    const about = new Map(sheets.at(-1)?.rows.map(([label, text]) => [label, text]));
    expect(about.get("Demonstration")).toContain("made up by simulate or seed");

    const csv = await (await fileOf(invented, "csv", "for=people")).text();
    expect(csv.split("\r\n")[0]).toContain("Demonstration");
  });
});

test("a file of one meeting has the mark in its title, and a real one has none", async () => {
  const titleOf = async (account: TestSource) => {
    const [, path] = (await filesOf(account)).find(([kind]) => kind === "a meeting") ?? [];
    const file = await counter.ask(`/api/v1/${path}.xlsx`);
    const { sheets } = await readXlsx(new Uint8Array(await file.arrayBuffer()));
    return { title: sheets.at(-1)?.rows[0]?.[1], heads: sheets[0]?.rows[0] };
  };
  expect((await titleOf(invented)).title).toBe("Attendance of clinic (demonstration)");
  const { title, heads } = await titleOf(real);
  expect(title).toBe("Attendance of algebra");
  expect(heads).not.toContain("Demonstration");
});
