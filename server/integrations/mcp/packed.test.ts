import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { root } from "#server/boot/project.mjs";

/* The package for language models as somebody else gets it: built, packed, and installed into an empty project. */

const run = promisify(execFile);
const packed = z.array(
  z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }),
);

let project: string;
let files: string[];
beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "rollcall-mcp-"));
  const packing = ["pack", "./mcp", "--json", "--pack-destination", project];
  const { stdout } = await run("npm", packing, { cwd: root });
  const [one] = packed.parse(JSON.parse(stdout.slice(stdout.indexOf("["))));
  files = one?.files.map(({ path }) => path) ?? [];
  await writeFile(join(project, "package.json"), JSON.stringify({ type: "module", private: true }));
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline"];
  await run("npm", ["install", `./${one?.filename}`, ...quiet], { cwd: project });
});
afterAll(() => rm(project, { recursive: true, force: true }));

test("it has its README and its program, and nothing of the server", () => {
  expect(files.toSorted()).toEqual(["README.md", "dist/main.js", "package.json"]);
});

test("it answers a language model with the tools its README names, and says where it cannot read", async () => {
  const code = `
    import { Client } from "@modelcontextprotocol/sdk/client/index.js";
    import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
    const client = new Client({ name: "test", version: "1" });
    const env = { ...process.env, ROLLCALL_URL: "http://127.0.0.1:9", ROLLCALL_KEY: "rk_1" };
    await client.connect(new StdioClientTransport({ command: "node_modules/.bin/rollcall-mcp", env }));
    const { tools } = await client.listTools();
    const { isError } = await client.callTool({ name: tools[0].name, arguments: {} });
    console.log(JSON.stringify({ names: tools.map(({ name }) => name), isError }));
    await client.close();`;
  await writeFile(join(project, "run.mjs"), code);
  const { stdout } = await run(process.execPath, ["run.mjs"], { cwd: project });
  const { names, isError } = z
    .object({ names: z.array(z.string()), isError: z.boolean() })
    .parse(JSON.parse(stdout));
  const readme = await readFile(join(root, "mcp/README.md"), "utf8");
  expect(names).toHaveLength(6);
  for (const name of names) expect(readme).toContain(name);
  expect(isError).toBe(true);
});
