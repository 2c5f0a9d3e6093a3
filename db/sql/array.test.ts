import fc from "fast-check";
import { parse } from "postgres-array";
import { expect, test } from "vitest";
import { literal, textsIn } from "./array.ts";

/** As PostgreSQL writes an array: quoted only where needed. */
function written(values: readonly (string | null)[]): string {
  const texts = values.map((value) => {
    const isPlain = value !== null && /^[^\s{},"\\]+$/.test(value) && !/^null$/i.test(value);
    return isPlain ? value : literal([value]).slice(1, -1);
  });
  return `{${texts.join(",")}}`;
}

test("an array of texts is read as it was written, whatever it contains", () => {
  const text = fc.oneof(
    fc.uuid(),
    fc.constantFrom(
      "null",
      "NULL",
      "Null",
      "nullable",
      "",
      "a.b",
      "a-b_c",
      " ",
      "\\",
      '"',
      "{}",
      ",",
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(fc.option(text)), (values) => {
      expect(textsIn(written(values))).toEqual(values);
      expect(textsIn(written(values))).toEqual(parse(written(values)));
    }),
    { numRuns: 500 },
  );
});
