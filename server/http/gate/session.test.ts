import { describe, expect, test } from "vitest";
import {
  isLoopback,
  makeSession,
  SESSION_COOKIE,
  sessionCookie,
  sessionEnd,
  sessionIn,
  withoutSession,
} from "./session.ts";

const secret = "s".repeat(32);
const now = Date.UTC(2026, 10, 20);
const DAYS = 86_400_000;

const epoch = "0197b1a0-0000-7000-8000-000000000001";

/** Whether a session is valid, where sessions were never ended. */
function isSession(value: string | null, under: string, at: number): boolean {
  return sessionEnd(value, under, at, null) !== null;
}

describe("a session", () => {
  const session = makeSession(secret, now);

  test("is valid for thirty days", () => {
    expect(isSession(session, secret, now)).toBe(true);
    expect(isSession(session, secret, now + 30 * DAYS - 1)).toBe(true);
    expect(isSession(session, secret, now + 30 * DAYS)).toBe(false);
  });

  test("contains until when", () => {
    expect(sessionEnd(session, secret, now, null)).toBe(now + 30 * DAYS);
  });

  test("is valid in the epoch in which it was made, and in no other", () => {
    const other = epoch.replace(/1$/, "2");
    const made = makeSession(secret, now, epoch);
    expect(sessionEnd(made, secret, now, epoch)).toBe(now + 30 * DAYS);
    expect(sessionEnd(made, secret, now, other)).toBeNull();
    expect(sessionEnd(made, secret, now, null)).toBeNull();
    expect(sessionEnd(session, secret, now, epoch)).toBeNull();
  });

  test("is made for one secret only", () => {
    expect(isSession(session, "t".repeat(32), now)).toBe(false);
  });

  test("cannot be prolonged", () => {
    const [until = "", signature = ""] = session.split(".");
    expect(isSession(`${Number(until) + 1}.${signature}`, secret, now)).toBe(false);
    expect(isSession(`${until}0.${signature}`, secret, now)).toBe(false);
  });

  test.each([null, "", ".", "..", "x", "Infinity.", `${now + DAYS}`, `${now + DAYS}.`, "é.ü"])(
    "is not %j",
    (value) => {
      expect(isSession(value, secret, now)).toBe(false);
    },
  );

  test("travels in a cookie that scripts and other sites cannot use", () => {
    const cookie = sessionCookie(secret, now, null);
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=2592000$/);
    expect(sessionIn(cookie.split(";")[0])).toBe(session);
  });
});

describe("the session in a Cookie header", () => {
  test.each([
    [`${SESSION_COOKIE}=a.b`, "a.b"],
    [`theme=dark; ${SESSION_COOKIE}=a.b; x=y`, "a.b"],
    [`theme=dark;${SESSION_COOKIE}=a.b`, "a.b"],
    [`${SESSION_COOKIE}=`, ""],
    [`not_${SESSION_COOKIE}=a.b`, null],
    [SESSION_COOKIE, null],
    ["", null],
    [undefined, null],
    [null, null],
  ])("of %j is %j", (header, expected) => {
    expect(sessionIn(header)).toBe(expected);
  });
});

describe("this machine's own name", () => {
  test.each([
    "localhost",
    "localhost:3000",
    "127.0.0.1",
    "127.0.0.1:3000",
    "[::1]:3000",
    "LOCALHOST",
  ])("is %s", (host) => expect(isLoopback(host)).toBe(true));

  test.each([
    null,
    undefined,
    "",
    "rollcall.example.com",
    "localhost.example.com",
    "127.0.0.1.example.com",
    "127.0.0.1@example.com",
    "example.com#localhost",
    "example.com/localhost",
    "192.168.0.4:3000",
    "0.0.0.0",
    "[::]",
    "::1",
    "local host",
    "evil.example@localhost",
    "localhost/evil.example",
    "0x7f.1",
    "127.1",
    "localhost.",
  ])("is not %j", (host) => expect(isLoopback(host)).toBe(false));
});

test("is taken out of a Cookie header, and nothing else is", () => {
  const others = "theme=dark; not_rollcall_session=1; x=rollcall_session=y";
  expect(withoutSession(`${SESSION_COOKIE}=a.b; ${others};${SESSION_COOKIE}=c`)).toBe(others);
  expect(withoutSession(`${SESSION_COOKIE}=a.b`)).toBe("");
  expect(withoutSession(undefined)).toBe("");
});
