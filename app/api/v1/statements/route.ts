import { answering } from "#server/api/answer.ts";
import { postStatement } from "#server/api/statements.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, (url, caller) => postStatement(request, url, caller));
}
