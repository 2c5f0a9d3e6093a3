import { join } from "node:path";
import { binOf, root } from "#server/boot/project.mjs";
import { buildNext } from "./build.ts";
import { type Served, serve } from "./child.ts";
import { freePort } from "./free-port.ts";

const FOLDER = join(root, "bench/baselines/next");

/** Builds the baselines that are a Next application. */
export async function buildPlainNext(): Promise<void> {
  await buildNext(FOLDER);
}

/** Starts them as Next starts any application. */
export async function servePlainNext(env: Readonly<Record<string, string>>): Promise<Served> {
  const port = await freePort();
  const args = [binOf("next"), "start", FOLDER, "-p", String(port), "-H", "127.0.0.1"];
  const served = await serve(args, { ...env, PORT: String(port) }, /Ready in (\d)/);
  return { ...served, port };
}
