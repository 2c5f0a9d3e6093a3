import { answering } from "#server/api/answer.ts";
import { exportWaits } from "#server/api/history/export-waits.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, (url) => exportWaits(url, "xlsx"));
}
