import fc from "fast-check";
import { expect, test } from "vitest";
import type { Ms } from "#domain/time/ms.ts";
import { projectedFrom, unordered } from "#server/demo/simulate/testing/projected-from.ts";
import { truthOf } from "#server/demo/simulate/truth.ts";
import { type Script, writeScript } from "#server/demo/simulate/writing/script.ts";
import { cutScript } from "./cut.ts";
import { endingsOf, type RoomEnding } from "./endings.ts";

const START = Date.UTC(2026, 10, 20, 9, 0, 0);

/** A script, and a moment in it, its beginning and its end included. */
const cuts = fc
  .record({
    seed: fc.nat(1_000_000),
    meetings: fc.integer({ min: 1, max: 9 }),
    people: fc.integer({ min: 1, max: 50 }),
    minutes: fc.constantFrom(1, 5, 30, 90),
    share: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map(({ share, ...options }) => {
    const script = writeScript({ ...options, start: START });
    return { script, at: START + Math.max(1, Math.round((script.end - START) * share)) };
  });

const bodiesOf = ({ provider, leaves, ends }: RoomEnding) =>
  [...leaves.map(({ body }) => body), ...ends].map((body) => ({ provider, body }));

/** Expects that all is over, as if the script had ended there. */
function isOverAt(script: Script, at: Ms): void {
  const cut = cutScript(script, at);
  const endings = endingsOf(cut.deliveries, at);
  const ended = projectedFrom([...cut.deliveries, ...endings.flatMap(bodiesOf)], at);
  expect(ended).toEqual(unordered(truthOf(cut)));
  const { meetings } = truthOf(cut);
  expect(meetings.filter(({ status }) => status !== "ended")).toEqual([]);
}

test("cut anywhere, all people have left and every meeting is over, as if the script ended there", () => {
  fc.assert(
    fc.property(cuts, ({ script, at }) => isOverAt(script, at)),
    { numRuns: 60 },
  );
});

test.each([1, 149, 151, 399, 401])("a bot is stopped %d ms after it came", (ms) => {
  const script = writeScript({ seed: 0, meetings: 6, people: 8, minutes: 90, start: START });
  const bots = script.gatherings.flatMap(({ observer }) => observer ?? []);
  expect(bots.length).toBeGreaterThan(1);
  for (const { comesAt } of bots) isOverAt(script, comesAt + ms);
});

test("an ended room is not ended again", () => {
  fc.assert(
    fc.property(cuts, ({ script, at }) => {
      const { deliveries } = cutScript(script, at);
      const ended = endingsOf(deliveries, at).flatMap(({ room, ...ending }) =>
        bodiesOf({ room, ...ending }).map((one) => ({ ...one, room })),
      );
      expect(endingsOf([...deliveries, ...ended], at + 60_000)).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test("each ending shows whether a meeting goes on in the room, and with whom", () => {
  const script: Script = writeScript({
    seed: 7,
    meetings: 6,
    people: 40,
    minutes: 30,
    start: START,
  });
  const { end } = script;
  const endings = endingsOf(cutScript(script, end).deliveries, end);
  const ongoing = truthOf(script).meetings.filter(({ status }) => status !== "ended");
  expect(
    endings
      .filter(({ isOpen }) => isOpen)
      .map(({ room }) => room)
      .toSorted(),
  ).toEqual(ongoing.map(({ room }) => room).toSorted());
  const people = endings.flatMap(({ room, leaves }) =>
    leaves.map((one) => `${room} ${one.person}`),
  );
  const open = ongoing.reduce((sum, one) => sum + one.present_count + one.waiting_count, 0);
  expect(new Set(people).size).toBe(open);
});
