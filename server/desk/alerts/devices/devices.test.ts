import { createPublicKey, verify } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { insertMember } from "#db/access/members.ts";
import { addDevice, listDevices } from "#db/desk/alerts/devices.ts";
import { members } from "#db/schema/members.ts";
import { eventually } from "#db/testing/eventually.ts";
import { type Sight, WHOLE_SIGHT } from "#domain/access/sight.ts";
import { joins, knocks } from "#domain/testing/history.ts";
import { AlertWatch } from "#server/desk/alerts/watch.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf } from "#server/http/testing/routes.ts";
import { encrypt } from "#server/runtime/encryption.ts";
import { Networks } from "#server/runtime/networks.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { deliverBodies, SECRET } from "#server/testing/test-app.ts";
import { pushKeys } from "./keys.ts";
import { PushService, type SubscribedBrowser } from "./testing/browser.ts";

/** Both halves of a signature, one after the other. */
const P1363 = "ieee-p1363" as const;
const HERE = Networks.in("127.0.0.1/32") ?? Networks.none;

let client: ApiClient;
const service = new PushService();

beforeAll(async () => {
  client = await openApiClient();
  await service.open();
});
afterAll(async () => {
  await watch?.stop();
  service.close();
  await client.app.close();
});

let watch: AlertWatch | null = null;

function begin() {
  const { database, log } = client.app;
  watch = new AlertWatch({
    ...{ database, now: () => Date.now() },
    log: { error: (about, message) => void log.push({ about, message }) },
    sending: {
      ...{ secret: SECRET, mail: null, publicUrl: "https://rollcall.example.com" },
      allowed: HERE,
    },
  });
  watch.start();
}

const browser = (name: string) => service.subscribe(name);

async function member(name: string, sight: Sight): Promise<string> {
  const facts = { name, email: `${name}@example.org`, role: "operator", sight } as const;
  const id = await insertMember(client.app.database.orm, facts);
  if (id === null) throw new Error("there is somebody of that name");
  return id;
}

/** A device of somebody's, as `POST /api/v1/me/devices` stores it. */
function device(memberId: string | null, of: SubscribedBrowser) {
  const { orm } = client.app.database;
  const sealed = encrypt(JSON.stringify(of.subscription), SECRET);
  const row = { memberId, mark: of.path, name: "Chrome", shown: "127.0.0.1", by: "Grace", sealed };
  return addDevice(orm, row, Date.now());
}

test("an alert is pushed to the devices of who may see it, so that only their browser can read it", async () => {
  const { app } = client;
  const ward = await app.account("daily");
  const { orm } = app.database;
  const [whole, masked, elsewhere] = [browser("whole"), browser("masked"), browser("elsewhere")];
  const [here, gone] = [browser("here"), browser("gone")];
  await device(await member("whole", WHOLE_SIGHT), whole);
  await device(await member("masked", { ...WHOLE_SIGHT, masked: true }), masked);
  await device(await member("elsewhere", { ...WHOLE_SIGHT, rooms: ["chapel*"] }), elsewhere);
  await device(null, here);
  gone.answers = 410;
  const left = await member("gone", WHOLE_SIGHT);
  await device(left, gone);

  const rule = { kind: "waiting", name: "Ada, too long", after_ms: 0, rooms: ["ward"] };
  expect((await client.send("POST", "/api/v1/alert-rules", rule)).status).toBe(201);
  begin();
  await deliverBodies(app, ward, "ward", [knocks("Ada Lovelace")(Date.now())]);
  await eventually(() => {
    expect([whole, masked, here].map(({ sent }) => sent.length)).toEqual([1, 1, 1]);
  });
  const [alert] = z
    .object({ results: z.array(z.object({ id: z.string() })) })
    .parse(await client.read("/api/v1/alerts")).results;
  const pushed = {
    ...{ alert: alert?.id, more: "Ada, too long", calls: true, urgent: false },
    ...{ acknowledge: true, by: null },
  };
  const line = expect.stringContaining("Ada Lovelace waits in ward");
  expect(whole.pushed).toEqual([{ ...pushed, line }]);
  // Where nobody signs in, whoever subscribed is who acknowledges.
  expect(here.pushed).toEqual([{ ...pushed, line, by: "Grace" }]);
  expect(masked.pushed).toEqual([
    { ...pushed, line: expect.stringContaining("A. L. waits in ward"), more: null },
  ]);
  expect(() => masked.opened(whole.sent[0]?.body ?? Buffer.alloc(0))).toThrow();
  // Their push service said that it is no more.
  await eventually(async () => expect(await listDevices(orm, left)).toEqual([]));

  const headers = whole.sent[0]?.headers ?? {};
  expect(headers).toMatchObject({ ttl: "3600", urgency: "high", "content-encoding": "aes128gcm" });
  const [, token = "", key = ""] = /^vapid t=(.+), k=(.+)$/.exec(headers.authorization ?? "") ?? [];
  const { publicKey } = pushKeys(SECRET);
  expect(key).toBe(publicKey);
  const [head = "", claims = "", signature = ""] = token.split(".");
  const point = Buffer.from(publicKey, "base64url");
  const jwk = {
    ...{ kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url") },
    y: point.subarray(33).toString("base64url"),
  };
  const signed = { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: P1363 };
  const bytes = Buffer.from(signature, "base64url");
  expect(verify("sha256", Buffer.from(`${head}.${claims}`), signed, bytes)).toBe(true);
  expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
    ...{ aud: service.at.replace("http:", "https:"), sub: "https://rollcall.example.com" },
  });

  await client.send("POST", `/api/v1/alerts/${alert?.id}/acknowledge`, {});
  await eventually(() => expect(whole.sent).toHaveLength(2));
  expect(whole.pushed[1]).toMatchObject({
    ...{ alert: alert?.id, calls: false, acknowledge: false },
    line: expect.stringContaining("Acknowledged: "),
  });
  await deliverBodies(app, ward, "ward", [joins("Ada Lovelace")(Date.now())]);
  await eventually(() => expect(masked.sent).toHaveLength(3));
  expect(masked.pushed[2]).toMatchObject({ line: expect.stringContaining("Over: A. L.") });
  expect(elsewhere.sent).toEqual([]);
});

const asMe = async (method: string, path: string, body?: object) => {
  const headers = { ...client.person, "content-type": "application/json" };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const answered = await answerOf(new Request(`http://localhost:3000/api/v1/me/${path}`, init));
  return { status: answered.status, text: await answered.text() };
};

test("a browser subscribes once, is listed to whose it is, and goes where they say so", async () => {
  const { env } = processContext();
  const nowhere = env.allowedNetworks;
  const phone = browser("phone");
  const given = { name: "Chrome on Android", subscription: phone.subscription, by: "Lin" };
  // An address that is not public is none of a push service.
  expect(await asMe("POST", "devices", given)).toMatchObject({ status: 400 });
  env.allowedNetworks = HERE;
  const added = await asMe("POST", "devices", given);
  expect(added.status).toBe(201);
  expect(added.text).not.toContain(given.subscription.keys.auth);
  expect(added.text).not.toContain(phone.path);
  await asMe("POST", "devices", { ...given, name: "Chrome on a phone" });
  const listed = z
    .object({
      results: z.array(z.looseObject({ id: z.string(), name: z.string() })),
      public_key: z.string(),
    })
    .parse(JSON.parse((await asMe("GET", "devices")).text));
  expect(listed.public_key).toBe(pushKeys(SECRET).publicKey);
  const own = listed.results.filter(({ name }) => name === "Chrome on a phone");
  expect(own).toHaveLength(1);
  expect(listed.results.some(({ name }) => name === "Chrome on Android")).toBe(false);
  const wrong = {
    ...given.subscription,
    keys: { ...given.subscription.keys, p256dh: "B".repeat(87) },
  };
  expect(await asMe("POST", "devices", { ...given, subscription: wrong })).toMatchObject({
    status: 400,
  });
  const path = `devices/${own[0]?.id}`;
  expect(await asMe("DELETE", path)).toMatchObject({ status: 200 });
  expect(await asMe("DELETE", path)).toMatchObject({ status: 404 });
  env.allowedNetworks = nowhere;
  expect(await client.ask("/api/v1/me/devices").then(({ status }) => status)).toBe(403);
});

test("who is a member no more has no device", async () => {
  const { orm } = client.app.database;
  const id = await member("Short", WHOLE_SIGHT);
  await device(id, browser("short"));
  expect(await listDevices(orm, id)).toHaveLength(1);
  await orm.delete(members).where(eq(members.id, id));
  expect(await listDevices(orm, id)).toEqual([]);
});
