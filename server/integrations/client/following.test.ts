import { EventEmitter } from "node:events";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MeetingFollower } from "#client/src/meeting.ts";
import type { ChannelSocket } from "#client/src/socket.ts";

/** The live channel as far as a follower of a meeting sees it: requests wait until they are answered by hand. */
class Channel extends EventEmitter {
  connected = true;
  readonly asked: { id: string; after: number; ack: (answer: object) => void }[] = [];
  override emit(name: string, request: unknown, ack?: unknown): boolean {
    if (name !== "watch:meeting") return name === "unwatch" || super.emit(name, request);
    const { id, after_seq } = request as { id: string; after_seq: number };
    this.asked.push({ id, after: after_seq, ack: ack as (answer: object) => void });
    return true;
  }
  push(name: string, message?: object): void {
    super.emit(name, message);
  }
}

const eventsUpTo = (last: number, from = 1) =>
  Array.from({ length: Math.max(0, last - from + 1) }, (_, index) => ({ seq: from + index }));
const now = (work: () => void) => work();

function following(channel: Channel) {
  const seen: number[] = [];
  const merged: string[] = [];
  const follower = new MeetingFollower(
    channel as unknown as ChannelSocket,
    "one",
    {
      events: (events) => seen.push(...events.map(({ seq }) => seq)),
      merged: (into) => {
        merged.push(into);
        seen.length = 0;
      },
    },
    now,
  );
  return { follower, seen, merged };
}

const happenings = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant("push" as const),
      from: fc.nat(8),
      length: fc.nat(4),
      twice: fc.boolean(),
    }),
    fc.record({ kind: fc.constant("answer" as const) }),
    fc.record({ kind: fc.constant("cut" as const) }),
  ),
  { maxLength: 30 },
);

test("every event comes once and in order, whatever is pushed twice, early, or not at all", () => {
  fc.assert(
    fc.property(happenings, (all) => {
      const channel = new Channel();
      const { follower, seen } = following(channel);
      let last = 0;
      follower.watch();
      const answer = () => {
        const { id, after, ack } = channel.asked.shift() ?? { id: "", after: 0, ack: null };
        ack?.({ ok: true, id, seq: last, events: eventsUpTo(last, after + 1) });
      };
      for (const one of all) {
        if (one.kind === "push") {
          // What is pushed may begin anywhere: pushes before it were lost on the way.
          const from = Math.max(1, last - 4 + one.from);
          last = Math.max(last, from + one.length);
          const events = eventsUpTo(from + one.length, from);
          channel.push("meeting:events", {
            id: "one",
            events: one.twice ? [...events, ...events] : events,
          });
        } else if (one.kind === "answer") answer();
        else {
          channel.asked.length = 0;
          channel.push("disconnect");
          follower.watch();
        }
        expect(seen).toEqual(eventsUpTo(seen.length).map(({ seq }) => seq));
      }
      while (channel.asked.length > 0) answer();
      follower.watch();
      while (channel.asked.length > 0) answer();
      expect(seen.length).toBe(last);
    }),
    { numRuns: 2_000 },
  );
});

test("a merged meeting is followed in the one that it is part of, from its first event", () => {
  const channel = new Channel();
  const { follower, seen, merged } = following(channel);
  follower.watch();
  channel.push("meeting:events", { id: "one", events: eventsUpTo(3) });
  channel.push("meeting:merged", { id: "one", into: "other" });
  // The answer to the request before says nothing of the other meeting.
  const before = channel.asked.shift();
  before?.ack({ ok: true, id: "one", seq: 4, events: eventsUpTo(4) });
  const [{ id = "", after = -1, ack = null } = {}] = channel.asked;
  expect([id, after]).toEqual(["other", 0]);
  ack?.({ ok: true, id: "other", seq: 2, events: eventsUpTo(2) });
  expect([seen, merged]).toEqual([[1, 2], ["other"]]);
});
