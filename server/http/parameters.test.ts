import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { FILE_FORMATS } from "#server/http/files/formats.ts";
import { isOwn } from "./handlers.ts";
import { operationsOf } from "./operation.ts";
import { mistakeIn } from "./parameters.ts";
import { text } from "./query.ts";
import { type ApiClient, openApiClient } from "./testing/client.ts";
import { type ApiRoute, methodsOf, routes } from "./testing/routes.ts";

const refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.app.close());

/** The addresses of a route, with something in place of each part that may be anything. */
function addressesOf({ folder, exports }: ApiRoute): string[] {
  const files = operationsOf(exports["GET"]).flatMap(({ file, list = [] }) =>
    file === undefined ? list : FILE_FORMATS.map((format) => `${file}.${format}`),
  );
  return (files.length > 0 ? files : [""]).map(
    (file) => `/api/${folder.replace("[file]", file).replaceAll(/\[[^\]]+\]/g, "0")}`,
  );
}

/** A webhook's address is its provider's, and those of bots are Attendee's: there a query asks nothing of us. */
const ours = routes.filter(
  ({ folder }) => !/^webhooks|^v1\/(?:bots|app_sessions)|\[\[/.test(folder),
);

const all = ours.flatMap((route) =>
  addressesOf(route).flatMap((path) =>
    methodsOf(route).map((method): [string, string] => [method, path]),
  ),
);

test("there are routes to be asked", () => {
  expect(all.length).toBeGreaterThan(70);
});

test.each(routes.map((route): [string, ApiRoute] => [route.folder, route]))(
  "%s is made by `api(…)`, for every method",
  (_, { exports }) => {
    const methods = ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"];
    expect(Object.keys(exports).toSorted()).toEqual(methods);
    expect(methods.filter((method) => isOwn(exports[method]) === null)).toEqual([]);
  },
);

async function refusedAs(method: string, asked: string) {
  const answer = await client.ask(asked, client.person, method);
  const { error } = refusal.parse(await answer.json());
  return { status: answer.status, ...error };
}

describe.each(all)("%s %s", (method, path) => {
  test("names a parameter that it does not know, or that is there twice, and does nothing", async () => {
    const { status, code, message } = await refusedAs(method, `${path}?limlt=1`);
    expect([status, code]).toEqual([400, "unknown_parameter"]);
    expect(message).toContain("limlt");
    const [, list = ""] = / takes (.+)\.$/.exec(message) ?? [];
    const [name = "none"] = list.split(", ").filter((one) => one !== "id");
    if (name === "none") return;
    const twice = await refusedAs(method, `${path}?${name}=1&${name}=2`);
    expect([twice.status, twice.code]).toEqual([400, "repeated_parameter"]);
  });
});

test.each(
  ours.flatMap((route) => addressesOf(route).map((path): [string, ApiRoute] => [path, route])),
)(
  "%s says which methods it takes to whoever tries another, and needs no key for that",
  async (path, route) => {
    const own = methodsOf(route);
    const allow = [...own.flatMap((one) => (one === "GET" ? ["GET", "HEAD"] : [one])), "OPTIONS"];
    const other = ["GET", "POST", "PUT", "PATCH", "DELETE"].find((one) => !own.includes(one));
    const answer = await client.ask(path, {}, other);
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, allow.join(", ")]);
    const options = await client.ask(path, {}, "OPTIONS");
    expect([options.status, options.headers.get("allow")]).toEqual([204, allow.join(", ")]);
  },
);

test.each(["/api/v1/meetings.pdf", "/api/v1/meetingscsv", "/api/v1/waiting/won.csv", "/api/v1/x"])(
  "%s is nowhere, by any method",
  async (path) => {
    for (const method of ["GET", "POST", "DELETE", "OPTIONS"]) {
      expect((await client.ask(path, {}, method)).status).toBe(404);
    }
  },
);

test("a stranger is told that they are one first", async () => {
  expect((await client.ask("/api/v1/meetings?foo=1", {})).status).toBe(401);
});

test("a parameter that is there twice is a mistake, but for what is a list", async () => {
  const { message } = await refusedAs("GET", "/api/v1/people?q=a&q=b");
  expect(message).toBe("The parameter q is there 2 times, and may be there once.");
  expect((await client.ask("/api/v1/deliveries?id=1&id=2")).status).toBe(200);
});

test("whoever nearly knew the name is told it", () => {
  const takes = { source: text, room: text, q: text };
  const mistake = mistakeIn(new URL("http://x?sorce=1&elephant=2"), { takes });
  expect(mistake?.message).toMatch(/^There is no parameter sorce here: did you mean source\? This/);
  expect(mistake?.details).toEqual([
    { field: "sorce", message: "is not known here; source is" },
    { field: "elephant", message: "is not known here" },
  ]);
  expect(mistakeIn(new URL("http://x?q=1&room=2"), { takes })).toBeNull();
});
