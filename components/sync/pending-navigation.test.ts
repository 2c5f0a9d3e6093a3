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

function setting(...answers: (Response | Error)[]) {
  const link = new ConnectionStatusStore();
  const pending = new PendingNavigation(link);
  const ask = vi.fn(async () => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Response) return answer;
    throw answer;
  });
  return { link, held: pending, ask, fetch: pending.holding(ask) };
}

const gone = new TypeError("Failed to fetch");
const screen = (status = 200) =>
  new Response("0:{}", { status, headers: { "content-type": "text/x-component" } });
const nobody = (status: number) => new Response("Try again.", { status });

describe("reading a screen while the server is away", () => {
  it("asks again until it is answered, and says meanwhile that it waits", async () => {
    const { held: pending, ask, fetch } = setting(gone, nobody(502), nobody(503), screen());
    const answer = fetch("/meetings", SCREEN);
    await vi.advanceTimersByTimeAsync(0);
    expect(pending.get().reads).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await answer).status).toBe(200);
    expect(ask).toHaveBeenCalledTimes(4);
    expect(pending.get().reads).toBe(0);
  });

  it("goes on at once when the socket is back", async () => {
    const { link, ask, fetch } = setting(gone, gone, gone, screen());
    link.set("lost", NOW);
    const answer = fetch("/meetings", SCREEN);
    await vi.advanceTimersByTimeAsync(1_600);
    expect(ask).toHaveBeenCalledTimes(3);
    link.set("live", NOW);
    await vi.advanceTimersByTimeAsync(1);
    expect(ask).toHaveBeenCalledTimes(4);
    await answer;
  });

  it("leaves what the server itself says of a screen, and what is read ahead, as it is", async () => {
    expect((await setting(screen(503)).fetch("/", SCREEN)).status).toBe(503);
    expect((await setting(nobody(404)).fetch("/", SCREEN)).status).toBe(404);
    expect((await setting(nobody(503)).fetch("/api/health")).status).toBe(503);
    const ahead = { headers: { rsc: "1", "next-router-prefetch": "1" } };
    await expect(setting(gone).fetch("/", ahead)).rejects.toThrow("Failed to fetch");
  });

  it("gives up with whoever asked", async () => {
    const { ask, fetch } = setting(gone);
    const stop = new AbortController();
    const answer = fetch("/", { ...SCREEN, signal: stop.signal });
    answer.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(0);
    stop.abort();
    await expect(answer).rejects.toThrow("Failed to fetch");
    expect(ask).toHaveBeenCalledTimes(2);
  });
});

describe("a click that is held", () => {
  it("is made once, when it is let go, and only the last one", () => {
    const { held: pending } = setting(gone);
    const [first, last] = [vi.fn(), vi.fn()];
    pending.holdClick({ words: "Rooms", go: first });
    pending.holdClick({ words: "People", go: last });
    pending.letGo();
    pending.letGo();
    expect(first).not.toHaveBeenCalled();
    expect(last).toHaveBeenCalledTimes(1);
  });
});
