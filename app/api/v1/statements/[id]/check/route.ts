import { answeringAnybody } from "#server/http/answer.ts";
import { postCheck } from "#server/statements/api.ts";

export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answeringAnybody(request, (url) => postCheck(request, url, id));
}
