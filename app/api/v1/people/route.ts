import { answering } from "#server/api/answer.ts";
import { getPeople } from "#server/api/history/people.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getPeople);
}
