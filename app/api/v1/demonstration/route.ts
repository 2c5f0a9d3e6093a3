import { deleteDemonstration, getDemonstration } from "#server/demo/api.ts";
import { answering } from "#server/http/answer.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getDemonstration);
}

export async function DELETE(request: Request): Promise<Response> {
  return answering(request, (_, caller) => deleteDemonstration(request, caller));
}
