import { receive } from "#server/ingest/receive.ts";
import { webhookDoor } from "#server/process.ts";

/** The only entry for webhooks. The server passes them here directly; Next would too. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ provider: string; source: string }> },
): Promise<Response> {
  return receive(webhookDoor(), request, await params);
}
