import { deleteDownload, getDownload } from "#server/files/downloads.ts";
import { answering } from "#server/http/answer.ts";

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
