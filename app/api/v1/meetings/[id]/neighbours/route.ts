import { answering } from "#server/http/answer.ts";
import { getNeighbours } from "#server/meetings/api.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (url) => getNeighbours(url, id));
}
