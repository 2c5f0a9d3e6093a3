import { expect, test } from "vitest";
import { curlCommand } from "./curl.ts";

test("a body with quotes, lines and a leading @ is one word of a shell", () => {
  const url = "http://localhost:3000/api/webhooks/generic/1";
  expect(curlCommand({ url, headers: { "webhook-id": "a" }, body: "@it's\n$HOME" })).toBe(
    [`curl -sS '${url}'`, "-H 'webhook-id: a'", "--data-raw '@it'\\''s\n$HOME'"].join(" \\\n  "),
  );
});
