import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prettyJson } from "./pretty-json.ts";

describe("JSON with a line for each value", () => {
  it("preserves what parsing and writing it again would lose", () => {
    const text =
      '{"at":1.0,"big":123456789012345678901,"a":"\\u00e9 {,} \\"","a":[],"b":{ },"c":[1,{"d":null}]}';
    expect(prettyJson(text)).toBe(`{
  "at": 1.0,
  "big": 123456789012345678901,
  "a": "\\u00e9 {,} \\"",
  "a": [],
  "b": {},
  "c": [
    1,
    {
      "d": null
    }
  ]
}`);
  });

  it.each(["", "{", "nothing", '{"a":1}}', "{'a':1}", "[1,]"])("is none of %j", (text) => {
    expect(prettyJson(text)).toBeNull();
  });

  it("equals what `JSON.stringify` writes, for any value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });
});
