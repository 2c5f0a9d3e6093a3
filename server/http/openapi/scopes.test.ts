import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createKey } from "#db/access/keys.ts";
import { type Access, SCOPES } from "#domain/access/scope.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf, routes } from "#server/http/testing/routes.ts";
import { type AddressedOperation, operationsIn, partsOf } from "./testing/document.ts";

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.app.close());

const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
/** What no key may, whatever it was made for. */
const NO_KEY = new Set<string>(["owner", "self"]);
/** As another system words it. */
const bare = z.object({ detail: z.string() });

/** Asks an operation about what is not there, with a body that says nothing. */
function ask({ method, path }: AddressedOperation, key: string): Promise<Response> {
  let address = path;
  for (const part of partsOf(path)) {
    address = address.replace(`{${part}}`, part === "format" ? "json" : "1");
  }
  const url = new URL(address, "http://localhost:3000");
  const headers = {
    host: url.host,
    authorization: `Bearer ${key}`,
    "content-type": "application/json",
  };
  return answerOf(
    new Request(url, { method, headers, ...(method !== "GET" && { body: '"nothing"' }) }),
  );
}

test.each(SCOPES)("a key to %s does that at every address, and nothing else", async (scope) => {
  const { key } = await createKey(client.app.database.orm, scope, { scopes: [scope] });
  const all = operationsIn(routes);
  const seen = new Set<Access>();
  for (const operation of all) {
    const { who, method, path } = operation;
    const answer = await ask(operation, key);
    const isForbidden = answer.status === 403;
    expect([isForbidden, method, path]).toEqual([who !== "anybody" && who !== scope, method, path]);
    if (who !== "anybody") seen.add(who);
    const body: unknown = isForbidden ? await answer.json() : null;
    if (isForbidden && !bare.safeParse(body).success) {
      const { error } = refusal.parse(body);
      expect(error.code).toBe("forbidden");
      expect(error.message).toContain(NO_KEY.has(who) ? "No key may do that" : `not ${who}:`);
    }
  }
  expect([...seen].toSorted()).toEqual([...NO_KEY, ...SCOPES].toSorted());
});
