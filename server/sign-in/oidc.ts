import { genericOAuth } from "better-auth/plugins/generic-oauth";
import { z } from "zod";
import {
  attachAccount,
  insertMember,
  memberByAccount,
  memberByEmail,
  updateMember,
} from "#db/access/members.ts";
import type { Orm } from "#db/sql/orm.ts";
import { ROLES, type Role } from "#domain/access/role.ts";
import { WHOLE_SIGHT } from "#domain/access/sight.ts";

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
export function oidcPlugin(orm: Orm, { issuer, clientId, clientSecret, roleClaim }: OidcSettings) {
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
          await letIn(orm, profile, roleClaim);
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
async function letIn(orm: Orm, profile: unknown, roleClaim: string | null): Promise<void> {
  const read = claims.safeParse(profile);
  if (!read.success) return;
  const { sub, email, email_verified, name } = read.data;
  const role = roleClaim === null ? null : roleIn(read.data[roleClaim]);
  await orm.transaction(async (tx) => {
    const known = await memberByAccount(tx, OIDC, sub);
    if (known !== null) {
      if (role !== null && role !== known.role) await updateMember(tx, known.id, rightOf(role));
      return;
    }
    if (!email_verified) return;
    const invited = await memberByEmail(tx, email);
    if (invited !== null) {
      // Whoever has a password goes on with that: otherwise a provider could take over anybody.
      if (!invited.isInvited) return;
      if (role !== null) await updateMember(tx, invited.id, rightOf(role));
      await attachAccount(tx, invited.id, OIDC, sub);
      return;
    }
    if (role === null) return;
    const id = await insertMember(tx, { name: name ?? email, email, role, sight: WHOLE_SIGHT });
    if (id !== null) await attachAccount(tx, id, OIDC, sub);
  });
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
