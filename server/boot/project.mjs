import { readFileSync } from "node:fs";
import { delimiter, dirname, join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The project's own folder, independent of the working directory. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The Node.js that npm installed in the project: the newest, independent of this machine's own. */
export const bundledNode = join(
  root,
  "node_modules/node/bin",
  process.platform === "win32" ? "node.exe" : "node",
);

/** A folder for generated files that can be deleted. */
export const scratch = join(root, ".rollcall");

/** The environment with which the bundled Node.js, and every process it starts, start faster. */
export function soon(env) {
  const near = `--import=${pathToFileURL(join(root, "server/boot/near.mjs")).href}`;
  const { NODE_OPTIONS: others = "" } = env;
  const options = others.includes(near) ? others : `${others} ${near}`.trim();
  return { NODE_COMPILE_CACHE: join(scratch, "compile-cache"), ...env, NODE_OPTIONS: options };
}

/** The script behind a command of an installed package, to be run by `bundledNode`. */
export function binOf(packageName, command = packageName) {
  const folder = join(root, "node_modules", packageName);
  const { bin } = readJson(join(folder, "package.json"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** As `readJson`, but `null` where there is nothing to read. */
export function tryJson(path) {
  try {
    return readJson(path);
  } catch {
    return null;
  }
}

/**
 * The environment without node_modules/.bin in front. npm puts it there, so `node` would be the file that an
 * installation replaces while it runs.
 */
export function systemEnvironment() {
  const path = (process.env.PATH ?? "").split(delimiter);
  const outside = path.filter((folder) => !folder.includes(`node_modules${sep}.bin`));
  return { ...process.env, PATH: outside.join(delimiter) };
}

/** Exits with one line where the system's Node.js is too old to start Rollcall. */
export function requireNode20() {
  if (Number(process.versions.node.split(".")[0]) >= 20) return;
  process.stderr.write(
    `Rollcall needs Node.js 20 or later to start; this is ${process.version}. Get a current one at https://nodejs.org.\n`,
  );
  process.exit(1);
}
