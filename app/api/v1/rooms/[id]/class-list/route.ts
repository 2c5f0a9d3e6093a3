import { answering } from "#server/http/answer.ts";
import { putClassListOfRoom } from "#server/scheduled/api-class-lists.ts";

export async function PUT(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (_url, caller) => putClassListOfRoom(request, id, caller));
}
