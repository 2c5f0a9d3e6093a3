import { expect, test } from "vitest";
import type { RefusedReason } from "#domain/live/recording.ts";
import { type RefusalCircumstances, refusalHint } from "./refused.ts";

const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 20, hour, minute);
const clock = (moment: number) => new Date(moment).toISOString().slice(11, 16);
const UNKNOWN: RefusalCircumstances = { takenAt: null, secretAt: null, pausedAt: null };

function hint(
  reason: RefusedReason,
  about: Partial<RefusalCircumstances> = {},
  overAt: number | null = null,
): string {
  return refusalHint({ reason, since: at(10, 2), overAt, about: { ...UNKNOWN, ...about } }, clock);
}

test("a secret that was rotated there is told from one that was replaced here, or never entered", () => {
  expect(hint("signature_mismatch", { takenAt: at(10), secretAt: at(2) })).toBe(
    "Signed with another secret since 10:02; was it rotated there?",
  );
  expect(hint("signature_mismatch", { takenAt: at(9), secretAt: at(10) })).toBe(
    "The source has another secret since 10:00: was it entered there?",
  );
  expect(hint("signature_mismatch", { secretAt: at(2) })).toContain("Nothing ever came");
  expect(hint("signature_mismatch", { takenAt: at(11), secretAt: at(2) })).toContain(
    "does another account send here too?",
  );
});

test("what is over says from when to when it was", () => {
  expect(hint("signature_mismatch", { takenAt: at(11) }, at(10, 30))).toBe(
    "Signed with another secret from 10:02 to 10:30, and rightly since then.",
  );
});

test("a pause says since when it is one", () => {
  expect(hint("paused", { pausedAt: at(8) })).toContain("Paused here since 08:00");
});

test("every reason has a hint that says since when, or that it was never otherwise", () => {
  const reasons: RefusedReason[] = [
    ...(["signature_missing", "timestamp_missing", "timestamp_outside_tolerance"] as const),
    ...(["too_large", "unfinished", "overloaded", "secret_unreadable"] as const),
    ...(["not_stored", "unknown_source"] as const),
  ];
  for (const reason of reasons) {
    expect(hint(reason, { takenAt: at(10) }), reason).toMatch(/since 10:02.*\?$/);
  }
});
