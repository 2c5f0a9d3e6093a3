import fc from "fast-check";
import type { MeetingEvent } from "#domain/event/event.ts";
import type { Ms } from "#domain/time/ms.ts";
import { clock } from "./history.ts";

/** One stay as it really was, and what was delivered of it. */
export interface TrueStay {
  person: string;
  from: Ms;
  to: Ms;
  /** All events that were ever sent of it. */
  sent: readonly MeetingEvent[];
}

/** What really happened in a room, and which events arrived. */
export interface TrueHistory {
  people: readonly string[];
  stays: readonly TrueStay[];
  /** In the order in which it arrived. */
  heard: readonly MeetingEvent[];
}

interface Shape {
  /** How many of a hundred deliveries are lost. */
  lostPercent: number;
  /** A leave repeats its join's time, as one provider does and another does not. */
  anchored: boolean;
  /** The provider reports the start and the end of its meetings. */
  bounds: boolean;
}

/**
 * A room over some days: people with and without a user id come in, drop out and come back as another
 * connection or the same one, some by two devices. Any delivery may be lost, and they arrive in any order.
 */
export function trueHistories({ lostPercent, anchored, bounds }: Shape): fc.Arbitrary<TrueHistory> {
  const stay = fc.record({
    person: fc.integer({ min: 0, max: 4 }),
    pause: fc.oneof(
      fc.integer({ min: 5, max: 600 }),
      fc.integer({ min: 1, max: 40 }).map((n) => n * 1800),
    ),
    length: fc.oneof(fc.integer({ min: 5, max: 120 }), fc.integer({ min: 5, max: 5400 })),
    again: fc.boolean(),
    withPhone: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  });
  return fc
    .tuple(
      fc.array(stay, { minLength: 1, maxLength: 14 }),
      fc.infiniteStream(fc.noBias(fc.integer({ min: 0, max: 9_999 }))),
    )
    .map(([plan, dice]) => {
      const roll = () => dice.next().value ?? 0;
      const stays = staysOf(plan, anchored);
      const meetings = bounds ? meetingsOf(stays) : [];
      const sent = [...stays.flatMap((one) => one.sent), ...meetings];
      const arrived = sent
        .filter(() => roll() >= lostPercent * 100)
        .map((event) => ({ event, key: roll() }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ event }) => event);
      return { people: [...new Set(stays.map(({ person }) => person))], stays, heard: arrived };
    });
}

interface Planned {
  person: number;
  pause: number;
  length: number;
  again: boolean;
  withPhone: boolean;
}

const NAMES = ["Ada Vance", "Bo Lind", "Cy Marsh", "Di Roth", "Eve Stone"];

function staysOf(plan: readonly Planned[], anchored: boolean): TrueStay[] {
  const until = new Map<number, Ms>();
  const session = new Map<number, number>();
  return plan.flatMap(({ person, pause, length, again, withPhone }, index) => {
    const name = NAMES[person] ?? "";
    const userId = person < 3 ? `u${person}` : null;
    const from = (until.get(person) ?? clock("08:00") + person * 7_000) + pause * 1000;
    const to = from + length * 1000;
    until.set(person, to);
    if (!again) session.set(person, index);
    const own = `${person}-${session.get(person) ?? 0}`;
    const stay = (id: string, begin: Ms, end: Ms): TrueStay => {
      const who = { participantId: id, userId, name, isHost: null };
      return {
        person: name,
        from: begin,
        to: end,
        sent: [
          { type: "joined", at: begin, ...who },
          { type: "left", at: end, ...who, joinedAt: anchored ? begin : null },
        ],
      };
    };
    const second = withPhone && userId !== null && length > 10;
    return [
      stay(own, from, to),
      ...(second ? [stay(`${person}-phone-${index}`, from + 3000, to - 3000)] : []),
    ];
  });
}

/** A provider's meeting for each time in which anybody was in. */
function meetingsOf(stays: readonly TrueStay[]): MeetingEvent[] {
  const sorted = stays.toSorted((a, b) => a.from - b.from);
  const meetings: { from: Ms; to: Ms }[] = [];
  for (const { from, to } of sorted) {
    const last = meetings.at(-1);
    if (last !== undefined && from - last.to <= 20_000) last.to = Math.max(last.to, to);
    else meetings.push({ from, to });
  }
  return meetings.flatMap(({ from, to }, index): MeetingEvent[] => {
    const providerMeetingId = `m${index}`;
    return [
      { type: "meeting_started", at: from, providerMeetingId },
      { type: "meeting_ended", at: to, startedAt: from, providerMeetingId },
    ];
  });
}
