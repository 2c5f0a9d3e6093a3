import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clock } from "#domain/testing/history.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import {
  type Announcing,
  announce,
  announceHappenings,
  announceState,
  beginAnnouncing,
  dueAt,
  GATHERED_FOR_MS,
  INTERVAL_MS,
  type Looking,
} from "./announcing.ts";
import type { Happening } from "./wire.ts";

const TEN = clock("10:00");
const FLOOR: Looking = { kind: "floor" };

type What = "joined" | "waiting" | "admitted" | "left_before_admitted" | "left";

function happening(name: string, kind: What, at: Ms, meeting = "Town hall"): Happening {
  const what: Record<What, Happening["what"]> = {
    joined: { kind: "joined" },
    waiting: { kind: "waiting" },
    admitted: { kind: "admitted", waited_ms: 1 },
    left_before_admitted: { kind: "left_before_admitted", waited_ms: 1, short: false },
    left: { kind: "left", attended_ms: 1 },
  };
  return {
    id: `${meeting} ${name} ${kind}`,
    meeting_id: meeting,
    meeting,
    at: toWireTime(at),
    person_id: name,
    name,
    what: what[kind],
  };
}

/** The announcement of these happenings on a page that was open before. */
function announced(happened: readonly Happening[], looking = FLOOR): string | null {
  const gathered = announceHappenings(
    beginAnnouncing([], {}, TEN - 900_000),
    happened,
    looking,
    TEN,
  );
  return announce(gathered, TEN + GATHERED_FOR_MS).words;
}

describe("an announcement", () => {
  it("gathers joins within a moment into one sentence", () => {
    const people = ["Ada Lovelace", "Ben", "Cy", "Di"];
    expect(announced([happening("Ada Lovelace", "joined", TEN)])).toBe(
      "Ada Lovelace joined Town hall.",
    );
    expect(announced(people.slice(0, 2).map((name) => happening(name, "joined", TEN)))).toBe(
      "Ada Lovelace and Ben joined Town hall.",
    );
    expect(announced(people.map((name, n) => happening(name, "joined", TEN + n)))).toBe(
      "Ada Lovelace and 3 others joined Town hall.",
    );
  });

  it("names people who wait before people who came", () => {
    expect(
      announced([
        happening("Ada", "joined", TEN),
        happening("Ben", "admitted", TEN + 1),
        happening("Cy", "waiting", TEN + 2),
        happening("Di", "left_before_admitted", TEN + 3),
      ]),
    ).toBe(
      "Di gave up waiting for Town hall. Cy is waiting for Town hall. Ben was admitted to Town hall. Ada joined Town hall.",
    );
  });

  it("on a meeting's page names its joins, and every wait", () => {
    const happened = [
      happening("Ada", "joined", TEN, "Town hall"),
      happening("Ben", "joined", TEN, "Intake"),
      happening("Cy", "waiting", TEN, "Intake"),
    ];
    expect(announced(happened, { kind: "meeting", id: "Town hall" })).toBe(
      "Cy is waiting for Intake. Ada joined Town hall.",
    );
    expect(announced(happened, { kind: "other" })).toBe("Cy is waiting for Intake.");
  });

  it("counts the meetings it cannot name", () => {
    const rooms = ["A", "B", "C", "D"];
    const lost = rooms.map((room) => happening("Ada", "left_before_admitted", TEN, room));
    expect(announced(lost)).toBe(
      "Ada gave up waiting for A. Ada gave up waiting for B. 2 people gave up waiting for 2 other meetings.",
    );
  });

  it("leaves out a wait that was admitted meanwhile", () => {
    const happened = [happening("Ada", "waiting", TEN), happening("Ada", "admitted", TEN + 9)];
    expect(announced(happened)).toBe("Ada was admitted to Town hall.");
  });

  it("leaves out what was there before, and what is long over", () => {
    const seen = [happening("Ada", "joined", TEN)];
    const opened = beginAnnouncing(seen, {}, TEN - 900_000);
    expect(announceHappenings(opened, seen, FLOOR, TEN)).toBe(opened);
    expect(announced([happening("Ada", "joined", TEN - 600_000)])).toBeNull();
    expect(announced([happening("Ada", "left_before_admitted", TEN - 600_000)])).not.toBeNull();
  });

  it("leaves out what had happened when the page was opened, also where it arrives later", () => {
    const opened = beginAnnouncing([], {}, TEN);
    const before = announceHappenings(
      opened,
      [happening("Ada", "waiting", TEN - 60_000)],
      FLOOR,
      TEN,
    );
    expect(announce(before, TEN + GATHERED_FOR_MS).words).toBeNull();
    const late = announceHappenings(before, [happening("Bo", "waiting", TEN - 5_000)], FLOOR, TEN);
    expect(announce(late, TEN + GATHERED_FOR_MS).words).toBe("Bo is waiting for Town hall.");
  });

  it("names a state once, and not at all where it is over before the announcement", () => {
    const opened = beginAnnouncing([], { connection: "Live." }, TEN - 900_000);
    const lost = announceState(opened, "connection", "Stale.", TEN);
    expect(announce(lost, TEN + GATHERED_FOR_MS).words).toBe("Stale.");
    const back = announceState(lost, "connection", "Live.", TEN + 1);
    expect(dueAt(back)).toBeNull();
    expect(announceState(lost, "connection", "Stale.", TEN + 1)).toBe(lost);
  });

  it("leaves out a state that is not certain any more, and names it once it is certain again", () => {
    const opened = beginAnnouncing([], { connection: "Stale." }, TEN - 900_000);
    const back = announceState(opened, "connection", "Live.", TEN);
    const unsure = announceState(back, "connection", null, TEN + 1);
    expect(dueAt(unsure)).toBeNull();
    const still = announceState(unsure, "connection", "Stale.", TEN + 2);
    expect(dueAt(still), "nothing else was said since").toBeNull();
    const again = announceState(unsure, "connection", "Live.", TEN + 2);
    expect(announce(again, TEN + 2 + GATHERED_FOR_MS).words).toBe("Live.");
  });
});

describe("the laws of announcing", () => {
  const KINDS: What[] = ["joined", "waiting", "admitted", "left_before_admitted", "left"];
  const step = fc.record({
    kind: fc.constantFrom(...KINDS),
    room: fc.constantFrom("A", "B", "C", "D", "E"),
    afterMs: fc.nat(6_000),
    again: fc.boolean(),
    state: fc.option(fc.constantFrom("Live.", "Stale.", null), { nil: undefined }),
  });

  it("never two within an interval, nothing twice, and everyone who gave up", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let announcing: Announcing = beginAnnouncing([], { connection: "Live." }, TEN - 900_000);
        let now = TEN;
        const announcements: { at: Ms; words: string }[] = [];
        const past: Happening[] = [];
        const speak = (at: Ms) => {
          const { next, words } = announce(announcing, at);
          announcing = next;
          if (words !== null) announcements.push({ at, words });
        };
        for (const [n, { kind, room, afterMs, again, state }] of steps.entries()) {
          now += afterMs;
          past.push(happening(`P${n}x`, kind, now, room));
          announcing = announceHappenings(announcing, past.slice(again ? 0 : -1), FLOOR, now);
          if (state !== undefined) announcing = announceState(announcing, "connection", state, now);
          speak(now);
        }
        speak(now + INTERVAL_MS + GATHERED_FOR_MS);
        speak(now + 3 * INTERVAL_MS);

        for (const [index, { at }] of announcements.entries()) {
          const before = announcements[index - 1];
          if (before !== undefined) expect(at - before.at).toBeGreaterThanOrEqual(INTERVAL_MS);
        }
        const all = announcements.map(({ words }) => words).join(" ");
        for (const [n, { kind }] of steps.entries()) {
          expect(all.split(`P${n}x`).length - 1, kind).toBeLessThanOrEqual(1);
        }
        expect(countOf(all, "gave up waiting for")).toBe(
          steps.filter(({ kind }) => kind === "left_before_admitted").length,
        );
        expect(countOf(all, "(?:was|were) admitted to")).toBe(
          steps.filter(({ kind }) => kind === "admitted").length,
        );
        expect(all).not.toMatch(/(Stale|Live)\.(?:(?!Stale|Live).)*\1\./);
        expect(dueAt(announcing)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});

/** How many people it named. */
function countOf(all: string, verb: string): number {
  let count = 0;
  for (const [, who = ""] of all.matchAll(new RegExp(`([^.]*?) ${verb} `, "g"))) {
    const others = /and (\d+) others$/.exec(who)?.[1];
    const people = /^\s*(\d+) people$/.exec(who)?.[1];
    if (people !== undefined) count += Number(people);
    else if (others !== undefined) count += 1 + Number(others);
    else count += who.includes(" and ") ? 2 : 1;
  }
  return count;
}
