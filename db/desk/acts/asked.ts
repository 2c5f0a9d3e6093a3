import { and, asc, desc, eq, exists, gt, isNull, lt, ne, not, type SQL, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { notifyActs } from "#db/connection/bus.ts";
import { sources } from "#db/schema/accounts.ts";
import { askedActs } from "#db/schema/acts.ts";
import { attendances, meetings, rooms } from "#db/schema/projected.ts";
import { isOneOf } from "#db/sql/batch.ts";
import { parts } from "#db/sql/dialect.ts";
import { jsonObject } from "#db/sql/json.ts";
import type { Orm, Reader } from "#db/sql/orm.ts";
import type { ActKind } from "#domain/desk/acts/act-kind.ts";
import { type ActFailure, ASKED_AT_MOST_MS } from "#domain/desk/acts/asked-act.ts";
import type { Ms } from "#domain/time/ms.ts";

interface Asked {
  roomId: number;
  act: ActKind;
  participantIds: string[];
  by: string;
}

/** Notes what a provider is about to be asked, and notifies the bus. Answers by what it is known from then on. */
export async function noteAsked(
  tx: Pick<Orm, "insert" | "delete" | "select">,
  asked: Asked,
  now: Ms,
): Promise<string> {
  const id = uuid();
  await tx.delete(askedActs).where(lt(askedActs.askedAt, now - ASKED_AT_MOST_MS));
  await tx.insert(askedActs).values({ id, ...asked, askedAt: now, failedAt: null, failure: null });
  await notifyActs(tx);
  return id;
}

/** Notes that the provider did not do it, and notifies the bus. */
export async function noteFailed(
  tx: Pick<Orm, "update" | "select">,
  id: string,
  failure: ActFailure,
  now: Ms,
): Promise<void> {
  await tx.update(askedActs).set({ failure, failedAt: now }).where(eq(askedActs.id, id));
  await notifyActs(tx);
}

/** Takes away what was asked in some rooms, as of somebody who is erased. */
export async function forgetAskedIn(
  tx: Pick<Orm, "delete">,
  roomIds: readonly number[],
): Promise<void> {
  if (roomIds.length > 0) await tx.delete(askedActs).where(isOneOf(askedActs.roomId, roomIds));
}

/** The meeting of its room that goes on. */
const going = parts
  .select({ id: meetings.id })
  .from(meetings)
  .where(
    and(
      eq(meetings.roomId, askedActs.roomId),
      isNull(meetings.mergedInto),
      ne(meetings.status, "ended").inlineParams(),
    ),
  )
  .orderBy(desc(meetings.firstAt), desc(meetings.id))
  .limit(1);

/** A provider may tell moments in whole seconds. */
const PRECISION: Ms = 1_000;

function somebody(condition: SQL | undefined): SQL<boolean> {
  const rows = parts
    .select({ one: sql`1` })
    .from(attendances)
    .where(and(eq(attendances.meetingId, meetings.id), condition));
  return sql<boolean>`${exists(rows)}`;
}

const visit = (condition: SQL) =>
  sql`exists (select 1 from jsonb_array_elements(${attendances.visits}) visit where ${condition})`;
const CAME_SINCE = visit(
  sql`(visit ->> 'joinedAt')::bigint >= ${askedActs.askedAt} - ${sql.raw(String(PRECISION))}`,
);
const IS_IN = visit(
  sql`visit -> 'leftAt' = 'null'::jsonb and visit ->> 'participantId' = any(${askedActs.participantIds})`,
);

const whom = parts
  .select({ person: jsonObject({ id: attendances.personId, name: attendances.name }).as("person") })
  .from(attendances)
  .where(
    and(
      eq(attendances.meetingId, meetings.id),
      sql`${attendances.participantIds} && ${askedActs.participantIds}`,
    ),
  )
  .limit(1);

/** What was asked of providers since a moment in meetings that go on, with what happened in them since. One statement. */
export function askedSince(reader: Reader, since: Ms) {
  return reader
    .select({
      id: askedActs.id,
      act: askedActs.act,
      participantIds: askedActs.participantIds,
      by: askedActs.by,
      askedAt: askedActs.askedAt,
      failedAt: askedActs.failedAt,
      failure: askedActs.failure,
      provider: sources.provider,
      meetingId: meetings.id,
      person: sql<{ id: string; name: string | null } | null>`(${whom})`,
      since: jsonObject({
        isStillIn: somebody(IS_IN),
        isJoined: somebody(and(not(attendances.isNoteTaker), CAME_SINCE)),
        isHostJoined: somebody(and(attendances.isHost, CAME_SINCE)),
      }),
    })
    .from(askedActs)
    .innerJoin(rooms, eq(rooms.id, askedActs.roomId))
    .innerJoin(sources, eq(sources.id, rooms.sourceId))
    .innerJoin(meetings, eq(meetings.id, sql`(${going})`))
    .where(gt(askedActs.askedAt, since))
    .orderBy(asc(askedActs.askedAt), asc(askedActs.id));
}
