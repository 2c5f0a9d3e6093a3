import { answering } from "#server/http/answer.ts";
import { exportExpected } from "#server/scheduled/export.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (url) => exportExpected(url, id, "xlsx"));
}
