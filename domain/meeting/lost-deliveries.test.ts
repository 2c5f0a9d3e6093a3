import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MeetingEvent } from "#domain/event/event.ts";
import { NO_RETURNED_WAITS } from "#domain/participant/room-context.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { clock, rules } from "#domain/testing/history.ts";
import { type TrueHistory, type TrueStay, trueHistories } from "#domain/testing/lost.ts";
import { lengthMs, union } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { surenessOf } from "./certainty.ts";
import { type MeetingView, projectMeeting } from "./meeting.ts";
import { attendedMs, type PersonView, unknownMs } from "./person-view.ts";
import { overtakings, partMeetings } from "./room.ts";

/*
 * The projection of a room of which any delivery may be lost, compared with what really happened there: a
 * number may be wrong, but then it is marked. `HISTORIES` asks for more of them than a usual run.
 */

const RUNS = Number(process.env["HISTORIES"] ?? 300);
/** Long after all events. */
const NOW = clock("600:00");

const kinds = [
  {
    name: "leaves that name their join, and the provider's meetings",
    anchored: true,
    bounds: true,
  },
  { name: "leaves that name their join", anchored: true, bounds: false },
  { name: "leaves alone", anchored: false, bounds: false },
].flatMap((kind) => [1, 10].map((lostPercent) => ({ ...kind, lostPercent })));

describe.each(kinds)("with $lostPercent % of the deliveries lost, of $name", (kind) => {
  it("no one's attended time is wrong without a mark", () => {
    fc.assert(
      fc.property(trueHistories(kind), (history) => {
        const people = projectRoom(history.heard, rules).flatMap((meeting) => meeting.people);
        for (const name of history.people) {
          if (isSeamLost(name, history)) continue;
          const views = people.filter((person) => person.name === name);
          const reportedStays = history.stays.filter(
            ({ person, sent }) => person === name && sent.some((e) => history.heard.includes(e)),
          );
          const attended = sum(views, (person) => attendedMs(person, NOW));
          const truth = trueLength(reportedStays, rules.graceMs);
          if (Math.abs(attended - truth) < 1) continue;
          expect(views.some(isMarked), `${name}: ${attended} instead of ${truth}`).toBe(true);
        }
      }),
      { seed: 20_261_128, numRuns: RUNS },
    );
  });

  it("no one has attended longer than until they were last heard of", () => {
    fc.assert(
      fc.property(trueHistories(kind), (history) => {
        const people = projectRoom(history.heard, rules).flatMap((meeting) => meeting.people);
        for (const name of history.people) {
          if (isSeamLost(name, history)) continue;
          const views = people.filter((person) => person.name === name);
          const all = history.stays.filter(({ person }) => person === name);
          const attended = sum(views, (person) => attendedMs(person, NOW));
          const grace = rules.graceMs * all.length;
          expect(attended).toBeLessThanOrEqual(trueLength(all, rules.graceMs) + grace);
          const atMost = attended + sum(views, (person) => unknownMs(person, rules.graceMs));
          expect(atMost).toBeGreaterThanOrEqual(attended);
        }
      }),
      { seed: 20_261_129, numRuns: RUNS },
    );
  });

  it("long after, no one is shown as in, nor as waiting", () => {
    fc.assert(
      fc.property(trueHistories(kind), ({ heard }) => {
        for (const meeting of projectRoom(heard, rules)) {
          expect(meeting).toMatchObject({ status: "ended", presentCount: 0, waitingCount: 0 });
        }
      }),
      { seed: 20_261_130, numRuns: RUNS },
    );
  });
});

function projectRoom(arrived: TrueHistory["heard"], lens: Rules): MeetingView[] {
  const parts: MeetingEvent[][] = partMeetings(arrived, lens, NOW);
  const overtaken = overtakings(parts);
  return parts.map((part, index) =>
    projectMeeting(part, lens, NOW, {
      returned: NO_RETURNED_WAITS,
      overtakenAt: overtaken[index] ?? null,
    }),
  );
}

/**
 * Whether of two stays of one connection the end of the first and the beginning of the second are both
 * lost, and the end of the second does not repeat when it began: what is left is one stay, and cannot be
 * known better.
 */
function isSeamLost(name: string, { stays, heard }: TrueHistory): boolean {
  const own = stays.filter(({ person }) => person === name).toSorted((a, b) => a.from - b.from);
  const sessions = Map.groupBy(own, ({ sent: [first] }) =>
    first && "participantId" in first ? first.participantId : "",
  );
  return [...sessions.values()].some((session) =>
    session.some(({ sent: [, left] }, index) => {
      const [joined, end] = session[index + 1]?.sent ?? [];
      const isAnchored = end?.type === "left" && end.joinedAt !== null;
      return joined && left && !isAnchored && !heard.includes(left) && !heard.includes(joined);
    }),
  );
}

/** Whether a person's times are marked as not wholly known. */
function isMarked({ visits }: PersonView): boolean {
  return surenessOf(visits).attended !== "exact";
}

function trueLength(stays: readonly TrueStay[], graceMs: Ms): Ms {
  return lengthMs(union(stays, graceMs), NOW);
}

function sum<T>(all: readonly T[], value: (one: T) => number): number {
  return all.reduce((total, one) => total + value(one), 0);
}
