import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { makeLink } from "#db/access/links.ts";
import { insertMember } from "#db/access/members.ts";
import { addDevice } from "#db/desk/alerts/devices.ts";
import { addHours } from "#db/sources/refusal-hours.ts";
import { changeSource } from "#db/sources/sources.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { seedHistory } from "#server/demo/seed/seed.ts";
import { raiseAlert } from "#server/desk/alerts/testing/raise.ts";
import type { Schema } from "#server/http/schema.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { routes } from "#server/http/testing/routes.ts";
import { encrypt } from "#server/runtime/encryption.ts";
import { inCalendar } from "#server/scheduled/calendar/testing/in-calendar.ts";
import { bytesOf, ZOOM } from "#server/sources/imports/testing/files.ts";
import { SECRET } from "#server/testing/test-app.ts";
import { operationsIn, partsOf } from "./testing/document.ts";

/** Some weeks in which people knock, come in, give up, host and come back, in rooms of three providers. */
const EVENTS = 3_000;
const DOWNLOAD = "an-id-of-a-download";

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
  const { database, url } = client.app;
  const options = { events: EVENTS, seed: 1, until: Date.UTC(2026, 5, 12), now: Date.now };
  await seedHistory({ database, url, secret: SECRET }, { ...options, threads: 1 }, () => undefined);
});
afterAll(() => client.app.close());

const rows = z.object({ results: z.array(z.looseObject({ id: z.string() })) });
/** The ids in a list. */
async function idsIn(path: string): Promise<string[]> {
  return rows.parse(await client.read(path)).results.map(({ id }) => id);
}

const entered = z.looseObject({ id: z.string() });
/** Enters something, and returns what is answered. */
async function enter<Kind extends z.ZodType>(path: string, body: object, kind: Kind) {
  const answer = await client.send("POST", `/api/v1/${path}`, body);
  expect([answer.status, path]).toEqual([201, path]);
  return kind.parse(await answer.json());
}

/** Makes a shared link, and returns the last part of its address. */
async function tokenOf(body: object): Promise<string> {
  const { url } = await enter("shares", body, z.object({ url: z.string() }));
  return url.split("/").at(-1) ?? "";
}

/** Projects a delivery again, and returns the id of the job. */
async function replayOfOne(): Promise<string> {
  const ids = (await idsIn("/api/v1/deliveries")).slice(0, 1);
  const begun = await client.send("POST", "/api/v1/deliveries/replays", { ids });
  expect(begun.status).toBe(202);
  return entered.parse(await begun.json()).id;
}

/** What a part of an address may be, by the address up to it. */
async function valuesOfParts(): Promise<Record<string, string[]>> {
  const meetings = await idsIn("/api/v1/meetings?limit=30&q=a");
  const rooms = await idsIn("/api/v1/rooms?from=2020-01-01&limit=10");
  const people = await idsIn("/api/v1/people?limit=20&q=a");
  const [source = "", ...others] = await idsIn("/api/v1/sources");
  expect(others.length).toBeGreaterThan(0);
  const [one = "", other = "", third = "", fourth = ""] = people;
  await enter("people/links", { people: [one, other] }, z.object({ link: z.string() }));
  await enter("people/apart", { people: [third, fourth] }, z.object({ apart: z.string() }));
  const list = { name: "Class", roster: "Dr Wu, host\nAda <ada@example.org>" };
  const { id: classList } = await enter("class-lists", list, entered);
  const [room = ""] = rooms;
  const put = await client.send("PUT", `/api/v1/rooms/${room}/class-list`, {
    class_list: classList,
  });
  expect(put.status).toBe(200);
  const times = { starts_at: "2026-06-01T10:00:00Z", ends_at: "2026-06-01T11:00:00Z" };
  const lesson = { source, room: "algebra", ...times, class_list: classList };
  const { id: scheduled } = await enter("scheduled-meetings", lesson, entered);
  const doctor = { name: "Dr Wu", email: null, role: "host" as const };
  const round = { place: "meet.example/algebra", name: "Round", invited: [doctor] };
  await inCalendar(client.app, source, round);
  const days = { from: "2026-01-01", to: "2026-12-31" };
  const { id: statement } = await enter("statements", { person_id: one, ...days }, entered);
  const sent = await client.put(
    "/api/v1/imports?file=a.csv&dates=month_first",
    bytesOf(ZOOM).slice(),
  );
  const { orm } = client.app.database;
  const key = { sealedApiKey: encrypt("a-key", SECRET), apiKeyAt: Date.now() };
  for (const id of [source, ...others]) await changeSource(orm, id, key);
  const phone = { name: "Phone", mark: "1", shown: "push.example", sealed: key.sealedApiKey };
  await addDevice(orm, { ...phone, memberId: null, by: "Ada" }, Date.now());
  await insertMember(orm, { name: "Ada", email: "ada@x.org", role: "viewer", sight: WHOLE_SIGHT });
  const link = await makeLink(orm, "set_up", null, Date.now());
  const shared = await tokenOf({ meeting_id: meetings[0] });
  const board = await tokenOf({ kind: "wallboard" });
  expect(sent.status).toBe(201);
  const hour = Math.floor(Date.now() / 3_600_000) * 3_600_000;
  const refused = { sourceId: source, reason: "signature_mismatch", hour } as const;
  await addHours(orm, [{ ...refused, count: 3, lastAt: hour, lastAddress: "192.0.2.7" }]);
  await enter("room-groups", { name: "Dr Wolf", rooms: ["wolf*"] }, entered);
  const told = { url: "https://93.184.216.34/", triggers: ["participant.joined"] };
  const { id: endpoint } = await enter("endpoints", told, entered);
  const chat = { kind: "slack", address: "https://93.184.216.34/" };
  await enter("alert-channels", chat, entered);
  const rule = await enter("alert-rules", { kind: "waiting", sources: [source] }, entered);
  await raiseAlert(client.app, rule.id, source);
  const always = { from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" };
  const resending = await client.send("POST", `/api/v1/endpoints/${endpoint}/resend`, always);
  const { id: resent } = entered.parse(await resending.json());
  const file = await client.ask(`/api/v1/meetings.csv?download=${DOWNLOAD}`);
  expect((await file.text()).length).toBeGreaterThan(100);
  return {
    "meetings/{id}": meetings,
    "bots/{bot}": meetings.slice(0, 3),
    "app_sessions/{bot}": meetings.slice(0, 1),
    "rooms/{id}": rooms,
    "sources/{id}": [source],
    "people/{id}": people.slice(4),
    "people/{id}/with/{other}": [third],
    "deliveries/replays/{id}": [await replayOfOne()],
    "scheduled-meetings/{id}": [scheduled],
    "statements/{id}": [statement],
    "endpoints/{id}/resend/{job}": [resent],
    "downloads/{id}": [DOWNLOAD],
    "links/{token}": [link],
    "shared/{token}": [shared],
    "wallboards/{token}": [board],
  };
}

/** The ids that the list above a part of an address has, as of `sources` for `sources/{id}`. */
async function idsOf(path: string, list: string): Promise<string[]> {
  const isListed = operationsIn(routes).some((one) => one.path === list && one.method === "GET");
  if (!isListed || partsOf(list).length > 0)
    throw new Error(`nothing is known to ask ${path} with`);
  return idsIn(list);
}

/** An address with each value that its parts may have. */
async function addressesOf(path: string, values: Record<string, string[]>): Promise<string[]> {
  let all = [path];
  for (const part of partsOf(path)) {
    const upTo = path.slice(0, path.indexOf(`{${part}}`)).replace("/api/v1/", "");
    const name = `${upTo}{${part}}`;
    if (part !== "format") values[name] ??= await idsOf(path, `/api/v1/${upTo.slice(0, -1)}`);
    const known = part === "format" ? ["json"] : (values[name] ?? []);
    all = all.flatMap((one) => known.map((value) => one.replace(`{${part}}`, value)));
  }
  return all;
}

test("every address that can be read answers as it is documented, with a history in it", async () => {
  const values = await valuesOfParts();
  const reading = operationsIn(routes).filter(({ method }) => method === "GET");
  expect(reading.length).toBeGreaterThan(35);
  for (const { path, takes, who, text } of reading) {
    const addresses = await addressesOf(path, values);
    expect(addresses.length, `${path} can be asked`).toBeGreaterThan(0);
    // A list without days is of the last weeks, in which nothing happened.
    const query = "from" in takes ? "?from=2020-01-01" : "";
    for (const address of addresses) {
      const headers = who === "owner" || who === "self" ? client.person : undefined;
      const answer = await client.ask(address + query, headers);
      expect([answer.status, address]).toEqual([200, address]);
      if (text !== undefined) continue;
      const list = listed.safeParse(await answer.json());
      if (path === OF_MEMBERS || path.includes("{")) continue;
      if (list.success) expect(list.data.results, path).not.toEqual([]);
    }
  }
});

/** Nobody has signed in, so nobody has a session. */
const OF_MEMBERS = "/api/v1/me/sessions";
const listed = z.object({ results: z.array(z.unknown()) });

test("a schema refuses what it does not know", async () => {
  const [operation] = operationsIn(routes).filter(
    ({ path, method }) => path === "/api/v1/meetings/{id}" && method === "GET",
  );
  const schema = operation?.answers[200];
  const [id = ""] = await idsIn("/api/v1/meetings?limit=1");
  const meeting: unknown = await client.read(`/api/v1/meetings/${id}`);
  expect(issuesOf(schema, meeting)).toBe(0);
  expect(issuesOf(schema, { ...record.parse(meeting), seq: "1" })).toBe(1);
  expect(issuesOf(schema, { ...record.parse(meeting), seq: undefined })).toBe(1);
});

const record = z.record(z.string(), z.unknown());

function issuesOf(schema: Schema | string | undefined, value: unknown): number {
  if (schema === undefined || typeof schema === "string") throw new TypeError("no schema");
  return z.safeParse(schema, value).error?.issues.length ?? 0;
}
