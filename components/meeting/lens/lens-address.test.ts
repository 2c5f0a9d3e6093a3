import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clock } from "#domain/testing/history.ts";
import { type Lens, readLens, writeLens } from "./lens-address.ts";

const PLAIN: Lens = { raw: false, graceMs: null, at: null, window: null, personId: null };

describe("the address of a lens", () => {
  it("is the meeting's own where nothing was chosen", () => {
    expect(writeLens(PLAIN, "")).toBe("");
    expect(readLens("")).toEqual(PLAIN);
  });

  it("can be read by people, and leaves other parameters as they are", () => {
    const lens: Lens = {
      raw: true,
      graceMs: 0,
      at: clock("10:21:40"),
      window: { from: clock("10:10"), to: clock("10:20") },
      personId: "u:lena@example.edu",
    };
    const query = writeLens(lens, "utm=1&raw=maybe");
    expect(query).toBe(
      "utm=1&raw=1&grace=0&at=2026-11-20T10:21:40Z&window=2026-11-20T10:10:00Z/2026-11-20T10:20:00Z&person=u:lena%40example.edu",
    );
    expect(readLens(query)).toEqual(lens);
    expect(writeLens(PLAIN, query)).toBe("utm=1");
  });

  it.each([
    "raw=true",
    "raw=",
    "grace=-1",
    "grace=1.5",
    "grace=ten",
    "grace=86401",
    "grace=",
    "at=10:21:40",
    "at=now",
    "at=2026-11-20T10:21:40",
    "at=2026-11-20T10:21:40.500Z",
    "window=2026-11-20T10:20:00Z/2026-11-20T10:10:00Z",
    "window=2026-11-20T10:20:00Z",
    "window=2026-11-20T10:20:00Z/",
    "window=2026-11-20T10:10:00Z/2026-11-20T10:20:00Z/2026-11-20T10:30:00Z",
    "person=",
    "%",
  ])("ignores %s", (query) => {
    expect(readLens(query)).toEqual(PLAIN);
  });

  it("reads back every lens it wrote, and accepts any text", () => {
    const moment = fc.integer({ min: 0, max: 4_000_000_000 }).map((second) => second * 1000);
    const lenses: fc.Arbitrary<Lens> = fc.record({
      raw: fc.boolean(),
      graceMs: fc.option(fc.integer({ min: 0, max: 86_400 }).map((second) => second * 1000)),
      at: fc.option(moment),
      window: fc.option(
        fc.tuple(moment, fc.integer({ min: 1, max: 9999 })).map(([from, length]) => {
          return { from, to: from + length * 1000 };
        }),
      ),
      personId: fc.option(fc.string({ unit: "grapheme", minLength: 1 })),
    });
    fc.assert(
      fc.property(lenses, fc.webQueryParameters(), (lens, query) => {
        expect(readLens(writeLens(lens, query))).toEqual(lens);
        readLens(query);
      }),
    );
  });
});
