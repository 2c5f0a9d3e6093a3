import type { OpenShare } from "#db/access/shares/shares.ts";
import { database } from "#db/connection/client.ts";
import { type MeetingRow, meetingById } from "#db/meetings/meeting.ts";
import { sharedViewOf } from "#domain/access/shares/shared-meeting.ts";
import { toEvent } from "#domain/event/recorded.ts";
import { projectMeeting } from "#domain/meeting/meeting.ts";
import { type MeetingFacts, roomContextOf } from "#domain/meeting/meeting-facts.ts";
import { fromWireTime, toWireTime } from "#domain/time/wire-time.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { tagOf } from "#server/http/unless-known.ts";
import { readMeeting } from "#server/live/meeting.ts";
import { buildName } from "#server/runtime/build.ts";
import type { sharedMeeting } from "./schema.ts";

export type SharedMeetingJson = AnswerOf<typeof sharedMeeting>;
/** What is the same until the meeting changes. */
type Steady = Omit<SharedMeetingJson, "as_of">;

/** A meeting as a link shows it, and a tag that is another one as soon as anything of it is. */
export interface SharedMeetingFound {
  tag: string;
  read: () => Promise<SharedMeetingJson>;
}

/**
 * The meeting of a link, or the one that it was merged into. One statement, and three more only for who does not have it
 * already. Throws 404 where it does not exist any more.
 */
export async function sharedMeetingOf(share: OpenShare): Promise<SharedMeetingFound> {
  const row = await survivorOf(share.meetingId);
  const { masked, expiresAt } = share;
  const tag = tagOf({ row, masked, expiresAt, build: buildName() });
  return {
    tag,
    read: async () => ({ ...(await steadily(tag, row.id, share)), as_of: toWireTime(Date.now()) }),
  };
}

/** Meetings are merged into earlier ones, so this comes to an end. */
async function survivorOf(meetingId: string | null): Promise<MeetingRow> {
  let id = meetingId;
  while (id !== null) {
    const row = await meetingById(database().orm, id);
    if (row === null) break;
    if (row.mergedInto === null) return row;
    id = row.mergedInto;
  }
  throw notFound("link");
}

/** What was read last, by its tag: many may look at one meeting, and all ask as soon as it changes. */
const last = new Map<string, Promise<Steady>>();
const MOST_READ = 50;

function steadily(tag: string, id: string, share: OpenShare): Promise<Steady> {
  const before = last.get(tag);
  if (before !== undefined) return before;
  const reading = read(id, share);
  if (last.size >= MOST_READ) last.clear();
  last.set(tag, reading);
  reading.catch(() => last.delete(tag));
  return reading;
}

async function read(id: string, { masked, expiresAt }: OpenShare): Promise<Steady> {
  const found = await readMeeting(id);
  switch (found.kind) {
    case "found":
      return {
        ...meetingOf(found.facts, masked),
        ...{ build: buildName(), masked, expires_at: toWireTime(expiresAt) },
      };
    case "unreadable":
      throw new ApiError(500, "unreadable_event", "This meeting cannot be read now.");
    case "merged":
    case "unknown":
      throw notFound("link");
    default:
      return found satisfies never;
  }
}

function meetingOf(facts: MeetingFacts, masked: boolean) {
  const { rules, erased, title, room, source } = facts;
  const now = fromWireTime(facts.as_of);
  const about = { name: title ?? room, demo: source.demo === true, grace_ms: rules.graceMs };
  if (erased !== null) {
    const { started_at, ended_at } = erased;
    return {
      ...{ ...about, erased: true, status: "ended" as const, people: [], note_takers: [] },
      ...{ first_at: started_at, tip_at: ended_at, started_at, ended_at },
    };
  }
  const view = projectMeeting(facts.events.map(toEvent), rules, now, roomContextOf(facts));
  return { ...about, erased: false, ...sharedViewOf(view, masked) };
}
