import { describe, expect, test } from "vitest";
import { isFromOwnPage, isKnownHost, isOwnOrigin } from "./own-page.ts";

const url = new URL("https://rollcall.example.com");
const plain = { address: "127.0.0.1", isSecure: false };
const tls = { ...plain, isSecure: true };

describe("an origin", () => {
  test.each([
    ["http://localhost:3000", "localhost:3000"],
    ["http://localhost", "localhost"],
    ["http://localhost", "localhost:80"],
    ["https://localhost:3000", "localhost:3000"],
    ["http://LOCALHOST:3000", "localhost:3000"],
    ["http://[::1]:3000", "[::1]:3000"],
    ["https://rollcall.example.com", "127.0.0.1:3000"],
  ])("%s is our own at %s", (origin, host) => {
    expect(isOwnOrigin(origin, { host, client: plain }, url)).toBe(true);
  });

  test.each([
    ["null", "localhost:3000"],
    ["http://localhost:3001", "localhost:3000"],
    ["http://127.0.0.1:3000", "localhost:3000"],
    ["https://elsewhere.example", "localhost:3000"],
    ["http://localhost:3000@elsewhere.example", "localhost:3000"],
    ["not an origin", "localhost:3000"],
    ["file://localhost:3000", "localhost:3000"],
    ["http://localhost:3000", null],
    ["https://rollcall.example.com:8443", "127.0.0.1:3000"],
    ["https://evil.rollcall.example.com", "rollcall.example.com"],
  ])("%j is not at %s", (origin, host) => {
    expect(isOwnOrigin(origin, { host, client: plain }, url)).toBe(false);
  });

  test("without TLS is not our own where we have it", () => {
    const host = "rollcall.example.com";
    expect(isOwnOrigin(`http://${host}`, { host, client: tls }, url)).toBe(false);
    expect(isOwnOrigin(`http://${host}`, { host, client: plain }, null)).toBe(true);
    expect(isOwnOrigin(`https://${host}`, { host, client: tls }, null)).toBe(true);
  });
});

describe("a request", () => {
  const asked = (headers: Record<string, string>, method = "POST") =>
    isFromOwnPage({ method, headers, host: "localhost:3000", client: plain }, null);

  test.each<[Record<string, string>]>([
    [{}],
    [{ origin: "" }],
    [{ origin: "http://localhost:3000" }],
    [{ "sec-fetch-site": "same-origin" }],
    [{ "sec-fetch-site": "none" }],
    // A proxy may ask by another name than the browser did.
    [{ "sec-fetch-site": "same-origin", origin: "https://rollcall.example.com" }],
  ])("with %j is of our own page, or of none", (headers) => expect(asked(headers)).toBe(true));

  test.each<[Record<string, string>]>([
    [{ origin: "null" }],
    [{ origin: "https://elsewhere.example" }],
    [{ "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "same-site" }],
    [{ "sec-fetch-site": "cross-site", origin: "http://localhost:3000" }],
    [{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }],
    [{ "sec-fetch-site": "", "sec-fetch-mode": "cors" }],
    [{ "sec-fetch-site": "unheard of" }],
  ])("with %j is of another's", (headers) => expect(asked(headers)).toBe(false));

  test("of somebody who follows a link is theirs, and that of a picture is not", () => {
    const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect(asked(link, "GET")).toBe(true);
    expect(asked({ ...link, "sec-fetch-mode": "no-cors" }, "GET")).toBe(false);
    expect(asked({ ...link, "sec-fetch-mode": "websocket" }, "GET")).toBe(false);
  });
});

describe("a host", () => {
  test.each([
    ["localhost:3000", null],
    ["[::1]", null],
    ["rollcall.example.com", null],
    ["ROLLCALL.example.com:8443", null],
    ["192.168.0.4:3000", "192.168.0.4"],
    ["[2001:DB8::4]:3000", "2001:db8::4"],
  ])("%s is known, where a connection arrived at %s", (host, arrivedAt) => {
    expect(isKnownHost(host, url, arrivedAt)).toBe(true);
  });

  test.each([
    ["rebound.example", "127.0.0.1"],
    ["rebound.example:3000", "192.168.0.4"],
    ["192.168.0.5", "192.168.0.4"],
    ["192.168.0.4", "127.0.0.1"],
    ["192.168.0.4", null],
    ["0.0.0.0", "127.0.0.1"],
    ["rollcall.example.com.", "127.0.0.1"],
    ["x.rollcall.example.com", "127.0.0.1"],
    ["localhost.", "127.0.0.1"],
    ["[::]", "::1"],
  ])("%s is not, where it arrived at %s", (host, arrivedAt) => {
    expect(isKnownHost(host, url, arrivedAt)).toBe(false);
  });
});
