import { answeringAnybody } from "#server/http/answer.ts";
import { getStatement } from "#server/statements/api.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answeringAnybody(request, (url) => getStatement(url, id));
}
