import { type OpenLink, openLink, spendLink } from "#db/access/links.ts";
import { endMemberSessions } from "#db/access/member-sessions.ts";
import {
  insertMember,
  memberByEmail,
  memberById,
  setPassword,
  updateMember,
} from "#db/access/members.ts";
import type { Database } from "#db/connection/client.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { LinkKind } from "#domain/access/link.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Auth } from "./auth.ts";
import { passwordMistake } from "./password.ts";

/** What a link offers whoever opens it. `name` and `email` are of the member whose it is. */
export interface Offer {
  kind: LinkKind;
  name: string | null;
  email: string | null;
  expiresAt: Ms;
}

/**
 * What somebody gives who uses a link. `email` counts only for the owner to be, who has no password where people sign
 * in with accounts elsewhere only: they are known there by that address.
 */
export interface Joining {
  name?: string | undefined;
  email?: string | undefined;
  password: string | null;
}

/** Why a link does not let somebody in, as a sentence. */
export class NotJoined extends Error {
  override name = "NotJoined";
  readonly reason: "over" | "name" | "email" | "password";
  constructor(reason: NotJoined["reason"], message: string) {
    super(message);
    this.reason = reason;
  }
}

export const LINK_OVER =
  "This link cannot be used: it was used already, is too old, or was replaced by a newer one. Ask whoever sent it for another.";

/** What the link with this token offers now; `null` where it cannot be used. */
export async function offerOf(
  { orm }: Pick<Database, "orm">,
  token: string,
  now: Ms,
): Promise<Offer | null> {
  const link = await openLink(orm, token, now);
  return link && offerIn(orm, link);
}

async function offerIn(
  orm: Pick<Orm, "select">,
  { kind, expiresAt, memberId }: OpenLink,
): Promise<Offer | null> {
  if (memberId === null) return { kind, name: null, email: null, expiresAt };
  const member = await memberById(orm, memberId);
  return member && { kind, name: member.name, email: member.email, expiresAt };
}

/**
 * Uses a link, in a transaction of the caller: makes the owner, or gives its member their password, with which every
 * other way in that was opened before is closed. Answers the id and
 * the e-mail address of whom it let in. Throws `NotJoined`, and then the link is as good as before.
 */
export async function join(
  database: Pick<Database, "orm">,
  auth: Auth,
  token: string,
  { name, email, password }: Joining,
  now: Ms,
): Promise<{ id: string; email: string; kind: LinkKind }> {
  const link = await openLink(database.orm, token, now);
  const offer = link && (await offerIn(database.orm, link));
  if (offer === null || link === null) throw new NotJoined("over", LINK_OVER);
  const own = { name: name ?? offer.name ?? "", email: (offer.email ?? email ?? "").toLowerCase() };
  if (own.name === "") throw new NotJoined("name", "Say your name.");
  if (own.email === "") throw new NotJoined("email", "Say your e-mail address.");
  const hash = password === null ? null : await hashOf(auth, password, own);
  const tx = database.orm;
  if (!(await spendLink(tx, token, now))) throw new NotJoined("over", LINK_OVER);
  const id = link.memberId ?? (await makeOwner(tx, own));
  if (own.name !== offer.name) await updateMember(tx, id, { name: own.name });
  if (hash !== null) await setPassword(tx, id, hash);
  await endMemberSessions(tx, id);
  return { id, email: own.email, kind: link.kind };
}

async function hashOf(
  auth: Auth,
  password: string,
  { name, email }: { name: string; email: string },
): Promise<string> {
  const mistake = passwordMistake(password, [name, email]);
  if (mistake !== null) throw new NotJoined("password", mistake);
  const { password: hasher } = await auth.$context;
  return hasher.hash(password);
}

/** Makes somebody the owner, also who was invited as something else before there was one. */
async function makeOwner(tx: Orm, own: { name: string; email: string }): Promise<string> {
  const right = { role: "owner", sight: WHOLE_SIGHT } as const;
  const made = await insertMember(tx, { ...own, ...right });
  if (made !== null) return made;
  const invited = await memberByEmail(tx, own.email);
  if (invited === null)
    throw new NotJoined("email", "This e-mail address was just removed. Try again.");
  await updateMember(tx, invited.id, right);
  return invited.id;
}
