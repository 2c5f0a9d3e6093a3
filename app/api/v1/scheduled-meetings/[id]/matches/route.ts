import { answering } from "#server/http/answer.ts";
import { deleteMatch, putMatch } from "#server/scheduled/api-matches.ts";

interface Named {
  params: Promise<{ id: string }>;
}

export async function PUT(request: Request, { params }: Named): Promise<Response> {
  const { id } = await params;
  return answering(request, (_url, caller) => putMatch(request, id, caller));
}

export async function DELETE(request: Request, { params }: Named): Promise<Response> {
  const { id } = await params;
  return answering(request, () => deleteMatch(request, id));
}
