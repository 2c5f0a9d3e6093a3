import { afterAll, beforeAll, expect, test } from "vitest";
import { heardBySource } from "#db/sources/hearing.ts";
import { silenceOf } from "#domain/sources/silence.ts";
import { clock, joins, leaves, minutes } from "#domain/testing/history.ts";
import { deliverBodies, openTestApp, type TestApp } from "#server/testing/test-app.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

/** A lesson of half an hour, so many days before the last one. */
const lesson = (daysBefore: number) =>
  minutes(
    ["10:00", joins(`Ada ${daysBefore}`)],
    ["10:30", leaves(`Ada ${daysBefore}`, { joinedAt: "10:00" })],
  ).map((event) => ({
    ...event,
    at: event.at - daysBefore * DAY,
    ...("joinedAt" in event &&
      event.joinedAt !== null && { joinedAt: event.joinedAt - daysBefore * DAY }),
  }));

test("the longest silence of each week is from the end of one meeting to the next", async () => {
  const [weekly, never] = [await app.account(), await app.account()];
  app.now = clock("10:31");
  // Every weekday of four weeks, the last on a Friday: a weekend is the longest silence of each.
  for (let day = 0; day < 28; day += 1) {
    if (day % 7 === 5 || day % 7 === 6) continue;
    await deliverBodies(app, weekly, "room", lesson(day));
  }
  const heard = await heardBySource(app.database.orm);
  const one = heard.find(({ id }) => id === weekly.id);
  expect(one?.lastAt).toBe(clock("10:31"));
  expect(one?.longest.toSorted((a, b) => a - b)).toEqual([
    23.5 * HOUR,
    71.5 * HOUR,
    71.5 * HOUR,
    71.5 * HOUR,
  ]);
  expect(heard.find(({ id }) => id === never.id)).toEqual({
    id: never.id,
    lastAt: null,
    longest: [],
  });
  const after = (hours: number) => one && silenceOf(one, clock("10:31") + hours * HOUR).state;
  expect([after(72), after(108)]).toEqual(["usual", "silent"]);
});
