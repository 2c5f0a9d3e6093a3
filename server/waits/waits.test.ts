import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { clock, joins, knocks, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { column, readPage, thereAndBack } from "#server/http/testing/pages.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { answerOf, deliverBodies, post, type TestSource } from "#server/testing/test-app.ts";

let counter: ApiClient;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("12:00") });
  counter = await openApiClient();
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

const read = (path: string) => readPage(counter, path);
const names = column("name");

describe("GET /api/v1/waits", () => {
  let account: TestSource;
  beforeAll(async () => {
    account = await counter.app.account();
    const { app } = counter;
    await deliverBodies(
      app,
      account,
      "desk",
      minutes(
        ["8:00", knocks("Ada")],
        ["8:01", stopsWaiting("Ada", { since: "8:00" })],
        ["8:01:01", joins("Ada")],
        ["8:02", knocks("Bo")],
        ["8:02:05", stopsWaiting("Bo", { since: "8:02" })],
        ["8:03", knocks("Cy")],
        ["8:05", stopsWaiting("Cy", { since: "8:03" })],
        ["8:10", knocks("Dee")],
      ),
    );
  });

  test.each([
    ["outcome=admitted", ["Ada"]],
    ["outcome=short", ["Bo"]],
    ["outcome=left", ["Cy"]],
    ["outcome=waiting", ["Dee"]],
    ["outcome=unknown", []],
    ["", ["Dee", "Cy", "Bo", "Ada"]],
    [`from=${at("8:02")}&to=${at("8:10")}`, ["Cy", "Bo"]],
  ])("by %s", async (query, expected) => {
    expect(names(await read(`/api/v1/waits?room=desk&${query}`))).toEqual(expected);
  });

  test("gives each with all fields of the contract, and its meeting and room", async () => {
    const { results } = await read("/api/v1/waits?room=desk&outcome=left");
    expect(results).toEqual([
      {
        id: expect.any(String),
        meeting_id: expect.any(String),
        source: { id: account.id, provider: "daily", name: "Clinic" },
        room: "desk",
        title: null,
        person_id: "c:Cy",
        name: "Cy",
        started_at: at("8:03"),
        ended_at: at("8:05"),
        duration_ms: 120_000,
        outcome: "left",
        inferred: false,
        duration_is: "exact",
        ...{ claimed_by: null, claimed_at: null, claim_lapses_at: null },
        ...{ desk_note: null, desk_note_by: null, desk_note_at: null },
        ...{ follow_up: null, follow_up_by: null, follow_up_at: null },
      },
    ]);
    const open = await read("/api/v1/waits?room=desk&outcome=waiting");
    expect(open.results).toMatchObject([{ ended_at: null, duration_ms: 230 * 60_000 }]);
  });

  test("refuses an unknown outcome", async () => {
    expect((await counter.ask("/api/v1/waits?outcome=lost")).status).toBe(400);
  });

  test.each([1, 4, 7, 50])(
    "%i at a time gives every wait once, also those of the same moment",
    async (limit) => {
      const room = `queue of ${limit}`;
      for (let guest = 0; guest < 20; guest += 1) {
        const event = knocks(`Guest ${guest}`)(clock(`8:0${guest % 2}`));
        await answerOf(
          await post(counter.app, account, bodyOf("daily", event, room, `${room} ${guest}`)),
        );
      }
      const path = `/api/v1/waits?room=${encodeURIComponent(room)}&limit=${limit}`;
      const { there, back, ends } = await thereAndBack(counter, path, names);
      expect(new Set(there).size).toBe(20);
      expect(there).toHaveLength(20);
      expect(back).toEqual(there);
      expect(ends.every((end) => end == null)).toBe(true);
    },
  );
});

function at(time: string): string {
  return new Date(clock(time)).toISOString();
}
