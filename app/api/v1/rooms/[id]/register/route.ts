import { answering } from "#server/http/answer.ts";
import { getRegister } from "#server/rooms/register.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, (url) => getRegister(url, id));
}
