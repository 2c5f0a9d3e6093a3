import { describe, expect, it } from "vitest";
import { clock } from "#domain/testing/history.ts";
import { Attention } from "./attention.ts";

/** Ticks every second up to a time. */
function pass(attention: Attention, from: string, to: string): void {
  for (let at = clock(from); at <= clock(to); at += 1000) attention.tick(at);
}

const opened = () => {
  const attention = new Attention(clock("10:00"));
  attention.link("live", clock("10:00:01"));
  pass(attention, "10:00", "10:05");
  return attention;
};

describe("up to when a page was up to date with the server", () => {
  it("to its opening before it has caught up, and to now after that", () => {
    const attention = new Attention(clock("10:00"));
    expect(attention.upToDateUntil(clock("10:00:04"))).toBe(clock("10:00"));
    attention.link("live", clock("10:00:05"));
    expect(attention.upToDateUntil(clock("10:00:09"))).toBe(clock("10:00"));
    expect(attention.upToDateUntil(clock("10:00:10"))).toBe(clock("10:00:10"));
  });

  it("to the loss of the connection, until it has been back for a while", () => {
    const attention = opened();
    attention.link("lost", clock("10:05"));
    attention.link("lost", clock("10:06"));
    pass(attention, "10:05", "10:20");
    expect(attention.upToDateUntil(clock("10:20"))).toBe(clock("10:05"));
    attention.link("live", clock("10:20"));
    expect(attention.upToDateUntil(clock("10:20:04"))).toBe(clock("10:05"));
    expect(attention.upToDateUntil(clock("10:20:06"))).toBe(clock("10:20:06"));
  });

  it("to the first of two losses in a row", () => {
    const attention = opened();
    attention.link("lost", clock("10:05"));
    attention.link("live", clock("10:05:02"));
    attention.link("lost", clock("10:05:04"));
    attention.link("live", clock("10:05:08"));
    expect(attention.upToDateUntil(clock("10:05:09"))).toBe(clock("10:05"));
  });

  it("to the moment the machine went to sleep, though the loss of the connection was not noticed", () => {
    const attention = opened();
    expect(attention.upToDateUntil(clock("11:00"))).toBe(clock("10:05"));
    expect(attention.upToDateUntil(clock("11:00:04"))).toBe(clock("10:05"));
    expect(attention.upToDateUntil(clock("11:00:05"))).toBe(clock("11:00:05"));
  });
});
