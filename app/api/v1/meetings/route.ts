import { answering } from "#server/http/answer.ts";
import { getMeetings } from "#server/meetings/api.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getMeetings);
}
