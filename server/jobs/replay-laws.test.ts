import { sql } from "drizzle-orm";
import fc from "fast-check";
import { v7 as uuid } from "uuid";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "#db/client.ts";
import type { MeetingEvent, Ms } from "#domain/event.ts";
import { clock, histories, rules } from "#domain/testing/history.ts";
import { arrival, record } from "#server/ingest/testing/recorder.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { everythingKept, loseProjections, readModels } from "#server/testing/kept.ts";
import {
  deliverBodies,
  openTestApp,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";
import { replay } from "./replay.ts";

let house: TestApp;
beforeEach(async () => {
  house = await openTestApp();
  house.now = now;
});
afterEach(() => house.close());

const now = clock("13:00");
const quiet = () => undefined;

const again = (database: Database, atOnce: number) =>
  replay(database, null, quiet, { now: () => now, eventsAtOnce: atOnce, deliveriesAtOnce: atOnce });

/** What Daily can tell of a history. */
const tellable = (events: readonly MeetingEvent[]) =>
  events.filter(({ type }) => type !== "updated");

/** How an older translation took an event: at another time, as of somebody else, or not at all. */
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

/** Records what somebody made of a history who misunderstood some of it. */
async function misunderstand(
  { id: sourceId }: TestSource,
  room: string,
  events: readonly MeetingEvent[],
  wrong: readonly (Mistake | null)[],
): Promise<void> {
  for (const [index, event] of events.entries()) {
    const mistake = wrong[index] ?? null;
    const as = mistake === null ? event : mistaken(event, mistake);
    const told = arrival(sourceId, room, as, rules, uuid());
    const body = Buffer.from(bodyOf("daily", event, room, uuid()));
    const delivery = { ...told.delivery, body };
    await record(
      house.database,
      [
        mistake?.unread
          ? { ...told, about: null, delivery: { ...delivery, room: null, status: "unreadable" } }
          : { ...told, delivery },
      ],
      now,
    );
  }
}

/** Each run looks at everything there is. */
async function forgetAll(): Promise<void> {
  await loseProjections(house.database);
  await house.database.orm.execute(sql`truncate deliveries`);
}

/** A database that is gone after so many transactions. */
function failingAfter(transactions: number): Database {
  let begun = 0;
  return {
    ...house.database,
    transaction: (work) => {
      begun += 1;
      return begun > transactions
        ? Promise.reject(new Error("the machine is switched off"))
        : house.database.transaction(work);
    },
  };
}

describe("whatever an older translation made of it, a replay", () => {
  test("tells it as if it had been told right, and a second one changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        histories({ noteTakers: true, maxLength: 12 }),
        histories({ maxLength: 6 }),
        mistakes,
        fc.integer({ min: 1, max: 6 }),
        async (ward, hall, wrong, atOnce) => {
          await forgetAll();
          const [right, mistold] = [await house.account(), await house.account()];
          for (const [room, events] of Object.entries({ ward, hall })) {
            await deliverBodies(house, right, room, tellable(events));
            await misunderstand(mistold, room, tellable(events), wrong);
          }
          await again(house.database, atOnce);
          const [as, told] = [right, mistold].map(({ id }) => readModels(house.database, id));
          expect(await told).toEqual(await as);
          const before = await everythingKept(house.database);
          expect(await again(house.database, atOnce)).toMatchObject({ changed: 0, read: 0 });
          expect(await everythingKept(house.database)).toEqual(before);
        },
      ),
      { seed: 20_261_121, numRuns: 40 },
    );
  });
});

describe("a replay that is cut off anywhere", () => {
  test("and begun again tells the same as one that was not", async () => {
    await fc.assert(
      fc.asyncProperty(
        histories({ maxLength: 10 }),
        histories({ maxLength: 10 }),
        mistakes,
        fc.boolean(),
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 2 }),
        async (ward, hall, wrong, isLost, cuts) => {
          await forgetAll();
          const [right, mistold] = [await house.account(), await house.account()];
          for (const [room, events] of Object.entries({ ward, hall })) {
            await deliverBodies(house, right, room, tellable(events));
            await misunderstand(mistold, room, tellable(events), wrong);
          }
          const as = await readModels(house.database, right.id);
          if (isLost) await loseProjections(house.database);
          for (const cut of cuts) {
            await again(failingAfter(cut), 2).catch((error: Error) =>
              expect(error.message).toMatch("switched off"),
            );
          }
          await again(house.database, 2);
          const told = [right, mistold].map(({ id }) => readModels(house.database, id));
          expect(await Promise.all(told)).toEqual([as, as]);
        },
      ),
      { seed: 20_261_121, numRuns: 20 },
    );
  });
});
