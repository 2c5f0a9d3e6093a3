import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Networks } from "#server/runtime/networks.ts";
import { clientAt, clientOf, nameClient } from "./client.ts";

const proxies = Networks.in("127.0.0.1, 10.0.0.0/8") ?? Networks.none;

function client(
  peer: string | undefined,
  headers: Record<string, string> = {},
  url: string | null = null,
) {
  return clientAt({ peer, headers }, { proxies, publicUrl: url === null ? null : new URL(url) });
}

const through = (addresses: string, peer = "127.0.0.1") =>
  client(peer, { "x-forwarded-for": addresses }).address;

describe("the address of a client", () => {
  test("without a proxy is that of the connection", () => {
    expect(client("203.0.113.9").address).toBe("203.0.113.9");
    expect(client("::ffff:203.0.113.9").address).toBe("203.0.113.9");
    expect(client(undefined).address).toBeNull();
  });

  test.each([
    ["203.0.113.9", "203.0.113.9"],
    ["203.0.113.9, 10.1.1.1", "203.0.113.9"],
    ["6.6.6.6, 203.0.113.9, 10.1.1.1", "203.0.113.9"],
    ["10.9.9.9, 203.0.113.9", "203.0.113.9"],
    ["10.9.9.9, 10.1.1.1", "10.9.9.9"],
    ["203.0.113.9:4711", "203.0.113.9"],
    ["[2001:db8::9]:4711", "2001:db8::9"],
    ["2001:db8::9", "2001:db8::9"],
    ["203.0.113.9, unknown", "127.0.0.1"],
    ["203.0.113.9, unknown, 10.1.1.1", "10.1.1.1"],
    ["203.0.113.9,", "127.0.0.1"],
    ["", "127.0.0.1"],
  ])("behind a believed proxy that says %j is %s", (said, address) => {
    expect(through(said)).toBe(address);
  });

  test("is never what anybody else says", () => {
    const lies = fc.record({
      "x-forwarded-for": fc.array(fc.ipV4()).map((all) => all.join(", ")),
      "x-forwarded-proto": fc.constantFrom("https", "https, https", "http"),
    });
    fc.assert(
      fc.property(lies, (headers) => {
        expect(client("203.0.113.9", headers)).toEqual({
          address: "203.0.113.9",
          isSecure: false,
        });
      }),
      { seed: 20_261_129, numRuns: 300 },
    );
  });

  test("is not moved by what was there before the last believed proxy", () => {
    fc.assert(
      fc.property(fc.array(fc.ipV4()), (invented) => {
        expect(through([...invented, "203.0.113.9", "10.1.1.1"].join(", "))).toBe("203.0.113.9");
      }),
      { seed: 20_261_129, numRuns: 300 },
    );
  });
});

describe("the connection is TLS", () => {
  const isSecure = (scheme: string, chain = "203.0.113.9") =>
    client("127.0.0.1", { "x-forwarded-proto": scheme, "x-forwarded-for": chain }).isSecure;

  test("as the first of the believed proxies says", () => {
    expect(isSecure("https")).toBe(true);
    expect(isSecure("HTTPS")).toBe(true);
    expect(isSecure("http")).toBe(false);
    expect(isSecure("")).toBe(false);
    expect(isSecure("https, http")).toBe(false);
    expect(isSecure("https, http", "203.0.113.9, 10.1.1.1")).toBe(true);
    expect(isSecure("https", "203.0.113.9, 10.1.1.1")).toBe(true);
    expect(isSecure("https, http, http", "203.0.113.9, 10.1.1.1")).toBe(false);
    expect(client("127.0.0.1", { "x-forwarded-proto": "https" }).isSecure).toBe(true);
  });

  test("at the published address, where that begins with https", () => {
    const at = (host: string, url: string) => client("203.0.113.9", { host }, url).isSecure;
    expect(at("rollcall.example.com", "https://rollcall.example.com")).toBe(true);
    expect(at("rollcall.example.com", "https://rollcall.example.com:8443")).toBe(true);
    expect(at("localhost:3000", "https://rollcall.example.com")).toBe(false);
    expect(at("rollcall.example.com", "http://rollcall.example.com")).toBe(false);
    expect(client("203.0.113.9", {}, "https://rollcall.example.com").isSecure).toBe(false);
  });
});

test("behind the gate it is what the gate named", () => {
  const headers: Record<string, string> = {};
  const named = { address: "203.0.113.9", isSecure: true };
  nameClient(headers, named);
  expect(clientOf((name) => headers[name] ?? null)).toEqual(named);
  const unknown = { address: null, isSecure: false };
  const others: Record<string, string> = {};
  nameClient(others, unknown);
  expect(clientOf((name) => others[name] ?? null)).toEqual(unknown);
});
