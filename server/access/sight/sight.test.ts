import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { isLimited } from "#domain/access/sight.ts";
import { operationsIn } from "#server/http/openapi/testing/document.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { routes } from "#server/http/testing/routes.ts";
import { bodiesOf, type Thing, thingsOf } from "./testing/asking.ts";
import { callersOf, hidesAll, mayAtAll, pickerOf, type SightCaller } from "./testing/callers.ts";
import { fingerprint } from "./testing/fingerprint.ts";
import { type Front, openFront } from "./testing/front.ts";
import { type Answered, type AskedWorld, askOperation, askPage } from "./testing/over-http.ts";
import { SOCKET_VERBS, SocketAsker } from "./testing/over-sockets.ts";
import { pages } from "./testing/pages.ts";
import { eventsOf } from "./testing/wire-events.ts";
import { buildWorld, goOn, seenOf } from "./testing/world.ts";
import type { SightWorld } from "./testing/world-kinds.ts";

vi.mock("next/server", () => ({ connection: async () => undefined }));
vi.mock("next/headers", () => ({ headers: async () => new Headers({ host: "localhost:3000" }) }));

/**
 * So many triples of a caller, something and what is done with it, a round each: whatever can be asked in turn, by
 * anybody; more rounds by `SIGHT_RUNS`.
 */
const RUNS = 2_000;
/** So many are asked at once, as they would be. */
const AT_ONCE = 5;
const ROUNDS = Math.ceil(Number(process.env["SIGHT_RUNS"] ?? RUNS) / RUNS);

let client: ApiClient;
let world: SightWorld;
let front: Front;
let things: Record<string, readonly Thing[]>;
let callers: SightCaller[];
const operations = operationsIn(routes);

beforeAll(async () => {
  client = await openApiClient();
  world = await buildWorld(client);
  things = thingsOf(world);
  callers = await callersOf(world);
  front = await openFront(client.app);
});
afterAll(async () => {
  await front.close();
  await client.app.close();
});

/** Something that can be asked: an operation of the API, a page, or what a client does with a socket. */
interface Resource {
  name: string;
  ask: (asking: AskedWorld, caller: SightCaller, pick: Pick) => Promise<Answered | null>;
}

type Pick = ReturnType<typeof pickerOf>;

/** Every one there is: by the routes, the files of pages, and the protocol of the live channel. */
function resourcesNow(): Resource[] {
  const sockets = new SocketAsker();
  return [
    ...operations.map((operation) => ({
      name: `${operation.method} ${operation.path}`,
      ask: (asking: AskedWorld, caller: SightCaller, pick: Pick) =>
        askOperation(asking, operation, caller, pick),
    })),
    ...pages.map((page) => ({
      name: `page ${page.path}`,
      ask: (asking: AskedWorld, caller: SightCaller, pick: Pick) =>
        askPage(asking, page, caller, pick),
    })),
    ...["handshake", ...eventsOf("ClientToServer")].map((verb) => ({
      name: `socket ${verb}`,
      ask: (asking: AskedWorld, caller: SightCaller, pick: Pick) =>
        sockets.ask(asking, verb, caller, pick),
    })),
  ];
}

test("whatever can be asked is known here", () => {
  expect(["handshake", ...eventsOf("ClientToServer")]).toEqual(SOCKET_VERBS);
  expect(operations.length).toBeGreaterThan(80);
  expect(pages.length).toBeGreaterThan(20);
});

test.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
  "nobody is answered anything of what they may not see, whatever they ask, round %d",
  async (round) => {
    const asking: AskedWorld = { world, front, things, bodies: bodiesOf(world, things) };
    const resources = resourcesNow();
    const asked = new Map<string, number>();
    let turn = 0;
    const askOne = async (seed: number, own: number): Promise<void> => {
      const pick = pickerOf(seed);
      const caller = pick(callers);
      const { name, ask } = inTurn(resources, own);
      const answered = await ask(asking, caller, pick);
      // What they may change is left as it is, because others ask about it after this: somebody else asks.
      if (answered === null) return askOne(seed + 1, own);
      const { status, allowed, text, question, isOpen } = answered;
      const told = `${answered.told} by ${caller.told}: ${status} ${text.slice(0, 900)}`;
      if (!allowed.includes(status)) throw new Error(`not ${allowed}: ${told}`);
      if (!isOpen) hidesAll(text, caller.hidden, question, told);
      asked.set(name, (asked.get(name) ?? 0) + 1);
    };
    const before = await fingerprint(client.app.database);
    const triples = fc.array(fc.nat(), { minLength: AT_ONCE, maxLength: AT_ONCE });
    await fc.assert(
      fc.asyncProperty(triples, async (seeds) => {
        await Promise.all(seeds.map((seed) => askOne(seed, turn++)));
      }),
      { numRuns: RUNS / AT_ONCE, endOnFailure: true },
    );
    // What was answered 403 or 404 was not done all the same.
    expect(await fingerprint(client.app.database)).toEqual(before);
    expect(resources.map(({ name }) => name).filter((name) => !asked.has(name))).toEqual([]);
    const all = [...asked.values()].reduce((sum, count) => sum + count, 0);
    expect(all).toBe(RUNS);
    if (ROUNDS > 1) process.stderr.write(`${round * RUNS} of ${ROUNDS * RUNS} asked\n`);
  },
);

function inTurn<T>(all: readonly T[], turn: number): T {
  const one = all[turn % all.length];
  if (one === undefined) throw new Error("there is nothing to ask");
  return one;
}

/** Every address without a part, and every one with something of a sight. */
function addressesFor({ sight }: SightCaller): string[] {
  return operations.flatMap(({ method, path, who, takes }) => {
    if (method !== "GET" || (who !== "read" && who !== "export") || path.includes("/demonstration"))
      return [];
    const from = path.includes("waits") ? "2020-01-01T00:00:00Z" : "2020-01-01";
    const query = "from" in takes ? `?from=${from}` : "";
    let all = [path.replace("{format}", "json")];
    for (const [name = "", part = ""] of path.matchAll(/\{(\w+)\}/g)) {
      if (part === "format") continue;
      const upTo = path.slice(0, path.indexOf(name)).replace("/api/v1/", "");
      const own = (things[`${upTo}${name}`] ?? [])
        .filter((thing) => thing.isSeen(sight))
        .slice(0, 2);
      all = all.flatMap((one) => own.map(({ id }) => one.replace(name, encodeURIComponent(id))));
    }
    return all.map((one) => one + query);
  });
}

async function answersTo(caller: SightCaller): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const address of addressesFor(caller)) {
    const answer = await client.ask(address, caller.headers);
    answers.set(address, `${answer.status} ${timeless(await answer.text())}`);
  }
  return answers;
}

/** Without the moment at which it was answered, and lengths up to then. */
function timeless(text: string): string {
  const now = new Date().toISOString().slice(0, 10);
  return text
    .replaceAll(new RegExp(`"${now}T[^"]*"`, "g"), '"now"')
    .replaceAll(/(longest_wait_seconds\S*) [\d.]+/g, "$1 0")
    .replaceAll(/"(\w*_?(?:ms|share|cover|occupied|length|attended)\w*)":[\d.]+/g, '"$1":0');
}

test("what happens in rooms that are not seen changes no answer: no list, count, total, cursor or time", async () => {
  // Somebody of every limit, in turn with names and with initials.
  const limited = callers
    .filter(({ who, sight }) => isLimited(sight) && who?.kind === "key" && who.scopes.length > 1)
    .filter(({ sight }, index) => sight.masked === index % 4 > 1);
  let turn = 0;
  for (const caller of limited) {
    const before = await answersTo(caller);
    expect(before.size).toBeGreaterThan(15);
    const { rooms } = seenOf(world, caller.sight);
    for (const room of world.rooms.filter((one) => !rooms.has(one)).slice(0, 2)) {
      turn += 10;
      await goOn(world, room, turn);
    }
    const after = await answersTo(caller);
    for (const [address, text] of before) {
      expect(after.get(address), `${address} for ${JSON.stringify(caller.sight)}`).toBe(text);
    }
  }
});

test("a workbook has no more than the other files", async () => {
  const files = ["meetings.xlsx", "people.xlsx", "waits.xlsx", "rooms.xlsx"];
  for (const caller of callers.filter((one) => mayAtAll(one, "export"))) {
    for (const file of files) {
      const from = file.startsWith("waits") ? "2020-01-01T00:00:00Z" : "2020-01-01";
      const answer = await client.ask(`/api/v1/${file}?from=${from}`, caller.headers);
      expect([file, answer.status]).toEqual([file, 200]);
      const parts = unzipSync(new Uint8Array(await answer.arrayBuffer()));
      const text = Object.values(parts)
        .map((part) => strFromU8(part))
        .join("\n");
      hidesAll(text, caller.hidden, "", `${file} for ${caller.told}`);
    }
  }
});
