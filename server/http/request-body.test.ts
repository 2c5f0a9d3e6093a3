import { PassThrough } from "node:stream";
import { describe, expect, test, vi } from "vitest";
import { eventually } from "#db/testing/eventually.ts";
import { DeadlineExceeded, deadlineOf } from "#server/runtime/deadline.ts";
import { createBodyMemory } from "./body-memory.ts";
import {
  BodyCut,
  BodyTooLarge,
  BodyTooSlow,
  readBody,
  readIncoming,
  TooMuchAtOnce,
} from "./request-body.ts";

const KIB = 1_024;

type Bounds = NonNullable<Parameters<typeof readBody>[1]>;

/** A body that the test sends in pieces, and how it is read. */
interface Sending {
  read: (bounds: Bounds) => Promise<Uint8Array>;
  /** Whether it is read no further. */
  isLeft: () => boolean;
  isRead: () => boolean;
  send: (bytes: number) => void;
  end: () => void;
  breakOff: () => void;
}

/** As a request of the platform. */
function sending(declared: number | null = null): Sending {
  let sender: ReadableStreamDefaultController<Uint8Array> | null = null;
  const cancelled = vi.fn();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      sender = controller;
    },
    cancel: cancelled,
  });
  const headers = declared === null ? {} : { "content-length": String(declared) };
  const init = { method: "POST", body, headers, duplex: "half" } as const;
  const request = new Request("http://localhost", init);
  return {
    read: (given) => readBody(request, given),
    isLeft: () => cancelled.mock.calls.length > 0,
    isRead: () => request.bodyUsed,
    send: (bytes) => sender?.enqueue(new Uint8Array(bytes)),
    end: () => sender?.close(),
    breakOff: () => sender?.error(new Error("gone")),
  };
}

/** As a request of Node.js. */
function arriving(declared: number | null = null): Sending {
  const headers = declared === null ? {} : { "content-length": String(declared) };
  const stream = Object.assign(new PassThrough(), { headers });
  return {
    read: (given) => readIncoming(stream, given),
    isLeft: () => stream.isPaused(),
    isRead: () => stream.readableLength === 0 && stream.listenerCount("data") > 0,
    send: (bytes) => void stream.write(new Uint8Array(bytes)),
    end: () => void stream.end(),
    breakOff: () => void stream.destroy(),
  };
}

function bounds({ most = 64 * KIB, withinMs = 60_000, allowed = 1_024 * KIB } = {}) {
  return { most, withinMs, among: createBodyMemory(allowed) };
}

describe.each([
  ["as a request of the platform", sending],
  ["as Node.js hands it over", arriving],
])("%s", (_how, sending) => {
  describe("a body", () => {
    test.each([null, 30 * KIB, 3 * KIB])(
      "of a length declared as %j is read whole",
      async (declared) => {
        const { read, send, end } = sending(declared);
        const whole = read(bounds());
        send(KIB);
        send(2 * KIB);
        end();
        expect(await whole).toHaveLength(3 * KIB);
      },
    );

    test.each([null, 30 * KIB, 3 * KIB])("that stops coming (%j) is given up", async (declared) => {
      const { read, send } = sending(declared);
      const whole = read(bounds({ withinMs: 20 }));
      send(KIB);
      await expect(whole).rejects.toBeInstanceOf(BodyTooSlow);
    });

    test.each([null, 30 * KIB, 3 * KIB])(
      "whose sender goes away (%j) is rejected as cut",
      async (declared) => {
        const { read, send, breakOff } = sending(declared);
        const whole = read(bounds());
        send(KIB);
        breakOff();
        await expect(whole).rejects.toBeInstanceOf(BodyCut);
      },
    );

    test("over the limit is read no further", async () => {
      const { read, send, isLeft } = sending();
      const whole = read(bounds({ most: KIB }));
      send(2 * KIB);
      await expect(whole).rejects.toBeInstanceOf(BodyTooLarge);
      expect(isLeft()).toBe(true);
    });
  });

  describe("bodies that arrive at once", () => {
    test("are taken up to a bound; then the largest is given up, and no other", async () => {
      const together = bounds({ allowed: 32 * KIB });
      const [large, small, late] = [sending(), sending(), sending()];
      const [largeRead, smallRead, lateRead] = [large, small, late].map(({ read }) =>
        read(together),
      );
      large.send(24 * KIB);
      small.send(6 * KIB);
      await eventually(() => expect(large.isRead() && small.isRead()).toBe(true));
      late.send(4 * KIB);
      await expect(largeRead).rejects.toBeInstanceOf(TooMuchAtOnce);
      expect(large.isLeft()).toBe(true);
      small.end();
      late.end();
      expect(await smallRead).toHaveLength(6 * KIB);
      expect(await lateRead).toHaveLength(4 * KIB);
    });

    test("leave room when they are over, however they ended", async () => {
      const among = bounds({ allowed: 8 * KIB });
      for (let round = 0; round < 5; round += 1) {
        const [good, bad] = [sending(), sending()];
        const [goodRead, badRead] = [good, bad].map(({ read }) => read(among));
        good.send(5 * KIB);
        good.end();
        expect(await goodRead).toHaveLength(5 * KIB);
        bad.send(5 * KIB);
        bad.breakOff();
        await expect(badRead).rejects.toBeInstanceOf(BodyCut);
      }
    });
  });
});

describe("a deadline", () => {
  test("counts time only during a wait", async () => {
    vi.useFakeTimers();
    const deadline = deadlineOf(1_000);
    const first = Promise.withResolvers<string>();
    const waited = deadline.wait(first.promise);
    await vi.advanceTimersByTimeAsync(600);
    first.resolve("found");
    expect(await waited).toBe("found");
    // The body arrives meanwhile.
    await vi.advanceTimersByTimeAsync(12_000);
    const never = deadline.wait(new Promise(() => undefined));
    const rejected = expect(never).rejects.toBeInstanceOf(DeadlineExceeded);
    await vi.advanceTimersByTimeAsync(399);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await rejected;
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});
