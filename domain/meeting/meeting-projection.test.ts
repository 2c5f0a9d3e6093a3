import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IdentityCorrected, MeetingEvent } from "#domain/event/event.ts";
import {
  NO_RETURNED_WAITS,
  type ReturnedWaits,
  waitKey,
} from "#domain/participant/room-context.ts";
import { type Rules, UNHEARD_MS } from "#domain/participant/rules.ts";
import {
  botRules,
  bySeveral,
  clock,
  histories,
  joins,
  knocks,
  leaves,
  minutes,
  rules,
} from "#domain/testing/history.ts";
import { projectMeeting } from "./meeting.ts";
import { MeetingProjection } from "./meeting-projection.ts";

const now = clock("13:00");
/** The same histories every run, so that a failing run is about the change; change it to look at others. */
const SEED = 20_261_121;
const kinds: {
  name: string;
  rules: Rules;
  bot: boolean;
  by?: typeof bySeveral;
}[] = [
  { name: "a room parted by gaps", rules, bot: false },
  { name: "a bot's meeting", rules: botRules, bot: true },
];

/** Corrections of the connections of `histories`. */
const identityCorrections: fc.Arbitrary<IdentityCorrected[]> = fc.array(
  fc.record({
    type: fc.constant("identity_ruled" as const),
    at: fc.constant(clock("10:00")),
    ruling: fc.constantFrom("r1", "r2", "r3"),
    verdict: fc.constantFrom("same", "different", "note_taker", "person", "undone"),
    participantIds: sessions(),
    apartFrom: sessions(),
    by: fc.constant("Grace"),
    ruledAt: fc.integer({ min: 0, max: 5 }).map((minute) => clock(`12:0${minute}`)),
  }),
  { maxLength: 3 },
);

function sessions(): fc.Arbitrary<string[]> {
  const session = fc.integer({ min: 0, max: 5 }).map((n) => `s${n}`);
  return fc.uniqueArray(session, { minLength: 1, maxLength: 3 });
}

/** A history in the order in which it arrives, and after how many events each projection is requested. */
function arrivals(
  bot: boolean,
  corrected: boolean,
  by: (all: fc.Arbitrary<MeetingEvent[]>) => fc.Arbitrary<MeetingEvent[]> = (all) => all,
): fc.Arbitrary<{ events: MeetingEvent[]; stops: number[] }> {
  return fc
    .tuple(
      by(histories({ bot, noteTakers: true, byHand: true })),
      corrected ? identityCorrections : fc.constant([]),
    )
    .chain(([events, corrections]) =>
      fc.shuffledSubarray([...events, ...corrections], {
        minLength: events.length + corrections.length,
      }),
    )
    .chain((events) =>
      fc.record({
        events: fc.constant(events),
        stops: fc.array(fc.nat(events.length), { maxLength: 8 }),
      }),
    );
}

function everyWaitOf(events: readonly MeetingEvent[]): ReturnedWaits {
  return new Set(
    events.flatMap((event) =>
      event.type === "knocked" ? waitKey(event.participantId, event.at) : [],
    ),
  );
}

describe.each([
  ...kinds,
  { name: "what several bots saw", rules: botRules, bot: true, by: bySeveral },
])("the projection of $name", ({ rules, bot, by }) => {
  it("equals a projection from all events, after every batch", () => {
    fc.assert(
      fc.property(arrivals(bot, true, by), ({ events, stops }) => {
        const projection = new MeetingProjection();
        for (const stop of [...stops.toSorted((a, b) => a - b), events.length]) {
          const received = events.slice(0, stop);
          expect(projection.project(received, rules, now)).toEqual(
            projectMeeting(received, rules, now),
          );
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it("equals it whatever was requested before: fewer events, another grace, another time", () => {
    const asked = fc.record({
      share: fc.constantFrom(0, 0.5, 0.8, 1, 1, 1, 1),
      graceMs: fc.constantFrom(0, 30_000, 600_000),
      now: fc.constantFrom("10:30", "12:00", "14:10", "16:00", "23:30").map(clock),
      cameBack: fc.boolean(),
      overtakenAt: fc.constantFrom(null, null, clock("12:30"), clock("13:00")),
    });
    fc.assert(
      fc.property(
        arrivals(bot, true),
        fc.array(asked, { maxLength: 8 }),
        ({ events }, questions) => {
          const projection = new MeetingProjection();
          for (const { share, graceMs, now, cameBack, overtakenAt } of questions) {
            const received = events.slice(0, Math.round(share * events.length));
            const returned = cameBack ? everyWaitOf(received) : NO_RETURNED_WAITS;
            const elsewhere = { returned, overtakenAt };
            const asked = [received, { ...rules, graceMs }, now, elsewhere] as const;
            expect(projection.project(...asked)).toEqual(projectMeeting(...asked));
          }
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
  });

  it("equals it when only the rules change", () => {
    const others = fc.record({
      graceMs: fc.constantFrom(0, 600_000),
      meetings: fc.constantFrom<Rules["meetings"]>("by_gap", "one_per_room"),
      silenceMs: fc.constantFrom(rules.silenceMs, null),
    });
    const times = fc.constantFrom(now, now + UNHEARD_MS);
    fc.assert(
      fc.property(
        arrivals(bot, true),
        fc.array(others, { minLength: 2, maxLength: 5 }),
        times,
        ({ events }, changes, at) => {
          const projection = new MeetingProjection();
          for (const change of changes) {
            const changed = { ...rules, ...change };
            expect(projection.project(events, changed, at)).toEqual(
              projectMeeting(events, changed, at),
            );
          }
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("leaves every person without new events the same object", () => {
    let unchanged = 0;
    fc.assert(
      fc.property(arrivals(bot, false), ({ events, stops }) => {
        const projection = new MeetingProjection();
        let before = projection.project([], rules, now);
        let receivedCount = 0;
        for (const stop of [...stops.toSorted((a, b) => a - b), events.length]) {
          const batch = events.slice(receivedCount, stop);
          receivedCount = stop;
          const after = projection.project(events.slice(0, stop), rules, now);
          const changesAll = batch.some((event) => !("participantId" in event));
          const touched = new Set(
            batch.map((event) => "participantId" in event && event.participantId),
          );
          for (const person of changesAll ? [] : after.people) {
            if (person.participantIds.some((id) => touched.has(id))) continue;
            const was = before.people.find(({ id }) => id === person.id);
            if (was === undefined || `${was.participantIds}` !== `${person.participantIds}`)
              continue;
            expect(person).toBe(was);
            unchanged += 1;
          }
          before = after;
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
    expect(unchanged).toBeGreaterThan(100);
  });
});

describe("the projection", () => {
  it("leaves others the same objects while a person comes, waits and goes", () => {
    const projection = new MeetingProjection();
    const events = minutes(
      ["10:00", joins("Ada")],
      ["10:01", joins("iPhone", { session: "1" })],
      ["10:02", joins("iPhone", { session: "2" })],
      ["10:03", knocks("Bo")],
      ["10:04", joins("Bo")],
      ["10:05", leaves("iPhone", { session: "2" })],
    );
    const [ada, phone] = projection.project(events.slice(0, 3), rules, now).people;
    const later = projection.project(events, rules, now);
    expect(later.people.map(({ name }) => name)).toEqual(["Ada", "iPhone", "iPhone", "Bo"]);
    expect(later.people[0]).toBe(ada);
    expect(later.people[1]).toBe(phone);
    expect(later.people[2]?.status).toBe("left");
  });
});
