import { once } from "node:events";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "#db/connection/client.ts";
import { sourceSecrets } from "#db/schema/accounts.ts";
import { clock, joins, knocks, minutes } from "#domain/testing/history.ts";
import { BODY_LIMIT } from "#server/http/request-body.ts";
import { dailyBody } from "#server/providers/daily/testing/sample.ts";
import { encrypt } from "#server/runtime/encryption.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import {
  answerOf,
  openTestApp,
  post,
  SECRET,
  signed,
  type TestApp,
  type TestSource,
  TOLERANCE_MS,
} from "#server/testing/test-app.ts";
import { Overloaded, Stopping } from "./batch.ts";
import { createDoor } from "./door.ts";
import { Projector } from "./projector.ts";
import { receive } from "./receive.ts";

let app: TestApp;
let account: TestSource;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
afterEach(() => {
  app.now = clock("10:00");
  app.log.length = 0;
});

const ada = (id = "1", room = "ward") => bodyOf("daily", adaJoins(), room, id);
function adaJoins() {
  const [event] = minutes(["10:00", joins("Ada")]);
  if (!event) throw new Error("no event");
  return event;
}

/** The statuses of the deliveries of a source that were kept. */
async function keptStatuses({ id }: TestSource): Promise<string[]> {
  const rows = await app.database.orm.execute<{ status: string }>(
    sql`select status from deliveries where source_id = ${id} order by id`,
  );
  return rows.map(({ status }) => status);
}

describe("a webhook that is correctly signed is answered 200", () => {
  beforeAll(async () => {
    account = await app.account();
  });

  test.each([
    ["recorded", "recorded", () => ada()],
    ["repeated", "when it comes again", () => ada()],
    ["ignored", "when it reports no attendance", () => dailyBody("recording.started", {})],
    ["unreadable", "when a field is missing", () => dailyBody("participant.joined", {}, "7")],
    ["unreadable", "when it is no JSON", () => "no JSON"],
    ["unreadable", "when it is empty", () => ""],
  ])("%s: %s", async (status, _when, body) => {
    const response = await post(app, account, body());
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.text()).toBe(`{"status":"${status}"}`);
  });

  test("and kept, with the reason why it could not be read", async () => {
    const rows = await app.database.orm.execute<Record<string, unknown>>(sql`
      select status, type, reason, repeats, convert_from(body, 'UTF8') as body
      from deliveries where source_id = ${account.id} order by id`);
    expect([...rows]).toEqual([
      { status: "recorded", type: "participant.joined", reason: null, repeats: 1, body: ada() },
      expect.objectContaining({ status: "ignored", type: "recording.started", reason: null }),
      expect.objectContaining({
        status: "unreadable",
        type: "participant.joined",
        reason: "payload.room is missing",
      }),
      expect.objectContaining({ status: "unreadable", type: null, reason: "body is not JSON" }),
      expect.objectContaining({ status: "unreadable", body: "" }),
    ]);
  });
});

describe("a refused signature is answered 401 and stores nothing", () => {
  beforeAll(async () => {
    account = await app.account();
  });
  afterEach(async () => expect(await keptStatuses(account)).toEqual([]));

  test.each([0, 20, 100, 200])("with byte %i flipped", async (at) => {
    const bytes = Buffer.from(ada());
    bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ 1;
    const response = await post(app, account, ada(), { sent: bytes });
    expect(await answerOf(response)).toBe("401 signature_mismatch");
    expect(app.log).toMatchObject([{ message: "webhook refused" }]);
  });

  test("with another source's secret", async () => {
    const { secret } = await app.account();
    expect(await answerOf(await post(app, account, ada(), { secret }))).toBe(
      "401 signature_mismatch",
    );
  });

  test("without one", async () => {
    const { url, init } = signed(account, ada(), app.now);
    const request = new Request(new URL(url, "http://localhost"), { ...init, headers: {} });
    const response = await receive(app.door, request, { provider: "daily", source: account.id });
    expect(await answerOf(response)).toBe("401 signature_missing");
  });

  test.each([-1, 1])("when the timestamp is too far away (%i)", async (side) => {
    const at = app.now + side * (TOLERANCE_MS + 1);
    expect(await answerOf(await post(app, account, ada(), { at }))).toBe(
      "401 timestamp_outside_tolerance",
    );
  });
});

test("a timestamp just near enough is taken", async () => {
  const own = await app.account();
  expect(await answerOf(await post(app, own, ada(), { at: app.now - TOLERANCE_MS }))).toBe(
    "recorded",
  );
});

describe("an unknown address is answered 404 and stores nothing", () => {
  test.each([
    ["a source that never was", "daily", "00000000-0000-4000-8000-000000000000"],
    ["a source of another provider", "attendee", null],
    ["an unknown provider", "zoom", null],
    ["the name of something every object has", "constructor", null],
    ["a malformed id", "daily", "1"],
    ["SQL", "daily", "' or true --"],
    ["a NUL", "daily", "\0"],
  ])("%s", async (_what, named, source) => {
    const own = await app.account();
    const { url, init } = signed(own, ada(), app.now);
    const request = new Request(new URL(url, "http://localhost"), init);
    const params = { provider: named, source: source ?? own.id };
    expect(await answerOf(await receive(app.door, request, params))).toBe("404 unknown_source");
    expect(await keptStatuses(own)).toEqual([]);
  });

  test("but is found as soon as the source is added, with its id in either case", async () => {
    const own = await app.account();
    const { url, init } = signed(own, ada(), app.now);
    const request = new Request(new URL(url, "http://localhost"), init);
    const params = { provider: "daily", source: own.id.toUpperCase() };
    expect(await answerOf(await receive(app.door, request, params))).toBe("recorded");
  });
});

describe("a body over 1 MiB is answered 413 and stores nothing", () => {
  beforeAll(async () => {
    account = await app.account();
  });
  afterEach(async () => expect(await keptStatuses(account)).toEqual([]));

  test("by its declared length, unread", async () => {
    const unread = new ReadableStream({
      pull() {
        throw new Error("it was read");
      },
    });
    const headers = { "content-length": String(BODY_LIMIT + 1) };
    const response = await receive(app.door, streaming(unread, headers), {
      provider: "daily",
      source: account.id,
    });
    expect(await answerOf(response)).toBe("413 body_too_large");
  });

  test("by counting where no length is declared, and no further than the limit", async () => {
    let sent = 0;
    let cancelled = false;
    const endless = new ReadableStream({
      pull(controller) {
        sent += 65_536;
        if (sent > 4 * BODY_LIMIT) throw new Error("it was read on and on");
        controller.enqueue(new Uint8Array(65_536));
      },
      cancel() {
        cancelled = true;
      },
    });
    const response = await receive(app.door, streaming(endless), {
      provider: "daily",
      source: account.id,
    });
    expect(await answerOf(response)).toBe("413 body_too_large");
    expect(sent).toBeLessThanOrEqual(BODY_LIMIT + 3 * 65_536);
    expect(cancelled).toBe(true);
  });

  test("but one of exactly 1 MiB is read and checked", async () => {
    const response = await post(app, account, "x".repeat(BODY_LIMIT), { secret: "AAAA" });
    expect(await answerOf(response)).toBe("401 signature_mismatch");
  });
});

function streaming(body: ReadableStream, headers: Record<string, string> = {}): Request {
  const init = { method: "POST", body, headers, duplex: "half" } as const;
  return new Request("http://localhost/api/webhooks", init);
}

test("a body in pieces without a length is put together as it was", async () => {
  const own = await app.account();
  const bytes = Buffer.from(ada());
  const pieces = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  const { headers } = signed(own, ada(), app.now).init;
  const request = streaming(pieces, headers);
  const params = { provider: "daily", source: own.id };
  expect(await answerOf(await receive(app.door, request, params))).toBe("recorded");
});

test("a slow body takes nothing from the time that the database has", async () => {
  const own = await app.account();
  const params = { provider: "daily", source: own.id };
  const source = await app.door.findSource("daily", own.id, app.now);
  const answerWithinMs = 50;
  const slow = new ReadableStream({
    async pull(controller) {
      await once(AbortSignal.timeout(4 * answerWithinMs), "abort");
      controller.enqueue(Buffer.from(ada()));
      controller.close();
    },
  });
  const prompt = {
    ...app.door,
    answerWithinMs,
    findSource: async () => source,
    intake: { ...app.door.intake, keep: async () => ({ status: "recorded" as const, id: 1 }) },
  };
  const { headers } = signed(own, ada(), app.now).init;
  expect(await answerOf(await receive(prompt, streaming(slow, headers), params))).toBe("recorded");
});

describe("Daily's bare ping", () => {
  test("is answered 200 unsigned and stores nothing", async () => {
    const own = await app.account();
    const response = await post(app, own, '{"test":"test"}', { secret: "AAAA" });
    expect(response.status).toBe(200);
    expect(await answerOf(response)).toBe("ignored");
    expect(await keptStatuses(own)).toEqual([]);
  });

  test("is nothing special for Attendee, nor at an unknown address", async () => {
    const attendee = await app.account("attendee");
    const response = await post(app, attendee, '{"test":"test"}', { secret: "AAAA" });
    expect(await answerOf(response)).toBe("401 signature_mismatch");
  });
});

test("a second live secret is accepted, a retired one no longer", async () => {
  const own = await app.account();
  const older = Buffer.alloc(32, 7).toString("base64");
  await app.database.orm.insert(sourceSecrets).values([
    {
      id: crypto.randomUUID(),
      sourceId: own.id,
      sealed: encrypt(older, SECRET),
      createdAt: new Date(0),
    },
    {
      id: crypto.randomUUID(),
      sourceId: own.id,
      sealed: encrypt("cmV0aXJlZA==", SECRET),
      retiredAt: new Date(),
    },
  ]);
  const answers = [own.secret, older, "cmV0aXJlZA=="].map(async (secret) =>
    answerOf(await post(app, own, ada(secret, secret), { secret })),
  );
  expect(await Promise.all(answers)).toEqual(["recorded", "recorded", "401 signature_mismatch"]);
});

describe("a live secret that cannot be decrypted", () => {
  async function withBroken(own: TestSource, secrets: number): Promise<void> {
    const broken = Array.from({ length: secrets }, (_, index) => ({
      id: crypto.randomUUID(),
      sourceId: own.id,
      sealed: encrypt(`${index}`, "another installation's ".repeat(3)),
    }));
    await app.database.orm.insert(sourceSecrets).values(broken);
  }

  test("is skipped where another one can be, and each is logged once", async () => {
    const own = await app.account();
    await withBroken(own, 2);
    for (const id of ["1", "2", "3"]) {
      expect(await answerOf(await post(app, own, ada(id, `ward ${id}`)))).toBe("recorded");
      app.now += 2_000;
    }
    expect(app.log).toHaveLength(2);
    expect(app.log[0]).toMatchObject({
      about: { source: own.id },
      message: "a secret of the source does not open",
    });
  });

  test("makes the provider send again where there is no other, and its webhooks do not count as forged", async () => {
    const own = await app.account();
    await app.database.orm.execute(sql`
      update source_secrets set sealed = ${encrypt(own.secret, "another ".repeat(8))}
      where source_id = ${own.id}`);
    const response = await post(app, own, ada());
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await answerOf(response)).toBe("503 secret_unreadable");
  });
});

describe("a delivery that cannot be kept now is answered 503 with Retry-After", () => {
  const [knock] = minutes(["10:00", knocks("Ada")]);

  test.each([
    ["the queue is full", new Overloaded(), "overloaded"],
    ["the server is stopping", new Stopping(), "overloaded"],
    ["the batch failed", new Error("down"), "not_stored"],
  ])("when %s", async (_when, failure, code) => {
    const own = await app.account();
    const refusing = { ...app.door.intake, keep: () => Promise.reject(failure) };
    const response = await post({ door: { ...app.door, intake: refusing } }, own, ada());
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await answerOf(response)).toBe(`503 ${code}`);
  });

  test.each([
    ["as it is kept", "deliveries"],
    ["as its source is looked up", "source_secrets"],
  ])("when the database hangs %s, and it is taken once, when it is back", async (_when, table) => {
    const own = await app.account();
    const body = knock ? bodyOf("daily", knock, "ward", "1") : "";
    const hurried = { door: { ...app.neighbour().door, answerWithinMs: 150 } };
    await app.database.transaction(async (tx) => {
      await tx.execute(sql`lock table ${sql.identifier(table)} in access exclusive mode`);
      const response = await post(hurried, own, body);
      expect(response.headers.get("retry-after")).toBe("1");
      expect(await answerOf(response)).toBe("503 not_stored");
      expect(app.log[0]).toMatchObject({ message: "webhook not kept" });
    });
    // Of the delivery that waited and the provider's next try, the one that comes second is the repeat.
    const patient = { door: { ...hurried.door, answerWithinMs: 10_000 } };
    expect(["recorded", "repeated"]).toContain(await answerOf(await post(patient, own, body)));
    expect(await answerOf(await post(app, own, body))).toBe("repeated");
    expect(await keptStatuses(own)).toEqual(["recorded"]);
  });

  test("when the database is down, and is taken when it is back", async () => {
    const own = await app.account();
    const body = knock ? bodyOf("daily", knock, "ward", "1") : "";
    const nowhere = openDatabase("postgres://nobody:x@127.0.0.1:1/none", { max: 1 });
    const projector = new Projector(nowhere, app.door);
    const door = createDoor(nowhere, { ...app.door, secret: SECRET, projector });
    const response = await post({ door }, own, body);
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await answerOf(response)).toBe("503 not_stored");
    await nowhere.close();
    expect(await answerOf(await post(app, own, body))).toBe("recorded");
  });
});
