import type { Database } from "#db/client.ts";
import { hearInstallation, installedZone } from "#db/installation.ts";
import { isTimeZone } from "#domain/time-zone.ts";

/** The installation's zone, and who says so: the first of these that does. */
export interface Home {
  zone: string;
  by: "variable" | "setting" | "server";
}

/*
 * Read whenever a day begins or a time is told, and by both instances of every module in this process. So it
 * is held here, and heard anew when it is set.
 */
const HOLDER = Symbol.for("rollcall.home");
const holder: typeof globalThis & { [HOLDER]?: Home } = globalThis;

export function home(): Home {
  return holder[HOLDER] ?? homeOf(null, null);
}

/** The zone in which days begin and times are told, unless whoever asks has another. */
export function homeZone(): string {
  return home().zone;
}

/**
 * Reads what is set in the database; the variable `ROLLCALL_TIME_ZONE`, where it is given or was before, goes
 * before that. Answers whether the zone is another than it was.
 */
export async function readHome(
  { orm }: Pick<Database, "orm">,
  variable: string | null = home().by === "variable" ? homeZone() : null,
): Promise<boolean> {
  const before = homeZone();
  holder[HOLDER] = homeOf(variable, await installedZone(orm));
  return homeZone() !== before;
}

/** Reads it now, and whenever it is set anew, by whichever process; `changed` after that. The answer stops it. */
export async function followHome(
  database: Pick<Database, "orm" | "sql">,
  variable: string | null,
  { log, changed }: { log: { error(about: object, message: string): void }; changed?: () => void },
): Promise<() => Promise<void>> {
  await readHome(database, variable);
  return hearInstallation(database.sql, () => {
    readHome(database, variable).then(
      (isOther) => {
        if (isOther) changed?.();
      },
      (error: unknown) => {
        log.error({ err: error }, "the installation's zone could not be read");
      },
    );
  });
}

function homeOf(variable: string | null, setting: string | null): Home {
  if (variable !== null) return { zone: variable, by: "variable" };
  // What one machine set, another's list of zones may not have.
  if (setting !== null && isTimeZone(setting)) return { zone: setting, by: "setting" };
  return { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, by: "server" };
}
