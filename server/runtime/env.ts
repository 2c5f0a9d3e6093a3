import { resolve } from "node:path";
import { z } from "zod";
import { isTimeZone } from "#domain/time/time-zone.ts";
import { address, isDecodable, isUrlOf, networks, wholeNumber } from "./env-fields.ts";
import { type Networks, plainAddress } from "./networks.ts";
import { zoneAdvice } from "./zone-advice.ts";

/** The environment, parsed. Absence is `null`; durations are milliseconds. */
export interface Env {
  mode: "production" | "development" | "test";
  /** 0 asks the system for a free port. */
  port: number;
  /** The port with only what a proxy may publish; `null`: there is none. */
  publicPort: number | null;
  /** An address of this machine, or `localhost`. */
  host: string;
  /** `null`: the embedded database in `dataDir`. */
  databaseUrl: string | null;
  /** Absolute. */
  dataDir: string;
  /** The address people and providers use, without a slash at the end. */
  publicUrl: string | null;
  /** Where the APIs of providers are asked instead of at their own addresses, on this machine alone: for tests. */
  providerApi: string | null;
  /** The proxies whose forwarding headers are believed. */
  proxies: Networks;
  /** Networks that webhooks are sent to although they are not public, also without TLS. */
  allowedNetworks: Networks;
  /** Key for secrets at rest; `null`: made at the first start, and stored in `dataDir`. */
  secret: string | null;
  logLevel: LogLevel;
  /** The installation's zone (IANA name); `null`: as set in the database, or else the server's. */
  timeZone: string | null;
  /** How old a signed timestamp may be; `null` accepts any age. */
  timestampToleranceMs: number | null;
  /** How many requests of the API a key may send in a minute; `null` for any number. */
  requestsAMinute: number | null;
  /** Where people sign in with accounts they have elsewhere; `null`: with passwords alone. */
  oidc: OidcEnv | null;
  /** Where mail is handed in, and from whom it is; `null`: no mail is sent. */
  mail: { url: string; from: string } | null;
  /** Where backups are made by themselves; `null`: none are. */
  backups: BackupsEnv | null;
  /** With which backups are encrypted, or the file that has it in its first line; `null`: neither. */
  passphrase: string | null;
  passphraseFile: string | null;
}

/** Backups that are made by themselves. */
export interface BackupsEnv {
  /** Absolute. */
  folder: string;
  everyMs: number;
  /** How many of them are kept. */
  keep: number;
}

/** A provider of OpenID Connect, as `OIDC_…` says. */
interface OidcEnv {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The claim that names a role; `null`: only who was invited comes in. */
  roleClaim: string | null;
  /** Whether there are no passwords besides. */
  isOnly: boolean;
}

export type LogLevel = (typeof LOG_LEVELS)[number];

/** A setting that cannot be used. The message is one line that says what to set. */
export class ConfigurationError extends Error {
  override name = "ConfigurationError";
  /** Shown as it is, without a stack. */
  readonly oneLine = true;
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
/** Retries may be hours late, so a day. */
const TOLERANCE_SECONDS = 86_400;
/** A hundred a second, far more than a program needs that means well. */
const REQUESTS_A_MINUTE = 6_000;
const YEAR_SECONDS = 31_536_000;
const HOUR_MS = 3_600_000;
/** Of a passphrase of a backup. */
export const LEAST_PASSPHRASE = 12;

const text = z.string().trim().min(1).nullable().default(null);

const variables = z.object({
  NODE_ENV: z
    .enum(["production", "development", "test"], "must be production, development or test")
    .default("production"),
  PORT: wholeNumber(0, 65_535).default(3000),
  PUBLIC_PORT: wholeNumber(0, 65_535).nullable().default(null),
  HOST: z
    .string()
    .refine(
      (host) => host === "localhost" || plainAddress(host) !== null,
      "must be an address of this machine, such as 127.0.0.1 or 0.0.0.0, or localhost",
    )
    .default("127.0.0.1"),
  DATABASE_URL: z
    .string()
    .refine(
      isUrlOf("postgres:", "postgresql:"),
      "must look like postgres://user:password@host:5432/database (leave it out to use the " +
        "embedded database)",
    )
    .refine(isDecodable, "has a % that begins no escape: write %25 for a percent sign")
    .nullable()
    .default(null),
  ROLLCALL_DATA: z.string().default("./data"),
  ROLLCALL_URL: address("must look like https://rollcall.example.com"),
  ROLLCALL_PROVIDER_API: z
    .string()
    .refine(
      (url) => /^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(url),
      "is for tests, and must look like http://127.0.0.1:4000",
    )
    .nullable()
    .default(null),
  ROLLCALL_PROXIES: networks(),
  ROLLCALL_ALLOW_NETWORKS: networks(),
  ROLLCALL_SECRET: z
    .string()
    .min(32, "must have at least 32 characters, for example from: openssl rand -base64 32")
    .nullable()
    .default(null),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
  ROLLCALL_TIME_ZONE: z
    .string()
    .refine(isTimeZone, {
      error: ({ input }) => `must be the name of a time zone such as ${zoneAdvice(String(input))}`,
    })
    .nullable()
    .default(null),
  OIDC_ISSUER: address("must look like https://login.example.com"),
  OIDC_CLIENT_ID: text,
  OIDC_CLIENT_SECRET: text,
  OIDC_ROLE_CLAIM: text,
  OIDC_ONLY: z
    .enum(["1", "0", "true", "false"], "must be 1 or 0")
    .transform((flag) => flag === "1" || flag === "true")
    .default(false),
  SMTP_URL: z
    .string()
    .refine(isUrlOf("smtp:", "smtps:"), "must look like smtps://user:password@mail.example.com")
    .nullable()
    .default(null),
  MAIL_FROM: text,
  ROLLCALL_BACKUPS: text,
  ROLLCALL_BACKUPS_EVERY: wholeNumber(1, 8760).default(24),
  ROLLCALL_BACKUPS_KEEP: wholeNumber(1, 1000).default(14),
  ROLLCALL_BACKUP_PASSPHRASE: z
    .string()
    .min(LEAST_PASSPHRASE, `must have at least ${LEAST_PASSPHRASE} characters`)
    .nullable()
    .default(null),
  ROLLCALL_BACKUP_PASSPHRASE_FILE: text,
  ROLLCALL_RATE_LIMIT: wholeNumber(0, 10_000_000).default(REQUESTS_A_MINUTE),
  ROLLCALL_TIMESTAMP_TOLERANCE: wholeNumber(0, YEAR_SECONDS).default(TOLERANCE_SECONDS),
});

/** Values that must not be repeated on a screen or in a log. */
const SECRET_VARIABLES = new Set([
  "DATABASE_URL",
  "ROLLCALL_SECRET",
  "OIDC_CLIENT_SECRET",
  "SMTP_URL",
  "ROLLCALL_BACKUP_PASSPHRASE",
]);

/** The name of every setting. */
export const SETTINGS: readonly string[] = Object.keys(variables.shape);

/** What belongs to a place and not to an installation, or is in a backup by itself. */
const OF_THE_PLACE = new Set([
  ...["NODE_ENV", "ROLLCALL_PROVIDER_API", "DATABASE_URL", "ROLLCALL_DATA", "ROLLCALL_SECRET"],
  ...["ROLLCALL_BACKUP_PASSPHRASE", "ROLLCALL_BACKUP_PASSPHRASE_FILE"],
]);

/** The settings that are given, as a backup has them. */
export function givenSettings(
  vars: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const names = SETTINGS.filter((name) => !OF_THE_PLACE.has(name));
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = vars[name];
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
}

/**
 * Reads every setting at once; an empty variable counts as absent.
 *
 * Throws `ConfigurationError` for the first one that cannot be used.
 */
export function readEnv(vars: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.entries(vars).filter(([, value]) => value !== undefined && value !== "");
  const parsed = variables.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw new ConfigurationError(mistake(parsed.error, vars));
  const env = parsed.data;
  if (env.PUBLIC_PORT === env.PORT && env.PORT !== 0) {
    throw new ConfigurationError("PUBLIC_PORT must be another port than PORT.");
  }
  return {
    mode: env.NODE_ENV,
    port: env.PORT,
    publicPort: env.PUBLIC_PORT,
    host: env.HOST,
    databaseUrl: env.DATABASE_URL,
    dataDir: resolve(env.ROLLCALL_DATA),
    publicUrl: env.ROLLCALL_URL,
    providerApi: env.ROLLCALL_PROVIDER_API,
    proxies: env.ROLLCALL_PROXIES,
    allowedNetworks: env.ROLLCALL_ALLOW_NETWORKS,
    secret: env.ROLLCALL_SECRET,
    logLevel: env.LOG_LEVEL,
    timeZone: env.ROLLCALL_TIME_ZONE,
    timestampToleranceMs:
      env.ROLLCALL_TIMESTAMP_TOLERANCE === 0 ? null : env.ROLLCALL_TIMESTAMP_TOLERANCE * 1000,
    requestsAMinute: env.ROLLCALL_RATE_LIMIT === 0 ? null : env.ROLLCALL_RATE_LIMIT,
    oidc: oidcIn(env),
    mail: mailIn(env),
    backups: backupsIn(env),
    passphrase: env.ROLLCALL_BACKUP_PASSPHRASE,
    passphraseFile: env.ROLLCALL_BACKUP_PASSPHRASE_FILE,
  };
}

function oidcIn(env: z.infer<typeof variables>): OidcEnv | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (issuer === null && clientId === null && clientSecret === null && !env.OIDC_ONLY) return null;
  if (issuer === null || clientId === null || clientSecret === null) {
    throw new ConfigurationError(
      "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set together.",
    );
  }
  if (env.ROLLCALL_URL === null) {
    throw new ConfigurationError(
      "OIDC_ISSUER needs ROLLCALL_URL: people are led back to that address after they signed in.",
    );
  }
  const { OIDC_ROLE_CLAIM: roleClaim, OIDC_ONLY: isOnly } = env;
  return { issuer, clientId, clientSecret, roleClaim, isOnly };
}

function backupsIn(env: z.infer<typeof variables>): BackupsEnv | null {
  const { ROLLCALL_BACKUPS: folder, ROLLCALL_BACKUPS_EVERY: hours } = env;
  if (folder === null) return null;
  return { folder: resolve(folder), everyMs: hours * HOUR_MS, keep: env.ROLLCALL_BACKUPS_KEEP };
}

function mailIn({ SMTP_URL: url, MAIL_FROM: from }: z.infer<typeof variables>): Env["mail"] {
  if (url === null && from === null) return null;
  if (url !== null && from !== null) return { url, from };
  throw new ConfigurationError("SMTP_URL and MAIL_FROM must be set together.");
}

function mistake(error: z.ZodError, vars: Readonly<Record<string, string | undefined>>): string {
  const issue = error.issues[0];
  const name = String(issue?.path[0]);
  const found = SECRET_VARIABLES.has(name) ? "" : ` (it is ${JSON.stringify(vars[name])})`;
  return `${name} ${issue?.message}${found}.`;
}

/** A host as it stands in an address by which this machine reaches itself: one of IPv6 in brackets. */
export function hostInUrl(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
