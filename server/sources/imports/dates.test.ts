import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { NotUnderstood } from "./refusal.ts";
import { readLines } from "./testing/read.ts";

const two = (value: number) => String(value).padStart(2, "0");
const LIST = "Full Name,User Action,Timestamp";

function list(...dates: string[]): string[] {
  return [
    LIST,
    ...dates.map((date, at) => `Ida Berg,${at === 0 ? "Joined" : "Left"},"${date}, 5:31:00 PM"`),
  ];
}

describe("a date that may be read in two ways", () => {
  it("is refused without evidence, and the refusal names both readings", async () => {
    const refusal = await readLines(list("05/09/2026", "05/09/2026")).catch((error) => error);
    expect(refusal).toBeInstanceOf(NotUnderstood);
    expect(refusal).toMatchObject({
      asks: "dates",
      details: [
        { field: "dates", value: "month_first", day: "2026-05-09" },
        { field: "dates", value: "day_first", day: "2026-09-05" },
      ],
    });
    const american = readLines(list("05/09/2026"), { zone: "America/New_York" });
    await expect(american).rejects.toThrow("whether the day or the month");
    const zoom = [
      "Name (Original Name),Join Time,Leave Time",
      "Ida,05/09/2026 10:00:00 AM,05/09/2026 11:00:00 AM",
    ];
    await expect(readLines(zoom)).rejects.toThrow("whether the day or the month");
  });

  it.each([
    ["another line", list("05/09/2026", "05/13/2026"), {}, "month_first"],
    [
      "a column that is not used",
      [
        "Full Name,Join Time,Leave Time,Registered",
        "Ida,05/09/2026 10:00,05/09/2026 11:00,31/08/2026 09:00",
      ],
      {},
      "day_first",
    ],
    [
      "a line about something else",
      ["Made on 08/31/2026", ...list("05/09/2026")],
      {},
      "month_first",
    ],
    ["the file’s name", list("05/09/2026"), { file: "Lesson 31-08-2026.csv" }, "day_first"],
    ["the same day in another form", ["Date,2026-09-05", ...list("05/09/2026")], {}, "day_first"],
    [
      "the same day in the file’s name",
      list("05/09/2026"),
      { file: "2026-05-09 Lesson.csv" },
      "month_first",
    ],
    [
      "the same day with its month’s name",
      ["Made,September 5, 2026", ...list("05/09/2026")],
      {},
      "day_first",
    ],
    ["the future", list("12/03/2026"), {}, "day_first"],
  ] as const)("is proved by %s", async (_what, lines, changes, order) => {
    const { known } = await readLines([...lines], changes, Date.UTC(2026, 10, 1));
    expect(known.dates).toMatchObject({ order, from: "file" });
    expect(known.dates.proof).toContain("Its dates are read");
  });

  it("is not decided by a majority where the evidence contradicts itself", async () => {
    const lines = list("05/13/2026", "05/14/2026", "13/05/2026");
    await expect(readLines(lines)).rejects.toThrow(
      /contradict each other: “05\/13\/2026” \(line 2\)/,
    );
    const { known, refused } = await readLines(lines, { dates: "month_first" });
    expect(known.dates.proof).toContain("though “13/05/2026” (line 4) can only be day/month");
    expect(refused).toEqual([
      "4: the time “13/05/2026, 5:31:00 PM” is no date with the month first",
    ]);
  });
});

test("any days: without evidence none is read, and with any evidence all are read right", async () => {
  const year = 2025;
  const day = fc.record({
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(day, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (days, isDayFirst) => {
        const write = ({ month, day: of }: { month: number; day: number }) =>
          (isDayFirst ? [of, month] : [month, of]).map(two).concat(String(year)).join("/");
        const isProved = days.some(({ day: of }) => of > 12);
        const isOpen = days.some((one) => one.day <= 12 && one.day !== one.month);
        const read = readLines(list(...days.map(write)));
        if (!isProved && isOpen) {
          await expect(read).rejects.toBeInstanceOf(NotUnderstood);
          return;
        }
        const { items } = await read;
        const readItems = items.flatMap((item) =>
          item.kind === "told" && item.line <= days.length + 1 ? [item] : [],
        );
        const seen = new Set(
          readItems.flatMap(({ reading }) =>
            reading.about.events.map(({ at }) => new Date(at).toISOString().slice(0, 10)),
          ),
        );
        expect(seen).toEqual(
          new Set(days.map((one) => `${year}-${two(one.month)}-${two(one.day)}`)),
        );
      },
    ),
    { numRuns: 80 },
  );
});
