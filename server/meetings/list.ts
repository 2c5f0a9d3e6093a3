import { z } from "zod";
import { listMeetings } from "#db/meetings/lists.ts";
import type { MeetingFilter } from "#db/meetings/meeting-filter.ts";
import { countMeetingRows, listMeetingRows, type MeetingOrder } from "#db/meetings/meetings.ts";
import { MEETING_SORTS } from "#domain/meetings/meetings.ts";
import type { Ms } from "#domain/time/ms.ts";
import { bit, cursorBy, uuid } from "#server/http/lists/cursor-shape.ts";
import { ANY_DAYS, type DaysAsked } from "#server/http/lists/days.ts";
import { defineList } from "#server/http/lists/list.ts";
import {
  forPrograms,
  longerThan,
  NARROWING,
  sortedBy,
  type ValuesOf,
} from "#server/http/lists/parameters.ts";
import { text, word } from "#server/http/query.ts";

const BY_TIME = cursorBy({ firstAt: z.int(), id: uuid });
const BY_VALUE = cursorBy({ live: bit, value: z.int(), firstAt: z.int(), id: uuid });
const STATUSES = ["waiting", "live", "ended"] as const;

const query = {
  ...NARROWING,
  status: forPrograms(word(STATUSES).default(null).describe("Meetings in this state")),
  person: forPrograms(
    text.default(null).describe("The id, user id or name of a person who was there"),
  ),
  ...sortedBy(MEETING_SORTS),
};

interface MeetingsAsked {
  filter: MeetingFilter;
  by: MeetingOrder;
}

const asked = {
  query,
  days: ANY_DAYS,
  select(values: ValuesOf<typeof query>, { from, to }: DaysAsked, now: Ms): MeetingsAsked {
    const { sort, order, min_duration_ms: ms, ...named } = values;
    return {
      filter: { ...named, from, to, longerThan: longerThan(ms, now) },
      by: { sort: sort ?? "started", order: order ?? "desc" },
    };
  },
};

/** Meetings in progress, then ended ones, both in the order asked for. */
export const meetings = defineList({
  ...asked,
  cursor: () => BY_VALUE,
  open: (reader, { filter, by }: MeetingsAsked) => ({
    read: (cursor, limit) => listMeetingRows(reader, filter, by, cursor, limit),
    count: () => countMeetingRows(reader, filter),
  }),
  placeOf: ({ place }) => place,
});

/** Meetings by time alone, newest first: what a program is given that names no order. */
export const newestMeetings = defineList({
  ...asked,
  cursor: () => BY_TIME,
  open: (reader, { filter }: MeetingsAsked) => ({
    read: (cursor, limit) => listMeetings(reader, filter, cursor, limit),
  }),
  placeOf: ({ firstAt, id }) => ({ firstAt, id }),
});
