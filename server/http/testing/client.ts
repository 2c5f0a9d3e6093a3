import { vi } from "vitest";
import { createKey } from "#db/access/keys.ts";
import { shareDatabase } from "#db/connection/client.ts";
import { makeSession, SESSION_COOKIE } from "#server/http/gate/session.ts";
import { openTestApp, SECRET, type TestApp } from "#server/testing/test-app.ts";
import { answerOf } from "./routes.ts";

const ORIGIN = "http://localhost:3000";

/** What the platform asks of whoever sends a stream. */
const HALF_DUPLEX = { duplex: "half" };

/** A test app, and its API by the real routes. */
export interface ApiClient {
  app: TestApp;
  key: string;
  /** The headers of a person at this machine, by a page of our own: they may everything. */
  person: Record<string, string>;
  /** Asks with the key, unless headers are given. */
  ask(path: string, headers?: Record<string, string>, method?: string): Promise<Response>;
  /** Sends a body, JSON unless it is text. */
  send(method: string, path: string, body?: unknown, type?: string): Promise<Response>;
  /** Sends a body of any kind as it is. */
  put(path: string, body: BodyInit, headers?: Record<string, string>): Promise<Response>;
  /** The JSON of a 200. */
  read(path: string): Promise<unknown>;
}

/** Opens a test app and makes it this process's own. */
export async function openApiClient(): Promise<ApiClient> {
  const app = await openTestApp();
  vi.stubEnv("ROLLCALL_SECRET", SECRET);
  vi.stubEnv("LOG_LEVEL", "silent");
  shareDatabase(app.database);
  const { key } = await createKey(app.database.orm, "test");
  const person = {
    host: new URL(ORIGIN).host,
    origin: ORIGIN,
    cookie: `${SESSION_COOKIE}=${makeSession(SECRET, Date.now())}`,
  };
  const known = { authorization: `Bearer ${key}` };
  const handle = async (path: string, init: RequestInit & { headers: Record<string, string> }) => {
    const url = new URL(path, ORIGIN);
    const headers = { host: url.host, ...init.headers };
    const request = new Request(url, { ...HALF_DUPLEX, ...init, headers });
    return answerOf(request);
  };
  const ask: ApiClient["ask"] = (path, headers = known, method = "GET") =>
    handle(path, { headers, method });
  return {
    app: app,
    key,
    person,
    ask,
    send: (method, path, body = "", type = "application/json") =>
      handle(path, {
        method,
        headers: { ...known, "content-type": type },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    put: (path, body, headers = {}) =>
      handle(path, { method: "POST", headers: { ...known, ...headers }, body }),
    async read(path) {
      const response = await ask(path);
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
      return response.json();
    },
  };
}
