import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { toEvent } from "#domain/event/recorded.ts";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import { waitsOf } from "#domain/meeting/metrics.ts";
import { leftCountsOf } from "#domain/meetings/left-counts.ts";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { countWaits } from "#domain/waits/wait-count.ts";
import { waitMetrics } from "#domain/waits/wait-metrics.ts";
import { DEFAULT_MEASURE } from "#domain/waits/waiting-page.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { readMeeting } from "#server/live/meeting.ts";
import { readLive } from "#server/live/snapshot.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";

/* The same waits give the same numbers in every page, answer and file. */

const NOW = clock("9:20");

let counter: ApiClient;
let account: TestSource;
let meetingId: string;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  counter = await openApiClient();
  account = await counter.app.account();
  const gives = (name: string, from: string, to: string) =>
    [
      [from, knocks(name)],
      [to, stopsWaiting(name, { since: from })],
    ] as const;
  await deliverBodies(
    counter.app,
    account,
    "surgery",
    minutes(
      ["9:00", joins("Dr Brandt", { host: true })],
      // Ayo is let in after forty seconds. Bela gives up after more than three minutes.
      ...gives("Ayo", "9:01", "9:01:40"),
      ["9:01:40", joins("Ayo")],
      ...gives("Bela", "9:01", "9:04:20"),
      // Cem and Dunja wait for a moment. Emre gives up, and joins later without waiting.
      ...gives("Cem", "9:01", "9:01:05"),
      ...gives("Dunja", "9:02", "9:02:06"),
      ...gives("Emre", "9:03", "9:04:40"),
      ["9:07", leaves("Ayo", { joinedAt: "9:01:40" })],
      ["9:08", joins("Emre", { session: "emre, later" })],
      // Fay still waits.
      ["9:10", knocks("Fay")],
    ),
  );
  const [row] = z
    .object({ results: z.array(z.looseObject({ id: z.string() })) })
    .parse(await counter.read(`/api/v1/meetings?source=${account.id}`)).results;
  meetingId = row?.id ?? "";
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

const METRICS = {
  waits: 6,
  entered: 3,
  admitted: 1,
  left_before_admitted: 2,
  came_back: 1,
  really_lost: 1,
  short: 2,
  unknown: 0,
  still_waiting: 1,
  abandonment_rate: 2 / 3,
  average_until_admitted_ms: 40_000,
  average_until_leaving_ms: 150_000,
  longest_ms: 200_000,
  service_level: { met: 1, of: 2, share: 0.5 },
};

describe("six waits of one morning give the same numbers", () => {
  test("on the live page", async () => {
    const { today } = await readLive(counter.app.database.orm, NOW);
    expect(today).toMatchObject(METRICS);
  });

  test("on the page of the meeting", async () => {
    const answer = await readMeeting(meetingId, counter.app.database.orm, NOW);
    if (answer.kind !== "found") throw new Error(answer.kind);
    const { events, rules } = answer.facts;
    const view = projectMeeting(events.map(toEvent), rules, NOW);
    const count = countWaits(waitsOf(view), DEFAULT_MEASURE.targetMs);
    expect(waitMetrics(count, DEFAULT_MEASURE)).toEqual(METRICS);
    expect(leftCountsOf(view.people)).toMatchObject({ peopleLeftCount: 2, peopleLostCount: 1 });
  });

  test("from the API, of all, by room and by hour", async () => {
    const { metrics, by_room, by_hour } = z
      .object({
        metrics: z.unknown(),
        by_room: z.array(z.unknown()),
        by_hour: z.array(z.unknown()),
      })
      .parse(await counter.read(`/api/v1/waiting?source=${account.id}`));
    expect(metrics).toMatchObject({ ...METRICS, people_lost: 1 });
    expect(by_room).toMatchObject([METRICS]);
    expect(by_hour).toMatchObject([METRICS]);
  });

  test("from the API, of the meeting, in the list and on its own", async () => {
    const numbers = {
      waits_left_before_admitted_count: 2,
      left_before_admitted_count: 2,
      people_left_before_admitted_count: 2,
      people_lost_count: 1,
    };
    expect(await counter.read(`/api/v1/meetings?source=${account.id}`)).toMatchObject({
      results: [numbers],
    });
    expect(await counter.read(`/api/v1/meetings/${meetingId}`)).toMatchObject(numbers);
  });

  test("in the files", async () => {
    expect(await counter.read(`/api/v1/meetings.json?source=${account.id}`)).toMatchObject({
      results: [
        {
          waits: 6,
          waits_admitted: 1,
          waits_left_before_admitted: 2,
          waits_really_lost: 1,
          waits_came_back: 1,
          waits_left_shortly: 2,
          waits_unknown: 0,
          longest_wait_ms: 200_000,
          people_left_before_admitted: 2,
          people_lost: 1,
        },
      ],
    });
    const csv = await (await counter.ask(`/api/v1/meetings.csv?source=${account.id}`)).text();
    const [head = [], row = []] = csv.split("\r\n").map((line) => line.split(","));
    const of = (name: string) => row[head.indexOf(name)];
    expect([of("waits_left_before_admitted"), of("people_lost")]).toEqual(["2", "1"]);
  });

  test("as the length of the lists of waits", async () => {
    const rows = async (query: string) => {
      const path = `/api/v1/waits?source=${account.id}&${query}`;
      return z.object({ results: z.array(z.unknown()) }).parse(await counter.read(path)).results
        .length;
    };
    expect(await rows("show=all")).toBe(METRICS.waits);
    expect(await rows("show=left")).toBe(METRICS.left_before_admitted);
    expect(await rows("show=lost")).toBe(1);
    expect(await rows("show=came_back")).toBe(METRICS.came_back);
    expect(await rows("show=short")).toBe(METRICS.short);
    expect(await rows("outcome=left")).toBe(METRICS.really_lost);
  });

  test("as the sum over their people", async () => {
    const { results } = z
      .object({
        results: z.array(
          z.looseObject({
            name: z.string(),
            waits: z.number(),
            left_before_admitted: z.number(),
            meetings_lost: z.number(),
          }),
        ),
      })
      .parse(await counter.read(`/api/v1/people?source=${account.id}`));
    const sum = (of: (row: (typeof results)[number]) => number) =>
      results.reduce((all, row) => all + of(row), 0);
    expect(sum(({ waits }) => waits)).toBe(METRICS.waits);
    expect(sum((row) => row.left_before_admitted)).toBe(METRICS.left_before_admitted);
    expect(results.filter((row) => row.meetings_lost > 0)).toMatchObject([{ name: "Bela" }]);
  });
});
