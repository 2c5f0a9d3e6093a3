import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { offsetIn } from "#server/http/period.ts";
import { type CsvOptions, csvOf, localTime } from "./csv.ts";
import { dialectOf } from "./dialect.ts";
import type { Column } from "./table.ts";

interface Row {
  name: string | null;
  at?: number | null;
  ms?: number | null;
  count?: number | null;
  is?: boolean | null;
}

const name: Column<Row> = { name: "name", kind: "text", value: (row) => row.name };
const berlin = {
  offsetAt: offsetIn("Europe/Berlin"),
  timeZone: "Europe/Berlin",
  bom: false,
  people: null,
};

async function* inBatches(batches: Row[][]) {
  yield* batches;
}

async function csv(
  columns: Column<Row>[],
  batches: Row[][],
  options: CsvOptions = berlin,
): Promise<string> {
  const table = { columns, batches: inBatches(batches) };
  let text = "";
  for await (const piece of csvOf(table, options)) text += piece;
  return text;
}

/** A reader of RFC 4180 written for this test, letter by letter. */
function read(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i] ?? "";
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (letter === '"') quoted = true;
    else if (letter === ",") {
      row.push(cell);
      cell = "";
    } else if (letter === "\r" && text[i + 1] === "\n") {
      rows.push([...row, cell]);
      [row, cell] = [[], ""];
      i += 1;
    } else cell += letter;
  }
  return rows;
}

describe("a table as CSV", () => {
  it("names its columns, ends every line with CRLF and leaves absence empty", async () => {
    const columns: Column<Row>[] = [
      name,
      { name: "at", kind: "moment", value: (row) => row.at ?? null },
      { name: "stay", kind: "duration", value: (row) => row.ms ?? null },
      { name: "count", kind: "number", value: (row) => row.count ?? null },
      { name: "is", kind: "flag", value: (row) => row.is ?? null },
    ];
    const rows = [
      [{ name: "Ada", at: Date.UTC(2026, 10, 20, 10, 2, 11), ms: 90_061_500, count: 0, is: false }],
      [{ name: null }],
    ];
    expect(await csv(columns, rows)).toBe(
      "name,at,stay,stay_ms,count,is\r\n" +
        "Ada,2026-11-20T11:02:11.000+01:00,25:01:01,90061500,0,false\r\n" +
        ",,,,,\r\n",
    );
  });

  it("is the head alone where there are no rows", async () => {
    expect(await csv([name], [[]])).toBe("name\r\n");
  });

  it("has a byte order mark only on request", async () => {
    expect(await csv([name], [], { ...berlin, bom: true })).toBe("\uFEFFname\r\n");
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["+49 30", "'+49 30"],
    ["-", "'-"],
    ["@home", "'@home"],
    ["\tAda", `"'\tAda"`],
    ["\rAda", `"'\rAda"`],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ["1=1", "1=1"],
    ["Ann;=cmd|' /C calc'!A0;", `"Ann;'=cmd|' /C calc'!A0;"`],
    ["Ann\t@home", `"Ann\t'@home"`],
    ["Ann|-1", `"Ann|'-1"`],
    ['Ann;"=1"', `"Ann;'""=1"""`],
    ["two\n=1", `"two\n'=1"`],
    ["two\u2028=1", `"two\u2028'=1"`],
    ["\u00a0=1", "'\u00a0=1"],
    ["\uFEFF=1", "'\uFEFF=1"],
    ["\u200b \u0000+1", "'\u200b \u0000+1"],
    ["＝1", "'＝1"],
    ["Ann; ＠home", `"Ann;' ＠home"`],
    ["Ann; Bo", `"Ann; Bo"`],
    ["Anne-Marie + Bo (a@b.c) = two", "Anne-Marie + Bo (a@b.c) = two"],
    ["Ada, Countess", '"Ada, Countess"'],
    ['"Ada"', '"""Ada"""'],
    ["two\nlines", '"two\nlines"'],
    ["李雷 🙂", "李雷 🙂"],
  ])("writes %j as %j", async (text, cell) => {
    expect(await csv([name], [[{ name: text }]])).toBe(`name\r\n${cell}\r\n`);
  });

  it("reads back as the same text, but for the apostrophe before a formula", async () => {
    const text = fc.string({
      unit: fc.constantFrom("a", ",", '"', "\r", "\n", "=", "é", "🙂", " "),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(text), async (names) => {
        const written = await csv([name], [names.map((one) => ({ name: one }))]);
        const cells = read(written).map(([cell]) => cell);
        expect(cells).toHaveLength(names.length + 1);
        for (const [index, one] of names.entries()) {
          const cell = cells[index + 1] ?? "";
          expect(cell.replaceAll("'", "")).toBe(one);
          if (!one.includes("=") && !/^[\r\n]/.test(one)) expect(cell).toBe(one);
        }
      }),
    );
  });

  describe("begins no formula, whatever separator the reader uses", () => {
    const SIGNS = [..."=+-@＝＋－＠"];
    const UNSEEN = [" ", "\u00a0", "\uFEFF", "\u200b", "\u2060", "\u00ad", "\u3000", "\0", '"'];
    const ENDS = [";", "\t", "|", ",", "\n", "\r"];
    const text = fc.string({
      unit: fc.constantFrom("a", "'", "🙂", ...SIGNS, ...UNSEEN, ...ENDS),
      maxLength: 12,
    });
    /** A reader that ignores quotes in the middle of a cell. */
    const cellsBy = (written: string, separator: string) =>
      written.split(/\r\n|\r|\n/).flatMap((row) => row.split(separator));
    const isFormula = (cell: string) => {
      const seen = [...cell].find((letter) => !UNSEEN.includes(letter));
      return seen !== undefined && SIGNS.includes(seen);
    };

    it.each([";", "\t", "|"])("by %j", async (separator) => {
      await fc.assert(
        fc.asyncProperty(fc.array(text, { maxLength: 4 }), async (names) => {
          const written = await csv([name], [names.map((one) => ({ name: one }))]);
          expect(cellsBy(written, separator).filter(isFormula)).toEqual([]);
        }),
        { numRuns: 500 },
      );
    });

    it("by commas, as it is written", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(text, { maxLength: 4 }), async (names) => {
          const written = await csv([name], [names.map((one) => ({ name: one }))]);
          expect(read(written).flat().filter(isFormula)).toEqual([]);
        }),
        { numRuns: 500 },
      );
    });
  });

  it("leaves our own numbers as numbers, negative ones too", async () => {
    const columns: Column<Row>[] = [
      { name: "count", kind: "number", value: (row) => row.count ?? null },
      { name: "ms", kind: "duration", value: (row) => row.ms ?? null },
    ];
    const written = await csv(columns, [[{ name: null, count: -3, ms: 1_000 }]]);
    expect(written).toBe("count,ms,ms_ms\r\n-3,0:00:01,1000\r\n");
  });
});

describe("for people", () => {
  const columns: Column<Row>[] = [
    { name: "id", kind: "text", only: "programs", value: () => "01a1f8d3" },
    { name: "state", kind: "word", value: () => "left_early" },
    { name: "joined_at", kind: "moment", value: (row) => row.at ?? null },
    { name: "stay", kind: "duration", value: (row) => row.ms ?? null },
    { name: "share", kind: "share", value: () => 0.963 },
    { name: "is", kind: "flag", value: (row) => row.is ?? null },
    { ...name, heading: "Person", leads: true },
  ];
  const row = { name: "Müller; Anna, Dr.", at: Date.UTC(2026, 10, 20, 10), ms: 90_000, is: true };
  const people = (locale: string) =>
    csv(columns, [[row]], { ...berlin, people: dialectOf(locale) });

  it("opens with a click in a German spreadsheet", async () => {
    expect(await people("de-DE")).toBe(
      "\uFEFFPerson;State;Joined at (Europe/Berlin);Stay (min);Share;Is\r\n" +
        '"Müller; Anna, Dr.";left early;2026-11-20 11:00:00;1,5;96,3%;yes\r\n',
    );
  });

  it("opens with a click in an English one", async () => {
    expect(await people("en-GB")).toBe(
      "\uFEFFPerson,State,Joined at (Europe/Berlin),Stay (min),Share,Is\r\n" +
        '"Müller; Anna, Dr.",left early,2026-11-20 11:00:00,1.5,96.3%,yes\r\n',
    );
  });

  it.each([
    ["de", ";", ","],
    ["fr-FR", ";", ","],
    ["pt-BR", ";", ","],
    ["de-CH", ";", "."],
    ["en", ",", "."],
    ["en-IN", ",", "."],
    ["ja-JP", ",", "."],
    ["ar-EG", ",", "."],
    ["es-MX", ",", "."],
  ])("uses the dialect of the locale %s", (locale, separator, decimal) => {
    expect(dialectOf(locale)).toEqual({ separator, decimal });
  });

  it("begins no formula either, whatever the names in it", async () => {
    const text = fc.string({ unit: fc.constantFrom("=", "+", "a", ";", ",", '"', "\n", " ") });
    const locale = fc.constantFrom("de-DE", "en-GB");
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 4 }), locale, async (names, one) => {
        const options = { ...berlin, people: dialectOf(one) };
        const written = await csv([name], [names.map((given) => ({ name: given }))], options);
        const { separator } = options.people;
        const cells = written.split(/\r\n|\r|\n/).flatMap((line) => line.split(separator));
        expect(cells.filter((cell) => /^[\s"]*[=+]/.test(cell))).toEqual([]);
      }),
    );
  });
});

describe("a moment in its zone", () => {
  it.each([
    // The hour that comes twice when clocks go back is distinguished by its offset.
    ["Europe/Berlin", Date.UTC(2026, 9, 25, 0, 30), "2026-10-25T02:30:00.000+02:00"],
    ["Europe/Berlin", Date.UTC(2026, 9, 25, 1, 30), "2026-10-25T02:30:00.000+01:00"],
    ["Asia/Kolkata", Date.UTC(2026, 10, 20, 20), "2026-11-21T01:30:00.000+05:30"],
    ["America/St_Johns", Date.UTC(2026, 10, 20, 1), "2026-11-19T21:30:00.000-03:30"],
    ["Australia/Lord_Howe", Date.UTC(2026, 6, 1), "2026-07-01T10:30:00.000+10:30"],
    ["UTC", Date.UTC(2026, 10, 20), "2026-11-20T00:00:00.000+00:00"],
  ])("in %s", (zone, at, local) => {
    expect(localTime(at, offsetIn(zone))).toBe(local);
    expect(Date.parse(local)).toBe(at);
  });
});
