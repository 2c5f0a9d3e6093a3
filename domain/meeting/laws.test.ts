import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAboutParticipant, type MeetingEvent } from "#domain/event/event.ts";
import { foldName } from "#domain/identity/name.ts";
import { isNoteTakerName } from "#domain/identity/note-taker.ts";
import { closingsOf } from "#domain/participant/closing.ts";
import { NO_RETURNED_WAITS } from "#domain/participant/room-context.ts";
import { botRules, clock, histories, rules } from "#domain/testing/history.ts";
import { lengthMs } from "#domain/time/interval.ts";
import type { Ms } from "#domain/time/ms.ts";
import { applyIncrementally } from "./apply-incrementally.ts";
import { type MeetingView, projectMeeting } from "./meeting.ts";
import { countAt } from "./occupancy.ts";
import { attendedMs, projectPeople } from "./person-view.ts";
import { partMeetings } from "./room.ts";
import { EMPTY_TALLY, type MeetingTally, meetingTallyOf } from "./tally.ts";
import { unresolvedUntil } from "./wait-deadlines.ts";

/** When everything is long over, and while some of it still goes on. */
const MOMENTS = { "that day": clock("13:00"), "a day later": clock("37:00") };
/** The same histories every run, so that a failing run is about the change; change it to look at others. */
const SEED = 20_261_121;
const kinds = Object.entries(MOMENTS).flatMap(([when, now]) => [
  { name: `a room parted by gaps, ${when}`, rules, bot: false, now },
  { name: `a bot's meeting, ${when}`, rules: botRules, bot: true, now },
]);

describe.each(kinds)("the projection of $name", ({ rules, bot, now }) => {
  it("does not depend on order or repetition", () => {
    fc.assert(
      fc.property(
        histories({ bot, noteTakers: true, byHand: true }).chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 }),
          ),
        ),
        ([events, shuffled]) => {
          const views = partMeetings(events, rules, now).map((m) => projectMeeting(m, rules, now));
          const again = partMeetings(shuffled, rules, now).map((m) =>
            projectMeeting(m, rules, now),
          );
          expect(again).toEqual(views);
        },
      ),
      { seed: SEED, numRuns: 400 },
    );
  });

  it("puts every event in exactly one meeting, earliest first", () => {
    fc.assert(
      fc.property(histories({ bot, byHand: true }), (events) => {
        const parts = partMeetings(events, rules, now);
        expect(parts.flat()).toHaveLength(events.length);
        expect(new Set(parts.flat())).toEqual(new Set(events));
      }),
    );
  });

  it("never counts more than the meeting, never less than nothing, and never a note-taker", () => {
    fc.assert(
      fc.property(histories({ bot, noteTakers: true, byHand: true }), (events) => {
        for (const part of partMeetings(events, rules, now)) {
          const meeting = projectMeeting(part, rules, now);
          const takers = meeting.noteTakers.flatMap(({ participantIds }) => participantIds);
          expect(meeting.noteTakers.every(({ name }) => isNoteTakerName(name))).toBe(true);
          expect(meeting.people.some(({ name }) => isNoteTakerName(name))).toBe(false);
          // A note-taker that comes or goes shows that the observer is still there.
          const withoutSilence = { ...rules, silenceMs: null };
          const reported = part.filter(({ type }) => type !== "observer_ruled");
          const without = reported.filter((event) => !isOfAny(event, takers));
          const [all, people] = [reported, without].map((some) =>
            projectMeeting(some, withoutSilence, now),
          );
          if (all && people) expect(numbersOf(people)).toEqual(numbersOf(all));
          const length = (meeting.endedAt ?? now) - (meeting.startedAt ?? now);
          for (const person of meeting.people) {
            const attended = attendedMs(person, now);
            expect(attended).toBeGreaterThanOrEqual(0);
            if (person.visits.length > 0) expect(attended).toBeLessThanOrEqual(length);
            expect(lengthMs(person.presence, now)).toBeLessThanOrEqual(attended);
            const begun = person.waits.map((wait) => `${wait.participantId} ${wait.startedAt}`);
            expect(new Set(begun).size).toBe(begun.length);
            for (const wait of person.waits) {
              expect((wait.endedAt ?? now) - wait.startedAt).toBeGreaterThanOrEqual(0);
              expect(wait.endedAt === null).toBe(wait.outcome === "waiting");
            }
          }
          expect(meeting.presentCount).toBe(countAt(meeting.steps, Infinity));
          expect(meeting.steps.every(({ count }) => count >= 0)).toBe(true);
        }
      }),
    );
  });

  it.each([
    { with: "people alone", noteTakers: false },
    { with: "note-takers among them", noteTakers: true },
    { with: "some put away by hand", noteTakers: false, byHand: true },
  ])(
    "applies incrementally by the touched people to what the rebuild gives, or declines: $with",
    ({ noteTakers, byHand = false }) => {
      let advanced = 0;
      fc.assert(
        fc.property(
          histories({ bot, noteTakers, byHand }),
          fc.integer({ min: 1, max: 4 }),
          fc.boolean(),
          (events, size, sorted) => {
            const order = sorted ? events.toSorted((a, b) => a.at - b.at) : events;
            let existing: MeetingEvent[] = [];
            // As the read model stores it: moved from step to step, and rebuilt only where that is not
            // enough.
            let tally: MeetingTally = EMPTY_TALLY;
            for (let from = 0; from < order.length; from += size) {
              const batch = order.slice(from, from + size);
              const next = [...existing, ...batch];
              const before = partMeetings(existing, rules, now);
              const after = partMeetings(next, rules, now);
              const current = before.at(-1) ?? [];
              const earlier = before.slice(0, -1).flatMap((part) => {
                const { people, noteTakers } = projectMeeting(part, rules, now);
                return [...people, ...noteTakers];
              });
              const until = unresolvedUntil(earlier, { latest: false });
              const unresolved = batch.some(({ at }) => at <= (until ?? 0));
              const moved = unresolved ? null : step(current, batch, rules, tally, now);
              if (moved !== null) {
                advanced += 1;
                expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
                const whole = after.at(-1) ?? [];
                expect(new Set(whole)).toEqual(new Set([...current, ...batch]));
                const { staleAt, recent: _, ...expected } = projected(whole, rules, now);
                expect(moved).toMatchObject(expected);
                // It may be projected again too early, never too late.
                if (staleAt !== null) expect(moved.staleAt).toBeLessThanOrEqual(staleAt);
              }
              tally = moved ?? projected(after.at(-1) ?? [], rules, now);
              existing = next;
            }
          },
        ),
        { seed: SEED, numRuns: 400 },
      );
      // A bot that is silent for so long makes every delivery rebuild the meeting.
      expect(advanced).toBeGreaterThan(
        now - clock("12:00") > (rules.silenceMs ?? Infinity) ? -1 : 100,
      );
    },
  );
});

function isOfAny(event: MeetingEvent, participantIds: readonly string[]): boolean {
  return isAboutParticipant(event) && participantIds.includes(event.participantId);
}

/** The numbers of a meeting that follow from its people and must not depend on anything else. */
function numbersOf({ people, presentCount, waitingCount, steps, peak, ...view }: MeetingView) {
  const { startedAt, endedAt, endedBy, status } = view;
  return { people, presentCount, waitingCount, steps, peak, startedAt, endedAt, endedBy, status };
}

/** One batch as the recorder applies it: only the touched people are read, and projected twice. */
function step(
  current: MeetingEvent[],
  batch: MeetingEvent[],
  rules: typeof botRules,
  tally: MeetingTally,
  now: Ms,
) {
  const everybody = [...current, ...batch].filter(isAboutParticipant);
  const { observedFrom } = tally.frame;
  const closings = closingsOf(current, rules, now);
  const people = projectPeople(
    current,
    { closings, observedFrom, returned: NO_RETURNED_WAITS, rules },
    now,
  );
  const touched = new Set(batch.filter(isAboutParticipant).map((event) => event.participantId));
  const names = new Set<string | null>();
  const users = new Set<string | null>();
  for (const event of everybody) {
    if (!touched.has(event.participantId)) continue;
    names.add(foldName(event.name));
    users.add(event.userId);
  }
  const wanted = new Set(touched);
  for (const person of people) {
    const isTouched = person.participantIds.some((id) => touched.has(id));
    const signedIn = person.userId !== null && users.has(person.userId);
    if (isTouched || signedIn) names.add(foldName(person.name));
  }
  for (const person of people) {
    const isOwn = person.participantIds.some((id) => touched.has(id));
    if (isOwn || names.has(foldName(person.name)) || (person.userId && users.has(person.userId))) {
      for (const id of person.participantIds) wanted.add(id);
    }
  }
  const old = current.filter(
    (event) => isAboutParticipant(event) && wanted.has(event.participantId),
  );
  const setting = { closings: [], observedFrom, returned: NO_RETURNED_WAITS, rules };
  const was = projectPeople(old, setting, now);
  const is = projectPeople([...old, ...batch], setting, now);
  return applyIncrementally(tally, was, is, { existing: old, arrived: batch }, rules, now);
}

function projected(events: MeetingEvent[], rules: typeof botRules, now: Ms): MeetingTally {
  return events.length === 0 ? EMPTY_TALLY : meetingTallyOf(events, rules, now).tally;
}
