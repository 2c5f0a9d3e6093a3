import { answering } from "#server/http/answer.ts";
import { getScheduledMeetings, postScheduledMeeting } from "#server/scheduled/api.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getScheduledMeetings);
}

export async function POST(request: Request): Promise<Response> {
  return answering(request, (_url, caller) => postScheduledMeeting(request, caller));
}
