import { answering } from "#server/api/answer.ts";
import { getDelivery } from "#server/api/deliveries.ts";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return answering(request, () => getDelivery(id));
}
