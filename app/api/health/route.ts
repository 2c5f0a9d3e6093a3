import { connection } from "next/server";
import { checkHealth } from "#server/api/health.ts";

/** Whether Rollcall can do its work; needs no key and tells no secrets. */
export async function GET(): Promise<Response> {
  await connection();
  return checkHealth();
}
