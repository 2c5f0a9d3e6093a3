import { answering } from "#server/http/answer.ts";
import { getApart, postApart } from "#server/people/api-apart.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getApart);
}

export async function POST(request: Request): Promise<Response> {
  return answering(request, (_url, caller) => postApart(request, caller));
}
