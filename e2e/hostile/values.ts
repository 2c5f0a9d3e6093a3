import type { Chance } from "./chance.ts";
import { DOCUMENTED_PARAMETERS } from "./documented.ts";

/** Hostile texts, as they stand in JSON, a query or a part of a path. */
export const TEXTS = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "x\udfff",
  "é",
  "\u202eabc",
  "😀".repeat(50),
  "a".repeat(300),
  `${" ".repeat(500)}x`,
  "'; drop table events; --",
  '"><script>alert(1)</script>',
  "../../etc/passwd",
  "..",
  "%",
  "%zz",
  "__proto__",
  "constructor",
  "null",
  "undefined",
  "NaN",
  "Infinity",
  "-1",
  "0",
  "1e309",
  "9007199254740993",
  "99999999999999999999",
  "2147483648",
  "9223372036854775808",
  "0x10",
  "1970-01-01",
  "9999-12-31",
  "9999-12-29",
  "10000-01-01",
  "0000-00-00",
  "2026-02-30",
  "2026-11-20T10:00:00Z",
  "9999-12-31T23:59:59-23:59",
  "1970-01-01T00:00:00+23:59",
  "2026-11-20T24:00:00",
  "2026-03-29 02:30",
  "Europe/Berlin",
  "Pacific/Kiritimati",
  "Mars/Olympus",
  "america/new_york",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "W10",
  "WyJuZXh0IixbXV0",
  "WyJuZXh0IixbMV1d",
  "WyJuZXh0IixbIlx1ZDgwMCIsIlx1MDAwMCJdXQ",
  "WyJwcmV2aW91cyIsWzkwMDcxOTkyNTQ3NDA5OTEsIngiLCJ5IiwieiJdXQ",
  "cD0wMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDAuMQ",
];

/** The parameters of all addresses, and those that only pages take, or nobody any more. */
const PARAMETERS = [
  ...DOCUMENTED_PARAMETERS,
  ..."person_id threshold min_wait_ms short_ms regular thresholds start time_zone time".split(" "),
  ..."weekdays mon sun verdict standing raw at window moment _rsc".split(" "),
];

const WORDS = ["live", "ended", "asc", "desc", "started", "length", "name", "left", "true", "1"];

export function queryOf(chance: Chance, ids: readonly string[]): string {
  const parts = chance.some(PARAMETERS, 4).map((name) => {
    const value = chance.one([chance.one(TEXTS), chance.one(WORDS), chance.one(ids)]);
    return `${name}=${escaped(value, chance)}`;
  });
  if (chance.happens(0.03))
    parts.push(chance.one(["&&&", "=", "%", "%ff=%00", "a[]=1", "?", "a=%zz"]));
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** The text encoded as a valid client would encode it, or nearly. */
export function escaped(text: string, chance: Chance): string {
  if (chance.happens(0.03)) return text.replace(/[\s\0]/g, "+");
  return [...text].map((sign) => (/[\w.~-]/.test(sign) ? sign : bytesOf(sign))).join("");
}

function bytesOf(sign: string): string {
  // Half a surrogate pair is written as the three bytes of its code, which is no UTF-8.
  const half = !sign.isWellFormed();
  const bytes = half ? [0xed, 0xa0, 0x80] : [...Buffer.from(sign)];
  return bytes.map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}

/** JSON of any kind. */
export function anything(chance: Chance, depth = 0): unknown {
  const kinds = depth > 3 ? 4 : 6;
  switch (chance.below(kinds)) {
    case 0:
      return chance.one(TEXTS);
    case 1:
      return chance.one([0, -1, 1.5, 1e308, -0, 2 ** 53, 1795855249648, null, true, false]);
    case 2:
      return chance.one([null, [], {}]);
    case 3:
      return chance.one(TEXTS).repeat(3);
    case 4:
      return Array.from({ length: chance.below(4) }, () => anything(chance, depth + 1));
    default:
      return Object.fromEntries(
        chance
          .some([...PARAMETERS, ...TEXTS], 4)
          .map((name) => [name, anything(chance, depth + 1)]),
      );
  }
}

/** The same JSON with some of it replaced, left out or doubled. */
export function mutated(value: unknown, chance: Chance): unknown {
  if (chance.happens(0.12)) return anything(chance);
  if (Array.isArray(value)) {
    const items = value.map((item) => mutated(item, chance));
    return chance.happens(0.1) ? [...items, ...items] : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const remaining = Object.entries(value).filter(() => !chance.happens(0.08));
  return Object.fromEntries(remaining.map(([name, inner]) => [name, mutated(inner, chance)]));
}
