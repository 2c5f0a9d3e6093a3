import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { NOW } from "#components/testing/facts.ts";
import { ConnectionStatusStore } from "./connection-status.ts";
import { PendingNavigation } from "./pending-navigation.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

const SCREEN = { headers: { rsc: "1" } };

function setup(...answers: (Response | Error)[]) {
  const link = new ConnectionStatusStore();
  const pending = new PendingNavigation(link);
  const ask = vi.fn(async () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Response) return answer;
    throw answer;
  });
  return { link, pending, ask, fetch: pending.holding(ask) };
}

const gone = new TypeError("Failed to fetch");
const screen = (status = 200) =>
  new Response("0:{}", { status, headers: { "content-type": "text/x-component" } });
const gatewayError = (status: number) => new Response("Try again.", { status });

describe("reading a screen while the server is away", () => {
  it("asks again until it is answered, and counts the read as waiting meanwhile", async () => {
    const { pending, ask, fetch } = setup(gone, gatewayError(502), gatewayError(503), screen());
    const answer = fetch("/meetings", SCREEN);
    await vi.advanceTimersByTimeAsync(0);
    expect(pending.get().reads).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await answer).status).toBe(200);
    expect(ask).toHaveBeenCalledTimes(4);
    expect(pending.get().reads).toBe(0);
  });

  it("goes on at once when the socket is back", async () => {
    const { link, ask, fetch } = setup(gone, gone, gone, screen());
    link.set("lost", NOW);
    const answer = fetch("/meetings", SCREEN);
    await vi.advanceTimersByTimeAsync(1_600);
    expect(ask).toHaveBeenCalledTimes(3);
    link.set("live", NOW);
    await vi.advanceTimersByTimeAsync(1);
    expect(ask).toHaveBeenCalledTimes(4);
    await answer;
  });

  it("leaves the server's own answers and prefetches as they are", async () => {
    expect((await setup(screen(503)).fetch("/", SCREEN)).status).toBe(503);
    expect((await setup(gatewayError(404)).fetch("/", SCREEN)).status).toBe(404);
    expect((await setup(gatewayError(503)).fetch("/api/health")).status).toBe(503);
    const ahead = { headers: { rsc: "1", "next-router-prefetch": "1" } };
    await expect(setup(gone).fetch("/", ahead)).rejects.toThrow("Failed to fetch");
  });

  it("gives up when the caller aborts", async () => {
    const { ask, fetch } = setup(gone);
    const stop = new AbortController();
    const answer = fetch("/", { ...SCREEN, signal: stop.signal });
    answer.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(0);
    stop.abort();
    await expect(answer).rejects.toThrow("Failed to fetch");
    expect(ask).toHaveBeenCalledTimes(2);
  });
});

describe("a pending click", () => {
  it("is made once, when it is released, and only the last one", () => {
    const { pending } = setup(gone);
    const [first, last] = [vi.fn(), vi.fn()];
    pending.holdClick({ words: "Rooms", go: first });
    pending.holdClick({ words: "People", go: last });
    pending.letGo();
    pending.letGo();
    expect(first).not.toHaveBeenCalled();
    expect(last).toHaveBeenCalledTimes(1);
  });
});
