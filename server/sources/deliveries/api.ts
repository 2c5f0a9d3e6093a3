import { sightNow } from "#db/access/sight/seeing.ts";
import { database } from "#db/connection/client.ts";
import {
  type DeliveryRow,
  deliveryById,
  isMonthDropped,
} from "#db/sources/deliveries/deliveries.ts";
import { type DeliveryFate, eventsOfDelivery, fatesOf } from "#db/sources/deliveries/made.ts";
import type { Reader } from "#db/sql/orm.ts";
import {
  type DeliverySummary,
  type MadeEvent,
  monthOfDelivery,
  type OpenedDelivery,
} from "#domain/event/delivery.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { limitIn } from "#server/http/cursor.ts";
import type { AnswerOf, RowsOf } from "#server/http/schema.ts";
import { shownBody } from "./body.ts";
import { MOST_IDS } from "./list.ts";
import type * as answers from "./schema.ts";

/** How many deliveries a page has: all that are asked for by their `id`. Throws 400 for too many. */
export function limitOfDeliveries(url: URL): number {
  const ids = url.searchParams.getAll("id");
  if (ids.length > MOST_IDS) {
    throw new ApiError(400, "bad_id", `Ask for at most ${MOST_IDS} deliveries at once.`);
  }
  return ids.length > 0 ? MOST_IDS : limitIn(url);
}

/** Deliveries of the list as JSON, without their bodies. */
export async function deliveriesJson(
  rows: readonly DeliveryRow[],
  { reader }: { reader: Reader },
): Promise<RowsOf<typeof answers.deliveries>> {
  return { results: await summariesOf(reader, rows) };
}

/** Deliveries with what became of them. One statement. */
export async function summariesOf(
  reader: Reader,
  rows: readonly DeliveryRow[],
): Promise<DeliverySummary[]> {
  const fates = await fatesOf(
    reader,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => deliveryJson(row, fates.get(row.id) ?? null));
}

/** `GET /api/v1/deliveries/{id}`: one delivery with its body exactly as it came; 410 where its month was dropped. */
export async function getDelivery(id: string): Promise<Response> {
  const opened = await openDelivery(database().orm, numberOf(id));
  if (opened === null) throw await goneOrUnknown(numberOf(id));
  const answer: AnswerOf<typeof answers.openedDelivery> = opened;
  return Response.json(answer);
}

/** The number that an id in an address is; 0, which no delivery has, for any other text. */
export function numberOf(id: string): number {
  const number = /^\d{1,16}$/.test(id) ? Number(id) : 0;
  return Number.isSafeInteger(number) ? number : 0;
}

/** One delivery with its body, as whoever looks may see it; `null` where it is not stored. Three statements. */
export async function openDelivery(reader: Reader, id: number): Promise<OpenedDelivery | null> {
  const [delivery, fates, made] = await Promise.all([
    deliveryById(reader, id),
    fatesOf(reader, [id]),
    eventsOfDelivery(reader, id),
  ]);
  if (delivery === null) return null;
  const { body, ...row } = delivery;
  return {
    ...deliveryJson(row, fates.get(id) ?? null),
    made: made.map(
      ({ meetingId, title, seq, type, at, identity, name }): MadeEvent => ({
        meeting: { id: meetingId, title },
        ...{ seq, type, at: toWireTime(at) },
        person: identity === null && name === null ? null : { id: identity, name },
      }),
    ),
    is_masked: sightNow().masked,
    ...shownBody(body),
  };
}

/** Why there is no such delivery: 410 where its month was dropped, else 404. */
export async function goneOrUnknown(id: number): Promise<ApiError> {
  const month = monthOfDelivery(id);
  if (month === null || !(await isMonthDropped(database().orm, month))) return notFound("delivery");
  return new ApiError(
    410,
    "dropped",
    `The deliveries of ${month} were dropped; what they told is kept.`,
  );
}

function deliveryJson(row: DeliveryRow, fate: DeliveryFate | null): DeliverySummary {
  const { id, source, type, room, status, reason, receivedAt, repeats, keptMs, isReconciled } = row;
  return {
    ...{ id: String(id), source, type, room, status, repeats },
    // It may quote what could not be read.
    reason: sightNow().masked && status === "unreadable" ? null : reason,
    received_at: toWireTime(receivedAt),
    kept_ms: keptMs,
    reconciled: isReconciled,
    projected_at: toWireTime(fate?.projectedAt ?? null),
    waits: fate?.waits ?? null,
    events: fate?.events ?? 0,
    happened_at: toWireTime(fate?.happenedAt ?? null),
    meeting: fate?.meeting ?? null,
    person: fate?.person ?? null,
    people: fate?.people ?? 0,
  };
}
