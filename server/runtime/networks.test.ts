import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Networks, plainAddress } from "./networks.ts";

function has(networks: string, address: string): boolean | null {
  return Networks.in(networks)?.has(address) ?? null;
}

describe("an address is in a network", () => {
  test.each([
    ["10.0.0.0/8", "10.255.0.1"],
    ["10.0.0.9/8", "10.1.2.3"],
    ["192.168.0.4", "192.168.0.4"],
    ["192.168.0.4", "::ffff:192.168.0.4"],
    ["::ffff:192.168.0.4", "192.168.0.4"],
    ["::ffff:10.0.0.0/104", "10.1.2.3"],
    ["2001:db8::/32", "2001:0DB8:1::1"],
    ["::1", "0:0:0:0:0:0:0:1"],
    ["127.0.0.1, ::1", "::1"],
    [" 127.0.0.1 ,10.0.0.0/8 ", "10.0.0.1"],
    ["0.0.0.0/0", "203.0.113.9"],
  ])("%s has %s", (networks, address) => expect(has(networks, address)).toBe(true));

  test.each([
    ["10.0.0.0/8", "11.0.0.1"],
    ["192.168.0.4", "192.168.0.5"],
    ["0.0.0.0/0", "::1"],
    ["::/0", "127.0.0.1"],
    ["127.0.0.0/8", "localhost"],
    ["127.0.0.0/8", "127.1"],
    ["127.0.0.0/8", ""],
  ])("%s does not have %s", (networks, address) => expect(has(networks, address)).toBe(false));

  test("none has any", () => expect(Networks.none.has("127.0.0.1")).toBe(false));
});

test.each([
  "",
  ",",
  "127.0.0.1,",
  "localhost",
  "10.0.0.0/33",
  "10.0.0.0/-1",
  "10.0.0.0/",
  "10/8",
  "10.0/16",
  "010.0.0.1",
  "0x7f.0.0.1",
  "2130706433",
  "1.2.3.4:80",
  "[::1]",
  "::1/129",
  "10.0.0.1-10.0.0.9",
])("%j names no networks", (text) => expect(Networks.in(text)).toBeNull());

test("an address has one form", () => {
  expect(plainAddress("::ffff:10.0.0.1")).toBe("10.0.0.1");
  expect(plainAddress("2001:0DB8:0:0::1")).toBe("2001:db8::1");
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const plain = plainAddress(text);
      expect(plain).not.toBeNull();
      expect(plainAddress(plain ?? "")).toBe(plain);
      expect(Networks.in(text)?.has(text)).toBe(true);
    }),
    { seed: 20_261_129, numRuns: 500 },
  );
});
