import type { ExpectedAttendance, ExpectedLine } from "#domain/scheduled/attendance.ts";
import { calledBy, type ScheduledMeeting } from "#domain/scheduled/scheduled.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { keyOf, type Occurrence, ownBody } from "./occurrence.ts";

/**
 * Who was expected at a scheduled meeting that is over, and never came: `no_show.host` and `no_show.guest`. Somebody who
 * came late or only waited came. For a host another of the roster's hosts may stand in. Nobody is told to be missing
 * where that is not known: where the source was silent all the time (`isHeard` is false), or somebody without a name
 * was there, who may be them.
 */
export function noShowsOf(
  scheduled: ScheduledMeeting,
  { lines, unmatched }: Pick<ExpectedAttendance, "lines" | "unmatched">,
  isHeard: boolean,
): Occurrence[] {
  const isKnown = isHeard && unmatched.every(({ sighting }) => sighting.seenAs !== null);
  if (!isKnown || scheduled.erasedAt !== null) return [];
  const isHosted = lines.some(
    ({ person, sighting }) => person.role === "host" && sighting?.firstJoinedAt != null,
  );
  return lines.flatMap(({ standing, person }) =>
    standing !== "absent" || (person.role === "host" && isHosted)
      ? []
      : [noShow(scheduled, person)],
  );
}

function noShow(scheduled: ScheduledMeeting, person: ExpectedLine["person"]): Occurrence {
  const { id, source, room, title, startsAt, endsAt, timeZone } = scheduled;
  const { role, position, name, userId, email } = person;
  const trigger = role === "host" ? "no_show.host" : "no_show.guest";
  const key = keyOf(trigger, id, startsAt, position, name, userId);
  return {
    ...{ trigger, key, about: key, at: endsAt, meetingId: null },
    body: (message) =>
      ownBody(trigger, endsAt, message, {
        scheduled_meeting: {
          ...{ id, source, room, title, called: calledBy(scheduled) },
          ...{ starts_at: toWireTime(startsAt), ends_at: toWireTime(endsAt), time_zone: timeZone },
        },
        person: { position, name, user_id: userId, email, role },
      }),
  };
}
