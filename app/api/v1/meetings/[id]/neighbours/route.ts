import { answering } from "#server/api/answer.ts";
import { getNeighbours } from "#server/api/meetings.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (url) => getNeighbours(url, id));
}
