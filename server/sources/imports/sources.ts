import { randomBytes } from "node:crypto";
import { addSource, type StoredSource, sourceById } from "#db/sources/sources.ts";
import type { Orm } from "#db/sql/orm.ts";
import { IMPORT } from "#domain/sources/imports/imports.ts";
import type { ImportFormat } from "#server/providers/import/languages/roles.ts";
import { encrypt } from "#server/runtime/encryption.ts";

/** Fixed, so that two imports at once never make two sources of one kind, and no line is stored twice. */
const IDS: Record<ImportFormat, string> = {
  zoom: "696d706f-7274-7000-8000-00000000007a",
  teams: "696d706f-7274-7000-8000-000000000074",
  meet: "696d706f-7274-7000-8000-00000000006d",
};

const NAMES: Record<ImportFormat, string> = {
  zoom: "Zoom file",
  teams: "Teams file",
  meet: "Meet file",
};

export function importSourceId(format: ImportFormat): string {
  return IDS[format];
}

/** The source that files of a kind belong to, made when it is not there yet. */
export async function importSource(
  orm: Orm,
  format: ImportFormat,
  secret: string,
): Promise<StoredSource> {
  const id = IDS[format];
  const existing = await sourceById(orm, id);
  if (existing !== null) return existing;
  const sealedSecret = encrypt(randomBytes(32).toString("base64"), secret);
  try {
    await addSource(orm, { id, provider: IMPORT, name: NAMES[format], sealedSecret });
  } catch (error) {
    // Another import was faster.
    const other = await sourceById(orm, id);
    if (other === null) throw error;
    return other;
  }
  const added = await sourceById(orm, id);
  if (added === null) throw new Error(`the source of ${NAMES[format]}s is gone`);
  return added;
}
