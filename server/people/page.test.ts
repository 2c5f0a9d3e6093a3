import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { PersonPage } from "#domain/people/person.ts";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { miscounted } from "#server/ingest/testing/everybody.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";
import { readPeoplePage } from "./page.ts";
import { readPersonPage } from "./person.ts";

const NOW = clock("12:00");
const MINUTE = 60_000;

let counter: ApiClient;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  counter = await openApiClient();
});
afterAll(async () => {
  expect(await miscounted(counter.app.database)).toEqual([]);
  vi.useRealTimers();
  await counter.app.close();
});

const orm = () => counter.app.database.orm;
const listed = (query: string) => readPeoplePage(new URLSearchParams(query), orm(), NOW);

async function personOf(id: string): Promise<PersonPage> {
  const page = await readPersonPage(id, new URLSearchParams(), orm(), NOW);
  if (page === null) throw new Error(`nobody has the address ${id}`);
  return page;
}

/** The addresses of a source's people, by name. */
async function addresses(account: TestSource): Promise<Record<string, string>> {
  const { rows } = await listed(`source=${account.id}`);
  return Object.fromEntries(rows.map(({ name, id }) => [name ?? "", id]));
}

async function joined(one: string | undefined, other: string | undefined): Promise<string> {
  const answer = await counter.send("POST", "/api/v1/people/links", { people: [one, other] });
  expect(answer.status).toBe(201);
  const { link } = await answer.json();
  return link;
}

describe("a row of the list", () => {
  test("marks a person of a demonstration, and so does their page", async () => {
    const account = await counter.app.account();
    await orm().execute(sql`update sources set is_demo = true where id = ${account.id}`);
    await deliverBodies(
      counter.app,
      account,
      "first",
      minutes(["10:00", joins("Ada", { user: "ada" })]),
    );
    const { rows } = await listed(`source=${account.id}`);
    const [{ id = "", knownAs = [] } = {}] = rows;
    const { person } = await personOf(id);
    for (const identities of [knownAs, person.knownAs]) {
      expect(identities.map(({ source }) => source.demo)).toEqual([true]);
    }
    await orm().execute(sql`update sources set is_demo = false where id = ${account.id}`);
    expect((await personOf(id)).person.knownAs.map(({ source }) => source)).toEqual([
      { id: account.id, provider: "daily", name: expect.any(String) },
    ]);
  });

  test("is one person over all meetings, by user id or as a guest by name", async () => {
    const account = await counter.app.account();
    await deliverBodies(
      counter.app,
      account,
      "first",
      minutes(
        // At ten Ada, who is signed in, knocks and is let in at two past. Bo gives up after three minutes.
        ["10:00", knocks("Ada", { user: "ada" })],
        ["10:02", stopsWaiting("Ada", { user: "ada", since: "10:00" })],
        ["10:02", joins("Ada", { user: "ada" })],
        ["10:03", knocks("Bo")],
        ["10:06", stopsWaiting("Bo", { since: "10:03" })],
        ["10:30", leaves("Ada", { user: "ada", joinedAt: "10:02" })],
      ),
    );
    await deliverBodies(
      counter.app,
      account,
      "second",
      minutes(
        // At eleven she comes as Ada L. and is still there; so is Bo, since ten past.
        ["11:00", joins("Ada L.", { user: "ada", session: "later" })],
        ["11:10", joins("bo", { session: "bo later" })],
      ),
    );
    const { rows } = await listed(`source=${account.id}&sort=name`);
    expect(rows).toMatchObject([
      {
        name: "Ada L.",
        knownAs: [{ knownBy: "user_id", userId: "ada", source: { id: account.id } }],
        meetings: 2,
        attendedMs: 28 * MINUTE,
        openCount: 1,
        openSum: clock("11:00"),
        waitCount: 1,
        admittedCount: 1,
        admittedMs: 2 * MINUTE,
        leftCount: 0,
        firstAt: clock("10:00"),
        lastAt: clock("11:00"),
      },
      { name: "bo", knownAs: [{ knownBy: "name" }], meetings: 2, openCount: 1, leftCount: 1 },
    ]);
    const { person, rows: meetings, heldMs } = await personOf(rows[0]?.id ?? "");
    expect(person.aliases.map(({ name, meetings }) => [name, meetings])).toEqual([
      ["Ada L.", 1],
      ["Ada", 1],
    ]);
    expect(meetings).toMatchObject([
      { room: "second", isIn: true, openSince: clock("11:00"), lastLeftAt: null },
      { room: "first", attendedMs: 28 * MINUTE, waitedMs: 2 * MINUTE, lastOutcome: "admitted" },
    ]);
    // The first was from two past to half past ten, the second goes on since eleven.
    expect(heldMs).toBe(88 * MINUTE);
  });

  test("does not exist for a guest without a name, who is only counted", async () => {
    const account = await counter.app.account();
    const before = (await listed("")).unnamedCount;
    await deliverBodies(
      counter.app,
      account,
      "room",
      minutes(["10:00", joins("", { session: "x" })]),
    );
    const page = await listed(`source=${account.id}`);
    expect(page.rows).toEqual([]);
    expect(page.unnamedCount).toBe(before + 1);
  });

  test("of namesakes is marked as several people", async () => {
    const account = await counter.app.account();
    await deliverBodies(
      counter.app,
      account,
      "room",
      minutes(["10:00", joins("Ann", { session: "1" })], ["10:01", joins("Ann", { session: "2" })]),
    );
    const { rows } = await listed(`source=${account.id}`);
    expect(rows).toMatchObject([{ name: "Ann", meetings: 1, namesakes: 1, openCount: 1 }]);
  });
});

describe("an operator joins two people", () => {
  async function twoSides(): Promise<{ account: TestSource; user: string; guest: string }> {
    const account = await counter.app.account();
    await deliverBodies(
      counter.app,
      account,
      "room",
      minutes(
        // Signed in from ten to half past; as a guest from twenty past to fifty past.
        ["10:00", joins("Kim", { user: "kim", session: "1" })],
        ["10:20", joins("Kim", { session: "2" })],
        ["10:30", leaves("Kim", { user: "kim", session: "1", joinedAt: "10:00" })],
        ["10:50", leaves("Kim", { session: "2", joinedAt: "10:20" })],
      ),
    );
    await deliverBodies(
      counter.app,
      account,
      "other",
      minutes(
        ["11:00", joins("Kim", { session: "3" })],
        ["11:05", leaves("Kim", { session: "3", joinedAt: "11:00" })],
      ),
    );
    const { rows } = await listed(`source=${account.id}`);
    const by = (kind: string) => rows.find((row) => row.knownAs[0]?.knownBy === kind)?.id ?? "";
    return { account, user: by("user_id"), guest: by("name") };
  }

  test("they are one row without a meeting or minute counted twice, and two again when that is undone", async () => {
    const { account, user, guest } = await twoSides();
    expect((await listed("")).suggestions.pairs).toContainEqual(
      expect.objectContaining({
        one: expect.objectContaining({ id: user }),
        other: expect.objectContaining({ id: guest }),
      }),
    );
    const apart = await listed(`source=${account.id}`);
    const link = await joined(guest, user);
    const { rows } = await listed(`source=${account.id}`);
    expect(rows).toMatchObject([
      { id: user, name: "Kim", meetings: 2, attendedMs: 55 * MINUTE, knownAs: [{}, {}] },
    ]);
    const { rows: older } = await listed(`source=${account.id}&from=2000-01-01`);
    expect(older).toMatchObject([{ meetings: 2, attendedMs: 55 * MINUTE }]);
    // Both ids lead to the joined person.
    for (const id of [user, guest]) {
      const { person, figures, rows: meetings } = await personOf(id);
      expect(person).toMatchObject({ id: user, links: [{ id: link, by: "test", undoneBy: null }] });
      expect(figures).toMatchObject({ meetings: 2, attendedMs: 55 * MINUTE });
      expect(meetings.map(({ attendedMs }) => attendedMs)).toEqual([5 * MINUTE, 50 * MINUTE]);
    }
    expect((await listed("")).suggestions.pairs.map(({ one }) => one.id)).not.toContain(user);

    // Later events count for the joined person.
    await deliverBodies(
      counter.app,
      account,
      "third",
      minutes(["11:30", joins("Kim", { session: "4" })]),
    );
    const later = await listed(`source=${account.id}&from=2000-01-01`);
    expect(later.rows).toMatchObject([{ meetings: 3, openCount: 1, openSum: clock("11:30") }]);

    // After a replay it is the same.
    await replay(counter.app.database, null, () => undefined);
    expect(await listed(`source=${account.id}&from=2000-01-01`)).toEqual(later);

    const taken = await counter.send("DELETE", `/api/v1/people/links/${link}`);
    expect(taken.status).toBe(200);
    const again = await listed(`source=${account.id}`);
    expect(again.rows).toHaveLength(2);
    expect(again.rows.find(({ id }) => id === user)).toEqual(
      apart.rows.find(({ id }) => id === user),
    );
    const { person, linked } = await personOf(user);
    expect(person.links).toMatchObject([{ id: link, undoneBy: "test", undoneAt: NOW }]);
    expect(linked.map(({ id }) => id)).toEqual([guest]);
    expect((await counter.send("DELETE", `/api/v1/people/links/${link}`)).status).toBe(404);
  });

  test("also from several sources, and three stay one until the link between them is undone", async () => {
    const [one, other] = [await twoSides(), await twoSides()];
    const first = await joined(one.user, one.guest);
    await joined(one.guest, other.guest);
    const all = await listed(`source=${other.account.id}&from=2000-01-01`);
    expect(all.rows.map(({ knownAs }) => knownAs.length)).toEqual([3, 1]);
    await counter.send("DELETE", `/api/v1/people/links/${first}`);
    expect((await personOf(one.guest)).person.knownAs).toHaveLength(2);
    expect((await personOf(one.user)).person.knownAs).toHaveLength(1);
  });

  test("impossible requests are refused with a reason", async () => {
    const { user, guest } = await twoSides();
    const answer = async (people: unknown) => {
      const response = await counter.send("POST", "/api/v1/people/links", { people });
      const { error } = await response.json();
      return [response.status, error?.code];
    };
    expect(await answer([user, user])).toEqual([400, "bad_link"]);
    expect(await answer([user])).toEqual([400, "bad_link"]);
    expect(await answer("x")).toEqual([400, "bad_link"]);
    expect(await answer([user, "00000000-0000-4000-8000-000000000000"])).toEqual([
      404,
      "not_found",
    ]);
    await joined(user, guest);
    expect(await answer([guest, user])).toEqual([409, "already_joined"]);
  });

  test("an erasure also removes links of people of whom nothing is left", async () => {
    const account = await counter.app.account();
    await deliverBodies(
      counter.app,
      account,
      "room",
      minutes(
        ["10:00", joins("Zed", { user: "zed", session: "1" })],
        ["10:01", joins("Zed", { session: "2" })],
      ),
    );
    const { rows } = await listed(`source=${account.id}`);
    await joined(rows[0]?.id, rows[1]?.id);
    const { id, key } = await roomOf(account);
    const deleted = { type: "data_deleted", at: clock("11:00"), reason: null } as const;
    const { database } = counter.app;
    const { eraseNews } = await import("#server/ingest/project-news.ts");
    const { lockRoomsById } = await import("#db/recording/rooms.ts");
    const { rules } = await import("#domain/testing/history.ts");
    await database.transaction(async (tx) => {
      const [room] = await lockRoomsById(tx, [id]);
      if (!room) throw new Error(`no room ${key}`);
      await eraseNews(tx, [{ room, rules, event: deleted, deliveryId: null }], NOW);
    });
    const left = await orm().execute(sql`
      select id from people where source_id = ${account.id}
      union all select id from people_links where one = ${rows[0]?.id} or other = ${rows[0]?.id}
      union all select identity from aliases where name_key = 'zed'`);
    expect([...left]).toEqual([]);
    expect(await readPersonPage(rows[0]?.id ?? "", new URLSearchParams(), orm(), NOW)).toBeNull();
  });
});

async function roomOf(account: TestSource): Promise<{ id: number; key: string }> {
  const [room] = await orm().execute<{ id: number; key: string }>(sql`
    select id, key from rooms where source_id = ${account.id}`);
  if (!room) throw new Error("no room");
  return room;
}

test("two user ids of one source are two people, whatever their names", async () => {
  const account = await counter.app.account();
  await deliverBodies(
    counter.app,
    account,
    "room",
    minutes(
      ["10:00", joins("Noor", { user: "noor-1", session: "1" })],
      ["10:01", joins("Noor", { user: "noor-2", session: "2" })],
    ),
  );
  expect((await listed("")).suggestions.pairs.filter(({ name }) => name === "Noor")).toEqual([]);
});

describe("the API and the files agree", () => {
  test("on all people, on one, and on their meetings", async () => {
    const account = await counter.app.account();
    await deliverBodies(
      counter.app,
      account,
      "room",
      minutes(
        ["10:00", joins("=Mia", { user: "mia", host: true })],
        ["10:30", leaves("=Mia", { user: "mia", joinedAt: "10:00", host: true })],
      ),
    );
    const { "=Mia": id = "" } = await addresses(account);
    expect(await counter.read(`/api/v1/people?source=${account.id}`)).toMatchObject({
      results: [
        { id, name: "=Mia", user_id: "mia", guest: false, meetings: 1, attended_ms: 1_800_000 },
      ],
      next: null,
    });
    expect(await counter.read(`/api/v1/people/${id}`)).toMatchObject({
      id,
      aliases: [{ name: "=Mia", meetings: 1, first_at: "2026-11-20T10:00:00.000Z" }],
      links: [],
    });
    expect(await counter.read(`/api/v1/people/${id}/meetings`)).toMatchObject({
      results: [
        { room: "room", attended_ms: 1_800_000, share_of_meeting: 1, hosted_ms: 1_800_000 },
      ],
    });
    const list = await (await counter.ask(`/api/v1/people.csv?source=${account.id}`)).text();
    expect(list).toContain("'=Mia");
    expect(list.trim().split("\r\n")).toHaveLength(2);
    const record = await counter.ask(`/api/v1/people/${id}/record.csv?tz=UTC`);
    expect(await record.text()).toContain("0:30:00");
    expect(record.headers.get("content-disposition")).toContain("record-");
    expect((await counter.ask("/api/v1/people/nobody")).status).toBe(404);
    expect((await counter.ask("/api/v1/people?sort=x")).status).toBe(400);
    expect((await counter.ask("/api/v1/people?cursor=x")).status).toBe(400);
  });
});
