import { answering, answeringAtLength } from "#server/http/answer.ts";
import { getImports } from "#server/imports/api.ts";
import { postImport } from "#server/imports/api-import.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getImports);
}

export async function POST(request: Request): Promise<Response> {
  return answeringAtLength(request, (url, caller) => postImport(request, url, caller));
}
