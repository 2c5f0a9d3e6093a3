import { answering } from "#server/http/answer.ts";
import { putRoster } from "#server/scheduled/api.ts";

export async function PUT(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (_url, caller) => putRoster(request, id, caller));
}
