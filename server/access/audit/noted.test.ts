import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { eventually } from "#db/testing/eventually.ts";
import { AUDIT_ACTIONS } from "#domain/access/audit/audit.ts";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { exampleOf } from "#server/access/sight/testing/asking.ts";
import { raiseAlert } from "#server/desk/alerts/testing/raise.ts";
import { operationsIn, partsOf } from "#server/http/openapi/testing/document.ts";
import type { Noted, Operation } from "#server/http/operation.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf, routes } from "#server/http/testing/routes.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { inCalendar } from "#server/scheduled/calendar/testing/in-calendar.ts";
import { bytesOf, ZOOM } from "#server/sources/imports/testing/files.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";

let client: ApiClient;
let account: TestSource;
beforeAll(async () => {
  client = await openApiClient();
  account = await client.app.account();
  const met = minutes(
    ["10:00", joins("Ada", { host: true })],
    ["10:01", joins("Bo")],
    ["10:02", joins("Cy")],
    ["10:03", knocks("Di")],
    ["10:05", stopsWaiting("Di", { since: "10:03" })],
    ["10:28", leaves("Ada")],
    ["10:29", leaves("Bo")],
    ["10:30", leaves("Cy")],
  );
  client.app.now = clock("16:00");
  await deliverBodies(client.app, account, "algebra", met);
});
afterAll(() => client.app.close());

const entry = z.object({
  id: z.number(),
  action: z.string(),
  who: z.object({ kind: z.string(), id: z.string().nullable(), label: z.string() }),
  about: z
    .object({ kind: z.string(), id: z.string().nullable(), label: z.string().nullable() })
    .nullable(),
  details: z.record(z.string(), z.unknown()),
  outcome: z.string(),
  address: z.string().nullable(),
  user_agent: z.string().nullable(),
  sentence: z.string(),
});

async function log(query = ""): Promise<z.infer<typeof entry>[]> {
  const answer = await client.ask(`/api/v1/audit?limit=200${query}`, client.person);
  return z.object({ results: z.array(entry) }).parse(await answer.json()).results;
}

/** Asks as a person at this machine does. */
async function ask(method: string, path: string, body?: unknown, more: object = {}) {
  const headers = { ...client.person, "content-type": "application/json", ...more };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const url = `http://localhost:3000/api/v1/${path}`;
  return answerOf(new Request(url, { method, headers, ...sent }));
}

test("every operation that changes something says what is noted of it, or why nothing is", () => {
  const changing = operationsIn(routes).filter(({ method }) => method !== "GET");
  expect(changing.length).toBeGreaterThan(25);
  for (const { method, path, audit } of changing) {
    expect([method, path, audit]).not.toEqual([method, path, undefined]);
    if (typeof audit === "object" && "nothing" in audit) {
      expect(audit.nothing.length, `${method} ${path}`).toBeGreaterThan(20);
    }
  }
});

test("every file says that it is noted who took it", () => {
  const files = operationsIn(routes).filter(({ file }) => file !== undefined);
  expect(files.length).toBeGreaterThan(7);
  expect(files.filter(({ audit }) => audit !== "file.taken")).toEqual([]);
});

/** What makes something goes before what changes it, and that before what takes it away. */
const ORDER = { GET: 0, POST: 1, PUT: 2, PATCH: 3, DELETE: 4 };

function isByExample({ who, body = null, example }: Pick<Operation, "who" | "body" | "example">) {
  return (who === "write" || who === "manage") && (example !== undefined || body === null);
}

function isSilent(audit: Noted | undefined): boolean {
  return typeof audit === "object" && "nothing" in audit;
}

const idIn = (field: string) => z.looseObject({ [field]: z.string() });

/** Does each thing that can be done, once; returns what the operations say of it, by method and address. */
async function doEverything(): Promise<Map<string, { action: string; by: string }>> {
  const done = new Map<string, { action: string; by: string }>();
  const operations = operationsIn(routes);
  const act = async (
    method: string,
    path: string,
    parts: Record<string, string>,
    body: unknown,
    headers: object = {},
    query = "",
  ): Promise<unknown> => {
    const operation = operations.find(
      (one) => one.method === method && one.path === `/api/v1/${path}`,
    );
    const address = Object.entries(parts).reduce(
      (all, [name, value]) => all.replace(`{${name}}`, value),
      path,
    );
    const [before] = await log();
    const answer = await ask(method, address + query, body, headers);
    expect([Math.floor(answer.status / 100), method, address]).toEqual([2, method, address]);
    const json: unknown = await answer.json();
    const audit = operation?.audit;
    if (audit === undefined || (typeof audit === "object" && "nothing" in audit)) return json;
    const actions: readonly string[] = typeof audit === "string" ? [audit] : audit;
    await eventually(async () => {
      const added = (await log()).filter(({ id }) => id > (before?.id ?? 0));
      expect(
        added.map(({ action }) => action),
        `${method} ${path}`,
      ).toHaveLength(1);
      expect(actions, `${method} ${path}`).toContain(added[0]?.action);
      expect(added[0]?.address, `${method} ${path}`).toBe("192.0.2.7");
    });
    done.set(`${method} /api/v1/${path}`, { action: actions[0] ?? "", by: "person" });
    return json;
  };
  const from = { "x-forwarded-for": "192.0.2.7", "user-agent": "Test" };
  const here = (
    method: string,
    path: string,
    parts: Record<string, string>,
    body: unknown,
    query = "",
  ) => act(method, path, parts, body, from, query);

  const rows = z.object({ results: z.array(z.looseObject({ id: z.string() })) });
  const idsIn = async (path: string) =>
    rows.parse(await client.read(path)).results.map(({ id }) => id);
  const [meeting = ""] = await idsIn("/api/v1/meetings");
  const [room = ""] = await idsIn("/api/v1/rooms?from=2020-01-01");
  const people = await idsIn("/api/v1/people");
  const [one = "", other = "", third = ""] = people;

  const made = idIn("id").parse(await here("POST", "keys", {}, { name: "Report" }));
  await here("DELETE", "keys/{id}", { id: made["id"] ?? "" }, undefined);

  const participants = z
    .object({
      people: z.array(
        z.looseObject({ visits: z.array(z.looseObject({ participant_id: z.string() })) }),
      ),
    })
    .parse(await client.read(`/api/v1/meetings/${meeting}`))
    .people.flatMap(({ visits }) => visits.map(({ participant_id }) => participant_id));
  const ruled = idIn("ruling").parse(
    await here(
      "POST",
      "meetings/{id}/rulings",
      { id: meeting },
      {
        verdict: "note_taker",
        participant_ids: participants.slice(0, 1),
      },
    ),
  );
  const ruling = { id: meeting, ruling: ruled["ruling"] ?? "" };
  await here("DELETE", "meetings/{id}/rulings/{ruling}", ruling, {});

  const link = idIn("link").parse(await here("POST", "people/links", {}, { people: [one, other] }));
  await here("DELETE", "people/links/{id}", { id: link["link"] ?? "" }, {});
  const apart = idIn("apart").parse(
    await here("POST", "people/apart", {}, { people: [one, third] }),
  );
  await here("DELETE", "people/apart/{id}", { id: apart["apart"] ?? "" }, {});

  const roster = "Ada\nDr Wu, host";
  const list = idIn("id").parse(await here("POST", "class-lists", {}, { name: "7b", roster }));
  const listId = list["id"] ?? "";
  await here("PUT", "class-lists/{id}", { id: listId }, { name: "7c" });
  await here("PUT", "rooms/{id}/class-list", { id: room }, { class_list: listId });

  const [calendarOf = ""] = await idsIn("/api/v1/sources");
  const doctor = { name: "Dr Wu", email: null, role: "host" as const };
  const round = { place: "meet.example/round", name: "Round", invited: [doctor] };
  const ids = [await inCalendar(client.app, calendarOf, round)];
  await here("POST", "calendar-events/leave-out", {}, { ids });
  await here("POST", "calendar-events/take", {}, { ids });

  const lesson = {
    ...{ source: account.id, room: "algebra", roster },
    ...{ starts_at: "2026-11-20T10:00:00Z", ends_at: "2026-11-20T10:30:00Z" },
  };
  const scheduled = idIn("id").parse(await here("POST", "scheduled-meetings", {}, lesson));
  const id = scheduled["id"] ?? "";
  await here("PUT", "scheduled-meetings/{id}", { id }, { ...lesson, title: "Algebra" });
  await here("PUT", "scheduled-meetings/{id}/roster", { id }, { roster });
  const person = z
    .object({ people: z.array(z.looseObject({ id: z.string() })) })
    .parse(await client.read(`/api/v1/meetings/${meeting}`)).people[0]?.id;
  const seen = { position: 2, meeting_id: meeting, person_id: person };
  await here("PUT", "scheduled-meetings/{id}/matches", { id }, seen);
  await here("DELETE", "scheduled-meetings/{id}/matches", { id }, { position: 2 });
  await here("DELETE", "scheduled-meetings/{id}", { id }, {});
  const weekly = { ...lesson, room: "physics", repeat: { weekdays: [5] }, roster: "Ada" };
  const first = idIn("id").parse(await here("POST", "scheduled-meetings", {}, weekly));
  const occurrence = { id: first["id"] ?? "" };
  await here("DELETE", "scheduled-meetings/{id}", occurrence, {});
  await here("DELETE", "scheduled-meetings/{id}/withdrawal", occurrence, {});
  await here("DELETE", "class-lists/{id}", { id: listId }, undefined);
  await here("POST", "rosters/read", {}, { roster });

  await here("PUT", "rooms/{id}/title", { id: room }, { title: "Algebra" });
  const ofSource = { id: account.id };
  await here("PATCH", "sources/{id}", ofSource, { name: "Clinic 2", grace_ms: 31_000 });
  await here("DELETE", "sources/{id}/rebuild", ofSource, undefined);
  await here("POST", "sources/{id}/rebuild", ofSource, undefined);
  await here("POST", "sources/{id}/rotate", ofSource, {});
  await here("POST", "sources/{id}/retire", ofSource, {});
  await here("POST", "sources/{id}/pause", ofSource, undefined);
  await here("POST", "sources/{id}/resume", ofSource, undefined);
  await here("PUT", "sources/{id}/api-key", ofSource, { key: "a-key-of-daily" });
  await here("DELETE", "sources/{id}/api-key", ofSource, undefined);
  const chapel = { provider: "generic", name: "Chapel" };
  const added = idIn("id").parse(await here("POST", "sources", {}, chapel));
  await here("DELETE", "sources/{id}", { id: added["id"] ?? "" }, { name: "Chapel" });
  const [delivery = ""] = await idsIn("/api/v1/deliveries");
  await here("POST", "deliveries/{id}/curl", { id: delivery }, undefined);
  await here("POST", "deliveries/replays", {}, { ids: [delivery] });
  await here("PATCH", "installation", {}, { time_zone: "Europe/Berlin" });
  await here("PATCH", "installation", {}, { time_zone: null });

  const days = { person_id: one, from: "2026-11-01", to: "2026-11-30" };
  const statement = idIn("id").parse(await here("POST", "statements", {}, days));
  await here("POST", "statements", {}, days);
  await here("POST", "statements/{id}/check", { id: statement["id"] ?? "" }, {});

  const told = { url: "https://127.0.0.1.example/", triggers: ["participant.joined"] };
  const endpoint = idIn("id").parse(await here("POST", "endpoints", {}, told));
  const ofEndpoint = { id: endpoint["id"] ?? "" };
  await here("PATCH", "endpoints/{id}", ofEndpoint, { rooms: ["ward-*"] });
  await here("POST", "endpoints/{id}/rotate", ofEndpoint, {});
  const tried = idIn("id").parse(await here("POST", "endpoints/{id}/test", ofEndpoint, undefined));
  const attempt = { ...ofEndpoint, attempt: tried["id"] ?? "" };
  await here("POST", "endpoints/{id}/attempts/{attempt}/resend", attempt, undefined);
  const always = { from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" };
  await here("POST", "endpoints/{id}/resend", ofEndpoint, always);
  await here("DELETE", "endpoints/{id}", ofEndpoint, undefined);

  const told15 = { source: account.id, room: "algebra", text: "Running 15 minutes late" };
  await here("PUT", "room-messages", {}, told15);
  const rule = idIn("id").parse(await here("POST", "alert-rules", {}, { kind: "waiting" }));
  const ofRule = { id: rule["id"] ?? "" };
  await here("PATCH", "alert-rules/{id}", ofRule, { after_ms: 0 });
  const alert = { id: await raiseAlert(client.app, ofRule.id, account.id) };
  await here("POST", "alerts/{id}/acknowledge", alert, {});
  await here("DELETE", "alert-rules/{id}", ofRule, undefined);

  const chat = { kind: "slack", address: "https://127.0.0.1.example/" };
  const channel = idIn("id").parse(await here("POST", "alert-channels", {}, chat));
  const ofChannel = { id: channel["id"] ?? "" };
  await here("PATCH", "alert-channels/{id}", ofChannel, { initials: true });
  await here("POST", "alert-channels/{id}/test", ofChannel, undefined);
  await here("DELETE", "alert-channels/{id}", ofChannel, undefined);

  const phone = operationsIn(routes).find(
    ({ path, method }) => path === "/api/v1/me/devices" && method === "POST",
  )?.example;
  const device = idIn("id").parse(await here("POST", "me/devices", {}, phone));
  await here("DELETE", "me/devices/{id}", { id: device["id"] ?? "" }, undefined);
  const shared = idIn("id").parse(await here("POST", "shares", {}, { meeting_id: meeting }));
  await here("DELETE", "shares/{id}", { id: shared["id"] ?? "" }, undefined);
  await here("POST", "set-up-link", {}, undefined);
  await here("PUT", "code-demand", {}, { of: "operators" });
  const guest = { name: "Grace", email: "grace@example.com" };
  const invited = z
    .object({ id: z.string(), invite_url: z.string() })
    .parse(await here("POST", "members", {}, guest));
  const token = invited.invite_url.split("/").at(-1) ?? "";
  await here("POST", "links/{token}", { token }, { password: "three unrelated words" });
  const member = { id: invited.id };
  await here("PATCH", "members/{id}", member, { role: "operator" });
  await here("POST", "members/{id}/link", member, undefined);
  await here("DELETE", "members/{id}/sessions", member, undefined);
  await here("DELETE", "members/{id}", member, undefined);

  const [erased = ""] = await idsIn("/api/v1/people?q=cy");
  await here("POST", "people/{id}/erasure", { id: erased }, { name: "Cy" });
  // Whatever says by its example what it is sent is done without being named here, about what is known of its address.
  const known = new Map([
    ["/api/v1/meetings/{id}", meeting],
    ["/api/v1/rooms/{id}", room],
    ["/api/v1/people/{id}", one],
    ["/api/v1/sources/{id}", account.id],
    ["/api/v1/waits/{id}", (await idsIn("/api/v1/waits?from=2020-01-01T00:00:00Z"))[0]],
  ]);
  const others = operations.filter(
    ({ method, path, ...of }) =>
      method !== "GET" && isByExample(of) && !done.has(`${method} ${path}`) && !isSilent(of.audit),
  );
  for (const operation of others.toSorted((a, b) => ORDER[a.method] - ORDER[b.method])) {
    const { method, path } = operation;
    const named = partsOf(path).map((part): [string, string | undefined] => [
      part,
      known.get(path.slice(0, path.indexOf(`{${part}}`) + part.length + 2)),
    ]);
    if (named.some(([, value]) => value === undefined)) continue;
    const parts = Object.fromEntries(named.map(([part, value = ""]) => [part, value]));
    const json = await here(method, path.replace("/api/v1/", ""), parts, exampleOf(operation));
    const made = z.looseObject({ id: z.string() }).safeParse(json);
    // What was made is what the address below it is about.
    const below = operations.find((one) => one.path.startsWith(`${path}/{`))?.path;
    if (method === "POST" && made.success && below !== undefined) known.set(below, made.data.id);
  }

  const [before] = await log();
  const sent = await client.put(
    "/api/v1/imports?file=a.csv&dates=month_first",
    bytesOf(ZOOM).slice(),
  );
  const imported = idIn("id").parse(await sent.json());
  expect((await log())[0]).toMatchObject({ action: "import.done", who: { kind: "key" } });
  expect((await log()).length).toBeGreaterThan(0);
  expect((await log())[0]?.id).toBeGreaterThan(before?.id ?? 0);
  done.set("POST /api/v1/imports", { action: "import.done", by: "key" });
  await here("DELETE", "imports/{id}", { id: imported["id"] ?? "" }, {});
  return done;
}

test("whatever changes something leaves one entry, of what it says, with who and from where", async () => {
  const done = await doEverything();
  const silent = operationsIn(routes)
    .filter(
      ({ method, audit }) => method !== "GET" && !(typeof audit === "object" && "nothing" in audit),
    )
    .map(({ method, path }) => `${method} ${path}`)
    .filter((one) => !done.has(one));
  // There is none to remove: server/demo/api.test.ts looks at it. And nobody signs in, and no mail is set up:
  // server/access/members.test.ts, server/access/mail.test.ts.
  const ofMembers = ["me/sessions", "me", "me/password", "me/sessions/{id}", "password-resets"];
  expect(
    silent.filter((one) => !ofMembers.some((path) => one.endsWith(` /api/v1/${path}`))),
  ).toEqual([
    "DELETE /api/v1/demonstration",
    // These ask a provider: server/desk/acts/acts.test.ts, server/sources/webhook.test.ts.
    "POST /api/v1/meetings/{id}/acts",
    "POST /api/v1/sources/{id}/webhook",
  ]);
  const all = await log();
  expect(all.filter(({ action }) => !AUDIT_ACTIONS.some((one) => one === action))).toEqual([]);
  expect(all.find(({ action }) => action === "key.created")).toMatchObject({
    who: { kind: "this_machine", id: null, label: "somebody at this machine" },
    about: { kind: "key", label: "Report" },
    user_agent: "Test",
    sentence: "made the key “Report” (read, write, deliver)",
  });
  expect(JSON.stringify(all)).not.toContain("rk_");
});

test("what is refused or does not exist leaves no entry of a change", async () => {
  const [before] = await log();
  const nowhere = "00000000-0000-4000-8000-000000000000";
  expect((await ask("DELETE", `keys/${nowhere}`)).status).toBe(404);
  expect((await ask("POST", "people/links", { people: [nowhere, account.id] })).status).toBe(404);
  expect((await ask("DELETE", `class-lists/${nowhere}`)).status).toBe(404);
  expect((await ask("PUT", `class-lists/${nowhere}`, { name: "X" })).status).toBe(404);
  expect((await ask("DELETE", `scheduled-meetings/${nowhere}`, {})).status).toBe(404);
  expect((await log())[0]).toEqual(before);
});

test("a change is not made where it cannot be noted", async () => {
  const { database } = client.app;
  const keys = async () => (await database.sql`select id from api_keys`).length;
  const before = await keys();
  await database.sql`alter table audit_entries rename to away`;
  vi.spyOn(processContext().log, "error").mockImplementation(() => undefined);
  try {
    expect((await ask("POST", "keys", { name: "Unnoted" })).status).toBe(500);
    expect(await keys()).toBe(before);
  } finally {
    await database.sql`alter table away rename to audit_entries`;
  }
});

test("a key that may not do something is noted, once a minute", async () => {
  const { key } = z
    .object({ key: z.string() })
    .parse(await (await ask("POST", "keys", { name: "Reader", scopes: ["read"] })).json());
  const headers = { authorization: `Bearer ${key}` };
  for (const _ of [1, 2]) {
    expect((await client.ask("/api/v1/keys", headers)).status).toBe(403);
  }
  await eventually(async () => {
    expect(await log("&action=access.refused")).toMatchObject([
      { who: { kind: "key", label: "Reader" }, outcome: "refused", details: { needed: "owner" } },
    ]);
  });
});

test("who takes a file is noted with its rows, when it is sent", async () => {
  const file = await client.ask("/api/v1/people.csv?q=ada&bom=1");
  await file.text();
  await eventually(async () => {
    const [taken] = await log("&action=file.taken");
    expect(taken).toMatchObject({
      who: { kind: "key", label: "test" },
      about: null,
      details: { file: "people.csv", rows: 1, narrowed: ["q"] },
      outcome: "done",
      sentence: "took out people.csv (1 row)",
    });
  });
  const broken = await client.ask("/api/v1/meetings.json");
  await broken.body?.cancel();
  await eventually(async () => {
    expect((await log("&action=file.taken"))[0]).toMatchObject({ outcome: "broken_off" });
  });
});

test("a file is sent also where that cannot be noted, and the log of the process says so", async () => {
  const { database } = client.app;
  const said = vi.spyOn(processContext().log, "error").mockImplementation(() => undefined);
  await database.sql`alter table audit_entries rename to away`;
  try {
    const file = await client.ask("/api/v1/people.csv");
    expect([file.status, (await file.text()).includes("Ada")]).toEqual([200, true]);
    await eventually(async () => {
      expect(said).toHaveBeenCalledWith(
        expect.objectContaining({ lost: expect.objectContaining({ action: "file.taken" }) }),
        expect.stringContaining("missing in the audit log"),
      );
    });
  } finally {
    await database.sql`alter table away rename to audit_entries`;
    said.mockRestore();
  }
});
