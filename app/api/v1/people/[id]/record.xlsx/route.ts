import { answering } from "#server/http/answer.ts";
import { exportRecord } from "#server/people/export.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (url) => exportRecord(url, id, "xlsx"));
}
