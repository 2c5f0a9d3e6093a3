import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { clock, ends, joins, leaves, minutes } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";

let counter: ApiClient;
let account: TestSource;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("12:00") });
  counter = await openApiClient();
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});
beforeEach(async () => {
  account = await counter.app.account();
});

const LISTS = "/api/v1/class-lists";
const ROSTER = "Klasse 7b\nNachname;Vorname;E-Mail\nMüller;Anna;anna@x.de\nOtt;Ben;\nLoren;Cleo;";
const made = z.object({ id: z.string() });
const rooms = z.object({ results: z.array(z.object({ id: z.string() })) });
const register = z.object({
  class_list: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  people: z.array(
    z.object({
      name: z.string().nullable(),
      on_list: z.boolean().nullable(),
      cells: z.array(z.object({ state: z.string() })),
    }),
  ),
});

async function send(method: string, path: string, body: object, status: number): Promise<string> {
  const response = await counter.send(method, path, body);
  const answer = await response.json();
  expect(response.status, JSON.stringify(answer)).toBe(status);
  return made.safeParse(answer).data?.id ?? "";
}

async function lesson(): Promise<string> {
  await deliverBodies(
    counter.app,
    account,
    "algebra",
    minutes(
      ["10:00", joins("Ben Ott")],
      ["10:01", joins("iPhone")],
      ["11:00", leaves("Ben Ott", { joinedAt: "10:00" })],
      ["11:00", leaves("iPhone", { joinedAt: "10:01" })],
      ["11:00", ends()],
    ),
  );
  const path = `/api/v1/rooms?source=${account.id}`;
  return rooms.parse(await counter.read(path)).results[0]?.id ?? "";
}

async function registerOf(room: string) {
  const parsed = register.parse(await counter.read(`/api/v1/rooms/${room}/register`));
  return parsed.people.map(({ name, on_list: onList, cells }) => [name, onList, cells[0]?.state]);
}

test("a person of the list who never came is absent in the room's register, guests are listed below", async () => {
  const list = await send("POST", LISTS, { name: "7b", roster: ROSTER }, 201);
  expect(await counter.read(`${LISTS}/${list}`)).toMatchObject({
    name: "7b",
    people_count: 3,
    people: [
      { name: "Anna Müller", email: "anna@x.de" },
      { name: "Ben Ott" },
      { name: "Cleo Loren" },
    ],
  });
  const room = await lesson();
  expect(await registerOf(room)).toEqual([
    ["Ben Ott", null, "present"],
    ["iPhone", null, "present"],
  ]);
  await send("PUT", `/api/v1/rooms/${room}/class-list`, { class_list: list }, 200);
  expect(await registerOf(room)).toEqual([
    ["Anna Müller", true, "absent"],
    ["Ben Ott", true, "present"],
    ["Cleo Loren", true, "absent"],
    ["iPhone", false, "present"],
  ]);
  expect(await counter.read(LISTS)).toMatchObject({ results: [{ id: list, rooms_count: 1 }] });
  await send("PUT", `/api/v1/rooms/${room}/class-list`, { class_list: null }, 200);
  expect(await registerOf(room)).toHaveLength(2);
});

test("a match is stored for the class list in all its meetings, and can be undone", async () => {
  const list = await send("POST", LISTS, { name: "7b", roster: ROSTER }, 201);
  const room = await lesson();
  await send("PUT", `/api/v1/rooms/${room}/class-list`, { class_list: list }, 200);
  const meeting = {
    source: account.id,
    room: "algebra",
    starts_at: new Date(clock("10:00")).toISOString(),
    ends_at: new Date(clock("11:00")).toISOString(),
    class_list: list,
  };
  const id = await send("POST", "/api/v1/scheduled-meetings", meeting, 201);
  const path = `/api/v1/scheduled-meetings/${id}`;
  const before = await counter.read(path);
  expect(before).toMatchObject({
    class_list: { id: list, name: "7b" },
    people: [{ status: "absent" }, { status: "left", matched_by: "name" }, { status: "absent" }],
    unmatched: [{ seen_as: "iPhone" }],
  });
  const [seen] = z
    .object({ unmatched: z.array(z.object({ meeting_id: z.string(), person_id: z.string() })) })
    .parse(before).unmatched;
  await send("PUT", `${path}/matches`, { position: 1, ...seen }, 200);
  expect(await counter.read(path)).toMatchObject({
    people: [{ name: "Anna Müller", matched_by: "said", seen_as: "iPhone" }, {}, {}],
    unmatched: [],
  });
  expect((await registerOf(room))[0]).toEqual(["Anna Müller", true, "present"]);
  // The list is edited around her, and her match stays.
  const roster = "Zed Zorn\nAnna Müller <anna@x.de>";
  await send("PUT", `${LISTS}/${list}`, { name: "7b", roster }, 200);
  expect((await registerOf(room))[0]).toEqual(["Anna Müller", true, "present"]);
  await send("DELETE", `${path}/matches`, { position: 2 }, 200);
  expect((await registerOf(room))[0]).toEqual(["Anna Müller", true, "absent"]);
  await send("DELETE", `${path}/matches`, { position: 2 }, 404);
});

test("a list that cannot be read is refused, and an unknown one is answered 404", async () => {
  await send("POST", LISTS, { name: " ", roster: "Anna" }, 400);
  await send("POST", LISTS, { name: "7b", roster: "Anna, Ben, Cleo" }, 400);
  const room = await lesson();
  const none = "0197a000-0000-7000-8000-000000000000";
  await send("PUT", `/api/v1/rooms/${room}/class-list`, { class_list: none }, 400);
  await send("PUT", `${LISTS}/${none}`, { name: "7b" }, 404);
  await send("DELETE", `${LISTS}/nothing`, {}, 404);
  const list = await send("POST", LISTS, { name: "7b", roster: "Anna" }, 201);
  await send("PUT", `/api/v1/rooms/${room}/class-list`, { class_list: list }, 200);
  await send("DELETE", `${LISTS}/${list}`, {}, 200);
  expect(
    register.parse(await counter.read(`/api/v1/rooms/${room}/register`)).class_list,
  ).toBeNull();
});

test("files mark guests, as the screen does, and have no such mark without a list", async () => {
  const room = await lesson();
  const guests = async () => {
    const table = z.object({ results: z.array(z.looseObject({})) });
    const { results } = table.parse(await counter.read(`/api/v1/rooms/${room}/register.json`));
    return results.map(({ person, guest }) => [person, guest]);
  };
  expect(await guests()).toEqual([
    ["Ben Ott", null],
    ["iPhone", null],
  ]);
  const list = await send("POST", LISTS, { name: "7b", roster: ROSTER }, 201);
  await send("PUT", `/api/v1/rooms/${room}/class-list`, { class_list: list }, 200);
  expect(await guests()).toEqual([
    ["Anna Müller", false],
    ["Ben Ott", false],
    ["Cleo Loren", false],
    ["iPhone", true],
  ]);
});
