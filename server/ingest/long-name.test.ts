// A name of 500 characters that folds (NFKC) to 3.2 kB would overflow the index attendances_of_name.
import { afterAll, beforeAll, expect, test } from "vitest";
import { foldName } from "#domain/identity/name.ts";
import { clock, joins } from "#domain/testing/history.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { answerOf, openTestApp, post, type TestApp } from "#server/testing/test-app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

test("a name that folding makes longer than an index row is recorded", async () => {
  const all: [string, number][] = [];
  for (let code = 0x20; code < 0x2fa1e; code += 1) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const letter = String.fromCodePoint(code);
    const bytes = Buffer.byteLength(foldName(letter) ?? "");
    if (bytes >= 6) all.push([letter, bytes]);
  }
  const wide = all.toSorted((a, b) => b[1] - a[1]).map(([letter]) => letter);
  const rest = Array.from({ length: 500 - wide.length }, (_, i) =>
    String.fromCodePoint(0x20000 + ((i * i * 7919) % 40_000)),
  );
  const letters = [...wide, ...rest];
  let state = 7;
  const drawn = letters.map((letter) => {
    state = (state * 48_271) % 2_147_483_647;
    return { letter, position: state };
  });
  const name = drawn
    .toSorted((a, b) => a.position - b.position)
    .map(({ letter }) => letter)
    .join("");
  const account = await app.account();
  const body = bodyOf("daily", joins(name, { session: "s" })(clock("10:00")), "ward", "1");
  expect(await answerOf(await post(app, account, body))).toBe("recorded");
});
