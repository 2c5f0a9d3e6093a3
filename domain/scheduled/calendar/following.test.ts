import fc from "fast-check";
import { expect, test } from "vitest";
import { type FollowedPart, followed, type Marks, PARTS } from "./following.ts";

const marks = (of: Partial<Marks> = {}): Marks => ({
  ...{ title: "Round", times: "10-11", place: "meet/a", people: "Ada", cancelled: "no" },
  ...of,
});

test("what nobody touched follows the calendar, and what was changed by hand stays and is said", () => {
  const taken = marks();
  expect(followed(taken, marks(), marks({ times: "11-12" }))).toEqual({
    ...{ follow: ["times"], byHand: [] },
    taken: marks({ times: "11-12" }),
  });
  const mine = marks({ title: "Ward round" });
  expect(followed(taken, mine, marks({ title: "Round 2", cancelled: "yes" }))).toEqual({
    ...{ follow: ["cancelled"], byHand: ["title"] },
    taken: marks({ cancelled: "yes" }),
  });
  expect(followed(taken, mine, taken)).toMatchObject({ follow: [], byHand: ["title"] });
});

const part = fc.constantFrom(...PARTS);
const reading = fc.record({ title: fc.nat(3), times: fc.nat(3), place: fc.nat(3) });
const edit = fc.record({ part, value: fc.nat(3) });

/** Runs readings of a calendar and what an operator enters, in the order of `order`. */
function run(
  readings: readonly Marks[],
  edits: readonly { part: FollowedPart; value: number }[],
  order: readonly boolean[],
): Marks {
  let [taken, mine] = [marks(), marks()];
  const [told, entered] = [[...readings], [...edits]];
  for (const isReading of [...order, ...readings.map(() => true), ...edits.map(() => false)]) {
    if (isReading) {
      const theirs = told.shift();
      if (theirs === undefined) continue;
      const result = followed(taken, mine, theirs);
      for (const one of result.follow) mine = { ...mine, [one]: theirs[one] };
      taken = result.taken;
    } else {
      const one = entered.shift();
      if (one !== undefined) mine = { ...mine, [one.part]: `by hand ${one.value}` };
    }
  }
  return mine;
}

test("in whatever order a calendar is read and an operator changes things, it ends the same", () => {
  fc.assert(
    fc.property(
      fc.array(reading, { minLength: 1, maxLength: 5 }),
      fc.array(edit, { maxLength: 5 }),
      fc.array(fc.boolean(), { maxLength: 12 }),
      (told, edits, order) => {
        const readings = told.map(({ title, times, place }) =>
          marks({ title: `t${title}`, times: `${times}`, place: `p${place}` }),
        );
        const last = readings.at(-1) ?? marks();
        const own = Object.fromEntries(
          edits.map(({ part: one, value }) => [one, `by hand ${value}`]),
        );
        expect(run(readings, edits, order)).toEqual({ ...last, ...own });
      },
    ),
  );
});
