import { receive } from "#server/ingest/receive.ts";
import { door } from "#server/process.ts";

/** The only door for webhooks. The server hands them here directly; Next would too. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ provider: string; source: string }> },
): Promise<Response> {
  return receive(door(), request, await params);
}
