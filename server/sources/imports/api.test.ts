import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { lockRooms } from "#db/recording/rooms.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { eraseNews } from "#server/ingest/project-news.ts";
import { rulesBySource } from "#server/ingest/reread.ts";
import { bytesOf, ZOOM } from "#server/sources/imports/testing/files.ts";

let client: ApiClient;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 9, 20) });
  client = await openApiClient();
});
afterAll(async () => {
  vi.useRealTimers();
  await client.app.close();
});

const HOME = "/api/v1/imports";
const importAnswer = z.object({ id: z.string(), meetings: z.array(z.object({ id: z.string() })) });
async function importZoom(tz: string, file = "participants_81234567890.csv") {
  const response = await client.put(
    `${HOME}?file=${file}&tz=${tz}&dates=month_first&by=Emmy`,
    bytesOf(ZOOM).slice(),
  );
  expect(response.status).toBe(201);
  const { id, meetings } = importAnswer.parse(await response.json());
  return { id, meeting: meetings[0]?.id ?? "" };
}

const people = z.object({ results: z.array(z.object({ id: z.string(), name: z.string() })) });

test("an import in the wrong zone is undone, and the right one replaces it", async () => {
  const wrong = await importZoom("Asia/Kolkata");
  const { results } = people.parse(await client.read("/api/v1/people"));
  const ada = results.find(({ name }) => name === "Ada Lovelace");
  const issued = await client.send("POST", "/api/v1/statements", {
    person_id: ada?.id,
    from: "2026-03-12",
    to: "2026-03-12",
    tz: "UTC",
  });
  const statement = z.object({ id: z.string(), hash: z.string() }).parse(await issued.json());
  const linked = await client.send("POST", "/api/v1/people/links", {
    people: results.slice(0, 2).map(({ id }) => id),
  });
  expect(linked.status).toBe(201);

  expect(await client.read(HOME)).toMatchObject({
    next: null,
    results: [
      {
        id: wrong.id,
        file: "participants_81234567890.csv",
        source: { provider: "import", name: "Zoom file" },
        tz: "Asia/Kolkata",
        dates: "month_first",
        lines_count: 7,
        added_count: 7,
        meetings_count: 1,
        people_count: 4,
        by: "test",
        imported_at: "2026-10-20T00:00:00.000Z",
        taken_back: null,
      },
    ],
  });
  const would = { lines: 7, told_by_others: 0, meetings: 1, meetings_changed: 0, people: 4 };
  expect(await client.read(`${HOME}/${wrong.id}`)).toMatchObject({ would_take_back: would });
  const preview = await client.send("DELETE", `${HOME}/${wrong.id}?dry_run=true`);
  expect(await preview.json()).toEqual({ import: wrong.id, dry_run: true, ...would });
  expect(await client.read(`/api/v1/meetings/${wrong.meeting}`)).toMatchObject({
    status: "ended",
  });

  const undone = await client.send("DELETE", `${HOME}/${wrong.id}`);
  expect(undone.status).toBe(200);
  expect(await undone.json()).toEqual({ import: wrong.id, dry_run: false, by: "test", ...would });
  expect((await client.ask(`/api/v1/meetings/${wrong.meeting}`)).status).toBe(404);
  expect(await client.read("/api/v1/meetings")).toMatchObject({ results: [] });
  expect(await client.read("/api/v1/people")).toMatchObject({ results: [] });
  expect(await client.read("/api/v1/rooms?from=2026-01-01")).toMatchObject({ results: [] });
  expect(await client.read("/api/v1/waits")).toMatchObject({ results: [] });
  expect(await client.read(`${HOME}/${wrong.id}`)).toMatchObject({
    taken_back: { by: "test", at: "2026-10-20T00:00:00.000Z" },
    would_take_back: null,
  });
  for (const path of [`${HOME}/${wrong.id}`, `${HOME}/${wrong.id}?dry_run=true`, `${HOME}/nix`]) {
    expect((await client.send("DELETE", path)).status).toBe(404);
  }
  const checked = await client.ask(
    `/api/v1/statements/${statement.id}/check?hash=${statement.hash}`,
    {},
    "POST",
  );
  expect(await checked.json()).toMatchObject({ verdict: "corrected" });

  const right = await importZoom("Europe/Berlin");
  expect(await client.read(`/api/v1/meetings/${right.meeting}`)).toMatchObject({
    started_at: "2026-03-12T08:55:00.000Z",
    people: [{}, {}, {}, {}],
  });
  // The operator's link between the two people still applies, and they are one person again.
  expect(people.parse(await client.read("/api/v1/people")).results).toHaveLength(3);
  expect((await client.send("DELETE", `${HOME}/${right.id}`)).status).toBe(200);
});

test("the corrections of a meeting are removed with it", async () => {
  const { id, meeting } = await importZoom("Europe/Berlin", "other.csv");
  const meetingJson = z
    .object({
      people: z.array(z.object({ visits: z.array(z.object({ participant_id: z.string() })) })),
    })
    .parse(await client.read(`/api/v1/meetings/${meeting}`));
  const ids = meetingJson.people.flatMap(({ visits }) => visits.slice(0, 1));
  const corrected = await client.send("POST", `/api/v1/meetings/${meeting}/rulings`, {
    verdict: "same",
    participant_ids: ids.slice(0, 2).map((visit) => visit.participant_id),
  });
  expect(corrected.status).toBe(201);
  expect((await client.send("DELETE", `${HOME}/${id}`)).status).toBe(200);
  expect(await client.read("/api/v1/meetings")).toMatchObject({ results: [] });
  expect(await client.app.database.sql`select from events`).toHaveLength(0);
  expect(await client.app.database.sql`select from meetings`).toHaveLength(0);
});

test("an erasure removes the lines, and undoing the import removes nothing more", async () => {
  const { id } = await importZoom("Europe/Berlin", "third.csv");
  await client.app.database.transaction(async (tx) => {
    const [row] = await client.app.database.sql`select source_id, key from rooms`;
    const key = { sourceId: row?.["source_id"], key: row?.["key"] };
    const [room] = await lockRooms(tx, [key]);
    const rules = (await rulesBySource(client.app.database, [key.sourceId])).get(key.sourceId);
    if (!room || !rules) throw new Error("no room");
    const event = { type: "data_deleted", at: Date.now(), reason: "asked for" } as const;
    await eraseNews(tx, [{ room, rules, event, deliveryId: null }], Date.now());
  });
  expect(await client.app.database.sql`select from import_lines`).toHaveLength(0);
  const undone = await client.send("DELETE", `${HOME}/${id}`);
  expect(await undone.json()).toMatchObject({ lines: 0, told_by_others: 0, meetings: 0 });
  expect(await client.read("/api/v1/meetings")).toMatchObject({
    results: [{ people_count: 4, erased: { reason: "asked for" } }],
  });
});

test("the pages of the list are the whole list, newest first", async () => {
  for (const file of ["a.csv", "b.csv", "c.csv"]) {
    vi.setSystemTime(Date.now() + 1_000);
    await client.put(
      `${HOME}?file=${file}&dates=month_first&room=${file}`,
      bytesOf([
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent,In Waiting Room",
        "Bo,,03/12/2026 10:00:00 AM,03/12/2026 10:04:00 AM,4,Yes,,No",
      ]).slice(),
    );
  }
  const listed = z.object({
    next: z.string().nullable(),
    previous: z.string().nullable(),
    results: z.array(z.object({ file: z.string() })),
  });
  const read = async (path: string) => listed.parse(await client.read(path));
  const all = (await read(HOME)).results.map(({ file }) => file);
  expect(all.slice(0, 3)).toEqual(["c.csv", "b.csv", "a.csv"]);
  const files: string[] = [];
  let next: string | null = `${HOME}?limit=2`;
  let last = "";
  while (next !== null) {
    const part: Awaited<ReturnType<typeof read>> = await read(next);
    files.push(...part.results.map(({ file }) => file));
    last = part.previous ?? last;
    next = part.next;
  }
  expect(files).toEqual(all);
  expect((await read(last)).results.map(({ file }) => file)).toEqual(all.slice(4, 6));
  expect((await client.ask(`${HOME}?cursor=nix`)).status).toBe(400);
});
