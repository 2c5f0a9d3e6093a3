import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RecordingClient } from "#db/connection/client.ts";
import { unprojectedCount } from "#db/recording/unprojected.ts";
import { eventually } from "#db/testing/eventually.ts";
import { clock, histories } from "#domain/testing/history.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { readModels } from "#server/testing/stored.ts";
import {
  openTestApp,
  post,
  type TestApp,
  type TestDoor,
  type TestSource,
} from "#server/testing/test-app.ts";
import { Projector } from "./projector.ts";

const SEED = 20_261_129;
const ROOMS = 6;
/** How many turns of the event loop a commit may wait, while others overtake it. */
const MOST_TURNS = 300;

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  app.now = clock("13:00");
});
afterAll(() => app.close());

const [sample = []] = fc.sample(
  fc.array(histories({ maxLength: 30 }), { minLength: ROOMS, maxLength: ROOMS }),
  { seed: SEED, numRuns: 1 },
);
const bodies = sample.flatMap((events, index) =>
  events
    .filter(({ type }) => type !== "updated")
    .map((event, n) => bodyOf("daily", event, `room ${index}`, `${index} ${n}`)),
);

/** Another process, whose commits take some time, each a different one. */
function slowProjector(delays: Iterator<number>): Projector {
  const { projector } = app.neighbour().database;
  const transaction: RecordingClient["transaction"] = (work) =>
    projector.transaction(async (tx) => {
      const answer = await work(tx);
      const turns = delays.next().value ?? 0;
      for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
      return answer;
    });
  return new Projector({ projector: { ...projector, transaction } }, app.door);
}

async function sendAll(door: TestDoor, account: TestSource): Promise<void> {
  for (const body of bodies) await post({ door }, account, body);
}

test.each([2, 4, 8])(
  "%i processes that project at once come to the same end, without a hole",
  async (count) => {
    const [wild, calm] = [await app.account(), await app.account()];
    const { door } = app.neighbour();
    await door.intake.projector.stop();
    const [delays] = fc.sample(fc.infiniteStream(fc.integer({ min: 0, max: MOST_TURNS })), {
      seed: SEED + count,
      numRuns: 1,
    });
    if (delays === undefined) throw new Error("no delays");
    const projectors = Array.from({ length: count }, () => slowProjector(delays));
    const sent = sendAll(door, wild);
    // Each goes on with the deliveries that are there, as long as more may come.
    let isOver = false;
    const working = projectors.map(async (projector) => {
      while (!isOver) await projector.projectAll();
    });
    await sent;
    await eventually(async () => expect((await unprojectedCount(app.database.orm)).count).toBe(0));
    isOver = true;
    await Promise.all(working);
    await Promise.all(projectors.map((projector) => projector.stop()));

    const holes = await app.database.orm.execute(sql`
    select m.id from events e join meetings m on m.id = e.meeting_id
    where m.source_id = ${wild.id}
    group by m.id having count(*) <> max(e.seq) or min(e.seq) <> 1 or max(e.seq) <> max(m.seq)`);
    expect([...holes]).toEqual([]);
    await sendAll(app.door, calm);
    expect(await readModels(app.database, wild.id)).toEqual(
      await readModels(app.database, calm.id),
    );
  },
);
