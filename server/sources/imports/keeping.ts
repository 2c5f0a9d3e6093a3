import type { Database } from "#db/connection/client.ts";
import { recordedOf } from "#db/recording/deliveries.ts";
import { closeImport, dropLines, openImport, storeLines } from "#db/recording/imports.ts";
import { deliveriesWithKeys } from "#db/recording/stored-deliveries.ts";
import type { StoredSource } from "#db/sources/sources.ts";
import type { AuditActor } from "#domain/access/audit/audit.ts";
import type { ImportResult } from "#domain/sources/imports/imports.ts";
import type { Ms } from "#domain/time/ms.ts";
import { deliveryIdentityOf } from "#server/ingest/identity.ts";
import type { Arrival } from "#server/ingest/keep.ts";
import { untilProjected } from "#server/ingest/projecting.ts";
import type { WebhookDoor } from "#server/ingest/receive.ts";
import type { ImportFormat } from "#server/providers/import/languages/roles.ts";
import { audited } from "#server/runtime/audit.ts";
import type { ProjectedItem } from "./item.ts";
import { importSource, importSourceId } from "./sources.ts";
import type { Survey } from "./survey.ts";

/** What an import needs of its process. */
export interface ImportContext {
  database: Database;
  /** The queue that webhooks go through too. */
  intake: WebhookDoor["intake"];
  /** Key for secrets at rest. */
  secret: string;
  now: () => Ms;
}

/** Stores lines, or only reports what would become of each. */
export type Keep = (lines: readonly ProjectedItem[]) => Promise<("new" | "known" | "erased")[]>;

/** An import in progress, and the source its lines belong to. */
export interface Importing {
  id: string;
  source: StoredSource;
}

export async function beginImport(
  { database, secret, now }: ImportContext,
  order: {
    file: string;
    zone: string;
    room: string | null;
    by: string;
    digest: string;
    content: string;
  },
  { format, dates }: Survey,
): Promise<Importing> {
  const source = await importSource(database.orm, format, secret);
  const { file, zone: timeZone, room, by, digest, content } = order;
  const reading = { file, timeZone, dates: dates.order, room, digest, content };
  const given = { ...reading, sourceId: source.id, by, at: now() };
  return { id: await openImport(database.orm, given), source };
}

/** The id of the import; `null` where nothing of the file was stored. */
export async function endImport(
  { database }: ImportContext,
  id: string,
  { file, actor }: { file: string; actor: AuditActor },
  { rows, people, meeting_count }: ImportResult,
): Promise<string | null> {
  const counts = { added: rows.new, meetings: meeting_count, people };
  const isStored = await audited(
    database,
    actor,
    ({ orm }) => closeImport(orm, id, counts),
    (isAny) =>
      isAny
        ? {
            action: "import.done",
            about: { kind: "import", id, label: file },
            details: { lines: rows.new, meetings: meeting_count },
          }
        : null,
  );
  return isStored ? id : null;
}

/** Stores lines, as lines of the import and as deliveries, and reports what became of each once projected. */
export function keeper({ database, intake, now }: ImportContext, { id, source }: Importing): Keep {
  const arrivalOf = ({ body, reading }: ProjectedItem): Arrival => {
    const raw = Buffer.from(body);
    const delivery = {
      ...deliveryIdentityOf(raw, reading),
      sourceId: source.id,
      receivedAt: now(),
      type: reading.type,
      reason: null,
      body: raw,
    };
    return { delivery, about: reading.about };
  };
  return async (lines) => {
    const arrivals = lines.map(arrivalOf);
    // Stored first, so that undoing another import already finds that this file has the same lines.
    await storeLines(
      database.orm,
      arrivals.map(({ delivery: { key, body }, about }) => {
        const line = { importId: id, sourceId: source.id, key, room: about?.room ?? "" };
        return { ...line, body: Buffer.from(body) };
      }),
    );
    const stored = await Promise.all(arrivals.map((arrival) => intake.keep(arrival)));
    const ids = stored.flatMap((one) => one.id ?? []);
    await untilProjected(intake.projector, database.orm, ids);
    const projected = await recordedOf(database.orm, ids);
    const outcomes = stored.map((one) => {
      if (one.id === null) return "known";
      return projected.has(one.id) ? "new" : "erased";
    });
    const erased = arrivals.filter((_, index) => outcomes[index] === "erased");
    if (erased.length > 0) {
      const keys = erased.map(({ delivery }) => delivery.key);
      await database.transaction((tx) => dropLines(tx, id, keys));
    }
    return outcomes;
  };
}

/** Stores nothing, and reports what would become of each line. */
export function wouldKeep({ database }: ImportContext, format: ImportFormat): Keep {
  const sourceId = importSourceId(format);
  return async (lines) => {
    const identities = lines.map(({ body, reading }) => {
      const { key, occurrence } = deliveryIdentityOf(Buffer.from(body), reading);
      return { id: 0, sourceId, key, occurrence };
    });
    const holders = await database.transaction((tx) => deliveriesWithKeys(tx, identities));
    const existing = new Set(holders.flatMap(({ key, occurrence }) => [key, occurrence]));
    return identities.map(({ key, occurrence }) =>
      existing.has(key) || existing.has(occurrence) ? "known" : "new",
    );
  };
}
