import fc from "fast-check";
import { expect, test } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import { SHORT_WAIT_MS } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { projectedFrom, unordered } from "#server/demo/simulate/testing/projected-from.ts";
import { truthOf } from "#server/demo/simulate/truth.ts";
import { type Script, writeScript } from "#server/demo/simulate/writing/script.ts";
import { bodyOf } from "#server/testing/bodies.ts";
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

test("a wait that is cut just when it is no longer short", () => {
  const script = writeScript({ seed: 3, meetings: 6, people: 40, minutes: 30, start: START });
  const knocks = script.gatherings
    .flatMap(({ actors }) => actors.flatMap((actor) => actor.knocks))
    .filter(({ from, to }) => from + SHORT_WAIT_MS < (to ?? script.end));
  expect(knocks.length).toBeGreaterThan(3);
  for (const { from } of knocks) isOverAt(script, from + SHORT_WAIT_MS);
});

test("a connection that another one of the same person has replaced leaves too", () => {
  const taken = ["old", "new"].map((participantId, index) => {
    const ada = { participantId, userId: "u-ada", name: "Ada", isHost: false };
    const event: MeetingEvent = { type: "joined", at: START + index * 60_000, ...ada };
    return { provider: "daily", room: "ward", body: bodyOf("daily", event, "ward", participantId) };
  });
  const [ending] = endingsOf(taken, START + 120_000);
  expect(ending?.leaves.map(({ body }) => JSON.parse(body).payload.duration)).toEqual([120, 60]);
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
