import { deedsOf, type RecordedDeeds } from "#db/live/live.ts";
import type { MeetingRecord, MeetingRow } from "#db/meetings/meeting.ts";
import type { Reader } from "#db/sql/orm.ts";
import { toEvent } from "#domain/event/recorded.ts";
import { happeningOf } from "#domain/live/happening.ts";
import type { Happening } from "#domain/live/wire.ts";
import { union } from "#domain/time/interval.ts";
import { rulesOfRow } from "./rules.ts";

/** What the records meant, each judged with its person's view; in the order of time. */
export async function happenings(
  reader: Reader,
  records: readonly MeetingRecord[],
  meetings: ReadonlyMap<string, MeetingRow>,
): Promise<Happening[]> {
  const people = records.flatMap(({ meetingId, record }) =>
    record.person_id === null ? [] : [{ meetingId, personId: record.person_id }],
  );
  const deeds = new Map<string, RecordedDeeds>();
  for (const one of people.length > 0 ? await deedsOf(reader, people) : []) {
    deeds.set(`${one.meetingId} ${one.personId}`, one);
  }
  return records
    .toSorted((a, b) => (a.record.at < b.record.at ? -1 : a.record.at > b.record.at ? 1 : 0))
    .flatMap(({ meetingId, record }) => {
      const meeting = meetings.get(meetingId);
      if (!meeting) return [];
      const own = deeds.get(`${meetingId} ${record.person_id}`) ?? null;
      const what = happeningOf(
        toEvent(record),
        own === null ? null : viewOf(own),
        rulesOfRow(meeting),
        meeting.observer,
      );
      if (what === null || own?.isNoteTaker === true) return [];
      return [
        {
          id: `${meetingId} ${record.seq}`,
          meeting_id: meetingId,
          meeting: meeting.title ?? meeting.room,
          at: record.at,
          person_id: record.person_id,
          name: own?.name ?? record.data.name ?? null,
          what,
        },
      ];
    });
}

function viewOf({ visits, waits }: RecordedDeeds) {
  const presence = union(visits.map(({ joinedAt, leftAt }) => ({ from: joinedAt, to: leftAt })));
  return { visits, waits, presence };
}
