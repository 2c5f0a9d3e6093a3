import * as z from "zod/mini";
import type { ErasureUnderWay } from "#domain/privacy/erasure/under-way.ts";
import { about, count, countOrNull, type ShapeOf } from "#server/http/schema.ts";

const erasure = about(
  z.nullable(
    z.object({
      state: about(
        z.enum(["running", "stopped"]),
        "stopped: it failed, and goes on with the next start",
      ),
      done: about(countOrNull, "Meetings; null where the process that erases has not said yet"),
      total: countOrNull,
    } satisfies ShapeOf<ErasureUnderWay>),
  ),
  "How far an erasure is; null where none goes on",
);

export const erasureUnderWay = z.object({ erasure });

export const erasurePreview = z.object({
  name: about(z.string(), "What has to be typed to confirm it"),
  names: about(count, "Their names and ids"),
  meetings: about(count, "Where they are an erased person from then on; every number stays"),
  deliveries: about(count, "Stored deliveries of what they did, whose bodies go"),
  statements: about(count, "Statements about them, whose facts go"),
  roster_lines: about(count, "Lines of rosters and class lists"),
  audit_entries: about(count, "Entries of the audit log that name them"),
  titles: about(
    count,
    "Titles of rooms, scheduled meetings and lists with a name of theirs, which stay: change these by hand",
  ),
});
