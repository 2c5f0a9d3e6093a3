import { isAboutParticipant, type MeetingEvent } from "#domain/event/event.ts";
import { toEventData } from "#domain/event/recorded.ts";
import { readingOf } from "#server/ingest/reading.ts";
import type { BodyField, DeliveryReading, Provider } from "#server/providers/contract/contract.ts";
import { madeUpData } from "./event-data.ts";
import type { MadeUp } from "./made-up.ts";

/** A body with everything made up that may say who or where, and as what it reads. */
export interface MadeUpBody {
  body: Buffer;
  reading: DeliveryReading;
}

/**
 * The body of a delivery, made up. `null` where it is no JSON that is read, or where what is made up reads as anything
 * else than what the body said, made up: then it is better left out.
 */
export function madeUpBody(provider: Provider, raw: Buffer, madeUp: MadeUp): MadeUpBody | null {
  const { bodyFields } = provider;
  if (bodyFields === null || raw.length === 0) return null;
  const reading = readingOf(provider, raw);
  if (reading.kind === "unreadable") return null;
  const value = madeUpValue(JSON.parse(raw.toString("utf8")), null, bodyFields, madeUp);
  const body = Buffer.from(JSON.stringify(value));
  const read = readingOf(provider, body);
  return isSame(reading, read, madeUp) ? { body, reading: read } : null;
}

/** Of a field that is not known, its name and its numbers too. */
function madeUpValue(
  value: unknown,
  field: BodyField | null,
  fields: Readonly<Record<string, BodyField>>,
  madeUp: MadeUp,
): unknown {
  if (Array.isArray(value)) return value.map((one) => madeUpValue(one, field, fields, madeUp));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        const own = Object.hasOwn(fields, key) ? (fields[key] ?? null) : null;
        const name = own === null ? madeUp.text(key) : key;
        return [name, madeUpValue(inner, own, fields, madeUp)];
      }),
    );
  }
  if (typeof value === "number") return field === null ? 0 : value;
  if (typeof value !== "string") return value;
  switch (field) {
    case "plain":
      return value;
    case "name":
      return madeUp.name(value);
    case "id":
      return madeUp.id(value);
    case "text":
    case "inside":
    case null:
      return madeUp.text(value);
    default:
      return field satisfies never;
  }
}

function isSame(before: DeliveryReading, after: DeliveryReading, madeUp: MadeUp): boolean {
  if (before.kind !== "events" || after.kind !== "events") {
    return before.kind === after.kind && before.type === after.type;
  }
  const wanted = before.about.events.map((event) => factsOf(event, madeUp));
  const found = after.about.events.map((event) => factsOf(event, null));
  return (
    after.about.room === madeUp.text(before.about.room) &&
    JSON.stringify(found) === JSON.stringify(wanted)
  );
}

function factsOf(event: MeetingEvent, madeUp: MadeUp | null) {
  const data = toEventData(event);
  const id = isAboutParticipant(event) ? event.participantId : null;
  return {
    ...{ type: event.type, at: event.at },
    id: id !== null && madeUp !== null ? madeUp.id(id) : id,
    data: madeUp === null ? data : madeUpData(data, madeUp),
  };
}
