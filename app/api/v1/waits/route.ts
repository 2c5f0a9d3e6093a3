import { answering } from "#server/api/answer.ts";
import { getWaits } from "#server/api/meetings.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getWaits);
}
