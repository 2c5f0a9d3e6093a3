import { z } from "zod";
import { database } from "#db/connection/client.ts";
import { forgetAliases, rememberAlias } from "#db/scheduled/class-lists.ts";
import type { Audited } from "#domain/access/audit/audited.ts";
import { foldName } from "#domain/identity/name.ts";
import { entryKeys } from "#domain/scheduled/entry-key.ts";
import { actorOf, type Requester } from "#server/http/actor.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { jsonOf } from "#server/http/json-body.ts";
import { provider } from "#server/providers/providers.ts";
import { audited } from "#server/runtime/audit.ts";
import { BadSchedule, byIn, byShape } from "./given.ts";
import { scheduledWithPeopleJson } from "./json.ts";
import { readScheduled, type ScheduledWithFacts } from "./read.ts";
import { answeringFaults, readBody } from "./refusing.ts";

const lineShape = z.object({ position: z.int({ error: "must be a position of the roster" }) });
const seenShape = z.object({
  meeting_id: z.string({ error: "is missing" }),
  person_id: z.string({ error: "is missing" }),
});

export const matchShape = z.object({
  ...lineShape.shape,
  ...seenShape.shape,
  ...byShape.shape,
});
export const undoMatchShape = lineShape;

/**
 * `PUT /api/v1/scheduled-meetings/{id}/matches`: an operator says that an attendee is a person of the roster. It
 * is stored for the roster: by user id where the provider's ids last, else by name.
 */
export async function putMatch(request: Request, id: string, asking: Requester): Promise<Response> {
  return answeringFaults(async () => {
    const body = await readBody(jsonOf(request));
    const found = await scheduled(id);
    const entry = entryIn(body, found);
    const read = seenShape.safeParse(body);
    if (!read.success) throw wrong(read.error.issues);
    const seen = found.facts.seen.find(
      ({ meetingId, personId }) =>
        meetingId === read.data.meeting_id && personId === read.data.person_id,
    );
    if (seen === undefined) throw notFound("attendee of this scheduled meeting");
    const { row } = found;
    const lasts = provider(row.source.provider)?.userIdsLast ?? false;
    const userId = lasts ? seen.userId : null;
    const value = userId ?? foldName(seen.name);
    if (value === null) {
      const message =
        "has neither a name nor a lasting user id, so nobody can be known again by it";
      throw new BadSchedule([{ field: "person_id", message }]);
    }
    const alias = {
      ...{ rosterId: rosterOf(found), entry, value, seenAs: seen.name, room: row.room },
      sourceId: row.source.id,
      knownBy: userId === null ? ("name" as const) : ("user_id" as const),
    };
    const who = actorOf(asking, byIn(body));
    await audited(
      database(),
      who,
      (client) => rememberAlias(client, alias, who.label, Date.now()),
      () => ({
        action: "match.made",
        about: aboutScheduled(found),
        details: { position: lineIn(body) },
      }),
    );
    return answerWithScheduled(id);
  });
}

/** `DELETE …/matches`: undoes the matches of one person of the roster. */
export async function deleteMatch(
  request: Request,
  id: string,
  asking: Requester,
): Promise<Response> {
  return answeringFaults(async () => {
    const body = await readBody(jsonOf(request));
    const found = await scheduled(id);
    const entry = entryIn(body, found);
    const isDone = await audited(
      database(),
      actorOf(asking),
      (client) => forgetAliases(client, rosterOf(found), entry),
      (wasThere) =>
        wasThere
          ? {
              action: "match.withdrawn",
              about: aboutScheduled(found),
              details: { position: lineIn(body) },
            }
          : null,
    );
    if (!isDone) throw notFound("match that an operator said");
    return answerWithScheduled(id);
  });
}

async function scheduled(id: string): Promise<ScheduledWithFacts> {
  const found = await readScheduled(id);
  if (found === null) throw notFound("scheduled meeting");
  if (found.row.erasedAt === null) return found;
  throw new ApiError(409, "erased", "The names of this roster were erased.");
}

function rosterOf({ row }: ScheduledWithFacts): string {
  return row.classList?.id ?? row.id;
}

function entryIn(body: unknown, { facts }: ScheduledWithFacts): string {
  const entry = entryKeys(facts.roster).get(lineIn(body));
  if (entry === undefined) throw notFound("line of the roster");
  return entry;
}

/** The position on the roster that a body names. */
function lineIn(body: unknown): number {
  const read = lineShape.safeParse(body);
  if (!read.success) throw wrong(read.error.issues);
  return read.data.position;
}

function aboutScheduled({ row }: ScheduledWithFacts): Audited {
  return { kind: "scheduled_meeting", id: row.id, label: row.title ?? row.room };
}

function wrong(issues: readonly { path: PropertyKey[]; message: string }[]): BadSchedule {
  return new BadSchedule(
    issues.map(({ path, message }) => ({ field: String(path[0] ?? "body"), message })),
  );
}

async function answerWithScheduled(id: string): Promise<Response> {
  const found = await readScheduled(id);
  if (found === null) throw notFound("scheduled meeting");
  return Response.json(scheduledWithPeopleJson(found, Date.now()));
}
