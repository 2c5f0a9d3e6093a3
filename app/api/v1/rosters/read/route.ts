import { answering } from "#server/http/answer.ts";
import { readGivenRoster } from "#server/scheduled/api-roster.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, () => readGivenRoster(request));
}
