import { answering } from "#server/api/answer.ts";
import { getJoining } from "#server/api/history/joining.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string; other: string }> },
): Promise<Response> {
  const { id, other } = await params;
  return answering(request, () => getJoining(id, other));
}
