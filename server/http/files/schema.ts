import * as z from "zod/mini";
import type { FileUnderWay } from "#domain/lists/file-under-way.ts";
import { about, count, type ShapeOf } from "#server/http/schema.ts";

export const fileUnderWay = z.object({
  name: z.string(),
  rows: about(count, "Read so far"),
  state: z.enum(["running", "done", "stopped", "failed"]),
} satisfies ShapeOf<FileUnderWay>);

export const fileStopped = z.object({ stopped: z.literal(true) });

/** A file in JSON. Its rows have the columns of the CSV. */
export const jsonFile = z.looseObject({
  results: about(z.array(z.looseObject({})), "A line each, with the columns of the CSV"),
});
