import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { isLimited, type Sight } from "#domain/access/sight.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { type Thing, thingsOf } from "./testing/asking.ts";
import { hidesAll, keysOf, type SightCaller } from "./testing/callers.ts";
import { drawn, OF_LINKS, PARTS, pages } from "./testing/pages.ts";
import { buildWorld } from "./testing/world.ts";
import type { SightWorld } from "./testing/world-kinds.ts";

vi.mock("next/server", () => ({ connection: async () => undefined }));
vi.mock("next/headers", () => ({ headers: async () => new Headers({ host: "localhost:3000" }) }));

let client: ApiClient;
let world: SightWorld;
let things: Record<string, readonly Thing[]>;
let keys: SightCaller[];

beforeAll(async () => {
  client = await openApiClient();
  world = await buildWorld(client);
  things = thingsOf(world);
  keys = await keysOf(world);
});
afterAll(() => client.app.close());

const NO_KEY = "00000000-0000-4000-8000-000000000000";

function callerWith(sight: Sight): Caller {
  return { kind: "key", id: NO_KEY, name: "Report", scopes: ["read", "write"], sight };
}

/** Some of what is seen, and some of what is not: `sight.test.ts` asks for all of it, in the long run. */
function someOf(all: readonly Thing[], sight: Sight): Thing[] {
  const seen = all.filter(({ isSeen }) => isSeen(sight));
  const others = all.filter((one) => !seen.includes(one));
  return [seen.slice(0, 4), seen.slice(4).slice(-2), others.slice(0, 2), others.slice(-1)].flat();
}

test("there are pages", () => expect(pages.length).toBeGreaterThan(18));

/** A way for who has signed in and still owes a code: it shows nothing, and leads everybody else on. */
const LEADS_ON = ["/second-factor"];

test.each(pages.filter(({ path }) => ![...OF_LINKS, ...LEADS_ON].includes(path)))(
  "$path shows nothing that is not seen",
  async (page) => {
    const { path } = page;
    const named = PARTS[path];
    if (named === undefined) expect(path, "what its part may be is known").not.toContain("[");
    for (const { sight, hidden } of keys) {
      const word = world.names[0]?.split(" ")[0] ?? "";
      const queries = [
        {},
        { q: word, from: "2026-11-01", to: "2026-11-30" },
        { from: "2026-11-01" },
      ];
      const ids = named === undefined ? [null] : someOf(things[named] ?? [], sight);
      for (const thing of ids) {
        for (const query of named === undefined ? queries : [{ from: "2026-11-01" }]) {
          const asked = { id: thing?.id ?? null, query };
          const { status, texts } = await drawn(page, asked, callerWith(sight));
          const told = `${path} of ${thing?.id} for ${JSON.stringify(sight)}`;
          const isSeen = thing?.isSeen(sight) ?? true;
          // Who sees initials writes no rosters.
          const isThere = isSeen && !(sight.masked && path.endsWith("/edit"));
          expect(status, told).toBe(isThere ? 200 : 404);
          hidesAll(texts.join("\n"), hidden, Object.values(query).join(" "), told);
        }
      }
      expect([path, isLimited(sight) || sight.masked || hidden.length === 0]).toEqual([path, true]);
    }
  },
);
