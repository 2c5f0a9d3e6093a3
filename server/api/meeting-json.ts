import type { MeetingRow } from "#db/reading/meeting.ts";
import type { Elsewhere } from "#domain/elsewhere.ts";
import type { Ms } from "#domain/event.ts";
import { tellMeeting } from "#domain/meeting.ts";
import { lostOf } from "#domain/metrics.ts";
import type { Rules } from "#domain/rules.ts";
import { attendedMs, type PersonStory } from "#domain/story.ts";
import { lostWaits } from "#domain/tally.ts";
import { type Recorded, toEvent, toWireTime } from "#domain/wire.ts";

/** A meeting as a row of a list, from its numbers as they are kept. */
export function meetingRowJson(row: MeetingRow) {
  return {
    id: row.id,
    source: { id: row.source.id, provider: row.source.provider, name: row.source.name },
    room_id: row.roomId,
    room: row.room,
    title: row.title,
    provider_ids: row.providerIds,
    status: row.status,
    started_at: toWireTime(row.startedAt),
    ended_at: toWireTime(row.endedAt),
    ended_by: row.endedBy,
    seq: row.seq,
    present_count: row.presentCount,
    waiting_count: row.waitingCount,
    people_count: row.peopleCount,
    note_taker_count: row.noteTakerCount,
    ...leftJson(row.lostCount, row.leftCount),
    peak:
      row.peakCount === null || row.peakAt === null
        ? null
        : { count: row.peakCount, at: toWireTime(row.peakAt) },
    erased: erasedJson(row),
  };
}

/**
 * Who left the waiting room before they were admitted: waits that ended so (left + short + came back), and
 * people who were really lost (with a wait that was left, and none after which they came back). The first is
 * also told under the name it had before there were two.
 */
function leftJson(waits: number, people: number) {
  return {
    waits_left_before_admitted_count: waits,
    people_left_before_admitted_count: people,
    left_before_admitted_count: waits,
  };
}

/** When and why its people and events were erased; `null` for any other meeting. */
function erasedJson({ erasedAt: at, erasedReason: reason }: MeetingRow) {
  return at === null ? null : { at: toWireTime(at), reason };
}

/** What is left of an erased meeting: its numbers, and nobody. */
function erasedMeetingJson(row: MeetingRow, now: Ms) {
  return {
    ...meetingRowJson(row),
    people: [],
    note_takers: [],
    waits: [],
    hosts: [],
    as_of: toWireTime(now),
  };
}

/** A whole meeting, told from its events as of now. */
export function meetingJson(
  row: MeetingRow,
  records: readonly Recorded[],
  { rules, elsewhere }: { rules: Rules; elsewhere: Elsewhere },
  now: Ms,
) {
  if (row.erasedAt !== null) return erasedMeetingJson(row, now);
  const story = tellMeeting(records.map(toEvent), rules, now, elsewhere);
  return {
    id: row.id,
    source: { id: row.source.id, provider: row.source.provider, name: row.source.name },
    room_id: row.roomId,
    room: row.room,
    title: row.title,
    provider_ids: story.frame.providerIds,
    status: story.status,
    started_at: toWireTime(story.startedAt),
    ended_at: toWireTime(story.endedAt),
    ended_by: story.endedBy,
    seq: records.at(-1)?.seq ?? 0,
    present_count: story.presentCount,
    waiting_count: story.waitingCount,
    people_count: story.people.length,
    note_taker_count: story.noteTakers.length,
    ...leftJson(sumOf(story.people.map(lostWaits)), lostOf(story).left),
    peak: story.peak === null ? null : { count: story.peak.count, at: toWireTime(story.peak.at) },
    erased: null,
    people: story.people.map((person) => personJson(person, now)),
    note_takers: story.noteTakers.map((one) => personJson(one, now)),
    waits: story.people
      .flatMap((person) =>
        person.waits.map((wait) => ({
          person_id: person.id,
          name: person.name,
          started_at: toWireTime(wait.startedAt),
          ended_at: toWireTime(wait.endedAt),
          duration_ms: Math.max(0, (wait.endedAt ?? now) - wait.startedAt),
          outcome: wait.outcome,
          inferred: wait.inferred,
        })),
      )
      .toSorted(by("started_at", "person_id")),
    hosts: story.people
      .flatMap((person) =>
        person.tenures.map((tenure) => ({
          person_id: person.id,
          name: person.name,
          from: toWireTime(tenure.from),
          to: toWireTime(tenure.to),
          inferred: tenure.inferred,
        })),
      )
      .toSorted(by("from", "person_id")),
    as_of: toWireTime(now),
  };
}

function personJson(person: PersonStory, now: Ms) {
  return {
    id: person.id,
    name: person.name,
    user_id: person.userId,
    identified_by: person.identifiedBy,
    status: person.status,
    is_host: person.isHost,
    visits: person.visits.map((visit) => ({
      joined_at: toWireTime(visit.joinedAt),
      left_at: toWireTime(visit.leftAt),
      end: visit.end,
      participant_id: visit.participantId,
    })),
    attended: person.attended.map(({ from, to }) => ({
      from: toWireTime(from),
      to: toWireTime(to),
    })),
    attended_ms: attendedMs(person, now),
    first_joined_at: toWireTime(person.firstJoinedAt),
    last_left_at: toWireTime(person.lastLeftAt),
  };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Orders by one field and then another; wire times sort as text. */
function by<Key extends string>(first: Key, second: Key) {
  return (a: Record<Key, string>, b: Record<Key, string>): number =>
    a[first] < b[first] ? -1 : a[first] > b[first] ? 1 : a[second] < b[second] ? -1 : 1;
}
