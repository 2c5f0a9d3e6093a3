import { answering } from "#server/api/answer.ts";
import { exportLost } from "#server/api/history/export-waits.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, (url) => exportLost(url, "xlsx"));
}
