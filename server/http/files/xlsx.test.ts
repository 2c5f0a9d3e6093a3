import fc from "fast-check";
import { strFromU8, unzipSync } from "fflate";
import { type CellValue, readXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { offsetIn } from "#server/http/period.ts";
import type { FileIntro } from "./readable.ts";
import type { Column } from "./table.ts";
import { xlsxOf } from "./xlsx.ts";

interface Row {
  name: string | null;
  at?: number | null;
  ms?: number | null;
  count?: number | null;
  is?: boolean | null;
  share?: number | null;
  state?: string | null;
}

const name: Column<Row> = { name: "name", kind: "text", value: (row) => row.name };
const at: Column<Row> = { name: "first_joined_at", kind: "moment", value: (row) => row.at ?? null };
const stay: Column<Row> = { name: "stay", kind: "duration", value: (row) => row.ms ?? null };
const count: Column<Row> = { name: "count", kind: "number", value: (row) => row.count ?? null };
const is: Column<Row> = { name: "is_host", kind: "flag", value: (row) => row.is ?? null };
const share: Column<Row> = { name: "share", kind: "share", value: (row) => row.share ?? null };
const state: Column<Row> = {
  name: "state",
  heading: "How it went",
  kind: "word",
  words: { not_admitted: "waited, not admitted" },
  value: (row) => row.state ?? null,
};
const id: Column<Row> = { name: "id", kind: "text", only: "programs", value: () => "01a1f8d3" };

const intro: FileIntro = {
  title: "Meetings & more",
  lines: [
    ["Days", "2026-10-24 to 2026-11-20"],
    ["Late", "more than 5 min after the start"],
  ],
};

async function* inBatches(batches: Row[][]) {
  yield* batches;
}

function workbook(
  columns: Column<Row>[],
  batches: AsyncIterable<Row[]>,
  timeZone = "Europe/Berlin",
  sheet = "Meetings",
) {
  return xlsxOf(
    { columns, batches },
    { offsetAt: offsetIn(timeZone), timeZone, sheet, intro: intro },
  );
}

/** The XML of the parts of a workbook, by their path. */
async function partsOf(pieces: AsyncIterable<Uint8Array>): Promise<Record<string, string>> {
  const parts = Object.entries(unzipSync(await bytes(pieces)));
  return Object.fromEntries(parts.map(([path, part]) => [path, strFromU8(part)]));
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
  it("has numbers, dates, minutes, shares, words and texts with their types", async () => {
    const moment = Date.UTC(2026, 10, 20, 10, 2, 11);
    const columns = [id, at, stay, count, is, share, state, { ...name, leads: true } as const];
    const [head, ada, nobody] = await rows(
      workbook(
        columns,
        inBatches([
          [
            {
              name: "Ada",
              at: moment,
              ms: 90_090_000,
              count: 0,
              is: false,
              share: 0.963,
              state: "left_early",
            },
          ],
          [{ name: null, is: true, state: "not_admitted" }],
        ]),
      ),
    );
    expect(head).toEqual([
      "Name",
      "First joined at (Europe/Berlin)",
      "Stay (min)",
      "Count",
      "Is host",
      "Share",
      "How it went",
    ]);
    // A date in a sheet has no zone: it is what clocks in Berlin showed.
    expect(ada?.[1]).toEqual(new Date("2026-11-20T11:02:11.000Z"));
    expect([ada?.[0], ...(ada?.slice(2) ?? [])]).toEqual([
      "Ada",
      1501.5,
      0,
      "no",
      0.963,
      "left early",
    ]);
    expect(nobody).toEqual([null, null, null, null, "yes", null, "waited, not admitted"]);
  });

  it("has formats for dates, minutes and shares", async () => {
    const row = { name: null, at: Date.UTC(2026, 0, 1), ms: 1, share: 0.5 };
    const [sheet] = await sheets(workbook([at, stay, share], inBatches([[row]])));
    const shown = [...(sheet?.cells?.values() ?? [])].map((cell) => cell.style?.numFmt);
    expect(shown).toEqual(expect.arrayContaining(["yyyy\\-mm\\-dd\\ hh:mm:ss", "#,##0.0", "0.0%"]));
  });

  it("freezes the heading and the leading columns, and repeats them on every printed page", async () => {
    const leading = { ...name, leads: true } as const;
    const parts = await partsOf(workbook([at, leading, stay], inBatches([[{ name: "Ada" }]])));
    const sheet = parts["xl/worksheets/sheet1.xml"] ?? "";
    expect(sheet).toContain('<pane xSplit="1" ySplit="1" topLeftCell="B2"');
    expect(sheet).toContain('state="frozen"');
    expect(parts["xl/workbook.xml"]).toContain(
      "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">'Meetings'!$A:$A,'Meetings'!$1:$1</definedName>",
    );
    expect(sheet).toContain('<pageSetUpPr fitToPage="1"/>');
    expect(sheet).toContain('orientation="landscape" fitToWidth="1" fitToHeight="0"/>');
    expect(sheet).toContain(
      "<oddHeader>&amp;LMeetings &amp;&amp; more&amp;R2026-10-24 to 2026-11-20 · Europe/Berlin</oddHeader>",
    );
    expect(sheet).toContain("<oddFooter>&amp;CPage &amp;P of &amp;N</oddFooter>");
    const widths = [...sheet.matchAll(/<col [^>]*width="(\d+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).toHaveLength(3);
    for (const width of widths) expect(width).toBeGreaterThanOrEqual(11);
  });

  it("prints on as many pages side by side as are needed to read it", async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ ...count, name: `day ${index}` }));
    const parts = await partsOf(workbook([name, ...many], inBatches([[]])));
    const [, pages] = /fitToWidth="(\d+)"/.exec(parts["xl/worksheets/sheet1.xml"] ?? "") ?? [];
    expect(Number(pages)).toBe(Math.ceil((24 + 60 * 11) / 190));
  });

  it("has a last sheet about the file", async () => {
    const [, about, ...others] = await sheets(workbook([name], inBatches([[{ name: "Ada" }]])));
    expect(others).toEqual([]);
    expect(about?.name).toBe("About");
    expect(about?.rows).toEqual([
      ["What this is", "Meetings & more"],
      ["Days", "2026-10-24 to 2026-11-20"],
      ["Late", "more than 5 min after the start"],
    ]);
  });

  it("continues on another sheet where one is full, and loses no row", async () => {
    const batches = [5, 1, 0, 4].map((size, batch) =>
      Array.from({ length: size }, (_, index) => ({ name: `${batch}.${index}` })),
    );
    const options = {
      offsetAt: offsetIn("UTC"),
      timeZone: "UTC",
      sheet: "Waits",
      intro: intro,
      mostRows: 4,
    };
    const pieces = xlsxOf({ columns: [name], batches: inBatches(batches) }, options);
    const all = await sheets(pieces);
    expect(all.map((sheet) => sheet.name)).toEqual([
      "Waits",
      "Waits 2",
      "Waits 3",
      "Waits 4",
      "About",
    ]);
    const names = all.slice(0, -1).flatMap(({ rows: [head, ...rest] }) => {
      expect(head).toEqual(["Name"]);
      return rest.map(([cell]) => cell);
    });
    expect(names).toEqual(batches.flat().map((row) => row.name));
  });

  it.each([
    ["Asia/Kolkata", Date.UTC(2026, 10, 20, 20), "2026-11-21T01:30:00.000Z"],
    ["Europe/Berlin", Date.UTC(2026, 9, 25, 0, 30), "2026-10-25T02:30:00.000Z"],
    ["Europe/Berlin", Date.UTC(2026, 9, 25, 1, 30), "2026-10-25T02:30:00.000Z"],
    ["America/St_Johns", Date.UTC(2026, 10, 20, 1), "2026-11-19T21:30:00.000Z"],
  ])("writes a moment as clocks in %s showed it", async (zone, moment, clock) => {
    const [, row] = await rows(workbook([at], inBatches([[{ name: null, at: moment }]]), zone));
    expect(row).toEqual([new Date(clock)]);
  });

  it("is the head alone where there are no rows, and has a valid sheet name whatever the file's name", async () => {
    const name31 = "attendance [of] a/room: with 'a very' long *name?";
    const [sheet, ...others] = await sheets(workbook([name], inBatches([[]]), "UTC", name31));
    expect(others.map((other) => other.name)).toEqual(["About"]);
    expect(sheet?.rows).toEqual([["Name"]]);
    expect(sheet?.name).toMatch(/^[^[\]:*?/\\]{1,31}$/);
  });

  it.each([
    ["Register of Mathematics for beginners", "Register of Mathematics for"],
    ["Register of Algebra, Monday 9 h", "Register of Algebra, Monday 9 h"],
    ["Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsgesellsch"],
  ])("calls the sheet of %s %s", async (title, called) => {
    const [sheet] = await sheets(workbook([name], inBatches([[]]), "UTC", title));
    expect(sheet?.name).toBe(called);
  });

  it("shortens a long name so that the number of a further sheet fits", async () => {
    const sheet = "Register of Algebra, Monday 9 h";
    const options = {
      offsetAt: offsetIn("UTC"),
      timeZone: "UTC",
      sheet,
      intro: intro,
      mostRows: 2,
    };
    const rows = inBatches([[{ name: "Ada" }, { name: "Bo" }]]);
    const all = await sheets(xlsxOf({ columns: [name], batches: rows }, options));
    expect(all.map((one) => one.name)).toEqual([
      "Register of Algebra, Monday 9 h",
      "Register of Algebra, Monday 9 2",
      "About",
    ]);
  });

  it("reads back as the same text, never as a formula", async () => {
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

  it("opens with any name in it: characters invalid in XML are replaced, and long texts are cut off", async () => {
    const [, odd, long] = await rows(
      workbook(
        [name],
        inBatches([[{ name: "a\u0000b\uD800c\uFFFFd" }, { name: "x".repeat(40_000) }]]),
      ),
    );
    expect(odd).toEqual(["a\uFFFDb\uFFFDc\uFFFDd"]);
    expect(long?.[0]).toHaveLength(32_767);
  });

  it("reads its rows no faster than it is read, and closes their source", async () => {
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

  it("is no file where the first read fails, and breaks off where a later one fails", async () => {
    async function* failing(after: number) {
      for (let batch = 0; batch < after; batch += 1) yield [{ name: "Ada" }];
      throw new Error("the database is away");
    }
    await expect(workbook([name], failing(0)).next()).rejects.toThrow("away");
    await expect(bytes(workbook([name], failing(1)))).rejects.toThrow("away");
  });
});
