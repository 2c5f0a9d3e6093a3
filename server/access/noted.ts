import { isDeepStrictEqual } from "node:util";
import type { ApiKeyRow } from "#db/access/keys.ts";
import type { AuditEntry } from "#domain/access/audit/audit.ts";
import type { Audited } from "#domain/access/audit/audited.ts";
import type { LinkKind } from "#domain/access/link.ts";
import type { Member } from "#domain/access/member.ts";

/** What is noted of a key that was made; never the key itself. */
export function keyCreated({ id, name, scopes, expiresAt }: ApiKeyRow): AuditEntry {
  return {
    action: "key.created",
    about: { kind: "key", id, label: name },
    details: { scopes, expires: expiresAt !== null },
  };
}

/** What is noted of a key that was revoked; nothing where there is none. */
export function keyRevoked(row: ApiKeyRow | null): AuditEntry | null {
  if (row === null) return null;
  const { id, name } = row;
  return { action: "key.revoked", about: { kind: "key", id, label: name }, details: {} };
}

/** A member as an entry names them. */
export function aboutMember({ id, email }: Pick<Member, "id" | "email">): Audited {
  return { kind: "member", id, label: email };
}

export function memberInvited(member: Member): AuditEntry {
  return { action: "member.invited", about: aboutMember(member), details: { role: member.role } };
}

/** What of a member became another; `null` where nothing did. */
export function memberChanged(before: Member, after: Member): AuditEntry | null {
  const values = ({ name, role, sight }: Member) => ({ name, role, ...sight });
  const [was, is] = [values(before), values(after)];
  const changed = Object.entries(is).flatMap(([field, value]) =>
    isDeepStrictEqual(value, Object.entries(was).find(([one]) => one === field)?.[1]) ? [] : field,
  );
  if (changed.length === 0) return null;
  return { action: "member.changed", about: aboutMember(after), details: { changed } };
}

export function memberRemoved(member: Member): AuditEntry {
  return { action: "member.removed", about: aboutMember(member), details: {} };
}

/** A link for a member; `null` for the owner to be. */
export function linkMade(kind: LinkKind, member: Member | null): AuditEntry {
  return { action: "link.made", about: member && aboutMember(member), details: { kind } };
}

/** The code of somebody who lost what shows it. */
export function secondFactorRemoved(member: Member): AuditEntry {
  return { action: "second_factor.set", about: aboutMember(member), details: { on: false } };
}

/** Every session of somebody, by an owner. */
export function sessionsEnded(member: Member): AuditEntry {
  return { action: "sessions.ended", about: aboutMember(member), details: { whose: "one" } };
}
