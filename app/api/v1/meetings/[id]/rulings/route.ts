import { answering } from "#server/http/answer.ts";
import { postCorrection } from "#server/meetings/corrections.ts";

export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (_url, caller) => postCorrection(request, id, caller));
}
