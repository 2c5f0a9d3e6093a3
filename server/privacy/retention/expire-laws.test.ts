import { sql } from "drizzle-orm";
import fc from "fast-check";
import { v7 as uuid } from "uuid";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { changeSource } from "#db/sources/sources.ts";
import { runs } from "#db/testing/runs.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import { botRules, clock, histories, rules } from "#domain/testing/history.ts";
import { readingOf } from "#server/ingest/reading.ts";
import { arrivalOf } from "#server/ingest/receive.ts";
import { miscounted } from "#server/ingest/testing/everybody.ts";
import { record } from "#server/ingest/testing/recorder.ts";
import { foundNumbers, reported } from "#server/privacy/erasure/testing/reported.ts";
import { provider as providerNamed } from "#server/providers/providers.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { tablesWith } from "#server/testing/stored-texts.ts";
import { openTestApp, type TestApp } from "#server/testing/test-app.ts";
import { expire } from "./expire.ts";

const DAY_MS = 86_400_000;
const secret = "a secret for the hashes of erased people";
/** When everything is recorded, of which much is still going on. */
const recordedAt = clock("23:00") + DAY_MS;
const SEED = 20_261_130;
let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(() => {
  vi.stubEnv("ROLLCALL_SECRET", secret);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Counts the histories, so that each has names of its own. */
let run = 5_000;

/** The texts of a source that call somebody something: of meetings that ended before a moment alone, and of the others. */
async function textsOf(sourceId: string, before: number) {
  const rows = await app.database.orm.execute<{ old: boolean; text: string }>(sql`
    select m.status = 'ended' and greatest(m.ended_at, m.tip_at, m.last_out_at) < ${before}::bigint as old, t.text
    from meetings m join events e on e.meeting_id = m.id
    cross join lateral (values (e.data ->> 'name'), (e.data ->> 'userId'), (e.data ->> 'user_id'), (e.participant_id)) t (text)
    where m.source_id = ${sourceId} and m.merged_into is null and t.text ~ '[0-9]{4}'`);
  const young = rows.filter(({ old }) => !old).map(({ text }) => text.trim().toLowerCase());
  const old = rows.filter((row) => row.old).map(({ text }) => text.trim());
  return [...new Set(old)].filter((text) =>
    young.every((other) => !other.includes(text.toLowerCase())),
  );
}

/** What the provider sends, as it is kept of meetings that are not old. */
async function youngBodies(sourceId: string, before: number): Promise<string[]> {
  const rows = await app.database.orm.execute<{ body: string }>(sql`
    select distinct d.id, encode(d.body, 'escape') as body from meetings m
    join events e on e.meeting_id = m.id join deliveries d on d.id = e.delivery_id
    where m.source_id = ${sourceId} and m.merged_into is null
      and not (m.status = 'ended' and greatest(m.ended_at, m.tip_at, m.last_out_at) < ${before}::bigint)
    order by d.id`);
  return rows.map(({ body }) => body);
}

test.each([
  { name: "daily" as const, bot: false, rules },
  { name: "attendee" as const, bot: true, rules: botRules },
])(
  "of any history of $name every number stays, nothing of what is old has a name, and what is young stays",
  async (source) => {
    const { name, bot } = source;
    const own = providerNamed(name);
    if (own === null) throw new Error("no such provider");
    const ids: string[] = [];
    await fc.assert(
      fc.asyncProperty(
        histories({ bot, noteTakers: true, maxLength: 14 }),
        histories({ bot, noteTakers: true, maxLength: 8 }),
        histories({ bot, maxLength: 8 }),
        fc.integer({ min: 0, max: 13 * 60 + 30 }),
        fc.integer({ min: 1, max: 3 }),
        async (ward, hall, again, minutes, portion) => {
          run += 1;
          const { id } = await app.account(name);
          ids.push(id);
          // The day after, the same people meet in one of the rooms again.
          const shiftMs = minutes * 60_000;
          const later = DAY_MS + Math.min(shiftMs, 11 * 3_600_000);
          for (const [room, events] of [
            ["ward", ward.map((event) => moved(event, shiftMs))],
            ["hall", hall.map((event) => moved(event, shiftMs))],
            [bot ? "hall 2" : "hall", again.map((event) => moved(event, later))],
          ] as const) {
            const batch = reported(events, run, bot).map((event) => {
              const body = Buffer.from(bodyOf(name, event, room, uuid()));
              const arrival = arrivalOf(
                { id, provider: own },
                body,
                readingOf(own, body),
                recordedAt,
              );
              return { ...arrival, rules: source.rules };
            });
            await record(app.database, batch, recordedAt);
          }
          const before = recordedAt - DAY_MS;
          await changeSource(app.database.orm, id, { keepPeopleDays: 1 });
          const texts = await textsOf(id, before);
          const bodies = await youngBodies(id, before);
          const numbers = await numbersOf(id);
          const portions = { deliveries: 3, meetings: portion, events: 10 };
          await expire(app.database, { secret, now: () => recordedAt, portions });
          expect(await numbersOf(id)).toEqual(numbers);
          expect(await miscounted(app.database, id)).toEqual([]);
          expect(await tablesWith(app.database, texts)).toEqual([]);
          expect(await youngBodies(id, before)).toEqual(bodies);
          await changeSource(app.database.orm, id, { keepPeopleDays: null });
        },
      ),
      { seed: SEED, numRuns: runs(8) },
    );
    const stored = await Promise.all(ids.map((id) => numbersOf(id)));
    await replay(app.database, null, () => undefined, { now: () => recordedAt });
    expect(await Promise.all(ids.map((id) => numbersOf(id)))).toEqual(stored);
  },
);

/** The same, so much later. */
function moved<E extends MeetingEvent>(event: E, byMs: number): E {
  const later = (at: unknown) => (typeof at === "number" ? at + byMs : at);
  return {
    ...event,
    at: event.at + byMs,
    ...("joinedAt" in event && { joinedAt: later(event.joinedAt) }),
    ...("startedAt" in event && { startedAt: later(event.startedAt) }),
  };
}

/** How many people there are over all is another number: who comes again is somebody new. */
async function numbersOf(sourceId: string) {
  const { sums, ...numbers } = await foundNumbers(app.database, sourceId);
  return { ...numbers, sums: { ...sums, people: 0 } };
}
