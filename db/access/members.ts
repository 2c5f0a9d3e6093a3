import { and, asc, count, eq, isNull, max, ne, sql } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import {
  accessLinks,
  memberAccounts,
  memberSessions,
  members,
  memberTwoFactors,
} from "#db/schema/members.ts";
import type { Orm } from "#db/sql/orm.ts";
import { type Member, type MemberSettings, NO_SETTINGS } from "#domain/access/member.ts";
import type { Role } from "#domain/access/role.ts";
import type { Sight } from "#domain/access/sight.ts";

/** What a member is made of, besides what follows from their signing in. */
export interface MemberFacts {
  name: string;
  email: string;
  role: Role;
  sight: Sight;
}

/** How an account with a password is named by the library. */
const BY_PASSWORD = "credential";

/** Whether somebody has become the owner: from then on everybody signs in. */
export async function hasOwner(orm: Pick<Orm, "select">): Promise<boolean> {
  const rows = await orm
    .select({ id: members.id })
    .from(members)
    .innerJoin(memberAccounts, eq(memberAccounts.userId, members.id))
    .where(eq(members.role, "owner"))
    .limit(1);
  return rows.length > 0;
}

/** Makes others who change an owner wait until this transaction is over. */
export async function lockOwners(orm: Pick<Orm, "select">): Promise<void> {
  await orm.select({ id: members.id }).from(members).where(eq(members.role, "owner")).for("update");
}

/** How many owners there are besides this member, of those who have signed in once. */
export async function otherOwners(orm: Pick<Orm, "select">, id: string): Promise<number> {
  const [row] = await orm
    .select({ count: count() })
    .from(members)
    .where(and(eq(members.role, "owner"), ne(members.id, id), isAccepted()));
  return row?.count ?? 0;
}

/** Makes a member who has no way to sign in yet. `null` where somebody has this e-mail address. */
export async function insertMember(
  orm: Pick<Orm, "insert">,
  { name, email, role, sight }: MemberFacts,
): Promise<string | null> {
  const made = await orm
    .insert(members)
    .values({ id: uuid(), name, email: email.toLowerCase(), role, ...fields(sight) })
    .onConflictDoNothing()
    .returning({ id: members.id });
  return made[0]?.id ?? null;
}

/** Gives a member a password, by its hash, in place of any before, and of every link to choose one. */
export async function setPassword(
  orm: Pick<Orm, "insert" | "delete">,
  memberId: string,
  hash: string,
): Promise<void> {
  await orm
    .delete(memberAccounts)
    .where(and(eq(memberAccounts.userId, memberId), eq(memberAccounts.providerId, BY_PASSWORD)));
  await orm
    .delete(accessLinks)
    .where(and(eq(accessLinks.memberId, memberId), isNull(accessLinks.usedAt)));
  await orm.insert(memberAccounts).values({
    ...{ id: uuid(), userId: memberId, accountId: memberId },
    ...{ providerId: BY_PASSWORD, password: hash },
  });
}

/** Takes the second factor of a member away. `false` where they have none. */
export async function removeSecondFactor(
  orm: Pick<Orm, "update" | "delete">,
  memberId: string,
): Promise<boolean> {
  const codes = await orm
    .delete(memberTwoFactors)
    .where(eq(memberTwoFactors.userId, memberId))
    .returning({ id: memberTwoFactors.id });
  await orm
    .update(members)
    .set({ twoFactorEnabled: false, updatedAt: new Date() })
    .where(eq(members.id, memberId));
  return codes.length > 0;
}

/** Every member, in the order in which they were made. */
export async function listMembers(orm: Pick<Orm, "select">): Promise<Member[]> {
  const rows = await selectMembers(orm).orderBy(asc(members.createdAt), asc(members.id));
  return rows.map(memberOf);
}

export async function memberById(orm: Pick<Orm, "select">, id: string): Promise<Member | null> {
  const [row] = await selectMembers(orm).where(eq(members.id, id));
  return row === undefined ? null : memberOf(row);
}

export async function memberByEmail(
  orm: Pick<Orm, "select">,
  email: string,
): Promise<Member | null> {
  const [row] = await selectMembers(orm).where(eq(members.email, email.toLowerCase()));
  return row === undefined ? null : memberOf(row);
}

/** The member who signs in with this account at a provider. */
export async function memberByAccount(
  orm: Pick<Orm, "select">,
  providerId: string,
  accountId: string,
): Promise<Member | null> {
  const [row] = await selectMembers(orm)
    .innerJoin(memberAccounts, eq(memberAccounts.userId, members.id))
    .where(and(eq(memberAccounts.providerId, providerId), eq(memberAccounts.accountId, accountId)));
  return row === undefined ? null : memberOf(row);
}

/** Whether a member has a password. */
export function signsInByPassword(orm: Pick<Orm, "select">, memberId: string): Promise<boolean> {
  return hasAccount(orm, memberId, BY_PASSWORD);
}

/** Whether a member has an account at this provider already. */
export async function hasAccount(
  orm: Pick<Orm, "select">,
  memberId: string,
  providerId: string,
): Promise<boolean> {
  const rows = await orm
    .select({ id: memberAccounts.id })
    .from(memberAccounts)
    .where(and(eq(memberAccounts.userId, memberId), eq(memberAccounts.providerId, providerId)));
  return rows.length > 0;
}

/** Lets a member sign in with an account at a provider. */
export async function attachAccount(
  orm: Pick<Orm, "insert">,
  userId: string,
  providerId: string,
  accountId: string,
): Promise<void> {
  await orm.insert(memberAccounts).values({ id: uuid(), userId, providerId, accountId });
}

/** Changes a member; what is left out stays, also of their settings and of the columns in them. `false` where there is none. */
export async function updateMember(
  orm: Pick<Orm, "update">,
  id: string,
  { sight, settings, ...facts }: Partial<MemberFacts & { settings: Partial<MemberSettings> }>,
): Promise<boolean> {
  const set = {
    ...facts,
    ...(sight !== undefined && fields(sight)),
    ...(settings !== undefined && { settings: settingsWith(settings) }),
    updatedAt: new Date(),
  };
  const rows = await orm.update(members).set(set).where(eq(members.id, id)).returning();
  return rows.length > 0;
}

/** Removes a member with their sessions, passwords and links. `false` where there is none. */
export async function deleteMember(orm: Pick<Orm, "delete">, id: string): Promise<boolean> {
  const rows = await orm.delete(members).where(eq(members.id, id)).returning({ id: members.id });
  return rows.length > 0;
}

/** In one statement, so that two changes from two devices both stay. */
function settingsWith({ columns, ...settings }: Partial<MemberSettings>) {
  const before = sql`coalesce(${members.settings}->'columns', '{}'::jsonb)`;
  const chosen = sql`jsonb_build_object('columns', ${before} || ${JSON.stringify(columns ?? {})}::jsonb)`;
  return sql`${members.settings} || ${JSON.stringify(settings)}::jsonb || ${chosen}`;
}

function isAccepted() {
  return sql<boolean>`exists (select from ${memberAccounts} where ${memberAccounts.userId} = ${members.id})`;
}

function selectMembers(orm: Pick<Orm, "select">) {
  const seen = orm
    .select({ userId: memberSessions.userId, at: max(memberSessions.updatedAt).as("seen_at") })
    .from(memberSessions)
    .groupBy(memberSessions.userId)
    .as("seen");
  return orm
    .select({ member: members, isAccepted: isAccepted(), seenAt: seen.at })
    .from(members)
    .leftJoin(seen, eq(seen.userId, members.id))
    .$dynamic();
}

type MemberRow = Awaited<ReturnType<typeof selectMembers>>[number];

function memberOf({ member, isAccepted, seenAt }: MemberRow): Member {
  const { id, name, email, role, sources, rooms, masked } = member;
  return {
    ...{ id, name, email, role, sight: { sources, rooms, masked } },
    settings: { ...NO_SETTINGS, ...member.settings },
    hasSecondFactor: member.twoFactorEnabled,
    isInvited: !isAccepted,
    createdAt: member.createdAt.getTime(),
    changedAt: member.updatedAt.getTime(),
    lastSeenAt: seenAt?.getTime() ?? null,
  };
}

function fields({ sources, rooms, masked }: Sight) {
  return {
    sources: sources === null ? null : [...sources],
    rooms: rooms === null ? null : [...rooms],
    masked,
  };
}
