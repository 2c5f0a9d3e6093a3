import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { seeing } from "#db/sight/seeing.ts";
import { isLimited, type Sight } from "#domain/access/sight.ts";
import type { Caller } from "#server/http/gate/caller.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { withViewer } from "#server/http/viewer.ts";
import { type Thing, thingsOf } from "./testing/asking.ts";
import { hidesAll, keysOf, type SightKey } from "./testing/callers.ts";
import { buildWorld, type SightWorld } from "./testing/world.ts";

/* Pages are asked as their framework does: what it would draw, and hand to the browser, are the elements they return. */

vi.mock("next/server", () => ({ connection: async () => undefined }));
vi.mock("next/headers", () => ({ headers: async () => new Headers({ host: "localhost:3000" }) }));

type Page = (props: {
  params: Promise<Record<string, string>>;
  searchParams: Promise<Record<string, string>>;
}) => unknown;

const module = z.object({ default: z.custom<Page>((value) => typeof value === "function") });
const pages = Object.entries(import.meta.glob("/app/**/page.tsx", { eager: true })).map(
  ([path, exports]) => ({
    path: path.replace(/^\/app|\/\(\w+\)|\/page\.tsx$/g, "").replace("/(dashboard)", "") || "/",
    draw: module.parse(exports).default,
  }),
);

let client: ApiClient;
let world: SightWorld;
let things: Record<string, readonly Thing[]>;
let keys: SightKey[];

beforeAll(async () => {
  client = await openApiClient();
  world = await buildWorld(client);
  things = thingsOf(world);
  keys = await keysOf(world);
});
afterAll(() => client.app.close());

/** What the named part of a page may be; a page that is missing here cannot be asked, which fails the test. */
const PARTS: Readonly<Record<string, string>> = {
  "/expected/[id]": "scheduled-meetings/{id}",
  "/expected/[id]/edit": "scheduled-meetings/{id}",
  "/expected/lists/[id]": "class-lists/{id}",
  "/expected/lists/[id]/edit": "class-lists/{id}",
  "/meetings/[id]": "meetings/{id}",
  "/people/[id]": "people/{id}",
  "/rooms/[id]": "rooms/{id}",
  "/statements/[id]": "statements/{id}",
};

/** Pages of links: what they show is whoever holds the link’s to see, whatever else they may. */
const OF_LINKS = ["/join/[token]", "/shared/[token]", "/wallboard/[token]"];

function callerWith(sight: Sight): Caller {
  return { kind: "key", id: "", name: "Report", scopes: ["read"], sight };
}

/** All texts in what a page returns, whatever holds them. */
function textsIn(value: unknown, seen = new Set<object>()): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  const own = value instanceof Map ? [...value.entries()] : Object.values(value);
  return own.flatMap((one) => textsIn(one, seen));
}

/** The texts of a page; `null` where it says that there is no such thing. */
async function drawn(draw: Page, id: string | null, query: Record<string, string>) {
  try {
    const params = id === null ? {} : { id };
    return textsIn(
      await draw({ params: Promise.resolve(params), searchParams: Promise.resolve(query) }),
    );
  } catch (error) {
    const digest: unknown = Reflect.get(Object(error), "digest");
    if (typeof digest === "string" && digest.includes("404")) return null;
    throw error;
  }
}

test("there are pages", () => expect(pages.length).toBeGreaterThan(18));

test.each(pages.filter(({ path }) => !OF_LINKS.includes(path)))(
  "$path shows nothing that is not seen",
  async ({ path, draw }) => {
    const named = PARTS[path];
    if (named === undefined && !OF_LINKS.includes(path))
      expect(path, "what its part may be is known").not.toContain("[");
    for (const { sight, hidden } of keys) {
      const word = world.names[0]?.split(" ")[0] ?? "";
      const queries = [
        {},
        { q: word, from: "2026-11-01", to: "2026-11-30" },
        { from: "2026-11-01" },
      ];
      const ids = named === undefined ? [null] : (things[named] ?? []);
      for (const thing of ids) {
        for (const query of named === undefined ? queries : [{ from: "2026-11-01" }]) {
          const texts = await seeing(sight, () =>
            withViewer({ url: "/", headers: {} }, callerWith(sight), () =>
              drawn(draw, thing?.id ?? null, query),
            ),
          );
          const told = `${path} of ${thing?.id} for ${JSON.stringify(sight)}`;
          const isSeen = thing?.isSeen(sight) ?? true;
          // Who sees initials writes no rosters.
          const isThere = isSeen && !(sight.masked && path.endsWith("/edit"));
          expect(texts !== null, told).toBe(isThere);
          // A statement is for whoever has its address.
          if (path === "/statements/[id]") continue;
          hidesAll((texts ?? []).join("\n"), hidden, Object.values(query).join(" "), told);
        }
      }
      expect([path, isLimited(sight) || sight.masked || hidden.length === 0]).toEqual([path, true]);
    }
  },
);
