import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { createKey } from "#db/access/keys.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { clock, joins, knocks, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { deskForPage } from "#server/desk/pushes.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";

let client: ApiClient;
let account: TestSource;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("10:30") });
  client = await openApiClient();
  account = await client.app.account();
  client.app.now = clock("10:30");
});
afterAll(async () => {
  vi.useRealTimers();
  await client.app.close();
});

/** The hours of every day. */
function hours(from: string, to: string) {
  const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  const weekdays = Object.fromEntries(days.map((day) => [day, [{ from, to }]]));
  return { time_zone: "UTC", weekdays, closed_on: [] };
}

async function make(group: object): Promise<string> {
  const answer = await client.send("POST", "/api/v1/room-groups", group);
  expect(answer.status).toBe(201);
  return z.looseObject({ id: z.string() }).parse(await answer.json()).id;
}

describe("groups of rooms", () => {
  test("are made, changed, listed and taken away, and what cannot be is refused with its reason", async () => {
    const id = await make({ name: "Dr Wolf", rooms: ["wolf*"], hours: hours("08:00", "17:00") });
    const limits = { amber_ms: 60_000, red_ms: 120_000, urgent_ms: 300_000 };
    const path = `/api/v1/room-groups/${id}`;
    const changed = await client.send("PUT", path, { name: "Dr Wu", rooms: ["wu"], limits });
    expect(await changed.json()).toMatchObject({ name: "Dr Wu", hours: null, limits, by: "test" });
    expect(await client.read("/api/v1/room-groups")).toMatchObject({
      results: [{ id, name: "Dr Wu", rooms: ["wu"], source_id: null }],
    });
    for (const [wrong, why] of [
      [{ name: "A", rooms: [] }, "rooms"],
      [{ name: "A", rooms: ["a"], limits: { ...limits, red_ms: 1_000 } }, "go up in this order"],
      [{ name: "A", rooms: ["a"], hours: hours("8", "17:00") }, "time such as"],
      [{ name: "A", rooms: ["a"], links: [{ label: "X", url: "javascript:1" }] }, "https:"],
      [{ name: "A", rooms: ["a"], source_id: crypto.randomUUID() }, "no such source"],
    ] as const) {
      const refused = await client.send("POST", "/api/v1/room-groups", wrong);
      expect(refused.status).toBe(400);
      expect(JSON.stringify(await refused.json())).toContain(why);
    }
    expect((await client.send("DELETE", path)).status).toBe(200);
    expect((await client.send("DELETE", path)).status).toBe(404);
  });

  test("are nothing for who sees a part", async () => {
    const { key } = await createKey(client.app.database.orm, "part", {
      sight: { ...WHOLE_SIGHT, rooms: ["wolf*"] },
    });
    const answer = await client.ask("/api/v1/room-groups", { authorization: `Bearer ${key}` });
    expect(answer.status).toBe(403);
  });
});

describe("the desk", () => {
  test("leaves out waits outside the opening hours, and says of each line what counts in it", async () => {
    const id = await make({ name: "House", rooms: ["*"], hours: hours("09:00", "10:20") });
    const own = { amber_ms: 1_000, red_ms: 2_000, urgent_ms: 3_000 };
    const night = await make({ name: "Night", rooms: ["night"], hours: hours("00:00", "24:00") });
    const links = [{ label: "Records", url: "https://a.example/{user_id}", how: "open" }];
    const limited = await make({ name: "Strict", rooms: ["day*"], limits: own, links });
    for (const room of ["day", "night"]) {
      await deliverBodies(
        client.app,
        account,
        room,
        minutes(
          ["8:50", knocks("Early")],
          ["8:58", stopsWaiting("Early", { since: "8:50" })],
          ["10:05", joins("Dr Wolf", { host: true })],
          ["10:06", knocks("Ada")],
          ["10:09", stopsWaiting("Ada", { since: "10:06" })],
          ["10:25", knocks("Late")],
        ),
      );
    }
    const desk = await deskForPage("UTC");
    expect(desk.day).toMatchObject({ waits: 4, outside_hours: 2, really_lost: 3 });
    expect(desk.day.longest_ms).toBe(480_000);
    const houseIn = (room: string) => desk.lines.find((line) => line.room === room)?.house;
    expect(houseIn("day")).toEqual({
      groups: ["Strict", "House"],
      hours: { is_open: false, since: at("10:20"), until: at("9:00", 1) },
      limits: own,
      ...{ message: null, links },
    });
    expect(houseIn("night")?.hours).toEqual({ is_open: true, since: null, until: null });
    expect(desk.lost.map(({ house }) => house?.groups[0])).toContain("Night");
    for (const one of [id, night, limited])
      await client.send("DELETE", `/api/v1/room-groups/${one}`);
    expect((await deskForPage("UTC")).day).toMatchObject({ waits: 6, outside_hours: 0 });
  });
});

function at(time: string, days = 0): string {
  return new Date(clock(time) + days * 86_400_000).toISOString();
}
