import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const MIGRATIONS = fileURLToPath(new URL("../migrations", import.meta.url));

/** Migrates a database up to this migration, as an older version would have left it. */
export async function migrateUpTo(url: string, tag: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-migrations-"));
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    cpSync(MIGRATIONS, folder, { recursive: true });
    const path = join(folder, "meta", "_journal.json");
    const journal: { entries: { tag: string }[] } = JSON.parse(readFileSync(path, "utf8"));
    const last = journal.entries.findIndex((entry) => entry.tag === tag);
    if (last < 1) throw new Error(`there is no migration ${tag} after the first`);
    const entries = journal.entries.slice(0, last + 1);
    writeFileSync(path, JSON.stringify({ ...journal, entries }));
    await migrate(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await sql.end();
    rmSync(folder, { recursive: true, force: true });
  }
}
