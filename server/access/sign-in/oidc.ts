import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { z } from "zod";
import {
  attachAccount,
  hasAccount,
  insertMember,
  lockOwners,
  memberByAccount,
  memberByEmail,
  otherOwners,
  updateMember,
} from "#db/access/members.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { AuditActor, AuditEntry } from "#domain/access/audit/audit.ts";
import type { Audited } from "#domain/access/audit/audited.ts";
import type { Member } from "#domain/access/member.ts";
import { ROLES, type Role } from "#domain/access/role.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";
import { audit } from "#server/runtime/audit.ts";

/** How people sign in with the accounts they have elsewhere, from the environment. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The claim that says what somebody may; `null` where only those who were invited come in. */
  roleClaim: string | null;
  /** Whether there are no passwords besides. */
  isOnly: boolean;
}

/** As the library names the provider, and as it stands in the address to which it leads back. */
const OIDC = "oidc";

const claims = z.looseObject({
  sub: z.string().min(1),
  email: z.email().toLowerCase(),
  email_verified: z.union([z.boolean(), z.stringbool()]).default(false),
  name: z.string().trim().min(1).max(100).nullish().catch(null),
});

/** The library's part for one provider of OpenID Connect. Who comes in is decided here, before it looks. */
export function oidcPlugin(orm: Orm, settings: OidcSettings) {
  const { issuer, clientId, clientSecret } = settings;
  return genericOAuth({
    config: [
      {
        providerId: OIDC,
        discoveryUrl: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
        clientId,
        clientSecret,
        scopes: ["openid", "profile", "email"],
        requireIdTokenVerification: true,
        // Members are made by `letIn`.
        disableSignUp: true,
        async mapProfileToUser(profile) {
          await letIn(orm, profile, settings);
          return {};
        },
      },
    ],
  });
}

/**
 * Makes a member of whom the provider vouches for, or changes what they may, by its claim; gives whoever was invited,
 * and has no other way in, this one. Does nothing for everybody else, and then the library lets nobody in.
 */
async function letIn(
  orm: Orm,
  profile: unknown,
  { roleClaim, isOnly }: OidcSettings,
): Promise<void> {
  const read = claims.safeParse(profile);
  if (!read.success) return;
  const { sub, email, email_verified, name } = read.data;
  const role = roleClaim === null ? null : roleIn(read.data[roleClaim]);
  await orm.transaction(async (tx) => {
    const known = await memberByAccount(tx, OIDC, sub);
    if (known !== null) return follow(tx, known, role);
    if (!email_verified) return;
    const invited = await memberByEmail(tx, email);
    if (invited !== null) {
      // Whoever has a password goes on with that: otherwise a provider could take over anybody. Where there are none
      // any more, the provider says who it is; but an address that somebody else has there now is not theirs.
      const isOpen = invited.isInvited || (isOnly && !(await hasAccount(tx, invited.id, OIDC)));
      if (!isOpen) return;
      await attachAccount(tx, invited.id, OIDC, sub);
      await audit(tx, byProvider(email), joined(invited));
      return follow(tx, invited, role);
    }
    if (role === null) return;
    const id = await insertMember(tx, { name: name ?? email, email, role, sight: WHOLE_SIGHT });
    if (id === null) return;
    await attachAccount(tx, id, OIDC, sub);
    await audit(tx, byProvider(email), joined({ id, email }));
  });
}

/** Gives a member the role that the claim names; but the last owner stays one, as wherever a role is changed. */
async function follow(tx: Orm, member: Member, role: Role | null): Promise<void> {
  if (role === null || role === member.role) return;
  if (member.role === "owner") {
    await lockOwners(tx);
    if ((await otherOwners(tx, member.id)) === 0) return;
  }
  await updateMember(tx, member.id, rightOf(role));
  const entry = { action: "member.changed", details: { changed: ["role"] } } as const;
  await audit(tx, byProvider(member.email), { ...entry, about: about(member) });
}

function joined(member: Pick<Member, "id" | "email">): AuditEntry {
  return { action: "member.joined", about: about(member), details: { by: "account" } };
}

function about({ id, email }: Pick<Member, "id" | "email">): Audited {
  return { kind: "member", id, label: email };
}

/** Nobody is signed in yet: the provider says whose account it is. */
function byProvider(email: string): AuditActor {
  return { kind: "nobody", id: null, label: email, address: null, userAgent: null };
}

/** An owner sees everything; for others what they see stays as an owner said. */
function rightOf(role: Role) {
  return role === "owner" ? { role, sight: WHOLE_SIGHT } : { role };
}

/** The greatest role that a claim names: one, or one of a list, also as `rollcall-owner`. */
function roleIn(claim: unknown): Role | null {
  const named = [claim].flat().map((one) =>
    String(one)
      .toLowerCase()
      .replace(/^rollcall[-_:.]/, ""),
  );
  return ROLES.find((role) => named.includes(role)) ?? null;
}
