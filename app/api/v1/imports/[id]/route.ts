import { answering, answeringAtLength } from "#server/http/answer.ts";
import { deleteImport, getImport } from "#server/imports/api.ts";

interface Context {
  params: Promise<{ id: string }>;
}

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return answering(request, () => getImport(id));
}

export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return answeringAtLength(request, (url, caller) => deleteImport(request, url, id, caller));
}
