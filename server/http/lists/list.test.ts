import { expect, test } from "vitest";
import { z } from "zod";
import type { Reader } from "#db/sql/orm.ts";
import { cursorBy } from "./cursor-shape.ts";
import { ANY_DAYS } from "./days.ts";
import { defineList } from "./list.ts";
import { NARROWING } from "./parameters.ts";

test("a page of any length has its rows, and a few lengths are read", async () => {
  const read = new Set<number>();
  const rows = Array.from({ length: 150 }, (_, at) => ({ at }));
  const numbers = defineList({
    query: { q: NARROWING.q },
    days: ANY_DAYS,
    cursor: () => cursorBy({ at: z.int() }),
    placeOf: ({ at }: { at: number }) => ({ at }),
    select: () => null,
    open: () => ({
      read: async (from, limit) => {
        read.add(limit);
        const first = from === null ? 0 : from.key.at + 1;
        return rows.slice(first, first + limit);
      },
    }),
  });
  const reader: Reader = Object.create(null);
  for (let limit = 1; limit <= 200; limit += 1) {
    let path: string | null = "/numbers";
    const pages: { at: number }[][] = [];
    while (path !== null) {
      const { searchParams } = new URL(path, "http://page");
      const page = await numbers.onPage("/numbers", searchParams, 0).read(reader, limit);
      pages.push(page.rows);
      path = page.next;
    }
    expect(pages.flat()).toEqual(rows);
    expect(pages.slice(0, -1).every(({ length }) => length === limit)).toBe(true);
  }
  expect([...read].toSorted((a, b) => a - b)).toEqual([11, 26, 51, 101, 201]);
});
