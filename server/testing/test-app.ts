import { randomBytes } from "node:crypto";
import { v7 as uuid } from "uuid";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { addSource } from "#db/sources/sources.ts";
import { testDatabase } from "#db/testing/database.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import { clock } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import { createDoor } from "#server/ingest/door.ts";
import type { Intake } from "#server/ingest/intake.ts";
import { Projector } from "#server/ingest/projector.ts";
import { receive, type WebhookDoor } from "#server/ingest/receive.ts";
import { provider, type WebhookProvider } from "#server/providers/providers.ts";
import { encrypt } from "#server/runtime/encryption.ts";
import { bodyOf } from "./bodies.ts";

/** The key for secrets at rest in every test. */
export const SECRET = "test-secret-".repeat(4);
export const TOLERANCE_MS: Ms = 3_600_000;

/** A source, with the secret with which its provider signs. */
export interface TestSource {
  id: string;
  provider: WebhookProvider;
  /** Base64. */
  secret: string;
}

/** A door with the projector behind it in the same thread. */
export type TestDoor = WebhookDoor & { intake: Intake<Projector> };

/** A Rollcall without its pages: a database of its own, a door, and a clock that the test sets. */
export interface TestApp {
  url: string;
  database: Database;
  door: TestDoor;
  now: Ms;
  /** The lines of its log. */
  log: { about: object; message: string }[];
  /** Adds a source for one test, so that its rooms are never those of another. */
  account(provider?: WebhookProvider): Promise<TestSource>;
  /** What another process on the same database would have. Closed with the test app. */
  neighbour(): { database: Database; door: TestDoor };
  close(): Promise<void>;
}

export async function openTestApp(): Promise<TestApp> {
  const { url, drop } = await testDatabase();
  const databases: Database[] = [];
  const open = () => {
    const database = openDatabase(url, { max: 4 });
    databases.push(database);
    return database;
  };
  const doors: TestDoor[] = [];
  const doorOf = (database: Database) => {
    const common = { now: () => app.now, log: { warn: note, error: note } };
    const door = createDoor(database, {
      ...common,
      secret: SECRET,
      toleranceMs: TOLERANCE_MS,
      projector: new Projector(database, common),
    });
    doors.push(door);
    return door;
  };
  const note = (about: object, message: string) => {
    app.log.push({ about, message });
  };
  const database = open();
  const app: TestApp = {
    url,
    database,
    door: doorOf(database),
    now: clock("10:00"),
    log: [],
    async account(named = "daily") {
      const secret = randomBytes(32).toString("base64");
      const sealedSecret = encrypt(secret, SECRET);
      const id = await addSource(database.orm, { provider: named, name: "Clinic", sealedSecret });
      return { id, provider: named, secret };
    },
    neighbour() {
      const other = open();
      return { database: other, door: doorOf(other) };
    },
    async close() {
      await Promise.all(doors.map(({ intake }) => intake.projector.stop()));
      await Promise.all(databases.map((one) => one.close()));
      await drop();
    },
  };
  return app;
}

/** A webhook as its provider sends it, signed at `at`. */
export function signed(
  account: TestSource,
  body: string,
  at: Ms,
  secret = account.secret,
): { url: string; init: { method: "POST"; headers: Record<string, string>; body: string } } {
  const headers = provider(account.provider)?.sign(body, secret, at) ?? {};
  return {
    url: `/api/webhooks/${account.provider}/${account.id}`,
    init: { method: "POST", headers, body },
  };
}

/** Posts one signed body to a door, and resolves once it is projected; it is signed at the door's now. */
export async function post(
  { door }: { door: TestDoor },
  account: TestSource,
  body: string,
  changes: { at?: Ms; secret?: string; headers?: Record<string, string>; sent?: BodyInit } = {},
): Promise<Response> {
  const { url, init } = signed(account, body, changes.at ?? door.now(), changes.secret);
  const request = new Request(new URL(url, "http://localhost"), {
    ...init,
    body: changes.sent ?? body,
    headers: { ...init.headers, ...changes.headers },
  });
  const response = await receive(door, request, { provider: account.provider, source: account.id });
  await door.intake.projector.idle();
  return response;
}

/** The answer of a door in short: the status in the body of a 200, otherwise the HTTP status and the code. */
export async function answerOf(response: Response): Promise<string> {
  const body: unknown = await response.json();
  if (typeof body !== "object" || body === null) return String(body);
  if ("status" in body) return String(body.status);
  const error = "error" in body ? body.error : null;
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : "";
  return `${response.status} ${String(code)}`;
}

/** Posts the events of a meeting as webhooks, all at once; returns the answer to each. */
export async function deliverBodies(
  to: { door: TestDoor },
  account: TestSource,
  room: string,
  events: readonly MeetingEvent[],
): Promise<string[]> {
  return Promise.all(
    events.map(async (event) =>
      answerOf(await post(to, account, bodyOf(account.provider, event, room, uuid()))),
    ),
  );
}
