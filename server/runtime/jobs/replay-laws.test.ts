import { sql } from "drizzle-orm";
import fc from "fast-check";
import { v7 as uuid } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "#db/connection/client.ts";
import { runs } from "#db/testing/runs.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import { clock, histories, rules } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import { arrival, record } from "#server/ingest/testing/recorder.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { everythingStored, loseProjections, readModels } from "#server/testing/stored.ts";
import {
  deliverBodies,
  openTestApp,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { replay } from "./replay.ts";

let app: TestApp;
beforeEach(async () => {
  app = await openTestApp();
  app.now = now;
});
afterEach(() => app.close());

const now = clock("13:00");
const quiet = () => undefined;

const again = (database: Database, atOnce: number) =>
  replay(database, null, quiet, { now: () => now, eventsAtOnce: atOnce, deliveriesAtOnce: atOnce });

/** The events of a history that Daily can report. */
const tellable = (events: readonly MeetingEvent[]) =>
  events.filter(({ type }) => type !== "updated");

/** How an older translation took an event: at another time, as of another person, or not at all. */
interface Mistake {
  shiftMs: Ms;
  name: string | null;
  unread: boolean;
}

const mistakes = fc.array(
  fc.option(
    fc.record({
      shiftMs: fc.constantFrom(0, 0, 40_000, 600_000, -600_000, 3_600_000),
      name: fc.constantFrom(null, null, "Wrong"),
      unread: fc.boolean(),
    }),
  ),
  { minLength: 24, maxLength: 24 },
);

function mistaken(event: MeetingEvent, { shiftMs, name }: Mistake): MeetingEvent {
  const shifted = { ...event, at: event.at + shiftMs };
  return name !== null && "name" in shifted ? { ...shifted, name } : shifted;
}

/** Records a history as a translation that misread some of it would have. */
async function misunderstand(
  { id: sourceId }: TestSource,
  room: string,
  events: readonly MeetingEvent[],
  wrong: readonly (Mistake | null)[],
): Promise<void> {
  for (const [index, event] of events.entries()) {
    const mistake = wrong[index] ?? null;
    const as = mistake === null ? event : mistaken(event, mistake);
    const projected = arrival(sourceId, room, as, rules, uuid());
    const body = Buffer.from(bodyOf("daily", event, room, uuid()));
    const delivery = { ...projected.delivery, body };
    await record(
      app.database,
      [
        mistake?.unread
          ? {
              ...projected,
              about: null,
              delivery: { ...delivery, room: null, status: "unreadable" },
            }
          : { ...projected, delivery },
      ],
      now,
    );
  }
}

/** Each run compares everything in the database. */
async function forgetAll(): Promise<void> {
  await loseProjections(app.database);
  await app.database.orm.execute(sql`truncate deliveries`);
}

/** A database that is gone after so many transactions. */
function failingAfter(transactions: number): Database {
  let begun = 0;
  return {
    ...app.database,
    transaction: (work) => {
      begun += 1;
      return begun > transactions
        ? Promise.reject(new Error("the machine is switched off"))
        : app.database.transaction(work);
    },
  };
}

describe("however an older translation misread a history, a replay", () => {
  test("projects it as if it had been read correctly, and a second one changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        histories({ noteTakers: true, maxLength: 12 }),
        histories({ maxLength: 6 }),
        mistakes,
        fc.integer({ min: 1, max: 6 }),
        async (ward, hall, wrong, atOnce) => {
          await forgetAll();
          const [right, mistold] = [await app.account(), await app.account()];
          for (const [room, events] of Object.entries({ ward, hall })) {
            await deliverBodies(app, right, room, tellable(events));
            await misunderstand(mistold, room, tellable(events), wrong);
          }
          await again(app.database, atOnce);
          const [as, projected] = [right, mistold].map(({ id }) => readModels(app.database, id));
          expect(await projected).toEqual(await as);
          const before = await everythingStored(app.database);
          expect(await again(app.database, atOnce)).toMatchObject({ changed: 0, read: 0 });
          expect(await everythingStored(app.database)).toEqual(before);
        },
      ),
      { seed: 20_261_121, numRuns: runs(20) },
    );
  });
});

describe("a replay that is cut off anywhere", () => {
  test("and begun again gives the same as one that was not", async () => {
    await fc.assert(
      fc.asyncProperty(
        histories({ maxLength: 10 }),
        histories({ maxLength: 10 }),
        mistakes,
        fc.boolean(),
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 2 }),
        async (ward, hall, wrong, isLost, cuts) => {
          await forgetAll();
          const [right, mistold] = [await app.account(), await app.account()];
          for (const [room, events] of Object.entries({ ward, hall })) {
            await deliverBodies(app, right, room, tellable(events));
            await misunderstand(mistold, room, tellable(events), wrong);
          }
          const as = await readModels(app.database, right.id);
          if (isLost) await loseProjections(app.database);
          for (const cut of cuts) {
            await again(failingAfter(cut), 2).catch((error: Error) =>
              expect(error.message).toMatch("switched off"),
            );
          }
          await again(app.database, 2);
          const projected = [right, mistold].map(({ id }) => readModels(app.database, id));
          expect(await Promise.all(projected)).toEqual([as, as]);
        },
      ),
      { seed: 20_261_121, numRuns: runs(10) },
    );
  });
});
