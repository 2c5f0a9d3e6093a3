import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { vi } from "vitest";
import { createKey } from "#db/access/keys.ts";
import { shareDatabase } from "#db/connection/client.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { readDeskFor } from "#server/desk/pushes.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import { clientOf } from "#server/http/gate/client.ts";
import { createGate, type GateHandler } from "#server/http/gate/gate.ts";
import { answerOf } from "#server/http/testing/routes.ts";
import { directDoor } from "#server/ingest/direct-door.ts";
import { createSockets } from "#server/live/sockets.ts";
import { RecordingWatch } from "#server/live/watch.ts";
import { Networks } from "#server/runtime/networks.ts";
import { openTestApp, SECRET, type TestApp } from "./test-app.ts";

/** A test app behind its gate, for which people sign in, as a proxy on this machine publishes it. */
export interface Published {
  app: TestApp;
  port: number;
  /** An API key. */
  key: string;
  close(): Promise<void>;
}

const SOMEBODY: Caller = { kind: "session", sight: WHOLE_SIGHT, until: 0, epoch: null };

/** Its pages answer with the client that they were asked by; people sign in as everywhere. */
export async function openPublished(publicUrl: string): Promise<Published> {
  const app = await openTestApp();
  vi.stubEnv("ROLLCALL_SECRET", SECRET);
  shareDatabase(app.database);
  const note = (about: object, message: string) => app.log.push({ about, message });
  const log = { error: note, warn: note };
  const handle: GateHandler = async (req, res) => {
    if (req.url?.startsWith("/api/auth/"))
      return answerAs(await answerOf(await requestOf(req)), res);
    const client = clientOf((name) => String(req.headers[name] ?? "") || null);
    res.setHeader("content-type", "application/json").end(JSON.stringify(client));
  };
  const gate = createGate({
    development: false,
    publicUrl,
    proxies: Networks.in("127.0.0.1") ?? Networks.none,
    inside: {
      signIn: Promise.resolve(() => "required"),
      webhooks: Promise.resolve(directDoor(app.door)),
      pages: Promise.resolve({ handle, admit: async () => SOMEBODY }),
      sockets: Promise.resolve(),
    },
    log,
  });
  const { refusals, keeping } = app.door;
  const recording = new RecordingWatch(app.database, { refusals, keeping, now: Date.now, log });
  const io = createSockets(gate.sockets, {
    database: app.database,
    secret: SECRET,
    now: () => app.now,
    recording: recording.now,
    readDesk: readDeskFor,
    openAlerts: async () => ({ alerts: [], more: 0, as_of: toWireTime(0) }),
    askedActs: async () => ({ acts: [], as_of: toWireTime(0) }),
    log,
  });
  const listener = gate.listener("own");
  listener.http.listen(0, "127.0.0.1");
  await once(listener.http, "listening");
  const { key } = await createKey(app.database.orm, "test");
  return {
    app,
    port: portOf(listener.http.address()),
    key,
    async close() {
      await io.close();
      listener.close();
      await listener.closed();
      await recording.stop();
      await app.close();
    },
  };
}

async function requestOf(req: IncomingMessage): Promise<Request> {
  const { method = "GET", url = "/", headers } = req;
  const own = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return new Request(`http://${headers.host}${url}`, {
    method,
    headers: own,
    body: await text(req),
  });
}

async function answerAs(answer: Response, res: ServerResponse): Promise<void> {
  res.statusCode = answer.status;
  res.setHeader("set-cookie", answer.headers.getSetCookie());
  res.end(await answer.text());
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}
