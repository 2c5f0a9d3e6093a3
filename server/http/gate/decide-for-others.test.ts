import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { decide } from "./decide.ts";
import { decided, head, RULES, SIGNED_IN } from "./testing/deciding.ts";

describe("once people sign in", () => {
  const afar = { host: "rollcall.example.org", peer: "203.0.113.9" };
  const proxied = { ...afar, peer: "127.0.0.1", headers: { "x-forwarded-for": "203.0.113.9" } };

  test.each([
    ["another machine", afar],
    ["a proxy", proxied],
    ["this machine", {}],
  ])("%s sees pages, and no session of this machine counts", (_, changes) => {
    for (const [target, kind] of [
      ["/", "page"],
      ["/meetings", "page"],
      ["/api/v1/meetings", "api"],
      ["/socket.io/", "socket"],
      ["/statements/abc", "open page"],
    ] as const) {
      const decision = decide(head(target, changes), "own", SIGNED_IN);
      expect(decision).toMatchObject({ kind, cookies: "people's" });
    }
    expect(decided("/_next/hmr", changes, "own", SIGNED_IN)).toBe(404);
  });

  test("what only development has is for this machine alone", () => {
    const rules = { ...SIGNED_IN, development: true };
    expect(decided("/_next/hmr", {}, "own", rules)).toBe("asset");
    expect(decided("/_next/hmr", afar, "own", rules)).toBe(404);
  });
});

describe("what a page of another site sends", () => {
  const foreign = { headers: { origin: "https://elsewhere.example" } };
  const strange = { headers: { "sec-fetch-site": "cross-site" } };

  test.each(["POST", "PUT", "PATCH", "DELETE"])("changes nothing by %s", (method) => {
    for (const rules of [RULES, SIGNED_IN]) {
      for (const { headers } of [foreign, strange]) {
        const decision = decide(head("/api/v1/keys", { method, headers }), "own", rules);
        expect(decision).toMatchObject({ status: 403, code: "cross_site" });
        const withKey = { method, headers: { ...headers, authorization: "Bearer rk_1" } };
        expect(decided("/api/v1/keys", withKey, "own", rules)).toBe("api");
      }
      const own = { method, headers: { origin: "http://127.0.0.1:3000" } };
      expect(decided("/api/v1/keys", own, "own", rules)).toBe("api");
      expect(decided("/api/v1/keys", { method }, "own", rules)).toBe("api");
    }
    expect(decided("/api/v1/statements/a/check", { method, ...foreign }, "public")).toBe(403);
  });

  test("changes nothing at any address of the API there is, on either port", () => {
    const { paths } = z
      .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(JSON.parse(readFileSync("docs/openapi.json", "utf8")));
    const changing = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).flatMap((method) =>
        ["post", "put", "patch", "delete"].includes(method)
          ? [{ path: path.replaceAll(/\{\w+\}/g, "a"), method: method.toUpperCase() }]
          : [],
      ),
    );
    expect(changing.length).toBeGreaterThan(40);
    const signing = ["sign-in/email", "sign-in/social", "sign-out", "two-factor/disable"].map(
      (path) => ({ path: `/api/auth/${path}`, method: "POST" }),
    );
    for (const { path, method } of [...changing, ...signing]) {
      // A webhook is signed, and has no cookie.
      if (path.startsWith("/api/webhooks/")) continue;
      for (const headers of [
        foreign.headers,
        strange.headers,
        { "sec-fetch-site": "same-site", origin: "http://127.0.0.1:3000" },
        { origin: "null" },
      ]) {
        for (const side of ["own", "public"] as const) {
          const decision = decide(head(path, { method, headers }), side, SIGNED_IN);
          expect(decision, `${method} ${path}`).toMatchObject({ kind: "refused" });
        }
      }
    }
  });

  test("is a webhook all the same", () => {
    expect(decided("/api/webhooks/daily/a", { method: "POST", ...foreign })).toBe("webhook");
  });

  test("reads with no cookie, and opens the live channel with none", () => {
    for (const rules of [RULES, SIGNED_IN]) {
      for (const target of ["/api/v1/people", "/socket.io/", "/people"]) {
        const decision = decide(head(target, foreign), "own", rules);
        expect(decision).toMatchObject({ cookies: "none" });
      }
    }
  });

  test("is the person's own where they follow a link", () => {
    const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    const decision = decide(head("/people", { headers }), "own", RULES);
    expect(decision).toMatchObject({ kind: "page", cookies: "this machine's" });
  });
});
