import { describe, expect, it, vi } from "vitest";
import { ServerClock } from "./clock.ts";

describe("the clock", () => {
  it("is the server's on a machine whose own clock is wrong", () => {
    let machine = 1_000_000;
    const clock = new ServerClock(9_000_000, () => machine);
    clock.adjust(9_000_000);
    machine += 5_000;
    expect(clock.exactly()).toBe(9_005_000);
  });

  it("takes the server time that travelled fastest", () => {
    let machine = 0;
    const clock = new ServerClock(100_000, () => machine);
    machine = 900;
    clock.adjust(100_000);
    machine = 1_000;
    clock.adjust(100_980);
    machine = 2_000;
    clock.adjust(101_500);
    expect(clock.exactly()).toBe(101_980);
  });

  it("follows when a clock was set", () => {
    let machine = 0;
    const clock = new ServerClock(0, () => machine);
    clock.adjust(500_000);
    machine = 600_000;
    clock.adjust(500_100);
    expect(clock.exactly()).toBe(500_100);
  });

  it("ticks as a second of the server begins", () => {
    vi.useFakeTimers({ now: 700_400 });
    const clock = new ServerClock(9_000_900);
    clock.adjust(9_000_900);
    const stop = clock.subscribe(() => undefined);
    vi.advanceTimersByTime(99);
    expect(clock.now()).toBe(9_000_900);
    vi.advanceTimersByTime(1);
    expect(clock.now()).toBe(9_001_000);
    vi.advanceTimersByTime(1000);
    expect(clock.now()).toBe(9_002_000);
    stop();
    vi.useRealTimers();
  });

  it("moves all listeners together, once a second, while there is a listener", () => {
    vi.useFakeTimers();
    let machine = 50_000;
    const clock = new ServerClock(50_000, () => machine);
    clock.adjust(50_000);
    const listener = vi.fn();
    const stop = clock.subscribe(listener);
    machine = 51_000;
    expect(clock.now()).toBe(50_000);
    vi.advanceTimersByTime(1000);
    expect(clock.now()).toBe(51_000);
    expect(listener).toHaveBeenCalledTimes(1);
    stop();
    vi.advanceTimersByTime(5000);
    expect(listener).toHaveBeenCalledTimes(1);
    vi.useRealTimers();
  });
});
