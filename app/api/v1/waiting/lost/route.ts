import { answering } from "#server/api/answer.ts";
import { getLost } from "#server/api/history/waiting-json.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getLost);
}
