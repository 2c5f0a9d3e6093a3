import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join, sep } from "node:path";

const TYPES: Record<string, string> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
};
const PRESSED = /^(.*(\.js|\.css))\.br$/;

/**
 * The files of the pages that were pressed when these were built (`server/boot/press.mjs`), by their address: a
 * twelfth less to read than what the page framework presses anew for each. Says whether it has answered; what is
 * not there, or for a browser that does not read it, is left to the framework.
 */
export function pressedFiles(
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
    // In development nothing is built before it is asked for.
    return [];
  }
}

/** As a browser says it; where it is named with any weight but none. */
function readsBrotli(accepted: string | string[] | undefined): boolean {
  const named = String(accepted ?? "").split(",");
  return named.some((one) => {
    const [name, weight] = one.split(";").map((part) => part.trim());
    return name === "br" && !/^q=0(\.0*)?$/.test(weight ?? "");
  });
}
