import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clock } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import {
  CLAIM_LASTS_MS,
  claimOf,
  type DeskActor,
  type DeskDeed,
  FOLLOW_UPS,
  type Handling,
  handled,
  handlingAt,
  NO_HANDLING,
} from "./handling.ts";

const GRACE: DeskActor = { id: "member 1", name: "Grace" };
const LIN: DeskActor = { id: "member 2", name: "Lin" };
const OPEN = { endedAt: null };

function does(
  own: Handling,
  deed: DeskDeed,
  by: DeskActor,
  at: Ms,
  wait: { endedAt: Ms | null } = OPEN,
): Handling {
  const result = handled(deed, { own, others: [], wait }, by, at);
  if (!result.ok) throw new Error(`${result.heldBy.name} has it`);
  return result.own;
}

const CLAIM: DeskDeed = { kind: "claim" };

describe("a claim", () => {
  const ofGrace = does(NO_HANDLING, CLAIM, GRACE, clock("10:00"));

  it("is of one person: at one minute past, Lin is told that Grace has it since ten", () => {
    const setting = { own: ofGrace, others: [], wait: OPEN };
    expect(handled(CLAIM, setting, LIN, clock("10:01"))).toMatchObject({
      ok: false,
      heldBy: { name: "Grace", since: clock("10:00") },
    });
  });

  it("lapses ten minutes after its owner last did anything", () => {
    expect(claimOf([ofGrace], OPEN, clock("10:09:59"))?.name).toBe("Grace");
    expect(claimOf([ofGrace], OPEN, clock("10:10"))).toBeNull();
    const noted = does(ofGrace, { kind: "note", text: "on the phone" }, GRACE, clock("10:09"));
    expect(claimOf([noted], OPEN, clock("10:18"))).toMatchObject({ since: clock("10:00") });
    const byLin = does(ofGrace, { kind: "note", text: "hers" }, LIN, clock("10:09"));
    expect(claimOf([byLin], OPEN, clock("10:10"))).toBeNull();
  });

  it("is over with the wait, and can be made again to follow up", () => {
    const left = { endedAt: clock("10:05") };
    expect(claimOf([ofGrace], left, clock("10:06"))).toBeNull();
    const ofLin = does(ofGrace, CLAIM, LIN, clock("10:07"), left);
    expect(claimOf([ofLin], left, clock("10:08"))?.name).toBe("Lin");
  });

  it("can be given up, by whoever has it or somebody else at the end of their shift", () => {
    const free = does(ofGrace, { kind: "release" }, LIN, clock("10:02"));
    expect(claimOf([free], OPEN, clock("10:02"))).toBeNull();
    expect(claimOf([does(free, CLAIM, LIN, clock("10:03"))], OPEN, clock("10:04"))?.name).toBe(
      "Lin",
    );
  });
});

describe("a note and a follow-up", () => {
  it("are taken back, and it stays who did that", () => {
    const noted = does(NO_HANDLING, { kind: "note", text: "wheelchair" }, GRACE, clock("10:00"));
    const called = does(noted, { kind: "follow_up", outcome: "called" }, GRACE, clock("10:01"));
    const back = does(called, { kind: "note", text: null }, LIN, clock("10:02"));
    expect(handlingAt([back], OPEN, clock("10:03"))).toMatchObject({
      deskNote: null,
      deskNoteBy: "Lin",
      followUp: "called",
      followUpBy: "Grace",
    });
  });
});

const deed = fc.oneof(
  fc.constantFrom<DeskDeed>({ kind: "claim" }, { kind: "claim" }, { kind: "release" }),
  fc.constantFrom(...FOLLOW_UPS, null).map((outcome): DeskDeed => ({ kind: "follow_up", outcome })),
  fc.constantFrom("a", "b", null).map((text): DeskDeed => ({ kind: "note", text })),
);
const step = fc.record({
  deed,
  by: fc.constantFrom(GRACE, LIN, { id: "key 3", name: "Grace" }),
  afterMs: fc.integer({ min: 0, max: CLAIM_LASTS_MS + 60_000 }),
  /** Which of the knocks of the wait is taken to be its first. */
  knock: fc.integer({ min: 0, max: 2 }),
});

describe("whatever is done by whomever", () => {
  it("has one owner at most, who changes only when nobody was, or it was given up, lapsed or over", () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        fc.option(fc.integer({ min: 0, max: 60 * 60_000 }), { nil: null }),
        (steps, endsAt) => {
          let now = 0;
          const knocks: Handling[] = [NO_HANDLING, NO_HANDLING, NO_HANDLING];
          for (const { deed, by, afterMs, knock } of steps) {
            now += afterMs;
            const wait = { endedAt: endsAt !== null && endsAt <= now ? endsAt : null };
            const before = claimOf(knocks, wait, now);
            const own = knocks[knock] ?? NO_HANDLING;
            const others = knocks.filter((_, index) => index !== knock);
            const result = handled(deed, { own, others, wait }, by, now);
            if (result.ok) {
              for (const [index, one] of knocks.entries()) {
                if (result.others === "lose their claims") {
                  knocks[index] = { ...one, ...{ claimedBy: null, claimedById: null } };
                }
              }
              knocks[knock] = result.own;
            }
            const after = claimOf(knocks, wait, now);
            if (deed.kind === "claim") {
              expect(result.ok).toBe(before === null || before.id === by.id);
              expect(after?.id).toBe(result.ok ? by.id : before?.id);
            } else if (deed.kind === "release") expect(after).toBeNull();
            else expect(after?.id).toBe(before?.id);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("counts alike in whatever order what was entered of the knocks is read", () => {
    const entered = fc.array(
      fc.tuple(deed, fc.constantFrom(GRACE, LIN), fc.integer({ min: 0, max: 600_000 })),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(entered, { maxLength: 4 }), (all) => {
        const knocks = all.map((deeds) =>
          deeds
            .toSorted(([, , a], [, , b]) => a - b)
            .reduce((own, [one, by, at]) => {
              const result = handled(one, { own, others: [], wait: OPEN }, by, at);
              return result.ok ? result.own : own;
            }, NO_HANDLING),
        );
        const whole = handlingAt(knocks, OPEN, 600_000);
        const other = handlingAt(knocks.toReversed(), OPEN, 600_000);
        expect([other.claimedById, other.deskNoteAt, other.followUpAt]).toEqual([
          whole.claimedById,
          whole.deskNoteAt,
          whole.followUpAt,
        ]);
      }),
      { numRuns: 200 },
    );
  });
});
