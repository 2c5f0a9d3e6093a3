import fc from "fast-check";
import { type CellValue, readXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { offsetIn } from "#server/api/history/period.ts";
import type { Column } from "./table.ts";
import { xlsxOf } from "./xlsx.ts";

interface Row {
  name: string | null;
  at?: number | null;
  ms?: number | null;
  count?: number | null;
  is?: boolean | null;
}

const name: Column<Row> = { name: "name", kind: "text", value: (row) => row.name };
const at: Column<Row> = { name: "first_joined_at", kind: "moment", value: (row) => row.at ?? null };
const stay: Column<Row> = { name: "stay", kind: "duration", value: (row) => row.ms ?? null };
const count: Column<Row> = { name: "count", kind: "number", value: (row) => row.count ?? null };
const is: Column<Row> = { name: "is_host", kind: "flag", value: (row) => row.is ?? null };

async function* inBatches(batches: Row[][]) {
  yield* batches;
}

function workbook(
  columns: Column<Row>[],
  batches: AsyncIterable<Row[]>,
  timeZone = "Europe/Berlin",
  sheet = "Meetings",
) {
  return xlsxOf({ columns, batches }, { offsetAt: offsetIn(timeZone), timeZone, sheet });
}

async function bytes(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

async function sheets(pieces: AsyncIterable<Uint8Array>) {
  return (await readXlsx(await bytes(pieces), { readStyles: true })).sheets;
}

async function rows(pieces: AsyncIterable<Uint8Array>): Promise<CellValue[][]> {
  const [sheet] = await sheets(pieces);
  return sheet?.rows ?? [];
}

describe("a table as XLSX", () => {
  it("has numbers, dates, lengths of time and texts as what they are", async () => {
    const moment = Date.UTC(2026, 10, 20, 10, 2, 11);
    const columns = [name, at, stay, count, is];
    const [head, ada, nobody] = await rows(
      workbook(
        columns,
        inBatches([
          [{ name: "Ada", at: moment, ms: 90_061_000, count: 0, is: false }],
          [{ name: null, is: true }],
        ]),
      ),
    );
    expect(head).toEqual(["Name", "First joined at (Europe/Berlin)", "Stay", "Count", "Is host"]);
    // A date in a sheet has no zone: it is what the clocks in Berlin showed.
    expect(ada?.[1]).toEqual(new Date("2026-11-20T11:02:11.000Z"));
    // 25:01:01, as a reader shows a length of time that takes it for a date.
    expect(ada?.[2]).toEqual(new Date("1900-01-01T01:01:01.000Z"));
    expect([ada?.[0], ada?.[3], ada?.[4]]).toEqual(["Ada", 0, false]);
    expect(nobody).toEqual([null, null, null, null, true]);
  });

  it("says how dates and lengths of time are to be shown, hours going on past 24", async () => {
    const [sheet] = await sheets(
      workbook([at, stay], inBatches([[{ name: null, at: Date.UTC(2026, 0, 1), ms: 1 }]])),
    );
    const shown = [...(sheet?.cells?.values() ?? [])].map((cell) => cell.style?.numFmt);
    expect(shown).toEqual(expect.arrayContaining(["yyyy-mm-dd hh:mm:ss", "[h]:mm:ss"]));
  });

  it.each([
    ["Asia/Kolkata", Date.UTC(2026, 10, 20, 20), "2026-11-21T01:30:00.000Z"],
    ["Europe/Berlin", Date.UTC(2026, 9, 25, 0, 30), "2026-10-25T02:30:00.000Z"],
    ["Europe/Berlin", Date.UTC(2026, 9, 25, 1, 30), "2026-10-25T02:30:00.000Z"],
    ["America/St_Johns", Date.UTC(2026, 10, 20, 1), "2026-11-19T21:30:00.000Z"],
  ])("tells a moment by the clocks of %s", async (zone, moment, clock) => {
    const [, row] = await rows(workbook([at], inBatches([[{ name: null, at: moment }]]), zone));
    expect(row).toEqual([new Date(clock)]);
  });

  it("is its head alone where there is nothing, and has a sheet's name whatever the file's", async () => {
    const name31 = "attendance [of] a/room: with 'a very' long *name?";
    const [sheet, ...others] = await sheets(workbook([name], inBatches([[]]), "UTC", name31));
    expect(others).toEqual([]);
    expect(sheet?.rows).toEqual([["Name"]]);
    expect(sheet?.name).toMatch(/^[^[\]:*?/\\]{1,31}$/);
  });

  it("gives any text back, never as a formula", async () => {
    const text = fc.string({
      unit: fc.constantFrom("=", "1", "+", "@", "<", "&", '"', "\n", "\t", "_x000D_", "é", "🙂"),
      minLength: 1,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 20 }), async (names) => {
        const table = workbook([name], inBatches([names.map((one) => ({ name: one }))]));
        const [sheet] = await sheets(table);
        expect(sheet?.rows.slice(1).map(([cell]) => cell)).toEqual(names);
        for (const cell of sheet?.cells?.values() ?? []) expect(cell.formula).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  it("opens whatever a name has in it: what no XML may hold is replaced, too much is cut off", async () => {
    const [, odd, long] = await rows(
      workbook(
        [name],
        inBatches([[{ name: "a\u0000b\uD800c\uFFFFd" }, { name: "x".repeat(40_000) }]]),
      ),
    );
    expect(odd).toEqual(["a\uFFFDb\uFFFDc\uFFFDd"]);
    expect(long?.[0]).toHaveLength(32_767);
  });

  it("reads no further than it is taken, and lets go of what it reads from", async () => {
    const made = { batches: 0, closed: false };
    async function* many() {
      try {
        for (; made.batches < 10_000; made.batches += 1)
          yield Array.from({ length: 500 }, (_, i) => ({ name: `${made.batches} ${i}` }));
      } finally {
        made.closed = true;
      }
    }
    const pieces = workbook([name], many());
    for (let taken = 0; taken < 20; taken += 1) await pieces.next();
    expect(made.batches).toBeLessThan(1_000);
    await pieces.return(undefined);
    expect(made.closed).toBe(true);
  });

  it("is no file where nothing can be read, and breaks off where it cannot be read on", async () => {
    async function* failing(after: number) {
      for (let batch = 0; batch < after; batch += 1) yield [{ name: "Ada" }];
      throw new Error("the database is away");
    }
    await expect(workbook([name], failing(0)).next()).rejects.toThrow("away");
    await expect(bytes(workbook([name], failing(1)))).rejects.toThrow("away");
  });
});
