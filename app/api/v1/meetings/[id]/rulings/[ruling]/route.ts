import { answering } from "#server/http/answer.ts";
import { deleteCorrection } from "#server/meetings/corrections.ts";

export async function DELETE(
  request: Request,
  { params }: { params: Promise<{ id: string; ruling: string }> },
): Promise<Response> {
  const { id, ruling } = await params;
  return answering(request, (_url, caller) => deleteCorrection(request, id, ruling, caller));
}
