import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import { keepDeliveries } from "#db/recording/deliveries.ts";
import { type ImportLine, type StandingLine, standingLines } from "#db/recording/imports.ts";
import { deliveriesById, holdersOf, type KeptDelivery } from "#db/recording/replaying.ts";
import { claim } from "#db/recording/unprojected.ts";
import { deliveryIdentityOf } from "#server/ingest/identity.ts";
import type { DeliveryEvents } from "#server/ingest/project.ts";
import { rulesBySource } from "#server/ingest/reread.ts";
import { fileImport } from "#server/providers/import/import.ts";

/** A body has up to 1 MiB. */
const BODIES_AT_ONCE = 200;

/** The month in which lines came was dropped: nobody can tell any more which of those that told them counts. */
export class LinesDropped extends Error {
  override name = "LinesDropped";
  constructor() {
    super("The deliveries of this import were dropped with their month: what it told stays.");
  }
}

/** What of an import is told, and what would be told in its place. */
export interface InheritedLines {
  /** The deliveries that are as the import has them. */
  own: readonly KeptDelivery[];
  /** What others say in their place. */
  heirs: readonly StandingLine[];
}

/** Throws `LinesDropped`. */
export async function inheritedLinesOf(
  tx: Transaction,
  lines: readonly ImportLine[],
): Promise<InheritedLines> {
  const [first] = lines;
  if (first === undefined) return { own: [], heirs: [] };
  const { sourceId, importId: besides } = first;
  const own = await ownDeliveries(tx, lines);
  const keys = own.map(({ key }) => key);
  return { own, heirs: await standingLines(tx, { sourceId, keys, besides }) };
}

/** The deliveries that lines of one import are, where these tell them and no other import's. */
async function ownDeliveries(
  tx: Transaction,
  lines: readonly ImportLine[],
): Promise<KeptDelivery[]> {
  const bodies = new Map(lines.map(({ key, body }) => [key, body]));
  const names = lines.map(({ sourceId, key }) => ({ id: 0, sourceId, key, occurrence: key }));
  const own: KeptDelivery[] = [];
  for (let from = 0; from < names.length; from += BODIES_AT_ONCE) {
    const holders = await holdersOf(tx, names.slice(from, from + BODIES_AT_ONCE));
    const kept = await deliveriesById(
      tx,
      holders.map(({ id }) => id),
    );
    if (kept.length < holders.length) throw new LinesDropped();
    own.push(...kept.filter(({ key, body }) => bodies.get(key)?.equals(body) ?? false));
  }
  return own;
}

export function roomsIn({
  own,
  heirs: inherited,
}: InheritedLines): { sourceId: string; room: string }[] {
  return [...own, ...inherited].flatMap(({ sourceId, room }) =>
    room === null ? [] : [{ sourceId, room }],
  );
}

/** Keeps what others say as deliveries, and answers what they tell. */
export async function keepInheritedLines(
  database: Database,
  tx: Transaction,
  inherited: readonly StandingLine[],
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
    const identity = deliveryIdentityOf(fileImport, body, reading);
    return { reading, delivery: { ...identity, sourceId, receivedAt: at, type, reason, body } };
  });
  const kept = await keepDeliveries(
    tx,
    read.map(({ delivery }) => delivery),
  );
  // Whoever takes back tells them in the same transaction.
  await claim(
    tx,
    kept.flatMap((one) => one?.id ?? []),
  );
  return read.flatMap(({ reading, delivery: { sourceId } }, index) => {
    const [deliveryId, own] = [kept[index]?.id ?? null, rules.get(sourceId)];
    if (deliveryId === null || own === undefined || reading.kind !== "events") return [];
    return [{ sourceId, rules: own, about: reading.about, deliveryId }];
  });
}
