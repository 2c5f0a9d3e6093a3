import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { createKey } from "#db/access/keys.ts";
import { type Database, openDatabase } from "#db/connection/client.ts";
import { AlreadyClaimed, handleWait, waitById } from "#db/waits/handle-wait.ts";
import { waitIdOf } from "#db/waits/wait-id.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { clock, joins, knocks, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { CLAIM_LASTS_MS } from "#domain/waits/handling.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf } from "#server/http/testing/routes.ts";
import { readLive } from "#server/live/snapshot.ts";
import { erasePerson } from "#server/privacy/erasure/erase-person.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { ADA } from "#server/testing/actor.ts";
import { tablesWith } from "#server/testing/stored-texts.ts";
import { deliverBodies, SECRET, type TestSource } from "#server/testing/test-app.ts";

let client: ApiClient;
let source: TestSource;
let desks: Record<"grace" | "lin" | "masked", Record<string, string>>;
let rooms = 0;
let room = "";

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("10:00") });
  client = await openApiClient();
  source = await client.app.account();
  const keyOf = async (name: string, masked = false) => {
    const sight = { ...WHOLE_SIGHT, masked };
    const { key } = await createKey(client.app.database.orm, name, { sight });
    return { authorization: `Bearer ${key}` };
  };
  desks = {
    grace: await keyOf("Grace"),
    lin: await keyOf("Lin"),
    masked: await keyOf("Max", true),
  };
});
afterAll(async () => {
  vi.useRealTimers();
  await client.app.close();
});
beforeEach(() => {
  rooms += 1;
  room = `desk ${rooms}`;
});

function at(time: string): void {
  vi.setSystemTime(clock(time));
  client.app.now = clock(time);
}

async function deliver(...lines: Parameters<typeof minutes>): Promise<void> {
  await deliverBodies(client.app, source, room, minutes(...lines));
}

const wait = z.looseObject({ id: z.string(), name: z.string().nullable() });

async function waits(query = "") {
  const read = await client.read(`/api/v1/waits?room=${encodeURIComponent(room)}&${query}`);
  return z.object({ results: z.array(wait) }).parse(read).results;
}

async function onlyId(): Promise<string> {
  const [only, ...others] = await waits();
  expect(others).toEqual([]);
  return only?.id ?? "";
}

async function desk(
  who: keyof typeof desks,
  method: string,
  path: string,
  body: object = {},
): Promise<[status: number, body: Record<string, unknown>]> {
  const headers = { ...desks[who], "content-type": "application/json", host: "localhost:3000" };
  const url = `http://localhost:3000/api/v1/waits/${path}`;
  const request = new Request(url, { method, headers, body: JSON.stringify(body) });
  const answer = await answerOf(request);
  return [answer.status, z.record(z.string(), z.unknown()).parse(await answer.json())];
}

const refusal = (code: string, message: unknown = expect.any(String)) => ({
  error: { code, message },
});

describe("a wait has an owner", () => {
  test("Grace takes it at one past ten, Lin is told so, and it ends with the wait", async () => {
    await deliver(["10:00", knocks("Ada")]);
    at("10:01");
    const id = await onlyId();
    expect(await desk("grace", "POST", `${id}/claim`)).toMatchObject([
      200,
      { id, claimed_by: "Grace", claim_lapses_at: "2026-11-20T10:11:00.000Z" },
    ]);
    const told = "Grace has looked after this wait since 2026-11-20T10:01:00.000Z.";
    expect(await desk("lin", "POST", `${id}/claim`)).toEqual([
      409,
      refusal("already_claimed", told),
    ]);
    expect(await waits()).toMatchObject([{ claimed_by: "Grace" }]);
    at("10:03");
    expect((await desk("grace", "POST", `${id}/claim`))[1]).toMatchObject({
      claimed_at: "2026-11-20T10:01:00.000Z",
      claim_lapses_at: "2026-11-20T10:13:00.000Z",
    });
    await deliver(["10:04", joins("Ada")], ["10:04", stopsWaiting("Ada", { since: "10:00" })]);
    at("10:05");
    expect(await waits()).toMatchObject([{ id, outcome: "admitted", claimed_by: null }]);
    expect(await desk("lin", "POST", `${id}/claim`)).toEqual([409, refusal("not_to_be_handled")]);
  });

  test("nobody looks after it once the claim lapsed or was given up", async () => {
    at("10:00");
    await deliver(["10:00", knocks("Bo")]);
    const id = await onlyId();
    await desk("grace", "POST", `${id}/claim`);
    expect((await desk("lin", "DELETE", `${id}/claim`))[1]).toMatchObject({ claimed_by: null });
    expect(await desk("lin", "DELETE", `${id}/claim`)).toEqual([404, refusal("not_found")]);
    expect((await desk("lin", "POST", `${id}/claim`))[0]).toBe(200);
    vi.setSystemTime(clock("10:00") + CLAIM_LASTS_MS);
    expect((await desk("grace", "POST", `${id}/claim`))[1]).toMatchObject({ claimed_by: "Grace" });
  });

  test("of many who take it at once through two processes, exactly one has it", async () => {
    at("10:00");
    const other = openDatabase(client.app.url, { max: 4 });
    try {
      for (const turn of [1, 2, 3]) {
        room = `desk ${rooms} at once ${turn}`;
        await deliver(["10:00", knocks("Cy")]);
        const { orm } = client.app.database;
        const found = await waitById(orm, await onlyId());
        if (found === null) throw new Error("nobody waits");
        const take = async (database: Database, name: string) => {
          try {
            const by = { id: `member ${name}`, name };
            await handleWait(database, found, { kind: "claim" }, by, clock("10:00"));
            return name;
          } catch (error) {
            if (!(error instanceof AlreadyClaimed)) throw error;
            return `held by ${error.claim.name}`;
          }
        };
        const said = await Promise.all(
          Array.from({ length: 12 }, (_, index) =>
            take(index % 2 === 0 ? client.app.database : other, `desk ${index}`),
          ),
        );
        const [owner, ...more] = said.filter((one) => !one.startsWith("held by"));
        expect(more).toEqual([]);
        expect(said.filter((one) => one === `held by ${owner}`)).toHaveLength(11);
        expect(await waits()).toMatchObject([{ claimed_by: owner }]);
      }
    } finally {
      await other.close();
    }
  });
});

describe("a wait has an end", () => {
  test("who left is followed up, listed as open until then, and that is taken back", async () => {
    at("10:00");
    await deliver(["10:00", knocks("Dee")], ["10:00", knocks("Eve")]);
    const dee = (await waits()).find(({ name }) => name === "Dee")?.id ?? "";
    expect(await desk("lin", "PUT", `${dee}/follow-up`, { outcome: "called" })).toEqual([
      409,
      refusal("not_to_be_handled"),
    ]);
    at("10:06");
    await deliver(
      ["10:05", stopsWaiting("Dee", { since: "10:00" })],
      ["10:05", stopsWaiting("Eve", { since: "10:00" })],
    );
    const named = async (query: string) => (await waits(query)).map(({ name }) => name).toSorted();
    expect(await named("follow_up=open")).toEqual(["Dee", "Eve"]);
    expect(await desk("lin", "PUT", `${dee}/follow-up`, { outcome: "no_answer" })).toMatchObject([
      200,
      { follow_up: "no_answer", follow_up_by: "Lin", follow_up_at: "2026-11-20T10:06:00.000Z" },
    ]);
    expect(await named("follow_up=open")).toEqual(["Eve"]);
    expect(await named("follow_up=done")).toEqual(["Dee"]);
    expect(await named("follow_up=no_answer")).toEqual(["Dee"]);
    const lost = `/api/v1/waiting/lost?room=${encodeURIComponent(room)}&follow_up=open`;
    expect(await client.read(lost)).toMatchObject({ results: [{ name: "Eve" }] });
    at("10:07");
    await desk("grace", "PUT", `${dee}/follow-up`, { outcome: null });
    expect(await named("follow_up=open")).toEqual(["Dee", "Eve"]);
    expect((await desk("lin", "PUT", `${dee}/follow-up`, { outcome: "lost" }))[0]).toBe(400);
  });

  test("a note is for those who see names, and nobody else replaces it", async () => {
    at("10:00");
    await deliver(["10:00", knocks("Fay")]);
    const id = await onlyId();
    expect((await desk("masked", "PUT", `${id}/note`, { text: " late " }))[1]).toMatchObject({
      desk_note: null,
      desk_note_by: "Max",
    });
    expect(await waits()).toMatchObject([{ desk_note: "late", desk_note_by: "Max" }]);
    expect(await desk("masked", "PUT", `${id}/note`, { text: null })).toEqual([
      403,
      refusal("forbidden"),
    ]);
    const path = `/api/v1/waits.csv?room=${encodeURIComponent(room)}`;
    expect(await (await client.ask(path, desks.masked)).text()).not.toContain("late,");
    expect(await (await client.ask(path)).text()).toContain("late,");
    expect((await desk("lin", "PUT", `${id}/note`, { text: null }))[1]).toMatchObject({
      desk_note: null,
      desk_note_by: "Lin",
    });
  });

  test("what is done is in the audit log, and nothing that was refused", async () => {
    at("10:30");
    await deliver(["10:30", knocks("Gus")]);
    const id = await onlyId();
    await desk("grace", "POST", `${id}/claim`);
    await desk("lin", "POST", `${id}/claim`);
    await desk("grace", "PUT", `${id}/note`, { text: "a secret of Gus" });
    const entry = z.object({ sentence: z.string(), who: z.object({ label: z.string() }) });
    const log = z
      .object({ results: z.array(entry) })
      .parse(await (await client.ask("/api/v1/audit?limit=2", client.person)).json());
    expect(log.results.map(({ sentence, who }) => `${who.label} ${sentence}`)).toEqual([
      "Grace wrote a note about the wait of “Gus”",
      "Grace took on the wait of “Gus”",
    ]);
  });
});

describe("the id of a wait, and what was entered of it,", () => {
  const claimed = async (id: string) => {
    at("10:02");
    await desk("grace", "POST", `${id}/claim`);
    await desk("grace", "PUT", `${id}/note`, { text: "speaks French" });
  };

  test("is the same in the database, in a list, in the meeting, and live", async () => {
    at("10:00");
    await deliver(["10:00", knocks("Hal")]);
    const id = await onlyId();
    const found = await waitById(client.app.database.orm, id);
    expect(found === null ? null : waitIdOf(found)).toBe(id);
    const meeting = await client.read(`/api/v1/meetings/${found?.meetingId}`);
    expect(meeting).toMatchObject({ waits: [{ id, name: "Hal" }] });
    await claimed(id);
    const live = await readLive(client.app.database.orm, Date.now());
    const waiting = live.meetings.flatMap((one) => one.waiting);
    expect(waiting.find(({ name }) => name === "Hal")).toMatchObject({
      ...{ id, claimed_by: "Grace", desk_note: "speaks French" },
    });
  });

  test("stay when everything is read again", async () => {
    at("10:00");
    await deliver(["10:00", knocks("Ida")]);
    const id = await onlyId();
    await claimed(id);
    await replay(client.app.database, null, () => undefined, { now: () => Date.now() });
    expect(await waits()).toMatchObject([{ id, claimed_by: "Grace" }]);
  });

  test("stay when it turns out that the wait began earlier, or that two people are one", async () => {
    at("10:00");
    await deliver(["10:00", knocks("Jo", { session: "second" })]);
    const id = await onlyId();
    await claimed(id);
    // The first knock was delivered late: the page was loaded again since.
    await deliver(
      ["9:59", knocks("Jo", { session: "first" })],
      ["9:59:50", stopsWaiting("Jo", { session: "first", since: "9:59" })],
    );
    const [whole, ...others] = await waits();
    expect(others).toEqual([]);
    expect(whole).toMatchObject({
      started_at: "2026-11-20T09:59:00.000Z",
      ...{ claimed_by: "Grace", desk_note: "speaks French" },
    });
    expect(whole?.id).not.toBe(id);
    // The former address leads on, and who has it has it under both.
    expect((await desk("lin", "POST", `${id}/claim`))[0]).toBe(409);
    expect((await desk("lin", "POST", `${whole?.id}/claim`))[0]).toBe(409);
    expect((await desk("lin", "DELETE", `${whole?.id}/claim`))[0]).toBe(200);
    expect((await desk("lin", "POST", `${id}/claim`))[1]).toMatchObject({ id: whole?.id });
  });

  test("go with an erased person, and so do notes about others that name them", async () => {
    at("10:00");
    await deliver(["10:00", knocks("Kit Zarnogel")], ["10:00", knocks("Len Quibble")]);
    for (const { id } of await waits()) {
      await desk("grace", "PUT", `${id}/note`, { text: "brother of Kit Zarnogel, ward 3" });
    }
    const people = z
      .object({ results: z.array(wait) })
      .parse(await client.read("/api/v1/people?q=zarnogel"));
    await erasePerson(client.app.database, people.results[0]?.id ?? "", {
      ...{ by: ADA, secret: SECRET, now: () => Date.now(), onErased: () => undefined },
    });
    expect(await tablesWith(client.app.database, ["Zarnogel", "zarnogel", "ward 3"])).toEqual([]);
    expect((await waits()).map(({ desk_note }) => desk_note)).toEqual([null, null]);
  });
});

test("no such wait is 404, whatever it is called", async () => {
  for (const id of ["00000000-0000-4000-8000-000000000000", "nothing"]) {
    expect(await desk("grace", "POST", `${id}/claim`)).toEqual([404, refusal("not_found")]);
  }
});
