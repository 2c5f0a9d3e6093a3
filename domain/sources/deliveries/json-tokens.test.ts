import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonParts, withoutSecrets } from "./json-tokens.ts";

test("the parts of a text are that text, whatever it is", () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      expect(
        jsonParts(text)
          .map((part) => part.text)
          .join(""),
      ).toBe(text);
    }),
  );
});

test("names of fields, texts, numbers and words are told apart, also where a text looks like another", () => {
  const text = '{"a": "b\\": 1", "n": [-1.5e3, true, null]}';
  expect(
    jsonParts(text)
      .filter(({ kind }) => kind !== "rest")
      .map((part) => [part.kind, part.text]),
  ).toEqual([
    ["key", '"a"'],
    ["text", '"b\\": 1"'],
    ["key", '"n"'],
    ["number", "-1.5e3"],
    ["word", "true"],
    ["word", "null"],
  ]);
});

test("a secret in a body is not shown, and everything else is to the letter", () => {
  const body =
    '{"room":"a","webhook_secret":"whsec_x","meetingToken": 42 ,"names":["token"],"n":1.0}';
  expect(withoutSecrets(body)).toBe(
    '{"room":"a","webhook_secret":"•••","meetingToken": "•••" ,"names":["token"],"n":1.0}',
  );
});
