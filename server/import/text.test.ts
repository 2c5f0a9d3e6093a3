import fc from "fast-check";
import { expect, it, test } from "vitest";
import { recordsOf } from "./text.ts";

const told = (text: string) => [...recordsOf(Buffer.from(text))];

it("keeps lines of a cell in quotes together, and counts lines as an editor does", () => {
  expect(told('a,"one\r\ntwo ""three"""\r\nb\rc\n\nd')).toEqual([
    { line: 1, text: 'a,"one\ntwo ""three"""', isBroken: false },
    { line: 3, text: "b", isBroken: false },
    { line: 4, text: "c", isBroken: false },
    { line: 5, text: "", isBroken: false },
    { line: 6, text: "d", isBroken: false },
  ]);
});

it("lets a quotation mark that nobody closes swallow no other line", () => {
  const lines = told(`a,"open\n${"b\n".repeat(20)}`);
  expect(lines).toHaveLength(21);
  expect(lines.filter(({ isBroken }) => isBroken)).toEqual([
    { line: 1, text: 'a,"open', isBroken: true },
  ]);
  expect(told('the 5" pipe,b\nc')).toHaveLength(2);
});

test("whatever the encoding, the same lines come out", () => {
  const cell = fc.string({ unit: "grapheme", minLength: 1, maxLength: 9 });
  const clean = cell.map((text) => text.replace(/[\p{Cc}"\u2028\u2029\ufeff]/gu, "x"));
  fc.assert(
    fc.property(fc.array(clean, { minLength: 1, maxLength: 400 }), (cells) => {
      const text = `Name,Join Time,Leave Time\r\n${cells.join("\r\n")}`;
      const little = Buffer.from(`\ufeff${text}`, "utf16le");
      const big = Buffer.from(little).swap16();
      const lines = told(text).map(({ text: line }) => line);
      expect(lines).toEqual(text.split("\r\n"));
      for (const bytes of [Buffer.from(`\ufeff${text}`), little, big]) {
        expect([...recordsOf(bytes)].map(({ text: line }) => line)).toEqual(lines);
      }
    }),
    { numRuns: 60 },
  );
});

it("reads what Excel calls ANSI", () => {
  const bytes = Buffer.from("Name;Käthe", "latin1");
  expect([...recordsOf(bytes)].map(({ text }) => text)).toEqual(["Name;Käthe"]);
});
