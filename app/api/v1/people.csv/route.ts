import { answering } from "#server/http/answer.ts";
import { exportPeople } from "#server/people/export.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, (url) => exportPeople(url, "csv"));
}
