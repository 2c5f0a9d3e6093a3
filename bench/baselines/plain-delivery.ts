import { createHash } from "node:crypto";
import { z } from "zod";
import { verify } from "#server/providers/daily/verify.ts";

/*
 * Shared by the baselines: the signature is checked by Rollcall's own code, and a delivery is stored as one row
 * like those of `deliveries`. Nothing is projected from it.
 */

/** The settings of a baseline, from its environment. */
export const plainSettings = z.object({
  DATABASE_URL: z.string(),
  BENCH_TABLE: z.string(),
  BENCH_SOURCE: z.string(),
  BENCH_SECRET: z.string(),
});

const named = z.object({ id: z.string(), type: z.string() });

export interface PlainDelivery {
  key: string;
  type: string;
  receivedAt: Date;
}

/** `null` where the signature is refused. */
export function plainDelivery(
  raw: Uint8Array,
  header: (name: string) => string | null,
  secret: string,
): PlainDelivery | null {
  const now = Date.now();
  const verification = verify({
    raw,
    header,
    query: () => null,
    path: "",
    secrets: [secret],
    now,
    toleranceMs: 86_400_000,
  });
  if (!verification.ok) return null;
  const { id, type } = named.parse(JSON.parse(Buffer.from(raw).toString("utf8")));
  const hex = createHash("sha256").update(id).digest("hex");
  const key = hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  return { key, type, receivedAt: new Date(now) };
}
