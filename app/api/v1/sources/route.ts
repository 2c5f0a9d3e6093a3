import { answering } from "#server/api/answer.ts";
import { getSources } from "#server/api/sources.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getSources);
}
