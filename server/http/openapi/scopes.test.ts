import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createKey } from "#db/access/keys.ts";
import { ROLES, type Role, roleMay } from "#domain/access/role.ts";
import { type Access, SCOPES, scopeFor } from "#domain/access/scope.ts";
import { type AskingBrowser, membersOf } from "#server/access/testing/browser.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf, routes } from "#server/http/testing/routes.ts";
import { type AddressedOperation, operationsIn, partsOf } from "./testing/document.ts";

let client: ApiClient;
let members: Promise<Record<Role, AskingBrowser>> | null = null;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.app.close());

const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
/** As another system words it. */
const bare = z.object({ detail: z.string() });

/** Asks an operation about what is not there, with a body that says nothing. */
function ask({ method, path }: AddressedOperation, who: Record<string, string>): Promise<Response> {
  let address = path;
  for (const part of partsOf(path)) {
    address = address.replace(`{${part}}`, part === "format" ? "json" : "1");
  }
  const url = new URL(address, "http://localhost:3000");
  const headers = { host: url.host, ...who, "content-type": "application/json" };
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
    const answer = await ask(operation, { authorization: `Bearer ${key}` });
    const isForbidden = answer.status === 403;
    const needed = who === "anybody" ? scope : scopeFor(who);
    expect([isForbidden, method, path]).toEqual([needed !== scope, method, path]);
    if (who !== "anybody") seen.add(who);
    const body: unknown = isForbidden ? await answer.json() : null;
    if (isForbidden && !bare.safeParse(body).success) {
      const { error } = refusal.parse(body);
      expect(error.code).toBe("forbidden");
      expect(error.message).toContain(needed === null ? "No key may do that" : `not ${needed}:`);
    }
  }
  expect([...seen].map(scopeFor)).toEqual(expect.arrayContaining([...SCOPES, null]));
});

test.each(ROLES)(
  "whoever signs in as %s is refused what their role may not, and nothing else",
  async (role) => {
    members ??= membersOf(client);
    const headers = (await members)[role].headers();
    for (const operation of operationsIn(routes)) {
      const { who, method, path } = operation;
      if (who === "anybody") continue;
      const { status } = await ask(operation, headers);
      expect([status === 403, method, path]).toEqual([!roleMay(role, who), method, path]);
    }
  },
);
