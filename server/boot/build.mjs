import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hintFiles } from "./hint.mjs";
import { alone } from "./lock.mjs";
import { pressFiles } from "./press.mjs";
import { binOf, bundledNode, root } from "./project.mjs";
import { step } from "./step.mjs";

const STAMP = join(root, ".next/rollcall-fingerprint");
const SOURCES = [
  "app",
  "components",
  "db",
  "domain",
  "next.config.ts",
  "package-lock.json",
  "package.json",
  "postcss.config.mjs",
  "public",
  "server",
  "tsconfig.json",
];
/** What is in those folders but never in a page. */
const NOT_BUILT = /(^|\/)(testing|boot|migrations|fixtures)$|\.test\.tsx?$/;

/** Builds the pages, unless they were built from these very sources. Answers whether they are there. */
export async function ensureBuilt(out = process.stdout) {
  if (isBuilt(fingerprintOf(root))) return true;
  return await alone((started) => build(out, started), { out });
}

async function build(out, started) {
  // Taken before, so that what is edited during the build is built again; and after whoever we waited for.
  const fingerprint = fingerprintOf(root);
  if (isBuilt(fingerprint)) return true;
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
  writeFileSync(STAMP, fingerprint);
  return true;
}

/** A name for the content of everything that goes into the build below `folder`. */
export function fingerprintOf(folder) {
  const hash = createHash("sha1");
  const take = (path) => {
    if (NOT_BUILT.test(path)) return;
    const whole = join(folder, path);
    const children = childrenOf(whole);
    if (children) for (const child of children) take(`${path}/${child}`);
    else hash.update(`${path}\0`).update(readFileSync(whole)).update("\0");
  };
  for (const source of SOURCES) if (existsSync(join(folder, source))) take(source);
  return hash.digest("hex");
}

function childrenOf(path) {
  try {
    return readdirSync(path).sort();
  } catch {
    return null;
  }
}

function isBuilt(fingerprint) {
  try {
    return existsSync(join(root, ".next/BUILD_ID")) && readFileSync(STAMP, "utf8") === fingerprint;
  } catch {
    return false;
  }
}
