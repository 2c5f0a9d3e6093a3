import { afterAll, beforeAll, expect, test } from "vitest";
import { insertEntry } from "#db/access/audit.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { AskedParams } from "#server/http/asked.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { ADA } from "#server/testing/actor.ts";
import { readAuditPage } from "./page.ts";

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 20, 12);
const BO: AuditActor = {
  ...ADA,
  kind: "key",
  id: "0197a000-0000-7000-8000-000000000000",
  label: "Bo",
};

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
  const { orm } = client.app.database;
  for (let hour = 0; hour < 7; hour += 1) {
    const about = { kind: "source", id: `s${hour % 2}`, label: `Clinic ${hour}` } as const;
    const entry = { action: "source.paused", about, details: {} } as const;
    // Two at every moment: what stands in the list at once is told apart by its id.
    await insertEntry(orm, hour < 4 ? ADA : BO, entry, NOON + Math.floor(hour / 2) * HOUR);
  }
});
afterAll(() => client.app.close());

const ask = async (path: string) => {
  const answer = await client.ask(path, client.person);
  return { status: answer.status, text: await answer.text() };
};
const labels = async (query: string) => {
  const { text } = await ask(`/api/v1/audit?${query}`);
  return [...text.matchAll(/"label":"Clinic (\d)"/g)].map(([, number]) => number).join("");
};

test("the log is for a person, and for no key", async () => {
  for (const path of ["/api/v1/audit", "/api/v1/audit.csv", "/api/v1/audit.json"]) {
    expect((await client.ask(path)).status).toBe(403);
    expect((await client.ask(path, {})).status).toBe(401);
    expect((await ask(path)).status).toBe(200);
  }
});

test("it is newest first, and narrowed by who, what, about what, when and by words", async () => {
  expect(await labels("")).toBe("6543210");
  expect(await labels("who=command")).toBe("3210");
  expect(await labels(`who=${BO.id}`)).toBe("654");
  expect(await labels("action=source.paused&about=s1")).toBe("531");
  expect(await labels("action=source.resumed")).toBe("");
  expect(await labels("from=2026-11-20T13:00:00Z&to=2026-11-20T14:00:00Z")).toBe("32");
  expect(await labels("from=2026-11-20&to=2026-11-20&tz=UTC")).toBe("6543210");
  expect(await labels("q=clinic+5")).toBe("5");
  expect(await labels("q=bo")).toBe("654");
});

test("its pages are turned there and back, also where several stand at one moment", async () => {
  const shown: string[] = [];
  let path: string | null = "/api/v1/audit?limit=2&q=clinic";
  for (; path !== null; ) {
    const { text } = await ask(path);
    const { next, previous, results } = JSON.parse(text);
    shown.push(
      results.map(({ about }: { about: { label: string } }) => about.label.at(-1)).join(""),
    );
    expect(previous === null).toBe(shown.length === 1);
    path = next;
  }
  expect(shown).toEqual(["65", "43", "21", "0"]);
});

test("a file of it has the same entries, in plain English", async () => {
  const csv = (await ask(`/api/v1/audit.csv?who=${BO.id}&from=2026-11-20&for=people`)).text;
  expect(csv).toContain("paused the source “Clinic 6”");
  expect(csv.match(/Clinic/g)).toHaveLength(3);
  const { text } = await ask("/api/v1/audit.json?who=command");
  expect(JSON.parse(text).results).toMatchObject([{ who: "ada" }, {}, {}, {}]);
});

test("its page names what it cannot read, and is told for how long entries are kept", async () => {
  const asked = new AskedParams("q=clinic&action=flown&from=2026-11-01&to=2026-11-30&elephant=1");
  const machine = { kind: "session", sight: WHOLE_SIGHT, until: 0, epoch: null } as const;
  const viewer = { kind: "key", id: "", name: "Report", scopes: ["read", "write"] } as const;
  expect(
    await readAuditPage(asked, { ...viewer, scopes: [...viewer.scopes], sight: WHOLE_SIGHT }),
  ).toBeNull();
  const page = await readAuditPage(asked, machine);
  expect(page).toMatchObject({ total: 7, keptDays: null, narrowed: { action: null } });
  expect(asked.passedOver().map(({ name }) => name)).toEqual(["action", "elephant"]);
});
