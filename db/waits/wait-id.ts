import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { waits } from "#db/schema/projected.ts";
import type { Ms } from "#domain/time/ms.ts";

/** What a wait is known by, whichever meeting it turns out to belong to: the first knock, and where. */
export interface FirstKnock {
  roomId: number;
  participantId: string;
  startedAt: Ms;
}

/**
 * The id of a wait: the same after every replay. It follows from the knock, so that nothing has to store it; MD5,
 * because the database can index that.
 */
export function waitIdOf({ roomId, startedAt, participantId }: FirstKnock): string {
  const hex = createHash("md5").update(`${roomId} ${startedAt} ${participantId}`).digest("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The same of rows of `waits`, or of another table of knocks. */
export function idOfWait({
  roomId,
  startedAt,
  participantId,
}: Record<keyof FirstKnock, PgColumn> = waits): SQL<string> {
  return sql`(md5(${roomId}::text || ' ' || ${startedAt}::text || ' ' || ${participantId})::uuid)`;
}
