#!/usr/bin/env node
import { once } from "node:events";
import { parseArgs } from "node:util";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { overHttp } from "./over-http.ts";
import { Reading } from "./reading.ts";
import { serverFor } from "./tools.ts";

/* Over standard input and output with the key in `ROLLCALL_KEY`; with `--port` over HTTP, each request with its own. */

const { values } = parseArgs({
  options: { port: { type: "string" }, host: { type: "string", default: "127.0.0.1" } },
});
const { ROLLCALL_URL: url = "http://127.0.0.1:3000", ROLLCALL_KEY: key } = process.env;

if (values.port !== undefined) {
  const server = overHttp({ url }).listen(Number(values.port), values.host);
  await once(server, "listening");
  const at = server.address();
  const port = typeof at === "object" ? at?.port : values.port;
  process.stderr.write(`MCP at http://${values.host}:${port}/mcp, about ${url}\n`);
} else if (key === undefined || key === "") {
  process.stderr.write(
    "Set ROLLCALL_KEY to a key that may read: `key create --scopes read` makes one.\n",
  );
  process.exitCode = 2;
} else {
  await serverFor(new Reading({ url, key })).connect(new StdioServerTransport());
}
