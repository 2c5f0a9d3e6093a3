import { answering } from "#server/api/answer.ts";
import { getRemoval } from "#server/api/demonstration.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getRemoval);
}
