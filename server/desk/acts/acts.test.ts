import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { listEntries } from "#db/access/audit.ts";
import { createKey } from "#db/access/keys.ts";
import { changeSource } from "#db/sources/sources.ts";
import { eventually } from "#db/testing/eventually.ts";
import { type Sight, WHOLE_SIGHT } from "#domain/access/sight.ts";
import type { AskedActs } from "#domain/desk/acts/asked-act.ts";
import { isAskedActs } from "#domain/live/asked-acts-reading.ts";
import { joins, leaves } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf } from "#server/http/testing/routes.ts";
import { type LiveTestServer, openLiveTestServer } from "#server/live/testing/live-server.ts";
import { encrypt } from "#server/runtime/encryption.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { FAULTLESS, StandIn } from "#server/sources/catching-up/testing/stand-in.ts";
import { deliverBodies, SECRET, type TestSource } from "#server/testing/test-app.ts";

const KEY = "a-key-of-an-account";
const TOKEN = "a-token-of-an-owner";

let client: ApiClient;
/** Another process, to which the screens are connected. */
let live: LiveTestServer;
let daily: TestSource;
let attendee: TestSource;
/** What the stand-ins were asked, with what. */
const asked: { path: string; body: unknown }[] = [];
let isInRoom = true;
let refusal: object | null = null;

function answer({ pathname }: URL, method: string, body: string): unknown {
  asked.push({ path: `${method} ${pathname}`, body: body === "" ? null : JSON.parse(body) });
  if (refusal !== null) return refusal;
  if (pathname === "/rooms/ward%203") return { url: "https://clinic.daily.co/ward%203" };
  if (pathname === "/meeting-tokens") return { token: TOKEN };
  if (pathname.endsWith("/eject")) {
    const { ids } = z.object({ ids: z.array(z.string()) }).parse(JSON.parse(body));
    return { ejectedIds: isInRoom ? ids : [] };
  }
  return pathname.endsWith("/admit_from_waiting_room") ? null : undefined;
}
const atDaily = new StandIn(`Bearer ${KEY}`, answer);
const atAttendee = new StandIn(`Token ${KEY}`, answer);
let addresses: { daily: string; attendee: string };

beforeAll(async () => {
  client = await openApiClient();
  live = await openLiveTestServer(client.app);
  daily = await client.app.account("daily");
  attendee = await client.app.account("attendee");
  addresses = { daily: await atDaily.open(), attendee: await atAttendee.open() };
  const now = Date.now();
  await deliverBodies(client.app, daily, "ward 3", [joins("Ada")(now - 60_000)]);
  await deliverBodies(client.app, attendee, "bot_1", [joins("Bo")(now - 60_000)]);
});
afterAll(async () => {
  processContext().env.providerApi = null;
  atDaily.close();
  atAttendee.close();
  await live.close();
  await client.app.close();
});

const keep = (source: TestSource, key: string) =>
  changeSource(client.app.database.orm, source.id, {
    sealedApiKey: encrypt(key, SECRET),
    apiKeyAt: Date.now(),
  });

const row = z.object({
  id: z.string(),
  room: z.string(),
  people: z.array(z.object({ id: z.string(), name: z.string().nullable(), status: z.string() })),
});

async function meetingIn(room: string) {
  const { results } = z
    .object({ results: z.array(z.object({ id: z.string(), room: z.string() })) })
    .parse(await client.read("/api/v1/meetings"));
  const found = results.find((one) => one.room === room);
  return row.parse(await client.read(`/api/v1/meetings/${found?.id}`));
}

/** Asks as a person at this machine does, who gives a name. */
async function act(provider: "daily" | "attendee", meeting: string, body: object) {
  processContext().env.providerApi = addresses[provider];
  const answered = await answerOf(
    new Request(`http://localhost:3000/api/v1/meetings/${meeting}/acts`, {
      method: "POST",
      headers: { ...client.person, "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  );
  const text = await answered.text();
  expect(text).not.toContain(KEY);
  return { status: answered.status, ...z.looseObject({}).parse(JSON.parse(text)) };
}

async function lastEntries(limit: number) {
  const all = { action: null, who: null, about: null, q: null, from: null, to: null };
  const entries = await listEntries(client.app.database.orm, all, null, limit);
  expect(JSON.stringify(entries)).not.toMatch(new RegExp(`${KEY}|${TOKEN}`));
  return entries.map(({ action, details, about, who }) => ({
    ...{ action, details, about: about?.label, by: who.label },
  }));
}

/** What is on the screens of somebody with a sight. */
async function screenOf(sight: Sight = WHOLE_SIGHT): Promise<{ acts(): AskedActs["acts"] | null }> {
  const { key } = await createKey(client.app.database.orm, "screen", { sight });
  const socket = live.connect({ auth: { token: key } });
  let last: AskedActs | null = null;
  socket.on("acts:changed", (sent: unknown) => {
    expect(isAskedActs(sent), JSON.stringify(sent)).toBe(true);
    if (isAskedActs(sent)) last = sent;
  });
  const acts = () => last?.acts ?? null;
  await eventually(() => expect(acts()).not.toBeNull());
  return { acts };
}

test("without a key of the provider's API nothing can be done, and nothing is offered", async () => {
  expect(await client.read("/api/v1/provider-acts")).toEqual({ results: [] });
  const { id } = await meetingIn("ward 3");
  expect(await act("daily", id, { act: "open_as_host" })).toMatchObject({ status: 409 });
  expect(asked).toEqual([]);
  await keep(daily, KEY);
  await keep(attendee, KEY);
  expect(await client.read("/api/v1/provider-acts")).toEqual({
    results: [
      { source_id: daily.id, provider: "Daily", acts: ["open_as_host", "eject"] },
      { source_id: attendee.id, provider: "Attendee", acts: ["admit_all"] },
    ],
  });
  expect(await act("daily", id, { act: "admit_all" })).toMatchObject({ status: 409 });
  expect(await act("daily", id, { act: "eject" })).toMatchObject({ status: 400 });
  expect(asked).toEqual([]);
});

test("a room is opened as host with a token of an owner, for one name, one room and ten minutes", async () => {
  const { id } = await meetingIn("ward 3");
  const begun = Date.now();
  const opened = await act("daily", id, { act: "open_as_host", by: "Grace" });
  expect(opened).toMatchObject({
    status: 200,
    url: `https://clinic.daily.co/ward%203?t=${TOKEN}`,
    person_id: null,
  });
  const [, token] = asked.splice(0);
  expect(token).toMatchObject({
    path: "POST /meeting-tokens",
    body: { properties: { room_name: "ward 3", is_owner: true, user_name: "Grace" } },
  });
  const { properties } = z.object({ properties: z.object({ exp: z.number() }) }).parse(token?.body);
  expect(properties.exp * 1_000 - begun).toBeGreaterThanOrEqual(600_000);
  expect(properties.exp * 1_000 - Date.now()).toBeLessThanOrEqual(601_000);
  expect(await lastEntries(1)).toEqual([
    {
      action: "meeting.acted",
      details: { act: "open_as_host", provider: "Daily" },
      about: "ward 3",
      by: "Grace",
    },
  ]);
});

test("whoever is ejected is in until the provider reports that they left, and until then all screens say that it was asked", async () => {
  const { id, people } = await meetingIn("ward 3");
  const [colleague, masked, elsewhere] = await Promise.all([
    screenOf(),
    screenOf({ ...WHOLE_SIGHT, masked: true }),
    screenOf({ ...WHOLE_SIGHT, sources: [attendee.id] }),
  ]);
  const asks = { act: "eject", provider: "Daily", meeting_id: id, asked_by: "Grace" };
  const isOf = (screen: typeof colleague, act: string) =>
    screen.acts()?.filter((one) => one.act === act);
  const [ada] = people;
  expect(ada).toMatchObject({ name: "Ada", status: "present" });
  const ejected = await act("daily", id, { act: "eject", person_id: ada?.id, by: "Grace" });
  expect(ejected).toMatchObject({ status: 200, person_id: ada?.id, url: null });
  const [call] = asked.splice(0);
  expect(call?.path).toBe("POST /rooms/ward%203/eject");
  expect(z.object({ ids: z.array(z.string()) }).parse(call?.body).ids).toHaveLength(1);
  expect(await lastEntries(1)).toMatchObject([{ action: "meeting.acted", about: "Ada" }]);
  expect((await meetingIn("ward 3")).people).toMatchObject([{ status: "present" }]);
  await eventually(() => {
    expect(isOf(colleague, "eject")).toMatchObject([
      { ...asks, person: { name: "Ada" }, failed_at: null, failure: null },
    ]);
    expect(isOf(masked, "eject")).toMatchObject([{ ...asks, person: { name: "A." } }]);
  });
  expect(JSON.stringify(masked.acts())).not.toContain('"name":"Ada"');
  // Who reads the page again, or comes only now, is told as well.
  const late = await screenOf();
  expect(isOf(late, "eject")).toMatchObject([asks]);
  await deliverBodies(client.app, daily, "ward 3", [leaves("Ada")(Date.now())]);
  await eventually(() => {
    for (const screen of [colleague, masked, late]) expect(isOf(screen, "eject")).toEqual([]);
  });
  expect(elsewhere.acts()).toEqual([]);
  expect((await meetingIn("ward 3")).people).toMatchObject([{ status: "left" }]);
  expect(await act("daily", id, { act: "eject", person_id: ada?.id })).toMatchObject({
    status: 409,
  });
  expect(asked).toEqual([]);
});

test("a bot lets in everybody who waits, and answers with nothing", async () => {
  const { id } = await meetingIn("bot_1");
  expect(await act("attendee", id, { act: "admit_all" })).toMatchObject({ status: 200, url: null });
  expect(asked.splice(0)).toEqual([
    { path: "POST /bots/bot_1/admit_from_waiting_room", body: null },
  ]);
});

test("what the provider refuses is said in its words, and noted", async () => {
  const { id } = await meetingIn("bot_1");
  const colleague = await screenOf();
  atAttendee.fault = () => "failed";
  expect(await act("attendee", id, { act: "admit_all", by: "Lin" })).toMatchObject({
    status: 422,
    error: { code: "provider_away" },
  });
  expect(await lastEntries(2)).toMatchObject([
    { action: "meeting.act_failed", details: { reason: "away" }, by: "Lin" },
    { action: "meeting.acted", by: "Lin" },
  ]);
  await eventually(() =>
    expect(colleague.acts()?.find(({ asked_by }) => asked_by === "Lin")).toMatchObject({
      ...{ act: "admit_all", provider: "Attendee", person: null, failure: "away" },
      failed_at: expect.any(String),
    }),
  );
  atAttendee.fault = FAULTLESS;
  const now = Date.now();
  await deliverBodies(client.app, daily, "ward 3", [joins("Cy")(now)]);
  const { id: ward, people } = await meetingIn("ward 3");
  isInRoom = false;
  const cy = people.find(({ name }) => name === "Cy")?.id;
  expect(await act("daily", ward, { act: "eject", person_id: cy })).toMatchObject({
    status: 422,
    error: { message: expect.stringContaining("Nobody with this connection") },
  });
  // An address that leads elsewhere than to Daily over TLS is not opened.
  refusal = { url: "javascript:alert(1)", token: TOKEN };
  expect(await act("daily", ward, { act: "open_as_host" })).toMatchObject({ status: 422 });
  refusal = null;
  await keep(daily, "an-old-key");
  expect(await act("daily", ward, { act: "open_as_host" })).toMatchObject({
    status: 422,
    error: { code: "provider_key_refused" },
  });
});
