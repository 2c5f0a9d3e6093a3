import { connection } from "next/server";
import { answeringAnybody } from "#server/http/answer.ts";
import { checkHealth } from "#server/live/health.ts";

/** Whether Rollcall can do its work; needs no key and shows no secrets. */
export async function GET(request: Request): Promise<Response> {
  await connection();
  return answeringAnybody(request, checkHealth);
}
