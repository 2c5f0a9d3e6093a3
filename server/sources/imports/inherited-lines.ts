import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { storeDeliveries } from "#db/recording/deliveries.ts";
import type { ImportLine } from "#db/recording/imports.ts";
import {
  deliveriesById,
  deliveriesWithKeys,
  type StoredDelivery,
} from "#db/recording/stored-deliveries.ts";
import { type StandingLine, standingLines } from "#db/recording/undone-imports.ts";
import { claim } from "#db/recording/unprojected.ts";
import type { Ms } from "#domain/time/ms.ts";
import { deliveryIdentityOf } from "#server/ingest/identity.ts";
import type { DeliveryEvents } from "#server/ingest/project.ts";
import { rulesBySource } from "#server/ingest/reread.ts";
import { fileImport } from "#server/providers/import/import.ts";

/** A body has up to 1 MiB. */
const BODIES_AT_ONCE = 200;

/** The deliveries of the lines were dropped with their month, so it cannot be found which import's line counts. */
export class LinesDropped extends Error {
  override name = "LinesDropped";
  constructor() {
    super(
      "The deliveries of this import were dropped with their month: what was read from them stays.",
    );
  }
}

/** The lines of an import from which events follow, and the lines of other imports that would replace them. */
export interface InheritedLines {
  /** The stored deliveries whose bodies are those of the import. */
  own: readonly StoredDelivery[];
  /** The lines of other imports with the same keys. */
  inherited: readonly StandingLine[];
}

/** Reads what undoing these lines removes, and what would replace it. Throws `LinesDropped`. */
export async function inheritedLinesOf(
  tx: Transaction,
  lines: readonly ImportLine[],
): Promise<InheritedLines> {
  const [first] = lines;
  if (first === undefined) return { own: [], inherited: [] };
  const { sourceId, importId: besides } = first;
  const own = await ownDeliveries(tx, lines);
  const keys = own.map(({ key }) => key);
  const standing = await standingLines(tx, { sourceId, keys, besides });
  // Of an erased line it is not known whose it is: what was read from it stays as long as one import has it.
  const erased = new Set(standing.filter(({ body }) => body.length === 0).map(({ key }) => key));
  return {
    own: own.filter(({ key }) => !erased.has(key)),
    inherited: standing.filter(({ key }) => !erased.has(key)),
  };
}

/** The deliveries of lines of one import, without those whose stored body came from another import. */
async function ownDeliveries(
  tx: Transaction,
  lines: readonly ImportLine[],
): Promise<StoredDelivery[]> {
  const bodies = new Map(lines.map(({ key, body }) => [key, body]));
  const identities = lines.map(({ sourceId, key }) => ({ id: 0, sourceId, key, occurrence: key }));
  const own: StoredDelivery[] = [];
  for (let from = 0; from < identities.length; from += BODIES_AT_ONCE) {
    const holders = await deliveriesWithKeys(tx, identities.slice(from, from + BODIES_AT_ONCE));
    const stored = await deliveriesById(
      tx,
      holders.map(({ id }) => id),
    );
    if (stored.length < holders.length) throw new LinesDropped();
    own.push(...stored.filter(({ key, body }) => bodies.get(key)?.equals(body) ?? false));
  }
  return own;
}

export function roomsIn({ own, inherited }: InheritedLines): { sourceId: string; room: string }[] {
  return [...own, ...inherited].flatMap(({ sourceId, room }) =>
    room === null ? [] : [{ sourceId, room }],
  );
}

/** Stores the lines of other imports as deliveries, and returns their events. */
export async function keepInheritedLines(
  database: Database,
  tx: Transaction,
  inherited: readonly StandingLine[],
  now: Ms,
): Promise<DeliveryEvents[]> {
  if (inherited.length === 0) return [];
  const rules = await rulesBySource(
    database,
    inherited.map(({ sourceId }) => sourceId),
  );
  const read = inherited.map(({ sourceId, body, at }) => {
    const reading = fileImport.read(body);
    const reason = reading.kind === "unreadable" ? reading.reason : null;
    const { type } = reading;
    const identity = deliveryIdentityOf(body, reading);
    return { reading, delivery: { ...identity, sourceId, receivedAt: at, type, reason, body } };
  });
  const stored = await storeDeliveries(
    tx,
    read.map(({ delivery }) => delivery),
  );
  // Claimed, because the undo projects them in this transaction.
  await claim(
    tx,
    stored.flatMap((one) => one?.id ?? []),
    now,
  );
  return read.flatMap(({ reading, delivery: { sourceId } }, index) => {
    const [deliveryId, rule] = [stored[index]?.id ?? null, rules.get(sourceId)];
    if (deliveryId === null || rule === undefined || reading.kind !== "events") return [];
    return [{ sourceId, rules: rule, about: reading.about, deliveryId }];
  });
}
