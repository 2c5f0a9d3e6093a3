import { answering } from "#server/http/answer.ts";
import { deleteClassList, getClassList, putClassList } from "#server/scheduled/api-class-lists.ts";

interface Named {
  params: Promise<{ id: string }>;
}

export async function GET(request: Request, { params }: Named): Promise<Response> {
  const { id } = await params;
  return answering(request, () => getClassList(id));
}

export async function PUT(request: Request, { params }: Named): Promise<Response> {
  const { id } = await params;
  return answering(request, (_url, caller) => putClassList(request, id, caller));
}

export async function DELETE(request: Request, { params }: Named): Promise<Response> {
  const { id } = await params;
  return answering(request, () => deleteClassList(id));
}
