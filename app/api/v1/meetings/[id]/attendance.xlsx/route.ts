import { answering } from "#server/http/answer.ts";
import { exportAttendance } from "#server/meetings/export-attendance.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (url) => exportAttendance(url, id, "xlsx"));
}
