import { answering } from "#server/http/answer.ts";
import { postStatement } from "#server/statements/api.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, (url, caller) => postStatement(request, url, caller));
}
