import { answering } from "#server/api/answer.ts";
import { deleteDownload, getDownload } from "#server/api/downloads.ts";

interface Context {
  params: Promise<{ id: string }>;
}

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return answering(request, () => getDownload(id));
}

export async function DELETE(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  return answering(request, () => deleteDownload(id));
}
