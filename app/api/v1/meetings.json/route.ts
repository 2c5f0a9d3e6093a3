import { answering } from "#server/http/answer.ts";
import { exportMeetings } from "#server/meetings/export.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, (url) => exportMeetings(url, "json"));
}
