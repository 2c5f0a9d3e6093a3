import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { LinkKind } from "#domain/access/link.ts";
import type { MemberSettings } from "#domain/access/member.ts";
import type { Role } from "#domain/access/role.ts";
import { bytes, createdAt } from "./columns.ts";

/*
 * Who signs in. `members`, `member_sessions`, `member_accounts`, `member_verifications` and `member_two_factors` are
 * read and written by the library for signing in too, which knows their columns by the names it gives them.
 */

const moment = () => timestamp({ withTimezone: true });
const ofMember = () =>
  uuid()
    .notNull()
    .references(() => members.id, { onDelete: "cascade" });

/** Somebody who may sign in. Without a password in `member_accounts` they have only been invited. */
export const members = pgTable("members", {
  id: uuid().primaryKey(),
  name: text().notNull(),
  /** In lower case. */
  email: text().notNull().unique(),
  emailVerified: boolean().notNull().default(false),
  /** The library asks for it; nothing is stored. */
  image: text(),
  twoFactorEnabled: boolean().notNull().default(false),
  role: text().$type<Role>().notNull(),
  /** What they may see, as `Sight` says it. */
  sources: uuid().array(),
  rooms: text().array(),
  masked: boolean().notNull().default(false),
  settings: jsonb().$type<Partial<MemberSettings>>().notNull().default({}),
  createdAt: createdAt(),
  updatedAt: createdAt(),
});

/** A browser in which a member is signed in, until `expires_at`, which is moved on as it is used. */
export const memberSessions = pgTable(
  "member_sessions",
  {
    id: uuid().primaryKey(),
    /** Half of the cookie; the other half is its signature. */
    token: text().notNull().unique(),
    userId: ofMember(),
    expiresAt: moment().notNull(),
    ipAddress: text(),
    userAgent: text(),
    /** They are to set up a code first: until then it opens nothing. */
    lacksCode: boolean().notNull().default(false),
    createdAt: createdAt(),
    /** When it was last moved on, to the hour. */
    updatedAt: createdAt(),
  },
  (table) => [index("member_sessions_by_member").on(table.userId)],
);

/** How a member proves who they are: by a password, or by an account at the provider of OIDC. */
export const memberAccounts = pgTable(
  "member_accounts",
  {
    id: uuid().primaryKey(),
    accountId: text().notNull(),
    providerId: text().notNull(),
    userId: ofMember(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: moment(),
    refreshTokenExpiresAt: moment(),
    scope: text(),
    /** Its hash. */
    password: text(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (table) => [
    index("member_accounts_by_member").on(table.userId),
    uniqueIndex("member_accounts_by_account").on(table.providerId, table.accountId),
  ],
);

/** What the library remembers between two requests of one sign-in, each under a name that nobody can guess. */
export const memberVerifications = pgTable(
  "member_verifications",
  {
    id: uuid().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: moment().notNull(),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (table) => [index("member_verifications_by_identifier").on(table.identifier)],
);

/** The secret of a member's second factor and their backup codes, both encrypted. */
export const memberTwoFactors = pgTable(
  "member_two_factors",
  {
    id: uuid().primaryKey(),
    secret: text().notNull(),
    backupCodes: text().notNull(),
    userId: ofMember(),
    verified: boolean().default(true),
    failedVerificationCount: integer().default(0),
    lockedUntil: moment(),
  },
  (table) => [index("member_two_factors_by_member").on(table.userId)],
);

/** Links that let somebody in once: to become the owner, to accept an invitation, to choose a new password. */
export const accessLinks = pgTable(
  "access_links",
  {
    id: uuid().primaryKey(),
    kind: text().$type<LinkKind>().notNull(),
    /** Of the last part of its address, which is stored nowhere. */
    hash: bytes().notNull().unique(),
    /** Whose it is; `null` for the link of the owner to be. */
    memberId: uuid().references(() => members.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
    expiresAt: moment().notNull(),
    usedAt: moment(),
  },
  (table) => [index("access_links_open").on(table.memberId).where(sql`used_at is null`)],
);

/** How often something was tried that is only allowed so often: `rate-limiter-flexible` counts here. */
export const attemptCounts = pgTable("attempt_counts", {
  key: text().primaryKey(),
  points: integer().notNull(),
  expire: moment(),
});
