import { z } from "zod";
import { listWaits } from "#db/waits/list-waits.ts";
import type { WaitSelection } from "#db/waits/wait-filter.ts";
import type { WaitPlace } from "#db/waits/waits.ts";
import { OUTCOMES } from "#domain/meeting/wait.ts";
import type { Ms } from "#domain/time/ms.ts";
import { FOLLOW_UP_FILTERS } from "#domain/waits/handling.ts";
import { WAITING_TABS } from "#domain/waits/waiting-page.ts";
import { HOURS_A_WEEK } from "#domain/waits/week-hours.ts";
import { cursorBy, uuid } from "#server/http/lists/cursor-shape.ts";
import { ANY_DAYS, type DaysAsked } from "#server/http/lists/days.ts";
import { defineList } from "#server/http/lists/list.ts";
import { forPrograms, NARROWING, noticed, type ValuesOf } from "#server/http/lists/parameters.ts";
import { upTo, word } from "#server/http/query.ts";
import { MEASURE, offsetPeriodsIn } from "./query.ts";

const BY_TIME = cursorBy({ startedAt: z.int(), meetingId: uuid, participantId: z.string() });
const LOST = {
  source: NARROWING.source,
  room: NARROWING.room,
  week_hour: noticed(
    upTo(HOURS_A_WEEK - 1)
      .nullable()
      .default(null)
      .describe("An hour of the week, 0 to 167 from Monday midnight in tz"),
    "Waits of any hour are listed.",
  ),
  outcome: forPrograms(word(OUTCOMES).default(null).describe("How a wait ended")),
  follow_up: forPrograms(
    word(FOLLOW_UP_FILTERS)
      .default(null)
      .describe("What came of following up; open: nothing was entered, done: something was"),
  ),
  target_ms: MEASURE.target_ms,
};
const WAITS = {
  show: noticed(
    word(WAITING_TABS)
      .default(null)
      .describe("Which waits; late: admitted after target_ms; the default is all"),
    "Whoever was lost is listed.",
  ),
  ...LOST,
};

function select(
  values: ValuesOf<typeof WAITS>,
  { from, to, timeZone }: DaysAsked,
  now: Ms,
): WaitSelection {
  const { source, room, show, outcome, week_hour: hour, target_ms: targetMs } = values;
  const { follow_up: followUp } = values;
  const weekHour =
    hour === null ? null : { hour, stretches: offsetPeriodsIn({ from, to }, timeZone, now) };
  return { source, room, from, to, shown: show ?? "all", outcome, followUp, targetMs, weekHour };
}

const newestFirst = {
  days: ANY_DAYS,
  cursor: () => BY_TIME,
  placeOf: ({ startedAt, meetingId, participantId }: WaitPlace): WaitPlace => ({
    startedAt,
    meetingId,
    participantId,
  }),
};

/** Every wait. */
export const waits = defineList({
  ...newestFirst,
  query: WAITS,
  select,
  open: (reader, selection: WaitSelection) => ({
    read: (cursor, limit) => listWaits(reader, selection, cursor, limit),
  }),
});

/** The people who were lost, each with their last wait. */
export const lostWaits = defineList({
  ...newestFirst,
  query: LOST,
  select: (values, days, now) => select({ ...values, show: "lost" }, days, now),
  open: (reader, selection: WaitSelection) => ({
    read: (cursor, limit) => listWaits(reader, selection, cursor, limit),
  }),
});
