import fc from "fast-check";
import { expect, it } from "vitest";
import { pack, unpack } from "./packed.ts";

it("packed data on a page is the same when unpacked", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3, depthSize: "small" }), (value) => {
      const read: unknown = unpack(pack(value));
      expect(read).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it("stores every string once, however often it occurs", () => {
  const ada = { name: "Ada Lovelace", waits: [{ for: "Ada Lovelace" }, { for: "algebra" }] };
  const packed = pack([ada, ada, { name: "algebra", waits: [] }]);
  expect(packed.split("Ada Lovelace").length - 1).toBe(1);
  expect(packed.split("algebra").length - 1).toBe(1);
  expect(unpack(packed)).toEqual([ada, ada, { name: "algebra", waits: [] }]);
});

it("leaves out undefined values, as JSON does", () => {
  expect(unpack(pack({ one: 1, none: undefined, empty: null }))).toStrictEqual({
    one: 1,
    empty: null,
  });
});
