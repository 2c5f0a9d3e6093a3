import { answering, answeringAtLength } from "#server/api/answer.ts";
import { getImports } from "#server/api/imported.ts";
import { postImport } from "#server/api/imports.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getImports);
}

export async function POST(request: Request): Promise<Response> {
  return answeringAtLength(request, (url, caller) => postImport(request, url, caller));
}
