import { answering } from "#server/api/answer.ts";
import { exportMeetings } from "#server/api/history/export-meetings.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, (url) => exportMeetings(url, "xlsx"));
}
