import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join, sep } from "node:path";

const TYPES: Record<string, string> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
};
const PRESSED = /^(.*(\.js|\.css))\.br$/;

/**
 * Serves the files of the pages that were compressed when these were built (`server/boot/press.mjs`): a twelfth
 * smaller than what the page framework compresses for each request. Returns whether it has answered; files that are
 * not there, and browsers that do not read Brotli, are left to the framework.
 */
export function compressedFiles(
  folder: string,
  address: string,
): (req: IncomingMessage, res: ServerResponse) => boolean {
  const files = new Map<string, { type: string; body: Buffer }>();
  for (const path of pathsIn(folder)) {
    const [, file, ending] = PRESSED.exec(path) ?? [];
    const type = ending === undefined ? undefined : TYPES[ending];
    if (file === undefined || type === undefined) continue;
    const at = `${address}${file.split(sep).join("/")}`;
    files.set(at, { type, body: readFileSync(join(folder, path)) });
  }
  return (req, res) => {
    const file = files.get(req.url ?? "");
    if (file === undefined || !readsBrotli(req.headers["accept-encoding"])) return false;
    if (req.method !== "GET" && req.method !== "HEAD") return false;
    res.setHeader("cache-control", "public, max-age=31536000, immutable");
    res.setHeader("content-type", file.type);
    res.setHeader("content-encoding", "br");
    res.setHeader("vary", "Accept-Encoding");
    res.setHeader("content-length", file.body.length);
    res.end(req.method === "HEAD" ? undefined : file.body);
    return true;
  };
}

function pathsIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    // In development no file is built before it is requested.
    return [];
  }
}

/** Whether an `Accept-Encoding` header names Brotli with a weight other than 0. */
function readsBrotli(accepted: string | string[] | undefined): boolean {
  const named = String(accepted ?? "").split(",");
  return named.some((one) => {
    const [name, weight] = one.split(";").map((part) => part.trim());
    return name === "br" && !/^q=0(\.0*)?$/.test(weight ?? "");
  });
}
