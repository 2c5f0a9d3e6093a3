import { describe, expect, it } from "vitest";
import { stableSelector } from "./stable-selector.ts";

const ada = { name: "Ada" };
const bo = { name: "Bo" };

describe("a selection", () => {
  it("is the same object as long as it is equal", () => {
    const rows = stableSelector(({ people }: { people: object[] }) =>
      people.map((person) => ({ person })),
    );
    const first = rows({ people: [ada, bo] });
    expect(rows({ people: [ada, bo] })).toBe(first);
    expect(rows({ people: [bo, ada] })).not.toBe(first);
  });

  it("is another object where something is added, removed or changed", () => {
    const all = stableSelector((people: object[]) => [...people]);
    expect(all([ada])).toEqual([ada]);
    expect(all([ada, bo])).toEqual([ada, bo]);
    expect(all([ada])).toEqual([ada]);
    const count = stableSelector((totals: { waiting: number; left?: number }) => ({ ...totals }));
    expect(count({ waiting: 1 })).toEqual({ waiting: 1 });
    expect(count({ waiting: 2 })).toEqual({ waiting: 2 });
    expect(count({ waiting: 2, left: 0 })).toEqual({ waiting: 2, left: 0 });
  });

  it("compares a list's items by their fields and no deeper: nested objects must be identical", () => {
    const rows = stableSelector((meetings: { hosts: object[] }[]) => [...meetings]);
    const first = rows([{ hosts: [ada] }]);
    expect(rows([{ hosts: [ada] }])).not.toBe(first);
  });
});
