import { answering } from "#server/http/answer.ts";
import { getDelivery } from "#server/sources/deliveries.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, () => getDelivery(id));
}
