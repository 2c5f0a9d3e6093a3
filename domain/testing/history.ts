import fc from "fast-check";
import type { IdentityCorrected, MeetingEvent } from "#domain/event/event.ts";
import { isCorrection } from "#domain/meeting/tally.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { reportedBy } from "#domain/participant/watchers.ts";
import type { Ms } from "#domain/time/ms.ts";

/** Friday 20 November 2026, 00:00 UTC: the day of the tests' histories. */
const DAY = 1_795_132_800_000;

/** `10:02:11`, `10:02` or `10:02:11.250` on that day. */
export function clock(time: string): Ms {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  return DAY + Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000);
}

export const rules: Rules = {
  meetings: "by_gap",
  emptyGapMs: 120_000,
  graceMs: 30_000,
  silenceMs: 12 * 3_600_000,
  userIdsLast: true,
  noteTakers: [],
  roomTitles: [],
};

export const botRules: Rules = {
  ...rules,
  meetings: "one_per_room",
  userIdsLast: false,
};

export interface WhoDefaults {
  /** Defaults to the name. */
  session?: string;
  user?: string | null;
  host?: boolean | null;
}

type EventAt = (at: Ms) => MeetingEvent;

const about = (name: string | null, who: WhoDefaults) => ({
  participantId: who.session ?? name ?? "nobody",
  userId: who.user ?? null,
  name,
  isHost: who.host ?? null,
});

export const joins =
  (name: string | null, who: WhoDefaults = {}): EventAt =>
  (at) => ({
    type: "joined",
    at,
    ...about(name, who),
  });
export const leaves =
  (name: string | null, who: WhoDefaults & { joinedAt?: string } = {}): EventAt =>
  (at) => ({
    type: "left",
    at,
    ...about(name, who),
    joinedAt: who.joinedAt === undefined ? null : clock(who.joinedAt),
  });
/** A leave that was computed from the length of the visit. */
export const leavesByLength =
  (name: string | null, who: WhoDefaults & { joinedAt: string }): EventAt =>
  (at) => ({
    type: "left",
    at,
    ...about(name, who),
    joinedAt: clock(who.joinedAt),
    inferred: true,
  });
export const knocks =
  (name: string | null, who: WhoDefaults = {}): EventAt =>
  (at) => ({
    type: "knocked",
    at,
    ...about(name, who),
  });
export const stopsWaiting =
  (name: string | null, who: WhoDefaults & { since?: string } = {}): EventAt =>
  (at) => ({
    type: "stopped_waiting",
    at,
    ...about(name, who),
    startedAt: who.since === undefined ? null : clock(who.since),
  });
export const updates =
  (name: string | null, who: WhoDefaults): EventAt =>
  (at) => ({
    type: "updated",
    at,
    ...about(name, who),
  });
export const starts =
  (id: string | null = "m1"): EventAt =>
  (at) => ({
    type: "meeting_started",
    at,
    providerMeetingId: id,
  });
export const ends =
  (id: string | null = "m1", since: string | null = null): EventAt =>
  (at) => ({
    type: "meeting_ended",
    at,
    startedAt: since === null ? null : clock(since),
    providerMeetingId: id,
  });
export const botJoins: EventAt = (at) => ({ type: "observer_joined", at });
export const botLeaves: EventAt = (at) => ({ type: "observer_left", at, reason: "meeting_ended" });

/**
 * An operator's correction, entered at that time; recorded at 10:00, when everyone of these histories was
 * there.
 */
export const correctsIdentity =
  (
    verdict: IdentityCorrected["verdict"],
    participantIds: string[],
    { id = "r1", apartFrom = [] }: { id?: string; apartFrom?: string[] } = {},
  ): EventAt =>
  (ruledAt) => ({
    type: "identity_ruled",
    at: clock("10:00"),
    ruling: id,
    verdict,
    participantIds,
    apartFrom,
    by: "Mia",
    ruledAt,
  });

/**
 * An operator's correction that a connection is not there any more, entered at that time for what began at
 * `from`; with `since` the exact time of its leave.
 */
export const putsAway =
  (
    session: string,
    {
      id = "h1",
      from,
      since,
      undone = false,
    }: { id?: string; from: string; since?: string; undone?: boolean },
  ): EventAt =>
  (ruledAt) => ({
    type: "presence_ruled",
    at: clock(from),
    ...about(null, { session }),
    ruling: id,
    verdict: undone ? "undone" : "not_here",
    since: since === undefined ? ruledAt : clock(since),
    exact: since !== undefined,
    by: "Mia",
    ruledAt,
  });

/** The events of a meeting: what happened when. */
export function minutes(...lines: (readonly [time: string, eventAt: EventAt])[]): MeetingEvent[] {
  return lines.map(([time, eventAt]) => eventAt(clock(time)));
}

/**
 * Histories that mix people, reconnects, waits, provider bounds and contradictions, over two hours, with
 * many events at the same moments. With `noteTakers` some have the name of one, or have it for a while;
 * with `byHand` operators put some away, and undo some of that.
 */
export const histories = (
  options: { bot?: boolean; noteTakers?: boolean; byHand?: boolean; maxLength?: number } = {},
): fc.Arbitrary<MeetingEvent[]> => {
  const moment = fc
    .oneof(
      fc.integer({ min: 0, max: 40 }).map((n) => n * 15),
      fc.integer({ min: 0, max: 7200 }),
    )
    .map((second) => clock("10:00") + second * 1000);
  const programs = options.noteTakers ? ["Otter.ai", "Otter.ai", "Ada’s Notetaker"] : [];
  const session = fc.integer({ min: 0, max: 5 }).map((n) => `s${n}`);
  const person = session.chain((participantId) =>
    fc.record({
      participantId: fc.constant(participantId),
      userId: fc.constantFrom(null, null, participantId < "s2" ? "ada" : null),
      name: fc.constantFrom(
        null,
        "Ada",
        "ADA ",
        participantId < "s3" ? "iPhone" : "Bo",
        "",
        ...programs,
      ),
      isHost: fc.constantFrom(null, null, true, false),
    }),
  );
  const anchored = moment.chain((at) =>
    fc.tuple(
      fc.constant(at),
      fc.option(fc.integer({ min: -10, max: 3000 }).map((seconds) => at - seconds * 1000)),
    ),
  );
  const meetingId = fc.constantFrom(null, "m1", "m2");
  const participantEvents: fc.Arbitrary<MeetingEvent>[] = [
    fc.tuple(person, moment).map(([who, at]) => ({ type: "joined", at, ...who })),
    fc
      .tuple(person, anchored)
      .map(([who, [at, joinedAt]]) => ({ type: "left", at, ...who, joinedAt })),
    fc.tuple(person, moment).map(([who, at]) => ({ type: "updated", at, ...who })),
  ];
  const gapOnly: fc.Arbitrary<MeetingEvent>[] = [
    fc.tuple(person, moment).map(([who, at]) => ({ type: "knocked", at, ...who })),
    fc
      .tuple(person, anchored)
      .map(([who, [at, startedAt]]) => ({ type: "stopped_waiting", at, ...who, startedAt })),
    fc
      .tuple(moment, meetingId)
      .map(([at, providerMeetingId]) => ({ type: "meeting_started", at, providerMeetingId })),
    fc.tuple(anchored, meetingId).map(([[at, startedAt], providerMeetingId]) => ({
      type: "meeting_ended",
      at,
      startedAt,
      providerMeetingId,
    })),
  ];
  const botOnly: fc.Arbitrary<MeetingEvent>[] = [
    moment.map((at) => ({ type: "observer_joined", at })),
    moment.map((at) => ({ type: "observer_left", at, reason: null })),
  ];
  const kinds = [...participantEvents, ...participantEvents, ...(options.bot ? botOnly : gapOnly)];
  const plain = fc.array(fc.oneof(...kinds), { maxLength: options.maxLength ?? 24 });
  return options.byHand ? plain.chain(withCorrections) : plain;
};

/** The same, each event reported by one of up to three observers. */
export function bySeveral(all: fc.Arbitrary<MeetingEvent[]>): fc.Arbitrary<MeetingEvent[]> {
  const observers = fc.array(fc.constantFrom("", "", "bot_2", "bot_3"), {
    minLength: 1,
    maxLength: 8,
  });
  return fc
    .tuple(all, observers)
    .map(([events, by]) =>
      events.map((event, index) => seenBy(by[index % by.length] ?? "", event)),
    );
}

/** What an observer reported; the one whose room it is where it is empty. */
export function seenBy(observer: string, event: MeetingEvent): MeetingEvent {
  return observer === "" || isCorrection(event) ? event : reportedBy(event, observer);
}

/**
 * Adds up to four corrections of those who knocked or came in, each entered once and perhaps undone; none
 * names a moment after it was entered, since such a one is refused.
 */
function withCorrections(events: MeetingEvent[]): fc.Arbitrary<MeetingEvent[]> {
  const entry = fc.record({
    of: fc.nat(),
    laterMs: fc.oneof(
      fc.constant(0),
      fc.integer({ min: 0, max: 7200 }).map((n) => n * 1000),
    ),
    exact: fc.boolean(),
    isUndone: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
    minute: fc.integer({ min: 0, max: 2 }),
  });
  return fc.array(entry, { maxLength: 4 }).map((entries) => [
    ...events,
    ...entries.flatMap(({ of, laterMs, exact, isUndone, minute }, index) => {
      const event = events[of % Math.max(1, events.length)];
      if (event === undefined) return [];
      const ruledAt = clock(`12:1${minute}`);
      const correction = {
        ruling: `h${index}`,
        at: event.at,
        since: Math.min(event.at + laterMs, ruledAt),
        by: "Mia",
        ruledAt,
      };
      const correctionOf = (verdict: "not_here" | "undone"): MeetingEvent =>
        "participantId" in event
          ? {
              type: "presence_ruled",
              ...about(null, { session: event.participantId }),
              ...correction,
              exact,
              verdict,
            }
          : { type: "observer_ruled", ...correction, verdict };
      return [correctionOf("not_here"), ...(isUndone ? [correctionOf("undone")] : [])];
    }),
  ]);
}
