import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { errorFacts } from "#server/runtime/error-facts.ts";
import { cleaned, patternOf } from "./cleaned.ts";

let client: ApiClient;
beforeAll(async () => {
  client = await openApiClient();
});
afterAll(() => client.app.close());

const NAME = "Zebedee Quuxington";
const report = {
  kind: "error" as const,
  type: "TypeError",
  message: `Cannot read “${NAME}” of undefined: ${NAME}`,
  stack: [
    `TypeError: ${NAME}`,
    "    at draw (https://rollcall.example.org/_next/static/chunks/a1-b2.js:1:234)",
    `    at https://rollcall.example.org/people?q=${encodeURIComponent(NAME)}:3:4`,
    "shown@https://rollcall.example.org/_next/static/chunks/c3.js:5:6",
    `${NAME}@https://rollcall.example.org/people/Zebedee:7:8`,
  ].join("\n"),
  page: "/people/[id]",
};

test("what is logged of a page's error names our own files, and nobody", () => {
  const facts = errorFacts(cleaned(report));
  expect(JSON.stringify(facts)).not.toMatch(/Zebedee|Quuxington|example/);
  expect(facts).toEqual({
    type: "TypeError",
    message: "Cannot read … of undefined",
    stack: [
      "    at draw (/_next/static/chunks/a1-b2.js:1:234)",
      "    at ? (page:3:4)",
      "    at shown (/_next/static/chunks/c3.js:5:6)",
      "    at ? (page:7:8)",
    ].join("\n"),
  });
});

test.each([
  ["/", "/"],
  ["/people/[id]", "/people/[id]"],
  ["/people/Zebedee", "elsewhere"],
  ["/people/01a2", "elsewhere"],
  ["//evil", "elsewhere"],
])("the page %s is logged as %s", (page, pattern) => {
  expect(patternOf({ page })).toBe(pattern);
});

test("only pages report, in one shape, and no more than some a minute", async () => {
  const send = (body: unknown, headers = client.person) =>
    client.put("/api/v1/page-errors", JSON.stringify(body), {
      ...headers,
      "content-type": "application/json",
      authorization: headers["authorization"] ?? "",
    });
  expect((await client.send("POST", "/api/v1/page-errors", report)).status).toBe(403);
  expect((await send({ ...report, stack: "x".repeat(6_000) })).status).toBe(400);
  expect((await send({ ...report, person: NAME })).status).toBe(400);
  const answers: unknown[] = [];
  for (let time = 0; time < 12; time += 1) answers.push(await (await send(report)).json());
  expect(answers[0]).toEqual({ status: "logged" });
  expect(answers.at(-1)).toEqual({ status: "dropped" });
});
