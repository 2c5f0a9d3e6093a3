import type { Tenure } from "#domain/meeting/host.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { keyOf, meetingFacts, type Occurrence, ownBody, type ToldMeeting } from "./occurrence.ts";

/* What other systems are told of what follows from the events of a meeting. */

/** A wait that ended with an admission. */
export interface ToldAdmission {
  participantId: string;
  personId: string;
  name: string | null;
  startedAt: Ms;
  endedAt: Ms;
}

/** `wait.admitted`; the same wait with another end corrects it. */
export function waitAdmitted(meeting: ToldMeeting, wait: ToldAdmission): Occurrence {
  const trigger = "wait.admitted";
  const { participantId, personId, name, startedAt, endedAt } = wait;
  const about = keyOf(trigger, meeting.source.id, meeting.room, participantId, startedAt);
  return {
    ...{ trigger, at: endedAt, meetingId: meeting.id },
    ...{ key: keyOf(about, endedAt), about },
    body: (message) =>
      ownBody(trigger, endedAt, message, {
        meeting: meetingFacts(meeting),
        person: { id: personId, name },
        wait: {
          participant_id: participantId,
          started_at: toWireTime(startedAt),
          ended_at: toWireTime(endedAt),
          duration_ms: endedAt - startedAt,
        },
      }),
  };
}

/** Somebody who was host in a meeting, and when. */
export interface ToldHost {
  personId: string;
  name: string | null;
  tenures: readonly Tenure[];
}

interface HostChange {
  at: Ms;
  before: readonly ToldHost[];
  after: readonly ToldHost[];
}

/** `host.changed`, at every moment at which others were host than before. */
export function hostsChanged(meeting: ToldMeeting, hosts: readonly ToldHost[]): Occurrence[] {
  const trigger = "host.changed";
  return hostChangesOf(hosts, meeting.endedAt !== null).map(({ at, before, after }) => {
    const about = keyOf(trigger, meeting.source.id, meeting.room, at);
    return {
      ...{ trigger, at, meetingId: meeting.id },
      ...{ key: keyOf(about, ...after.map(({ personId }) => personId)), about },
      body: (message) =>
        ownBody(trigger, at, message, {
          meeting: meetingFacts(meeting),
          hosts: after.map(who),
          before: before.map(who),
        }),
    };
  });
}

/**
 * Who was host from when to when, change by change. An end that nobody reported is one only once the meeting is over: as
 * long as it goes on, that moment moves.
 */
function hostChangesOf(hosts: readonly ToldHost[], isOver: boolean): HostChange[] {
  const all = hosts.flatMap((host) =>
    host.tenures.map(({ from, to, inferred }) => ({
      ...{ host, from },
      to: inferred && !isOver ? null : to,
    })),
  );
  const moments = [...new Set(all.flatMap(({ from, to }) => (to === null ? [from] : [from, to])))];
  const changes: HostChange[] = [];
  let before: readonly ToldHost[] = [];
  for (const at of moments.toSorted((a, b) => a - b)) {
    const there = all.filter(({ from, to }) => from <= at && (to === null || at < to));
    const after = hosts.filter((host) => there.some((one) => one.host === host));
    const isSame = after.length === before.length && after.every((host) => before.includes(host));
    if (!isSame) changes.push({ at, before, after });
    before = after;
  }
  return changes;
}

function who({ personId, name }: ToldHost) {
  return { id: personId, name };
}

/** `meeting.merged`: what was told as a meeting of its own is a part of another. */
export function meetingMerged(into: ToldMeeting, from: string, at: Ms): Occurrence {
  const trigger = "meeting.merged";
  const key = keyOf(trigger, from, into.id);
  return {
    ...{ trigger, key, at, meetingId: into.id, about: keyOf(trigger, from) },
    body: (message) =>
      ownBody(trigger, at, message, { id: from, into: into.id, meeting: meetingFacts(into) }),
  };
}

/**
 * `attendance.ready`, and once that was told `attendance.corrected`: who attended a meeting, as the API answers it.
 * `digest` is of what is said, so that nothing is corrected by the same.
 */
export function attendanceTold(
  meeting: ToldMeeting,
  { digest, isFirst, attendance }: { digest: string; isFirst: boolean; attendance: object },
  at: Ms,
): Occurrence {
  const trigger = isFirst ? "attendance.ready" : "attendance.corrected";
  // What was ready is what is corrected first.
  const about = keyOf("attendance", meeting.id);
  return {
    ...{ trigger, at, meetingId: meeting.id },
    ...{ key: isFirst ? about : keyOf(about, digest), about },
    body: (message) => ownBody(trigger, at, message, { meeting: attendance }),
  };
}
