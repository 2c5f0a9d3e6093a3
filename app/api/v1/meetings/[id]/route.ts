import { answering } from "#server/http/answer.ts";
import { getMeeting } from "#server/meetings/api.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (url) => getMeeting(url, id));
}
