import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import { clock, histories } from "#domain/testing/history.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { readModels } from "#server/testing/stored.ts";
import { openTestApp, post, type TestApp, type TestSource } from "#server/testing/test-app.ts";

const MINUTE_MS = 60_000;
const SEED = 20_261_121;
/** `KILLS` asks for more. */
const KILLS = Number(process.env["KILLS"] ?? 2);
const ROOMS = 3;

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  app.now = clock("13:00");
});
afterAll(() => app.close());

interface Line {
  room: string;
  event: MeetingEvent;
  body: string;
}

/** The events for one life of a process: some rooms, each with a history. */
function linesOf(life: number, all: readonly (readonly MeetingEvent[])[]): Line[] {
  return all.flatMap((events, index) => {
    const room = `room ${life} ${index}`;
    return events
      .filter(({ type }) => type !== "updated")
      .map((event, n) => ({ room, event, body: bodyOf("daily", event, room, `${room} ${n}`) }));
  });
}

async function keeperOf({ id }: TestSource): Promise<ChildProcess> {
  const script = fileURLToPath(new URL("./testing/keeper.ts", import.meta.url));
  const keeper = fork(script, [app.url, id, String(app.now)], { execArgv: [] });
  await once(keeper, "message");
  return keeper;
}

/** Sends lines, a fifth of them twice, until so many are acknowledged, and returns these. */
async function sendUntil(
  keeper: ChildProcess,
  lines: readonly Line[],
  enough: number,
): Promise<Set<number>> {
  const acknowledged = new Set<number>();
  const isEnough = Promise.withResolvers<void>();
  keeper.on("message", (answer) => {
    if (typeof answer === "number") acknowledged.add(answer);
    if (acknowledged.size >= enough) isEnough.resolve();
  });
  for (const [index, { body }] of lines.entries()) {
    keeper.send([index, body]);
    if (index % 5 === 0) keeper.send([index, body]);
  }
  if (enough > 0) await isEnough.promise;
  return acknowledged;
}

test("every acknowledged delivery is kept and projected once, however often processes are killed", {
  timeout: Math.max(2, KILLS) * MINUTE_MS,
}, async () => {
  const [account, undisturbed] = [await app.account(), await app.account()];
  const lives = fc.sample(
    fc.tuple(
      fc.array(histories({ maxLength: 14 }), { minLength: ROOMS, maxLength: ROOMS }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    ),
    { seed: SEED, numRuns: KILLS },
  );
  const bystander = await keeperOf(account);
  const all: Line[] = [];
  let left: Line[] = [];
  for (const [life, [events, share]] of lives.entries()) {
    const fresh = linesOf(life, events);
    all.push(...fresh);
    left.push(...fresh);
    const keeper = await keeperOf(account);
    const ended = once(keeper, "exit");
    const acknowledged = await sendUntil(keeper, left, Math.floor(left.length * share));
    keeper.kill("SIGKILL");
    await ended;
    left = left.filter((_, index) => !acknowledged.has(index));
  }
  await sendUntil(bystander, left, left.length);
  const ended = once(bystander, "exit");
  bystander.disconnect();
  await ended;
  await app.neighbour().door.intake.projector.projectAll();

  const [kept] = await app.database.orm.execute<{ all: number; strange: number }>(sql`
      select count(*)::int as all, count(*) filter (where status <> 'recorded')::int as strange
      from deliveries where source_id = ${account.id}`);
  // A history may have the same event twice, which is the same delivery under whatever id.
  const told = new Set(all.map(({ body }) => JSON.stringify({ ...JSON.parse(body), id: null })));
  expect(kept).toEqual({ all: told.size, strange: 0 });
  for (let from = 0; from < all.length; from += 100) {
    const part = all.slice(from, from + 100);
    await Promise.all(part.map(({ body }) => post(app, undisturbed, body)));
  }
  expect(await readModels(app.database, account.id)).toEqual(
    await readModels(app.database, undisturbed.id),
  );
});
