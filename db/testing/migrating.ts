import { migrate, migrations } from "#db/connection/migrate.ts";

/** Migrates a database up to this migration, as an older version would have left it. */
export async function migrateUpTo(url: string, tag: string): Promise<void> {
  const last = migrations().find((one) => one.tag === tag);
  if (last === undefined) throw new Error(`there is no migration ${tag}`);
  await migrate(url, { upTo: last.when });
}
