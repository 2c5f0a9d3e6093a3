import { answering } from "#server/http/answer.ts";
import { getJoiningPreview } from "#server/people/api-joining.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string; other: string }> },
): Promise<Response> {
  const { id, other } = await params;
  return answering(request, () => getJoiningPreview(id, other));
}
