import { hkdfSync } from "node:crypto";
import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { twoFactor } from "better-auth/plugins/two-factor";
import { v7 as uuid } from "uuid";
import { database } from "#db/connection/client.ts";
import {
  memberAccounts,
  memberSessions,
  members,
  memberTwoFactors,
  memberVerifications,
} from "#db/schema/members.ts";
import type { Orm } from "#db/sql/orm.ts";
import { CLIENT_ADDRESS } from "#server/runtime/client-address.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { lacksCode } from "./lacks-code.ts";
import { type OidcSettings, oidcPlugin } from "./oidc.ts";
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from "./password.ts";
import { spendCode } from "./spent-codes.ts";

/*
 * The library for signing in: passwords, sessions, second factors, OIDC. What is left off is left off on purpose, see
 * docs/decisions/0043-who-signs-in.md. Everything about members besides is ours.
 */

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3600;
/** A session is over this long after it was last used. */
const SESSION_SECONDS = 30 * DAY_SECONDS;

interface Parts {
  orm: Orm;
  /** The key of this installation, from which the one for cookies is derived. */
  secret: string;
  /** The address people use; `null` where it is not configured, and then the request's own. */
  publicUrl: string | null;
  /** Whether its cookies are for TLS only, also where that address does not say so. */
  isSecure?: boolean;
  /** Accounts elsewhere that let somebody in; none where absent. */
  oidc?: OidcSettings | null;
  log: (level: "error" | "warn", message: string) => void;
}

export type Auth = ReturnType<typeof createAuth>;

/** The library, set up for a database. */
export function createAuth({ orm, secret, publicUrl, isSecure = false, oidc = null, log }: Parts) {
  return betterAuth({
    appName: "Rollcall",
    basePath: "/api/auth",
    baseURL: publicUrl ?? "http://localhost",
    // A page of another origin never comes so far: the gate and `answering` have asked where a request is from.
    trustedOrigins: async (request) => ownOriginOf(request),
    secret: Buffer.from(hkdfSync("sha256", secret, "", "sign-in", 32)).toString("base64url"),
    database: drizzleAdapter(orm, {
      provider: "pg",
      transaction: true,
      schema: {
        user: members,
        session: memberSessions,
        account: memberAccounts,
        verification: memberVerifications,
        twoFactor: memberTwoFactors,
      },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    session: {
      expiresIn: SESSION_SECONDS,
      updateAge: HOUR_SECONDS,
      // A session that was ended would live on in it.
      cookieCache: { enabled: false },
      additionalFields: { lacksCode: { type: "boolean", input: false, defaultValue: false } },
    },
    databaseHooks: {
      session: {
        create: {
          async before(session, context) {
            await spendCode(orm, session, context);
            return { data: { lacksCode: await lacksCode(orm, session, context) } };
          },
        },
      },
    },
    user: {
      changeEmail: { enabled: false },
      deleteUser: { enabled: false },
      additionalFields: {
        role: { type: "string", input: false },
        sources: { type: "string[]", required: false, input: false },
        rooms: { type: "string[]", required: false, input: false },
        masked: { type: "boolean", input: false },
        settings: { type: "json", input: false },
      },
    },
    account: { accountLinking: { enabled: false } },
    plugins: [twoFactor({ issuer: "Rollcall" }), ...(oidc === null ? [] : [oidcPlugin(orm, oidc)])],
    // Ours is in front of it, and knows of failures; by itself it lets three people of a house in every ten seconds.
    rateLimit: {
      ...{ enabled: true, storage: "memory", window: 60, max: 120 },
      customRules: { "/sign-in/*": { window: 60, max: 120 } },
    },
    telemetry: { enabled: false },
    logger: {
      level: "warn",
      disableColors: true,
      // Only its own sentences: what comes with them may name people.
      log: (level, message) => log(level === "error" ? "error" : "warn", message),
    },
    advanced: {
      cookiePrefix: "rollcall",
      // One name with and without TLS: the attribute is what counts.
      useSecureCookies: false,
      defaultCookieAttributes: {
        httpOnly: true,
        sameSite: "lax",
        secure: isSecure || publicUrl?.startsWith("https:") === true,
      },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
      database: { generateId: () => uuid() },
    },
  });
}

/** The origin under which a request was sent here. */
function ownOriginOf(request: Request | undefined): string[] {
  const host = request?.headers.get("host");
  return host == null ? [] : [`http://${host}`, `https://${host}`];
}

const made = { plain: new WeakMap<Orm, Auth>(), secure: new WeakMap<Orm, Auth>() };

/**
 * The library over the process's database, for signing in and what goes with it. `isSecure`: whether it is asked over
 * TLS, as far as that is believed.
 */
export function auth({ isSecure }: { isSecure: boolean } = { isSecure: false }): Auth {
  const { orm } = database();
  const own = isSecure ? made.secure : made.plain;
  const before = own.get(orm);
  if (before !== undefined) return before;
  const { env, log } = processContext();
  const address = env.publicUrl ?? `http://localhost:${env.port}`;
  const parts = { orm, secret: env.secret, publicUrl: address, isSecure, oidc: env.oidc };
  const library = createAuth({
    ...parts,
    log: (level, message) => log[level]({}, `signing in: ${message}`),
  });
  own.set(orm, library);
  return library;
}
