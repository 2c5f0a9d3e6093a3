import { answering } from "#server/http/answer.ts";
import { postLink } from "#server/people/api-links.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, (_url, caller) => postLink(request, caller));
}
