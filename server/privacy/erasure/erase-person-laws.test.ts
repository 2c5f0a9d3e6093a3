import { sql } from "drizzle-orm";
import fc from "fast-check";
import { v7 as uuid } from "uuid";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { insertEntry } from "#db/access/audit.ts";
import { addClassList } from "#db/scheduled/class-lists.ts";
import { runs } from "#db/testing/runs.ts";
import { botRules, clock, histories, rules } from "#domain/testing/history.ts";
import { readingOf } from "#server/ingest/reading.ts";
import { arrivalOf } from "#server/ingest/receive.ts";
import { miscounted } from "#server/ingest/testing/everybody.ts";
import { record } from "#server/ingest/testing/recorder.ts";
import { provider as providerNamed } from "#server/providers/providers.ts";
import { replay } from "#server/runtime/jobs/replay.ts";
import { ADA } from "#server/testing/actor.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { tablesWith } from "#server/testing/stored-texts.ts";
import { openTestApp, type TestApp } from "#server/testing/test-app.ts";
import { erasePerson } from "./erase-person.ts";
import { foundNumbers, reported } from "./testing/reported.ts";

const now = clock("13:00");
const SEED = 20_261_129;
const secret = "a secret for the hashes of erased people";
let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  app.now = now;
});
afterAll(() => app.close());
beforeEach(() => {
  vi.stubEnv("ROLLCALL_SECRET", secret);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Counts the histories, so that each has names of its own. */
let run = 1_000;

const options = { by: ADA, secret, now: () => now, onErased: () => undefined };

/** The texts that call a person something, and nobody else. */
async function textsOf(personId: string, sourceId: string): Promise<string[]> {
  const rows = await app.database.orm.execute<{ own: boolean; text: string }>(sql`
    select a.identity = ${personId} as own, t.text
    from attendances a join meetings m on m.id = a.meeting_id
    join events e on e.meeting_id = m.id and e.participant_id = any(a.participant_ids)
    cross join lateral (values (e.data ->> 'name'), (e.data ->> 'user_id'), (e.participant_id)) t (text)
    where m.source_id = ${sourceId} and t.text ~ '[0-9]'`);
  const others = rows.filter(({ own }) => !own).map(({ text }) => text.toLowerCase());
  const own = rows.filter((row) => row.own).map(({ text }) => text.trim());
  return [...new Set(own)].filter((text) =>
    others.every((other) => !other.includes(text.toLowerCase())),
  );
}

test.each([
  { name: "daily" as const, bot: false, rules },
  { name: "attendee" as const, bot: true, rules: botRules },
])("of any history of $name every number stays, and nothing else of the person", async (source) => {
  const { name, bot } = source;
  const own = providerNamed(name);
  if (own === null) throw new Error("no such provider");
  const ids: string[] = [];
  await fc.assert(
    fc.asyncProperty(
      histories({ bot, noteTakers: true, maxLength: 14 }),
      histories({ bot, maxLength: 8 }),
      fc.nat(),
      async (ward, hall, pick) => {
        run += 1;
        const { id } = await app.account(name);
        ids.push(id);
        for (const [room, events] of Object.entries({ ward, hall })) {
          const batch = reported(events, run, bot).map((event) => {
            const body = Buffer.from(bodyOf(name, event, room, uuid()));
            const arrival = arrivalOf({ id, provider: own }, body, readingOf(own, body), now);
            return { ...arrival, rules: source.rules };
          });
          await record(app.database, batch, now);
        }
        const people = await app.database.orm.execute<{
          id: string;
          name: string;
          user: string;
        }>(sql`
          select id, coalesce(name, '') as name, user_id as user from people
          where source_id = ${id} and meetings > 0 order by id`);
        const person = people[pick % Math.max(1, people.length)];
        if (person === undefined) return;
        const line = {
          name: person.name,
          userId: person.user,
          email: null,
          role: "guest" as const,
        };
        await addClassList(app.database, `List ${run}`, [line], "Mia", now);
        await insertEntry(
          app.database.orm,
          ADA,
          {
            action: "file.taken",
            about: { kind: "person", id: person.id, label: person.name },
            details: { file: "record.csv", rows: 1, narrowed: [] },
          },
          now,
        );
        const texts = await textsOf(person.id, id);
        const before = await foundNumbers(app.database, id);
        await erasePerson(app.database, person.id, { ...options, meetingsAtOnce: 1 + (pick % 3) });
        expect(await foundNumbers(app.database, id)).toEqual(before);
        expect(await miscounted(app.database, id)).toEqual([]);
        expect(await tablesWith(app.database, texts)).toEqual([]);
        expect(await tablesWith(app.database, [person.id])).toEqual([]);
      },
    ),
    { seed: SEED, numRuns: runs(12) },
  );
  const stored = await Promise.all(ids.map((id) => foundNumbers(app.database, id)));
  await replay(app.database, null, () => undefined, { now: () => now });
  expect(await Promise.all(ids.map((id) => foundNumbers(app.database, id)))).toEqual(stored);
});
