import * as z from "zod/mini";
import { about, textOrNull, time } from "#server/http/schema.ts";
import { identity } from "#server/people/schema.ts";

const things = z.array(z.record(z.string(), z.unknown()));

export const held = z.object({
  person: z.object({ id: z.string(), name: textOrNull, identities: z.array(identity) }),
  as_of: time,
  names: about(things, "Every name they had, and when"),
  meetings: about(
    things,
    "What they did in each meeting, the events it follows from, and the deliveries that reported these as they came",
  ),
  roster_lines: about(things, "Where they are expected"),
  statements: about(things, "Statements about them, with their facts"),
});
