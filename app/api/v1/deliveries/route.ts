import { answering } from "#server/http/answer.ts";
import { getDeliveries } from "#server/sources/deliveries.ts";

export function GET(request: Request): Promise<Response> {
  return answering(request, getDeliveries);
}
