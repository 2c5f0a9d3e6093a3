import * as z from "zod/mini";
import type { WireForm } from "#domain/event/fields.ts";
import { EVENTS, PARTICIPANT_EVENTS } from "#domain/event/table.ts";
import { about, count, LINKS, named, textOrNull, time } from "#server/http/schema.ts";

/** What an event of each type has on the wire, as its table says. */
const types = Object.entries(EVENTS).map(([type, fields]) => {
  const said = Object.values(fields).filter(({ presence }) => presence !== "unsaid");
  const isOfParticipant = type in PARTICIPANT_EVENTS;
  return named(
    `Event_${type}`,
    z.object({
      seq: about(count, "1, 2, 3 … without holes"),
      type: z.literal(type),
      at: time,
      person_id: textOrNull,
      participant_id: isOfParticipant ? z.string() : z.null(),
      data: z.object(
        Object.fromEntries(
          said.map(({ name, form, presence }) => {
            const kind = schemaOf(form);
            return [name, presence === "required" ? kind : z.optional(z.nullable(kind))];
          }),
        ),
      ),
      delivery_id: about(textOrNull, "null where the delivery is no longer stored"),
    }),
  );
});

export const events = z.object({ ...LINKS, results: z.array(z.union(types)) });

function schemaOf(form: WireForm) {
  switch (form) {
    case "text":
      return z.string();
    case "flag":
      return z.boolean();
    case "mark":
      return z.literal(true);
    case "time":
      return time;
    case "texts":
      return z.array(z.string());
    default:
      return z.enum(form);
  }
}
