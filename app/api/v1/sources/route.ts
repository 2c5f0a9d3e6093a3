import { answering } from "#server/http/answer.ts";
import { getSources } from "#server/sources/api.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getSources);
}
