import { getRemoval } from "#server/demo/api.ts";
import { answering } from "#server/http/answer.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getRemoval);
}
