import { answering } from "#server/api/answer.ts";
import { deleteLink } from "#server/api/history/links.ts";

export async function DELETE(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (_url, caller) => deleteLink(request, id, caller));
}
