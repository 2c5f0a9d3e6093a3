import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { clock, joins, leaves, minutes, starts } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";
import { readRegisterPage } from "./register.ts";

const NOW = clock("16:00");

let counter: ApiClient;
let account: TestSource;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  counter = await openApiClient();
  account = await counter.app.account();
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

/** Bo joins at 9:50, which starts Daily's meeting; the teacher at 10:00, Cy at 10:08. */
async function lesson(room: string): Promise<string> {
  const user = (name: string) => ({ user: name, session: `${room}-${name}` });
  await deliverBodies(
    counter.app,
    account,
    room,
    minutes(
      ["9:50", starts(`${room}-m1`)],
      ["9:50", joins("Bo", user("bo"))],
      ["10:00", joins("Mia", { ...user("mia"), host: true })],
      ["10:08", joins("Cy", user("cy"))],
      ["11:00", leaves("Bo", { ...user("bo"), joinedAt: "9:50" })],
      ["11:00", leaves("Cy", { ...user("cy"), joinedAt: "10:08" })],
      ["11:00", leaves("Mia", { ...user("mia"), joinedAt: "10:00", host: true })],
    ),
  );
  const [row] = await counter.app.database.sql`select id::text from rooms where key = ${room}`;
  return row?.["id"];
}

const register = (id: string, query = "") => counter.read(`/api/v1/rooms/${id}/register?${query}`);
const patch = (id: string, body: object) =>
  counter.send("PATCH", `/api/v1/rooms/${id}/settings`, body);
const lateFrom = (at: string, by: string) => ({
  meetings: [{ late_from: new Date(clock(at)).toISOString(), late_from_by: by }],
});

describe("the start from which late counts", () => {
  test("is the first host's join, where the provider’s start is only the first join", async () => {
    const id = await lesson("first");
    expect(await register(id, "late_ms=60000")).toMatchObject({
      ...lateFrom("10:00", "host"),
      people: [
        { name: "Bo", is_host: false, cells: [{ state: "present" }] },
        { name: "Cy", is_host: false, cells: [{ state: "late" }] },
        { name: "Mia", is_host: true, cells: [{ state: "present" }] },
      ],
      summary: { late_count: 1, attendances_count: 2, hosts_count: 1 },
    });
  });

  test("is the scheduled start, else the time set for the room", async () => {
    const id = await lesson("set");
    const start = { time_zone: "Europe/Berlin", time: "09:00", weekdays: { fri: "10:55" } };
    expect((await patch(id, { start })).status).toBe(200);
    expect(await register(id)).toMatchObject({
      ...lateFrom("9:55", "room"),
      people: [{ name: "Bo" }, { name: "Cy", cells: [{ state: "late" }] }, { name: "Mia" }],
    });
    const scheduled = await counter.send("POST", "/api/v1/scheduled-meetings", {
      source: account.id,
      room: "set",
      starts_at: "2026-11-20T10:05:00Z",
      ends_at: "2026-11-20T11:05:00Z",
    });
    expect(scheduled.status).toBe(201);
    expect(await register(id)).toMatchObject({
      ...lateFrom("10:05", "scheduled"),
      people: [{ name: "Bo" }, { name: "Cy", cells: [{ state: "present" }] }, { name: "Mia" }],
    });
    const csv = await counter.ask(`/api/v1/rooms/${id}/register.csv?layout=list&tz=UTC`);
    expect((await csv.text()).split("\r\n")[1]).toContain(
      "2026-11-20T10:05:00.000+00:00,scheduled",
    );
    const { id: meeting } = await scheduled.json();
    await counter.send("DELETE", `/api/v1/scheduled-meetings/${meeting}`, {});
    expect(await register(id)).toMatchObject(lateFrom("9:55", "room"));
    await patch(id, { start: null });
    expect(await register(id)).toMatchObject(lateFrom("10:00", "host"));
  });

  test("is the provider's start, where that is more than a person’s join", async () => {
    const id = await lesson("reported");
    await deliverBodies(counter.app, account, "reported", minutes(["9:45", starts("reported-m1")]));
    expect(await register(id)).toMatchObject(lateFrom("9:45", "provider"));
  });

  test("is not Daily’s start either where a note-taker came first", async () => {
    const id = await lesson("notes");
    await deliverBodies(
      counter.app,
      account,
      "notes",
      minutes(
        ["9:45", starts("notes-m1")],
        ["9:45", joins("Otter.ai", { session: "otter" })],
        ["10:30", leaves("Otter.ai", { session: "otter", joinedAt: "9:45" })],
      ),
    );
    expect(await register(id)).toMatchObject(lateFrom("10:00", "host"));
  });
});

describe("the thresholds of a room", () => {
  test("are stored, and count for pages, programs and files unless a query overrides them", async () => {
    const id = await lesson("kept");
    const chosen = { late_ms: 60_000, share: 12.5, attended_ms: 600_000 };
    const answer = await patch(id, { thresholds: chosen, by: "Ada" });
    expect(await answer.json()).toMatchObject({ thresholds: chosen, start: null, by: "test" });
    expect(await register(id)).toMatchObject({
      thresholds: { ...chosen, early_ms: 300_000 },
      thresholds_from: { late_ms: "room", share: "room", early_ms: "default" },
    });
    expect(await register(id, "late_ms=900000&attended_ms=none")).toMatchObject({
      thresholds: { late_ms: 900_000, attended_ms: null, share: 12.5 },
      thresholds_from: { late_ms: "query", attended_ms: "query", share: "room" },
      summary: { late_count: 0 },
    });
    const page = await readRegisterPage(id, new URLSearchParams("early_ms=0"));
    expect(page).toMatchObject({
      thresholds: { lateMs: 60_000, earlyMs: 0, share: 0.125 },
      settings: { by: "test", at: NOW, thresholds: { lateMs: 60_000 } },
    });
    const csv = await (await counter.ask(`/api/v1/rooms/${id}/register.csv`)).text();
    expect(csv).toContain("Cy,cy,user_id");
    expect(csv.split("\r\n")[2]).toMatch(/,late$/);
    // A part is replaced whole; the other part stays.
    await patch(id, { start: { time_zone: "UTC", time: "10:00" } });
    await patch(id, { thresholds: {} });
    expect(await counter.read(`/api/v1/rooms/${id}/settings`)).toMatchObject({
      thresholds: { late_ms: 300_000, share: 1, attended_ms: null },
      start: { time_zone: "UTC", time: "10:00", weekdays: {} },
    });
  });

  test("of bots are those of the series with the title", async () => {
    const bots = await counter.app.account("attendee");
    for (const [room, day] of [
      ["bot-a", "10"],
      ["bot-b", "13"],
    ]) {
      const session = `${room}-ada`;
      await deliverBodies(
        counter.app,
        bots,
        room ?? "",
        minutes(
          [`${day}:00`, joins("Ada", { session })],
          [`${day}:30`, leaves("Ada", { session, joinedAt: `${day}:00` })],
        ),
      );
    }
    await counter.app.database
      .sql`update rooms set title = 'Stand-up' where source_id = ${bots.id}`;
    const rooms = await counter.app.database
      .sql`select id::text from rooms where source_id = ${bots.id} order by id`;
    const [one, other] = rooms.map((row) => String(row["id"]));
    await patch(one ?? "", { thresholds: { late_ms: 0 } });
    expect(await register(other ?? "")).toMatchObject({ thresholds: { late_ms: 0 } });
  });

  test("are refused where they are invalid, and for an unknown room", async () => {
    const id = await lesson("refused");
    for (const body of [
      { thresholds: { late_ms: -1 } },
      { thresholds: { late_ms: null } },
      { thresholds: { share: 101 } },
      { thresholds: { tardy_ms: 1 } },
      { start: { time_zone: "Mars/Olympus", time: "10:00" } },
      { start: { time_zone: "UTC" } },
      { start: { time_zone: "UTC", time: "24:00" } },
      { start: { time_zone: "UTC", weekdays: { someday: "10:00" } } },
      { settings: 1 },
    ]) {
      const answer = await patch(id, body);
      expect([body, answer.status]).toEqual([body, 400]);
      expect(await answer.json()).toMatchObject({ error: { code: "bad_settings" } });
    }
    expect((await patch("999999", {})).status).toBe(404);
    expect((await counter.ask(`/api/v1/rooms/${id}/settings`, {}, "PATCH")).status).toBe(401);
    expect(await counter.read(`/api/v1/rooms/${id}/settings`)).toMatchObject({ by: null });
  });
});
