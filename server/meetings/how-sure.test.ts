import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { clock } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { botNamed } from "#server/testing/bot.ts";
import { post, type TestSource } from "#server/testing/test-app.ts";

/* Starts, ends, lengths and moments that were not reported are marked as such in every answer. */

const NOW = clock("12:00");
const DAYS = "from=2026-11-20&to=2026-11-20&tz=UTC";

let counter: ApiClient;
let account: TestSource;
let meetingId: string;
let roomId: string;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  counter = await openApiClient();
  counter.app.now = NOW;
  account = await counter.app.account("attendee");
  const bot = botNamed("bot_how_sure", "Seminar");
  for (const body of [
    bot.comesIn("10:00"),
    // Ines is first seen inside. Of Jon's second visit only the leave is reported, of Kai's only the join; of Lea's both.
    bot.joins("10:00:02", "Ines"),
    bot.joins("10:05", "Jon"),
    bot.leaves("10:20", "Jon"),
    bot.joins("10:05", "Kai"),
    bot.joins("10:06", "Lea"),
    bot.leaves("10:50", "Lea"),
    bot.leaves("10:55", "Ines"),
    bot.leaves("10:58", "Jon"),
    bot.turns("11:00", "meeting_ended", "post_processing"),
  ]) {
    expect((await post(counter.app, account, body)).status).toBe(200);
  }
  const [row] = z
    .object({ results: z.array(z.looseObject({ id: z.string(), room_id: z.string() })) })
    .parse(await counter.read(`/api/v1/meetings?source=${account.id}`)).results;
  meetingId = row?.id ?? "";
  roomId = row?.room_id ?? "";
});
afterAll(async () => {
  vi.useRealTimers();
  await counter.app.close();
});

const SURE = {
  Ines: { first_joined_is: "at_most", last_left_is: "exact", attended_is: "at_least" },
  Jon: { first_joined_is: "exact", last_left_is: "exact", attended_is: "at_least" },
  Kai: { first_joined_is: "exact", last_left_is: "at_least", attended_is: "at_least" },
  Lea: { first_joined_is: "exact", last_left_is: "exact", attended_is: "exact" },
};

const Named = z.array(
  z.looseObject({
    name: z.string().optional(),
    person: z.string().optional(),
    first_joined_is: z.string().nullable(),
    last_left_is: z.string().nullable(),
    attended_is: z.string().nullable(),
  }),
);

/** The certainty fields of each person, in rows of any list. */
function surenessIn(rows: unknown): object {
  return Object.fromEntries(
    Named.parse(rows).map(({ name, person, first_joined_is, last_left_is, attended_is }) => [
      name ?? person,
      { first_joined_is, last_left_is, attended_is },
    ]),
  );
}

const resultsOf = async (path: string) =>
  z.looseObject({ results: z.array(z.unknown()) }).parse(await counter.read(path)).results;

describe("certainty", () => {
  test("is given for every visit and person of the meeting", async () => {
    const { people } = z
      .looseObject({
        people: z.array(
          z.looseObject({
            name: z.string(),
            visits: z.array(z.looseObject({ start: z.string(), end: z.string().nullable() })),
          }),
        ),
      })
      .parse(await counter.read(`/api/v1/meetings/${meetingId}`));
    expect(surenessIn(people)).toEqual(SURE);
    expect(
      Object.fromEntries(
        people.map(({ name, visits }) => [name, visits.map(({ start, end }) => `${start} ${end}`)]),
      ),
    ).toEqual({
      Ines: ["first_seen reported"],
      Jon: ["reported reported", "inferred reported"],
      Kai: ["reported inferred"],
      Lea: ["reported reported"],
    });
  });

  test("is in the attendance file", async () => {
    const rows = await resultsOf(`/api/v1/meetings/${meetingId}/attendance.json`);
    expect(surenessIn(rows)).toEqual(SURE);
  });

  test("is in the register, its list and its matrix", async () => {
    const { people } = z
      .looseObject({
        people: z.array(z.looseObject({ name: z.string(), cells: z.array(z.unknown()) })),
      })
      .parse(await counter.read(`/api/v1/rooms/${roomId}/register?${DAYS}`));
    expect(
      surenessIn(people.map(({ name, cells: [cell] }) => Object.assign({ name }, cell))),
    ).toEqual(SURE);
    const inferred = people.map(({ name, cells: [cell] }) => [
      name,
      z.looseObject({ inferred: z.boolean() }).parse(cell).inferred,
    ]);
    expect(Object.fromEntries(inferred)).toEqual({ Ines: false, Jon: true, Kai: true, Lea: false });

    expect(surenessIn(await resultsOf(`/api/v1/rooms/${roomId}/register.json?${DAYS}`))).toEqual(
      SURE,
    );
    const csv = await (await counter.ask(`/api/v1/rooms/${roomId}/register.csv?${DAYS}`)).text();
    const [head = [], ...lines] = csv
      .trimEnd()
      .split("\r\n")
      .map((line) => line.split(","));
    const column = head.indexOf("inferred_meetings");
    expect(Object.fromEntries(lines.map((line) => [line[0], line[column]]))).toEqual({
      Ines: "0",
      Jon: "1",
      Kai: "1",
      Lea: "0",
    });
  });

  test("is in each person's record", async () => {
    const people = z
      .array(z.looseObject({ id: z.string(), name: z.string() }))
      .parse(await resultsOf(`/api/v1/people?source=${account.id}`));
    for (const [name, expected] of Object.entries(SURE)) {
      const id = people.find((person) => person.name === name)?.id;
      expect(await resultsOf(`/api/v1/people/${id}/meetings`)).toMatchObject([expected]);
      expect(await resultsOf(`/api/v1/people/${id}/record.json`)).toMatchObject([expected]);
    }
  });
});
