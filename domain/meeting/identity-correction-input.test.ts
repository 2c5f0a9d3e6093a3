import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { IdentityCorrection } from "#domain/identity/identity-correction.ts";
import { identify } from "#domain/identity/people.ts";
import type { Participant } from "#domain/participant/participant.ts";
import { NO_ROOM_CONTEXT } from "#domain/participant/room-context.ts";
import { clock, histories, joins, leaves, rules } from "#domain/testing/history.ts";
import { meetingOfLines, person, span } from "#domain/testing/projected.ts";
import { lengthMs } from "#domain/time/interval.ts";
import {
  asAllDifferent,
  asDifferentFrom,
  asSamePerson,
  type IdentityCorrectionInput,
  MOST_NAMED,
  previewAsOne,
} from "./identity-correction-input.ts";
import { projectMeeting } from "./meeting.ts";
import { unknownMs } from "./person-view.ts";

const NOW = clock("13:00");
const SILENT = { own: [], ofMeeting: [], last: null };

/** Guests of one name, after each other. */
const guests = (count: number): Participant[] =>
  Array.from({ length: count }, (_, n) => {
    const at = clock("10:00") + n * 60_000;
    const id = `c${String(n).padStart(4, "0")}`;
    return {
      id,
      // Of more than a hundred guests of one name each is a person.
      userId: count > 100 ? "ada" : null,
      name: "Ada",
      visits: [
        { participantId: id, joinedAt: at, leftAt: at + 1000, start: "reported", end: "reported" },
      ],
      knocks: [],
      hostMarks: [],
      heardAt: at,
    };
  });

const correctionsOf = (inputs: readonly IdentityCorrectionInput[]): IdentityCorrection[] =>
  inputs.map((input, n) => ({ apartFrom: [], ...input, id: `r${n}`, by: "Mia", at: n }));

const idsOf = (people: readonly Participant[]) => people.map(({ id }) => id);

describe("an operator's input", () => {
  it.each([1, 2, 3, 4, 5, 17, 64, 420])("separates %i connections of one name", (count) => {
    const all = guests(count);
    expect(identify(all)).toHaveLength(1);
    const inputs = asAllDifferent(idsOf(all));
    expect(identify(all, correctionsOf(inputs))).toHaveLength(count);
    if (count <= MOST_NAMED) expect(inputs).toHaveLength(Math.ceil(Math.log2(count)));
    expect(inputs.every(isWithinBounds)).toBe(true);
  });

  it.each([2, 3, 250, 420])("separates one of %i connections, and leaves the others", (count) => {
    const all = guests(count);
    for (const index of [0, Math.floor(count / 2), count - 1]) {
      const [one = ""] = idsOf(all.slice(index, index + 1));
      const others = idsOf(all).filter((id) => id !== one);
      const inputs = asDifferentFrom(one, others);
      const people = identify(all, correctionsOf(inputs));
      expect(
        people.map(({ participants }) => participants.length).toSorted((a, b) => a - b),
      ).toEqual([1, count - 1].toSorted((a, b) => a - b));
      expect(inputs.every(isWithinBounds)).toBe(true);
    }
  });

  it("joins two people, however many connections they have", () => {
    const [ada, eve] = [
      guests(300),
      guests(3).map((guest) => ({ ...guest, id: `e${guest.id}`, name: "Eve" })),
    ];
    const [a, b] = [{ participantIds: idsOf(ada) }, { participantIds: idsOf(eve) }];
    const base = person(meetingOfLines(["10:00", joins("Ada")]), "Ada");
    const input = asSamePerson([
      { ...base, ...a },
      { ...base, ...b },
    ]);
    expect(isWithinBounds(input)).toBe(true);
    expect(identify([...ada, ...eve], correctionsOf([input]))).toHaveLength(1);
  });
});

describe("two people as one", () => {
  it("attended once where both were there at the same time", () => {
    const view = meetingOfLines(
      ["10:00", joins("Ada", { session: "laptop", user: "ada" })],
      ["10:20", joins("Ada’s phone", { session: "phone" })],
      ["10:30", leaves("Ada", { session: "laptop", user: "ada" })],
      ["10:40", leaves("Ada’s phone", { session: "phone" })],
    );
    const both = previewAsOne(view.people, SILENT, { rules, elsewhere: NO_ROOM_CONTEXT }, NOW);
    expect(both).toMatchObject({ id: "u:ada", name: "Ada", identifiedBy: "operator" });
    expect(both?.attended.map(({ from, to }) => span(from, to))).toEqual(["10:00:00–10:40:00"]);
  });

  it("attended at least as long as either, with what is not known, whoever they are", () => {
    fc.assert(
      fc.property(histories(), (events) => {
        const { people } = projectMeeting(events, rules, NOW);
        const [a, b] = people;
        if (a === undefined || b === undefined) return;
        // A new connection under a name that is still in makes the older one's presence uncertain.
        if ([a, b].some(({ status }) => status === "present")) return;
        const both = previewAsOne([a, b], SILENT, { rules, elsewhere: NO_ROOM_CONTEXT }, NOW);
        const [one, other, all] = [a, b, both ?? a].map(
          (person) => lengthMs(person.attended, NOW) + unknownMs(person, rules.graceMs),
        );
        expect(both?.participantIds.length).toBe(a.participantIds.length + b.participantIds.length);
        expect(all).toBeGreaterThanOrEqual(Math.max(one ?? 0, other ?? 0));
      }),
    );
  });
});

function isWithinBounds(input: IdentityCorrectionInput): boolean {
  const named = input.verdict === "different" ? input.apartFrom : [];
  return input.participantIds.length <= MOST_NAMED && named.length <= MOST_NAMED;
}
