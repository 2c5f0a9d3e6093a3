import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { alone } from "./lock.mjs";
import { bundledNode, root, systemEnvironment, tryJson } from "./project.mjs";
import { step } from "./step.mjs";

const STAMP = join(root, "node_modules/.rollcall-platform");
const PLATFORM = `${process.platform}-${process.arch}`;

/**
 * Installs what package-lock.json asks for, unless it is installed. Does not run npm to find out.
 *
 * @param {NodeJS.WriteStream} [out] where to print progress
 */
export async function ensureInstalled(out = process.stdout) {
  if (wanted().isThere) return;
  await alone((started) => install(out, started), { out });
}

/** The manifest, the lock, and whether they are installed. */
function wanted() {
  const manifest = tryJson(join(root, "package.json"));
  const lock = tryJson(join(root, "package-lock.json"));
  const installed = tryJson(join(root, "node_modules/.package-lock.json"));
  const isThere = isInstalled(lock, installed, manifest) && hasPlatformFiles();
  return { manifest, lock, isThere };
}

async function install(out, started) {
  const { manifest, lock, isThere } = wanted();
  // Installed by the start that this one waited for.
  if (isThere) return;
  const npm = isLocked(lock, manifest) ? "ci" : "install";
  // The build needs the development packages, whatever NODE_ENV says.
  const args = [npm, "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const title = `Installing the packages (npm ${npm})`;
  const env = systemEnvironment();
  if (!(await step(title, ["npm", ...args], { out, env, started }))) process.exit(1);
  if (!existsSync(bundledNode)) {
    out.write(
      "npm installed the packages but ran no install scripts, so Node.js 24 is missing: allow them " +
        "(npm config delete ignore-scripts), remove node_modules and start again.\n",
    );
    process.exit(1);
  }
  writeFileSync(STAMP, PLATFORM);
}

/**
 * Whether everything in the lock is installed in its version. Optional packages may be absent: they
 * are for other machines.
 */
export function isInstalled(lock, installed, manifest) {
  if (!installed || !isLocked(lock, manifest)) return false;
  return Object.entries(lock.packages).every(([path, entry]) => {
    if (path === "") return true;
    const own = installed.packages?.[path];
    return own ? own.version === entry.version : entry.optional === true;
  });
}

/** Whether package.json still asks for what the lock was made from. */
export function isLocked(lock, manifest) {
  const wanted = lock?.packages?.[""];
  return (
    wanted !== undefined &&
    ["dependencies", "devDependencies", "optionalDependencies"].every((kind) =>
      isDeepStrictEqual(wanted[kind] ?? {}, manifest?.[kind] ?? {}),
    )
  );
}

/** node_modules may have come from another machine, or from an npm that ran no scripts. */
function hasPlatformFiles() {
  if (!existsSync(bundledNode)) return false;
  try {
    return readFileSync(STAMP, "utf8") === PLATFORM;
  } catch {
    // Installed by hand, so on this machine.
    return true;
  }
}
