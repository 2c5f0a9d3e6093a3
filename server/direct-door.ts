import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { POST } from "#app/api/webhooks/[provider]/[source]/route.ts";

const PATH = /^\/api\/webhooks\/([^/?]+)\/([^/?]+)\/?(?:\?|$)/;

/**
 * The route's own function, called without Next in between: Next's dispatch costs ten times what keeping
 * a webhook does.
 */
export function directDoor(): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  const listener = getRequestListener(
    (request) => {
      const [, provider, source] = PATH.exec(new URL(request.url).pathname) ?? [];
      if (provider === undefined || source === undefined) return unknownPath();
      const params = { provider: decode(provider), source: decode(source) };
      return POST(request, { params: Promise.resolve(params) });
    },
    // Next lives in this process too: the platform's own Request and Response stay as they are.
    { overrideGlobalObjects: false },
  );
  return async (req, res) => listener(req, res);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function unknownPath(): Response {
  const error = {
    code: "not_found",
    message: "A webhook path is /api/webhooks/{provider}/{source}.",
  };
  return Response.json({ error }, { status: 404 });
}
