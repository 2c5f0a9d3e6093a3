import type { MeetingRow } from "#db/meetings/meeting.ts";
import { waitIdOf } from "#db/waits/wait-id.ts";
import { type Recorded, toEvent, wireSource } from "#domain/event/recorded.ts";
import { latestLeftBy, surenessOf, waitCertainty } from "#domain/meeting/certainty.ts";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import { observersIn, projectObserver } from "#domain/meeting/observer.ts";
import { attendedMs, type PersonView, unknownMs } from "#domain/meeting/person-view.ts";
import { isEndEntered } from "#domain/meeting/wait.ts";
import { type LeftCounts, leftCountsOf } from "#domain/meetings/left-counts.ts";
import type { RoomContext } from "#domain/participant/room-context.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { leftInApi, type meeting, type meetingRow, type personInMeeting } from "./schema.ts";

/** A meeting as a row of a list, from its stored numbers. */
export function meetingRowJson(row: MeetingRow): AnswerOf<typeof meetingRow> {
  return {
    id: row.id,
    source: wireSource(row.source),
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
    ...leftJson(row.left),
    peak:
      row.peakCount === null || row.peakAt === null
        ? null
        : { count: row.peakCount, at: toWireTime(row.peakAt) },
    observer: row.observer,
    erased: erasedJson(row),
  };
}

/** How its waits were left. The first number is repeated under its older name, for programs that read it. */
function leftJson(counts: LeftCounts) {
  return {
    ...leftInApi((name) => counts[name]),
    left_before_admitted_count: counts.waitsLeftCount,
  };
}

/** When and why its people and events were erased; `null` for any other meeting. */
function erasedJson({ erasedAt: at, erasedReason: reason }: MeetingRow) {
  return at === null ? null : { at: toWireTime(at), reason };
}

/** An erased meeting: its numbers stay, its people and waits are empty lists. */
function erasedMeetingJson(row: MeetingRow, now: Ms): AnswerOf<typeof meeting> {
  return {
    ...meetingRowJson(row),
    observers: [],
    people: [],
    note_takers: [],
    waits: [],
    hosts: [],
    as_of: toWireTime(now),
  };
}

/** A whole meeting, projected from its events as of `now`. */
export function meetingJson(
  row: MeetingRow,
  records: readonly Recorded[],
  { rules, elsewhere: roomContext }: { rules: Rules; elsewhere: RoomContext },
  now: Ms,
): AnswerOf<typeof meeting> {
  if (row.erasedAt !== null) return erasedMeetingJson(row, now);
  const events = records.map(toEvent);
  const view = projectMeeting(events, rules, now, roomContext);
  const roomId = Number(row.roomId);
  return {
    id: row.id,
    source: wireSource(row.source),
    room_id: row.roomId,
    room: row.room,
    title: row.title,
    provider_ids: view.frame.providerIds,
    status: view.status,
    started_at: toWireTime(view.startedAt),
    ended_at: toWireTime(view.endedAt),
    ended_by: view.endedBy,
    seq: records.at(-1)?.seq ?? 0,
    present_count: view.presentCount,
    waiting_count: view.waitingCount,
    people_count: view.people.length,
    note_taker_count: view.noteTakers.length,
    ...leftJson(leftCountsOf(view.people)),
    peak: view.peak === null ? null : { count: view.peak.count, at: toWireTime(view.peak.at) },
    observer: projectObserver(events),
    observers: observersIn(events).map(({ key, from, to, state, reason, by }) => {
      const span = { from: toWireTime(from), to: toWireTime(to) };
      return { bot: key ?? row.room, state, reason, by, ...span };
    }),
    erased: null,
    people: view.people.map((person) => personJson(person, rules.graceMs, now)),
    note_takers: view.noteTakers.map((one) => personJson(one, rules.graceMs, now)),
    waits: view.people
      .flatMap((person) =>
        person.waits.map((wait) => ({
          id: waitIdOf({ ...wait, roomId }),
          person_id: person.id,
          name: person.name,
          started_at: toWireTime(wait.startedAt),
          ended_at: toWireTime(wait.endedAt),
          duration_ms: Math.max(0, (wait.endedAt ?? now) - wait.startedAt),
          duration_is: waitCertainty({ inferred: wait.inferred, endEntered: isEndEntered(wait) }),
          outcome: wait.outcome,
          inferred: wait.inferred,
        })),
      )
      .toSorted(by("started_at", "person_id")),
    hosts: view.people
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

function personJson(person: PersonView, graceMs: Ms, now: Ms): AnswerOf<typeof personInMeeting> {
  const sure = surenessOf(person.visits);
  return {
    id: person.id,
    name: person.name,
    user_id: person.userId,
    user_id_shared: person.isUserIdShared,
    identified_by: person.identifiedBy,
    status: person.status,
    is_host: person.isHost,
    visits: person.visits.map((visit) => ({
      joined_at: toWireTime(visit.joinedAt),
      left_at: toWireTime(visit.leftAt),
      start: visit.start,
      end: visit.end,
      left_by: toWireTime(latestLeftBy([visit])),
      participant_id: visit.participantId,
    })),
    attended: person.attended.map(({ from, to }) => ({
      from: toWireTime(from),
      to: toWireTime(to),
    })),
    attended_ms: attendedMs(person, now),
    attended_is: sure.attended,
    unknown_ms: unknownMs(person, graceMs),
    first_joined_at: toWireTime(person.firstJoinedAt),
    first_joined_is: sure.joined,
    last_left_at: toWireTime(person.lastLeftAt),
    last_left_is: sure.left,
    last_left_by: toWireTime(latestLeftBy(person.visits)),
  };
}

/** Compares by one field, then by another. Times on the wire sort as text. */
function by<Key extends string>(first: Key, second: Key) {
  return (a: Record<Key, string>, b: Record<Key, string>): number =>
    a[first] < b[first] ? -1 : a[first] > b[first] ? 1 : a[second] < b[second] ? -1 : 1;
}
