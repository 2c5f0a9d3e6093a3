import { expect, test } from "vitest";
import { clock } from "#domain/testing/history.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { ACT_KINDS } from "./act-kind.ts";
import { isReported, REPORTED_WITHIN_MS, SAID_FOR_MS, stateOfAsked } from "./asked-act.ts";

const ASKED = clock("10:00");

test("what is not reported in time is said to be late for a while, and then no more", () => {
  for (const act of ACT_KINDS) {
    const asked = { act, asked_at: toWireTime(ASKED), failed_at: null };
    const due = ASKED + REPORTED_WITHIN_MS[act];
    expect(stateOfAsked(asked, ASKED)).toBe("asked");
    expect(stateOfAsked(asked, due - 1)).toBe("asked");
    expect(stateOfAsked(asked, due)).toBe("unreported");
    expect(stateOfAsked(asked, due + SAID_FOR_MS - 1)).toBe("unreported");
    expect(stateOfAsked(asked, due + SAID_FOR_MS)).toBe("over");
  }
});

test("what failed is said for a while, however long it was asked before", () => {
  const failed = { act: "eject", asked_at: toWireTime(ASKED) } as const;
  const failed_at = toWireTime(ASKED + 15_000);
  expect(stateOfAsked({ ...failed, failed_at }, ASKED + 15_000)).toBe("failed");
  expect(stateOfAsked({ ...failed, failed_at }, ASKED + 15_000 + SAID_FOR_MS)).toBe("over");
});

test("each act is reported by what it was asked for, and by nothing else", () => {
  const nothing = { isStillIn: true, isJoined: false, isHostJoined: false };
  for (const act of ACT_KINDS) expect(isReported(act, nothing)).toBe(false);
  expect(isReported("eject", { ...nothing, isStillIn: false })).toBe(true);
  expect(isReported("eject", { ...nothing, isJoined: true, isHostJoined: true })).toBe(false);
  expect(isReported("admit_all", { ...nothing, isJoined: true })).toBe(true);
  expect(isReported("open_as_host", { ...nothing, isJoined: true })).toBe(false);
  expect(isReported("open_as_host", { ...nothing, isHostJoined: true })).toBe(true);
});
