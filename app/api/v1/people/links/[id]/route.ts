import { answering } from "#server/http/answer.ts";
import { deleteLink } from "#server/people/api-links.ts";

export async function DELETE(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (_url, caller) => deleteLink(request, id, caller));
}
