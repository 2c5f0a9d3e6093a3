import { EventEmitter } from "node:events";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Desk, DeskFollower } from "#client/src/desk.ts";
import type { ChannelSocket } from "#client/src/socket.ts";

/** The live channel as far as a follower of the desk sees it: requests wait until they are answered by hand. */
class Channel extends EventEmitter {
  connected = true;
  readonly asked: ((answer: object) => void)[] = [];
  override emit(name: string, _request: unknown, ack?: unknown): boolean {
    if (name === "watch:desk") this.asked.push(ack as (answer: object) => void);
    return true;
  }
  push(message: object): void {
    super.emit("desk:changed", message);
  }
}

/** What stands on the board at a moment: lines by id, each with the moment at which it last changed. */
type Board = Map<string, number>;

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant("set" as const), id: fc.constantFrom("a", "b", "c") }),
    fc.record({ kind: fc.constant("gone" as const), id: fc.constantFrom("a", "b", "c") }),
    fc.record({ kind: fc.constant("answer" as const) }),
    fc.record({ kind: fc.constant("cut" as const) }),
    fc.record({ kind: fc.constant("again" as const) }),
  ),
  { maxLength: 30 },
);

const stamp = (moment: number) => new Date(moment).toISOString();
const linesOf = (board: Board) => [...board].map(([id, at]) => ({ id, at }));

test("the board is that of the server, whatever is pushed early, twice, or not at all", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const channel = new Channel();
      const shown: Desk[] = [];
      const follower = new DeskFollower(
        channel as unknown as ChannelSocket,
        { options: {}, handlers: { board: (desk) => shown.push(desk) } },
        (work) => work(),
      );
      const board: Board = new Map();
      let now = 1;
      let pushed: object | null = null;
      const push = (change: object) => {
        pushed = { lost: [], day: {}, as_of: stamp(now), ...change };
        channel.push(pushed);
      };
      const answer = () => {
        const desk = { lines: linesOf(board), lost: [], day: {}, as_of: stamp(now) };
        channel.asked.shift()?.({ ok: true, desk });
      };
      follower.watch();
      for (const step of all) {
        now += 1;
        if (step.kind === "set") {
          board.set(step.id, now);
          push({ lines: [{ id: step.id, at: now }], gone: [] });
        } else if (step.kind === "gone") {
          board.delete(step.id);
          push({ lines: [], gone: [step.id] });
        } else if (step.kind === "again") {
          if (pushed !== null) channel.push(pushed);
        } else if (step.kind === "answer") answer();
        else {
          channel.asked.length = 0;
          // What happens while nobody is connected is not pushed.
          board.set("b", now);
          follower.watch();
        }
      }
      while (channel.asked.length > 0) answer();
      const lines = [...(shown.at(-1)?.lines.values() ?? [])];
      const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
      expect(lines.toSorted(byId)).toEqual(linesOf(board).toSorted(byId));
    }),
    { numRuns: 1_000 },
  );
});

test("who stops is told nothing more", () => {
  const channel = new Channel();
  const shown: Desk[] = [];
  const handlers = { board: (desk: Desk) => shown.push(desk) };
  const follower = new DeskFollower(
    channel as unknown as ChannelSocket,
    { options: { timeZone: "Europe/Berlin" }, handlers },
    (work) => work(),
  );
  follower.watch();
  follower.stop();
  channel.asked[0]?.({ ok: true, desk: { lines: [], lost: [], day: {}, as_of: stamp(1) } });
  channel.push({ lines: [], lost: [], gone: [], day: {}, as_of: stamp(2) });
  expect(shown).toEqual([]);
});
