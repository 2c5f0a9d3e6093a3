import { afterAll, beforeAll, expect, test } from "vitest";
import { createKey } from "#db/access/keys.ts";
import { ends, joins, minutes, starts } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { column, readPage, thereAndBack } from "#server/http/testing/pages.ts";
import { arrivalData, attendeeBody } from "#server/providers/attendee/testing/sample.ts";
import { botNamed } from "#server/testing/bot.ts";
import { deliverBodies, post, type TestSource } from "#server/testing/test-app.ts";

/* Bots of which one is scheduled, one is in, one is over, one could not come in and thirty came at once. */

const PATH = "/api/v1/bots";
const ids = column("id");
const AT_ONCE = Array.from({ length: 30 }, (_, n) => `bot_m${String(n).padStart(2, "0")}`);
const ADDRESS = "https://meet.google.com/abc-defg-hij";

let counter: ApiClient;
let account: TestSource;
let clinic: TestSource;
let visit: string;
const hand = async (...bodies: string[]) => {
  for (const body of bodies) await post(counter.app, account, body);
};
const sent = (bot_id: string, data: object, meeting_url: string | null = null) =>
  attendeeBody({
    ...{
      trigger: "bot.state_change",
      bot_id,
      idempotency_key: `${bot_id} ${JSON.stringify(data)}`,
    },
    ...{ bot_metadata: meeting_url === null ? null : { meeting_url } },
    data: { ...arrivalData, ...data },
  });

beforeAll(async () => {
  counter = await openApiClient();
  account = await counter.app.account("attendee");
  clinic = await counter.app.account();
  const over = botNamed("bot_over");
  await hand(
    over.comesIn("8:00"),
    over.turns("8:30", "meeting_ended", "post_processing"),
    over.turns("8:31", "post_processing_completed", "ended"),
  );
  await deliverBodies(
    counter.app,
    clinic,
    "ward",
    minutes(["8:10", starts()], ["8:10", joins("Ada")], ["8:20", ends()]),
  );
  for (const id of AT_ONCE) await hand(botNamed(id).joins("9:00", "Bo"));
  const stage = { event_type: "staged", old_state: "scheduled", new_state: "staged" };
  await hand(
    sent("bot_due", {
      ...stage,
      created_at: "2026-11-20T09:30:00+00:00",
      event_metadata: { join_at: "2026-11-20T10:00:00+00:00" },
    }),
    sent("bot_due", { created_at: "2026-11-20T10:00:05+00:00" }, ADDRESS),
    sent("bot_no", {
      ...{ event_type: "could_not_join_meeting", event_sub_type: "request_to_join_denied" },
      ...{ new_state: "fatal_error", created_at: "2026-11-20T10:30:00.5+00:00" },
      event_metadata: { remover_name: "a\u0000b" },
    }),
  );
  const { results } = await readPage(counter, "/api/v1/meetings?room=ward");
  visit = String(results[0]?.["id"]);
});
afterAll(() => counter.app.close());

test("lists every bot, and meetings of others, the oldest first, there and back", async () => {
  const { there, back, ends: last } = await thereAndBack(counter, PATH, ids);
  expect(there).toEqual(["bot_over", visit, ...AT_ONCE, "bot_due", "bot_no"]);
  expect(back).toEqual(there);
  expect(last).toEqual([null, null, null]);
});

test("describes each as its own address does", async () => {
  const first = await readPage(counter, PATH);
  const second = await readPage(counter, first.next ?? "");
  for (const one of [...first.results.slice(0, 3), ...second.results.slice(-2)]) {
    expect(one).toEqual(await counter.read(`${PATH}/${String(one["id"])}`));
  }
  expect(second.results.at(-2)).toMatchObject({ meeting_url: ADDRESS });
});

test.each([
  ["states=ended", ["bot_over"]],
  ["states=fatal_error&states=post_processing", ["bot_no"]],
  ["states=scheduled", []],
  ["join_at_after=2026-11-20T09:59:59Z&join_at_before=2026-11-20T10:00:01Z", ["bot_due"]],
  ["join_at_after=2026-11-20T10:00:00Z", []],
  ["join_at_before=2026-11-21&states=joined_not_recording", ["bot_due"]],
  [`meeting_url=${encodeURIComponent(ADDRESS)}`, ["bot_due"]],
  ["meeting_url=nowhere", []],
  ["deduplication_key=k", []],
  ["deduplication_key=&meeting_url=&join_at_after=&states=fatal_error", ["bot_no"]],
])("%s narrows it", async (query, found) => {
  const { results } = await readPage(counter, `${PATH}?${query}`);
  expect(ids({ next: null, previous: null, results }).filter((id) => id !== visit)).toEqual(found);
});

test("bots in a state are read page by page as well", async () => {
  const { there, back } = await thereAndBack(
    counter,
    `${PATH}?states=joined_not_recording&states=joining`,
    ids,
  );
  expect(there).toEqual([...AT_ONCE, "bot_due"]);
  expect(back).toEqual(there);
});

test("a client at its end goes on with what is new, and can go back", async () => {
  const { next } = await readPage(counter, PATH);
  const end = await readPage(counter, next ?? "");
  expect(end.next).toBeNull();
  await hand(botNamed("bot_new").joins("11:00", "Cy"));
  const more = await readPage(counter, next ?? "");
  expect(ids(more)).toEqual([...ids(end), "bot_new"]);
  const back = await readPage(counter, more.previous ?? "");
  expect(ids(back)).toEqual(ids(await readPage(counter, PATH)));
});

test("nobody sees a bot that they may not, nor what names somebody in it", async () => {
  const as = async (sight: Parameters<typeof createKey>[2]) => {
    const { key } = await createKey(counter.app.database.orm, "Part", sight);
    return async (query: string) =>
      (await counter.ask(`${PATH}${query}`, { authorization: `Token ${key}` })).text();
  };
  const part = await as({ sight: { sources: [clinic.id], rooms: null, masked: false } });
  expect(JSON.parse(await part(""))).toMatchObject({ next: null, results: [{ id: visit }] });
  const room = await as({ sight: { sources: null, rooms: ["bot_no"], masked: false } });
  expect(JSON.parse(await room("?states=fatal_error")).results).toHaveLength(1);
  expect(JSON.parse(await room("?states=joined_not_recording")).results).toEqual([]);
  const masked = await as({ sight: { sources: null, rooms: null, masked: true } });
  expect(await masked("")).not.toContain("meet.google.com");
  expect(JSON.parse(await masked(`?meeting_url=${ADDRESS}`)).results).toEqual([]);
  expect(JSON.parse(await masked("?states=fatal_error")).results).toEqual([]);
});

test("of two sources that know a bot, the one that was added last answers, once", async () => {
  const second = await counter.app.account("attendee");
  await post(counter.app, second, botNamed("bot_over").joins("12:00", "Di"));
  const { there } = await thereAndBack(counter, PATH, ids);
  expect(there.filter((id) => id === "bot_over")).toHaveLength(1);
  expect(there.at(-1)).toBe("bot_over");
});
