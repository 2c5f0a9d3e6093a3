import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { PeoplePage } from "#domain/people/people.ts";
import { clock, joins, leaves, minutes } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { miscounted } from "#server/ingest/testing/everybody.ts";
import { readMeetingsPage } from "#server/meetings/page.ts";
import { readRoomsPage } from "#server/rooms/page.ts";
import { deliverBodies, type TestSource } from "#server/testing/test-app.ts";
import { readPeoplePage } from "./page.ts";
import { readPersonPage } from "./person.ts";

const NOW = clock("12:00");

let counter: ApiClient;
let clinic: TestSource;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  counter = await openApiClient();
  clinic = await counter.app.account();
  await deliverBodies(
    counter.app,
    clinic,
    "praxis-süd",
    minutes(
      ["10:00", joins("Müller, Anna", { user: "anna" })],
      ["10:05", joins("Nina K.", { user: "nina", session: "1" })],
      ["10:30", leaves("Nina K.", { user: "nina", session: "1", joinedAt: "10:05" })],
      ["10:40", leaves("Müller, Anna", { user: "anna", joinedAt: "10:00" })],
    ),
  );
  await deliverBodies(
    counter.app,
    clinic,
    "second",
    minutes(
      ["11:00", joins("Nina Wolf", { user: "nina", session: "2" })],
      ["11:00", joins("Kim", { user: "kim", session: "3" })],
      ["11:10", joins("Kim", { session: "4" })],
      ["11:10", joins("İpek Åsa", { session: "5" })],
      ["11:20", leaves("Kim", { user: "kim", session: "3", joinedAt: "11:00" })],
      ["11:30", leaves("Kim", { session: "4", joinedAt: "11:10" })],
    ),
  );
});
afterAll(async () => {
  expect(await miscounted(counter.app.database)).toEqual([]);
  vi.useRealTimers();
  await counter.app.close();
});

const orm = () => counter.app.database.orm;
const people = (query: Record<string, string>): Promise<PeoplePage> =>
  readPeoplePage(new URLSearchParams({ source: clinic.id, ...query }), orm(), NOW);
const names = async (q: string) => (await people({ q })).rows.map(({ name }) => name);

describe("a search folds letters, and names what it matched", () => {
  test.each(["muller", "mueller", "Müller", "anna müller", "müller, anna", "MULL an"])(
    "%s finds Anna Müller",
    async (q) => {
      expect(await names(q)).toEqual(["Müller, Anna"]);
    },
  );

  test("and other words find no person", async () => {
    for (const q of ["ller", "anna meier", "-", "'", ":* | zz", "\\"])
      expect(await names(q)).toEqual([]);
    expect(await names("ipek")).toEqual(["İpek Åsa"]);
    expect(await names("asa ipek")).toEqual(["İpek Åsa"]);
  });

  test("people by a former name, and by a user id", async () => {
    const { rows } = await people({ q: "nina k" });
    expect(rows).toMatchObject([
      { name: "Nina Wolf", matched: { name: "Nina K.", as: "former_name" } },
    ]);
    const { rows: byName } = await people({ q: "anna" });
    expect(byName).toMatchObject([{ name: "Müller, Anna", matched: null }]);
    expect(await counter.read(`/api/v1/people?source=${clinic.id}&q=nina+k`)).toMatchObject({
      results: [{ name: "Nina Wolf", matched: { name: "Nina K.", as: "former_name" } }],
    });
  });

  test("meetings by their people, also by a name they had in another meeting", async () => {
    const { rows } = await readMeetingsPage(new URLSearchParams({ q: "nina k" }), orm(), NOW);
    expect(rows.map(({ room, matched }) => [room, matched])).toEqual([
      ["second", { person: "Nina Wolf", otherName: "Nina K." }],
      ["praxis-süd", { person: "Nina K.", otherName: null }],
    ]);
    expect(await counter.read("/api/v1/meetings?q=mueller")).toMatchObject({
      results: [{ room: "praxis-süd", matched: { person: "Müller, Anna", other_name: null } }],
    });
  });

  test("rooms, and meetings by their room", async () => {
    const rooms = await readRoomsPage(new URLSearchParams({ q: "sued praxis" }), orm(), NOW);
    expect(rooms.rows.map(({ key }) => key)).toEqual(["praxis-süd"]);
    const { rows } = await readMeetingsPage(new URLSearchParams({ q: "sud" }), orm(), NOW);
    expect(rows).toMatchObject([{ room: "praxis-süd", matched: null }]);
  });
});

describe("two people who may be one", () => {
  const ids = async (): Promise<[string, string]> => {
    const { rows } = await people({ q: "kim" });
    const [one, other] = [rows[0]?.id, rows[1]?.id];
    if (!one || !other) throw new Error("no two Kims");
    return [one, other];
  };

  test("are suggested where the list shows one of them, with a count", async () => {
    const suggested = async (query: Record<string, string>) => {
      const { pairs, count, isMore } = (await people(query)).suggestions;
      return [pairs.map(({ name }) => name), count, isMore];
    };
    expect(await suggested({})).toEqual([["Kim"], 1, false]);
    expect(await suggested({ q: "ki" })).toEqual([["Kim"], 1, false]);
    expect(await suggested({ q: "anna" })).toEqual([[], 0, false]);
    expect(await suggested({ from: "2026-11-01", to: "2026-11-19" })).toEqual([[], 0, false]);
    expect(await suggested({ source: "00000000-0000-4000-8000-000000000000" })).toEqual([
      [],
      0,
      false,
    ]);
  });

  test("have a preview of what they would have attended as one", async () => {
    const [one, other] = await ids();
    expect(await counter.read(`/api/v1/people/${one}/with/${other}`)).toMatchObject({
      meetings: 1,
      meetings_of_both: 1,
      meetings_at_once: 1,
      at_once_ms: 600_000,
      attended_ms: 1_800_000,
    });
    expect((await counter.ask(`/api/v1/people/${one}/with/${one}`)).status).toBe(409);
    expect((await counter.ask(`/api/v1/people/${one}/with/x`)).status).toBe(404);
  });

  test("are not suggested any more after an operator kept them apart, until that is undone", async () => {
    const pair = await ids();
    const send = (method: string, path: string, body: object) =>
      counter.send(method, `/api/v1/people/${path}`, body);
    const answer = await send("POST", "apart", { people: pair });
    expect(answer.status).toBe(201);
    const { apart } = await answer.json();
    expect((await people({})).suggestions).toEqual({ pairs: [], count: 0, isMore: false });
    expect((await people({})).apart.pairs).toMatchObject([{ id: apart, by: "test", at: NOW }]);
    for (const id of pair) {
      const page = await readPersonPage(id, new URLSearchParams(), orm(), NOW);
      expect(page).toMatchObject({ suggestions: [], apart: [{ id: apart }] });
    }
    expect(await counter.read("/api/v1/people/apart")).toMatchObject({
      results: [{ apart, people: [{ name: "Kim" }, { name: "Kim" }], by: "test" }],
    });

    const code = async (response: Response) => [
      response.status,
      (await response.json()).error.code,
    ];
    expect(await code(await send("POST", "apart", { people: pair }))).toEqual([
      409,
      "already_apart",
    ]);
    expect(await code(await send("POST", "apart", { people: [pair[0], pair[0]] }))).toEqual([
      400,
      "bad_pair",
    ]);
    const nobody = "00000000-0000-4000-8000-000000000000";
    expect(await code(await send("POST", "apart", { people: [pair[0], nobody] }))).toEqual([
      404,
      "not_found",
    ]);

    expect((await send("DELETE", `apart/${apart}`, {})).status).toBe(200);
    expect((await send("DELETE", `apart/${apart}`, {})).status).toBe(404);
    expect((await people({})).suggestions.count).toBe(1);
  });

  test("joined by an operator are found by both names, and joining them undoes keeping them apart", async () => {
    const [one] = await ids();
    const [ipek] = (await people({ q: "ipek" })).rows;
    if (!ipek) throw new Error("no İpek");
    const pair = [one, ipek.id];
    await counter.send("POST", "/api/v1/people/apart", { people: pair });
    const { link } = await (
      await counter.send("POST", "/api/v1/people/links", { people: pair })
    ).json();
    expect((await people({})).apart.pairs).toEqual([]);
    const found = (await people({ q: "ipek" })).rows;
    const other = (await people({ q: "kim" })).rows.find(({ knownAs }) => knownAs.length === 2);
    expect(found).toHaveLength(1);
    expect([found[0]?.matched, other?.matched]).toContainEqual({
      name: found[0]?.name === "Kim" ? "İpek Åsa" : "Kim",
      as: "joined",
    });
    const { rows } = await readMeetingsPage(new URLSearchParams({ q: "ipek" }), orm(), NOW);
    expect(rows.map(({ room }) => room)).toEqual(["second"]);
    expect((await counter.send("POST", "/api/v1/people/apart", { people: pair })).status).toBe(409);
    await counter.send("DELETE", `/api/v1/people/links/${link}`);
  });
});
