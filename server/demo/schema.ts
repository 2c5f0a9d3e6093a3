import * as z from "zod/mini";
import type { Removal } from "#domain/sources/demonstration.ts";
import { about, count, countOrNull, type ShapeOf, source } from "#server/http/schema.ts";

const removal = about(
  z.nullable(
    z.object({
      state: about(
        z.enum(["running", "stopped"]),
        "stopped: it failed, and continues when it is asked for again",
      ),
      done: about(
        countOrNull,
        "Deliveries and events; null where the process that removes them has not said yet",
      ),
      total: countOrNull,
    } satisfies ShapeOf<Removal>),
  ),
  "The progress of a removal; null where none goes on",
);

export const removalUnderWay = z.object({ removal });

export const demonstration = z.object({
  sources: z.array(source),
  meetings: count,
  people: count,
  waits: count,
  events: count,
  deliveries: count,
  scheduled_meetings: count,
  statements: about(count, "Statements about nothing else"),
  removal,
});
