import { readFileSync } from "node:fs";
import { join } from "node:path";

let build: string | null = null;

/** The name of the build of the pages that this process serves: another one for every build. */
export function buildName(): string {
  build ??= read();
  return build;
}

function read(): string {
  try {
    return readFileSync(join(process.cwd(), ".next/BUILD_ID"), "utf8");
  } catch {
    // In development, and in a test, nothing is built.
    return "development";
  }
}
