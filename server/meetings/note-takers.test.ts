import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { clock, joins, knocks, leaves, minutes, stopsWaiting } from "#domain/testing/history.ts";
import { type ApiClient, openApiClient } from "#server/http/testing/client.ts";
import { readPage } from "#server/http/testing/pages.ts";
import { readLive } from "#server/live/snapshot.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
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

const shown = z.object({
  people_count: z.number(),
  note_taker_count: z.number(),
  present_count: z.number(),
  waiting_count: z.number(),
  people_left_before_admitted_count: z.number(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  peak: z.object({ count: z.number() }).nullable(),
  people: z.array(z.object({ name: z.string() })),
  note_takers: z.array(z.object({ name: z.string() })),
  waits: z.array(z.object({ name: z.string() })),
});

async function meeting() {
  const { results } = await readPage(counter, `/api/v1/meetings?source=${account.id}`);
  const id = String(results[0]?.["id"]);
  const parsed = shown.parse(await counter.read(`/api/v1/meetings/${id}`));
  const names = (all: readonly { name: string }[]) => all.map(({ name }) => name);
  const { people, note_takers, waits, started_at, ended_at, peak, ...counts } = parsed;
  return {
    id,
    row: results[0],
    summary: {
      people: names(people),
      noteTakers: names(note_takers),
      waits: names(waits),
      from: started_at?.slice(11, 16) ?? null,
      to: ended_at?.slice(11, 16) ?? null,
      peak: peak?.count ?? 0,
      lost: counts.people_left_before_admitted_count,
    },
    counts,
  };
}

/** Two people for an hour; one recorder comes before them and stays, the other only waits. */
const LESSON = minutes(
  ["09:59:30", joins("Ole’s Notetaker (Otter.ai)", { session: "otter" })],
  ["10:00", joins("Ole", { session: "ole" })],
  ["10:01", joins("Signe Otterbein", { session: "signe" })],
  ["10:01", knocks("Read.ai", { session: "read" })],
  ["10:50", leaves("Signe Otterbein", { session: "signe", joinedAt: "10:01" })],
  ["10:55", stopsWaiting("Read.ai", { session: "read", since: "10:01" })],
  ["10:58", leaves("Ole", { session: "ole", joinedAt: "10:00" })],
  ["11:10", leaves("Ole’s Notetaker (Otter.ai)", { session: "otter", joinedAt: "09:59:30" })],
);
const RIGHT = {
  people: ["Ole", "Signe Otterbein"],
  noteTakers: ["Ole’s Notetaker (Otter.ai)", "Read.ai"],
  waits: [],
  from: "10:00",
  to: "10:58",
  peak: 2,
  lost: 0,
};

test("note-takers are in no count of a meeting, of its people or of its waits", async () => {
  account = await counter.app.account();
  await deliverBodies(counter.app, account, "lesson", LESSON);
  const { summary, row, id } = await meeting();
  expect(summary).toEqual(RIGHT);
  expect(row).toMatchObject({ people_count: 2, note_taker_count: 2 });
  for (const list of ["waits", "waiting/lost", "people"]) {
    const page = await readPage(counter, `/api/v1/${list}?source=${account.id}`);
    expect(JSON.stringify(page.results)).not.toMatch(/Otter\.ai|Read\.ai/);
  }
  const rows = await counter.read(`/api/v1/meetings/${id}/attendance.json`);
  expect(JSON.stringify(rows)).not.toMatch(/Notetaker|Read\.ai/);
});

test("a correction makes a note-taker a person, or a person a note-taker, and can be undone", async () => {
  const { id } = await meeting();
  const correct = async (verdict: string, participant: string) => {
    const body = { verdict, participant_ids: [participant], by: "Mia" };
    const response = await counter.send("POST", `/api/v1/meetings/${id}/rulings`, body);
    expect(response.status).toBe(201);
    return z.object({ ruling: z.string() }).parse(await response.json()).ruling;
  };
  const human = await correct("person", "read");
  const program = await correct("note_taker", "ole");
  const corrected = {
    people: ["Read.ai", "Signe Otterbein"],
    noteTakers: ["Ole’s Notetaker (Otter.ai)", "Ole"],
    waits: ["Read.ai"],
    from: "10:01",
    to: "10:55",
    peak: 1,
    lost: 1,
  };
  expect((await meeting()).summary).toEqual(corrected);
  const lost = await readPage(counter, `/api/v1/waiting/lost?source=${account.id}`);
  expect(lost.results).toHaveLength(1);
  await replay(counter.app.database, null, () => undefined);
  expect((await meeting()).summary).toEqual(corrected);
  for (const ruling of [human, program]) {
    const undone = await counter.send("DELETE", `/api/v1/meetings/${id}/rulings/${ruling}`);
    expect(undone.status).toBe(200);
  }
  expect((await meeting()).summary).toEqual(RIGHT);
  expect((await readPage(counter, `/api/v1/waiting/lost?source=${account.id}`)).results).toEqual(
    [],
  );
});

test("with only a note-taker in the room no person waits and no meeting is in progress", async () => {
  account = await counter.app.account();
  const alone = minutes(["11:30", joins("tl;dv", { session: "tldv" })]);
  await deliverBodies(counter.app, account, "empty", alone);
  const { summary, counts, row } = await meeting();
  expect(summary).toEqual({
    ...{ people: [], noteTakers: ["tl;dv"], waits: [], from: null, to: null, peak: 0, lost: 0 },
  });
  expect([counts.present_count, counts.waiting_count, row?.["status"]]).toEqual([0, 0, "ended"]);
  const live = await readLive(counter.app.database.orm, clock("12:00"));
  expect(live.meetings.filter(({ source }) => source.id === account.id)).toEqual([]);
  expect(JSON.stringify(live.happened)).not.toMatch(/tl;dv/);

  await deliverBodies(counter.app, account, "empty", minutes(["11:45", joins("Ada")]));
  const later = await meeting();
  expect(later.summary).toMatchObject({ people: ["Ada"], noteTakers: ["tl;dv"], from: "11:45" });
  const { meetings } = await readLive(counter.app.database.orm, clock("12:00"));
  const [liveRow] = meetings.filter(({ source }) => source.id === account.id);
  expect(liveRow).toMatchObject({ present_count: 1, people_count: 1, note_taker_count: 1 });
});
