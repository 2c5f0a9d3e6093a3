import { allowed, answeringClient, notAllowed } from "#server/bots/answer.ts";
import { getBotEvents } from "#server/bots/events.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ bot: string }> },
): Promise<Response> {
  const { bot } = await params;
  return answeringClient(request, (url) => getBotEvents(url, bot));
}

export const OPTIONS = allowed;
export const POST = notAllowed;
export const PUT = notAllowed;
export const PATCH = notAllowed;
export const DELETE = notAllowed;
