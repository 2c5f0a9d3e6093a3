import { answering } from "#server/http/answer.ts";
import { exportLost } from "#server/waits/export.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, (url) => exportLost(url, "csv"));
}
