import { answering } from "#server/api/answer.ts";
import { deleteDemonstration, getDemonstration } from "#server/api/demonstration.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getDemonstration);
}

export async function DELETE(request: Request): Promise<Response> {
  return answering(request, (_, caller) => deleteDemonstration(request, caller));
}
