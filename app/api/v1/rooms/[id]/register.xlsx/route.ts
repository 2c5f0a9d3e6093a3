import { answering } from "#server/http/answer.ts";
import { exportRegister } from "#server/rooms/export-register.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (url) => exportRegister(url, id, "xlsx"));
}
