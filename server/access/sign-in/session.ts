import { z } from "zod";
import type { Orm } from "#db/sql/orm.ts";
import { type MemberSettings, NO_SETTINGS } from "#domain/access/member.ts";
import { ROLES, type Role } from "#domain/access/role.ts";
import type { Sight } from "#domain/access/sight.ts";
import type { Ms } from "#domain/time/ms.ts";
import { type Auth, auth, createAuth } from "./auth.ts";

/** Somebody who signed in, by the session in their cookie. */
export interface SignedIn {
  session: string;
  id: string;
  name: string;
  email: string;
  role: Role;
  sight: Sight;
  settings: MemberSettings;
  hasSecondFactor: boolean;
  /** They are to set up a code first: until then nothing else is theirs. */
  lacksCode: boolean;
  /** When anything of them was last changed. */
  changedAt: Ms;
}

/** The cookie of a member's session. */
export const MEMBER_COOKIE = "rollcall.session_token";

const known = z.object({
  session: z.object({ id: z.string(), lacksCode: z.boolean() }),
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    sources: z.array(z.string()).nullable(),
    rooms: z.array(z.string()).nullable(),
    masked: z.boolean(),
    twoFactorEnabled: z.boolean(),
    settings: z.custom<Partial<MemberSettings>>((value) => typeof value === "object"),
    updatedAt: z.date(),
  }),
});

const readers = new WeakMap<Orm, Auth>();

/** Who is signed in by these cookies; `null` for nobody. The session is not moved on. */
export async function signedIn(
  cookies: string | null | undefined,
  orm: Orm,
  secret: string,
): Promise<SignedIn | null> {
  if (!cookies?.includes(MEMBER_COOKIE)) return null;
  let reader = readers.get(orm);
  if (reader === undefined) {
    reader = createAuth({ orm, secret, publicUrl: null, log: () => undefined });
    readers.set(orm, reader);
  }
  const headers = new Headers({ cookie: cookies });
  return signedInOf(await reader.api.getSession({ headers, query: { disableRefresh: true } }));
}

/**
 * Who is signed in by these cookies, and what their browser is to be told: a session that is used goes on from then, and
 * one that is over is taken out of the browser.
 */
export async function continueSession(
  cookies: string | undefined,
  client: { isSecure: boolean },
): Promise<{ member: SignedIn | null; cookies: string[] }> {
  if (!cookies?.includes(MEMBER_COOKIE)) return { member: null, cookies: [] };
  const { response, headers } = await auth(client).api.getSession({
    headers: new Headers({ cookie: cookies }),
    returnHeaders: true,
  });
  return { member: signedInOf(response), cookies: headers.getSetCookie() };
}

/** Who it is by the library's answer; `null` for nobody. */
function signedInOf(answer: unknown): SignedIn | null {
  if (answer === null) return null;
  const { session, user } = known.parse(answer);
  const { id, name, email, role, sources, rooms, masked } = user;
  return {
    ...{ session: session.id, id, name, email, role, sight: { sources, rooms, masked } },
    settings: { ...NO_SETTINGS, ...user.settings },
    hasSecondFactor: user.twoFactorEnabled,
    lacksCode: session.lacksCode,
    changedAt: user.updatedAt.getTime(),
  };
}
