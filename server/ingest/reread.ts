import type { Database } from "#db/connection/client.ts";
import type { Transaction } from "#db/connection/session.ts";
import {
  type DeliveryNames,
  deliveriesWithKeys,
  foldRepeats,
  restateDeliveries,
  type StoredDelivery,
} from "#db/recording/stored-deliveries.ts";
import { renameLines } from "#db/recording/undone-imports.ts";
import { sourcesOf } from "#db/sources/sources.ts";
import type { Rules } from "#domain/participant/rules.ts";
import type { DeliveryReading } from "#server/providers/contract/contract.ts";
import { provider } from "#server/providers/providers.ts";
import { type DeliveryIdentity, deliveryIdentityOf } from "./identity.ts";
import { rulesOf } from "./known-sources.ts";
import { storedReading } from "./reading.ts";

/** A stored delivery as it reads now. */
export interface Reread {
  delivery: StoredDelivery;
  reading: DeliveryReading;
  as: DeliveryIdentity & Pick<StoredDelivery, "type" | "reason">;
}

/** Deliveries as they read now; without those whose body is gone, or whose provider no longer exists. */
export function rereadDeliveries(deliveries: readonly StoredDelivery[]): Reread[] {
  return deliveries.flatMap((delivery) => {
    const { key, occurrence, status, body } = delivery;
    const reading = storedReading(delivery);
    if (reading === null) return [];
    const as = {
      ...deliveryIdentityOf(body, reading),
      type: reading.type,
      reason: reasonOf(reading),
    };
    // More than the reading may have failed when it came: the reason that was stored then is the best there is.
    const stays = as.status === "unreadable" && status === "unreadable";
    const stored = stays ? { key, occurrence, reason: delivery.reason } : {};
    return [{ delivery, reading, as: { ...as, ...stored } }];
  });
}

function reasonOf(reading: DeliveryReading): string | null {
  return reading.kind === "unreadable" ? reading.reason : null;
}

/** Whether a delivery is stored as it reads now. */
export function isAsKept({ delivery, as }: Reread): boolean {
  return (
    as.status === delivery.status &&
    as.key === delivery.key &&
    as.occurrence === delivery.occurrence &&
    as.room === delivery.room &&
    as.type === delivery.type
  );
}

/**
 * Stores deliveries, in the order they came, as they read now. Those that turn out to repeat another are counted
 * on it as its repeats; the others are returned.
 */
export async function storeReread(tx: Transaction, all: readonly Reread[]): Promise<Reread[]> {
  if (all.length === 0) return [];
  const wanted = all.map(({ delivery: { id, sourceId }, as }) => ({ ...as, id, sourceId }));
  const moving = new Set(wanted.map(({ id }) => id));
  const idOfName = new Map<string, number>();
  for (const holder of await deliveriesWithKeys(tx, wanted)) {
    if (!moving.has(holder.id)) noteNames(idOfName, holder);
  }
  const repeats: { id: number; of: number }[] = [];
  const renamed: { sourceId: string; from: string; to: string }[] = [];
  const restated: Reread[] = [];
  for (const [index, names] of wanted.entries()) {
    const first = idOfName.get(keyName(names)) ?? idOfName.get(occurrenceName(names));
    const own = all[index];
    if (own && own.delivery.key !== names.key) {
      renamed.push({ sourceId: names.sourceId, from: own.delivery.key, to: names.key });
    }
    if (first !== undefined) repeats.push({ id: names.id, of: first });
    else if (own) {
      noteNames(idOfName, names);
      restated.push(own);
    }
  }
  await renameLines(tx, renamed);
  if (repeats.length > 0) await foldRepeats(tx, repeats);
  if (restated.length > 0) {
    await restateDeliveries(
      tx,
      restated.map(({ delivery: { id, sourceId }, as }) => ({ id, sourceId, ...as })),
    );
  }
  return restated;
}

function noteNames(idOfName: Map<string, number>, names: DeliveryNames): void {
  idOfName.set(keyName(names), names.id);
  idOfName.set(occurrenceName(names), names.id);
}

function keyName({ sourceId, key }: DeliveryNames): string {
  return `key ${sourceId} ${key}`;
}

function occurrenceName({ sourceId, occurrence }: DeliveryNames): string {
  return `occurrence ${sourceId} ${occurrence}`;
}

/** The rules of sources, by source id; without sources whose provider no longer exists. */
export async function rulesBySource(
  { orm }: Pick<Database, "orm">,
  ids: readonly string[],
): Promise<Map<string, Rules>> {
  const rules = new Map<string, Rules>();
  for (const source of await sourcesOf(orm, [...new Set(ids)])) {
    const own = provider(source.provider);
    if (own) rules.set(source.id, rulesOf(own, source));
  }
  return rules;
}
