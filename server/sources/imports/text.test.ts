import fc from "fast-check";
import { expect, it, test } from "vitest";
import { encodingOf, recordsOf } from "./text.ts";

const recordsIn = async (bytes: Uint8Array) => [...recordsOf(bytes, await encodingOf(bytes))];
const read = (text: string) => [...recordsOf(Buffer.from(text), "utf-8")];

it("joins the lines of a cell in quotes, and counts lines as an editor does", () => {
  expect(read('a,"one\r\ntwo ""three"""\r\nb\rc\n\nd')).toEqual([
    { line: 1, text: 'a,"one\ntwo ""three"""', broken: null },
    { line: 3, text: "b", broken: null },
    { line: 4, text: "c", broken: null },
    { line: 5, text: "", broken: null },
    { line: 6, text: "d", broken: null },
  ]);
});

it("does not let an unclosed quotation mark swallow other lines", () => {
  const lines = read(`a,"open\n${"b\n".repeat(20)}`);
  expect(lines).toHaveLength(21);
  expect(lines.filter(({ broken }) => broken !== null)).toEqual([
    { line: 1, text: 'a,"open', broken: "a quotation mark is never closed" },
  ]);
  expect(read('the 5" pipe,b\nc')).toHaveLength(2);
});

test("every encoding gives the same lines", async () => {
  const cell = fc.string({ unit: "grapheme", minLength: 1, maxLength: 9 });
  const clean = cell.map((text) => text.replace(/[\p{Cc}"\u2028\u2029\ufeff]/gu, "x"));
  await fc.assert(
    fc.asyncProperty(fc.array(clean, { minLength: 1, maxLength: 400 }), async (cells) => {
      const text = `Name,Join Time,Leave Time\r\n${cells.join("\r\n")}`;
      const little = Buffer.from(`\ufeff${text}`, "utf16le");
      const big = Buffer.from(little).swap16();
      const lines = read(text).map(({ text: line }) => line);
      expect(lines).toEqual(text.split("\r\n"));
      for (const bytes of [Buffer.from(`\ufeff${text}`), little, big]) {
        expect((await recordsIn(bytes)).map(({ text: line }) => line)).toEqual(lines);
      }
    }),
    { numRuns: 60 },
  );
});

it("reads what Excel calls ANSI", async () => {
  const bytes = Buffer.from("Name;Käthe", "latin1");
  expect((await recordsIn(bytes)).map(({ text }) => text)).toEqual(["Name;Käthe"]);
});

it("refuses a line with a NUL in it, and no other", async () => {
  const records = await recordsIn(Buffer.from("Name,Join Time\nA\0da,1\nBo,2\n"));
  expect(records.map(({ broken }) => broken !== null)).toEqual([false, true, false]);
});
