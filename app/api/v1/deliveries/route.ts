import { answering } from "#server/api/answer.ts";
import { getDeliveries } from "#server/api/deliveries.ts";

export function GET(request: Request): Promise<Response> {
  return answering(request, getDeliveries);
}
