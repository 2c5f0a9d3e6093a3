import { answering } from "#server/api/answer.ts";
import { exportRecord } from "#server/api/history/export-people.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (url) => exportRecord(url, id, "xlsx"));
}
