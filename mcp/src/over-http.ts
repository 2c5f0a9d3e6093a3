import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { Reading } from "./reading.ts";
import { serverFor } from "./tools.ts";

const PATH = "/mcp";

/**
 * A server over HTTP at `/mcp`. Every request carries a key of Rollcall, as `Authorization: Bearer`, and is answered
 * with what that key may see; nothing is remembered between two. A page of another site may not ask.
 */
export function overHttp({ url }: { url: string }): Server {
  return createServer((req, res) => {
    answer(req, res, url).catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      if (!res.headersSent) refuse(res, 500, "Something went wrong here.");
    });
  });
}

async function answer(req: IncomingMessage, res: ServerResponse, url: string): Promise<void> {
  if (req.url?.split("?")[0] !== PATH) return refuse(res, 404, `There is only ${PATH} here.`);
  const { origin, host } = req.headers;
  if (origin !== undefined && URL.parse(origin)?.host !== host) {
    return refuse(res, 403, "A page of another site may not ask.");
  }
  const [, key] = /^bearer +(\S+)$/i.exec(req.headers.authorization ?? "") ?? [];
  if (key === undefined) {
    res.setHeader("www-authenticate", "Bearer");
    return refuse(res, 401, "Send a key of Rollcall: Authorization: Bearer <key>.");
  }
  if (req.method !== "POST") {
    res.setHeader("allow", "POST");
    return refuse(res, 405, "Only POST: there are no sessions to open or end.");
  }
  const server = serverFor(new Reading({ url, key }));
  // Without sessions: each request has its own key.
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
  res.on("close", () => {
    void server.close();
  });
  await server.connect(transport);
  await transport.handleRequest(req, res);
}

function refuse(res: ServerResponse, status: number, message: string): void {
  const error = { jsonrpc: "2.0", error: { code: -32_000, message }, id: null };
  res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(error));
}
