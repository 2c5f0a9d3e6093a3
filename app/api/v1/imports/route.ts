import { answering } from "#server/api/answer.ts";
import { postImport } from "#server/api/imports.ts";

export async function POST(request: Request): Promise<Response> {
  return answering(request, (url) => postImport(request, url));
}
