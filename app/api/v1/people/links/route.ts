import { answering } from "#server/api/answer.ts";
import { postLink } from "#server/api/history/links.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, (_url, caller) => postLink(request, caller));
}
