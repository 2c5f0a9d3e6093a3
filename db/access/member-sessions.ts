import { and, eq, gt, ne } from "drizzle-orm";
import { memberSessions, members } from "#db/schema/members.ts";
import { isOneOf } from "#db/sql/batch.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Role } from "#domain/access/role.ts";
import type { Sight } from "#domain/access/sight.ts";
import type { Ms } from "#domain/time/ms.ts";

/** A browser in which somebody is signed in. */
export interface MemberSession {
  id: string;
  createdAt: Ms;
  /** To the hour. */
  usedAt: Ms;
  address: string | null;
  userAgent: string | null;
}

/** The sessions of a member that are not over, the latest used first. */
export async function sessionsOf(
  orm: Pick<Orm, "select">,
  memberId: string,
  now: Ms,
): Promise<MemberSession[]> {
  const rows = await orm
    .select()
    .from(memberSessions)
    .where(and(eq(memberSessions.userId, memberId), gt(memberSessions.expiresAt, new Date(now))));
  return rows
    .map(({ id, createdAt, updatedAt, ipAddress, userAgent }) => ({
      ...{ id, createdAt: createdAt.getTime(), usedAt: updatedAt.getTime() },
      ...{ address: ipAddress, userAgent },
    }))
    .toSorted((one, other) => other.usedAt - one.usedAt);
}

/** The addresses from which somebody with this e-mail address is signed in. */
export async function addressesOf(orm: Pick<Orm, "select">, email: string): Promise<string[]> {
  const rows = await orm
    .select({ address: memberSessions.ipAddress })
    .from(memberSessions)
    .innerJoin(members, eq(members.id, memberSessions.userId))
    .where(eq(members.email, email));
  return rows.flatMap(({ address }) => address ?? []);
}

/** Ends the sessions of a member, or one of them; but not the one to `keep`. Answers how many. */
export async function endMemberSessions(
  orm: Pick<Orm, "delete">,
  memberId: string,
  { only, keep }: { only?: string; keep?: string } = {},
): Promise<number> {
  const ended = await orm
    .delete(memberSessions)
    .where(
      and(
        eq(memberSessions.userId, memberId),
        only === undefined ? undefined : eq(memberSessions.id, only),
        keep === undefined ? undefined : ne(memberSessions.id, keep),
      ),
    )
    .returning({ id: memberSessions.id });
  return ended.length;
}

/** Whose a session is, and what they may. */
export interface SessionRight {
  memberId: string;
  role: Role;
  sight: Sight;
}

/** What those who are signed in with these sessions may now. A session that is over is missing. */
export async function rightsOfSessions(
  orm: Pick<Orm, "select">,
  ids: readonly string[],
  now: Ms,
): Promise<Map<string, SessionRight>> {
  const rows = await orm
    .select({ id: memberSessions.id, memberId: members.id, role: members.role, ...SIGHT })
    .from(memberSessions)
    .innerJoin(members, eq(members.id, memberSessions.userId))
    .where(and(isOneOf(memberSessions.id, ids), gt(memberSessions.expiresAt, new Date(now))));
  return new Map(
    rows.map(({ id, memberId, role, ...sight }) => [id, { memberId, role, sight }] as const),
  );
}

const SIGHT = { sources: members.sources, rooms: members.rooms, masked: members.masked };
