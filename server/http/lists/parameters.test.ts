import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AskedParams } from "#server/http/asked.ts";
import { upTo, word } from "#server/http/query.ts";
import { bit, cursorBy, uuid } from "./cursor-shape.ts";
import { forPrograms, leniently, NARROWING, sortedBy, strictly } from "./parameters.ts";

const SHAPE = z.object({
  ...NARROWING,
  status: forPrograms(word(["live", "ended"]).default(null)),
  ...sortedBy(["name", "last"]),
});
const NOTHING = {
  ...{ source: null, room: null, q: null, min_duration_ms: null },
  ...{ status: null, sort: null, order: null },
};
const forProgram = (query: string) => strictly(SHAPE, new URL(`http://api/?${query}`));

describe("the parameters of a list", () => {
  test("are all absent without a query, and where they are empty", () => {
    expect(forProgram("")).toEqual(NOTHING);
    expect(forProgram("q=%20&sort=&status=&elephant=1")).toEqual(NOTHING);
    expect(leniently(SHAPE, new AskedParams("min_duration_ms=&order="))).toEqual(NOTHING);
  });

  test("are read alike for programs and for pages", () => {
    const query = "q=%20a%00&min_duration_ms=60000&sort=name&order=asc";
    const read = { ...NOTHING, q: "a", min_duration_ms: 60_000, sort: "name", order: "asc" };
    expect(forProgram(query)).toEqual(read);
    expect(leniently(SHAPE, new AskedParams(query))).toEqual(read);
  });

  test.each([
    ["sort=up", "bad_sort", "sort must be one of name, last."],
    ["status=open&order=up", "bad_status", "status must be one of live, ended."],
    [
      "min_duration_ms=",
      "bad_min_duration_ms",
      "min_duration_ms must be a whole number from 0 to 999999999999.",
    ],
  ])("refuse %s to a program", (query, code, message) => {
    expect(() => forProgram(query)).toThrow(
      expect.objectContaining({ status: 400, code, message }),
    );
  });

  test("are arrays where they may be given several times", () => {
    const query = z.object({ id: z.array(upTo(9)).default([]), q: NARROWING.q });
    const read = (asked: string) => strictly(query, new URL(`http://api/?${asked}`), ["id"]);
    expect(read("id=3&q=a&id=1")).toEqual({ id: [3, 1], q: "a" });
    expect(read("")).toEqual({ id: [], q: null });
    expect(() => read("id=3&id=10")).toThrow(
      expect.objectContaining({
        code: "bad_id",
        message: "id must be a whole number from 0 to 9.",
      }),
    );
  });

  test("of one list's programs are those of another list's page", () => {
    const query = z.object({ room: forPrograms(NARROWING.room) });
    const asked = new AskedParams("room=ward");
    expect(leniently(query, asked)).toEqual({ room: null });
    expect(leniently(SHAPE, asked)).toEqual({ ...NOTHING, room: "ward" });
  });

  test("name what a page cannot read or does not take, and read the rest", () => {
    const asked = new AskedParams("sort=up&order=asc&status=live&min_duration_ms=long");
    expect(leniently(SHAPE, asked)).toEqual({ ...NOTHING, order: "asc" });
    expect(asked.passedOver()).toMatchObject([
      { name: "min_duration_ms", instead: "Meetings of any length count." },
      { name: "sort", instead: "The usual order is shown." },
      { name: "status", why: { kind: "unknown" } },
    ]);
  });
});

describe("a cursor", () => {
  const id = "00000000-0000-4000-8000-000000000000";
  const shape = cursorBy({ live: bit, at: z.int(), id: uuid });

  test("has the sort values of a row in their order, and is read as them", () => {
    const row = { live: true, at: 7, id };
    expect(shape.valuesOf(row)).toEqual([1, 7, id]);
    expect(shape.parse([1, 7, id])).toEqual(row);
  });

  test.each([[[2, 7, id]], [[1, "7", id]], [[1, 7, "id"]], [[1, 7]]])("refuses %j", (values) => {
    expect(() => shape.parse(values)).toThrow(
      expect.objectContaining({ status: 400, code: "bad_cursor" }),
    );
  });
});
