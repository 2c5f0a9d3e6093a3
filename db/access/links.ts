import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull } from "drizzle-orm";
import { v7 as uuid } from "uuid";
import { accessLinks } from "#db/schema/members.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { LinkKind } from "#domain/access/link.ts";
import type { Ms } from "#domain/time/ms.ts";

/** How long a link may be used. */
const LASTS_MS: Readonly<Record<LinkKind, Ms>> = {
  set_up: 3_600_000,
  invitation: 7 * 86_400_000,
  reset: 86_400_000,
};

/** A link that nobody has used yet. */
export interface OpenLink {
  id: string;
  kind: LinkKind;
  memberId: string | null;
  expiresAt: Ms;
}

/**
 * Makes a link of a kind for a member, in place of the ones before it, and answers the last part of its address, which
 * is stored nowhere.
 */
export async function makeLink(
  orm: Pick<Orm, "insert" | "delete">,
  kind: LinkKind,
  memberId: string | null,
  now: Ms,
): Promise<string> {
  const token = randomBytes(24).toString("base64url");
  const whose =
    memberId === null ? isNull(accessLinks.memberId) : eq(accessLinks.memberId, memberId);
  await orm.delete(accessLinks).where(and(whose, isNull(accessLinks.usedAt)));
  await orm.insert(accessLinks).values({
    ...{ id: uuid(), kind, memberId, hash: hashOf(token) },
    ...{ createdAt: new Date(now), expiresAt: new Date(now + LASTS_MS[kind]) },
  });
  return token;
}

/** The link with this token, if it can be used now. */
export async function openLink(
  orm: Pick<Orm, "select">,
  token: string,
  now: Ms,
): Promise<OpenLink | null> {
  const [row] = await orm.select().from(accessLinks).where(isOpen(token, now));
  if (row === undefined) return null;
  const { id, kind, memberId, expiresAt } = row;
  return { id, kind, memberId, expiresAt: expiresAt.getTime() };
}

/** Uses a link up. `false` where somebody was faster: it is good once. */
export async function spendLink(
  orm: Pick<Orm, "update">,
  token: string,
  now: Ms,
): Promise<boolean> {
  const rows = await orm
    .update(accessLinks)
    .set({ usedAt: new Date(now) })
    .where(isOpen(token, now))
    .returning({ id: accessLinks.id });
  return rows.length > 0;
}

function isOpen(token: string, now: Ms) {
  return and(
    eq(accessLinks.hash, hashOf(token)),
    isNull(accessLinks.usedAt),
    gt(accessLinks.expiresAt, new Date(now)),
  );
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
