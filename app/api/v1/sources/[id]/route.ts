import { answering } from "#server/api/answer.ts";
import { patchSource } from "#server/api/sources.ts";

export async function PATCH(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, () => patchSource(request, id));
}
