import { createHmac } from "node:crypto";
import type { Ms } from "#domain/time/ms.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The code of six digits that an app shows at a moment for the address of a key (RFC 6238). */
export function codeOf(totpUri: string, at: Ms): string {
  const key = new URL(totpUri).searchParams.get("secret") ?? "";
  const bits = [...key].map((one) => LETTERS.indexOf(one).toString(2).padStart(5, "0")).join("");
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [];
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", Buffer.from(bytes)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
