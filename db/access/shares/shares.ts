import { createHash, randomBytes } from "node:crypto";
import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { meetings, rooms } from "#db/schema/projected.ts";
import { sharedLinks } from "#db/schema/shares.ts";
import type { Orm, Reader } from "#db/sql/orm.ts";
import type { ShareKind } from "#domain/access/shares/share.ts";
import type { Ms } from "#domain/time/ms.ts";
import { isUuid } from "#domain/uuid.ts";

/** What a link is made of. */
export interface ShareFacts {
  kind: ShareKind;
  meetingId: string | null;
  /** Ids; `null` for all. */
  sources: readonly string[] | null;
  masked: boolean;
  expiresAt: Ms;
  /** The room of a link for who waits; `null` for others. */
  room: SharedRoom | null;
}

/** A room, and what its guests read that it is called. */
export interface SharedRoom {
  sourceId: string;
  key: string;
  name: string;
}

/** Who made a link. */
export interface ShareMaker {
  madeBy: string;
  memberId: string | null;
  keyId: string | null;
}

/** A link as it is listed: never its token. */
export interface ShareRow extends ShareFacts {
  id: string;
  /** What its meeting is called; `null` where it has none, or that does not exist any more. */
  meetingName: string | null;
  madeBy: string;
  createdAt: Ms;
  revokedAt: Ms | null;
  /** To the minute. */
  lastOpenedAt: Ms | null;
  openedCount: number;
}

/** A link that opens something now. */
export interface OpenShare extends ShareFacts {
  id: string;
}

/** Makes a link, and answers its token: 192 random bits, stored nowhere. */
export async function insertShare(
  orm: Orm,
  { sources, expiresAt, room, ...facts }: ShareFacts,
  maker: ShareMaker,
): Promise<{ share: ShareRow; token: string }> {
  const token = randomBytes(24).toString("base64url");
  const id = uuid();
  await orm.insert(sharedLinks).values({
    ...{ id, hash: hashOf(token), ...facts, ...maker },
    ...{ sources: sources && [...sources], expiresAt: new Date(expiresAt) },
    ...{ roomSourceId: room?.sourceId, room: room?.key, roomName: room?.name },
  });
  const [share] = await listed(orm, eq(sharedLinks.id, id));
  if (share === undefined) throw new Error("a link that was inserted is there");
  return { share, token };
}

/** What is known of a token: the link it opens now, that its link is over, or that there never was one. */
export type FoundShare = { is: "open"; share: OpenShare } | { is: "over" } | { is: "unknown" };

/** Finds the link with this token. One lookup by an index. */
export async function findShare(
  reader: Reader,
  token: string,
  kind: ShareKind,
  now: Ms,
): Promise<FoundShare> {
  const [row] = await reader
    .select()
    .from(sharedLinks)
    .where(and(eq(sharedLinks.hash, hashOf(token)), eq(sharedLinks.kind, kind)));
  if (row === undefined) return { is: "unknown" };
  const { id, meetingId, sources, masked, revokedAt } = row;
  const expiresAt = row.expiresAt.getTime();
  if (revokedAt !== null || expiresAt <= now) return { is: "over" };
  const room = roomIn(row);
  return { is: "open", share: { id, kind, meetingId, sources, masked, expiresAt, room } };
}

function roomIn({ roomSourceId, room, roomName }: typeof sharedLinks.$inferSelect) {
  if (roomSourceId === null || room === null) return null;
  return { sourceId: roomSourceId, key: room, name: roomName ?? room };
}

/** The links that were made by somebody, or all; the latest first. */
export async function listShares(
  reader: Reader,
  by: Omit<ShareMaker, "madeBy"> | null,
): Promise<ShareRow[]> {
  return listed(reader, by === null ? undefined : madeBy(by));
}

/**
 * Revokes a link for good, one of somebody's or any. `null` where there is none; one that was revoked before stays as
 * it was.
 */
export async function revokeShare(
  orm: Orm,
  id: string,
  by: Omit<ShareMaker, "madeBy"> | null,
): Promise<ShareRow | null> {
  if (!isUuid(id)) return null;
  const which = and(eq(sharedLinks.id, id), by === null ? undefined : madeBy(by));
  await orm
    .update(sharedLinks)
    .set({ revokedAt: sql`now()` })
    .where(and(which, isNull(sharedLinks.revokedAt)));
  const [row] = await listed(orm, which);
  return row ?? null;
}

/** Notes that a link is looked at; `isOpened` where a page of it was opened just now. */
export async function noteShareOpened(
  orm: Pick<Orm, "update">,
  id: string,
  at: Ms,
  isOpened: boolean,
): Promise<void> {
  await orm
    .update(sharedLinks)
    .set({
      lastOpenedAt: new Date(at),
      openedCount: sql`${sharedLinks.openedCount} + ${isOpened ? 1 : 0}`,
    })
    .where(eq(sharedLinks.id, id));
}

function madeBy({ memberId, keyId }: Omit<ShareMaker, "madeBy">): SQL {
  if (memberId !== null) return eq(sharedLinks.memberId, memberId);
  return keyId === null ? sql`false` : eq(sharedLinks.keyId, keyId);
}

async function listed(reader: Reader, which: SQL | undefined): Promise<ShareRow[]> {
  const rows = await reader
    .select({
      share: sharedLinks,
      meetingName: sql<string | null>`coalesce(${rooms.title}, ${rooms.key})`,
    })
    .from(sharedLinks)
    .leftJoin(meetings, eq(meetings.id, sharedLinks.meetingId))
    .leftJoin(rooms, eq(rooms.id, meetings.roomId))
    .where(which)
    .orderBy(desc(sharedLinks.createdAt), desc(sharedLinks.id))
    .limit(MOST_LISTED);
  return rows.map(({ share, meetingName }) => ({
    ...{ id: share.id, kind: share.kind, meetingId: share.meetingId, meetingName },
    ...{ sources: share.sources, masked: share.masked, madeBy: share.madeBy },
    ...{ createdAt: share.createdAt.getTime(), expiresAt: share.expiresAt.getTime() },
    ...{ revokedAt: share.revokedAt?.getTime() ?? null, openedCount: share.openedCount },
    ...{ lastOpenedAt: share.lastOpenedAt?.getTime() ?? null, room: roomIn(share) },
  }));
}

/** Older ones are not listed any more. */
const MOST_LISTED = 500;

/** By what a token is found: it is stored nowhere itself. */
export function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
