import type { RecordingClient } from "#db/connection/client.ts";
import { noteRetained } from "#db/privacy/retention/retained.ts";
import { changeSource, type SourceChanges, type StoredSource } from "#db/sources/sources.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import { hasLimit, NOTHING_EXPIRED, type Retention } from "#domain/privacy/retention/retention.ts";
import type { Ms } from "#domain/time/ms.ts";
import { callRoomsOf } from "#server/ingest/call-rooms.ts";
import { audited } from "#server/runtime/audit.ts";

/**
 * Changes the settings of a source. Returns whether views and rows of its past may change by that: then they
 * are marked to be rebuilt (`untoldSince`).
 */
export async function setSource(
  database: Pick<RecordingClient, "transaction">,
  source: StoredSource,
  change: SourceChanges,
  by: AuditActor,
  now: Ms,
): Promise<boolean> {
  if (Object.keys(change).length === 0) return false;
  const needsRebuild = changesPast(source, change);
  await audited(
    database,
    by,
    async ({ orm, transaction }) => {
      const { roomTitles } = change;
      const marked = needsRebuild && { untoldSince: now, rebuildStoppedAt: null };
      await changeSource(orm, source.id, { ...change, ...marked });
      // From its limits on it is due at once.
      if (isOtherLimit(source, change)) {
        await noteRetained(orm, source.id, { ...NOTHING_EXPIRED, begunAt: now, doneAt: null });
      }
      if (roomTitles) await transaction((tx) => callRoomsOf(tx, source.id, roomTitles));
    },
    () => ({
      action: "source.changed",
      about: { kind: "source", id: source.id, label: change.name ?? source.name },
      details: { changed: Object.keys(change) },
    }),
  );
  return needsRebuild;
}

function isOtherLimit(source: StoredSource, change: SourceChanges): boolean {
  const after = { ...source, ...change };
  const isOther = limits(after) !== limits(source);
  return isOther && hasLimit(after);
}

function limits({ keepDeliveriesMonths, keepPeopleDays }: Retention): string {
  return `${keepDeliveriesMonths} ${keepPeopleDays}`;
}

function changesPast(source: StoredSource, change: SourceChanges): boolean {
  const { emptyGapMs, graceMs, noteTakers, joinsBots } = { ...source, ...change };
  return (
    joinsBots !== source.joinsBots ||
    emptyGapMs !== source.emptyGapMs ||
    graceMs !== source.graceMs ||
    JSON.stringify(noteTakers) !== JSON.stringify(source.noteTakers)
  );
}

/** The path to which a source's provider sends webhooks. */
export function webhookPath(provider: string, id: string): string {
  return `/api/webhooks/${provider}/${id}`;
}
