import { changeSource, type SourceChanges, type StoredSource } from "#db/sources/sources.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/**
 * Changes the settings of a source. Returns whether views and rows of its past may change by that: then they
 * are marked to be rebuilt (`untoldSince`).
 */
export async function setSource(
  orm: Orm,
  source: StoredSource,
  change: SourceChanges,
  now: Ms,
): Promise<boolean> {
  if (Object.keys(change).length === 0) return false;
  const needsRebuild = changesPast(source, change);
  await changeSource(orm, source.id, { ...change, ...(needsRebuild && { untoldSince: now }) });
  return needsRebuild;
}

function changesPast(source: StoredSource, change: SourceChanges): boolean {
  const { emptyGapMs, graceMs, noteTakers } = { ...source, ...change };
  return (
    emptyGapMs !== source.emptyGapMs ||
    graceMs !== source.graceMs ||
    JSON.stringify(noteTakers) !== JSON.stringify(source.noteTakers)
  );
}

/** The path to which a source's provider sends webhooks. */
export function webhookPath(provider: string, id: string): string {
  return `/api/webhooks/${provider}/${id}`;
}
