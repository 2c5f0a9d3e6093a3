import { listAttended, type PersonRow } from "#db/people/person.ts";
import { rostersNaming } from "#db/privacy/erasure/rosters.ts";
import { statementsAbout, wholePerson } from "#db/privacy/erasure/traces.ts";
import { eventsHeld } from "#db/privacy/held/held.ts";
import type { Reader } from "#db/sql/orm.ts";
import type { Sight } from "#domain/access/sight.ts";
import { foldName } from "#domain/identity/name.ts";
import { toWireTime } from "#domain/time/wire-time.ts";

/** A part of what is held about somebody: a section, and one thing in it. */
export interface HeldPart {
  section: "names" | "meetings" | "roster_lines" | "statements";
  thing: Record<string, unknown>;
}

/** The sections in their order. */
export const SECTIONS = ["names", "meetings", "roster_lines", "statements"] as const;

const MEETINGS_AT_ONCE = 50;
const EVER = { from: null, to: null, room: null, longerThan: null };

/**
 * Everything that is held about a person, as far as the reader sees it, section by section. Without the bodies of
 * deliveries for who sees no names: those are as they came.
 */
export async function* heldAbout(
  reader: Reader,
  person: PersonRow,
  { masked }: Pick<Sight, "masked">,
): AsyncGenerator<HeldPart> {
  for (const { name, firstAt, lastAt, meetings } of person.aliases) {
    const times = { first_at: toWireTime(firstAt), last_at: toWireTime(lastAt) };
    yield { section: "names", thing: { name, ...times, meetings } };
  }
  yield* meetingsOf(reader, person, !masked);
  const whole = await wholePerson(reader, person.id);
  if (whole === null) return;
  const names = [...new Set(whole.names.flatMap((name) => foldName(name) ?? []))];
  const { lines } = await rostersNaming(reader, { ids: whole.userIds, names });
  for (const { name, userId, email } of [...lines.scheduled, ...lines.lists]) {
    yield { section: "roster_lines", thing: { name, user_id: userId, email } };
  }
  for (const { id, madeAt, madeBy, facts } of await statementsAbout(reader, whole)) {
    const made = { made_at: toWireTime(madeAt), made_by: madeBy };
    yield { section: "statements", thing: { id, ...made, facts } };
  }
}

async function* meetingsOf(
  reader: Reader,
  person: PersonRow,
  hasBodies: boolean,
): AsyncGenerator<HeldPart> {
  const identities = person.knownAs.map(({ id }) => id);
  let cursor: Parameters<typeof listAttended>[3] = null;
  for (;;) {
    const rows = await listAttended(reader, person, EVER, cursor, MEETINGS_AT_ONCE);
    const last = rows.at(-1);
    if (last === undefined) return;
    const events = await eventsHeld(
      reader,
      identities,
      rows.map(({ meetingId }) => meetingId),
    );
    const byMeeting = Map.groupBy(events, ({ meetingId }) => meetingId);
    for (const { meetingId, source, room, title, startedAt, endedAt, attendances } of rows) {
      yield {
        section: "meetings",
        thing: {
          ...{ meeting_id: meetingId, source, room, title },
          ...{ started_at: toWireTime(startedAt), ended_at: toWireTime(endedAt) },
          attended: attendances.map(({ name, visits, waits, tenures }) => ({
            name,
            visits: visits.map(({ joinedAt, leftAt }) => ({
              ...{ joined_at: toWireTime(joinedAt), left_at: toWireTime(leftAt) },
            })),
            waits: waits.map(({ startedAt: from, endedAt: to, outcome }) => ({
              ...{ started_at: toWireTime(from), ended_at: toWireTime(to), outcome },
            })),
            hosted: tenures.map(({ from, to }) => ({
              ...{ from: toWireTime(from), to: toWireTime(to) },
            })),
          })),
          events: (byMeeting.get(meetingId) ?? []).map((event) => ({
            ...{ type: event.type, at: toWireTime(event.at), data: event.data },
            participant_id: event.participantId,
            delivery:
              event.deliveryId === null
                ? null
                : {
                    id: String(event.deliveryId),
                    received_at: event.receivedAt?.toISOString() ?? null,
                    body: (hasBodies && event.body?.toString("utf8")) || null,
                  },
          })),
        },
      };
    }
    if (rows.length < MEETINGS_AT_ONCE) return;
    cursor = { direction: "next", key: { firstAt: last.firstAt, meetingId: last.meetingId } };
  }
}
