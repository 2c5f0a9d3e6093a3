import { answering } from "#server/http/answer.ts";
import { getInstallation, patchInstallation } from "#server/sources/installation.ts";

export async function GET(request: Request): Promise<Response> {
  return answering(request, getInstallation);
}

export async function PATCH(request: Request): Promise<Response> {
  return answering(request, () => patchInstallation(request));
}
