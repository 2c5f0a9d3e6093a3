import { readFileSync } from "node:fs";
import { z } from "zod";
import type { MeetingEventType } from "#domain/event/event.ts";
import { type EventData, toEvent } from "#domain/event/recorded.ts";
import { fieldsOf } from "#domain/event/table.ts";
import type { DeliveryReading } from "#server/providers/contract/contract.ts";

/** One body as a provider sends it, and what it must be read as. */
export interface Fixture {
  name: string;
  body: string;
  expected: DeliveryReading;
}

const text = z.string();
const key = text.nullable();

/** An event as on the wire, its fields beside its type and time. */
const Event = z
  .looseObject({
    type: z.custom<MeetingEventType>((type) => fieldsOf(String(type)) !== undefined),
    at: z.iso.datetime(),
    participant_id: key.default(null),
  })
  .transform(({ type, at, participant_id, ...rest }) => {
    const data: EventData = rest;
    return toEvent({ type, at, participant_id, data });
  });

const Reading = z.discriminatedUnion("kind", [
  z
    .strictObject({
      ...{ kind: z.literal("events"), type: text, id: text, occurrence: text.optional() },
      ...{ room: text, title: key.default(null), events: z.array(Event) },
    })
    .transform(({ room, title, events, occurrence, ...one }) => {
      return { ...one, occurrence: occurrence ?? one.id, about: { room, title, events } };
    }),
  z
    .strictObject({
      ...{ kind: z.literal("ignored"), type: text, id: text, occurrence: text.optional() },
      room: key,
    })
    .transform(({ occurrence, ...one }) => ({ ...one, occurrence: occurrence ?? one.id })),
  z.strictObject({ kind: z.literal("unreadable"), type: key, reason: text, room: key }),
]);

/** A body is a text, byte for byte, or an object where nothing depends on how it is written. */
const Body = z.union([text, z.looseObject({}).transform((body) => JSON.stringify(body))]);

const Fixtures = z.array(z.strictObject({ name: text, body: Body, expected: Reading }));

/** The fixtures of a provider, from the file in its folder. Throws where it has none, or they have another shape. */
export function fixturesOf(provider: string): readonly Fixture[] {
  const file = new URL(`../../${provider}/fixtures.json`, import.meta.url);
  return Fixtures.parse(JSON.parse(readFileSync(file, "utf8")));
}
