import * as z from "zod/mini";
import type { DeliverySummary, MadeEvent, OpenedDelivery } from "#domain/event/delivery.ts";
import type { DeliveryReplay } from "#domain/sources/deliveries/delivery-replay.ts";
import {
  about,
  count,
  countOrNull,
  named,
  pageOf,
  type ShapeOf,
  source,
  textOrNull,
  time,
  timeOrNull,
} from "#server/http/schema.ts";
import { REASONS } from "#server/sources/schema.ts";

const meeting = z.object({ id: z.string(), title: z.string() });
const person = z.object({ id: textOrNull, name: textOrNull });

const DELIVERY = {
  id: about(z.string(), "Begins with the month, in UTC, in which the delivery came"),
  source,
  type: about(textOrNull, "The provider's own name for this type of webhook or line"),
  room: textOrNull,
  status: z.enum(["recorded", "ignored", "unreadable"]),
  reason: about(textOrNull, "Why it could not be read, or why its body was erased"),
  received_at: time,
  repeats: about(count, "How often the provider sent it again"),
  kept_ms: about(
    countOrNull,
    "From when it came until it was on its way to the database; null for older ones",
  ),
  reconciled: about(
    z.boolean(),
    "No webhook brought it: its provider's API was asked for what was missed",
  ),
  projected_at: about(
    timeOrNull,
    "When it was projected; remembered for the month in which it came and the one after",
  ),
  waits: about(
    z.nullable(z.enum(["turn", "stopped"])),
    "Whether it is kept and not projected: it waits for its turn, or its room is stopped",
  ),
  events: about(count, "How many events were read from it"),
  happened_at: about(timeOrNull, "The moment of the first event by the provider's clock"),
  meeting: about(z.nullable(meeting), "The meeting of the first event"),
  person: about(
    z.nullable(person),
    "Whom the first event with a person is about; a guest without a name has no id",
  ),
  people: about(count, "How many people its events are about"),
} satisfies ShapeOf<DeliverySummary>;

export const delivery = named("Delivery", z.object(DELIVERY));
export const deliveries = pageOf(delivery);

export const openedDelivery = named(
  "OpenedDelivery",
  z.object({
    ...DELIVERY,
    made: about(
      z.array(
        z.object({
          ...{ meeting, seq: count, type: z.string(), at: time },
          person: z.nullable(person),
        } satisfies ShapeOf<MadeEvent>),
      ),
      "The events that were read from it, up to two hundred",
    ),
    is_masked: about(
      z.boolean(),
      "Names in the body are initials and other texts are left out, for who may see no names",
    ),
    body: about(textOrNull, "As it came; null where it is not text, or was erased"),
    body_base64: about(textOrNull, "A body that is not text"),
  } satisfies ShapeOf<OpenedDelivery>),
);

export const replayJob = named(
  "Replay",
  z.object({
    id: z.string(),
    state: about(
      z.enum(["waiting", "running", "done", "cancelled", "failed"]),
      "waiting: for another replay to end",
    ),
    done: about(
      count,
      "Steps: events that are projected again, and deliveries that are read again",
    ),
    total: count,
    deliveries: about(count, "How many deliveries were asked for"),
    rooms: about(count, "Rooms that were projected again, each whole"),
    changed: about(count, "Deliveries that read otherwise than what had been recorded of them"),
    read: about(count, "Deliveries that told nothing before, and have events now"),
  } satisfies ShapeOf<DeliveryReplay>),
);

export const signedCurl = z.object({
  command: about(
    z.string(),
    "For a shell; its signature is good for as long as a webhook may take",
  ),
});

const REFUSED_REASONS = [...REASONS, "unknown_source"] as const;

export const refusedOften = z.object({
  results: z.array(
    z.object({
      source: about(z.nullable(source), "Null for addresses under which there is no source"),
      reason: z.enum(REFUSED_REASONS),
      count,
      since: about(time, "When the first came after one that was accepted, else the first hour"),
      last_at: time,
      last_address: about(textOrNull, "Who sent the last one, past the proxies that are believed"),
      over_at: about(timeOrNull, "When one was accepted after that"),
      hint: about(z.string(), "A guess at the cause"),
      hours: z.array(z.object({ hour: time, count })),
    }),
  ),
});
