import fc from "fast-check";
import { expect, it } from "vitest";
import { pack, unpack } from "./packed.ts";

it("what a page carries is what was packed", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3, depthSize: "small" }), (value) => {
      const read: unknown = unpack(pack(value));
      expect(read).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it("says every word once, however often it stands there", () => {
  const ada = { name: "Ada Lovelace", waits: [{ for: "Ada Lovelace" }, { for: "algebra" }] };
  const packed = pack([ada, ada, { name: "algebra", waits: [] }]);
  expect(packed.split("Ada Lovelace").length - 1).toBe(1);
  expect(packed.split("algebra").length - 1).toBe(1);
  expect(unpack(packed)).toEqual([ada, ada, { name: "algebra", waits: [] }]);
});

it("leaves out what is not said, as any text of data does", () => {
  expect(unpack(pack({ one: 1, none: undefined, empty: null }))).toStrictEqual({
    one: 1,
    empty: null,
  });
});
