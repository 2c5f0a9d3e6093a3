import { answering } from "#server/http/answer.ts";
import { patchSource } from "#server/sources/api.ts";

export async function PATCH(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, () => patchSource(request, id));
}
