import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { METHODS, methodsOf, parametersOf } from "#server/gate/addresses.ts";
import { mistakeIn } from "./parameters.ts";
import { type ApiClient, openApiClient } from "./testing/ask.ts";

const API = "app/api";
const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.house.close());

/** A provider may add any query to the address that it was given: there parameters are not checked. */
const isQuestion = ([, path]: [string, string]) => !path.startsWith("/api/webhooks/");

/** Every method of every route, with a value for each part that is to be filled in. */
function routes(): [method: string, path: string][] {
  return (
    readdirSync(API, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith("/route.ts"))
      // The routes of bots are Attendee's, which ignores parameters that it does not know.
      .filter((file) => !file.startsWith("v1/bots/") && !file.includes("[[..."))
      .flatMap((file) => {
        const path = `/api/${file.replace("/route.ts", "").replaceAll(/\[[^\]]+\]/g, "0")}`;
        const text = readFileSync(join(API, file), "utf8");
        const own = METHODS.filter((method) => new RegExp(`function ${method}\\b`).test(text));
        return own.map((method): [string, string] => [method, path]);
      })
  );
}

test("routes are found", () => {
  expect(routes().length).toBeGreaterThan(50);
});

test("every address takes the methods that its route has, and those are all addresses", () => {
  const found = Map.groupBy(routes(), ([, path]) => path);
  for (const [path, own] of found) {
    const methods = own.flatMap(([method]) => (method === "GET" ? ["GET", "HEAD"] : [method]));
    expect([path, methodsOf(path)]).toEqual([path, [...methods, "OPTIONS"]]);
  }
  expect(methodsOf("/api/v1/nothing")).toBeNull();
  expect(methodsOf("/api/v1/meetings.pdf")).toBeNull();
  expect(methodsOf("/api/v1/people/apart/meetings")).toEqual(["DELETE", "OPTIONS"]);
});

describe.each(routes().filter(isQuestion))("%s %s", (method, path) => {
  test("names a parameter that it does not know, and does nothing", async () => {
    const asked = `${path}?limlt=1`;
    const answer =
      method === "GET" ? await client.ask(asked) : await client.send(method, asked, {});
    const { error } = refusal.parse(await answer.json());
    expect([answer.status, error.code]).toEqual([400, "unknown_parameter"]);
    expect(error.message).toContain("limlt");
  });

  test("names a parameter that is there twice, and does nothing", async () => {
    for (const name of parametersOf(method, path) ?? []) {
      const mistake = mistakeIn(method, new URL(`${path}?${name}=1&${name}=2`, "http://x"));
      expect([name, mistake?.code]).toEqual([
        name,
        name === "id" ? undefined : "repeated_parameter",
      ]);
    }
  });
});

test("a caller without a key is refused before its parameters are checked", async () => {
  expect((await client.ask("/api/v1/meetings?foo=1", {})).status).toBe(401);
});

test("a parameter that is there twice is a mistake, unless it is a list", async () => {
  const answer = await client.ask("/api/v1/people?q=a&q=b");
  const { error } = refusal.parse(await answer.json());
  expect([answer.status, error.code]).toEqual([400, "repeated_parameter"]);
  expect(error.message).toBe("The parameter q is there 2 times, and may be there once.");
  expect((await client.ask("/api/v1/deliveries?id=1&id=2")).status).toBe(200);
});

test("a parameter that is nearly right is answered with the right name", () => {
  const mistake = mistakeIn("GET", new URL("http://x/api/v1/meetings?sorce=1&elephant=2"));
  expect(mistake?.message).toMatch(/^There is no parameter sorce here: did you mean source\? This/);
  expect(mistake?.details).toEqual([
    { field: "sorce", message: "is not known here; source is" },
    { field: "elephant", message: "is not known here" },
  ]);
});

test.each([
  ["GET", "/api/v1/meetings?source=a&room=b&person=c&status=live&q=d&from=e&to=f&cursor=g&limit=1"],
  ["HEAD", "/api/v1/meetings?limit=1"],
  ["GET", "/api/v1/meetings.csv?tz=UTC&bom=1&download=x"],
  ["GET", "/api/v1/meetings/1/attendance.csv?tz=UTC&grace_ms=0"],
  ["GET", "/api/v1/waiting/lost.csv?tz=UTC"],
])("%s %s is what can be asked", (method, path) => {
  expect(mistakeIn(method, new URL(path, "http://x"))).toBeNull();
});
