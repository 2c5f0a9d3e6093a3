import {
  type AttendeeMatched,
  matchedAttendees,
  matchedNames,
  type NameMatched,
} from "#db/people/matched.ts";
import type { Reader } from "#db/sql/orm.ts";
import { type AttendeeFound, meetingMatched } from "#domain/meetings/attendee-found.ts";
import { personMatched } from "#domain/people/matched.ts";
import type { Matched, PersonMet } from "#domain/people/people.ts";

/** People, each with what a search matched of them. One statement, and none without a search. */
export async function withMatches<Row extends PersonMet & { place: { id: string } }>(
  reader: Reader,
  rows: readonly Row[],
  query: string | null,
): Promise<(Row & { matched: Matched | null })[]> {
  if (query === null || rows.length === 0) return rows.map((row) => ({ ...row, matched: null }));
  const ids = rows.map(({ place }) => place.id);
  const found = new Map<string, NameMatched>(
    (await matchedNames(reader, ids, query)).map((one) => [one.person, one]),
  );
  return rows.map((row) => ({
    ...row,
    matched: personMatched(row, query, found.get(row.place.id) ?? null),
  }));
}

/** Meetings, each with the attendee a search matched. One statement, and none without a search. */
export async function withAttendees<Row extends { id: string; room: string; title: string | null }>(
  reader: Reader,
  rows: readonly Row[],
  query: string | null,
): Promise<(Row & { matched: AttendeeFound | null })[]> {
  if (query === null || rows.length === 0) return rows.map((row) => ({ ...row, matched: null }));
  const ids = rows.map(({ id }) => id);
  const found = new Map<string, AttendeeMatched>(
    (await matchedAttendees(reader, ids, query)).map((one) => [one.meetingId, one]),
  );
  return rows.map((row) => ({
    ...row,
    matched: meetingMatched(row, query, found.get(row.id) ?? null),
  }));
}
