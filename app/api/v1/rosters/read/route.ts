import { answering } from "#server/api/answer.ts";
import { readGivenRoster } from "#server/api/expected/read-roster.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, () => readGivenRoster(request));
}
