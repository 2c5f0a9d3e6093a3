import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Ms } from "#domain/time/ms.ts";

/** What a wait is known by, whichever meeting it turns out to belong to: the first knock, and where. */
export interface FirstKnock {
  roomId: number;
  participantId: string;
  startedAt: Ms;
}

/** The id of a wait: the same after every replay, because it follows from the knock; by MD5, as the database has it. */
export function waitIdOf({ roomId, startedAt, participantId }: FirstKnock): string {
  const hex = createHash("md5").update(`${roomId} ${startedAt} ${participantId}`).digest("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The same of rows of a table of knocks that does not store it. */
export function idOfWait({
  roomId,
  startedAt,
  participantId,
}: Record<keyof FirstKnock, PgColumn>): SQL<string> {
  return sql`(md5(${roomId}::text || ' ' || ${startedAt}::text || ' ' || ${participantId})::uuid)`;
}
