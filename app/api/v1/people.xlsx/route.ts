import { answering } from "#server/api/answer.ts";
import { exportPeople } from "#server/api/history/export-people.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, (url) => exportPeople(url, "xlsx"));
}
