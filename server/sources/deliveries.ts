import { database } from "#db/connection/client.ts";
import {
  type DeliveryRow,
  deliveryById,
  isMonthDropped,
  listDeliveries,
} from "#db/deliveries/deliveries.ts";
import {
  type DeliveryStatus,
  type DeliverySummary,
  monthOfDelivery,
  type OpenedDelivery,
} from "#domain/event/delivery.ts";
import { ApiError, notFound } from "#server/http/answer.ts";
import { cursorIn, limitIn, page } from "#server/http/cursor.ts";
import { oneOf, textIn, wholeNumber } from "#server/http/query.ts";
import type { AnswerOf } from "#server/http/schema.ts";
import type * as answers from "./schema.ts";

export const STATUSES = [
  "recorded",
  "ignored",
  "unreadable",
] as const satisfies readonly DeliveryStatus[];
const MOST_IDS = 200;

/** `GET /api/v1/deliveries`: newest first, or those with the given `id`s. Without their bodies. */
export async function getDeliveries(url: URL): Promise<Response> {
  const asked = url.searchParams.getAll("id");
  if (asked.length > MOST_IDS) {
    throw new ApiError(400, "bad_id", `Ask for at most ${MOST_IDS} deliveries at once.`);
  }
  const ids = asked.map((text) => wholeNumber(text, "id", Number.MAX_SAFE_INTEGER));
  const limit = ids.length > 0 ? MOST_IDS : limitIn(url);
  const cursor = cursorIn(url);
  const key = cursor?.key[0];
  if (cursor !== null && typeof key !== "number") {
    throw new ApiError(400, "bad_cursor", "cursor is not one this list gave out.");
  }
  const rows = await listDeliveries(
    database().orm,
    {
      ids: ids.length > 0 ? ids : null,
      source: textIn(url, "source"),
      room: textIn(url, "room"),
      status: oneOf(url, "status", STATUSES),
    },
    cursor && typeof key === "number" ? { direction: cursor.direction, key } : null,
    limit + 1,
  );
  const shown = page(url, rows, limit, cursor, ({ id }) => [id]);
  const answer: AnswerOf<typeof answers.deliveries> = {
    next: shown.next,
    previous: shown.previous,
    results: shown.rows.map(deliveryJson),
  };
  return Response.json(answer);
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
