import { changeSource, type SourceChanges, type StoredSource } from "#db/sources/sources.ts";
import type { Orm } from "#db/sql/orm.ts";
import type { Ms } from "#domain/time/ms.ts";

/**
 * Sets what the change says. Answers whether what was told of the source's past may be told otherwise now:
 * then it is marked as untold.
 */
export async function setSource(
  orm: Orm,
  source: StoredSource,
  change: SourceChanges,
  now: Ms,
): Promise<boolean> {
  if (Object.keys(change).length === 0) return false;
  const isToldAnew = changesPast(source, change);
  await changeSource(orm, source.id, { ...change, ...(isToldAnew && { untoldSince: now }) });
  return isToldAnew;
}

function changesPast(source: StoredSource, change: SourceChanges): boolean {
  const { emptyGapMs, graceMs, noteTakers } = { ...source, ...change };
  return (
    emptyGapMs !== source.emptyGapMs ||
    graceMs !== source.graceMs ||
    JSON.stringify(noteTakers) !== JSON.stringify(source.noteTakers)
  );
}

/** Where a source's provider delivers. */
export function webhookPath(provider: string, id: string): string {
  return `/api/webhooks/${provider}/${id}`;
}
