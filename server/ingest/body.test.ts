import { describe, expect, test, vi } from "vitest";
import { eventually } from "#db/testing/eventually.ts";
import { BodyCut, BodyTooLarge, BodyTooSlow, readBody, TooMuchAtOnce } from "./body.ts";
import { createHeldBytes } from "./held-bytes.ts";
import { NoAnswer, patienceOf } from "./patience.ts";

const KIB = 1_024;

/** A body that is sent as the test says. */
function sending(declared: number | null = null) {
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
    request,
    cancelled,
    send: (bytes: number) => sender?.enqueue(new Uint8Array(bytes)),
    end: () => sender?.close(),
    breakOff: () => sender?.error(new Error("gone")),
  };
}

function bounds({ most = 64 * KIB, withinMs = 60_000, held = 1_024 * KIB } = {}) {
  return { most, withinMs, among: createHeldBytes(held) };
}

describe("a body", () => {
  test.each([null, 30 * KIB, 3 * KIB])(
    "of a length declared as %j is read whole",
    async (declared) => {
      const { request, send, end } = sending(declared);
      const read = readBody(request, bounds());
      send(KIB);
      send(2 * KIB);
      end();
      expect(await read).toHaveLength(3 * KIB);
    },
  );

  test.each([null, 30 * KIB, 3 * KIB])("that stops coming (%j) is given up", async (declared) => {
    const { request, send } = sending(declared);
    const read = readBody(request, bounds({ withinMs: 20 }));
    send(KIB);
    await expect(read).rejects.toBeInstanceOf(BodyTooSlow);
  });

  test.each([null, 30 * KIB, 3 * KIB])("whose sender goes away (%j) says so", async (declared) => {
    const { request, send, breakOff } = sending(declared);
    const read = readBody(request, bounds());
    send(KIB);
    breakOff();
    await expect(read).rejects.toBeInstanceOf(BodyCut);
  });

  test("over the limit is read no further", async () => {
    const { request, send, cancelled } = sending();
    const read = readBody(request, bounds({ most: KIB }));
    send(2 * KIB);
    await expect(read).rejects.toBeInstanceOf(BodyTooLarge);
    expect(cancelled).toHaveBeenCalled();
  });
});

describe("bodies that arrive at once", () => {
  test("are held up to a bound; then the largest has to go, and no other", async () => {
    const together = bounds({ held: 32 * KIB });
    const [large, small, late] = [sending(), sending(), sending()];
    const read = [large, small, late].map(({ request }) => readBody(request, together));
    const [largeRead, smallRead, lateRead] = read;
    large.send(24 * KIB);
    small.send(6 * KIB);
    await eventually(() => expect(large.request.bodyUsed && small.request.bodyUsed).toBe(true));
    late.send(4 * KIB);
    await expect(largeRead).rejects.toBeInstanceOf(TooMuchAtOnce);
    expect(large.cancelled).toHaveBeenCalled();
    small.end();
    late.end();
    expect(await smallRead).toHaveLength(6 * KIB);
    expect(await lateRead).toHaveLength(4 * KIB);
  });

  test("leave room when they are over, however they ended", async () => {
    const among = bounds({ held: 8 * KIB });
    for (let round = 0; round < 5; round += 1) {
      const [good, bad] = [sending(), sending()];
      const [goodRead, badRead] = [good, bad].map(({ request }) => readBody(request, among));
      good.send(5 * KIB);
      good.end();
      expect(await goodRead).toHaveLength(5 * KIB);
      bad.send(5 * KIB);
      bad.breakOff();
      await expect(badRead).rejects.toBeInstanceOf(BodyCut);
    }
  });
});

describe("patience", () => {
  test("is spent only while something is waited for", async () => {
    vi.useFakeTimers();
    const patience = patienceOf(1_000);
    const first = Promise.withResolvers<string>();
    const waited = patience.wait(first.promise);
    await vi.advanceTimersByTimeAsync(600);
    first.resolve("found");
    expect(await waited).toBe("found");
    // The body arrives meanwhile.
    await vi.advanceTimersByTimeAsync(12_000);
    const never = patience.wait(new Promise(() => undefined));
    const told = expect(never).rejects.toBeInstanceOf(NoAnswer);
    await vi.advanceTimersByTimeAsync(399);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await told;
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});
