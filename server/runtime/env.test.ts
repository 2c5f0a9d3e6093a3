import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigurationError, givenSettings, hostInUrl, readEnv } from "./env.ts";
import { Networks } from "./networks.ts";

describe("an empty environment", () => {
  test("serves this machine, with the embedded database beside the project", () => {
    expect(readEnv({})).toEqual({
      backups: null,
      passphrase: null,
      passphraseFile: null,
      mode: "production",
      port: 3000,
      publicPort: null,
      requestsAMinute: 6_000,
      host: "127.0.0.1",
      databaseUrl: null,
      dataDir: resolve("data"),
      publicUrl: null,
      providerApi: null,
      proxies: Networks.none,
      allowedNetworks: Networks.none,
      mail: null,
      oidc: null,
      secret: null,
      logLevel: "info",
      timeZone: null,
      timestampToleranceMs: 86_400_000,
    });
  });

  test("an empty variable is an absent one", () => {
    expect(readEnv({ PORT: "", DATABASE_URL: "", LOG_LEVEL: "" })).toEqual(readEnv({}));
  });
});

test("every setting is read", () => {
  expect(
    readEnv({
      NODE_ENV: "development",
      PORT: "0",
      PUBLIC_PORT: "3001",
      HOST: "localhost",
      DATABASE_URL: "postgresql://ada:pw@db/rollcall",
      ROLLCALL_DATA: "/var/lib/rollcall",
      ROLLCALL_URL: "https://rollcall.example.com/",
      ROLLCALL_PROXIES: "127.0.0.1, 10.0.0.0/8",
      ROLLCALL_ALLOW_NETWORKS: "127.0.0.0/8",
      ROLLCALL_SECRET: "k".repeat(32),
      LOG_LEVEL: "debug",
      ROLLCALL_TIME_ZONE: "Asia/Kolkata",
      ROLLCALL_TIMESTAMP_TOLERANCE: "90",
      ROLLCALL_RATE_LIMIT: "0",
      ROLLCALL_BACKUPS: "/var/backups/rollcall",
      ROLLCALL_BACKUPS_EVERY: "6",
      ROLLCALL_BACKUPS_KEEP: "30",
      ROLLCALL_BACKUP_PASSPHRASE_FILE: "/etc/rollcall/passphrase",
      UNKNOWN: "is left alone",
    }),
  ).toEqual({
    mode: "development",
    port: 0,
    publicPort: 3001,
    requestsAMinute: null,
    host: "localhost",
    databaseUrl: "postgresql://ada:pw@db/rollcall",
    dataDir: "/var/lib/rollcall",
    publicUrl: "https://rollcall.example.com",
    providerApi: null,
    proxies: Networks.in("127.0.0.1,10.0.0.0/8"),
    allowedNetworks: Networks.in("127.0.0.0/8"),
    mail: null,
    oidc: null,
    backups: { folder: "/var/backups/rollcall", everyMs: 21_600_000, keep: 30 },
    passphrase: null,
    passphraseFile: "/etc/rollcall/passphrase",
    secret: "k".repeat(32),
    logLevel: "debug",
    timeZone: "Asia/Kolkata",
    timestampToleranceMs: 90_000,
  });
});

test.each(["0.0.0.0", "::", "192.168.0.4", "localhost"])("HOST may be %s", (HOST) => {
  expect(readEnv({ HOST }).host).toBe(HOST);
});

test.each([
  ["0.0.0.0", "127.0.0.1"],
  ["::", "[::1]"],
  ["::1", "[::1]"],
  ["192.168.0.4", "192.168.0.4"],
])("a server that listens at %s is reached at %s", (host, inUrl) => {
  expect(hostInUrl(host)).toBe(inUrl);
});

test("a tolerance of 0 turns the check off", () => {
  expect(readEnv({ ROLLCALL_TIMESTAMP_TOLERANCE: "0" }).timestampToleranceMs).toBeNull();
});

describe("a wrong value is one line that says what to set", () => {
  test.each([
    ["NODE_ENV", "prod", /production, development or test/],
    ["PORT", "65536", /^PORT must be a whole number from 0 to 65535 \(it is "65536"\)\.$/],
    ["PORT", "3000.5", /whole number/],
    ["PORT", "-1", /whole number/],
    ["PUBLIC_PORT", "3000", /^PUBLIC_PORT must be another port than PORT\.$/],
    ["PUBLIC_PORT", "x", /whole number/],
    [
      "HOST",
      "rollcall.example.com",
      /^HOST must be an address of this machine, such as 127\.0\.0\.1/,
    ],
    ["HOST", "127.1", /an address of this machine/],
    [
      "ROLLCALL_PROXIES",
      "proxy",
      /^ROLLCALL_PROXIES must be addresses or networks .*\(it is "proxy"\)\.$/,
    ],
    ["ROLLCALL_PROXIES", "10.0.0.0/33", /addresses or networks with commas/],
    ["DATABASE_URL", "mysql://db/rollcall", /postgres:\/\/user:password@host/],
    ["DATABASE_URL", "postgres://ada:100%@db/rollcall", /a % that begins no escape: write %25/],
    ["DATABASE_URL", "localhost:5432", /postgres:\/\/user:password@host/],
    ["ROLLCALL_URL", "rollcall.example.com", /https:\/\/rollcall\.example\.com/],
    ["ROLLCALL_SECRET", "short", /at least 32 characters/],
    ["LOG_LEVEL", "loud", /fatal, error, warn, info, debug, trace, silent/],
    [
      "ROLLCALL_TIME_ZONE",
      "Mars/Phobos",
      /^ROLLCALL_TIME_ZONE must be the name of a time zone such as Europe\/Berlin \(it is "Mars\/Phobos"\)\.$/,
    ],
    ["ROLLCALL_TIME_ZONE", "+01:00", /name of a time zone such as Europe\/|Africa\//],
    ["ROLLCALL_TIME_ZONE", "India", /a time zone such as Asia\/Kolkata or .*\(it is "India"\)\.$/],
    ["ROLLCALL_TIME_ZONE", "BST", /a time zone such as Europe\/London or .*\(it is "BST"\)\.$/],
    [
      "ROLLCALL_TIME_ZONE",
      "New Delhi",
      /a time zone such as Asia\/Kolkata \(it is "New Delhi"\)\.$/,
    ],
    ["ROLLCALL_TIMESTAMP_TOLERANCE", "a day", /whole number/],
  ])("%s=%s", (name, value, expected) => {
    const message = refusalOf({ [name]: value });
    expect(message).toMatch(expected);
    expect(message).not.toMatch(/\n/);
  });

  test("and never repeats a secret", () => {
    expect(() => readEnv({ DATABASE_URL: "mysql://ada:hunter2@db" })).not.toThrow(/hunter2/);
    expect(() => readEnv({ ROLLCALL_SECRET: "hunter2" })).not.toThrow(/hunter2/);
  });
});

test("a backup has the settings that are given, but neither the key nor what belongs to the place", () => {
  const given = { PORT: "3001", ROLLCALL_URL: "https://rollcall.example.com", HOST: "" };
  const ofThePlace = {
    ROLLCALL_SECRET: "k".repeat(32),
    DATABASE_URL: "postgres://db/x",
    HOME: "/",
  };
  expect(
    givenSettings({ ...given, ...ofThePlace, ROLLCALL_BACKUP_PASSPHRASE: "p".repeat(12) }),
  ).toEqual({
    PORT: "3001",
    ROLLCALL_URL: "https://rollcall.example.com",
  });
});

function refusalOf(env: Parameters<typeof readEnv>[0]): string {
  try {
    readEnv(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return "nothing was refused";
}
