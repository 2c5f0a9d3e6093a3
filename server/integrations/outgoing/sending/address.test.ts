import { createServer, type Server } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LOOPBACK } from "#server/integrations/outgoing/testing/telling.ts";
import { Networks } from "#server/runtime/networks.ts";
import { checkedAddresses, isPublic, type Resolve } from "./address.ts";
import { post } from "./post.ts";

/*
 * Every way to spell an address that nothing may be sent to. A server listens on each address of this machine: what
 * connects to it is seen.
 */

const servers: Server[] = [];
let port = 0;
let connections = 0;
beforeAll(async () => {
  for (const host of ["127.0.0.1", "::1"]) {
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ port, host }, resolve);
    });
    const address = server.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
    servers.push(server);
  }
});
afterAll(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
});

/** Addresses of IPv4 that are nobody's on the public Internet. */
const V4 = [
  ...["127.0.0.1", "127.1.2.3", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1"],
  ...["10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255"],
  ...["169.254.169.254", "169.254.170.2", "169.254.0.1", "100.64.0.1", "100.100.100.200"],
  ...["100.127.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.19.255.255"],
  ...["198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1"],
  ...["255.255.255.255", "168.63.129.16"],
];

const partsOf = (address: string) => address.split(".").map(Number);
const numberOf = (address: string) => partsOf(address).reduce((sum, part) => sum * 256 + part, 0);
const hexOf = (address: string) => numberOf(address).toString(16).padStart(8, "0");

/** The spellings of an address of IPv4 that a URL takes, and those of IPv6 that lead to it. */
function spelled(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = partsOf(address);
  const hex = hexOf(address);
  const [high, low] = [hex.slice(0, 4), hex.slice(4)];
  const octal = (part: number) => `0${part.toString(8)}`;
  return [
    address,
    `${address}.`,
    String(numberOf(address)),
    `0x${hex}`,
    `0X${hex.toUpperCase()}`,
    `0${numberOf(address).toString(8)}`,
    partsOf(address).map(octal).join("."),
    partsOf(address)
      .map((part) => `0x${part.toString(16)}`)
      .join("."),
    `${a}.${b * 65_536 + c * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    `${octal(a)}.${b}.0x${c.toString(16)}.${d}`,
    address.replaceAll(".", "%2e"),
    address.replaceAll(".", "。"),
    address.replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    `[::ffff:${address}]`,
    `[::ffff:${high}:${low}]`,
    `[0:0:0:0:0:ffff:${high}:${low}]`,
    `[::${address}]`,
    `[64:ff9b::${high}:${low}]`,
    `[64:ff9b:1::${high}:${low}]`,
    `[2002:${high}:${low}::1]`,
    `[::ffff:0:${high}:${low}]`,
  ];
}

const V6 = [
  ...["::", "::1", "0:0:0:0:0:0:0:1", "fe80::1", "febf::1", "fec0::1", "fc00::1", "fd00::1"],
  ...["fd00:ec2::254", "fd20:ce::254", "ff02::1", "ff05::2", "ff0e::1", "2001::1", "2001:db8::1"],
  ...["2001:2::1", "2001:10::1", "2001:20::1", "100::1", "4000::1", "8000::1", "e000::1"],
  "3fff::1",
];

const NAMES = ["localhost", "LOCALHOST", "localhost.", "ip6-localhost", "metadata.google.internal"];
const PLACES = [...V4.flatMap(spelled), ...V6.map((address) => `[${address}]`)];

const never = new AbortController().signal;
const sending = { headers: {}, body: "{}", allowed: Networks.none, withinMs: 5_000, signal: never };

test("nothing is sent to hundreds of addresses, however they are spelled", async () => {
  expect(PLACES.length).toBeGreaterThan(300);
  const reached: string[] = [];
  for (const place of PLACES) {
    for (const scheme of ["https", "http"]) {
      const { status, failure } = await post(`${scheme}://${place}:${port}/`, sending);
      if (status !== null || !failure?.startsWith("nothing was sent")) reached.push(place);
    }
  }
  expect(reached).toEqual([]);
  expect(connections).toBe(0);
});

test("nor by any name that leads there, also where it leads elsewhere besides", async () => {
  const leads = [...V4, ...V6];
  for (const address of leads) {
    const family = address.includes(":") ? 6 : 4;
    const resolve: Resolve = async () => [
      { address: "93.184.216.34", family: 4 },
      { address, family },
    ];
    const answer = await post(`https://example.com:${port}/`, { ...sending, resolve });
    expect(answer.failure).toMatch(/^nothing was sent/);
  }
  for (const name of NAMES) {
    const resolve: Resolve = async () => [{ address: "127.0.0.1", family: 4 }];
    expect((await post(`https://${name}:${port}/`, { ...sending, resolve })).status).toBeNull();
  }
  expect(connections).toBe(0);
});

test("a name is asked once, and what it led to is connected to", async () => {
  let asked = 0;
  const resolve: Resolve = async () => {
    asked += 1;
    // Whoever asked again would be led to this machine.
    return [{ address: asked === 1 ? "192.0.2.1" : "127.0.0.1", family: 4 }];
  };
  const allowed = Networks.in("192.0.2.0/24") ?? Networks.none;
  const at = { ...sending, allowed, withinMs: 300, resolve };
  await post(`http://rebinds.example:${port}/`, at);
  expect([asked, connections]).toEqual([1, 0]);
});

test("other schemes, and addresses with a password, are none", async () => {
  const wrong = ["ftp://example.com/", "file:///etc/passwd", "//example.com", "example.com", ""];
  for (const url of [
    ...wrong,
    "https://ada:pw@example.com/",
    `https://example.com/${"a".repeat(2000)}`,
  ]) {
    expect((await post(url, sending)).failure).toMatch(/^nothing was sent/);
  }
});

test("a network that is allowed is reached, also without TLS, and no other", async () => {
  const before = connections;
  await post(`http://127.0.0.1:${port}/`, { ...sending, allowed: LOOPBACK });
  expect(connections).toBe(before + 1);
  const url = new URL("http://10.0.0.1/");
  await expect(checkedAddresses(url, LOOPBACK)).rejects.toThrow("no public address");
  const open = new URL("http://93.184.216.34/");
  await expect(checkedAddresses(open, LOOPBACK)).rejects.toThrow("has to be https");
  connections = before;
});

test("what is public stays so in each of its spellings", () => {
  for (const address of ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "2a00:1450:4001::8"]) {
    expect(isPublic(address)).toBe(true);
  }
  fc.assert(
    fc.property(fc.constantFrom("10", "127", "0", "224", "255"), fc.ipV4(), (first, address) => {
      const inside = [first, ...address.split(".").slice(1)].join(".");
      expect(isPublic(inside)).toBe(false);
      expect(isPublic(`::ffff:${inside}`)).toBe(false);
    }),
  );
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      const first = Number.parseInt(address.split(":")[0] || "0", 16);
      if (isPublic(address)) expect(first >> 13).toBe(1);
    }),
  );
});
