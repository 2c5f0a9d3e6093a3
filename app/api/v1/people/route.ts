import { answering } from "#server/http/answer.ts";
import { getPeople } from "#server/people/page.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getPeople);
}
