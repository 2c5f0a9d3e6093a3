import { answering, answeringAtLength } from "#server/api/answer.ts";
import { deleteImport, getImport } from "#server/api/imported.ts";

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
