import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Database } from "#db/connection/client.ts";
import { attendancesOf } from "#db/recording/attendances.ts";
import { eventsOfMeetings } from "#db/recording/events.ts";
import { IDS } from "#db/recording/ids.ts";
import { meetingsAround } from "#db/recording/meetings.ts";
import type { MeetingEvent } from "#domain/event/event.ts";
import { overtakings, partMeetings } from "#domain/meeting/room.ts";
import { meetingTallyOf } from "#domain/meeting/tally.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { attendanceOf, waitStatesOf } from "#domain/projection/attendance.ts";
import type { Ms } from "#domain/time/ms.ts";

/** The stored rows of a source, without ids and positions: meetings in time order with their people and waits. */
export async function storedRows(database: Database, sourceId: string) {
  return database.transaction(async (tx) => {
    const rooms = await tx.execute<{ id: number }>(
      sql`select id from rooms where source_id = ${sourceId}`,
    );
    const around = rooms.map(({ id }) => ({ roomId: id, from: 0, to: null }));
    const meetings = await meetingsAround(tx, around);
    const ids = meetings.map(({ id }) => id);
    const events = await eventsOfMeetings(tx, ids);
    const people = await attendancesOf(tx, ids);
    const waits = await tx.execute<Record<string, unknown>>(sql`
      select meeting_id as "meetingId", participant_id as "participantId", started_at as "startedAt",
        person_id as "personId", identity, name, ended_at as "endedAt", outcome, inferred,
        end_entered as "endEntered"
      from waits where meeting_id in (select id from meetings where source_id = ${sourceId})`);
    return meetings.map(({ id, seq, tally }) => {
      const own = events.filter(({ meetingId }) => meetingId === id);
      expect(own.map((event) => event.seq)).toEqual(Array.from({ length: seq }, (_, i) => i + 1));
      const { staleAt: _s, whole: _w, ...rest } = tally;
      return {
        tally: rest,
        people: sorted(people.filter(({ meetingId }) => meetingId === id).map(bare)),
        waits: sorted(waits.filter(({ meetingId }) => meetingId === id).map(bare)),
        who: sorted([
          ...new Set(
            own.filter(canMakePerson).map(({ event, personId }) => `${who(event)} ${personId}`),
          ),
        ]),
      };
    });
  });
}

/** The same rows, projected at once from the set of events by the domain alone. */
export function projectedRows(events: readonly MeetingEvent[], rules: Rules, now: Ms) {
  const parts = partMeetings(events, rules, now);
  const overtaken = overtakings(parts);
  return parts.map((part, index) => {
    const { view, tally } = meetingTallyOf(part, rules, now, overtaken[index]);
    const everyone = [...view.people, ...view.noteTakers];
    const meeting = { id: "", sourceId: "", rules };
    const rows = everyone.map((person) => attendanceOf(meeting, person, IDS));
    const people = new Map(
      everyone.flatMap(({ id, participantIds }) => participantIds.map((p) => [p, id])),
    );
    const { staleAt: _s, whole: _w, ...rest } = tally;
    return {
      tally: rest,
      people: sorted(rows.map(bare)),
      waits: sorted(
        rows.flatMap((row) => waitStatesOf(row, 0)).map(({ roomId: _, ...wait }) => bare(wait)),
      ),
      who: sorted([
        ...new Set(
          part
            .filter((event) => canMakePerson({ event }))
            .map((event) => `${who(event)} ${people.get(who(event)) ?? null}`),
        ),
      ]),
    };
  });
}

/** A presence correction names only connections that are known, so it never makes a person of its own. */
function canMakePerson({ event }: { event: MeetingEvent }): boolean {
  return event.type !== "presence_ruled";
}

function who(event: MeetingEvent): string {
  return "participantId" in event ? event.participantId : "";
}

function bare(row: object): Record<string, unknown> {
  const { meetingId: _m, identity: _i, ...rest } = { meetingId: "", identity: null, ...row };
  return rest;
}

function sorted<T>(rows: T[]): T[] {
  return rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
}

function text(row: unknown): string {
  if (typeof row !== "object" || row === null) return String(row);
  return JSON.stringify(Object.entries(row).toSorted(([x], [y]) => (x < y ? -1 : 1)));
}
