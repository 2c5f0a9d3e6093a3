import type { Transaction } from "#db/connection/session.ts";
import { eraseBodies } from "#db/privacy/erasure/bodies.ts";
import {
  type ErasedIdentity,
  type NamedAs,
  pseudonymsFor,
} from "#db/privacy/erasure/erased-identities.ts";
import { erasedAmong } from "#db/privacy/erasure/erased-people.ts";
import {
  isAboutParticipant,
  type MeetingEvent,
  type ParticipantEvent,
} from "#domain/event/event.ts";
import { foldName } from "#domain/identity/name.ts";
import type { Rules } from "#domain/participant/rules.ts";
import { erasedIn, type FindErased } from "#domain/privacy/erasure/late.ts";
import { type PseudonymKind, type Renaming, renamed } from "#domain/privacy/erasure/pseudonyms.ts";
import type { RoomEvents } from "#server/providers/contract/contract.ts";
import { processContext } from "#server/runtime/process-context.ts";
import { type ErasedHash, erasedHashBy } from "./erased-hash.ts";

/** The events of a delivery that is to be recorded. */
interface LateDelivery {
  sourceId: string;
  rules: Pick<Rules, "userIdsLast">;
  about: RoomEvents;
  deliveryId: number;
}

/** A name or an id in an event, of a source and a room. */
interface Said {
  kind: PseudonymKind;
  value: string;
  hash: Buffer;
  inRoom: boolean;
}

/**
 * The events of deliveries, with pseudonyms in the place of people who were erased before these came. The bodies of
 * those deliveries are erased too. `sources` are those of which somebody was ever erased; no statement for others, one
 * where nobody of them is in the deliveries, and else some for each of those who are.
 */
export async function withoutErased<D extends LateDelivery>(
  tx: Transaction,
  deliveries: readonly D[],
  sources: ReadonlySet<string>,
): Promise<readonly D[]> {
  if (sources.size === 0) return deliveries;
  const hashOf = erasedHashBy(processContext().env.secret);
  const concerned = deliveries.filter(({ sourceId }) => sources.has(sourceId));
  const known = await knownAmong(tx, concerned, hashOf);
  if (known.size === 0) return deliveries;
  const late = concerned.flatMap((delivery) => lateIn(delivery, known, hashOf));
  const toOf = await renamingsFor(tx, late);
  const renamings = new Map<D, D>();
  for (const delivery of concerned) {
    const events = delivery.about.events.map((event) => {
      const to = toOf.get(event);
      return to === undefined ? event : renamed(event, to);
    });
    const isNamed = events.some((event, index) => event !== delivery.about.events[index]);
    if (isNamed) renamings.set(delivery, { ...delivery, about: { ...delivery.about, events } });
  }
  await eraseBodies(
    tx,
    [...renamings.keys()].map(({ deliveryId }) => deliveryId),
  );
  return deliveries.map((delivery) => renamings.get(delivery) ?? delivery);
}

type Known = ReadonlyMap<string, readonly ErasedIdentity[]>;

async function knownAmong(
  tx: Transaction,
  deliveries: readonly LateDelivery[],
  hashOf: ErasedHash,
): Promise<Known> {
  const hashes = new Map<string, { sourceId: string; hash: Buffer }>();
  for (const { sourceId, about } of deliveries) {
    for (const event of about.events) {
      if (!isAboutParticipant(event)) continue;
      for (const { hash } of saidIn(event, sourceId, about.room, hashOf)) {
        hashes.set(hash.toString("hex"), { sourceId, hash });
      }
    }
  }
  const found = await erasedAmong(tx, [...hashes.values()]);
  return Map.groupBy(found, ({ hash }) => hash.toString("hex"));
}

function saidIn(
  { participantId, userId, name }: ParticipantEvent,
  sourceId: string,
  room: string,
  hashOf: ErasedHash,
): Said[] {
  const said = (kind: PseudonymKind, value: string | null, inRoom: boolean) =>
    value === null
      ? []
      : [{ kind, value, inRoom, hash: hashOf(kind, sourceId, value, inRoom ? room : null) }];
  const folded = foldName(name);
  return [
    ...said("connection", participantId, true),
    ...[true, false].flatMap((inRoom) => [
      ...said("user", userId, inRoom),
      ...said("name", folded, inRoom),
    ]),
  ];
}

/** An event of an erased person, and what it calls them. */
interface LateEvent {
  event: ParticipantEvent;
  person: { number: number; sourceId: string };
  named: NamedAs[];
  userIdsLast: boolean;
}

/** The events of a delivery that are of erased people. */
function lateIn(
  { sourceId, about: { room, events }, rules: { userIdsLast } }: LateDelivery,
  known: Known,
  hashOf: ErasedHash,
): LateEvent[] {
  const knownBy = (hash: Buffer) => known.get(hash.toString("hex")) ?? [];
  const find: FindErased = (kind, value) =>
    (kind === "connection" ? [room] : [room, null]).flatMap((where) =>
      knownBy(hashOf(kind, sourceId, value, where)),
    );
  return events.flatMap((event): LateEvent[] => {
    const found = isAboutParticipant(event) ? erasedIn(event, find, userIdsLast) : null;
    if (found === null || !isAboutParticipant(event)) return [];
    const { number, until } = found;
    const said = saidIn(event, sourceId, room, hashOf);
    // Who is erased in a room alone stays who they are everywhere else.
    const isInRoom = said.some(
      ({ inRoom, kind, hash }) =>
        inRoom && kind !== "connection" && knownBy(hash).some((own) => own.number === number),
    );
    const named = said
      .filter(({ kind, inRoom }) => kind === "connection" || inRoom === isInRoom)
      .map(({ kind, value, hash }): NamedAs => ({ kind, value, hash, isIdentity: false, until }));
    return [{ event, person: { number, sourceId }, named, userIdsLast }];
  });
}

/** What stands in the place of each person in their events; what of them was not known has a pseudonym from then on. */
async function renamingsFor(
  tx: Transaction,
  late: readonly LateEvent[],
): Promise<Map<MeetingEvent, Renaming>> {
  const none = new Map<string, string>();
  const renamings = new Map<MeetingEvent, Renaming>();
  for (const own of Map.groupBy(late, ({ person }) => person.number).values()) {
    const [first] = own;
    if (first === undefined) continue;
    const pseudonyms = await pseudonymsFor(
      tx,
      first.person,
      own.flatMap(({ named }) => named),
    );
    for (const { event, userIdsLast } of own) {
      renamings.set(event, {
        userIds: pseudonyms.get("user") ?? none,
        names: pseudonyms.get("name") ?? none,
        connections: pseudonyms.get("connection") ?? none,
        userIdsLast,
      });
    }
  }
  return renamings;
}
