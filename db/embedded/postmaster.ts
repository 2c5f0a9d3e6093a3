import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What a running PostgreSQL reports about itself in `postmaster.pid`. */
export interface Postmaster {
  pid: number;
  port: number;
  status: "starting" | "ready" | "stopping" | "unknown";
}

/** Reads the text of a `postmaster.pid`; `null` when it is not (yet) complete. */
export function parsePostmaster(text: string): Postmaster | null {
  const [pid, , , port, , , , status] = text.split("\n");
  if (!/^\d+$/.test(pid ?? "") || !/^\d+$/.test(port ?? "")) return null;
  return { pid: Number(pid), port: Number(port), status: parseStatus(status?.trim()) };
}

/** The text of the cluster's `postmaster.pid`, or `null` when there is none. */
export function readPostmasterFile(cluster: string): string | null {
  try {
    return readFileSync(join(cluster, "postmaster.pid"), "utf8");
  } catch {
    return null;
  }
}

/** The PostgreSQL that the pid file of the cluster names; `null` when there is none, or it is not (yet) complete. */
export function readPostmaster(cluster: string): Postmaster | null {
  const text = readPostmasterFile(cluster);
  return text === null ? null : parsePostmaster(text);
}

/** Whether this process exists, whichever user it belongs to. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/**
 * Whether this process is a PostgreSQL. After a crash another process may have the number of an old pid file,
 * above all in a container, where numbers are few.
 */
export function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    if (process.platform === "win32") return true;
    if (process.platform === "linux") {
      return readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "postgres";
    }
    const command = execFileSync("ps", ["-p", String(pid), "-o", "comm="], { encoding: "utf8" });
    return command.trim().endsWith("postgres");
  } catch {
    return false;
  }
}

function parseStatus(text: string | undefined): Postmaster["status"] {
  switch (text) {
    case "starting":
    case "ready":
    case "stopping":
      return text;
    default:
      return "unknown";
  }
}
