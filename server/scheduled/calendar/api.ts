import { z } from "zod";
import { sightNow } from "#db/access/sight/seeing.ts";
import { database } from "#db/connection/client.ts";
import { chosenOf, leaveOut } from "#db/scheduled/calendar/calendar-events.ts";
import { takenOf } from "#db/scheduled/calendar/offers.ts";
import { rostersOf } from "#db/scheduled/scheduled-people.ts";
import { calendarEvents } from "#db/schema/calendar.ts";
import type { AuditEntry } from "#domain/access/audit/audit.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { bodyOf } from "#server/http/json-body.ts";
import { mustBeSeen } from "#server/http/must-be-seen.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import { installationTimeZone } from "#server/http/zone.ts";
import { audit } from "#server/runtime/audit.ts";
import { namesNotRead } from "#server/scheduled/unread-names.ts";
import type * as answers from "./schema.ts";
import { type TookMeeting, takeEvents } from "./take.ts";

const MOST_AT_ONCE = 500;
const WHAT = "meeting of a calendar";

const ids = z.array(z.uuid()).min(1).max(MOST_AT_ONCE);
const by = z.string().trim().max(100).nullish();
export const takeShape = z.strictObject({ ids, by });
export const leaveOutShape = z.strictObject({ ids, left_out: z.boolean().default(true), by });

/** `POST /api/v1/calendar-events/take`: they are expected from now on, and follow their calendar. */
export async function postTaken(request: Request, asking: Requester): Promise<Response> {
  const given = await bodyOf(request, takeShape, badRequest);
  const { orm } = database();
  await mustBeSeen(calendarEvents, given.ids, WHAT);
  const events = await chosenOf(orm, given.ids);
  if (events.length === 0) throw notFound(WHAT);
  const who = actorOf(asking, given.by ?? null);
  await mustReadThose(given.ids);
  const took = await database().transaction(async (tx) => {
    const options = { by: who.label, timeZone: installationTimeZone(), now: Date.now() };
    const all: TookMeeting[] = [];
    for (const [sourceId, own] of Map.groupBy(events, (event) => event.sourceId)) {
      all.push(...(await takeEvents(tx, sourceId, own, options)));
    }
    await leaveOut(tx, given.ids, null, options.now);
    const changed = all.filter(({ made, changed: parts }) => made || parts.length > 0);
    if (changed.length > 0) await audit(tx, who, entryOf(changed));
    return all;
  });
  const answer: AnswerOf<typeof answers.taken> = {
    taken: took.map(({ id, made }) => ({ scheduled_meeting_id: id, made })),
  };
  return Response.json(answer);
}

/** `POST /api/v1/calendar-events/leave-out`: they are offered no more, or again. */
export async function postLeftOut(request: Request, asking: Requester): Promise<Response> {
  const given = await bodyOf(request, leaveOutShape, badRequest);
  await mustBeSeen(calendarEvents, given.ids, WHAT);
  if ((await chosenOf(database().orm, given.ids)).length === 0) throw notFound(WHAT);
  const who = actorOf(asking, given.by ?? null);
  const changed = await database().transaction(async (tx) => {
    const meetings = await leaveOut(tx, given.ids, given.left_out ? who.label : null, Date.now());
    if (meetings > 0) {
      await audit(tx, who, {
        ...{ action: "calendar.left_out", about: null },
        details: { meetings, offered_again: !given.left_out },
      });
    }
    return meetings;
  });
  const answer: AnswerOf<typeof answers.leftOut> = { changed };
  return Response.json(answer);
}

/** Names that are seen as initials are not replaced by others. */
async function mustReadThose(given: readonly string[]): Promise<void> {
  if (!sightNow().masked) return;
  const { orm } = database();
  const rosters = await rostersOf(orm, await takenOf(orm, given));
  if (rosters.length > 0) throw namesNotRead();
}

function entryOf(changed: readonly TookMeeting[]): AuditEntry {
  const [one, ...others] = changed;
  const people = changed.reduce((sum, each) => sum + each.people, 0);
  const about =
    one !== undefined && others.length === 0
      ? { kind: "scheduled_meeting" as const, id: one.id, label: one.called }
      : null;
  return {
    action: "calendar.taken",
    about,
    details: { meetings: changed.length, people },
  };
}

function badRequest(why: string): ApiError {
  return new ApiError(400, "bad_calendar_events", `Send ids, of meetings of calendars: ${why}.`);
}
