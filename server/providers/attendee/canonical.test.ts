import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "./canonical.ts";
import { type PythonJson, pythonJson } from "./python-json.ts";

/** Text of any Unicode, but whole: UTF-8 cannot carry half a surrogate pair. */
const text = fc.string({ unit: "grapheme" });
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));

const { value } = fc.letrec<{ value: PythonJson }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.constant(null), fc.boolean(), number, text),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 6 }),
  ),
}));

/** The same by the simplest means: sort the value, then write it. */
function plainly(json: PythonJson): string {
  if (typeof json !== "object" || json === null) return JSON.stringify(json);
  if (Array.isArray(json)) return `[${json.map(plainly).join(",")}]`;
  const members = Object.entries(json).sort(([a], [b]) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${plainly(member)}`).join(",")}}`;
}

/** A string that is not text to Python: JSON can escape it, UTF-8 cannot encode it. */
function spellsHalfAPair(json: unknown): boolean {
  if (typeof json === "string") return !json.isWellFormed();
  if (typeof json !== "object" || json === null) return false;
  return Object.entries(json).some(
    ([key, member]) => spellsHalfAPair(key) || spellsHalfAPair(member),
  );
}

function parsed(json: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(json) };
  } catch {
    return null;
  }
}

describe("the canonical form", () => {
  it("is the same content with sorted keys, for every way to write it", () => {
    fc.assert(
      fc.property(value, (json) => {
        const plain = plainly(json);
        expect(canonical(pythonJson(json))).toBe(plain);
        expect(canonical(JSON.stringify(json))).toBe(plain);
        expect(canonical(JSON.stringify(json, null, "\t"))).toBe(plain);
        expect(canonical(plain)).toBe(plain);
      }),
    );
  });

  it("exists for JSON, and for nothing else", () => {
    const json = fc.json({ stringUnit: "binary" });
    const spoilt = fc.tuple(
      json,
      fc.nat(),
      fc.constantFrom('"', "\\", "{", "}", ",", ":", "0", "e", " ", "\n"),
    );
    const almost = spoilt.map(([whole, at, odd]) => {
      const where = at % (whole.length + 1);
      return whole.slice(0, where) + odd + whole.slice(where + (at % 2));
    });
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      '"a"',
      "1",
      "-",
      ".5",
      "e9",
      "true",
      "\\",
      " ",
    );
    const pieces = fc.array(piece, { maxLength: 8 }).map((found) => found.join(""));
    fc.assert(
      fc.property(fc.oneof(json, almost, pieces, fc.string()), (body) => {
        const result = parsed(body);
        const readable = result !== null && !spellsHalfAPair(result.value);
        const form = canonical(body);
        expect(form !== null).toBe(readable);
        if (form !== null) expect(JSON.parse(form)).toEqual(result?.value);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("numbers", () => {
  it.each([
    "1.0",
    "-0",
    "-0.0",
    "1e+16",
    "5e-324",
    "1E5",
    "12345678901234567890",
    "0.10",
    "10",
    "0",
  ])("stay as they are written: %s", (literal) => {
    expect(canonical(literal)).toBe(literal);
    expect(canonical(` [ ${literal} , {"a" : ${literal}} ] `)).toBe(
      `[${literal},{"a":${literal}}]`,
    );
  });

  it.each(["01", "1.", ".5", "+1", "-", "1e", "0x1", "1_0", "NaN", "Infinity", "-Infinity", "1 2"])(
    "must be numbers to JSON: %s",
    (literal) => {
      expect(canonical(literal)).toBeNull();
      expect(canonical(`[${literal}]`)).toBeNull();
    },
  );
});

describe("keys", () => {
  it("that look like integers are sorted as text", () => {
    expect(canonical('{"9": 1, "10": 2, "1": 3, "a": 4, "": 5}')).toBe(
      '{"":5,"1":3,"10":2,"9":1,"a":4}',
    );
  });

  it("beyond U+FFFF come after all others, as code points and not as UTF-16", () => {
    expect(canonical('{"\\ud83d\\ude80": 1, "\\uffee": 2, "\\ue000": 3, "\\ud7ff": 4}')).toBe(
      '{"\ud7ff":4,"\ue000":3,"\uffee":2,"🚀":1}',
    );
    expect(canonical('{"🚁": 1, "🚀b": 2, "🚀": 3}')).toBe('{"🚀":3,"🚀b":2,"🚁":1}');
  });

  it("are sorted by what they mean, not by how they are escaped", () => {
    expect(canonical('{"\\u0062": 1, "a!": 2, "a": 3, "\\"": 4}')).toBe(
      '{"\\"":4,"a":3,"a!":2,"b":1}',
    );
  });

  it("that are given twice have the last value", () => {
    expect(canonical('{"a": 1, "b": 2, "a": {"c": 1, "\\u0063": 3}}')).toBe('{"a":{"c":3},"b":2}');
    expect(canonical('{"__proto__": 1, "constructor": 2}')).toBe('{"__proto__":1,"constructor":2}');
  });
});

describe("text", () => {
  it.each([
    ["\\u00e9\\u00F1", "éñ"],
    ["\\ud83d\\ude80", "🚀"],
    ["\\/", "/"],
    ["\\u0001\\u001F\\b\\f\\n\\r\\t", "\\u0001\\u001f\\b\\f\\n\\r\\t"],
    ["\\u007f\\u2028\\u0041", "\u007f\u2028A"],
    ['\\\\\\"', '\\\\\\"'],
    ["é", "é"],
  ])("is escaped no more than it must be: %s", (given, written) => {
    expect(canonical(`"${given}"`)).toBe(`"${written}"`);
    expect(canonical(`{"${given}": "${given}"}`)).toBe(`{"${written}":"${written}"}`);
  });

  it.each(['"', '"\\', '"\\"', '"\\x"', '"\\u12"', '"\n"', '"\\\n"', '"\u0000"', "'a'"])(
    "must be text to JSON: %j",
    (given) => {
      expect(canonical(given)).toBeNull();
      expect(canonical(`{${given}: 1}`)).toBeNull();
    },
  );

  it("with half a surrogate pair has no bytes to sign", () => {
    for (const half of ["\\ud83d", "\\ude80\\ud83d", "a\\udc00", "\ud83d"]) {
      expect(canonical(`"${half}"`)).toBeNull();
      expect(canonical(`{"${half}": 1}`)).toBeNull();
    }
  });
});

describe("size", () => {
  it("may be up to a thousand levels, and beyond them there is no form", () => {
    const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
    expect(canonical(nested(1_000))).toBe(nested(1_000));
    expect(canonical(nested(1_001))).toBeNull();
    const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
    expect(canonical(objects(1_000))).toBe(objects(1_000));
    expect(canonical(objects(1_001))).toBeNull();
  });

  it("does not multiply by depth: a mebibyte under a thousand brackets is copied once", () => {
    const wide = `"${"x".repeat(2 ** 20)}"`;
    const deep = "[".repeat(1_000) + wide + "]".repeat(1_000);
    const took = (text: string) => {
      const rounds = Array.from({ length: 3 }, () => {
        const started = performance.now();
        expect(canonical(text)).toHaveLength(text.length);
        return performance.now() - started;
      });
      return Math.min(...rounds);
    };
    // A copy for every bracket would take a thousand times as long.
    expect(took(deep) / took(wide)).toBeLessThan(100);
  });
});

describe("the wire form", () => {
  it("is what Python writes", () => {
    const json = { b: [1, 2.5, null, true], é: "José 🚀\x7f\n", a: {}, c: [] };
    expect(pythonJson(json)).toBe(
      '{"b": [1, 2.5, null, true], "\\u00e9": "Jos\\u00e9 \\ud83d\\ude80\\u007f\\n", "a": {}, "c": []}',
    );
  });

  it("has the same content, in ASCII", () => {
    fc.assert(
      fc.property(value, (json) => {
        const wire = pythonJson(json);
        expect(wire).toMatch(/^[ -~]*$/);
        expect(JSON.parse(wire)).toEqual(JSON.parse(JSON.stringify(json)));
      }),
    );
  });
});
