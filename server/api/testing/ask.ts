import { vi } from "vitest";
import { shareDatabase } from "#db/client.ts";
import { createKey } from "#db/keys.ts";
import { answering } from "#server/api/answer.ts";
import { checkHealth } from "#server/api/health.ts";
import { getMeeting, getMeetingEvents, getMeetings, getWaits } from "#server/api/meetings.ts";
import { type House, openHouse, SECRET } from "#server/testing/house.ts";

/*
 * The API as its routes put it together: each of them is one line, and only routes may be imported from
 * the pages' side of the wall.
 */

const ROUTES: [path: RegExp, answer: (request: Request, id: string) => Promise<Response>][] = [
  [/^\/api\/v1\/meetings$/, (request) => answering(request, getMeetings)],
  [
    /^\/api\/v1\/meetings\/([^/]+)$/,
    (request, id) => answering(request, (url) => getMeeting(url, id)),
  ],
  [
    /^\/api\/v1\/meetings\/([^/]+)\/events$/,
    (request, id) => answering(request, (url) => getMeetingEvents(url, id)),
  ],
  [/^\/api\/v1\/waits$/, (request) => answering(request, getWaits)],
  [/^\/api\/health$/, () => checkHealth()],
];

const ORIGIN = "http://localhost:3000";

/** A house with the API on top. */
export interface Counter {
  house: House;
  key: string;
  /** Asks with the key, unless headers are given. */
  ask(path: string, headers?: Record<string, string>): Promise<Response>;
  /** The JSON of a 200. */
  read(path: string): Promise<unknown>;
}

/** Opens a house and makes it this process's own. */
export async function openCounter(): Promise<Counter> {
  const house = await openHouse();
  vi.stubEnv("ROLLCALL_SECRET", SECRET);
  vi.stubEnv("LOG_LEVEL", "silent");
  shareDatabase(house.database);
  const { key } = await createKey(house.database.orm, "test");
  const ask: Counter["ask"] = async (path, headers) => {
    const url = new URL(path, ORIGIN);
    const request = new Request(url, {
      headers: { host: url.host, ...(headers ?? { authorization: `Bearer ${key}` }) },
    });
    for (const [pattern, answer] of ROUTES) {
      const match = pattern.exec(url.pathname);
      if (match) return answer(request, match[1] ?? "");
    }
    throw new Error(`no route for ${path}`);
  };
  return {
    house,
    key,
    ask,
    async read(path) {
      const response = await ask(path);
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
      return response.json();
    },
  };
}
