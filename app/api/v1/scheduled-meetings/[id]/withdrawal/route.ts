import { answering } from "#server/http/answer.ts";
import { deleteWithdrawal } from "#server/scheduled/api.ts";

interface Named {
  params: Promise<{ id: string }>;
}

export async function DELETE(request: Request, { params }: Named): Promise<Response> {
  const { id } = await params;
  return answering(request, (_url, caller) => deleteWithdrawal(request, id, caller));
}
