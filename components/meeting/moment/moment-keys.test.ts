import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clock } from "#domain/testing/history.ts";
import { changeNextTo, momentAfter, momentAt, type Reach } from "./moment-keys.ts";

const reach: Reach = { from: clock("10:00:00.400"), until: clock("10:42:10.250") };
const pressed = (key: string, at: string, shiftKey = false) =>
  momentAfter({ key, shiftKey }, clock(at), reach);

describe("moving over time by keyboard", () => {
  it.each([
    ["ArrowRight", "10:21:40", "10:21:41"],
    ["ArrowUp", "10:21:40", "10:21:41"],
    ["ArrowLeft", "10:21:40", "10:21:39"],
    ["ArrowDown", "10:21:40", "10:21:39"],
    ["PageUp", "10:21:40", "10:26:40"],
    ["PageDown", "10:21:40", "10:16:40"],
    ["Home", "10:21:40", "10:00:01"],
    ["End", "10:21:40", "10:42:10.250"],
  ])("%s leads from %s", (key, from, to) => {
    expect(pressed(key, from)).toBe(clock(to));
  });

  it("moves by minutes with shift, and back from now to the last full second", () => {
    expect(pressed("ArrowRight", "10:21:40", true)).toBe(clock("10:22:40"));
    expect(pressed("ArrowLeft", "10:21:40", true)).toBe(clock("10:20:40"));
    expect(pressed("ArrowLeft", "10:42:10.250")).toBe(clock("10:42:10"));
  });

  it("stops at the first full second, and at now", () => {
    expect(pressed("PageDown", "10:02:00")).toBe(clock("10:00:01"));
    expect(pressed("PageUp", "10:40:00")).toBe(reach.until);
    expect(pressed("Enter", "10:40:00")).toBeNull();
  });

  it("is at a full second within reach for any position of the pointer", () => {
    const axis = { from: reach.from, to: clock("10:45") };
    fc.assert(
      fc.property(fc.double({ min: -2, max: 3, noNaN: true }), (share) => {
        const at = momentAt(share, axis, reach);
        expect(at).toBeGreaterThanOrEqual(reach.from);
        expect(at).toBeLessThanOrEqual(reach.until);
        expect(at % 1000 === 0 || at === reach.until).toBe(true);
      }),
    );
    expect(momentAt(0.5, axis, reach)).toBe(clock("10:22:30"));
  });

  it("goes from change to change", () => {
    const changes = ["10:00", "10:10", "10:20", "10:50"].map((time) => clock(time));
    expect(changeNextTo(changes, clock("10:10"), "after", reach)).toBe(clock("10:20"));
    expect(changeNextTo(changes, clock("10:10"), "before", reach)).toBe(clock("10:00"));
    expect(changeNextTo(changes, clock("10:00"), "before", reach)).toBeNull();
    expect(changeNextTo(changes, clock("10:20"), "after", reach), "not yet").toBeNull();
  });
});
