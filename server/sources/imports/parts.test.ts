import fc from "fast-check";
import { expect, it, test } from "vitest";
import { readLines } from "./testing/read.ts";

const HEAD = "Full Name,User Action,Timestamp";
const acts = (...rows: [name: string, action: string, at: string][]) => [
  HEAD,
  ...rows.map(([name, action, at]) => `${name},${action},${at}`),
];

it("a list of two days is two meetings, and no stay runs from one to the other", async () => {
  const { people, remarks } = await readLines(
    acts(
      ["Ida Berg", "Joined", "2026-09-27 17:27:00"],
      ["Olaf Lind", "Joined", "2026-09-27 17:30:00"],
      ["Olaf Lind", "Left", "2026-09-27 18:10:00"],
      ["Ida Berg", "Left", "2026-10-11 18:30:00"],
      ["Ruth Maas", "Joined", "2026-10-11 17:30:00"],
    ),
  );
  expect(people.toSorted()).toEqual([
    "Lesson | Ida Berg 0:00 10-11 18:30–10-11 18:30",
    "Lesson | Ida Berg 43:00~ 09-27 17:27–09-27 18:10",
    "Lesson | Olaf Lind 40:00 09-27 17:30–09-27 18:10",
    "Lesson | Ruth Maas 60:00~ 10-11 17:30–10-11 18:30",
  ]);
  expect(remarks).toEqual(["2: end_unknown", "5: join_unknown", "6: end_unknown"]);
});

it("two meetings of one day are split where every person is out", async () => {
  const { people } = await readLines(
    acts(
      ["Ida Berg", "Joined", "2026-09-27 09:00:00"],
      ["Ida Berg", "Left", "2026-09-27 10:00:00"],
      ["Ida Berg", "Joined", "2026-09-27 15:00:00"],
      ["Ida Berg", "Left", "2026-09-27 16:00:00"],
    ),
  );
  expect(people).toEqual([
    "Lesson | Ida Berg 60:00 09-27 09:00–09-27 10:00",
    "Lesson | Ida Berg 60:00 09-27 15:00–09-27 16:00",
  ]);
});

it("a list over midnight is one meeting", async () => {
  const { people } = await readLines(
    acts(
      ["Ida Berg", "Joined", "2026-09-27 23:30:00"],
      ["Olaf Lind", "Joined", "2026-09-28 00:10:00"],
      ["Olaf Lind", "Left", "2026-09-28 01:00:00"],
    ),
  );
  expect(people).toEqual([
    "Lesson | Ida Berg 90:00~ 09-27 23:30–09-28 01:00",
    "Lesson | Olaf Lind 50:00 09-28 00:10–09-28 01:00",
  ]);
});

/** The same lists in every run, so that a failure is about the change; `SEED` draws others, `HISTORIES` more. */
const SEED = Number(process.env["SEED"] ?? 20_261_121);
const RUNS = Number(process.env["HISTORIES"] ?? 60);

test("in any list no person attends longer than the lines of that day allow", async () => {
  const act = fc.record({
    name: fc.constantFrom("Ida Berg", "Olaf Lind", "Ruth Maas"),
    came: fc.boolean(),
    day: fc.integer({ min: 0, max: 3 }),
    minute: fc.integer({ min: 540, max: 700 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 10 }), async (drawn) => {
      const rows = drawn.map(({ name, came, day, minute }): [string, string, string] => {
        const at = new Date(Date.UTC(2026, 2, 1 + 7 * day, 0, minute)).toISOString();
        return [name, came ? "Joined" : "Left", at.slice(0, 19).replace("T", " ")];
      });
      const { people, items } = await readLines(acts(...rows));
      expect(items.filter(({ kind }) => kind === "refused")).toEqual([]);
      for (const line of people) {
        const [, minutes = "0", from = "", to = ""] =
          /(\d+):\d\d~? (\d\d-\d\d) [\d:]+–(\d\d-\d\d)/.exec(line) ?? [];
        expect(from, line).toBe(to);
        expect(Number(minutes)).toBeLessThanOrEqual(160);
      }
    }),
    { seed: SEED, numRuns: RUNS },
  );
});
