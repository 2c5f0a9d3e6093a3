import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide, type RequestHead } from "./decide.ts";
import { DEVELOPMENT, decided, ELSEWHERE, head, RULES, SIGNED_IN } from "./testing/deciding.ts";

describe("at this machine", () => {
  test.each([
    ["/", "page"],
    ["/meetings", "page"],
    ["/meetings/4f2f6a1e?from=2026-11-01", "page"],
    ["/icon.svg", "page"],
    ["/api/v1/meetings", "api"],
    ["/api/health", "api"],
    ["/statements/abc?hash=0", "open page"],
    ["/wait/abc", "open page"],
    ["/shared/abc", "open page"],
    ["/wallboard/abc?theme=dark", "open page"],
    ["/_next/static/a.js", "asset"],
    ["/_next/image?url=%2Fapi%2Fv1%2Fpeople&w=640&q=75", 404],
    ["/_next/hmr", 404],
    ["/socket.io/?EIO=4&transport=websocket", "socket"],
    ["/api/v1/bots/", 404],
    ["/api/v1/app_sessions/", 404],
    ["/api/v1/bots/bot_1/participants/?x=1", 404],
    ["/api/v1/bots/bot_1?after=a/", "api"],
    ["/api/v1/meetings/", "api"],
    ["http://127.0.0.1:3000/meetings", "page"],
    ["http://127.0.0.1:3000", "page"],
  ])("%s is %s", (target, kind) => expect(decided(target)).toBe(kind));

  test("a page takes GET and HEAD only", () => {
    expect(decided("/meetings", { method: "HEAD" })).toBe("page");
    expect(decided("/meetings", { method: "POST" })).toBe(405);
    expect(decided("/statements/a", { method: "POST" })).toBe(405);
  });

  test("a webhook takes POST only", () => {
    expect(decided("/api/webhooks/daily/a", { method: "POST" })).toBe("webhook");
    expect(decided("/api/webhooks/daily/a", { method: "OPTIONS" })).toBe("api");
    expect(decided("/api/webhooks/daily/a")).toBe("api");
  });

  test("an unlisted address, and one of Attendee's, is answered behind the gate", () => {
    expect(decided("/api/v1/nothing", { method: "PUT" })).toBe("api");
    expect(decided("/api/v1/bots/a/participants", { method: "PUT" })).toBe("api");
  });

  test.each(["TRACE", "CONNECT", "PROPFIND", "QUERY", "get"])("%s is no method", (method) => {
    expect(decide(head("/api/v1/meetings", { method }), "own", RULES)).toMatchObject({
      status: 405,
      allow: expect.stringContaining("GET"),
    });
  });
});

describe("an address that can be read in two ways is refused", () => {
  test.each([
    "/api/webhooks/../../meetings",
    "/api/webhooks/%2e%2e/%2e%2e/meetings",
    "/api/webhooks/.%2E/meetings",
    "/api/webhooks/..%2f..%2fmeetings",
    "/api/webhooks/..%5c..%5cmeetings",
    "/api/webhooks/..\\..\\meetings",
    "/statements/../people",
    "/statements/./x",
    "/statements/x/..",
    "/_next/static/../../rooms",
    "//statements/x",
    "/statements//x",
    "/statements/x//",
    "/statements/a%2f%2fb",
    "/statements\\x",
    "/statements/%5cx",
    "/%zz",
    "/api/v1/meetings/%ff",
    "/api/v1/people/%c0%ae",
    "/meetings/%",
    "/meet ings",
    "/meetings#x",
    "/meetings?q=a#b",
    "/meetings?q=%00",
    "/statements/\u00e9",
    "*",
    "",
    "meetings",
    "http://evil.example/meetings",
    "http://127.0.0.1:3001/meetings",
    "https://127.0.0.1:3000/meetings",
    "http://user@127.0.0.1:3000/meetings",
    "http://127.0.0.1:3000@evil.example/meetings",
    "http://127.0.0.1:3000/statements/../people",
    "http://127.0.0.1:3000\\statements",
    "ftp://127.0.0.1:3000/",
  ])("%s", (target) => {
    expect(decided(target)).toBe(400);
    expect(decided(target, {}, "public")).toBe(400);
  });

  test("with a NUL it is not found", () => expect(decided("/api/v1/statements/%00")).toBe(404));

  test("an address that passes reads the same when it is read again", () => {
    const part = fc.constantFrom(
      ...[
        "api",
        "webhooks",
        "statements",
        "_next",
        "static",
        "people",
        "..",
        ".",
        "",
        "%2e",
        "%2E",
      ],
      ...[
        "%2e%2e",
        "%252e%252e",
        "%2f",
        "%5c",
        "\\",
        ";",
        "%",
        "%00",
        "a",
        "é",
        "x%2f..",
        "?",
        "#",
      ],
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 8 }),
        fc.constantFrom("own", "public"),
        (parts, side) => {
          const target = `/${parts.join("/")}`;
          const decision = decide(head(target, ELSEWHERE), side, RULES);
          if (decision.kind === "refused") return;
          const { path } = decision;
          for (const read of [path, decodeURIComponent(path)]) {
            const url = new URL(
              `http://localhost${read.replaceAll("?", "%3f").replaceAll("#", "%23")}`,
            );
            expect(url.pathname.split("/").length).toBe(read.split("/").length);
            expect(url.pathname).toMatch(/^\/(?:api|statements|_next\/static)\//);
          }
        },
      ),
      { seed: 20_261_128, numRuns: 5_000 },
    );
  });
});

describe("Host", () => {
  test.each([
    "a b",
    "%",
    "[::1",
    ":99999",
    "a:99999",
    "evil.example@localhost",
    "localhost/evil.example",
    "localhost#x",
    "1.2.3.999",
    "",
  ])("%j is none", (host) => {
    expect(decided("/api/health", { host })).toBe(400);
    expect(decided("/meetings", { host })).toBe(400);
  });

  test("there is one", () => {
    expect(decided("/meetings", { host: ["localhost", "evil.example"] })).toBe(400);
    expect(decided("/meetings", { host: ["localhost", "localhost"] })).toBe(400);
    expect(decided("/api/health", { host: [], httpVersion: "1.0" })).toBe("api");
  });

  test.each(["localhost:3000", "LOCALHOST", "[::1]:3000", "127.0.0.1"])("%s is here", (host) => {
    expect(decided("/meetings", { host })).toBe("page");
  });

  test.each([
    "rebound.example",
    "192.168.0.4",
    "0x7f.1",
    "127.1",
    "127.0.0.2",
    "localhost.",
    "0.0.0.0",
    "[::]",
  ])("%s is no name of this server, and finds nothing on either port", (host) => {
    for (const side of ["own", "public"] as const) {
      for (const rules of [RULES, SIGNED_IN]) {
        expect(decided("/", { host, method: "HEAD" }, side, rules)).toBe(421);
        expect(decided("/statements/abc", { host }, side, rules)).toBe(421);
        expect(decided("/api/health", { host }, side, rules)).toBe(421);
        expect(decided("/socket.io/", { host }, side, rules)).toBe(421);
        const method = "POST";
        expect(decided("/api/webhooks/daily/a", { host, method }, side, rules)).toBe(421);
      }
    }
    expect(decide(head("/meetings", { host }), "own", RULES)).toMatchObject({
      code: "unknown_host",
      as: "text",
      message: expect.stringMatching(/^Rollcall does not answer to the name .* set ROLLCALL_URL/),
    });
  });

  test.each([["rollcall.example.org"], ["ROLLCALL.example.org:8443"]])(
    "%s is the published name, where there is what is published",
    (host) => {
      expect(decided("/meetings", { host })).toBe(403);
      expect(decided("/statements/abc", { host })).toBe("open page");
      expect(decided("/api/v1/meetings", { host })).toBe("api");
    },
  );

  test("the address at which a connection arrived is known", () => {
    const there = { host: "192.168.0.4:3000", arrivedAt: "192.168.0.4", peer: "192.168.0.9" };
    expect(decided("/api/v1/meetings", there)).toBe("api");
    expect(decided("/meetings", there)).toBe(403);
    expect(decided("/meetings", there, "own", SIGNED_IN)).toBe("page");
  });
});

describe("a request that a proxy passed on is not from this machine", () => {
  const ways: [string, Partial<RequestHead>][] = [
    ...[
      "x-forwarded-for",
      "x-forwarded-host",
      "x-forwarded-proto",
      "x-forwarded",
      "forwarded",
      "via",
      "x-real-ip",
      "cf-connecting-ip",
      "true-client-ip",
      "x-client-ip",
      "x-original-host",
      "x-envoy-external-address",
      "cdn-loop",
      "tailscale-user-login",
    ].map((name): [string, Partial<RequestHead>] => [name, { headers: { [name]: "" } }]),
    ["another address", { peer: "192.168.0.7" }],
    ["no address", { peer: undefined }],
    ["HTTP/1.0", { httpVersion: "1.0" }],
  ];

  test.each(ways)("by %s: no page, and no session", (_, changes) => {
    expect(decided("/people", changes)).toBe(403);
    expect(decided("/people", { ...changes, method: "POST" })).toBe(405);
    expect(decided("/_next/hmr", changes)).toBe(403);
    const api = decide(head("/api/v1/people", changes), "own", DEVELOPMENT);
    expect(api).toMatchObject({ kind: "api", cookies: "none" });
    const socket = decide(head("/socket.io/", changes), "own", DEVELOPMENT);
    expect(socket).toMatchObject({ kind: "socket", cookies: "none" });
  });

  test.each(["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])("%s is this machine", (peer) => {
    expect(decided("/people", { peer })).toBe("page");
  });
});

describe("on the public port", () => {
  test.each([
    ["/api/webhooks/daily/a", "api"],
    ["/statements/abc", "open page"],
    ["/api/v1/statements/abc", "api"],
    ["/wait/abc", "open page"],
    ["/_next/static/a.js", "asset"],
    ["/api/health", "api"],
    ["/", 404],
    ["/meetings", 404],
    ["/people", 404],
    ["/api/v1/statements", 404],
    ["/api/v1/meetings", 404],
    ["/api/v1/bots/", 404],
    ["/api/v1/app_sessions/", 404],
    ["/socket.io/", 404],
    ["/api/health/", 404],
    ["/api/healthy", 404],
    ["/statements", 404],
    ["/_next/image", 404],
  ])("%s is %s, even for this machine", (target, kind) => {
    expect(decided(target, {}, "public")).toBe(kind);
    for (const rules of [DEVELOPMENT, SIGNED_IN]) {
      const decision = decide(head(target), "public", rules);
      if (decision.kind !== "refused") expect(decision.cookies).toBe("none");
    }
  });
});
