import { database } from "#db/connection/client.ts";
import { readChoices } from "#db/lists/choices.ts";
import { isMonthDropped } from "#db/sources/deliveries/deliveries.ts";
import { countUnreadable } from "#db/sources/deliveries/projecting-again.ts";
import type { Reader } from "#db/sql/orm.ts";
import { monthOfDelivery } from "#domain/event/delivery.ts";
import type { DeliveriesPage, DeliveryPage } from "#domain/sources/deliveries/deliveries-page.ts";
import { type Caller, isAllowed } from "#server/http/gate/caller.ts";
import { narrowedOf } from "#server/http/lists/parameters.ts";
import { viewerZone } from "#server/http/viewer.ts";
import { numberOf, openDelivery, summariesOf } from "./api.ts";
import { deliveryList } from "./list.ts";
import { readRefused } from "./refused.ts";

const ROWS = 50;
const MOST_ROOMS = 300;

/**
 * The page of deliveries for the parameters of an address; `null` for whoever may not see it. A fixed number of
 * statements.
 */
export async function readDeliveriesPage(
  params: URLSearchParams,
  caller: Caller,
  reader: Reader = database().orm,
): Promise<DeliveriesPage | null> {
  if (!isAllowed(caller, "write")) return null;
  const page = deliveryList.onPage("/deliveries", params, Date.now());
  const { source, room, type, status, person } = page.values;
  const [{ rows, ...found }, choices, refused, unreadable] = await Promise.all([
    page.read(reader, ROWS),
    readChoices(reader, MOST_ROOMS, narrowedOf({ source, room })),
    readRefused(reader, page.days.asOf),
    countUnreadable(reader),
  ]);
  return {
    ...found,
    rows: await summariesOf(reader, rows),
    ...page.days,
    narrowed: { source, room, type, status, person },
    ...{ choices, refused, unreadable },
  };
}

/** One delivery for whoever may see it, else `"closed"`; `null` where there never was one. */
export async function readDeliveryPage(
  id: string,
  caller: Caller,
  reader: Reader = database().orm,
): Promise<DeliveryPage | "closed" | null> {
  if (!isAllowed(caller, "write")) return "closed";
  const number = numberOf(id);
  const delivery = await openDelivery(reader, number);
  if (delivery !== null) return { is: "stored", delivery, timeZone: viewerZone() };
  const month = monthOfDelivery(number);
  return month !== null && (await isMonthDropped(reader, month)) ? { is: "dropped", month } : null;
}
