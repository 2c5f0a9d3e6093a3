import { readdir, readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { readPage } from "#server/http/testing/pages.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";

let counter: ApiClient;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("11:00") });
  counter = await openApiClient();
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

/** A meeting: Ada is in, without an event since her join at 10:05; Bo waits; Cy left. */
async function aMeeting(): Promise<{ account: TestSource; room: string; id: string }> {
  const account = await counter.app.account();
  const room = "ward-7";
  await deliverBodies(
    counter.app,
    account,
    room,
    minutes(
      ["10:05", joins("Ada", { session: "ada", host: true })],
      ["10:10", joins("Cy", { session: "cy" })],
      ["10:12", knocks("Bo", { session: "bo" })],
      ["10:40", leaves("Cy", { session: "cy", joinedAt: "10:10" })],
    ),
  );
  const page = await readPage(counter, `/api/v1/meetings?source=${account.id}`);
  return { account, room, id: String(page.results[0]?.["id"]) };
}

const iso = (time: string) => new Date(clock(time)).toISOString();
const answer = z.object({ ruling: z.string(), meeting_id: z.string(), seq: z.number() });

async function correct(id: string, body: object): Promise<z.infer<typeof answer>> {
  const response = await counter.send("POST", `/api/v1/meetings/${id}/rulings`, {
    verdict: "not_here",
    ...body,
  });
  expect(response.status).toBe(201);
  return answer.parse(await response.json());
}

const view = (id: string) => counter.read(`/api/v1/meetings/${id}`);

const ADA_IN = { name: "Ada", status: "present", visits: [{ left_at: null, end: null }] };
const BO_WAITS = { name: "Bo", outcome: "waiting" };

describe("“not here any more”", () => {
  test("ends all of a meeting, names its author, and can be undone as a whole", async () => {
    const { id } = await aMeeting();
    expect(await view(id)).toMatchObject({
      present_count: 1,
      waiting_count: 1,
      waits: [BO_WAITS],
    });
    const { ruling, seq } = await correct(id, {});
    expect(await view(id)).toMatchObject({
      status: "ended",
      present_count: 0,
      waiting_count: 0,
      people: [
        {
          status: "left",
          attended_ms: 0,
          attended_is: "at_least",
          unknown_ms: 55 * 60_000,
          visits: [{ left_at: iso("10:05"), left_by: iso("11:00"), end: "operator" }],
        },
        { name: "Cy" },
        { name: "Bo", status: "not_admitted" },
      ],
      waits: [{ outcome: "unknown", ended_at: iso("10:12"), inferred: true }],
    });
    const { results } = await readPage(counter, `/api/v1/meetings/${id}/events?after_seq=4`);
    const data = { ruling, verdict: "not_here", since: iso("11:00"), exact: false, by: "test" };
    expect(results).toMatchObject([
      { type: "presence_ruled", at: iso("10:05"), participant_id: "ada", data },
      { type: "presence_ruled", at: iso("10:12"), participant_id: "bo", data },
    ]);
    expect(seq).toBe(results.at(-1)?.["seq"]);

    const path = `/api/v1/meetings/${id}/rulings/${ruling}`;
    expect((await counter.send("DELETE", path)).status).toBe(200);
    expect(await view(id)).toMatchObject({ people: [ADA_IN, {}, {}], waits: [BO_WAITS] });
    expect((await counter.send("DELETE", path)).status).toBe(404);
  });

  test("of one person from a given moment holds after a replay", async () => {
    const { id } = await aMeeting();
    await correct(id, { person_ids: ["c:ada"], since: iso("10:41") });
    const expected = {
      present_count: 0,
      waiting_count: 1,
      people: [
        {
          status: "left",
          attended_ms: 36 * 60_000,
          attended_is: "exact",
          last_left_is: "exact",
          visits: [{ left_at: iso("10:41"), left_by: null, end: "operator" }],
        },
        {},
        {},
      ],
    };
    expect(await view(id)).toMatchObject(expected);
    await replay(counter.app.database, null, () => undefined);
    expect(await view(id)).toMatchObject(expected);
  });

  test("of a waiting person makes a wait that was left, and is in the rates, only with a given moment", async () => {
    const { id } = await aMeeting();
    const { ruling } = await correct(id, {
      participant_ids: ["bo"],
      where: "waiting",
      since: iso("10:41"),
    });
    expect(await view(id)).toMatchObject({
      present_count: 1,
      waiting_count: 0,
      waits: [{ outcome: "left", duration_ms: 29 * 60_000, duration_is: "exact", inferred: true }],
      waits_left_before_admitted_count: 1,
    });
    const listed = async () =>
      (await readPage(counter, "/api/v1/waits?show=all")).results.filter(
        ({ meeting_id }) => meeting_id === id,
      );
    expect(await listed()).toMatchObject([{ outcome: "left", duration_is: "exact" }]);
    const lost = await readPage(counter, "/api/v1/waiting/lost");
    expect(lost.results.filter(({ meeting_id }) => meeting_id === id)).toMatchObject([
      { duration_is: "exact", inferred: true },
    ]);
    await counter.send("DELETE", `/api/v1/meetings/${id}/rulings/${ruling}`);
    await correct(id, { participant_ids: ["bo"] });
    expect(await view(id)).toMatchObject({
      waits: [{ outcome: "unknown", duration_is: "at_least" }],
      waits_left_before_admitted_count: 0,
    });
    expect(await listed()).toMatchObject([{ outcome: "unknown", duration_is: "at_least" }]);
  });

  test("is said of the waits there were before they stored it", async () => {
    const { id } = await aMeeting();
    await correct(id, { participant_ids: ["bo"], where: "waiting", since: iso("10:41") });
    const { sql: run } = counter.app.database;
    const entered = () => run`select end_entered from waits where meeting_id = ${id}`;
    expect(await entered()).toEqual([{ end_entered: true }]);
    const file = (await readdir("db/migrations")).find((name) => name.endsWith("-their-ids.sql"));
    const migration = await readFile(`db/migrations/${file}`, "utf8");
    const [mend = ""] = migration
      .split("--> statement-breakpoint")
      .filter((statement) => statement.includes("UPDATE"));
    await run`update waits set end_entered = false`;
    await run.unsafe(mend);
    expect(await entered()).toEqual([{ end_entered: true }]);
    const others = await run`select from waits where meeting_id <> ${id} and end_entered`;
    const exact = await run`
      select from attendances where meeting_id <> ${id}
        and jsonb_path_exists(waits, '$[*] ? (exists(@.ruling) && !exists(@.overBy))')`;
    expect(others).toHaveLength(exact.length);
  });

  test("is overtaken by a later report of the provider, for each person alone", async () => {
    const { account, room, id } = await aMeeting();
    await correct(id, { since: iso("10:50") });
    await deliverBodies(
      counter.app,
      account,
      room,
      minutes(["10:52", joins("Ada", { session: "ada" })]),
    );
    expect(await view(id)).toMatchObject({
      present_count: 1,
      people: [{ visits: [{ left_at: iso("10:50"), end: "operator" }, { left_at: null }] }, {}, {}],
      waits: [{ outcome: "left" }],
    });
    await deliverBodies(
      counter.app,
      account,
      room,
      minutes(["10:55", stopsWaiting("Bo", { session: "bo", since: "10:12" })]),
    );
    expect(await view(id)).toMatchObject({ waits: [{ ended_at: iso("10:55"), inferred: false }] });
  });

  test.each([
    ["before their first event", { person_ids: ["c:ada"], since: iso("10:01") }, 409],
    ["at a future moment", { since: iso("11:01") }, 409],
    ["of a person who has left", { person_ids: ["c:cy"] }, 409],
    ["of a person who is in, as waiting", { person_ids: ["c:ada"], where: "waiting" }, 409],
    ["of a person who is not in the meeting", { person_ids: ["c:dee"] }, 404],
    ["of an unknown participant", { participant_ids: ["dee"] }, 404],
    ["at an invalid time", { since: "10:41" }, 400],
    ["of an empty list", { person_ids: [] }, 400],
  ])("is refused %s", async (_, body, status) => {
    const { id } = await aMeeting();
    const path = `/api/v1/meetings/${id}/rulings`;
    const response = await counter.send("POST", path, { verdict: "not_here", ...body });
    expect(response.status).toBe(status);
    expect(await view(id)).toMatchObject({ seq: 4 });
  });
});
