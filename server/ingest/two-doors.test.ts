import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { runs } from "#db/testing/runs.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import { clock, histories } from "#domain/testing/history.ts";
import { bodyOf } from "#server/testing/bodies.ts";
import { readModels } from "#server/testing/stored.ts";
import {
  answerOf,
  openTestApp,
  post,
  type TestApp,
  type TestSource,
} from "#server/testing/test-app.ts";

/** The same histories every run, so that a red run is about the change; change it to look at others. */
const SEED = 20_261_121;
let app: TestApp;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: clock("13:00") });
  app = await openTestApp();
  app.now = clock("13:00");
});
afterAll(async () => {
  vi.useRealTimers();
  await app.close();
});

/** An event that a provider reports of a room, whose title changes as time goes by. */
interface Line {
  room: string;
  event: MeetingEvent;
  id: string;
}

function linesOf(room: string, events: readonly MeetingEvent[]): Line[] {
  return events
    .filter(({ type }) => room.startsWith("bot") || type !== "updated")
    .map((event, index) => ({ room, event, id: `${room} ${index}` }));
}

function bodyOfLine({ provider }: TestSource, { room, event, id }: Line): string {
  const body = bodyOf(provider, event, room, id);
  const title = `${room} at ${Math.floor(event.at / 600_000)}`;
  return body.replace('"bot_metadata": null', `"bot_metadata": {"title": "${title}"}`);
}

/** One door, one delivery after the other, as they happened. */
async function inOrder(account: TestSource, lines: readonly Line[]): Promise<void> {
  for (const line of lines) await post(app, account, bodyOfLine(account, line));
}

/** Several at once, each door in turn, in any order. */
async function atOnce(
  door: { door: TestApp["door"] },
  account: TestSource,
  lines: readonly Line[],
  sizes: readonly number[],
): Promise<void> {
  for (let from = 0, turn = 0; from < lines.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    const answers = lines
      .slice(from, from + size)
      .map(async (line) => answerOf(await post(door, account, bodyOfLine(account, line))));
    for (const answer of await Promise.all(answers)) {
      expect(["recorded", "repeated"]).toContain(answer);
    }
    from += size;
  }
}

const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 });

/** Every line once or twice, in any order, each at one door or the other. */
function scattered(lines: readonly Line[]) {
  const twice = [...lines, ...lines];
  return fc.tuple(
    fc.constant(lines),
    fc.shuffledSubarray([...twice.keys()], { minLength: lines.length }).map((order) => {
      const drawn = order.map((index) => index % Math.max(1, lines.length));
      const missing = lines.map((_, index) => index).filter((index) => !drawn.includes(index));
      return [...drawn, ...missing].flatMap((index) => lines[index] ?? []);
    }),
    fc.infiniteStream(fc.boolean()),
    sizes,
    sizes,
  );
}

async function deliverBothWays(
  provider: TestSource["provider"],
  [lines, all, toss, mine, theirs]: [Line[], Line[], Iterator<boolean>, number[], number[]],
  neighbour: { door: TestApp["door"] },
): Promise<void> {
  const [calm, wild] = [await app.account(provider), await app.account(provider)];
  await inOrder(
    calm,
    lines.toSorted((a, b) => a.event.at - b.event.at),
  );
  const parts = Map.groupBy(all, () => toss.next().value === true);
  await Promise.all([
    atOnce(app, wild, parts.get(true) ?? [], mine),
    atOnce(neighbour, wild, parts.get(false) ?? [], theirs),
  ]);
  expect(await readModels(app.database, wild.id)).toEqual(await readModels(app.database, calm.id));
}

test.each([
  [
    "daily" as const,
    fc
      .tuple(histories({ maxLength: 14 }), histories({ maxLength: 7 }))
      .map(([ward, hall]) => [...linesOf("ward", ward), ...linesOf("hall", hall)]),
  ],
  [
    "attendee" as const,
    fc
      .tuple(histories({ bot: true, maxLength: 12 }), histories({ bot: true, maxLength: 6 }))
      .map(([one, other]) => [...linesOf("bot_1", one), ...linesOf("bot_2", other)]),
  ],
])(
  "deliveries of %s, shuffled and repeated over two doors at once, are stored as through one in order",
  async (provider, lines) => {
    const neighbour = app.neighbour();
    await fc.assert(
      fc.asyncProperty(
        lines.chain((inOrder) => scattered(inOrder)),
        async ([inOrder, all, toss, mine, theirs]) =>
          deliverBothWays(provider, [[...inOrder], all, toss, mine, theirs], neighbour),
      ),
      { seed: SEED, numRuns: runs(20) },
    );
  },
  120_000,
);
