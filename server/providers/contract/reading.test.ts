import { expect, it } from "vitest";
import { moment, nameOf, naturalKey, optionalKey, requiredKey, typeName } from "./reading.ts";

it("leaves a name as it was given, unless it cannot be stored or seen", () => {
  expect(nameOf(" Ada ")).toBe(" Ada ");
  for (const nothing of [undefined, null, "", " \t\n", "\0"]) expect(nameOf(nothing)).toBeNull();
  expect(nameOf("a".repeat(499) + "🦊".repeat(9))).toBe(`${"a".repeat(499)}🦊`);
  expect(nameOf("🦊".repeat(250))).toBe("🦊".repeat(250));
  expect(nameOf("🦊🦊🦊", 2)).toBe("🦊🦊");
  expect(nameOf(`${" ".repeat(500)}x`)).toBe("x");
  expect(nameOf(`${"a".repeat(498)}  ${"b".repeat(9)}`)).toBe("a".repeat(498));
  expect(nameOf("ab👩‍👩‍👧‍👦", 4)).toBe("ab");
  expect(nameOf("ae\u0301\u0302o", 3)).toBe("a");
  expect(nameOf("👩‍👩‍👧‍👦", 3)).toBe("👩‍👩");
  expect(nameOf(`a${"\u0301".repeat(900)}`)).toHaveLength(500);
  expect(typeName("x\0\udc00")).toBe("x\ufffd");
});

it("takes a key up to a thousand bytes", () => {
  expect(requiredKey("é".repeat(500), "id")).toHaveLength(500);
  expect(() => requiredKey("é".repeat(501), "id")).toThrow("id is longer than 1000 bytes");
  expect(() => requiredKey("\0", "id")).toThrow("id is missing");
  expect(optionalKey("", "id")).toBeNull();
  expect(naturalKey("joined", null, 7)).toBe("joined||7");
  expect(naturalKey("a".repeat(1_001))).toMatch(/^sha256\|[0-9a-f]{64}$/);
});

it("takes a time of this century, to the millisecond", () => {
  const start = Date.UTC(2000, 0, 1);
  const end = Date.UTC(2100, 0, 1);
  expect(moment(start + 0.4, "at")).toBe(start);
  expect(moment(end - 1, "at")).toBe(end - 1);
  for (const other of [start - 1, end, end - 0.4, 0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => moment(other, "at")).toThrow("at is not a time between 2000 and 2100");
  }
});
