import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isLimited } from "#domain/access/sight.ts";
import { type AddressedOperation, operationsIn } from "#server/http/openapi/testing/document.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf, routes } from "#server/http/testing/routes.ts";
import { allowedStatuses, bodiesOf, type Thing, thingsOf, tripleOf } from "./testing/asking.ts";
import { at, hidesAll, keysOf, pickerOf, requestOf, type SightKey } from "./testing/callers.ts";
import { buildWorld, goOn, type SightWorld, seenOf } from "./testing/world.ts";

/** So many triples of a key, something and what is done with it, a round each; more rounds by `SIGHT_RUNS`. */
const RUNS = 2_000;
const ROUNDS = Math.ceil(Number(process.env["SIGHT_RUNS"] ?? RUNS) / RUNS);

let client: ApiClient;
let world: SightWorld;
let things: Record<string, readonly Thing[]>;
let keys: SightKey[];
const operations = operationsIn(routes);

beforeAll(async () => {
  client = await openApiClient();
  world = await buildWorld(client);
  things = thingsOf(world);
  keys = await keysOf(world);
});
afterAll(() => client.app.close());

/** What changes something that others see. */
const WRITING = new Set<string>(["write", "deliver", "manage"]);

test.each(Array.from({ length: ROUNDS }, (_, round) => round + 1))(
  "whoever sees a part is answered nothing of the rest, whatever they ask, round %d",
  async () => {
    const known = { things, bodies: bodiesOf(world, things) };
    const asked = new Set<AddressedOperation>();
    const triple = fc.record({
      caller: fc.nat({ max: keys.length - 1 }),
      operation: fc.nat({ max: operations.length - 1 }),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(triple, async (chosen) => {
        const { sight, key, hidden } = at(keys, chosen.caller);
        const operation = at(operations, chosen.operation);
        const one = tripleOf(world, operation, known, pickerOf(chosen.seed));
        const allowed = allowedStatuses(one, sight);
        const isSeen = [...one.things, ...one.written].every((thing) => thing.isSeen(sight));
        const isWriting = operation.method !== "GET" && WRITING.has(operation.who);
        // What is seen is left as it is: others ask about it after this.
        if (isWriting && isSeen && !allowed.includes(403)) return;
        const answer = await answerOf(requestOf(one, key));
        const text = await answer.text();
        const by = JSON.stringify(sight);
        const told = `${operation.method} ${one.address} ${one.body ?? ""} by ${by}: ${answer.status} ${text.slice(0, 600)}`;
        if (!allowed.includes(answer.status)) throw new Error(`not ${allowed}: ${told}`);
        // A statement is for whoever has its address.
        if (operation.who !== "anybody") {
          hidesAll(text, hidden, `${decodeURIComponent(one.address)} ${one.body ?? ""}`, told);
        }
        asked.add(operation);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    const never = operations.filter((operation) => !asked.has(operation));
    expect(never.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  },
);

/** Every address without a part, and every one with something of a sight. */
function addressesFor({ sight }: SightKey): string[] {
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

async function answersTo(caller: SightKey): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const address of addressesFor(caller)) {
    const answer = await client.ask(address, { authorization: `Bearer ${caller.key}` });
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
  const limited = keys.filter(({ sight }) => isLimited(sight));
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
  for (const { key, sight, hidden } of keys) {
    for (const file of files) {
      const known = { authorization: `Bearer ${key}` };
      const from = file.startsWith("waits") ? "2020-01-01T00:00:00Z" : "2020-01-01";
      const answer = await client.ask(`/api/v1/${file}?from=${from}`, known);
      expect([file, answer.status]).toEqual([file, 200]);
      const parts = unzipSync(new Uint8Array(await answer.arrayBuffer()));
      const text = Object.values(parts)
        .map((part) => strFromU8(part))
        .join("\n");
      hidesAll(text, hidden, "", `${file} for ${JSON.stringify(sight)}`);
    }
  }
});
