import { answering } from "#server/api/answer.ts";
import { deleteWithdrawal } from "#server/api/expected/expected.ts";

interface Named {
  params: Promise<{ id: string }>;
}

export async function DELETE(request: Request, { params }: Named): Promise<Response> {
  const { id } = await params;
  return answering(request, (_url, caller) => deleteWithdrawal(request, id, caller));
}
