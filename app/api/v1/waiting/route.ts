import { answering } from "#server/http/answer.ts";
import { getWaiting } from "#server/waits/api.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getWaiting);
}
