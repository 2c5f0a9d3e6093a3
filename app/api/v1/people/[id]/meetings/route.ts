import { answering } from "#server/http/answer.ts";
import { getPersonMeetings } from "#server/people/person.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (url) => getPersonMeetings(url, id));
}
