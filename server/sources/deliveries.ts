import { database } from "#db/connection/client.ts";
import { type DeliveryRow, deliveryById, isMonthDropped } from "#db/deliveries/deliveries.ts";
import {
  type DeliverySummary,
  monthOfDelivery,
  type OpenedDelivery,
} from "#domain/event/delivery.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { limitIn } from "#server/http/cursor.ts";
import type { AnswerOf, RowsOf } from "#server/http/schema.ts";
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
export function deliveriesJson(rows: readonly DeliveryRow[]): RowsOf<typeof answers.deliveries> {
  return { results: rows.map(deliveryJson) };
}

/** `GET /api/v1/deliveries/{id}`: one delivery with its body exactly as it came; 410 where its month was dropped. */
export async function getDelivery(id: string): Promise<Response> {
  const number = /^\d{1,16}$/.test(id) ? Number(id) : 0;
  const delivery = Number.isSafeInteger(number) ? await deliveryById(database().orm, number) : null;
  if (delivery === null) throw await goneOrUnknown(number);
  const { body, ...row } = delivery;
  const opened: AnswerOf<typeof answers.openedDelivery> = {
    ...deliveryJson(row),
    ...bodyJson(body),
  };
  return Response.json(opened);
}

async function goneOrUnknown(id: number): Promise<ApiError> {
  const month = monthOfDelivery(id);
  if (month === null || !(await isMonthDropped(database().orm, month))) return notFound("delivery");
  return new ApiError(
    410,
    "dropped",
    `The deliveries of ${month} were dropped; what they told is kept.`,
  );
}

function deliveryJson({ id, receivedAt, ...row }: DeliveryRow): DeliverySummary {
  return {
    id: String(id),
    source: row.source,
    type: row.type,
    room: row.room,
    status: row.status,
    reason: row.reason,
    received_at: receivedAt,
    repeats: row.repeats,
  };
}

/** A body as text, or as base64 where its bytes are no UTF-8; both `null` where it was erased. */
function bodyJson(body: Buffer): Pick<OpenedDelivery, "body" | "body_base64"> {
  if (body.length === 0) return { body: null, body_base64: null };
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    return { body: text, body_base64: null };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { body: null, body_base64: body.toString("base64") };
  }
}
