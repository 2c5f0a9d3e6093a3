import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createKey } from "#db/access/keys.ts";
import type { Sight } from "#domain/access/sight.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { answerOf } from "#server/http/testing/routes.ts";
import { buildWorld, goOn } from "./testing/world.ts";
import type { SightWorld, WorldRoom } from "./testing/world-kinds.ts";

/* What somebody who sees a part may do all the same, and what they cannot learn by asking. */

let client: ApiClient;
let world: SightWorld;
beforeAll(async () => {
  client = await openApiClient();
  world = await buildWorld(client);
});
afterAll(() => client.app.close());

async function askerWith(sight: Partial<Sight>) {
  const whole = { sources: null, rooms: null, masked: false };
  const { key } = await createKey(client.app.database.orm, "part", {
    sight: { ...whole, ...sight },
  });
  return async (method: string, path: string, body?: object) => {
    const url = new URL(`/api/v1/${path}`, "http://localhost:3000");
    const headers = {
      host: url.host,
      authorization: `Bearer ${key}`,
      "content-type": "application/json",
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await answerOf(new Request(url, { method, headers, ...sent }));
    const json: unknown = await answer.json();
    return { status: answer.status, json };
  };
}

const list = z.object({ results: z.array(z.unknown()) });

function room(index: number): WorldRoom {
  const one = world.rooms[index];
  if (one === undefined) throw new Error("there are twelve rooms");
  return one;
}

test("who sees initials finds nobody by a name or an id", async () => {
  const [masked, whole] = [await askerWith({ masked: true }), await askerWith({})];
  const found = async (ask: typeof masked, path: string) =>
    list.parse((await ask("GET", path)).json).results.length;
  const names = [...world.people.slice(0, 8).map(({ name }) => name), ...world.names.slice(0, 4)];
  const words = names.flatMap((name) => [name, name.split(" ")[1] ?? ""]);
  for (const word of [...words, ...world.userIds.slice(0, 6)]) {
    const text = encodeURIComponent(word);
    for (const path of [
      `meetings?q=${text}`,
      `meetings?person=${text}`,
      `people?q=${text}&from=2020-01-01`,
      `scheduled-meetings?q=${text}`,
    ]) {
      expect([path, await found(masked, path)]).toEqual([path, 0]);
    }
  }
  const name = world.people[0]?.name ?? "";
  expect(await found(whole, `meetings?q=${encodeURIComponent(name)}`)).toBeGreaterThan(0);
  expect(await found(masked, "meetings?q=Algebra")).toBeGreaterThan(0);
  expect(await found(masked, "people?from=2020-01-01&sort=name&limit=3")).toBe(3);
});

test("who sees initials reads no name in a cursor", async () => {
  const names = world.people.map(({ name }) => name.toLowerCase());
  const namesIn = async (ask: Awaited<ReturnType<typeof askerWith>>) => {
    const { json } = await ask("GET", "people?from=2020-01-01&sort=name&limit=2");
    const { next } = z.object({ next: z.string() }).parse(json);
    const cursor = new URL(next).searchParams.get("cursor") ?? "";
    const text = Buffer.from(cursor, "base64url").toString("latin1");
    return names.filter((name) => text.includes(name)).length;
  };
  expect(await namesIn(await askerWith({}))).toBe(1);
  expect(await namesIn(await askerWith({ masked: true }))).toBe(0);
});

test("who sees a room writes about it, and about no other", async () => {
  const [own, other] = [room(0), room(4)];
  const ask = await askerWith({ rooms: [own.key] });
  const late = { thresholds: { late_ms: 120_000 } };
  expect((await ask("PATCH", `rooms/${own.id}/settings`, late)).status).toBe(200);
  expect((await ask("PATCH", `rooms/${other.id}/settings`, late)).status).toBe(404);
  const lesson = ({ sourceId, key }: WorldRoom) => ({
    ...{ source: sourceId, room: key, title: own.title, roster: "Somebody" },
    ...{ starts_at: "2026-12-01T10:00:00Z", ends_at: "2026-12-01T11:00:00Z" },
  });
  const made = await ask("POST", "scheduled-meetings", lesson(own));
  expect(made.status).toBe(201);
  const { id } = z.looseObject({ id: z.string() }).parse(made.json);
  expect((await ask("PUT", `scheduled-meetings/${id}/roster`, { roster: "Else" })).status).toBe(
    200,
  );
  // Of a room that they do not see nothing is replaced, whatever is answered.
  const hiddenOne = `scheduled-meetings/${other.scheduled[0]}`;
  const everybody = await askerWith({});
  const entered = z.object({ people: z.unknown(), by: z.string(), changed_at: z.string() });
  const enteredNow = async () => entered.parse((await everybody("GET", hiddenOne)).json);
  const before = await enteredNow();
  expect((await ask("PUT", `${hiddenOne}/roster`, { roster: "Else" })).status).toBe(404);
  expect(await enteredNow()).toEqual(before);
  // It cannot be moved to where they see nothing.
  const moved = { ...lesson(own), room: other.key };
  expect((await ask("PUT", `scheduled-meetings/${id}`, moved)).status).toBe(404);
  expect((await ask("DELETE", `scheduled-meetings/${id}`, {})).status).toBe(200);
  const [meeting = ""] = own.meetings;
  const person = world.people.find(({ rooms }) => rooms.length === 1 && rooms[0] === own);
  const said = { verdict: "person", participant_ids: [`${person?.connection}-${own.key}`] };
  expect(await ask("POST", `meetings/${meeting}/rulings`, said)).toMatchObject({ status: 201 });
  const position = { position: 1 };
  const [scheduled = ""] = own.scheduled;
  // Of a morning on which the room was in use.
  const morning = own.meetings.at(-1);
  const seen = { ...position, meeting_id: morning, person_id: `u:${person?.userId}` };
  expect((await ask("PUT", `scheduled-meetings/${scheduled}/matches`, seen)).status).toBe(200);
  expect((await ask("DELETE", `scheduled-meetings/${scheduled}/matches`, position)).status).toBe(
    200,
  );
  const [hidden = ""] = other.meetings;
  expect((await ask("POST", `meetings/${hidden}/rulings`, said)).status).toBe(404);
});

test("who sees initials takes away no name that they cannot read", async () => {
  const masked = await askerWith({ masked: true });
  const whole = await askerWith({});
  const [own] = room(2).scheduled;
  const path = `scheduled-meetings/${own}`;
  const scheduled = z.looseObject({
    people: z.array(z.looseObject({ name: z.string().nullable() })),
  });
  const names = async () =>
    scheduled.parse((await whole("GET", path)).json).people.map(({ name }) => name);
  const before = await names();
  expect(before).toHaveLength(2);
  const { sourceId, key, classLists: _ } = room(2);
  const lesson = {
    ...{ source: sourceId, room: key, title: "Renamed" },
    ...{ starts_at: "2026-11-20T08:00:00Z", ends_at: "2026-11-20T08:45:00Z" },
  };
  const list = room(0).classLists[0];
  for (const [method, at, body] of [
    ["PUT", `${path}/roster`, { roster: "A. B." }],
    ["PUT", path, { ...lesson, roster: "A. B." }],
    ["PUT", path, { ...lesson, roster: "" }],
    ["PUT", path, { ...lesson, class_list: list }],
    ["DELETE", path, {}],
  ] as const) {
    const refused = await masked(method, at, body);
    expect([method, at, refused]).toMatchObject([
      method,
      at,
      { status: 403, json: { error: { code: "forbidden", message: /initials/ } } },
    ]);
  }
  expect(await names()).toEqual(before);
  // What leaves the names as they are is theirs to change.
  expect((await masked("PUT", path, lesson)).status).toBe(200);
  expect(await names()).toEqual(before);
  const made = await masked("POST", "scheduled-meetings", { ...lesson, title: "Their own" });
  const { id } = z.looseObject({ id: z.string() }).parse(made.json);
  const roster = { roster: "Somebody New" };
  expect((await masked("PUT", `scheduled-meetings/${id}/roster`, roster)).status).toBe(200);
  expect((await masked("PUT", `scheduled-meetings/${id}/roster`, roster)).status).toBe(403);
  expect((await whole("DELETE", `scheduled-meetings/${id}`, {})).status).toBe(200);
});

test("what is stored for all rooms of a title is changed by who sees all of them", async () => {
  const bots = world.rooms.find(
    ({ source, title }) => source.provider === "attendee" && title !== null,
  );
  if (bots === undefined) throw new Error("there is a room with a title");
  const late = { thresholds: { late_ms: 180_000 } };
  const list = { class_list: null };
  const byKey = await askerWith({ rooms: [bots.key] });
  for (const [method, path, body] of [
    ["PATCH", `rooms/${bots.id}/settings`, late],
    ["PUT", `rooms/${bots.id}/class-list`, list],
  ] as const) {
    const refused = await byKey(method, path, body);
    expect(refused).toMatchObject({ status: 403, json: { error: { code: "forbidden" } } });
  }
  // The title, or the whole source, is theirs, and so is every room that will be called so.
  const byTitle = await askerWith({ rooms: [`${bots.title?.slice(0, 9)}*`] });
  expect((await byTitle("PATCH", `rooms/${bots.id}/settings`, late)).status).toBe(200);
  const bySource = await askerWith({ sources: [bots.sourceId] });
  expect((await bySource("PATCH", `rooms/${bots.id}/settings`, late)).status).toBe(200);
  expect((await bySource("PUT", `rooms/${bots.id}/class-list`, list)).status).toBe(200);
});

test("who sees a room by its title may call it otherwise, and is told what it is called", async () => {
  const bots = world.rooms.find(
    ({ source, title }) => source.provider === "attendee" && title !== null,
  );
  if (bots === undefined) throw new Error("there is a room with a title");
  const byTitle = await askerWith({ rooms: [bots.title ?? ""] });
  const path = `rooms/${bots.id}/title`;
  expect(await byTitle("PUT", path, { title: "Quite else" })).toEqual({
    status: 200,
    json: { id: bots.id, room: bots.key, title: "Quite else" },
  });
  // It is none of theirs any more.
  expect((await byTitle("PUT", path, { title: "Again" })).status).toBe(404);
  const back = await (await askerWith({}))("PUT", path, { title: null });
  expect(back).toMatchObject({ status: 200, json: { title: bots.title } });
});

const statement = z.looseObject({
  id: z.string(),
  facts: z.looseObject({
    person: z.looseObject({ name: z.string().nullable() }),
    meetings: z.array(z.looseObject({ room: z.string() })),
  }),
});

test("a statement says what its maker sees, and stays true of that whatever happens elsewhere", async () => {
  const [own, other] = [room(0), room(1)];
  // Somebody who is in every room of the source.
  const person = world.people.find(({ rooms }) => rooms.includes(own) && rooms.length > 1);
  const days = { person_id: person?.id, from: "2026-11-01", to: "2026-11-30" };
  const rooms = (made: { json: unknown }) => [
    ...new Set(statement.parse(made.json).facts.meetings.map((one) => one.room)),
  ];
  const part = await (await askerWith({ rooms: [own.key] }))("POST", "statements", days);
  expect([part.status, rooms(part)]).toEqual([201, [own.key]]);
  const whole = await (await askerWith({}))("POST", "statements", days);
  expect(rooms(whole)).toContain(other.key);
  const initials = await (await askerWith({ masked: true }))("POST", "statements", days);
  expect(statement.parse(initials.json).facts.person.name).toMatch(/^\p{L}\. \p{L}\.$/u);
  const verdict = async (made: { json: unknown }) => {
    const { id } = statement.parse(made.json);
    const checked: unknown = await (await client.ask(`/api/v1/statements/${id}`, {})).json();
    return z.looseObject({ verdict: z.string() }).parse(checked).verdict;
  };
  expect(await verdict(initials)).toBe("unaltered");
  await goOn(world, other, 77);
  expect(await verdict(part)).toBe("unaltered");
});

test("an alert says by which rule to who sees names, and by which kind of rule to who sees initials", async () => {
  const alert = z.looseObject({ kind: z.string(), rule: z.looseObject({ name: z.string() }) });
  const named = z.object({ results: z.array(alert) });
  const namesFor = async (sight: Partial<Sight>) => {
    const ask = await askerWith(sight);
    const { results } = named.parse((await ask("GET", "alerts?limit=200")).json);
    return [...new Set(results.map(({ kind, rule }) => `${kind}: ${rule.name}`))].toSorted();
  };
  const own = { rooms: [room(0).key] };
  expect(await namesFor({ ...own, masked: true })).toEqual([
    "person: A person waits, joins or leaves",
    "waiting: Somebody waits",
  ]);
  expect((await namesFor(own)).join()).toContain("waiting: Rulqex0z");
});
