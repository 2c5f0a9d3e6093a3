import fc from "fast-check";
import { expect, it } from "vitest";
import { surenessOf } from "#domain/meeting/certainty.ts";
import { hostHistoryOf } from "#domain/meeting/host-history.ts";
import { type MeetingView, projectMeeting } from "#domain/meeting/meeting.ts";
import { hostCover, timeToFirstHost, waitsOf } from "#domain/meeting/metrics.ts";
import { attendedMs, unknownMs } from "#domain/meeting/person-view.ts";
import { isEndEntered } from "#domain/meeting/wait.ts";
import { leftCountsOf } from "#domain/meetings/left-counts.ts";
import { botRules, clock, histories, rules } from "#domain/testing/history.ts";
import { axisOf, laneOf } from "#domain/timeline/timeline.ts";
import { countWaits } from "#domain/waits/wait-count.ts";
import { sharedViewOf, viewOfShared } from "./shared-meeting.ts";

const NOW = clock("12:30");
const AXIS = axisOf(clock("08:00"), clock("14:00"));
const { graceMs } = rules;

/** All that a page reckons of a meeting, without who is who. */
function reckoned(view: MeetingView) {
  const { people, noteTakers, status, startedAt, endedAt, firstAt, tipAt } = view;
  const history = hostHistoryOf(people, graceMs);
  return {
    ...{ status, startedAt, endedAt, firstAt, tipAt, steps: view.steps, peak: view.peak },
    ...{ present: view.presentCount, waiting: view.waitingCount },
    waits: countWaits(waitsOf(view), 120_000),
    left: leftCountsOf(people),
    cover: hostCover(people, graceMs),
    first: timeToFirstHost(people),
    hosts: history.stretches.map(({ person: _, ...period }) => period),
    handOvers: history.handOvers.map(({ at, gapMs }) => ({ at, gapMs })),
    lanes: [...people, ...noteTakers].map((person) => ({
      ...laneOf(person, AXIS),
      ...{ status: person.status, isHost: person.isHost, sure: surenessOf(person.visits) },
      ...{ attended: attendedMs(person, NOW), unknown: unknownMs(person, graceMs) },
      entered: person.waits.map(isEndEntered),
    })),
  };
}

it.each([
  { name: "a room parted by gaps", own: rules, bot: false },
  { name: "a bot's meeting", own: botRules, bot: true },
])("of $name a link shows every number that its own page shows", ({ own, bot }) => {
  fc.assert(
    fc.property(
      histories({ bot, noteTakers: true, byHand: true }),
      fc.boolean(),
      (events, masked) => {
        const view = projectMeeting(events, own, NOW);
        const shared = sharedViewOf(view, masked);
        expect(reckoned(viewOfShared(shared))).toEqual(reckoned(view));
        const ids = view.people.flatMap(({ userId }) => userId ?? []);
        const given = JSON.stringify({ ...shared, people: shared.people.map(withoutName) });
        for (const id of ids) expect(given).not.toContain(`"${id}"`);
      },
    ),
    { numRuns: 300 },
  );
});

function withoutName({ name: _, ...person }: { name: string | null }) {
  return person;
}
