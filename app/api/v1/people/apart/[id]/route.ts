import { answering } from "#server/http/answer.ts";
import { deleteApart } from "#server/people/api-apart.ts";

export async function DELETE(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (_url, caller) => deleteApart(request, id, caller));
}
