import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hintFiles } from "./hint.mjs";
import { alone } from "./lock.mjs";
import { pressFiles } from "./press.mjs";
import { binOf, bundledNode, root } from "./project.mjs";
import { step } from "./step.mjs";

/** The fingerprint of the built content, and the times and sizes of its sources when they last matched it. */
const STAMP = join(root, ".next/rollcall-fingerprint");
const SOURCES = [
  "app",
  "components",
  "db",
  "docs/openapi.json",
  "domain",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "public",
  "server",
  "tsconfig.json",
];
/** Files in those folders that are never part of a page. */
const NOT_BUILT = /(^|\/)(testing|migrations|fixtures)$|\.test\.tsx?$/;

/** Builds the pages, unless they were built from the same sources. Returns whether they are built. */
export async function ensureBuilt(out = process.stdout) {
  if (isBuilt()) return true;
  return await alone((started) => build(out, started), { out });
}

async function build(out, started) {
  // Taken before the build, so that a file edited meanwhile is built again; and after the wait for another start.
  const look = lookOf(root);
  const fingerprint = fingerprintOf(root);
  if (isBuilt()) return true;
  const built = await step(
    "Building the pages (next build)",
    [bundledNode, binOf("next"), "build"],
    {
      out,
      started,
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    },
  );
  if (!built) return false;
  hintFiles(join(root, ".next"));
  await pressFiles(join(root, ".next/static"));
  stamp(fingerprint, look);
  return true;
}

/** A hash of the content of everything that goes into the build below `folder`. */
export function fingerprintOf(folder) {
  return hashOf(folder, (hash, path) => hash.update(readFileSync(path)).update("\0"));
}

/** A hash of the times and sizes of these files: where it is the same, no content needs to be read. */
export function lookOf(folder) {
  return hashOf(folder, (hash, path) => {
    const { size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    hash.update(`${size} ${mtimeNs} ${ctimeNs}\0`);
  });
}

function hashOf(folder, add) {
  const hash = createHash("sha1");
  const take = (path, isFolder) => {
    if (NOT_BUILT.test(path)) return;
    const whole = join(folder, path);
    if (isFolder)
      for (const child of childrenOf(whole)) take(`${path}/${child.name}`, child.isDirectory());
    else add(hash.update(`${path}\0`), whole);
  };
  for (const source of SOURCES) {
    const seen = statSync(join(folder, source), { throwIfNoEntry: false });
    if (seen) take(source, seen.isDirectory());
  }
  return hash.digest("hex");
}

function childrenOf(path) {
  return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isBuilt() {
  const built = builtFrom();
  if (built === null) return false;
  const look = lookOf(root);
  if (built.look === look) return true;
  if (built.fingerprint !== fingerprintOf(root)) return false;
  stamp(built.fingerprint, look);
  return true;
}

function stamp(fingerprint, look) {
  writeFileSync(STAMP, `${fingerprint}\n${look}`);
}

function builtFrom() {
  if (!existsSync(join(root, ".next/BUILD_ID"))) return null;
  try {
    const [fingerprint, look] = readFileSync(STAMP, "utf8").split("\n");
    return { fingerprint, look };
  } catch {
    return null;
  }
}
