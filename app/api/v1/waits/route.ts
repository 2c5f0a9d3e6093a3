import { answering } from "#server/http/answer.ts";
import { getWaits } from "#server/waits/list.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getWaits);
}
