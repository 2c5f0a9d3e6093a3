import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Ms } from "#domain/time/ms.ts";

/** The files of scheduled backups are named by when they were made; no other file in the folder is ever touched. */
const NAMED = /^rollcall-(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)Z\.backup$/;
const LEFT_OVER = /^rollcall-\d{4}-\d\d-\d\dT\d{6}Z\.backup\.\d+\.part$/;

export interface KeptBackup {
  path: string;
  at: Ms;
}

export function scheduledPath(folder: string, at: Ms): string {
  const time = new Date(at).toISOString().slice(0, 19).replaceAll(":", "");
  return join(folder, `rollcall-${time}Z.backup`);
}

/** The scheduled backups of a folder, the newest first. Rejects where it cannot be read. */
export async function keptBackups(folder: string): Promise<KeptBackup[]> {
  const found: KeptBackup[] = [];
  for (const name of await readdir(folder)) {
    const [, day, hour, minute, second] = NAMED.exec(name) ?? [];
    if (day === undefined) continue;
    const at = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
    if (!Number.isNaN(at)) found.push({ path: join(folder, name), at });
  }
  return found.toSorted((a, b) => b.at - a.at);
}

/** Deletes all but the newest, and what a process left that ended in the middle of one. Only while none is made. */
export async function prune(folder: string, keep: number): Promise<void> {
  for (const { path } of (await keptBackups(folder)).slice(keep)) await rm(path, { force: true });
  for (const name of await readdir(folder)) {
    if (LEFT_OVER.test(name)) await rm(join(folder, name), { force: true });
  }
}
