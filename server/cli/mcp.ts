import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { hostInUrl, readEnv } from "#server/runtime/env.ts";
import { CommandError } from "./command.ts";

const MCP = fileURLToPath(new URL("../../mcp/src/main.ts", import.meta.url));
const SDK = fileURLToPath(
  new URL("../../node_modules/@modelcontextprotocol/sdk/package.json", import.meta.url),
);

const MCP_HELP = `
Over standard input and output it answers with what the key in ROLLCALL_KEY may see. With --port it answers over HTTP at
/mcp, each request with the key that it carries. It asks the server at ROLLCALL_URL, or else the one on this machine.`;

interface McpFlags {
  port?: number;
  host?: string;
}

/** Starts the server of the Model Context Protocol, which is a program of its own, and resolves when it ends. */
async function runMcp({ port, host }: McpFlags): Promise<void> {
  if (!existsSync(MCP) || !existsSync(SDK)) {
    throw new CommandError("mcp is not installed here: pack the folder mcp/ and run rollcall-mcp.");
  }
  const env = readEnv(process.env);
  const own = `http://${hostInUrl(env.host)}:${env.port}`;
  const flags = [
    ...(port === undefined ? [] : ["--port", String(port)]),
    ...(host === undefined ? [] : ["--host", host]),
  ];
  const child = spawn(process.execPath, [MCP, ...flags], {
    stdio: "inherit",
    env: { ...process.env, ROLLCALL_URL: env.publicUrl ?? own },
  });
  const stop = () => child.kill();
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  await once(child, "exit");
  process.exitCode = child.exitCode ?? 0;
}

export function addMcpCommand(program: Command, number: (text: string) => number): void {
  program
    .command("mcp")
    .description("answer questions of a language model about who is in, who waits and who attended")
    .option("--port <port>", "over HTTP, at this port", number)
    .option("--host <address>", "where it listens then, 127.0.0.1 where it is left out")
    .addHelpText("after", MCP_HELP)
    .action(runMcp);
}
