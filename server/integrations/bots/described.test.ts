import { Validator } from "@seriousme/openapi-schema-validator";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { runs } from "#db/testing/runs.ts";
import { clock, joins, knocks, leaves, minutes, updates } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { readPage, thereAndBack } from "#server/http/testing/pages.ts";
import { botNamed } from "#server/testing/bot.ts";
import { deliverBodies, post } from "#server/testing/test-app.ts";
import description from "./testing/attendee-openapi.json" with { type: "json" };
import { described, expectDescribed } from "./testing/described.ts";

/* What a client of Attendee was written against, asked in every way it may be asked, of bots and of other meetings. */

const page = z.object({ results: z.array(z.object({ id: z.string() })) });

/** When the events of both came: most of them at one moment, so that pages part them. */
const RECEIVED = ["10:00", ...Array.from({ length: 60 }, () => "10:01"), "10:02"];

let counter: ApiClient;
let ids: string[];
beforeAll(async () => {
  counter = await openApiClient();
  const account = await counter.app.account("attendee");
  const clinic = await counter.app.account("generic");
  const bot = botNamed("bot_1", "Zoë 👩‍🚀");
  const moments = new Set(RECEIVED);
  for (const moment of moments) {
    counter.app.now = clock(moment);
    const rows = RECEIVED.flatMap((one, n) => (one === moment ? [n] : []));
    const seen = { host: false };
    for (const n of rows) {
      await post(
        counter.app,
        account,
        bot.joins("9:59", n % 7 === 0 ? null : `Ñ ${n}`, { uuid: `p${n}` }),
      );
    }
    await deliverBodies(
      counter.app,
      clinic,
      "ward",
      minutes(
        ...rows.flatMap((n) => [
          ["10:00", n % 9 === 0 ? knocks(`W ${n}`) : joins(`A ${n}`, seen)] as const,
        ]),
      ),
    );
  }
  await post(
    counter.app,
    account,
    bot.turns("10:30", "recording_permission_granted", "joined_recording"),
  );
  const { results } = await readPage(counter, "/api/v1/meetings?room=ward");
  ids = ["bot_1", String(results[0]?.["id"])];
});
afterAll(() => counter.app.close());

test("the description is valid OpenAPI", async () => {
  expect(await new Validator().validate(description)).toMatchObject({ valid: true });
});

/** A moment in each form that is read, with the moment; and in forms that are not. */
const moment = fc.oneof(
  fc
    .record({
      at: fc.constantFrom("10:00", "10:01", "10:02", "9:00", "11:00"),
      by: fc.integer({ min: -1, max: 1 }),
      form: fc.constantFrom(
        (iso: string) => iso,
        (iso: string) => iso.replace("Z", ""),
        (iso: string) => iso.replace("T", " ").replace("Z", ""),
        (iso: string) => iso.replace("Z", "000+00:00"),
        (iso: string) => iso.replace("Z", "+0000"),
      ),
    })
    .map(({ at, by, form }) => {
      const ms = clock(at) + by;
      return { text: form(new Date(ms).toISOString()), at: ms };
    }),
  fc.constantFrom(
    { text: "", at: null },
    { text: "2026-11-20", at: clock("0:00") },
    { text: "2026-11-21", at: clock("24:00") },
  ),
  fc
    .constantFrom(
      "1773309600",
      "2026-11-20T10:00:00 00:00",
      "now",
      "2026-13-01",
      "%00",
      "2026-11-20Z",
      "null",
    )
    .map((text) => ({ text, at: undefined })),
);
type Moment = { text: string; at: number | null | undefined };

/** What Attendee passes over. */
const passedOver = fc.subarray([
  ["page_size", "3"],
  ["limit", "x"],
  ["event_type", "join"],
  ["ordering", "-created_at"],
  ["offset", "\u{1F98A}"],
]);

const received = (from: Moment | null, to: Moment | null) =>
  RECEIVED.filter(
    (one) => (from?.at == null || clock(one) > from.at) && (to?.at == null || clock(one) < to.at),
  ).length;

test("whatever it is asked with, what is answered is described, and what was filtered is right", async () => {
  const events = described.find(
    ({ path }) => path === "/api/v1/bots/{object_id}/participant_events",
  );
  if (events === undefined) throw new Error("no such address");
  const maybe = fc.option(moment, { nil: null });
  await fc.assert(
    fc.asyncProperty(
      ...[maybe, maybe, passedOver],
      fc.constantFrom(null, "", "bogus", "cD0y", "o=1"),
      async (after, before, more, cursor) => {
        const query = new URLSearchParams(more);
        if (after) query.append("after", after.text);
        if (before) query.append("before", before.text);
        if (cursor !== null) query.append("cursor", cursor);
        const address = events.path.replace("{object_id}", "bot_1");
        const answer = await counter.ask(`${address}?${query}`);
        const { status } = answer;
        const body = await expectDescribed(events, answer);
        if (after?.at === undefined && after !== null) {
          expect([status, JSON.stringify(body)]).toEqual([
            400,
            expect.stringContaining("Invalid after"),
          ]);
        } else if (before?.at === undefined && before !== null) {
          expect([status, JSON.stringify(body)]).toEqual([
            400,
            expect.stringContaining("Invalid before"),
          ]);
        } else if (cursor) {
          expect([status, body]).toEqual([404, { detail: "Invalid cursor" }]);
        } else {
          expect(status).toBe(200);
          expect(page.parse(body).results).toHaveLength(Math.min(25, received(after, before)));
        }
      },
    ),
    { numRuns: runs(60) },
  );
});

test.each(["participant_events", "participants"])(
  "%s of both are the same there and back, at one moment too",
  async (list) => {
    for (const id of ids) {
      for (const query of ["", "?after=2026-11-20&before=2026-11-21T00:00:00%2B00:00&limit=2"]) {
        const { there, back, ends } = await thereAndBack(
          counter,
          `/api/v1/bots/${id}/${list}${query}`,
          (one) => one.results.map(({ id: row }) => row),
        );
        expect(there.length).toBeGreaterThan(50);
        expect(new Set(there).size).toBe(there.length);
        expect(back).toEqual(there);
        expect(ends).toEqual([null, null, null]);
      }
    }
  },
);

test("every address, of a bot, of another meeting, of none, to whoever asks", async () => {
  for (const one of described) {
    const asks: [Record<string, string> | undefined, string?][] = [
      [undefined],
      [{ authorization: `tOkEn ${counter.key}` }],
      [{}],
      [{ authorization: `Token ${counter.key} x` }],
      [{ authorization: "Token nobody" }],
      [undefined, "POST"],
      [undefined, "DELETE"],
    ];
    for (const [headers, method] of asks) {
      for (const id of [...ids, "bot_none"]) {
        for (const query of ["", "?is_host=true", "?is_host=maybe", "?id=par_x", "?cursor=x"]) {
          const address = `${one.path.replace("{object_id}", id)}${query}`;
          await expectDescribed(one, await counter.ask(address, headers, method));
        }
      }
    }
  }
});

test("whatever the list is narrowed by, what is answered is described", async () => {
  const all = described.find(({ path }) => path === "/api/v1/bots");
  if (all === undefined) throw new Error("no such address");
  const maybe = fc.option(moment, { nil: null });
  const state = fc.constantFrom(
    "joined_recording",
    "joined_not_recording",
    "ended",
    "",
    "Ended",
    "%00",
  );
  await fc.assert(
    fc.asyncProperty(
      ...[maybe, maybe, passedOver, fc.uniqueArray(state, { maxLength: 2 })],
      fc.constantFrom(null, "", "https://meet.google.com/abc", "x", "\u{1F98A}"),
      async (after, before, more, states, address) => {
        const query = new URLSearchParams(more);
        if (after) query.append("join_at_after", after.text);
        if (before) query.append("join_at_before", before.text);
        for (const one of states) query.append("states", one);
        if (address !== null) query.append("meeting_url", address);
        const answer = await counter.ask(`${all.path}?${query}`);
        await expectDescribed(all, answer);
        const isWrong =
          [after, before].some((one) => one !== null && one.at === undefined) ||
          states.some((one) => !/^(joined_|ended)/.test(one));
        expect(answer.status).toBe(isWrong ? 400 : 200);
      },
    ),
    { numRuns: runs(40) },
  );
});

test("of a parameter that is there twice the last counts", async () => {
  const address = "/api/v1/bots/bot_1/participant_events";
  const twice = await counter.ask(`${address}?after=x&after=2026-11-21`);
  expect([twice.status, await twice.text()]).toEqual([
    200,
    '{"next":null,"previous":null,"results":[]}',
  ]);
  expect((await counter.ask(`${address}?after=2026-11-21&after=x`)).status).toBe(400);
});

test("a host who changes is an update with what was before, whoever reports it", async () => {
  const clinic = await counter.app.account("generic");
  for (const line of [
    ["10:00", joins("Ada", { session: "s1", host: false })],
    ["10:01", updates("Ada", { session: "s1", host: true })],
    ["10:02", updates("Ada L", { session: "s1", host: true })],
    ["10:03", updates("Ada L", { session: "s1", host: false })],
    ["10:04", updates("Bo", { session: "s2", host: true })],
    ["10:05", leaves("Ada L", { session: "s1", host: false })],
  ] as const) {
    await deliverBodies(counter.app, clinic, "chapel", minutes(line));
  }
  const [meeting] = (await readPage(counter, "/api/v1/meetings?room=chapel")).results;
  const address = `/api/v1/bots/${String(meeting?.["id"])}/participant_events`;
  const { results } = await readPage(counter, address);
  expect(results.map(({ event_type, event_data }) => [event_type, event_data])).toEqual([
    ["join", {}],
    ["update", { isHost: { before: false, after: true } }],
    ["update", {}],
    ["update", { isHost: { before: true, after: false } }],
    ["update", { isHost: { before: false, after: true } }],
    ["leave", {}],
  ]);
});
