import { answering } from "#server/http/answer.ts";
import { getClassLists, postClassList } from "#server/scheduled/api-class-lists.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getClassLists);
}

export async function POST(request: Request): Promise<Response> {
  return answering(request, (_url, caller) => postClassList(request, caller));
}
