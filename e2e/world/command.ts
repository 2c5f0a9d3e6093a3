import { spawn } from "node:child_process";
import { once } from "node:events";

/** The project's folder: Playwright runs there. */
export const project = process.cwd();

/** Runs `npm run -s rollcall -- … --json` on a data folder, and returns the printed JSON. */
export async function rollcall(dataDir: string, ...args: string[]): Promise<unknown> {
  const child = spawn("npm", ["run", "-s", "rollcall", "--", ...args, "--json"], {
    cwd: project,
    env: { ...process.env, DATABASE_URL: "", ROLLCALL_DATA: dataDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  let complained = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complained += text;
  });
  const [status] = await once(child, "close");
  if (status !== 0) throw new Error(`rollcall ${args.join(" ")}: ${complained}`);
  return JSON.parse(printed);
}
