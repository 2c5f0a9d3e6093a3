import { afterAll, beforeAll, expect, test } from "vitest";
import { clock } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { column, readPage, thereAndBack } from "#server/http/testing/pages.ts";
import { botNamed } from "#server/testing/bot.ts";
import { post, type TestSource } from "#server/testing/test-app.ts";

const PATH = "/api/v1/bots/bot_1/participant_events";
const PEOPLE = "/api/v1/bots/bot_1/participants";
const bot = botNamed("bot_1");
const ids = column("id");

let counter: ApiClient;
let account: TestSource;
const arrive = (number: number) =>
  post(counter.app, account, bot.joins("10:00", `Guest ${number}`, { id: `pe_${number}` }));

beforeAll(async () => {
  counter = await openApiClient();
  account = await counter.app.account("attendee");
  counter.app.now = clock("10:00");
  // Sixty joins at the same moment, some of them in the same batch.
  await Promise.all(Array.from({ length: 60 }, (_, number) => arrive(number)));
});
afterAll(() => counter.app.close());

const all = Array.from({ length: 60 }, (_, number) => `pe_${number}`).toSorted();

test.each([PATH, PEOPLE, `${PATH}?after=2026-11-20T09:59:59Z&before=2026-11-21`])(
  "sixty joins at once are each given once, forward and back: %s",
  async (path) => {
    const { there, back, ends } = await thereAndBack(counter, path, ids);
    expect(there).toHaveLength(60);
    expect(new Set(there).size).toBe(60);
    if (path !== PEOPLE) expect(there.toSorted()).toEqual(all);
    expect(back).toEqual(there);
    expect(ends).toEqual([null, null, null]);
  },
);

test("a page has twenty-five rows, whatever page size is asked for", async () => {
  const query = "page_size=2&limit=100&ordering=-created_at&event_type=leave";
  const page = await readPage(counter, `${PATH}?${query}`);
  expect(page.results).toHaveLength(25);
  expect(ids(page)).toEqual(ids(await readPage(counter, PATH)));
});

test("links repeat the query, sorted by name", async () => {
  const first = await readPage(counter, `${PATH}?before=2026-11-21&x=1%202&after=2026-11-20`);
  expect(first.next).toMatch(
    /^http:\/\/localhost:3000\/api\/v1\/bots\/bot_1\/participant_events\?after=2026-11-20&before=2026-11-21&cursor=[\w-]+&x=1\+2$/,
  );
  expect(first.previous).toBeNull();
});

test("a client at the end of a list gets new events, and can go back", async () => {
  const second = await readPage(counter, (await readPage(counter, PATH)).next ?? "");
  const last = await readPage(counter, second.next ?? "");
  expect(last.results).toHaveLength(10);
  expect(last.next).toBeNull();
  // A poller stores the cursor that leads to the last page.
  await arrive(60);
  const again = await readPage(counter, second.next ?? "");
  expect(ids(again)).toEqual([...ids(last), "pe_60"]);
  expect(ids(await readPage(counter, again.previous ?? ""))).toEqual(ids(second));
});

test("an empty page links to its neighbours", async () => {
  const first = await readPage(counter, PATH);
  const narrowed = new URL(first.next ?? "");
  narrowed.searchParams.set("after", "2026-11-21");
  const nothing = await readPage(counter, narrowed.href);
  expect(nothing.results).toEqual([]);
  expect(nothing.next).toBeNull();
  const back = new URL(nothing.previous ?? "");
  back.searchParams.delete("after");
  expect(ids(await readPage(counter, back.href))).toEqual(ids(first));
});

test.each([
  "x",
  "bm9wZQ",
  "cD0yMDI2LTExLTIwKzEwJTNBMDAlM0EwMC4wMDAwMDAlMkIwMCUzQTAw",
  Buffer.from("p=00000000-0000-4000-8000-000000000000.99999999999").toString("base64url"),
  Buffer.from("p=00000000-0000-4000-8000-000000000000.1\0").toString("base64url"),
])("a cursor that no list gave out is refused: %s", async (cursor) => {
  for (const path of [PATH, PEOPLE]) {
    const response = await counter.ask(`${path}?cursor=${cursor}`);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('{"detail":"Invalid cursor"}');
  }
});

test("an empty cursor, and one of a list that no longer exists, begin anew", async () => {
  const gone = Buffer.from("p=00000000-0000-4000-8000-000000000000.7").toString("base64url");
  const first = await readPage(counter, PATH);
  for (const cursor of ["", gone]) {
    expect(ids(await readPage(counter, `${PATH}?cursor=${cursor}`))).toEqual(ids(first));
  }
});
