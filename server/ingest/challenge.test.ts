import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliveries } from "#db/schema/facts.ts";
import type { Provider } from "#server/providers/contract/contract.ts";
import { provider } from "#server/providers/providers.ts";
import { openTestApp, signed, type TestApp, type TestSource } from "#server/testing/test-app.ts";
import { directDoor } from "./direct-door.ts";
import { receiveAt } from "./receive.ts";

/*
 * What the next providers ask before they send anything, and how they address it: one proves that both know the
 * secret, one wants a parameter of the address back, one adds what happened to the path.
 */

const own = provider("daily");
if (own === null) throw new Error("no provider");

const asking: Provider = {
  ...own,
  paths: ["joined"],
  challenge({ raw, query, path, header, secrets: [secret = ""] }, check) {
    const token = query("validationToken");
    if (token !== null) return { contentType: "text/plain", body: token };
    if (path === "joined" && header("x-asks") !== null) {
      return { contentType: "text/plain", body: `${path} ${query("a")} ${header("x-asks")}` };
    }
    const [, plain] = /^plain:(.*)$/.exec(Buffer.from(raw).toString()) ?? [];
    if (plain === undefined || !check.ok) return null;
    const proof = createHmac("sha256", secret).update(plain).digest("hex");
    return { contentType: "application/json", body: JSON.stringify({ plain, proof }) };
  },
};

let app: TestApp;
let account: TestSource;
let door: TestApp["door"];
let url: string;
let close: () => void;

beforeAll(async () => {
  app = await openTestApp();
  account = await app.account();
  const { findSource } = app.door;
  door = {
    ...app.door,
    findSource: async (named, id, now) => {
      const found = await findSource(named, id, now);
      return found && { ...found, provider: asking };
    },
  };
  const handle = directDoor(door);
  const http = createServer((req, res) => void handle(req, res));
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  close = () => http.closeAllConnections();
});
afterAll(async () => {
  close();
  await app.close();
});

/** Asks the direct door and the route's own function, which must answer alike. */
async function ask(more: string, body: string, headers: Record<string, string> = {}) {
  const asked = new URL(`/api/webhooks/daily/${account.id}${more}`, url);
  const init = { method: "POST", headers, body };
  const seen = async (answer: Response) => [
    answer.status,
    answer.headers.get("content-type"),
    await answer.text(),
  ];
  const direct = await seen(await fetch(asked, init));
  expect(await seen(await receiveAt(door, new Request(asked, init)))).toEqual(direct);
  return direct;
}

describe("a challenge", () => {
  test("gets back what the address asks for, as text and unsigned", async () => {
    expect(await ask("?a=b&validationToken=a%20b%2Bc", "")).toEqual([200, "text/plain", "a b+c"]);
  });

  test("is answered with the secret only where it is signed with it", async () => {
    const { headers } = signed(account, "plain:7", app.now).init;
    const proof = createHmac("sha256", account.secret).update("7").digest("hex");
    const proven = JSON.stringify({ plain: "7", proof });
    expect(await ask("", "plain:7", headers)).toEqual([200, "application/json", proven]);
    expect((await ask("", "plain:7"))[0]).toBe(401);
  });

  test("may come to a path of the provider's own, and to no other", async () => {
    const asks = { "x-asks": "who" };
    expect(await ask("/joined?a=b", "", asks)).toEqual([200, "text/plain", "joined b who"]);
    for (const other of ["/left", "/joined/", "/joined/more", "//joined", "/%6aoined%2f"]) {
      expect((await ask(other, "", asks))[0]).toBe(404);
    }
  });

  test("stores nothing", async () => {
    expect(await app.database.orm.select().from(deliveries)).toEqual([]);
  });
});
